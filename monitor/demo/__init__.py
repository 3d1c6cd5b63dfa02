"""The whole way of a change, from the page to the mail, on this machine alone and gone afterwards."""
