"""What nobody would hear of by a check: pages not checked, not verified, and what is still not as it should be."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from monitor.disk import nearly_full
from monitor.settings_models import Settings
from notify.business_days import whole_business_days_between
from storage.changes import RecordedChange
from storage.observation import PageState, Route
from storage.store import Store

if TYPE_CHECKING:
    from monitor.timetable import Timetable

_log = logging.getLogger(__name__)


class Watch:
    """Looks after the pages of config.toml, beside their checks."""

    def __init__(
        self, settings: Settings, store: Store, timetable: "Timetable", *, route: Route, clock: Callable[[], datetime]
    ) -> None:
        self._settings = settings
        self._store = store
        self._timetable = timetable
        self._route = route
        self._clock = clock
        self._had_room = True

    def look(self) -> bool:
        """Tell what is to be told now; whether there was anything. Raises StorageError."""
        states = {state.page.id: state for state in self._store.states()}
        return self._stale(states) | self._rest(states)

    def look_at_start(self) -> bool:
        """The same before the first check, which will verify what was missed: of that subscribers need not hear."""
        return self._stale({state.page.id: state for state in self._store.states()})

    def _stale(self, states: dict[str, PageState]) -> bool:
        found = self._timetable.stale(states)
        open_already = {incident.page for incident in self._store.incidents() if incident.kind == "page.stale"}
        found = {page: last for page, last in found.items() if page not in open_already}
        return bool(found) and _logged(self._store.tell_stale(found, self._clock(), self._route))

    def _rest(self, states: dict[str, PageState]) -> bool:
        watched = {page.id for page in self._settings.pages}
        told = tell_unverified(
            self._store, [states[page] for page in watched & states.keys()], route=self._route, now=self._clock()
        )
        reminded = self._store.remind(watched, self._clock(), self._route)
        self._look_for_room()
        return told | _logged(reminded)

    def _look_for_room(self) -> None:
        full = nearly_full(self._settings)
        if full and self._had_room:
            _log.error("%s. Make room: without it nothing can be stored", "; ".join(full))
        self._had_room = not full


def tell_unverified(store: Store, states: Iterable[PageState], *, route: Route, now: datetime) -> bool:
    """Tell who hears of a page that it was not found good for a whole business day, once; whether there was one."""
    found = {
        state.page.id: state.last_unchanged
        for state in states
        if state.last_unchanged is not None
        and not (state.unverified or state.gone)
        and whole_business_days_between(state.last_unchanged, now)
    }
    return bool(found) and _logged(store.tell_unverified(found, now, route))


def _logged(changes: Iterable[RecordedChange]) -> bool:
    told = [f"page {change.page}: {change.change}" for change in changes]
    for line in told:
        _log.warning("%s", line)
    return bool(told)
