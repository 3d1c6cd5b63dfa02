"""Politeness: one pace for each host, its pauses and its robots.txt, shared by all processes through the database."""

import logging
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from monitor.errors import FetchError
from monitor.fetch import LONGEST_RETRY_AFTER, Client, Request, fetch_once
from monitor.manners import Turn
from monitor.robots import Rules, in_force, robots_url
from monitor.settings_models import FetchSettings
from storage.checks import LEFT_ALONE
from storage.hosts import LONGEST_PAUSE, PATIENCE, Limits, RobotsAnswer, Visit, Wait
from storage.japan import TOKYO
from storage.owners import this_process
from storage.store import Store

"""The reason of a fetch that failed because the host is left alone for longer than a fetch waits."""

HOST_BUSY: Final = "host_busy"
"""The reason of a fetch that failed because other requests to the host took every turn."""

ROBOTS: Final = "robots"
"""The reason of a fetch that failed because robots.txt refuses it."""

_LONGEST_QUEUE: Final = 600.0  # seconds
_STEP: Final = 1.0  # seconds asleep at a time
_LEAST_STEP: Final = 0.002
_POLLS: Final = (0.02, 0.25)  # seconds; connections are asked for more and more seldom
_GRACE: Final = 30.0  # seconds by which a request may outlast its time before its connection counts as free
_ROBOTS_BYTES: Final = 500 * 1024 + 1  # one more than is read, so that a longer file is known to be cut

_log = logging.getLogger(__name__)


def host_of(url: str) -> str:
    """The host that `url` asks, with the port where that is not the usual one: http and https share a pace."""
    parts = urlsplit(url)
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    name = parts.hostname or ""
    return name if parts.port in (None, usual) else f"{name}:{parts.port}"


class Politeness:
    """The manners of all clients at one database: see README, "How it treats the sites".

    `sleep` is called for at most a second at a time and may raise to give up. `chance` gives numbers from 0 to 1.
    """

    def __init__(
        self,
        store: Store,
        settings: FetchSettings,
        *,
        clock: Callable[[], datetime],
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._hosts = store.hosts
        self._clock = clock
        self._chance = chance
        self._turns = _Turns(store, settings, clock=clock, sleep=sleep)
        self._robots = _RobotsFiles(store, self._turns, clock=clock) if settings.respect_robots else None

    @contextmanager
    def turn(self, client: Client, url: str) -> Iterator[Turn]:
        """As monitor.manners.Manners. Raises FetchError for a robots.txt that refuses or is not to be had, too."""
        started = time.monotonic()
        delay = 0.0
        if self._robots is not None:
            rules = self._robots.rules(client, url)
            if refusal := rules.refusal(url):
                raise FetchError(
                    ROBOTS,
                    f"robots.txt of {host_of(url)} refuses: {refusal}",
                    todo="Ask the site, or set respect_robots = false in [fetch]",
                )
            delay = rules.crawl_delay or 0.0
        asking = time.monotonic() - started
        with self._turns.turn(client, url, delay) as turn:
            turn.waited += asking
            yield turn

    def failed(self, error: FetchError) -> None:
        """Leave the host alone for a while if it is to blame. Raises StorageError."""
        status = error.status
        if error.final_url and (error.reason in {"connection", "timeout"} or _is_overload(status)):
            host = host_of(error.final_url)
            self._hosts.failed(host, self._clock(), spread=self._chance(), is_overloaded=status == 429)


class _Turns:
    """Turns alone, without robots.txt: how robots.txt itself is asked for."""

    def __init__(
        self, store: Store, settings: FetchSettings, *, clock: Callable[[], datetime], sleep: Callable[[float], None]
    ) -> None:
        self._hosts = store.hosts
        self._settings = settings
        self._clock = clock
        self._sleep = sleep
        self._owner = this_process()

    @contextmanager
    def turn(self, client: Client, url: str, delay: float = 0.0) -> Iterator[Turn]:
        """`delay`: the least seconds between two requests that the site itself asks for."""
        started = time.monotonic()
        limits = Limits(
            interval=timedelta(seconds=max(self._settings.min_interval, delay)),
            connections=self._settings.connections_per_host,
            lease=timedelta(seconds=client.settings.timeout + _GRACE),
        )
        visit = self._taken(host_of(url), limits)
        # An idle connection would count against the host's others, of which this process knows nothing.
        turn = Turn(waited=time.monotonic() - started, keeps_connection=False)
        try:
            yield turn
        except BaseException as error:
            self._leave(visit, turn, limits, error)
            raise
        self._leave(visit, turn, limits)

    def failed(self, error: FetchError) -> None:
        """Nothing: whoever wanted to know the rules counts it."""

    def _taken(self, host: str, limits: Limits) -> Visit:
        """Wait for the turn. Raises FetchError where that would take too long."""
        paused = queued = 0.0
        poll, longest_poll = _POLLS
        while True:
            found = self._hosts.take_turn(host, self._clock, self._owner, limits)
            if isinstance(found, Visit):
                return found
            wait = (found.until - self._clock()).total_seconds() if found.until else poll
            step = min(max(wait, _LEAST_STEP), _STEP)
            if found.reason == "not_before":
                if wait > LONGEST_RETRY_AFTER or paused > LONGEST_RETRY_AFTER:
                    raise _left_alone(host, found)
                paused += step
            else:
                if queued > _LONGEST_QUEUE + 2 * limits.interval.total_seconds():
                    raise _busy(host, queued)
                queued += step
                poll = min(poll * 1.5, longest_poll)
            self._sleep(step)

    def _leave(self, visit: Visit, turn: Turn, limits: Limits, error: BaseException | None = None) -> None:
        now = self._clock()
        # The request arrived before its answer began: what lay between turn and arrival must not shorten the next gap.
        since_answer = time.monotonic() - turn.answered_at if turn.answered_at is not None else 0.0
        status = error.status if isinstance(error, FetchError) else None
        retry_after = error.retry_after if isinstance(error, FetchError) and _is_overload(status) else None
        self._hosts.leave(
            visit,
            now,
            next_turn=now - timedelta(seconds=since_answer) + limits.interval if limits.interval else None,
            has_answered=error is None or (status is not None and not _is_overload(status)),
            pause=timedelta(seconds=min(retry_after, LONGEST_PAUSE.total_seconds())) if retry_after else None,
        )


@dataclass(frozen=True, slots=True)
class _Known:
    rules: Rules
    asked_at: datetime
    max_age: timedelta

    @classmethod
    def of(cls, answer: RobotsAnswer, now: datetime) -> "_Known":
        """The rules in force after an answer."""
        since = answer.unreachable_since
        latest = Rules.read(answer.status, answer.good or b"") if since is None else Rules.read(answer.status)
        last_good = Rules.read(200, answer.good) if answer.good is not None else None
        rules = in_force(latest, last_good=last_good, unreachable_for=now - since if since else timedelta())
        return cls(rules, answer.at, latest.max_age)

    def is_fresh(self, now: datetime) -> bool:
        """Whether they may be used unasked. Where nothing is known there is nothing to use."""
        return self.rules.state != "unreachable" and timedelta() <= now - self.asked_at < self.max_age


class _RobotsFiles:
    """The rules of each site, asked for when those in the database are too old; one thread at a time asks a site."""

    def __init__(self, store: Store, turns: _Turns, *, clock: Callable[[], datetime]) -> None:
        self._hosts = store.hosts
        self._turns = turns
        self._clock = clock
        self._known: dict[str, _Known] = {}
        self._locks: dict[str, threading.Lock] = {}

    def rules(self, client: Client, url: str) -> Rules:
        """The rules in force for `url`. Raises FetchError where they cannot be had, StorageError."""
        address = robots_url(url)
        with self._locks.setdefault(address, threading.Lock()):
            now = self._clock()
            known = self._known.get(address)
            if known is None and (stored := self._hosts.robots(address)):
                known = _Known.of(stored, now)
            if known is None or not known.is_fresh(now):
                known = self._asked(client, address)
            self._known[address] = known
            return known.rules

    def _asked(self, client: Client, address: str) -> _Known:
        error: FetchError | None = None
        status: int | None
        try:
            fetched = fetch_once(client, Request(url=address, max_body=_ROBOTS_BYTES, cut=True), self._turns)
        except FetchError as caught:
            if caught.reason in {LEFT_ALONE, HOST_BUSY}:
                raise
            error, body = caught, b""
            # Redirects that lead nowhere are as good as none (RFC 9309, 2.3.1.2).
            status = 302 if caught.reason in {"redirect_loop", "bad_url"} else caught.status
        else:
            status, body = fetched.status, fetched.body
        answer = Rules.read(status, body)
        good = None if answer.state == "unreachable" else body
        now = self._clock()
        # Its pace holds for the very next request, which is why it is needed before the answer is kept.
        delay = timedelta(seconds=answer.crawl_delay or 0.0)
        kept = self._hosts.keep_robots(address, now, status, good, host=host_of(address), delay=delay)
        known = _Known.of(kept, now)
        if error is not None and known.rules.state == "unreachable":
            error.why = f"{error.why}; until robots.txt is known, nothing may be fetched"
            raise error
        if good is None:
            _log.info("%s cannot be had, the rules before it hold: %s", address, error)
        return known


def _is_overload(status: int | None) -> bool:
    """Whether a status says that the host, not the page, has its troubles."""
    return status is not None and (status == 429 or status >= 500)


def _left_alone(host: str, found: Wait) -> FetchError:
    until = found.until.astimezone(TOKYO).isoformat(timespec="seconds") if found.until else "later"
    why = f"it failed {found.failures} times in a row" if found.failures > PATIENCE else "it asked for a pause"
    return FetchError(LEFT_ALONE, f"{host} is not asked before {until}", why=why, todo="Wait for the next check")


def _busy(host: str, seconds: float) -> FetchError:
    return FetchError(
        HOST_BUSY,
        f"{host} had no turn for this request in {seconds:.0f} s",
        why="other requests to it took them all",
        todo="Check its pages less often, or lower min_interval in [fetch]",
    )
