"""The digest of a week without a change, for those who asked for it: their silence is then proof."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime

from notify.routing import wants
from notify.subscribers import Subscriber
from storage.changes import RecordedChange
from storage.observation import Draft, Window


def quiet_drafts(subscribers: Iterable[Subscriber], watched: Collection[str], at: datetime) -> Iterator[Draft]:
    """A digest without changes for each destination and the week that ended last at or before `at`.

    Left out is who hears of none of the pages `watched`, or was not there all that week.
    """
    for subscriber in subscribers:
        window = subscriber.timing.quiet_note(at)
        if window is None or subscriber.paused or (subscriber.since is not None and subscriber.since > window.after):
            continue
        if not any(map(subscriber.hears_of, watched)):
            continue
        for destination in subscriber.destinations:
            yield Draft(
                destination=destination.id,
                subscriber=subscriber.name,
                channel="subscriber",
                change_ids=(),
                language=subscriber.language,
                window=window,
            )


def without_news(
    drafts: Sequence[Draft], subscribers: Iterable[Subscriber], changes: Callable[[Window], Iterable[RecordedChange]]
) -> list[Draft]:
    """Those drafts in whose window nothing was found that their subscriber would have been told, told or not.

    What was misread, and taken back, was nothing.

    `changes` are those detected within a window.
    """
    by_name = {subscriber.name: subscriber for subscriber in subscribers}
    kept: list[Draft] = []
    for window in dict.fromkeys(draft.window for draft in drafts if draft.window is not None):
        news = [change for change in changes(window) if change.origin == "live" and change.superseded_by is None]
        for draft in drafts:
            subscriber = by_name[draft.subscriber]
            if draft.window == window and not any(wants(subscriber, change.page, change) for change in news):
                kept.append(draft)
    return kept
