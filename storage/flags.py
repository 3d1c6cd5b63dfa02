"""What should make a reader look twice at a change of date."""

from datetime import date

from parsers.dates import interval
from parsers.records import Record


def date_flags(old: Record | None, new: Record, today: date) -> tuple[str, ...]:
    """`date_backwards` and `future_date` where they hold for the date that `new` brings.

    Dates may be days, months, years or fiscal years: a date lies before another only if its last day does
    before the other's first. An `until` lies ahead by its nature and is no future date.
    """
    if new.date is None or (old is not None and old.date == new.date):
        return ()
    flags = []
    first, last = interval(new.date)
    if old is not None and old.date is not None and last < interval(old.date)[0]:
        flags.append("date_backwards")
    if first > today and new.date_kind != "until":
        flags.append("future_date")
    return tuple(flags)
