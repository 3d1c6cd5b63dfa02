"""How two records that are one thing differ, and what that is called."""

from collections.abc import Collection
from typing import Final

from parsers.records import Kind, Plan, Record
from parsers.text import fold
from storage.addresses import address
from storage.places import Place
from storage.prose import texts_agree

_PLACE: Final = frozenset({"path", "plan_type", "network"})
_NOTE: Final = frozenset({"note", "date", "date_kind"})
_NAMED: Final = _PLACE | _NOTE | {"title"}


def differing_fields(old: Record, new: Record, expected: Place, place: Place) -> tuple[str, ...]:
    """The fields in which the two differ for a reader, in the order of the documentation.

    `expected` is where `old` stands in the new version's terms, `place` where `new` stands. The place of a
    text is its title, so its lines and heading are compared elsewhere.
    """
    differs = {
        "path": (expected.owner, expected.below) != (place.owner, place.below),
        "title": fold(old.title) != fold(new.title),
        "url": address(old.url) != address(new.url),
        "note": fold(old.note or "") != fold(new.note or ""),
        "date": old.date != new.date,
        "date_kind": old.date_kind != new.date_kind,
        "periods": _periods(old) != _periods(new),
        "closed": old.closed != new.closed,
        "text": not texts_agree(old.text, new.text),
        "plan_type": expected.plan_type != place.plan_type,
        "network": expected.network != place.network,
    }
    if isinstance(old, Plan) and isinstance(new, Plan):
        differs["companies"] = list(map(fold, old.companies)) != list(map(fold, new.companies))
    elif old.kind != new.kind:
        # Read as a plan here and as a document there, by its heading's wording: what only plans have says nothing.
        differs["plan_type"] = differs["network"] = False
    return tuple(name for name, it_does in differs.items() if it_does)


def names_of(kind: Kind, old: Record, new: Record, fields: Collection[str]) -> tuple[str, ...]:
    """The names of a change in `fields`, the first that holds first, as `KIND.name`."""
    dated = kind in ("plan", "document")
    other_file = dated and "url" in fields and old.url is not None and new.url is not None
    rest = set(fields) - _NAMED - _following(fields)
    if other_file:
        rest.discard("url")
    noted = not _NOTE.isdisjoint(fields)
    holds = {
        "amended": kind == "plan" and noted,
        "replaced": other_file,
        "revised": kind == "document" and noted,
        "moved": not _PLACE.isdisjoint(fields),
        "renamed": "title" in fields,
        "changed": bool(rest) or (noted and not dated),
    }
    return tuple(f"{kind}.{name}" for name, it_does in holds.items() if it_does)


def _following(fields: Collection[str]) -> set[str]:
    """Fields read from a title or note that differs itself: shown, but no change of their own."""
    following = set()
    if "title" in fields:
        following.add("companies")
    if "title" in fields or "note" in fields:
        following.add("periods")
    return following


def _periods(record: Record) -> list[tuple[str, str | None, str | None]]:
    periods = [(fold(period.label or ""), period.start, period.end) for period in record.periods]
    return sorted(periods, key=str)
