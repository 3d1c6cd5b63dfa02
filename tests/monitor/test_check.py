"""One check: a real server on loopback, the real parser, a real database."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import stamina

import monitor.check
from monitor.check import CheckResult, check_page, check_pages
from monitor.errors import ConfigError
from monitor.fetch import Client
from monitor.settings_models import Settings
from notify.routing import make_route
from parsers import parse
from parsers.records import Page
from storage.errors import StorageError
from storage.store import Store

SAVED = Path(__file__).parents[1] / "pages" / "support" / "accordion-lists.html"
AMENDED = "令和6年1月23日変更"


class Site(ThreadingHTTPServer):
    """Serves `body` with `etag` at every path, a 304 where the visitor has it; `asked` holds the headers.

    `meanwhile` runs once, after what the next visitor gets is chosen and before it is sent.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.body = SAVED.read_bytes()
        self.status = 200
        self.etag: str | None = '"1"'
        self.asked: list[dict[str, str]] = []
        self.meanwhile: Callable[[], object] | None = None

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server_address[1]}{path}"

    def edit(self, old: str, new: str) -> None:
        assert old.encode() in self.body
        self.body = self.body.replace(old.encode(), new.encode())
        self.etag = f'"{hash(new)}"' if self.etag else None


class _Answer(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        site = self.server
        site.asked.append(dict(self.headers))
        body, etag = site.body, site.etag
        meanwhile, site.meanwhile = site.meanwhile, None
        if meanwhile:
            meanwhile()
        known = etag is not None and self.headers.get("If-None-Match") == etag
        self.send_response(304 if known else site.status)
        if etag:
            self.send_header("ETag", etag)
        self.send_header("Content-Type", "text/html; charset=UTF-8")
        self.send_header("Content-Length", "0" if known else str(len(body)))
        self.end_headers()
        if not known:
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()


@dataclass
class Watch:
    """A page under watch: every `check()` is an hour after the one before."""

    store: Store
    client: Client
    settings: Settings
    now: datetime = datetime(2024, 4, 26, 1, 30, tzinfo=UTC)
    told: list[str] = field(default_factory=list)

    def check(self, **hours: float) -> CheckResult:
        self.now += timedelta(**hours or {"hours": 1})
        return check_page(
            self.settings.pages[0],
            settings=self.settings,
            store=self.store,
            client=self.client,
            route=make_route([], None),
            clock=lambda: self.now,
        )

    def check_all(self) -> list[CheckResult]:
        return list(
            check_pages(
                self.settings.pages,
                settings=self.settings,
                store=self.store,
                client=self.client,
                route=make_route([], None),
                clock=lambda: self.now,
            )
        )


def watching(store: Store, client: Client, *pages: dict[str, Any]) -> Watch:
    return Watch(store, client, Settings.model_validate({"pages": list(pages)}))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/monitor.db") as opened:
        yield opened


@pytest.fixture
def client() -> Iterator[Client]:
    fetching = {"allow_private": True, "min_interval": 0.0, "timeout": 5.0}
    settings = Settings.model_validate({"fetch": fetching})
    with stamina.set_testing(True, attempts=1), Client(settings.fetch) as opened:
        yield opened


@pytest.fixture
def watch(store: Store, client: Client, site: Site) -> Watch:
    return watching(store, client, {"id": "support", "url": site.url()})


def test_the_first_good_check_is_the_baseline(watch: Watch) -> None:
    result = watch.check()
    assert (result.outcome, result.http_status, result.changes) == ("baseline", 200, ())
    assert result.record_count == len(watch.store.records("support"))


def test_a_second_check_asks_only_for_what_is_new(watch: Watch, site: Site) -> None:
    watch.check()
    result = watch.check()
    assert (result.outcome, result.http_status) == ("unchanged", 304)
    assert site.asked[1]["If-None-Match"] == '"1"'


def test_an_edit_is_found_and_named(watch: Watch, site: Site) -> None:
    watch.check()
    site.edit(AMENDED, "令和6年4月25日変更")
    [change] = watch.check().changes
    assert (change.change, change.title) == ("plan.amended", "富士通株式会社")


def test_the_same_bytes_are_not_read_again(watch: Watch, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.etag = None
    watch.check()
    monkeypatch.setattr(monitor.check, "parse", None)
    result = watch.check()
    assert (result.outcome, result.http_status, result.problem) == ("unchanged", 200, None)


def test_a_page_is_fetched_whole_once_a_day(watch: Watch, site: Site) -> None:
    """A server that says "not modified" to everything is found out after `full_every`."""
    watch.check()
    for _ in range(49):
        watch.check()
    whole = [number for number, headers in enumerate(site.asked) if "If-None-Match" not in headers]
    assert whole == [0, 24, 48]


def test_validators_are_not_sent_to_another_url(watch: Watch, site: Site) -> None:
    watch.check()
    watch.settings = Settings.model_validate({"pages": [{"id": "support", "url": site.url("/new")}]})
    watch.check()
    assert "If-None-Match" not in site.asked[1]


def test_a_page_that_cannot_be_fetched_failed_and_stays_as_it_was(watch: Watch, site: Site) -> None:
    watch.check()
    before = watch.store.records("support")
    site.etag, site.status = None, 503
    result = watch.check()
    assert result.problem is not None
    assert (result.outcome, result.problem.reason, result.http_status) == ("failed", "http_503", 503)
    assert watch.store.records("support") == before


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_called_so(watch: Watch, site: Site, status: int) -> None:
    site.status = status
    result = watch.check()
    assert result.problem is not None
    assert result.problem.reason == f"http_{status}"


def test_a_dead_host_is_a_failure_not_an_exception(store: Store, client: Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    result = watching(store, client, {"id": "a", "url": f"http://127.0.0.1:{port}/"}).check()
    assert result.problem is not None
    assert (result.outcome, result.problem.reason, result.http_status) == ("failed", "connection", None)


def test_a_maintenance_page_is_suspect_and_publishes_nothing(watch: Watch, site: Site) -> None:
    watch.check()
    before = watch.store.records("support")
    site.body, site.etag = "<html><title>メンテナンス中</title><p>ただいまメンテナンス中です</p></html>".encode(), None
    result = watch.check()
    assert (result.outcome, result.changes) == ("suspect", ())
    assert watch.store.records("support") == before


def test_a_suspect_body_is_kept_for_accept(watch: Watch, site: Site) -> None:
    watch.check()
    site.body, site.etag = b"<html><title>x</title><p>Sign in</p></html>", None
    watch.check()
    kept = watch.store.suspect_body("support")
    assert kept is not None
    assert kept.body == site.body


def test_a_page_that_came_back_from_suspect_is_unchanged(watch: Watch, site: Site) -> None:
    watch.check()
    good = site.body
    site.body, site.etag = b"", None
    watch.check()
    site.body = good
    result = watch.check()
    assert (result.outcome, result.changes) == ("unchanged", ())
    assert [change.change for change in result.incidents] == ["page.recovered"]


def test_another_title_is_suspect(watch: Watch, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    watch.check()
    site.edit(AMENDED, "令和6年4月25日変更")

    def parse_as_another(*args: Any, **options: Any) -> Page:
        return retitled(parse(*args, **options), "電波利用ホームページ")

    monkeypatch.setattr(monitor.check, "parse", parse_as_another)
    result = watch.check()
    assert result.problem is not None
    assert (result.outcome, result.problem.reason) == ("suspect", "title_lost")


def retitled(page: Page, title: str) -> Page:
    from dataclasses import replace  # noqa: PLC0415

    return replace(page, title=title)


def test_a_page_that_lost_most_of_its_records_says_why_it_is_suspect(watch: Watch, site: Site) -> None:
    watch.check()
    text = site.body.decode()
    site.body, site.etag = (text[: len(text) * 2 // 5] + "</main></body></html>").encode(), None
    result = watch.check()
    assert result.outcome == "suspect"
    assert result.problem is not None
    assert result.problem.kind == "suspect"


def test_a_new_parser_reads_the_last_good_body_again_and_tells_nothing(
    watch: Watch, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch.check()
    renumber_parser(monkeypatch)
    result = watch.check()
    state = watch.store.state("support")
    assert state is not None
    assert (result.outcome, result.changes, state.parser_version) == ("unchanged", (), 99)


def test_a_new_parser_and_an_edit_at_once_tell_the_edit_only(
    watch: Watch, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch.check()
    renumber_parser(monkeypatch)
    site.edit(AMENDED, "令和6年4月25日変更")
    assert [change.change for change in watch.check().changes] == ["plan.amended"]


def renumber_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    from parsers import support  # noqa: PLC0415

    monkeypatch.setattr(support, "VERSION", 99)


def test_a_selector_that_is_none_is_a_matter_of_the_settings(store: Store, client: Client, site: Site) -> None:
    result = watching(store, client, {"id": "a", "url": site.url(), "select": "main[["}).check()
    assert result.problem is not None
    assert result.problem.reason == "config"
    assert result.problem.message.startswith("page a, select: ")


def test_a_fault_of_the_program_is_told_without_what_it_says(
    watch: Watch, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("password=hunter2")

    monkeypatch.setattr(monitor.check, "parse", broken)
    result = watch.check()
    assert result.problem is not None
    assert result.problem.reason == "internal"
    assert "unexpected RuntimeError" in result.problem.message
    assert "hunter2" not in result.problem.message + caplog.text


def test_a_fault_of_one_page_does_not_stop_the_others(
    store: Store, client: Client, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = watching(store, client, {"id": "a", "url": site.url("/a")}, {"id": "b", "url": site.url("/b")})
    save = store.save

    def refuse_a(observation: Any, *args: Any, **options: Any) -> Any:
        if observation.page == "a":
            raise StorageError("the disk is full")
        return save(observation, *args, **options)

    monkeypatch.setattr(store, "save", refuse_a)
    results = {result.page: result for result in watch.check_all()}
    assert results["a"].problem is not None
    assert (results["a"].problem.reason, results["a"].problem.message) == ("database", "the disk is full")
    assert results["b"].outcome == "baseline"


def test_a_parser_that_is_not_there_is_told_before_anything_is_fetched(
    store: Store, client: Client, site: Site
) -> None:
    watch = watching(store, client, {"id": "a", "url": site.url(), "parser": "suport"})
    with pytest.raises(ConfigError, match=r'pages\[0\].parser: there is no parser "suport", did you mean "support"'):
        watch.check_all()
    assert site.asked == []


def test_pages_of_one_host_come_in_order(store: Store, client: Client, site: Site) -> None:
    pages = [{"id": f"p{number}", "url": site.url(f"/{number}")} for number in range(4)]
    assert [result.page for result in watching(store, client, *pages).check_all()] == ["p0", "p1", "p2", "p3"]


def test_a_slow_host_does_not_hold_up_another(store: Store, client: Client, site: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        slow = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        watch = watching(store, client, {"id": "slow", "url": slow}, {"id": "fast", "url": site.url(host="localhost")})
        client.settings = client.settings.model_copy(update={"timeout": 1.0})
        assert [result.page for result in watch.check_all()] == ["fast", "slow"]


def test_an_early_end_starts_no_further_check(store: Store, client: Client, site: Site) -> None:
    pages = [{"id": f"p{number}", "url": site.url(f"/{number}")} for number in range(50)]
    other = {"id": "other", "url": site.url(host="localhost")}
    watch = watching(store, client, *pages, other)
    results: Any = check_pages(
        watch.settings.pages,
        settings=watch.settings,
        store=store,
        client=client,
        route=make_route([], None),
        clock=lambda: watch.now,
    )
    next(results)
    results.close()
    time.sleep(0.3)
    settled = len(site.asked)
    time.sleep(0.3)
    assert settled < 51
    assert len(site.asked) == settled


def test_a_page_fetched_before_another_check_stored_a_newer_one_is_fetched_again(
    watch: Watch, site: Site, store: Store, client: Client
) -> None:
    watch.check()
    site.etag = None
    site.edit(AMENDED, "令和6年3月1日変更")

    def another_check_sees_a_newer_page() -> None:
        site.edit("令和6年3月1日変更", "令和6年4月1日変更")
        watching(store, client, {"id": "support", "url": site.url()}).check(hours=5)

    site.meanwhile = another_check_sees_a_newer_page
    result = watch.check()
    assert result.outcome == "unchanged"
    assert [change.after["note"] for change in store.changes() if change.after] == ["令和6年4月1日変更"]


def test_a_page_is_fetched_whole_though_the_last_time_lies_ahead(watch: Watch, site: Site) -> None:
    watch.check()
    watch.now -= timedelta(days=365)
    watch.check()
    assert "If-None-Match" not in site.asked[1]
