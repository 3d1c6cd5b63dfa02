"""Writing changes, inside the transaction of the observation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert

from parsers.text import fold
from storage.changes import Change, ChangeOrigin, RecordedChange
from storage.concurrency import Lock, hold
from storage.tables import CHANGE, PageRow


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A change about to be recorded; `version` is the id of the version it begins."""

    change: Change
    detected_at: datetime
    last_seen_before: datetime | None = None
    operators_only: bool = False
    origin: ChangeOrigin = "live"
    version: int | None = None
    snapshot_before: int | None = None
    snapshot_after: int | None = None


def record(connection: Connection, page: PageRow, news: Sequence[News]) -> tuple[RecordedChange, ...]:
    """Write the changes, in the order given, and return them with their ids."""
    rows = [{**_columns(item), "page_id": page.id} for item in news]
    if not rows:
        return ()
    # Ids are given in the order of commits: who has read up to one will find all later ones above it.
    hold(connection, Lock.CHANGES)
    ids = connection.execute(insert(CHANGE).returning(CHANGE.c.id, sort_by_parameter_order=True), rows).scalars()
    return tuple(
        RecordedChange(
            id=change_id,
            page=page.page,
            detected_at=item.detected_at,
            last_seen_before=item.last_seen_before,
            snapshot_before=item.snapshot_before,
            snapshot_after=item.snapshot_after,
            operators_only=item.operators_only,
            origin=item.origin,
            **fields_of(item.change),
        )
        for change_id, item in zip(ids, news, strict=True)
    )


def recorded(row: Row[Any], page: str) -> RecordedChange:
    """The change of a stored row."""
    told = row.told
    return RecordedChange(
        id=row.id,
        page=page,
        detected_at=row.detected_at,
        last_seen_before=row.last_seen_before,
        snapshot_before=row.snapshot_before,
        snapshot_after=row.snapshot_after,
        operators_only=row.operators_only,
        origin=row.origin,
        superseded_by=row.superseded_by,
        change=row.change,
        kind=row.kind,
        key=row.key,
        also=tuple(told["also"]),
        title=told["title"],
        path=tuple(told["path"]),
        fields=tuple(told["fields"]),
        flags=tuple(told["flags"]),
        cause=told["cause"],
        before=told["before"],
        after=told["after"],
        url=told["url"],
    )


def searchable(text: str) -> str:
    """The form in which words are looked for: folded, without upper case."""
    return fold(text).casefold()


def _columns(item: News) -> dict[str, Any]:
    change = item.change
    told = fields_of(change)
    return {
        **{name: told.pop(name) for name in ("change", "kind", "key")},
        "told": told,
        "names": f"|{'|'.join(change.names)}|",
        "search": _search(change),
        "operators_only": item.operators_only,
        "version_id": item.version,
        "origin": item.origin,
        "detected_at": item.detected_at,
        "last_seen_before": item.last_seen_before,
        "snapshot_before": item.snapshot_before,
        "snapshot_after": item.snapshot_after,
    }


def fields_of(change: Change) -> dict[str, Any]:
    """All that a change says, by the names of its fields."""
    return {
        "change": change.change,
        "also": change.also,
        "kind": change.kind,
        "key": change.key,
        "title": change.title,
        "path": change.path,
        "fields": change.fields,
        "flags": change.flags,
        "cause": change.cause,
        "before": change.before,
        "after": change.after,
        "url": change.url,
    }


def _search(change: Change) -> str:
    """Every text of the change that is not part of another, a line each."""
    words = (change.key, change.title, *change.path, *strings_in(change.before), *strings_in(change.after))
    kept = ""
    for word in sorted(dict.fromkeys(map(searchable, words)), key=len, reverse=True):
        if word not in kept:
            kept += f"{word}\n"
    return kept


def strings_in(value: object) -> Iterator[str]:
    """Every text of a value as JSON has it, in order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings_in(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from strings_in(item)
