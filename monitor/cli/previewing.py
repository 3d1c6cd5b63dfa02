"""`subscribers preview`: what one would have been told."""
# ruff: noqa: PLC0415  (what is heavy loads where it is used: a command that needs none of it starts at once)

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli.arguments import ConfigOption, JsonOption, moment
from monitor.cli.desk import now, opened
from monitor.cli.show import iso, local, write, write_json, write_table
from monitor.cli.subscribing import NameArgument, member_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from notify.subscribers import Subscriber
    from storage.changes import RecordedChange
    from storage.observation import Draft, Window
    from storage.store import Store


def preview(
    name: NameArgument,
    since: Annotated[str, typer.Option("--since", metavar="DATE", help="From when on.")],
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Show what a subscriber would have been told since a day, and when.

    It goes by the wishes of now, whether it was there then or not. Nothing is sent.

    \b
    Example: ministry-monitor subscribers preview desk --since 2024-04-01
    """
    from monitor.audience import audience_of
    from notify.renames import follow

    start = moment(since, option="--since", end=False)
    with opened(config) as (settings, store):
        audience = audience_of(settings, store)
        one = follow(member_named(audience, name, settings).subscriber, audience.renames)
        messages = _Preview(one, store, [page.id for page in settings.pages]).messages(start, now())
    if as_json:
        write_json({"subscriber": name, "since": iso(start), "messages": [_message_as_dict(item) for item in messages]})
    else:
        _show_messages(one, messages)


@dataclass(frozen=True, slots=True)
class _Message:
    """When it would have been sent, how, and what it would have told; without changes, `silence` says so."""

    at: "datetime"
    kind: str
    changes: "list[RecordedChange]"
    silence: str = ""


@dataclass(frozen=True, slots=True)
class _TakenBack:
    """A change that never was, when it would have been told, and what takes it back."""

    change: "RecordedChange"
    told_at: "datetime"
    correction: "RecordedChange"

    @property
    def was_told(self) -> bool:
        return self.told_at <= self.correction.detected_at


class _Preview:
    """The messages to one subscriber, whether it was there then or not; one for each address would have been sent."""

    def __init__(self, one: "Subscriber", store: "Store", watched: "Sequence[str]") -> None:
        from notify.routing import make_route

        # Where it would have gone makes no difference.
        self._one = replace(one, since=None, paused=False, destinations=one.destinations[:1])
        self._store = store
        self._watched = watched
        self._pages = {state.page.id: state.page for state in store.states()}
        self._route = make_route([self._one], None)

    def messages(self, start: "datetime", end: "datetime") -> list[_Message]:
        """Those of what was found since `start`, and of quiet weeks that ended from then until `end`; oldest first."""
        taken_back = list(self._taken_back(start))
        untold = {item.change.id: self._instead(item.correction) for item in taken_back if not item.was_told}
        found = [
            *self._news(self._store.changes(since=start), untold),
            *self._corrections(item.correction for item in taken_back if item.was_told),
            *self._quiet_weeks(start, end),
        ]
        return sorted(found, key=lambda message: message.at)

    def _news(
        self, changes: "Iterable[RecordedChange]", untold: "Mapping[int, RecordedChange | None]"
    ) -> list[_Message]:
        """The messages of what checks found; what is `untold`, by its id, left room for what stands in its place."""
        told: dict[tuple[str, datetime | int, str], _Message] = {}
        live = (change for change in changes if change.origin == "live")
        for number, ((page, _), found) in enumerate(groupby(live, key=lambda one: (one.page, one.detected_at))):
            check = list(found)
            by_id: dict[int, RecordedChange | None] = {change.id: change for change in check}
            for draft in self._route(self._pages[page], check):
                at, kind = _sent(draft, check[0].detected_at)
                key = (kind, at if kind == "digest" else number, str(at))
                changes_told = told.setdefault(key, _Message(at, kind, [])).changes
                for change in map((by_id | dict(untold)).get, draft.change_ids):
                    if change is not None and change not in changes_told:
                        changes_told.append(change)
        return [message for message in told.values() if message.changes]

    def _taken_back(self, start: "datetime") -> "Iterator[_TakenBack]":
        """What was taken back since `start`, and would have been told to this one."""
        corrections = {change.id: change for change in self._store.changes(kinds=["*.corrected"], since=start)}
        for page in dict.fromkeys(change.page for change in corrections.values()):
            for change in self._store.changes(page=page):
                correction = corrections.get(change.superseded_by or 0)
                if correction is None:
                    continue
                for draft in self._route(self._pages[page], [change]):
                    yield _TakenBack(change, _sent(draft, change.detected_at)[0], correction)

    def _instead(self, correction: "RecordedChange") -> "RecordedChange | None":
        """What stands in the place of what was taken back, if anything does."""
        right = (correction.after or {}).get("change")
        if right is None:
            return None
        recorded = self._store.changes(page=correction.page, kinds=[right["change"]])
        return next(
            (
                change
                for change in recorded
                if (change.key, change.snapshot_after) == (right["key"], correction.snapshot_after)
                and change.superseded_by is None
            ),
            None,
        )

    def _corrections(self, corrections: "Iterable[RecordedChange]") -> "Iterator[_Message]":
        """One message for all that was taken back of a page at once, as soon as the quiet hours end."""
        from notify.routing import is_urgent

        together: dict[tuple[str, datetime], list[RecordedChange]] = defaultdict(list)
        for change in corrections:
            together[change.page, change.detected_at].append(change)
        for (_, found_at), changes in together.items():
            wakes_at = None if is_urgent(self._one, changes) else self._one.timing.due(found_at)
            yield _Message(wakes_at or found_at, "correction", changes)

    def _quiet_weeks(self, start: "datetime", end: "datetime") -> "Iterator[_Message]":
        """The digests of weeks in which nothing was found, where these are wished for."""
        from monitor.watch import found_in
        from notify.all_quiet import quiet_drafts, without_news

        for window in self._weeks(start, end):
            drafts = list(quiet_drafts([self._one], self._watched, window.until))
            news = without_news(drafts, [self._one], lambda one: found_in(self._store, one))
            if news and self._was_checked(window):
                yield _Message(window.until, "digest", [], f"no change since {local(window.after)}")

    def _weeks(self, start: "datetime", end: "datetime") -> "Iterator[Window]":
        """The weeks that ended from `start` until `end`, newest first; none before anything was received."""
        window = self._one.timing.quiet_note(end)
        if window is None:
            return
        firsts = [body.at for page in self._watched if (body := next(self._store.archived(page), None)) is not None]
        while firsts and window is not None and window.until >= max(start, min(firsts)):
            yield window
            window = self._one.timing.quiet_note(window.after)

    def _was_checked(self, window: "Window") -> bool:
        # Single checks of long ago are not kept, but their counts are.
        tallies = self._store.tallies(self._watched, window)
        return any(tally.good or tally.failed or tally.suspect for tally in tallies)


def _sent(draft: "Draft", detected_at: "datetime") -> "tuple[datetime, str]":
    if draft.window is not None:
        return draft.window.until, "digest"
    return draft.due or detected_at, "immediate"


def _message_as_dict(message: _Message) -> dict[str, Any]:
    from notify.wording import change_as_dict

    return {
        "at": iso(message.at),
        "kind": message.kind,
        "changes": [change_as_dict(change) for change in message.changes],
    }


def _show_messages(one: "Subscriber", messages: "Sequence[_Message]") -> None:
    if not messages:
        write(f"{one.name} would have been told nothing.\n")
        return
    write_table(
        ("sent at", "as", "id", "what is told"),
        ((local(item.at), item.kind, *line) for item in messages for line in _lines(item, one)),
        unbroken=(0, 1, 2),
    )
    count = sum(len(item.changes) for item in messages)
    sent = "1 message" if len(messages) == 1 else f"{len(messages)} messages"
    write(f"{sent}, {'1 change' if count == 1 else f'{count} changes'}.\n")


def _lines(message: _Message, one: "Subscriber") -> "Iterator[tuple[str, str]]":
    from notify.wording import summary

    if not message.changes:
        yield "", message.silence
    for change in message.changes:
        yield str(change.id), summary(change, one.language)
