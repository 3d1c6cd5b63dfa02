"""Everything that a store answers, as JSON: two stores that hold the same give the same."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

from parsers.records import Record
from storage.store import Store


def answers(store: Store) -> dict[str, Any]:
    """Pages, bodies, records of every moment, histories, changes with their evidence, incidents and deliveries."""
    changes = list(store.changes(include_operators=True))
    pages = [state.page.id for state in store.states()]
    moments = sorted({change.detected_at for change in changes})
    found = {
        "states": store.states(),
        "bodies": [[store.last_good_body(page), store.suspect_body(page)] for page in pages],
        "records": [store.records(page) for page in pages],
        "as_of": [as_of for page in pages for as_of in _as_of(store, page, moments)],
        "histories": [
            [page, *key, store.history(page, *key)]
            for page in pages
            for key in sorted({(change.kind, change.key) for change in changes if change.page == page})
        ],
        "changes": changes,
        "by_text": [change.id for change in store.changes(text="富士通")],
        "by_kind": [change.id for change in store.changes(kinds=["plan", "*.renamed"])],
        "incidents": store.incidents(open_only=False),
        "deliveries": store.deliveries(),
        "heads": [[page, store.head(page)] for page in pages],
        "evidence": [_evidence(store, change.id) for change in changes],
        "verified": store.verify(),
    }
    return {name: as_json(value) for name, value in found.items()}


def _as_of(store: Store, page: str, moments: Sequence[datetime]) -> Iterator[list[Any]]:
    """The page at each moment: its records in order, by kind and key, and those not there at the moment before."""
    before: list[dict[str, Any]] = []
    for moment in moments:
        records = [record.as_dict() | {"position": None} for record in store.records(page, as_of=moment)]
        if records != before:
            keys = [f"{record['kind']}:{record['key']}" for record in records]
            yield [page, moment, keys, [record for record in records if record not in before]]
        before = records


def _evidence(store: Store, change: int) -> list[Any]:
    """The sizes of both bodies (None where there is none, or it was not kept) and the chain between them."""
    found = store.evidence(change)
    sides = [side and side.body is not None and len(side.body) for side in (found.before, found.after)]
    return [change, *sides, [entry.sha256 for entry in found.entries]]


def as_json(value: Any) -> Any:
    return json.loads(json.dumps(value, default=_plain))


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.as_dict()
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: getattr(value, item.name) for item in fields(value)}
    return value.decode() if isinstance(value, bytes) else value.isoformat()


def lacks(expected: Any, found: Any, where: str = "") -> Iterator[str]:
    """Where `found` does not hold what is expected; fields that a newer version adds are none of it."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key, value in expected.items():
            yield from lacks(value, found.get(key, "nothing"), f"{where}.{key}")
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for number, (one, other) in enumerate(zip(expected, found, strict=True)):
            yield from lacks(one, other, f"{where}[{number}]")
    elif expected != found:
        yield f"{where}: {expected!r} is now {found!r}"
