"""The word that a week has passed without a change, for those who asked for it: their silence is then proof."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from notify.subscribers import Subscriber
from storage.observation import Draft


def quiet_drafts(subscribers: Iterable[Subscriber], watched: Collection[str], at: datetime) -> Iterator[Draft]:
    """A digest without changes for each destination and the week that ended last at or before `at`.

    Left out is who hears of none of the pages `watched` then, or was not yet there. Whether something was told in that
    week is for the store to know (Store.open_quiet_digests).
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
