"""Chat and web-hooks by apprise, to a real HTTP server on loopback."""

import json
import logging
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from notify.chat import chat_style, check_url, send_chat
from notify.errors import NotifyError, SendError
from notify.render import render
from storage.changes import RecordedChange
from storage.observation import FrozenMessage, PageInfo

SLACK = "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/"
TEXT = FrozenMessage(subject="【変更】富士通株式会社", text="本文です。\nA_B *C* <D>\n", html=None)


def hook(httpserver: HTTPServer, path: str = "/hook", **query: str) -> str:
    extra = "".join(f"&{name}={value}" for name, value in query.items())
    return f"json://127.0.0.1:{httpserver.port}{path}?x=y{extra}"


def answering(httpserver: HTTPServer, status: int, path: str = "/hook") -> None:
    httpserver.expect_request(path, method="POST").respond_with_data("", status=status)


def received(httpserver: HTTPServer) -> list[Any]:
    return [json.loads(request.get_data()) for request, _ in httpserver.log]


def test_a_web_hook_gets_subject_and_text_word_for_word(httpserver: HTTPServer) -> None:
    answering(httpserver, 200)
    send_chat(hook(httpserver), TEXT)
    (body,) = received(httpserver)
    assert (body["title"], body["message"].rstrip()) == (TEXT.subject, TEXT.text.rstrip())


def test_a_failure_passes_and_keeps_the_code_of_the_server(httpserver: HTTPServer) -> None:
    answering(httpserver, 503)
    with pytest.raises(SendError) as caught:
        send_chat(hook(httpserver), TEXT)
    assert (caught.value.permanent, caught.value.code) == (False, "503")


def test_one_attempt_is_one_request(httpserver: HTTPServer) -> None:
    answering(httpserver, 503)
    with pytest.raises(SendError):
        send_chat(hook(httpserver), TEXT)
    assert len(httpserver.log) == 1


def test_an_address_marked_optional_hides_no_failure(httpserver: HTTPServer) -> None:
    answering(httpserver, 503)
    with pytest.raises(SendError):
        send_chat(hook(httpserver, optional="yes"), TEXT)


def test_a_server_that_is_not_there_passes() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(SendError) as caught:
        send_chat(f"json://127.0.0.1:{port}/hook", TEXT)
    assert (caught.value.permanent, caught.value.code, caught.value.unreachable) == (False, "connection", True)


@pytest.mark.parametrize("url", ["nonsense://host/token-SECRET", "https://example.jp/SECRET", "slack://SECRET"])
def test_an_address_apprise_cannot_use_is_named_without_its_secret(url: str) -> None:
    with pytest.raises(NotifyError) as caught:
        check_url(url)
    assert "SECRET" not in str(caught.value)
    assert url.partition("://")[0] in str(caught.value)


def test_sending_to_such_an_address_passes_so_that_mending_it_helps() -> None:
    with pytest.raises(SendError) as caught:
        send_chat("nonsense://host", TEXT)
    assert (caught.value.permanent, caught.value.code) == (False, "bad_url")


@pytest.mark.parametrize(
    ("url", "style"),
    [
        ("json://127.0.0.1/hook", "text"),
        (SLACK, "markdown"),
        ("discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js", "markdown"),
        ("syslog://", "text"),
        ("nonsense://x", "text"),
    ],
)
def test_each_service_gets_what_it_takes(url: str, style: str) -> None:
    assert chat_style(url) == style


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What reaches a program's own log at its most talkative; the receiver's log apart."""
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]
    handler.addFilter(lambda record: record.name != "werkzeug")
    monkeypatch.setattr(logging.getLogger(), "handlers", [handler])
    monkeypatch.setattr(logging.getLogger(), "level", logging.DEBUG)
    return lines


@pytest.mark.parametrize("status", [200, 503])
def test_no_part_of_an_address_reaches_the_log(status: int, httpserver: HTTPServer, logged: list[str]) -> None:
    answering(httpserver, status, "/services/SECRET")
    logging.getLogger("x").debug("the log is open")
    with suppress(SendError):
        send_chat(hook(httpserver, "/services/SECRET"), TEXT)
    assert logged[0] == "the log is open"
    assert not [line for line in logged if "SECRET" in line]


def test_no_part_of_an_address_reaches_the_error(httpserver: HTTPServer) -> None:
    answering(httpserver, 503, "/services/SECRET")
    with pytest.raises(SendError) as caught:
        send_chat(hook(httpserver, "/services/SECRET"), TEXT)
    assert "SECRET" not in f"{caught.value}{caught.value.code}"


@pytest.fixture
def slack(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> Callable[[], dict[str, Any]]:
    """Slack's own plugin, its service address turned to a receiver on loopback."""

    def answer(request: Request) -> Response:
        return Response("ok")

    httpserver.expect_request("/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ").respond_with_handler(answer)
    check_url(SLACK)
    monkeypatch.setattr("apprise.plugins.slack.NotifySlack.webhook_url", httpserver.url_for("/services"))
    return lambda: dict(received(httpserver)[0])


def test_slack_gets_its_own_markup_with_the_differing_characters_bold(
    slack: Callable[[], dict[str, Any]], changes: dict[str, list[RecordedChange]], pages: dict[str, PageInfo]
) -> None:
    found = changes["plan amended again"]
    message = render(found, pages, language="ja", now=found[0].detected_at, subscriber="desk", style="markdown")
    send_chat(SLACK, message)
    text = json.dumps(slack(), ensure_ascii=False)
    assert "変更日が令和5年5月29日から令和6年1月23日になりました" in text
    assert "令和*5年5月29日*変更" in text
    assert "<https://www.soumu.go.jp/main_content/000612489.pdf|リンク先を開く>" in text
