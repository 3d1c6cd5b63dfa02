"""Links to the very place on a page: text fragments (WICG, URL Fragment Text Directives, 3.2 and 3.3)."""

from typing import Final
from urllib.parse import quote

from notify.facts import Facts
from parsers.text import fold
from storage.changes import Change

_DELIMITER: Final = ":~:"
# A longer text makes an address that mail programs break, and is seldom wholly in one place.
_LONGEST_TEXT: Final = 80
_SHORT_TEXT: Final = 40


def place_link(change: Change, facts: Facts, page_url: str) -> str | None:
    """The page, opened where the change is seen; of what is no longer there, where it stood. None without such a place.

    The note that follows a title tells it from others of that name, the heading above a network (全国5G) that one from
    others; a browser that does not find both together looks for the title or the network alone.
    """
    if change.kind == "page" or change.change.endswith(".corrected"):
        return None
    if facts.new is None:
        return _where_it_stood(change, facts, page_url)
    added = facts.new_lines[0] if facts.new_lines and not facts.new.heads_lines else ""
    if change.kind in {"text", "programme", "category"} and 0 < len(added) <= _SHORT_TEXT and "text" in change.fields:
        return text_link(page_url, added)
    note = facts.new.note.text if facts.new.note and change.kind in {"plan", "document"} else ""
    return text_link(page_url, facts.new.title, f"【{note}】" if note else "")


def _where_it_stood(change: Change, facts: Facts, page_url: str) -> str | None:
    """The heading that a record stood under; networks are headings of more than one section."""
    *above, heading = change.path or ("",)
    network = facts.old.network if facts.old else None
    return text_link(page_url, heading, above=above[-1] if above and fold(heading) == fold(network or "") else "")


def text_link(page_url: str, text: str, suffix: str = "", *, above: str = "") -> str | None:
    """The address of a page that shows `text`: first where `suffix` follows it, else wherever it stands.

    With `above`, all from there to the next `text` is sought first, and its beginning shown. A fragment that the
    address has already stays before the directive.
    """
    if not page_url or not text or len(text) > _LONGEST_TEXT:
        return None
    directives = [f"text={_encoded(text)}"]
    if suffix:
        directives.insert(0, f"text={_encoded(text)},-{_encoded(suffix)}")
    if 0 < len(above) <= _LONGEST_TEXT:
        directives.insert(0, f"text={_encoded(above)},{_encoded(text)}")
    address = page_url.partition(_DELIMITER)[0]
    return f"{address}{'' if '#' in address else '#'}{_DELIMITER}{'&'.join(directives)}"


def _encoded(text: str) -> str:
    """Percent-encoded UTF-8; a dash would mark a prefix or suffix, a comma and an ampersand end the text."""
    return quote(text, safe="").replace("-", "%2D")
