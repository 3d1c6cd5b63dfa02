"""The daemon: checks what is due, sends what is to be told, and says of itself that it is there.

Each duty has threads of its own, so that none holds up another: the schedule, the checks, the sender, the watch with
the heartbeat, the word to other daemons. They wait by the monotonic clock: a clock that is set back stops none, which
it would stop a scheduler that waits for moments (APScheduler's, whose triggers monitor/schedule.py uses).
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Final, Protocol

from monitor.audience import LiveAudience
from monitor.check import CheckResult
from monitor.errors import ConfigError, UsageError
from monitor.heartbeat import Heartbeat
from monitor.settings_models import PageSettings, Settings
from monitor.timetable import Timetable
from monitor.turns import Turns
from monitor.watch import Watch
from storage.duty import SEEN_EVERY, OnDuty
from storage.errors import StorageError
from storage.japan import TOKYO
from storage.owners import this_process
from storage.store import Store

_LOOK_EVERY: Final = 1.0  # seconds, as all below
_WATCH_EVERY: Final = 60.0
_SEND_EVERY: Final = 5.0
_ASK_EVERY: Final = 5.0
_CHECKS_MAY_END: Final = 5.0
_SENDING_MAY_END: Final = 1.5
_MESSAGE_MAY_END: Final = 0.5
_DUTY_MAY_END: Final = 1.0

_log = logging.getLogger(__name__)


class Sending(Protocol):
    """What sends the messages that are due, in threads of its own; see monitor.deliver.Outgoing."""

    def pump(self) -> None:
        """Begin to send what is due, without waiting for it."""

    def wait(self, seconds: float) -> bool:
        """Wait until nothing is being sent, at most so long; whether nothing is."""

    def end(self) -> None:
        """Begin to send nothing more."""


class Daemon:
    """Keeps the schedule of one database until `stop` is set.

    `check` checks a page, `sending` sends what is due; neither may raise for what goes wrong with a page or a
    channel.
    """

    def __init__(
        self,
        settings: Settings,
        store: Store,
        *,
        check: Callable[[PageSettings], CheckResult],
        sending: Sending,
        audience: LiveAudience,
        clock: Callable[[], datetime],
        stop: threading.Event,
    ) -> None:
        self._settings = settings
        self._store = store
        self._check = check
        self._sending = sending
        self._audience = audience
        self._clock = clock
        self._stop = stop
        self._owner = this_process()
        self._successor: OnDuty | None = None
        self._file = _identity(settings)
        self._has_lost_file = False
        self._sender = _Recurring("send", _SEND_EVERY, sending.pump)

    def run(self) -> bool:
        """Run until the end; False if checks or messages were still under way and had to be left.

        What is left so is as after a crash: nothing half stored, to be done again at the next start. Raises UsageError
        where another daemon keeps the schedule of an SQLite database, StorageError, ConfigError.
        """
        if not self._came_on_duty():
            return True
        try:
            return self._run()
        finally:
            self._store.leave_duty(self._owner)

    def _run(self) -> bool:
        timetable = Timetable(self._settings, self._store, clock=self._clock)
        watch = Watch(self._settings, self._store, timetable, audience=self._audience, clock=self._clock)
        watch.look_at_start()
        heartbeat_url = self._settings.monitor.heartbeat_url.get_secret_value()
        heartbeat = Heartbeat(heartbeat_url) if heartbeat_url else None

        def look() -> None:
            if watch.look():
                self._sender.wake()
            if heartbeat:
                heartbeat.beat()

        _log.info("on duty: %d pages, the first is due %s", len(self._settings.pages), _local(timetable.next_due))
        beside = [
            _Recurring("duty", SEEN_EVERY.total_seconds(), self._stay_on_duty),
            _Recurring("watch", _WATCH_EVERY, look, at_once=False),
        ]
        turns = Turns(
            lambda page: self._check_in_turn(page, timetable), per_host=self._settings.fetch.connections_per_host
        )
        for thread in (self._sender, *beside):
            thread.start()
        with turns:
            keep_schedule(timetable, turns.hand_in, wait=lambda _: not self._stop.wait(_LOOK_EVERY))
        return self._ended(turns, beside)

    def _ended(self, turns: Turns, beside: "list[_Recurring]") -> bool:
        _log.info("ending")
        for thread in beside:
            thread.end()
        beside[0].join(_DUTY_MAY_END)  # it must not take the duty up again
        all_checked = turns.wait(_CHECKS_MAY_END)
        all_sent = self._sent_last()
        if self._successor is not None:
            raise UsageError("another daemon has taken over", where=self._store.where, why=_named(self._successor))
        if self._has_lost_file:
            raise UsageError(
                "the database's file is gone, or another is in its place",
                where=self._store.where,
                why="what was found since then would be lost",
                todo="Put it back from a backup, if it was not meant, and start again",
            )
        if not all_checked:
            _log.warning("checks are under way: they are left, and done again at the next start")
        return all_checked and all_sent

    def _sent_last(self) -> bool:
        """Send what the last checks found, as far as time allows; whether nothing is being sent any more."""
        until = time.monotonic() + _SENDING_MAY_END
        self._sender.end(once_more=True)
        self._sender.join(_SENDING_MAY_END)
        try:
            self._sending.wait(max(0.0, until - time.monotonic()))
            self._sending.end()
            return self._sending.wait(_MESSAGE_MAY_END) and not self._sender.is_alive()
        except StorageError as error:
            _log.error("%s: %s", self._sender.name, error)
            return False

    def _came_on_duty(self) -> bool:
        """Wait until nobody else is on duty; False if the end came before. Raises UsageError."""
        is_standing_by = False
        while (other := self._store.take_duty(self._owner, self._clock())) is not None:
            if self._settings.monitor.database_file is not None:
                raise UsageError(
                    "a daemon runs already",
                    where=self._store.where,
                    why=_named(other),
                    todo="Stop it first",
                )
            if not is_standing_by:
                _log.info("standing by: %s keeps the schedule", _named(other))
            is_standing_by = True
            if self._stop.wait(_ASK_EVERY):
                return False
        return True

    def _stay_on_duty(self) -> None:
        now = self._clock()
        if _identity(self._settings) != self._file:
            # Open files go on taking what is written: nobody else would ever see it.
            self._has_lost_file = True
            self._stop.set()
        if self._stop.is_set() or self._store.keep_duty(self._owner, now):
            return
        # Of two whose clocks differ by minutes, each would take it back from the other for ever.
        self._successor = self._store.on_duty(now) or self._store.take_duty(self._owner, now)
        if self._successor is not None:
            self._stop.set()

    def _check_in_turn(self, page: PageSettings, timetable: Timetable) -> None:
        has_failed = True
        try:
            if timetable.begin(page):
                result = self._check(page)
                has_failed = result.outcome == "failed"
                log_outcome(result)
                if result.changes or result.incidents:
                    self._sender.wake()
        finally:
            timetable.ended(page, has_failed=has_failed)


def keep_schedule(
    timetable: Timetable, start: Callable[[PageSettings], None], *, wait: Callable[[datetime | None], bool]
) -> None:
    """`start` each page when it is due, until `wait` says that it is over.

    `wait` is given when the next page is due (None: none is waited for) and comes back then or sooner.
    """
    while True:
        for page in timetable.due():
            start(page)
        if not wait(timetable.next_due):
            return


def log_outcome(result: CheckResult) -> None:
    """One line for a check."""
    if result.problem is not None:
        _log.warning("page %s: %s (%s): %s", result.page, result.outcome, result.problem.reason, result.problem.message)
        return
    changes = f", {len(result.changes)} changes" if result.changes else ""
    _log.info(
        "page %s: %s%s, %d records, %.1f s", result.page, result.outcome, changes, result.record_count, result.seconds
    )


class _Recurring(threading.Thread):
    """A thread that does `do` again and again, `every` so many seconds or when woken, whatever goes wrong with it."""

    def __init__(self, name: str, every: float, do: Callable[[], None], *, at_once: bool = True) -> None:
        super().__init__(name=name, daemon=True)
        self._every = every
        self._do = do
        self._at_once = at_once
        self._woken = threading.Event()
        self._is_ending = self._once_more = False

    def wake(self) -> None:
        """Do it now, or once more if it is being done."""
        self._woken.set()

    def end(self, *, once_more: bool = False) -> None:
        """Do it no more, or `once_more`."""
        self._is_ending, self._once_more = True, once_more
        self.wake()

    def run(self) -> None:
        if not self._at_once:
            self._woken.wait(self._every)
        while not self._is_ending:
            self._woken.clear()
            started = time.monotonic()
            self._try()
            self._woken.wait(max(0.0, self._every - (time.monotonic() - started)))
        if self._once_more:
            self._try()

    def _try(self) -> None:
        try:
            self._do()
        except (StorageError, ConfigError) as error:
            _log.error("%s: %s", self.name, error)
        except Exception as error:  # whatever it was, the next time may go well
            _log.error("%s: unexpected %s", self.name, type(error).__name__)


def _identity(settings: Settings) -> tuple[int, int] | None:
    """Which file the database is; None where there is none, as for one on a server."""
    try:
        file = settings.monitor.database_file
        found = file.stat() if file is not None else None
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found is not None else None


def _named(duty: OnDuty) -> str:
    return f"process {duty.pid} on {duty.host}, since {_local(duty.since)}, seen {_local(duty.seen_at)}"


def _local(moment: datetime | None) -> str:
    return f"{moment.astimezone(TOKYO):%Y-%m-%d %H:%M:%S}" if moment else "–"
