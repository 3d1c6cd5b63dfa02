"""What was told and never was: which changes a better reading shows to be none, and whom to tell so."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, insert, select, update

from parsers.text import fold
from storage import derived, outbox, posting, publishing
from storage.addresses import address
from storage.changes import Change, RecordedChange
from storage.observation import Draft
from storage.outbox_tables import DELIVERY, DELIVERY_CHANGE
from storage.publishing import News
from storage.tables import CHANGE, PageRow

Expected = Sequence[News]

# Fields whose very values a message names; of the others it says that they differ.
_OF_PLANS: Final = frozenset({"plan_type", "network", "companies"})
_NAMED: Final = ("title", "note", "date", "url", "periods", "closed", "lines")


@dataclass(frozen=True, slots=True)
class _Void:
    """A change that never was, and what stands in its place, if anything does."""

    change: RecordedChange
    instead: News | None


def correct(
    connection: Connection,
    page: PageRow,
    expected: Mapping[int, Expected],
    told: Mapping[int, Sequence[Row[Any]]],
    now: datetime,
) -> tuple[tuple[RecordedChange, ...], int]:
    """Hold what was told of each version (by id) against what is expected; the void changes, and how many messages
    will say so.

    What is expected and was not told is written down, and told to nobody.
    """
    void: list[_Void] = []
    untold: dict[int, list[News]] = {}
    for version, news in expected.items():
        untold[version] = list(news)
        changes = [publishing.recorded(row, page.page) for row in told.get(version, ())]
        for change in changes:
            same = next((item for item in untold[version] if holds(change, item.change)), None)
            if same is not None:
                untold[version].remove(same)
            else:
                instead = next((item for item in news if _is_one_thing(change, item.change)), None)
                void.append(_Void(change, instead))
    derived.settle(connection, page, "parser", untold)
    replaced = {item.change.id: _supersede(connection, page, item, now) for item in void}
    messages = _tell(connection, void, replaced, now)
    return tuple(item.change for item in void), messages


def holds(told: Change, found: Change) -> bool:
    """Whether what was told is true by what is found: of the same thing, by the same names, from and to the same.

    What came is told by its title and note, what went by its title, a plan always: names of companies differ by little.
    """
    came_or_went = told.kind != "text" and (told.before is None or told.after is None)
    is_by_title = came_or_went or told.kind == "plan"
    return (
        _is_one_thing(told, found)
        and (not is_by_title or fold(told.title) == fold(found.title))
        and (told.before is not None or _said(told.after, "note") == _said(found.after, "note"))
        and set(map(_named, told.names)) <= set(map(_named, found.names))
        and set(told.fields) - _OF_PLANS <= set(found.fields)
        and all(
            _said(getattr(told, side), name) == _said(getattr(found, side), name)
            for side in ("before", "after")
            for name in _NAMED
            if name in told.fields or (name == "lines" and told.kind == "text")
        )
    )


def _is_one_thing(told: Change, found: Change) -> bool:
    if told.kind != found.kind:
        # One entry, read as a plan then and as a document now, or the other way round.
        return {told.kind, found.kind} == {"plan", "document"} and fold(told.title) == fold(found.title)
    return told.key == found.key or fold(told.title) == fold(found.title)


def _named(name: str) -> str:
    """The name of a change, whether of a plan or of a document: what amends the one revises the other."""
    kind, _, what = name.partition(".")
    kind = "document" if kind == "plan" else kind
    return f"{kind}.{'revised' if what == 'amended' else what}"


def _said(side: dict[str, Any] | None, name: str) -> object:
    value = side.get(name) if side is not None else None
    if name == "url":
        return address(value)
    if name == "lines":
        return "".join(map(fold, value or ()))
    return fold(value) if isinstance(value, str) else value


def _supersede(connection: Connection, page: PageRow, void: _Void, now: datetime) -> int:
    """Record the correction of a change; its id."""
    told = void.change
    instead = publishing.fields_of(void.instead.change) if void.instead is not None else None
    correction = Change(
        change=f"{told.kind}.corrected",
        kind=told.kind,
        key=told.key,
        title=told.title,
        path=told.path,
        before={"change": publishing.fields_of(told)},
        after={"change": instead} if instead is not None else None,
        url=told.url,
    )
    news = News(
        change=correction,
        detected_at=now,
        origin="parser",
        snapshot_before=told.snapshot_before,
        snapshot_after=told.snapshot_after,
    )
    recorded = publishing.record(connection, page, [news])[0]
    connection.execute(update(CHANGE).where(CHANGE.c.id == told.id).values(superseded_by=recorded.id))
    return recorded.id


def _tell(connection: Connection, void: Iterable[_Void], corrections: Mapping[int, int], now: datetime) -> int:
    """Put corrections into messages to those who were told; take what never was out of messages that reached nobody.

    Those are the ones not yet written, and the ones given up, which are written anew should they be sent after all.
    """
    owed: dict[tuple[str, str, str, str], list[int]] = defaultdict(list)
    for item in void:
        rows = connection.execute(
            select(DELIVERY)
            .join(DELIVERY_CHANGE, DELIVERY_CHANGE.c.delivery_id == DELIVERY.c.id)
            .where(DELIVERY_CHANGE.c.change_id == item.change.id)
            .order_by(DELIVERY.c.id)
            .with_for_update(of=DELIVERY)
        ).all()
        for row in rows:
            if row.status == "dead" or (row.status == "waiting" and row.subject is None):
                _take_out(connection, row.id, item, now)
            elif row.status in ("sent", "claimed", "waiting"):
                owed[row.destination, row.subscriber, row.channel, row.language].append(corrections[item.change.id])
    drafts = [
        Draft(
            destination=destination,
            subscriber=subscriber,
            channel=channel,  # type: ignore[arg-type]
            change_ids=tuple(changes),
            language=language,  # type: ignore[arg-type]
        )
        for (destination, subscriber, channel, language), changes in owed.items()
    ]
    posting.send_later(connection, drafts, now)
    return len(drafts)


def _take_out(connection: Connection, delivery: int, void: _Void, now: datetime) -> None:
    """Let the message tell what stands in the change's place; with nothing left to tell it is cancelled.

    Its words, if it has any, are to be written anew; its Message-ID stays.
    """
    connection.execute(update(DELIVERY).where(DELIVERY.c.id == delivery).values(subject=None, text=None, html=None))
    told = DELIVERY_CHANGE.c.delivery_id == delivery
    connection.execute(delete(DELIVERY_CHANGE).where(told, DELIVERY_CHANGE.c.change_id == void.change.id))
    instead = void.instead and _recorded(connection, void.instead)
    left = {*connection.execute(select(DELIVERY_CHANGE.c.change_id).where(told)).scalars()}
    if instead and instead not in left:
        connection.execute(insert(DELIVERY_CHANGE), {"delivery_id": delivery, "change_id": instead})
    elif not left:
        outbox.cancel(connection, delivery, now, "what it was to tell had been misread")


def _recorded(connection: Connection, news: News) -> int | None:
    """The id under which an expected change was written down."""
    found: int | None = connection.execute(
        select(CHANGE.c.id).where(
            CHANGE.c.version_id == news.version,
            CHANGE.c.kind == news.change.kind,
            CHANGE.c.key == news.change.key,
            CHANGE.c.change == news.change.change,
            CHANGE.c.superseded_by.is_(None),
        )
    ).scalar()
    return found
