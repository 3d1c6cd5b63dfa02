"""Everything that a store answers, as JSON: two stores that hold the same give the same."""

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from parsers.records import Record
from storage.store import Store


def answers(store: Store) -> dict[str, Any]:
    """Pages, bodies, records of every moment, histories, changes, incidents and deliveries."""
    changes = list(store.changes(include_operators=True))
    pages = [state.page.id for state in store.states()]
    moments = sorted({change.detected_at for change in changes})
    found = {
        "states": store.states(),
        "bodies": [[store.last_good_body(page), store.suspect_body(page)] for page in pages],
        "records": [store.records(page) for page in pages],
        "as_of": [[page, moment, store.records(page, as_of=moment)] for page in pages for moment in moments],
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
    }
    return {name: as_json(value) for name, value in found.items()}


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
