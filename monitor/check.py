"""One check of a page: fetched, read, saved in one transaction. And of many, each host's pages one by one."""

import hashlib
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from queue import SimpleQueue
from threading import Event, Thread
from typing import Final, Literal
from urllib.parse import urlsplit

from rapidfuzz.distance import Levenshtein

from monitor.errors import ConfigError, FetchError
from monitor.fetch import Client, Fetched, Request, fetch
from monitor.readers import is_read_otherwise, reader_of, require_readable
from monitor.sandbox import ParserFaultError, Sandbox, SandboxError
from monitor.settings_models import MonitorSettings, PageSettings, Settings
from parsers import parse
from parsers.errors import MonitorError, ReadingError, brief
from parsers.records import Page, ReadWarning
from parsers.text import fold
from storage.changes import RecordedChange
from storage.errors import OvertakenError, StorageError
from storage.japan import TOKYO
from storage.observation import Observation, Outcome, PageState, Problem, Route, Saved, StoredBody
from storage.store import Store
from storage.thinning import Retention

Clock = Callable[[], datetime]

INTERNAL: Final = "internal"
"""The reason of a check that failed by a fault of this program, not of the page."""

DATABASE: Final = "database"
"""The reason of a check that failed because the database could not be read or written; nothing of it is stored."""

CONFIG: Final = "config"
"""The reason of a check that failed because config.toml asks for what cannot be done, as a bad selector."""

_TITLES_ALIKE: Final = 0.5
_THREADS: Final = 8
_OVERTAKEN_ATTEMPTS: Final = 3

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """What one check came to. `problem` says why the outcome is failed or suspect; `seconds` is all it took."""

    page: str
    url: str
    outcome: Outcome
    seconds: float
    http_status: int | None = None
    record_count: int = 0
    changes: tuple[RecordedChange, ...] = ()
    incidents: tuple[RecordedChange, ...] = ()
    warnings: tuple[ReadWarning, ...] = ()
    problem: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """What every check of a run works with."""

    settings: Settings
    store: Store
    client: Client
    route: Route
    clock: Clock
    sandbox: Sandbox | None


def check_page(
    page: PageSettings,
    *,
    settings: Settings,
    store: Store,
    client: Client,
    route: Route,
    clock: Clock,
    sandbox: Sandbox | None = None,
) -> CheckResult:
    """Check one page. Whatever goes wrong is in the result: nothing is raised, nothing half stored.

    Bodies are read in the `sandbox`; without one, in this process.
    """
    run = _Run(settings=settings, store=store, client=client, route=route, clock=clock, sandbox=sandbox)
    started = time.monotonic()
    try:
        return _check(page, run, started)
    except Exception as error:  # one page's fault must not stop the others
        if isinstance(error, StorageError):
            problem = Problem(kind="failed", reason=DATABASE, message=str(error))
        else:
            problem = _internal(page, error)
        return CheckResult(
            page=page.id,
            url=page.url,
            outcome="failed",
            seconds=time.monotonic() - started,
            problem=problem,
        )


def check_pages(
    pages: Sequence[PageSettings],
    *,
    settings: Settings,
    store: Store,
    client: Client,
    route: Route,
    clock: Clock,
    sandbox: Sandbox | None = None,
) -> Iterator[CheckResult]:
    """Check the pages, several hosts at once; results come as they are ready.

    Of a host those that failed last come last: if it fails thrice it is left alone for a while.
    Raises ConfigError, before anything is fetched, if a page names a parser that is not there.
    """
    require_readable(settings)

    def check(page: PageSettings) -> CheckResult:
        return check_page(
            page, settings=settings, store=store, client=client, route=route, clock=clock, sandbox=sandbox
        )

    failing = {state.page.id for state in store.states() if state.outcome == "failed"}
    in_order = sorted(pages, key=lambda page: page.id in failing)
    hosts: dict[str, list[PageSettings]] = {}
    for page in in_order:
        hosts.setdefault(urlsplit(page.url).hostname or "", []).append(page)
    return _in_threads(check, list(hosts.values())) if len(hosts) > 1 else map(check, in_order)


def _in_threads(
    check: Callable[[PageSettings], CheckResult], groups: Sequence[Sequence[PageSettings]]
) -> Iterator[CheckResult]:
    """Results of all groups. An early end (Ctrl-C) waits for no thread: a check cut off leaves nothing behind."""
    waiting: SimpleQueue[Sequence[PageSettings] | None] = SimpleQueue()
    ready: SimpleQueue[CheckResult] = SimpleQueue()
    stopping = Event()

    def work() -> None:
        while (group := waiting.get()) is not None:
            for page in group:
                if stopping.is_set():
                    return
                ready.put(check(page))

    threads = [Thread(target=work, daemon=True) for _ in range(min(_THREADS, len(groups)))]
    for group in (*groups, *[None] * len(threads)):
        waiting.put(group)
    for thread in threads:
        thread.start()
    try:
        for _ in range(sum(map(len, groups))):
            yield ready.get()
    finally:
        stopping.set()


def _check(page: PageSettings, run: _Run, started: float) -> CheckResult:
    observation, saved = _saved(page, run, started)
    problem = observation.problem
    if saved.outcome in {"failed", "suspect"} and problem is None:
        problem = _counted_out(run.store.state(page.id))
    return CheckResult(
        page=page.id,
        url=page.url,
        outcome=saved.outcome,
        http_status=observation.http_status,
        record_count=saved.record_count,
        changes=saved.changes,
        incidents=saved.incidents,
        warnings=observation.content.warnings if observation.content else (),
        seconds=time.monotonic() - started,
        problem=problem,
    )


def _saved(page: PageSettings, run: _Run, started: float) -> tuple[Observation, Saved]:
    """An observation and what storing it came to; one that another check overtook is made again."""
    for _ in range(_OVERTAKEN_ATTEMPTS):
        observation = replace(_observed(page, run), seconds=time.monotonic() - started)
        try:
            return observation, run.store.save(
                observation,
                run.route,
                incident_after=run.settings.monitor.incident_after,
                retention=_retention(run.settings.monitor),
            )
        except OvertakenError:
            _log.info("page %s: another check was faster, fetching it again", page.id)
    # Others find it good all the time: what this check saw may be older than what they stored, and is no news.
    state = run.store.state(page.id)
    return observation, Saved(outcome="unchanged", record_count=state.record_count if state else 0)


def _retention(settings: MonitorSettings) -> Retention:
    checks, bodies = settings.keep_checks, settings.keep_bodies
    return Retention(checks=None if checks == "all" else checks, bodies=None if bodies == "all" else bodies)


def _observed(page: PageSettings, run: _Run) -> Observation:
    state = run.store.state(page.id)
    if state is not None and state.last_check is not None:
        _mind_the_clock(page, state.last_check, run.clock())
    try:
        seen = _observe(page, run, state)
        return replace(seen, since_version=state.version if state else 0, reader=reader_of(page))
    except StorageError:
        raise
    except ConfigError as error:
        return _seen(page, run.clock(), problem=Problem(kind="failed", reason=CONFIG, message=str(error)))
    except Exception as error:  # the operator hears of it as of any failure
        return _seen(page, run.clock(), problem=_internal(page, error))


def _mind_the_clock(page: PageSettings, last_check: datetime, now: datetime) -> None:
    if now < last_check:
        _log.warning(
            "page %s: the clock shows %s, before the last check at %s. Set it right: what is found is dated by it",
            page.id,
            *(at.astimezone(TOKYO).isoformat(timespec="seconds") for at in (now, last_check)),
        )


def _counted_out(state: PageState | None) -> Problem | None:
    """Why the store itself found the page suspect: too few records of a kind."""
    if state is None or state.reason is None:
        return None
    return Problem(kind="suspect", reason=state.reason, message=state.message or state.reason)


def _observe(page: PageSettings, run: _Run, state: PageState | None) -> Observation:
    """Fetch and read the page, knowing where it stands. Raises StorageError."""
    try:
        fetched = fetch(run.client, _request(page, state, run.clock(), run.settings.fetch.full_every))
    except FetchError as error:
        problem = Problem(kind="failed", reason=error.reason, message=str(error))
        failed = _seen(page, run.clock(), problem=problem)
        return replace(failed, http_status=error.status, final_url=error.final_url)
    at = run.clock()
    reread = _reread(page, run) if is_read_otherwise(page, state) else None
    if fetched.not_modified or _is_last_good(fetched.body, state):
        return _seen(page, at, fetched=fetched, reread=reread, not_modified=True)
    try:
        content = _read(page, fetched.body, fetched.final_url, fetched.header("content-type"), sandbox=run.sandbox)
    except (ReadingError, SandboxError) as error:
        kind: Literal["failed", "suspect"] = "suspect" if isinstance(error, ReadingError) else "failed"
        problem = Problem(kind=kind, reason=error.reason, message=str(error))
        return _seen(page, at, fetched=fetched, problem=problem)
    known_title = reread.title if reread else state.title if state and state.last_unchanged else None
    if known_title and not titles_alike(content.title, known_title):
        problem = _title_lost(page, content.title, known_title)
        return _seen(page, at, fetched=fetched, problem=problem)
    return _seen(page, at, fetched=fetched, reread=reread, content=content)


def _seen(
    page: PageSettings,
    at: datetime,
    *,
    fetched: Fetched | None = None,
    content: Page | None = None,
    reread: Page | None = None,
    problem: Problem | None = None,
    not_modified: bool = False,
) -> Observation:
    return Observation(
        page=page.id,
        url=page.url,
        name=page.name,
        at=at,
        seconds=0.0,
        http_status=fetched.status if fetched else None,
        final_url=fetched.final_url if fetched else None,
        headers=fetched.headers if fetched else (),
        body=fetched.body if fetched and not fetched.not_modified else None,
        content=content,
        not_modified=not_modified,
        problem=problem,
        reread=reread,
        moved_to=fetched.final_url if fetched and fetched.moved_permanently else None,
    )


def _request(page: PageSettings, state: PageState | None, now: datetime, full_every: timedelta) -> Request:
    """Conditional while the last whole body is younger than `full_every`: servers lie about what is unmodified."""
    if state is None or state.last_full is None or state.page.url != page.url:
        return Request(url=page.url)
    # A time ahead is that of a clock which has been set back since.
    if not timedelta() <= now - state.last_full < full_every:
        return Request(url=page.url)
    return Request(url=page.url, etag=state.etag, last_modified=state.last_modified)


def _is_last_good(body: bytes, state: PageState | None) -> bool:
    return state is not None and state.version > 0 and state.body_sha256 == hashlib.sha256(body).hexdigest()


def _reread(page: PageSettings, run: _Run) -> Page | None:
    """The last good body as today's parser reads it; None where it no longer can."""
    stored = run.store.last_good_body(page.id)
    if stored is None:
        return None
    try:
        return read_stored(page, stored, sandbox=run.sandbox)
    except (ReadingError, SandboxError) as error:
        _log.warning("the stored body of page %s cannot be read again: %s", page.id, error)
        return None


def read_stored(
    page: PageSettings, stored: StoredBody, *, vouched: bool = False, sandbox: Sandbox | None = None
) -> Page:
    """A stored body as the page's settings read it today; `vouched` where a person says that it is the page.

    Raises ReadingError, ConfigError for a bad selector, and what `sandbox` raises where there is one.
    """
    return _read(page, stored.body, stored.url, stored.content_type, sandbox=sandbox, vouched=vouched)


def _read(
    page: PageSettings,
    body: bytes,
    url: str,
    content_type: str | None,
    *,
    sandbox: Sandbox | None,
    vouched: bool = False,
) -> Page:
    read: Callable[..., Page] = sandbox.parse if sandbox else parse
    try:
        return read(
            body,
            url=url,
            content_type=content_type,
            parser=page.parser,
            select=page.select,
            ignore=page.ignore,
            vouched=vouched,
        )
    except (ReadingError, SandboxError, ParserFaultError):
        raise
    except MonitorError as error:  # nothing but the page's settings is refused so
        raise ConfigError(error.what, where=f"page {page.id}, {error.where}", todo=error.todo) from error


def titles_alike(one: str, other: str) -> bool:
    """Whether two titles may be those of one page at two times."""
    return Levenshtein.normalized_similarity(fold(one), fold(other)) >= _TITLES_ALIKE


def _title_lost(page: PageSettings, title: str, known: str) -> Problem:
    error = ReadingError(
        "title_lost",
        f'the page is titled "{brief(title)}", it was "{brief(known)}"',
        where=page.url,
        why="another page stands at this address, perhaps an error page that answers 200",
        todo=f"If it is right, run `ministry-monitor accept {page.id}`",
    )
    return Problem(kind="suspect", reason=error.reason, message=str(error))


def _internal(page: PageSettings, error: Exception) -> Problem:
    """A fault nobody foresaw, by its type and place alone: its own message may hold anything."""
    if isinstance(error, MonitorError):
        message = str(error)
    else:
        frame = error.__traceback__
        while frame and frame.tb_next:
            frame = frame.tb_next
        place = f" in {frame.tb_frame.f_globals.get('__name__')}:{frame.tb_lineno}" if frame else ""
        message = f"{page.url}: unexpected {type(error).__name__}{place}. Please report it"
    _log.error("page %s: %s", page.id, message, exc_info=error if _log.isEnabledFor(logging.DEBUG) else None)
    return Problem(kind="failed", reason=INTERNAL, message=message)
