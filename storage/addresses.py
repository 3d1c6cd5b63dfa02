"""When two addresses lead to the same place."""

import re
from functools import lru_cache
from typing import Final
from urllib.parse import quote

_ADDRESS: Final = re.compile(
    r"(?P<scheme>https?)://(?P<host>[^/?#]*)(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?",
    re.IGNORECASE | re.DOTALL,
)
_PORT: Final = {"http": ":80", "https": ":443"}
_SESSION_PATH: Final = re.compile(r";(?:jsessionid|phpsessid)=[^/;]*", re.IGNORECASE)
# A short plain number called sid is more often a page's than a visit's.
_SESSION_QUERY: Final = re.compile(r"(?:phpsessid|jsessionid|sessionid|utm_\w+)(?:=|$)|sid=(?!\d{1,8}$)", re.IGNORECASE)
_ESCAPE: Final = re.compile(r"%[0-9A-Fa-f]{2}")
_ASCII: Final = "".join(chr(code) for code in range(0x21, 0x7F))


@lru_cache(maxsize=65536)
def address(url: str | None) -> str | None:
    """The form in which links are compared, never shown or fetched (RFC 3986, section 6.2).

    Left out: http against https, case of the host, default port, case of percent-escapes, an empty
    fragment, session ids and campaign marks (`utm_…`). A fragment stays: one page may carry many entries.
    """
    if not url:
        return None
    found = _ADDRESS.fullmatch(url.strip())
    if not found:
        return url.strip()
    host = found["host"].lower().removesuffix(_PORT[found["scheme"].lower()])
    path = _SESSION_PATH.sub("", found["path"]) or "/"
    kept = [part for part in (found["query"] or "").split("&") if part and not _SESSION_QUERY.match(part)]
    rest = path + ("?" + "&".join(kept) if kept else "")
    rest += "#" + found["fragment"] if found["fragment"] else ""
    rest = rest if rest.isascii() else quote(rest, safe=_ASCII)
    return f"//{host}{_ESCAPE.sub(lambda escape: escape[0].upper(), rest)}"
