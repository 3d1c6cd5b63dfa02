"""The evidence of a change as one zip: what was received, the chain, and a page that a person reads first."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from notify.facts import moment
from notify.templating import environment, words
from notify.wording import change_as_dict, one_line, summary
from storage.chain import Recorded
from storage.evidence import Evidence, Received
from storage.observation import Language

_SUMS: Final = "SHA256SUMS"
# The earliest that the format knows: the same evidence is the same file, whenever it is made.
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
_READABLE: Final = 0o100644


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """One side of the change as the page shows it; `body` is None where it is no longer kept."""

    title: str
    snapshot: int
    url: str
    received: str
    recorded: str
    origin: str
    status: int | None
    size: int | None
    sha256: str
    body: str | None
    headers: str
    entry: str


def bundle(evidence: Evidence, language: Language) -> bytes:
    """The zip. It depends on nothing but the evidence and the language of its page, and is stored uncompressed."""
    files = dict(_files(evidence, language))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, _NO_TIME)
            info.create_system = 3  # Unix, so that the rights below hold
            info.external_attr = _READABLE << 16
            archive.writestr(info, content)
    return made.getvalue()


def _files(evidence: Evidence, language: Language) -> Iterator[tuple[str, bytes]]:
    change = evidence.change
    sums: list[tuple[str, str]] = []
    contents: list[tuple[str, bytes]] = [("change.json", _json(change_as_dict(change)))]
    for place, side, record in (
        ("before", evidence.before, change.before),
        ("after", evidence.after, change.after),
    ):
        if side is not None:
            contents.append((_headers_name(place), _headers(side)))
        if side is not None and side.body is not None:
            contents.append((_body_name(place, side), side.body))
            sums.append((side.recorded.entry.body_sha256, _body_name(place, side)))
        if record is not None:
            contents.append((f"{place}/record.json", _json(record)))
    for item in evidence.entries:
        contents.append((_entry_name(item), item.entry.text()))
        sums.append((item.sha256, _entry_name(item)))
    contents.insert(0, ("index.html", _page(evidence, language).encode()))
    yield from contents
    known = {name for _, name in sums}
    sums += [(hashlib.sha256(content).hexdigest(), name) for name, content in contents if name not in known]
    yield _SUMS, "".join(f"{digest}  {name}\n" for digest, name in sums).encode()


def _page(evidence: Evidence, language: Language) -> str:
    change = evidence.change
    sides = [
        _side(place, side, language)
        for place, side in (("before", evidence.before), ("after", evidence.after))
        if side is not None
    ]
    context = {
        "change": change,
        "page": evidence.page,
        "sentence": summary(change, language),
        "where": " > ".join(one_line(heading) for heading in change.path),
        "detected": moment(change.detected_at, language),
        "last_seen": moment(change.last_seen_before, language),
        "rows": list(_rows(evidence, language)),
        "sides": sides,
        "entries": [(_entry_name(item), item.sha256) for item in evidence.entries],
        "sums": _SUMS,
    }
    return environment().get_template(f"evidence_{language}.html.j2").render(context)


def _side(place: str, side: Received, language: Language) -> _Side:
    entry = side.recorded.entry
    return _Side(
        title=getattr(words(language), place),
        snapshot=side.recorded.snapshot,
        url=entry.url,
        received=moment(entry.claimed_at, language) or "",
        recorded=moment(entry.recorded_at, language) or "",
        origin=entry.origin,
        status=entry.http_status,
        size=len(side.body) if side.body is not None else None,
        sha256=entry.body_sha256,
        body=_body_name(place, side) if side.body is not None else None,
        headers=_headers_name(place),
        entry=_entry_name(side.recorded),
    )


def _rows(evidence: Evidence, language: Language) -> Iterator[tuple[str, str, str]]:
    """Each field that differs, before and after; of what came or went, all that was said."""
    change, labels = evidence.change, words(language).labels
    before, after = change.before or {}, change.after or {}
    for name in dict.fromkeys((*before, *after)):
        old, new = _shown(before.get(name)), _shown(after.get(name))
        if old != new and (name in change.fields or not change.fields):
            yield labels.get(name, name), old, new


def _shown(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False)


def _body_name(place: str, side: Received) -> str:
    is_html = "html" in (side.content_type or "html").lower()
    return f"{place}/body.{'html' if is_html else 'bin'}"


def _headers_name(place: str) -> str:
    return f"{place}/headers.txt"


def _headers(side: Received) -> bytes:
    return "".join(f"{name}: {value}\n" for name, value in side.recorded.entry.headers).encode()


def _entry_name(item: Recorded) -> str:
    return f"chain/{item.snapshot:08}.json"


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
