"""What nobody would hear of by a check: pages not checked, not verified, and what is still not as it should be."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from monitor.audience import Audience, LiveAudience
from monitor.disk import nearly_full
from monitor.settings import operator_of
from monitor.settings_models import Settings
from notify.all_quiet import quiet_drafts, without_news
from notify.business_days import whole_business_days_between
from notify.notices import condition_notice
from storage.changes import RecordedChange
from storage.observation import Incident, Notice, PageState, Phase, Route, Window
from storage.store import Store

if TYPE_CHECKING:
    from monitor.timetable import Timetable

_MOMENT: Final = timedelta(microseconds=1)

_log = logging.getLogger(__name__)


class Watch:
    """Looks after the pages of config.toml, beside their checks."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        timetable: "Timetable",
        *,
        audience: LiveAudience,
        clock: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._store = store
        self._timetable = timetable
        self._audience = audience
        self._clock = clock

    def look(self) -> bool:
        """Tell what is to be told now; whether there was anything. Raises StorageError."""
        states = {state.page.id: state for state in self._store.states()}
        return self._stale(states) | self._rest(states)

    def look_at_start(self) -> bool:
        """The same before the first checks, which will verify what was missed: of that subscribers need not hear."""
        return self._stale({state.page.id: state for state in self._store.states()})

    def _stale(self, states: dict[str, PageState]) -> bool:
        found = self._timetable.stale(states)
        open_already = {incident.page for incident in self._store.incidents() if incident.kind == "page.stale"}
        found = {page: last for page, last in found.items() if page not in open_already}
        return bool(found) and _logged(self._store.tell_stale(found, self._clock(), self._audience))

    def _rest(self, states: dict[str, PageState]) -> bool:
        watched = {page.id for page in self._settings.pages}
        known = (watched & states.keys()) - self._timetable.busy
        told = tell_unverified(self._store, [states[page] for page in known], route=self._audience, now=self._clock())
        reminded = self._store.remind(watched, self._clock(), self._audience)
        now, audience = self._clock(), self._audience.refresh().current
        written = write_quiet_digests(self._settings, self._store, audience, now)
        hastened = hasten_digests(self._store, audience, now)
        return told | _logged(reminded) | look_for_room(self._settings, self._store, now) | written | hastened


def write_quiet_digests(settings: Settings, store: Store, audience: Audience, now: datetime) -> bool:
    """Write the digest of a week without a change to those who asked for it; whether there was one.

    Raises StorageError.
    """
    pages = [page.id for page in settings.pages]
    since = store.known_since([one.name for one in audience.subscribers if one.since is None], now)
    wanting = [one for one in audience.subscribers if one.timing.all_quiet != "never"]
    told = [replace(one, since=one.since or since[one.name]) for one in wanting]
    drafts = store.unserved(list(quiet_drafts(told, pages, now)))
    drafts = without_news(drafts, told, lambda window: found_in(store, window))
    return bool(drafts) and bool(store.open_digests(drafts, now))


def hasten_digests(store: Store, audience: Audience, now: datetime) -> bool:
    """Let what waits for the digest of a former rhythm not wait longer than by the present one; whether any did.

    Raises StorageError.
    """
    moved = False
    for digest in store.open_windows():
        timing = audience.timing_of(digest.subscriber, digest.destination)
        window = timing.window(now) if timing is not None else None
        if timing is None or digest.window.until <= (window.until if window is not None else now):
            continue
        store.move_digest(digest.id, window, window.until if window is not None else timing.due(now) or now)
        moved = True
    return moved


def found_in(store: Store, window: Window) -> Iterator[RecordedChange]:
    """The changes detected within a window."""
    # The window begins after its first moment and ends with its last.
    return store.changes(since=window.after + _MOMENT, until=window.until + _MOMENT)


def look_for_room(settings: Settings, store: Store, now: datetime) -> bool:
    """Tell the operator of a disk that is nearly full, daily while it is, and when there is room again.

    Whether there was anything to tell. Raises StorageError.
    """
    operator = operator_of(settings)

    def notices(incident: Incident, phase: Phase) -> list[Notice]:
        if operator is None:
            return []
        message = condition_notice(incident, phase, operator.language)
        return [
            Notice(destination=item.id, subscriber=operator.name, language=operator.language, message=message)
            for item in operator.destinations
        ]

    full = "; ".join(nearly_full(settings)) or None
    is_news = store.condition("disk.full", full, now, notices)
    if is_news:
        _log.warning("%s", f"{full}. Make room: without it nothing can be stored" if full else "there is room again")
    return is_news


def tell_unverified(store: Store, states: Iterable[PageState], *, route: Route, now: datetime) -> bool:
    """Tell who hears of a page that it was not found good for a whole business day, once; whether there was one."""
    found = {
        state.page.id: state.last_unchanged
        for state in states
        if state.last_unchanged is not None
        and not (state.unverified or state.gone or _is_before_its_time(state, now))
        and whole_business_days_between(state.last_unchanged, now)
    }
    return bool(found) and _logged(store.tell_unverified(found, now, route))


def _is_before_its_time(state: PageState, now: datetime) -> bool:
    """Whether the last check was good and by its schedule no other was to be made since."""
    return state.last_check == state.last_unchanged and state.next_due is not None and state.next_due > now


def _logged(changes: Iterable[RecordedChange]) -> bool:
    told = [f"page {change.page}: {change.change}" for change in changes]
    for line in told:
        _log.warning("%s", line)
    return bool(told)
