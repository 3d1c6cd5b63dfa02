"""Manners shared through the database, measured at real servers on loopback, by real processes."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import stamina

from monitor.check import CheckResult, check_page
from monitor.errors import FetchError
from monitor.fetch import Client, Fetched, Request, fetch
from monitor.politeness import Politeness, host_of
from monitor.settings_models import FetchSettings, Settings
from notify.routing import make_route
from storage.hosts import PATIENCE, Limits, Visit
from storage.store import Store

SAVED = Path(__file__).parents[1] / "pages" / "support" / "accordion-lists.html"
START = datetime(2024, 4, 26, 1, 30, tzinfo=UTC)


@dataclass
class Answer:
    """What a path answers: `status` None hangs up; `slow` is how many seconds the body takes."""

    status: int | None = 200
    body: bytes = b"x"
    headers: dict[str, str] = field(default_factory=dict)
    slow: float = 0.0


class Site(ThreadingHTTPServer):
    """Answers by path, what is not named with `page`; `asked` holds path and time of each request.

    `most_open` is the most connections that were open at once. `then` is what robots.txt or a path answers after its
    first request.
    """

    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.page = Answer()
        self.paths: dict[str, Answer] = {"/robots.txt": Answer(404)}
        self.then: dict[str, Answer] = {}
        self.asked: list[tuple[str, float]] = []
        self.conditions: list[str | None] = []
        self.lock = threading.Lock()
        self.open = self.most_open = 0

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{path}"

    def robots(self, text: str | bytes, status: int = 200) -> None:
        body = text if isinstance(text, bytes) else text.encode()
        self.paths["/robots.txt"] = Answer(status, body)

    @property
    def paths_asked(self) -> list[str]:
        return [path for path, _ in self.asked]

    @property
    def gaps(self) -> list[float]:
        times = sorted(at for _, at in self.asked)
        return [later - earlier for earlier, later in pairwise(times)]

    def answer(self, path: str, condition: str | None) -> Answer:
        with self.lock:
            self.asked.append((path, time.monotonic()))
            if path != "/robots.txt":
                self.conditions.append(condition)
            found = self.paths.get(path, self.page)
            if path in self.then:
                self.paths[path] = self.then.pop(path)
            return found


class _Handler(BaseHTTPRequestHandler):
    server: Site
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        with self.server.lock:
            self.server.open += 1
            self.server.most_open = max(self.server.most_open, self.server.open)
        super().setup()

    def finish(self) -> None:
        super().finish()
        with self.server.lock:
            self.server.open -= 1

    def do_GET(self) -> None:
        condition = self.headers.get("If-None-Match")
        answer = self.server.answer(self.path, condition)
        if answer.status is None:
            self.close_connection = True
            return
        always = answer.headers.get("X-Always-304") and condition
        self.send_response(304 if always else answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "text/html; charset=UTF-8")
        self.send_header("Content-Length", "0" if always else str(len(answer.body)))
        self.end_headers()
        time.sleep(answer.slow)
        if not always:
            self.wfile.write(answer.body)

    def log_message(self, *_: object) -> None:
        pass


def serving() -> Iterator[Site]:
    with Site() as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def site() -> Iterator[Site]:
    yield from serving()


@pytest.fixture
def other() -> Iterator[Site]:
    yield from serving()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/monitor.db") as opened:
        yield opened


@pytest.fixture(autouse=True)
def _retries_without_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@dataclass
class Visitor:
    """Fetches like a process of its own each time; its clock stands, and goes on while it sleeps."""

    store: Store
    now: datetime = START
    slept: list[float] = field(default_factory=list)

    def __call__(self, url: str, **settings: Any) -> Fetched:
        chosen = FetchSettings.model_validate({"allow_private": True, "min_interval": 0.0, "timeout": 5.0} | settings)
        manners = Politeness(self.store, chosen, clock=lambda: self.now, sleep=self.sleep, chance=lambda: 1.0)
        with Client(chosen, manners) as client:
            return fetch(client, Request(url=url))

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)

    def fails(self, url: str, **settings: Any) -> FetchError:
        with pytest.raises(FetchError) as caught:
            self(url, **settings)
        return caught.value


@pytest.fixture
def visit(store: Store) -> Visitor:
    return Visitor(store)


# robots.txt


def test_robots_txt_is_asked_for_before_the_first_page_and_once_a_day(visit: Visitor, site: Site) -> None:
    visit(site.url("/a"))
    visit.later(hours=23)
    visit(site.url("/b"))
    visit.later(hours=2)
    visit(site.url("/c"))
    assert site.paths_asked == ["/robots.txt", "/a", "/b", "/robots.txt", "/c"]


def test_what_robots_txt_refuses_is_not_fetched_and_the_rule_is_named(visit: Visitor, site: Site) -> None:
    site.robots("User-agent: *\nDisallow: /private/\n")
    error = visit.fails(site.url("/private/a.html"))
    assert site.paths_asked == ["/robots.txt"]
    assert error.reason == "robots"
    assert str(error) == (
        f"{site.url('/private/a.html')}: robots.txt of {host_of(site.url())} refuses: "
        "Disallow: /private/ for User-agent: *. Ask the site, or set respect_robots = false in [fetch]"
    )


def test_what_robots_txt_allows_is_fetched(visit: Visitor, site: Site) -> None:
    site.robots("User-agent: *\nDisallow: /private/\n")
    assert visit(site.url("/public")).status == 200


def test_rules_for_this_program_go_before_those_for_all(visit: Visitor, site: Site) -> None:
    site.robots("User-agent: *\nDisallow:\n\nUser-agent: ministry-monitor\nDisallow: /\n")
    assert "for User-agent: ministry-monitor" in visit.fails(site.url()).what


def test_a_byte_order_mark_does_not_undo_the_rules(visit: Visitor, site: Site) -> None:
    site.robots(b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n")
    assert visit.fails(site.url()).reason == "robots"


def test_a_robots_txt_longer_than_the_limit_is_read_as_far_as_that(visit: Visitor, site: Site) -> None:
    site.robots("User-agent: *\nDisallow: /private/\n" + "# filling\n" * 200_000)
    assert visit.fails(site.url("/private/")).reason == "robots"
    stored = visit.store.hosts.robots(site.url("/robots.txt"))
    assert stored is not None
    assert stored.good is not None
    assert len(stored.good) == 500 * 1024 + 1


def test_with_respect_robots_off_robots_txt_is_not_even_asked_for(visit: Visitor, site: Site) -> None:
    site.robots("User-agent: *\nDisallow: /\n")
    visit(site.url("/a"), respect_robots=False)
    assert site.paths_asked == ["/a"]


@pytest.mark.parametrize("status", [500, 503, None])
def test_while_nothing_is_known_of_robots_txt_nothing_is_fetched(
    visit: Visitor, site: Site, status: int | None
) -> None:
    site.paths["/robots.txt"] = Answer(status)
    error = visit.fails(site.url("/a"))
    assert error.reason == (f"http_{status}" if status else "connection")
    assert error.where == site.url("/robots.txt")
    assert "until robots.txt is known, nothing may be fetched" in error.why
    assert site.paths_asked == ["/robots.txt"] * 3


def test_a_robots_txt_that_is_back_is_heeded_at_once(visit: Visitor, site: Site) -> None:
    site.paths["/robots.txt"] = Answer(503)
    visit.fails(site.url("/a"))
    site.paths["/robots.txt"] = Answer(404)
    assert visit(site.url("/a")).status == 200


def test_while_robots_txt_is_unreachable_the_last_rules_hold(visit: Visitor, site: Site) -> None:
    site.robots("User-agent: *\nDisallow: /private/\n")
    visit(site.url("/a"))
    site.paths["/robots.txt"] = Answer(503)
    visit.later(hours=25)
    assert visit(site.url("/b")).status == 200
    assert visit.fails(site.url("/private/")).reason == "robots"
    assert site.paths_asked == ["/robots.txt", "/a", "/robots.txt", "/b"]


def test_after_30_days_an_unreachable_robots_txt_forbids_nothing(visit: Visitor, site: Site) -> None:
    site.paths["/robots.txt"] = Answer(500)
    visit.fails(site.url("/a"))
    visit.later(days=30)
    assert visit(site.url("/a")).status == 200


def test_a_redirect_obeys_the_robots_txt_of_the_host_it_leads_to(visit: Visitor, site: Site, other: Site) -> None:
    other.robots("User-agent: *\nDisallow: /there\n")
    site.page = Answer(302, headers={"Location": other.url("/there")})
    error = visit.fails(site.url("/here"))
    assert (error.reason, error.where) == ("robots", other.url("/there"))
    assert (site.paths_asked, other.paths_asked) == (["/robots.txt", "/here"], ["/robots.txt"])


def test_a_robots_txt_is_followed_over_five_redirects_to_another_host(visit: Visitor, site: Site, other: Site) -> None:
    """RFC 9309, 2.3.1.2: five at least, and what is found there holds for the host that was asked."""
    steps = ["/robots.txt", "/1", "/2", "/3", "/4"]
    targets = [*(site.url(step) for step in steps[1:]), other.url("/rules")]
    for step, target in zip(steps, targets, strict=True):
        site.paths[step] = Answer(301, headers={"Location": target})
    other.paths["/rules"] = Answer(body=b"User-agent: *\nDisallow: /private/\n")
    assert visit.fails(site.url("/private/")).reason == "robots"
    assert (site.paths_asked, other.paths_asked) == (steps, ["/rules"])


def test_a_rule_with_wildcards_is_heeded(visit: Visitor, site: Site) -> None:
    site.robots("User-agent: *\nAllow: /\nDisallow: /*/print/*.html$\n")
    assert visit(site.url("/ict/index.html")).status == 200
    assert "Disallow: /*/print/*.html$ for User-agent: *" in visit.fails(site.url("/ict/print/a.html")).what


def test_a_robots_txt_that_redirects_without_end_forbids_nothing(visit: Visitor, site: Site) -> None:
    site.paths["/robots.txt"] = Answer(302, headers={"Location": "/robots.txt"})
    assert visit(site.url("/a")).status == 200


# Pace


def test_requests_wait_for_their_turn_robots_txt_included(visit: Visitor, site: Site) -> None:
    visit(site.url("/a"), min_interval=2.0)
    visit(site.url("/b"), min_interval=2.0)
    assert sum(visit.slept) == pytest.approx(4.0, abs=0.1)


def test_a_crawl_delay_longer_than_the_interval_is_heeded_from_the_first_page_on(visit: Visitor, site: Site) -> None:
    site.robots("User-agent: *\nCrawl-delay: 10\n")
    visit(site.url("/a"), min_interval=2.0)
    assert sum(visit.slept) == pytest.approx(10.0, abs=0.1)


def test_each_hop_of_a_redirect_takes_a_turn(visit: Visitor, site: Site) -> None:
    site.paths["/a"] = Answer(302, headers={"Location": "/b"})
    visit(site.url("/a"), min_interval=2.0, respect_robots=False)
    assert sum(visit.slept) == pytest.approx(2.0, abs=0.1)


def test_http_and_https_of_a_host_share_its_pace() -> None:
    assert host_of("http://a.example/x") == host_of("https://a.example:443/y") == "a.example"
    assert host_of("http://a.example:8080/") == "a.example:8080"


# Pauses


def test_a_long_retry_after_fails_at_once_and_is_remembered(visit: Visitor, site: Site) -> None:
    site.page = Answer(503, headers={"Retry-After": "120"})
    assert visit.fails(site.url("/a")).reason == "http_503"
    visit.later(seconds=100)
    error = visit.fails(site.url("/b"))
    assert site.paths_asked == ["/robots.txt", "/a"]
    assert error.reason == "not_before"
    assert f"{host_of(site.url())} is not asked before 2024-04-26T10:32:00+09:00 (it asked for a pause)" in str(error)


def test_when_the_pause_is_over_the_host_is_asked_again(visit: Visitor, site: Site) -> None:
    site.paths["/a"], site.then["/a"] = Answer(429, headers={"Retry-After": "120"}), Answer()
    visit.fails(site.url("/a"))
    visit.later(seconds=121)
    assert visit(site.url("/a")).status == 200


def test_a_retry_after_may_be_a_date(visit: Visitor, site: Site) -> None:
    visit.now = datetime.now(UTC)
    until = format_datetime(visit.now + timedelta(hours=2), usegmt=True)
    site.page = Answer(503, headers={"Retry-After": until})
    visit.fails(site.url("/a"))
    visit.later(minutes=119)
    assert visit.fails(site.url("/a")).reason == "not_before"
    visit.later(minutes=2)
    assert visit.fails(site.url("/a")).reason == "http_503"


def test_a_short_retry_after_is_waited_for(visit: Visitor, site: Site) -> None:
    site.paths["/a"], site.then["/a"] = Answer(429, headers={"Retry-After": "3"}), Answer()
    assert visit(site.url("/a")).status == 200
    assert sum(visit.slept) == pytest.approx(3.0, abs=0.1)


def test_another_process_waits_for_a_short_retry_after_too(visit: Visitor, site: Site) -> None:
    site.page = Answer(503, headers={"Retry-After": "5"})
    stamina.set_testing(True, attempts=1)
    visit.fails(site.url("/a"))
    site.page = Answer()
    visit(site.url("/b"))
    assert sum(visit.slept) == pytest.approx(5.0, abs=0.1)


@pytest.mark.parametrize("status", [500, 503, None])
def test_a_host_that_goes_on_failing_is_left_alone(visit: Visitor, site: Site, status: int | None) -> None:
    site.page = Answer(status)
    for _ in range(PATIENCE + 1):
        assert visit.fails(site.url("/a")).reason != "not_before"
    asked = len(site.asked)
    error = visit.fails(site.url("/a"))
    assert (error.reason, len(site.asked)) == ("not_before", asked)
    assert error.why == f"it failed {PATIENCE + 1} times in a row"


def test_a_page_that_is_not_there_is_no_failure_of_the_host(visit: Visitor, site: Site) -> None:
    site.page = Answer(404)
    for _ in range(2 * PATIENCE + 2):
        assert visit.fails(site.url("/a")).reason == "http_404"


def test_too_many_requests_without_a_word_on_when_to_come_back_bring_a_pause(visit: Visitor, site: Site) -> None:
    site.page = Answer(429)
    visit.fails(site.url("/a"))
    assert visit.fails(site.url("/a")).reason == "not_before"


def test_a_retry_after_beyond_reason_is_a_day(visit: Visitor, site: Site) -> None:
    site.paths["/a"], site.then["/a"] = Answer(503, headers={"Retry-After": "9" * 400}), Answer()
    visit.fails(site.url("/a"))
    visit.later(hours=24, seconds=1)
    assert visit(site.url("/a")).status == 200


def test_a_pause_of_a_clock_set_back_by_a_year_does_not_hold(visit: Visitor, site: Site) -> None:
    site.paths["/a"], site.then["/a"] = Answer(503, headers={"Retry-After": "3600"}), Answer()
    visit.fails(site.url("/a"))
    visit.later(days=-365)
    assert visit(site.url("/a")).status == 200


def test_a_fetch_that_broke_off_leaves_no_connection_open(visit: Visitor, site: Site) -> None:
    site.page = Answer(200, headers={"Content-Encoding": "br"})
    for _ in range(3):
        assert visit.fails(site.url("/a"), respect_robots=False).reason == "encoding"


def test_a_host_whose_turns_are_all_taken_is_given_up(visit: Visitor, site: Site) -> None:
    limits = Limits(interval=timedelta(), connections=1, lease=timedelta(hours=2))
    held = visit.store.hosts.take_turn(host_of(site.url()), lambda: START, "elsewhere/1/1.00", limits)
    assert isinstance(held, Visit)
    assert visit.fails(site.url("/a"), timeout=3600.0, respect_robots=False).reason == "host_busy"
    assert sum(visit.slept) == pytest.approx(600, abs=2)


# Checks


def check(visit: Visitor, url: str) -> CheckResult:
    settings = Settings.model_validate(
        {"fetch": {"allow_private": True, "min_interval": 0.0}, "pages": [{"id": "ict", "url": url}]}
    )
    manners = Politeness(visit.store, settings.fetch, clock=lambda: visit.now, sleep=visit.sleep)
    with Client(settings.fetch, manners) as client:
        return check_page(
            settings.pages[0],
            settings=settings,
            store=visit.store,
            client=client,
            route=make_route([], None),
            clock=lambda: visit.now,
        )


def test_a_check_that_robots_txt_refuses_is_failed_with_the_rule(visit: Visitor, site: Site) -> None:
    site.robots("User-agent: *\nDisallow: /ict/\n")
    result = check(visit, site.url("/ict/index.html"))
    assert result.problem is not None
    assert (result.outcome, result.problem.reason) == ("failed", "robots")
    assert "Disallow: /ict/ for User-agent: *" in result.problem.message


def test_a_server_that_always_says_unmodified_is_found_out_within_full_every(visit: Visitor, site: Site) -> None:
    site.page = Answer(body=SAVED.read_bytes(), headers={"ETag": '"1"', "X-Always-304": "yes"})
    assert check(visit, site.url()).outcome == "baseline"
    site.page.body = site.page.body.replace("令和6年1月23日変更".encode(), "令和6年4月25日変更".encode())
    outcomes = []
    for _ in range(48):
        visit.later(hours=1)
        outcomes.append(check(visit, site.url()).outcome)
    assert outcomes == ["unchanged"] * 23 + ["changed"] + ["unchanged"] * 24
    assert [number for number, etag in enumerate(site.conditions) if etag is None] == [0, 24, 48]


LYING = {
    "another ETag at each request": [{"ETag": '"1"'}, {"ETag": '"2"'}, {"ETag": '"3"'}],
    "a weak ETag now and then": [{"ETag": 'W/"1"'}, {"ETag": '"1"'}, {}],
    "a Last-Modified of the future": [{"Last-Modified": "Fri, 31 Dec 2099 23:59:59 GMT"}] * 3,
    "a Last-Modified that is no time": [{"Last-Modified": "昨日".encode().decode("latin-1")}] * 3,
    "an ETag that no header could hold": [{"ETag": '"総務"'.encode().decode("latin-1")}] * 3,
}


@pytest.mark.parametrize("headers", LYING.values(), ids=LYING)
def test_validators_that_lie_make_no_change_of_the_same_page(
    visit: Visitor, site: Site, headers: list[dict[str, str]]
) -> None:
    outcomes = []
    for each in headers:
        site.page = Answer(body=SAVED.read_bytes(), headers=each)
        outcomes.append(check(visit, site.url()).outcome)
        visit.later(hours=1)
    assert outcomes == ["baseline", "unchanged", "unchanged"]
    site.page.body = site.page.body.replace("令和6年1月23日変更".encode(), "令和6年4月25日変更".encode())
    assert check(visit, site.url()).outcome == "changed"


# Many processes, as cron may start them


CHECK_MANY = "import sys; from monitor.cli.app import run; sys.exit(run(sys.argv[1:]))"


@dataclass
class Cron:
    folder: Path

    def configure(self, site: Site, *, pages: int, **fetching: object) -> None:
        lines = ["[fetch]", "allow_private = true", *(f"{name} = {json.dumps(it)}" for name, it in fetching.items())]
        for number in range(pages):
            lines += ["[[pages]]", f'id = "p{number}"', f'url = "{site.url(f"/{number}")}"']
        (self.folder / "config.toml").write_text("\n".join(lines), encoding="utf-8")

    def check(self, processes: int) -> list[int]:
        """The exit statuses of so many `check`s at once."""
        command = [sys.executable, "-c", CHECK_MANY, "check", "--json"]
        running = [subprocess.Popen(command, cwd=self.folder, stdout=subprocess.DEVNULL) for _ in range(processes)]
        return [process.wait(100) for process in running]


@pytest.fixture
def cron(tmp_path: Path) -> Cron:
    return Cron(tmp_path)


def test_two_processes_together_keep_the_least_gap_and_one_connection(cron: Cron, site: Site) -> None:
    site.page = Answer(body=SAVED.read_bytes(), slow=0.1)
    cron.configure(site, pages=5, min_interval=0.3)
    assert cron.check(2) == [0, 0]
    pages = [path for path in site.paths_asked if path != "/robots.txt"]
    assert sorted(pages) == sorted(f"/{number}" for number in [*range(5)] * 2)
    assert min(site.gaps) >= 0.299  # two clocks
    assert site.most_open == 1


def test_two_processes_together_open_no_more_connections_than_allowed(cron: Cron, site: Site) -> None:
    site.page = Answer(body=SAVED.read_bytes(), slow=0.1)
    cron.configure(site, pages=4, min_interval=0.0, connections_per_host=2)
    assert cron.check(4) == [0] * 4
    assert site.most_open == 2


def test_a_process_that_was_killed_holds_no_connection(cron: Cron, site: Site) -> None:
    site.page = Answer(body=SAVED.read_bytes(), slow=60)
    cron.configure(site, pages=1, min_interval=0.0)
    command = [sys.executable, "-c", CHECK_MANY, "check"]
    process = subprocess.Popen(command, cwd=cron.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until(lambda: "/0" in site.paths_asked)
    process.kill()
    process.wait(10)
    site.page = Answer(body=SAVED.read_bytes())
    started = time.monotonic()
    assert cron.check(1) == [0]
    assert time.monotonic() - started < 15


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)
