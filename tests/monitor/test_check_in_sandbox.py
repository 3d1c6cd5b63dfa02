"""Checks whose pages are read in a sandbox: what goes wrong there is said as of any check."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from monitor.check import CheckResult, check_page, read_stored
from monitor.errors import ConfigError
from monitor.fetch import Client
from monitor.sandbox import Bounds, Sandbox
from monitor.settings_models import FetchSettings, PageSettings, Settings
from notify.routing import make_route
from storage.observation import StoredBody
from storage.store import Store

SAVED = Path(__file__).parents[1] / "pages" / "support" / "accordion-lists.html"
ORDINARY = SAVED.read_bytes()
URL = "https://www.soumu.go.jp/ict/index.html"
# Nothing but periods, no two alike: reading them takes far longer than `SHORT` allows.
COSTLY = "".join(
    [
        "<html><title>支援</title><body><h1>支援施策</h1>",
        *(f"<p>公募期間：令和6年4月{n % 30 + 1}日から5月{n % 31 + 1}日まで（第{n}回）</p>" for n in range(30_000)),
        "</body></html>",
    ]
).encode()
SHORT = Bounds(seconds=0.4)


def checking(page: PageSettings, store: Store, sandbox: Sandbox) -> Iterator[CheckResult]:
    """One check after another of a page, an hour between them."""
    now = datetime(2024, 4, 26, 1, 30, tzinfo=UTC)
    with Client(FetchSettings(allow_private=True, min_interval=0.0)) as client:
        while True:
            now += timedelta(hours=1)
            yield check_page(
                page,
                settings=Settings(pages=[page]),
                store=store,
                client=client,
                route=make_route([], None),
                clock=lambda now=now: now,  # type: ignore[misc]
                sandbox=sandbox,
            )


def test_a_killed_sandbox_is_an_incident_of_its_page(tmp_path: Path, httpserver: HTTPServer) -> None:
    page = PageSettings(id="support", url=httpserver.url_for("/"))
    with Store.open(f"sqlite:///{tmp_path}/monitor.db") as store, Sandbox(SHORT) as sandbox:
        checks = checking(page, store, sandbox)
        answer = httpserver.expect_request("/")
        answer.respond_with_data(ORDINARY, content_type="text/html")
        assert next(checks).outcome == "baseline"
        records = store.records("support")
        answer.respond_with_data(COSTLY, content_type="text/html")
        first, second = next(checks), next(checks)
        assert [first.outcome, first.problem and first.problem.reason] == ["failed", "parse_timeout"]
        assert [incident.change for incident in second.incidents] == ["page.failing"]
        assert store.records("support") == records
        answer.respond_with_data(ORDINARY.replace(b"</body>", b" </body>"), content_type="text/html")
        recovered = next(checks)
        assert [recovered.outcome, *(incident.change for incident in recovered.incidents)] == [
            "unchanged",
            "page.recovered",
        ]
        checks.close()


def test_a_fault_of_the_parser_in_the_sandbox_is_internal(tmp_path: Path, httpserver: HTTPServer) -> None:
    nothing: Any = None
    page = PageSettings.model_construct(
        **PageSettings(id="support", url=httpserver.url_for("/")).model_dump() | {"ignore": [nothing]}
    )
    httpserver.expect_request("/").respond_with_data(ORDINARY, content_type="text/html")
    with Store.open(f"sqlite:///{tmp_path}/monitor.db") as store, Sandbox() as sandbox:
        checks = checking(page, store, sandbox)
        result = next(checks)
        checks.close()
    assert result.problem is not None
    assert result.problem.reason == "internal"
    assert "unexpected TypeError in selectolax.lexbor:" in result.problem.message


def test_a_bad_selector_is_a_matter_of_the_settings_in_the_sandbox_too() -> None:
    stored = StoredBody(
        snapshot=1, body=ORDINARY, headers=(), url=URL, content_type=None, at=datetime(2024, 4, 26, tzinfo=UTC)
    )
    with Sandbox() as sandbox, pytest.raises(ConfigError, match=r"^page support, select: "):
        read_stored(PageSettings(id="support", url=URL, select="main[["), stored, sandbox=sandbox)
