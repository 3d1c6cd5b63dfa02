"""Changes that follow from versions and were told to nobody: brought into line when the past is known better."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, delete, or_, select, update

from storage import publishing
from storage.batches import batches
from storage.changes import Change, ChangeOrigin
from storage.outbox_tables import DELIVERY_CHANGE
from storage.publishing import News
from storage.replay import Name
from storage.tables import CHANGE, PageRow
from storage.timeline import Entry

_OWNERS: Final = ("programme", "category")
_IS_DELIVERED: Final = select(DELIVERY_CHANGE.c.change_id).where(DELIVERY_CHANGE.c.change_id == CHANGE.c.id).exists()


def told(connection: Connection, versions: Collection[int]) -> dict[int, list[Row[Any]]]:
    """The changes that stand and were published or put into a message, by the id of the version they began."""
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for some in batches(versions):
        query = select(CHANGE).where(
            CHANGE.c.version_id.in_(some),
            CHANGE.c.superseded_by.is_(None),
            or_(CHANGE.c.origin == "live", _IS_DELIVERED),
        )
        for row in connection.execute(query.order_by(CHANGE.c.id)):
            found[row.version_id].append(row)
    return found


def settle(
    connection: Connection, page: PageRow, origin: ChangeOrigin, wanted: Mapping[int, Sequence[News]]
) -> list[int]:
    """Let the untold changes of that origin, of these versions (by id), be those wanted; the ids of those written.

    One that says what is wanted stays as it is, under its id.
    """
    missing = {version: list(news) for version, news in wanted.items()}
    stale: list[int] = []
    for some in batches(wanted):
        query = select(CHANGE).where(CHANGE.c.version_id.in_(some), CHANGE.c.origin == origin, ~_IS_DELIVERED)
        for row in connection.execute(query.order_by(CHANGE.c.id)):
            same = next((news for news in missing[row.version_id] if _is(row, news)), None)
            if same is not None:
                missing[row.version_id].remove(same)
            else:
                stale.append(row.id)
    for some in batches(stale):
        connection.execute(delete(CHANGE).where(CHANGE.c.id.in_(some)))
    news = [item for items in missing.values() for item in items]
    return [change.id for change in publishing.record(connection, page, news)]


def between(before: Entry, entry: Entry, changes: Iterable[Change], origin: ChangeOrigin) -> list[News]:
    """What changed from one version to another, as found by no check of its own."""
    return [
        News(
            change=change,
            detected_at=entry.created_at,
            last_seen_before=before.created_at,
            origin=origin,
            version=entry.id,
            snapshot_before=before.snapshot,
            snapshot_after=entry.snapshot,
        )
        for change in changes
    ]


def without_told(news: Iterable[News], told: Iterable[Row[Any]]) -> list[News]:
    """The news of records of which nothing was told."""
    known = {(row.kind, row.key) for row in told}
    return [item for item in news if (item.change.kind, item.change.key) not in known]


def rename(connection: Connection, version: int, names: Mapping[Name, str]) -> None:
    """Let the changes of a version name their records by the keys under which these are known now."""
    values = []
    for row in connection.execute(select(CHANGE).where(CHANGE.c.version_id == version)):
        key = names.get((row.kind, row.key), row.key)
        renamed = _renamed(row, names)
        if (key, renamed) != (row.key, row.told):
            values.append({"named": row.id, "its_key": key, "its_told": renamed})
    if values:
        statement = update(CHANGE).where(CHANGE.c.id == bindparam("named"))
        connection.execute(statement.values(key=bindparam("its_key"), told=bindparam("its_told")), values)


def _renamed(row: Row[Any], names: Mapping[Name, str]) -> dict[str, Any]:
    told = dict(row.told)
    for side in ("before", "after"):
        if told[side] is not None and "key" in told[side]:
            told[side] = {**told[side], "key": names.get((told[side]["kind"], told[side]["key"]), told[side]["key"])}
    owners = [names[kind, told["cause"]] for kind in _OWNERS if (kind, told["cause"]) in names]
    return {**told, "cause": owners[0] if owners else told["cause"]}


def _is(row: Row[Any], news: News) -> bool:
    """Whether the row says what the news says. JSON knows no tuples."""
    said = publishing.fields_of(news.change)
    return (
        (row.snapshot_before, row.snapshot_after, row.detected_at, row.last_seen_before)
        == (news.snapshot_before, news.snapshot_after, news.detected_at, news.last_seen_before)
        and (row.change, row.kind, row.key) == (said.pop("change"), said.pop("kind"), said.pop("key"))
        and row.told == {name: list(value) if isinstance(value, tuple) else value for name, value in said.items()}
    )
