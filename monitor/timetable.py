"""Which pages are due. Due times live in the database, so that a daemon that starts knows what it missed."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from monitor.schedule import Rhythm, page_rhythm
from monitor.settings_models import PageSettings, Settings
from storage.errors import StorageError
from storage.observation import PageInfo, PageState
from storage.store import Store

_MOMENT: Final = timedelta(microseconds=1)
_AGAIN_AFTER: Final = timedelta(minutes=1)

_log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class _Entry:
    """A page with what is stored of its schedule; `busy` from when it is handed out until its check has ended.

    `is_failing` holds after a check that failed.
    """

    page: PageSettings
    rhythm: Rhythm
    due: datetime
    last_started: datetime | None
    is_unfinished: bool
    watched_from: datetime
    is_failing: bool
    busy: bool = False


class Timetable:
    """The pages of config.toml with their due times; threads may share it.

    Reads and stores due times when it is made: who makes one must be on duty. A check that began and never came to
    an end, as its process died, is due at once. Raises ConfigError for a schedule that never comes, StorageError.
    """

    def __init__(self, settings: Settings, store: Store, *, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        self._lock = threading.Lock()
        self._last_look = now = clock()
        known = {state.page.id: state for state in store.states()}
        rhythms = {page.id: page_rhythm(settings, page) for page in settings.pages}
        self._entries = {page.id: _entry(page, rhythms[page.id], known.get(page.id), now) for page in settings.pages}
        store.plan([(_info(entry.page), entry.due) for entry in self._entries.values()])

    @property
    def next_due(self) -> datetime | None:
        """When the first of the pages that are not being checked is due; None if there is none."""
        with self._lock:
            return min((entry.due for entry in self._entries.values() if not entry.busy), default=None)

    @property
    def busy(self) -> set[str]:
        """The ids of pages handed out to be checked, whose checks have not ended."""
        with self._lock:
            return {page for page, entry in self._entries.items() if entry.busy}

    def due(self) -> list[PageSettings]:
        """The pages to check now, those due longest first; each is busy until it has `ended`.

        Those that failed come last: a host that fails thrice is left alone for a while, by then the others are checked.
        """
        with self._lock:
            now = self._clock()
            if now < self._last_look:
                self._set_back(now)
            self._last_look = now
            ready = [entry for entry in self._entries.values() if not entry.busy and entry.due <= now]
            ready = [entry for entry in ready if self._is_to_run(entry, now)]
            for entry in ready:
                entry.busy = True
            return [entry.page for entry in sorted(ready, key=lambda entry: (entry.is_failing, entry.due))]

    def begin(self, page: PageSettings) -> bool:
        """Store that the check of a page begins, and when its next one is due; False if that cannot be stored.

        It is then due again in a minute.
        """
        entry = self._entries[page.id]
        now = self._clock()
        coming = entry.rhythm.next_due(now)
        try:
            self._store.begin_check(_info(page), now, coming)
        except StorageError as error:
            _log.error("page %s: is not checked now: %s", page.id, error)
            with self._lock:
                entry.due = now + _AGAIN_AFTER
            return False
        with self._lock:
            entry.last_started, entry.due, entry.is_unfinished = now, coming, False
        return True

    def ended(self, page: PageSettings, *, has_failed: bool) -> None:
        """The check of a page has ended, however it did."""
        entry = self._entries[page.id]
        with self._lock:
            entry.busy, entry.is_failing = False, has_failed

    def stale(self, states: dict[str, PageState]) -> dict[str, datetime | None]:
        """The pages that were due twice and not checked, with the time of their last check in `states`.

        What came before the page had a due time, as its checks by cron, counts as its being checked.
        """
        now = self._clock()
        found: dict[str, datetime | None] = {}
        for entry in self._entries.values():
            state = states.get(entry.page.id)
            last = state.last_check if state else None
            entry.watched_from = min(entry.watched_from, now)  # by a clock that was set back it lies ahead
            seen = max(last, entry.watched_from) if last and last <= now else entry.watched_from
            if now >= entry.rhythm.stale_after(seen):
                found[entry.page.id] = last
        return found

    def _is_to_run(self, entry: _Entry, now: datetime) -> bool:
        if entry.is_unfinished:
            return True
        decision = entry.rhythm.decide(stored_due=entry.due, last_started=entry.last_started, now=now)
        if not decision.run_now:
            entry.due = decision.next_due
        return decision.run_now

    def _set_back(self, now: datetime) -> None:
        """The clock was set back: what is due later than by the rhythm as the clock has it now is due sooner."""
        _log.warning("the clock was set back to %s", now.isoformat(timespec="seconds"))
        for entry in self._entries.values():
            if not entry.is_unfinished:
                stored, started = entry.due, entry.last_started
                decision = entry.rhythm.decide(stored_due=stored, last_started=started, now=now)
                entry.due = stored if decision.run_now else decision.next_due


def _entry(page: PageSettings, rhythm: Rhythm, state: PageState | None, now: datetime) -> _Entry:
    stored = state.next_due if state else None
    started = state.last_started if state else None
    decision = rhythm.decide(stored_due=stored, last_started=started, now=now)
    checked = state.last_check if state else None
    is_unfinished = started is not None and (checked is None or checked < started)
    due = stored if decision.run_now and stored is not None else decision.next_due
    return _Entry(
        page=page,
        rhythm=rhythm,
        due=min(due, now) if decision.run_now or is_unfinished else due,
        last_started=started,
        is_unfinished=is_unfinished,
        is_failing=state is not None and state.outcome == "failed",
        # What was due while no daemon was there was missed; what is due later is yet to come.
        watched_from=stored - _MOMENT if stored is not None and stored <= now else now,
    )


def _info(page: PageSettings) -> PageInfo:
    return PageInfo(id=page.id, name=page.name, url=page.url)
