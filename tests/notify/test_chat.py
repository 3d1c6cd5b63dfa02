"""Chat and web-hooks by apprise, to a real HTTP server on loopback."""

import json
import logging
import re
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from notify.chat import body_limit, chat_style, check_url, send_chat
from notify.errors import NotifyError, SendError
from storage.observation import FrozenMessage, Language
from tests.notify.samples import NOTICES, SEVERAL, batch, digest, message, tally, together

GOLDEN: Final = Path(__file__).parent / "golden"
SLACK = "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/"
DISCORD = "discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js"
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


@pytest.mark.parametrize("status", [404, 410])
def test_a_hook_that_is_not_there_any_more_is_given_up(status: int, httpserver: HTTPServer) -> None:
    answering(httpserver, status)
    with pytest.raises(SendError) as caught:
        send_chat(hook(httpserver), TEXT)
    assert (caught.value.permanent, caught.value.code) == (True, str(status))
    assert "Make a new one" in caught.value.todo


@pytest.mark.parametrize("status", [400, 401, 403, 408, 429, 500, 502])
def test_every_other_refusal_passes(status: int, httpserver: HTTPServer) -> None:
    answering(httpserver, status)
    with pytest.raises(SendError) as caught:
        send_chat(hook(httpserver), TEXT)
    assert (caught.value.permanent, caught.value.code) == (False, str(status))


def test_a_hook_that_takes_its_time_has_taken_the_message(httpserver: HTTPServer) -> None:
    def slowly(_: Request) -> Response:
        time.sleep(4.5)  # longer than apprise would wait by itself
        return Response("")

    httpserver.expect_request("/hook", method="POST").respond_with_handler(slowly)
    assert send_chat(hook(httpserver), TEXT) == "JSON accepted"


def test_what_a_page_says_is_no_markup_to_a_service_whose_every_text_is_markdown(httpserver: HTTPServer) -> None:
    answering(httpserver, 200, "/hooks/token")
    hostile = "@channel @all @here [a](http://evil.example/) ![i](http://evil.example/i.png) **b**"
    change = replace(together("programme text reworded")[0], title=hostile)
    url = f"mmost://127.0.0.1:{httpserver.port}/token"
    send_chat(url, message(change, style=chat_style(url)))
    (body,) = received(httpserver)
    assert [raw for raw in ("@channel", "@all", "@here", "[a](", "![i](", "**b**") if raw in body["text"]] == []


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
        (DISCORD, "markdown"),
        ("workflows://prod-1.japaneast.logic.azure.com:443/643e69f8/iAmSecret", "markdown"),
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


class Receivers:
    """What Slack, Teams, Discord and a program get, each at an address that apprise's own plugin sends to."""

    def __init__(self, plain: HTTPServer, tls: HTTPServer) -> None:
        self._servers = (plain, tls)
        self.urls = {
            "slack": SLACK,
            "discord": DISCORD,
            "teams": f"workflows://127.0.0.1:{tls.port}/643e69f8/iAmSecret",
            "json": f"json://127.0.0.1:{plain.port}/hook",
        }
        plain.expect_request("/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ").respond_with_data("ok")
        plain.expect_request("/api/webhooks/4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js").respond_with_data("", 204)
        plain.expect_request("/hook").respond_with_data("")
        tls.expect_request("/workflows/643e69f8/triggers/manual/paths/invoke").respond_with_data("", 202)

    def got(self) -> list[dict[str, Any]]:
        return [body for server in self._servers for body in received(server)]

    def text(self) -> str:
        """All that a reader sees of the one message."""
        (body,) = self.got()
        if "attachments" in body and "content" in (body["attachments"] or [{}])[0]:
            return "\n".join(block["text"] for block in body["attachments"][0]["content"]["body"])
        if body.get("attachments"):
            return "\n".join((body["attachments"][0]["title"], body["attachments"][0]["text"]))
        return str(body.get("content") or "\n".join((body["title"], body["message"])))


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def tls_server(authority: trustme.CA) -> Iterator[HTTPServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with HTTPServer(host="127.0.0.1", ssl_context=context) as server:
        yield server


@pytest.fixture
def receivers(
    httpserver: HTTPServer,
    tls_server: HTTPServer,
    authority: trustme.CA,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Receivers:
    """Slack's and Discord's fixed hosts are turned to loopback; Teams' is part of its address."""
    tls_server.clear()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "ca.pem"))
    check_url(SLACK)
    monkeypatch.setattr("apprise.plugins.slack.NotifySlack.webhook_url", httpserver.url_for("/services"))
    monkeypatch.setattr("apprise.plugins.discord.NotifyDiscord.notify_url", httpserver.url_for("/api/webhooks"))
    monkeypatch.setattr("apprise.plugins.slack.time", lambda: 1_706_000_000)
    return Receivers(httpserver, tls_server)


SERVICES: Final = ("slack", "discord", "teams", "json")


def written_for(url: str, *cases: str, language: Language = "ja") -> FrozenMessage:
    return message(*together(*cases), language=language, style=chat_style(url), limit=body_limit(url))


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_each_service_receives_what_is_written_out(service: str, language: Language, receivers: Receivers) -> None:
    url = receivers.urls[service]
    send_chat(url, written_for(url, "plan amended again", "document replaced", language=language))
    (got,) = receivers.got()
    assert got == json.loads((GOLDEN / f"{service}.{language}.json").read_text("utf-8"))


def test_slack_gets_its_own_markup_with_the_differing_characters_bold(receivers: Receivers) -> None:
    send_chat(SLACK, written_for(SLACK, "plan amended again"))
    text = receivers.text().replace("\u200b", "")
    assert "変更日が令和5年5月29日から令和6年1月23日になりました" in text
    assert "令和*5年5月29日*変更" in text
    assert "<https://www.soumu.go.jp/main_content/000612489.pdf|リンク先を開く>" in text


@pytest.mark.parametrize("service", SERVICES)
def test_twelve_changes_with_what_they_caused_are_one_message_that_fits(service: str, receivers: Receivers) -> None:
    url = receivers.urls[service]
    made = message(*batch(), style=chat_style(url), limit=body_limit(url))
    send_chat(url, made)
    assert "変更番号:1–61" in receivers.text()


@pytest.mark.parametrize("service", ["discord", "teams"])
def test_what_does_not_fit_is_counted_and_linked_in_the_one_message(service: str, receivers: Receivers) -> None:
    url = receivers.urls[service]
    many = [change for number in range(20) for change in together(*SEVERAL)]
    changes = [replace(change, id=number) for number, change in enumerate(many, start=1)]
    send_chat(url, message(*changes, style=chat_style(url), limit=body_limit(url)))
    text = receivers.text()
    assert "…ほか " in text
    assert "[ページを開く](https://www.soumu.go.jp/" in text
    assert len(text) <= (2000 if service == "discord" else 4200)


@pytest.mark.parametrize("service", SERVICES)
def test_a_digest_is_one_message(service: str, receivers: Receivers) -> None:
    url = receivers.urls[service]
    pages = [tally(f"ページ{number}") for number in range(200)]
    send_chat(url, digest(together(*SEVERAL), pages, style=chat_style(url), limit=body_limit(url)))
    assert "【まとめ】変更 5件" in receivers.text()


@pytest.mark.parametrize("service", SERVICES)
def test_a_message_made_for_mail_arrives_as_plain_text(service: str, receivers: Receivers) -> None:
    send_chat(receivers.urls[service], NOTICES["dead"]("ja"))
    text = receivers.text()
    assert "ministry-monitor deliveries retry 12" in text
    assert "<p" not in text


STRANGE: Final = "株式会社**強調**_斜体_ ~取消~ `等幅` ＊注＊ C:\\x 1. a_b"


@pytest.fixture
def google_chat(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> str:
    """An address of Google Chat, whose fixed host is turned to loopback."""
    url = "gchat://workspace/key/token"
    check_url(url)
    httpserver.expect_request("/chat").respond_with_data("")
    monkeypatch.setattr("apprise.plugins.google_chat.NotifyGoogleChat.notify_url", httpserver.url_for("/chat"))
    return url


def told_of(title: str, url: str) -> FrozenMessage:
    (change,) = together("document renamed")
    told = replace(change, after={**(change.after or {}), "title": title})
    return message(told, style=chat_style(url), limit=body_limit(url))


def test_slack_shows_the_signs_of_a_page_without_backslashes_and_takes_none_for_markup(receivers: Receivers) -> None:
    send_chat(SLACK, told_of(STRANGE, SLACK))
    text = receivers.text()
    assert "名称が「株式会社∗∗強調∗∗ˍ斜体ˍ ∼取消∼ ˋ等幅ˋ ﹡注﹡ C:＼x 1. a_b」に変わりました" in text
    assert "\\" not in text


def test_google_chat_shows_them_likewise(google_chat: str, httpserver: HTTPServer) -> None:
    send_chat(google_chat, told_of(STRANGE, google_chat))
    (body,) = received(httpserver)
    assert "∗∗強調∗∗ˍ斜体ˍ ∼取消∼ ˋ等幅ˋ" in body["text"]
    assert "\\" not in body["text"]


def test_a_message_made_for_mail_has_no_backslashes_in_slack(receivers: Receivers) -> None:
    send_chat(SLACK, FrozenMessage(subject="x", text="1. 様式**\n- 別紙", html="<p>x</p>"))
    assert receivers.text().splitlines()[1:] == ["1. 様式∗∗  ", "- 別紙"]


def test_an_address_with_such_signs_is_whole_in_slack(receivers: Receivers) -> None:
    url = "https://www.soumu.go.jp/~a/＊_b_.pdf"
    (change,) = together("document replaced")
    send_chat(SLACK, message(replace(change, url=url), style="markdown"))
    assert f"<{url}|リンク先を開く>" in receivers.text()


def test_discord_hides_nothing_of_what_a_page_says_and_makes_no_picture_of_it(receivers: Receivers) -> None:
    send_chat(DISCORD, told_of("||伏字|| :smile: 10:30:45", DISCORD))
    text = receivers.text()
    assert "\\||伏字\\|| :\u200bsmile: 10:30:45" in text
    assert not re.search(r"(?<!\\)\|\|", text)


def ntfy(httpserver: HTTPServer) -> str:
    httpserver.expect_request("/", method="POST").respond_with_json({})
    return f"ntfy://127.0.0.1:{httpserver.port}/{'t' * 64}"


@pytest.mark.parametrize(
    "made",
    [
        FrozenMessage(subject="題" * 150, text="文" * 10_000, html=None),
        FrozenMessage(subject="題" * 150, text="一行の文\n" * 2_000, html="<p>x</p>"),
    ],
    ids=["written for another address", "written for mail"],
)
def test_ntfy_gets_a_message_that_is_long_as_one_and_not_as_a_file(made: FrozenMessage, httpserver: HTTPServer) -> None:
    send_chat(ntfy(httpserver), made)
    (body,) = received(httpserver)
    assert body["title"] == made.subject
    assert len(body["message"]) > 900


def test_what_is_written_for_ntfy_is_not_cut_on_the_way(httpserver: HTTPServer) -> None:
    url = ntfy(httpserver)
    made = message(*batch(), style=chat_style(url), limit=body_limit(url))
    send_chat(url, made)
    (body,) = received(httpserver)
    assert body["message"].rstrip() == made.text.rstrip()
    assert "…ほか " in made.text


@pytest.mark.parametrize("service", ["discord", "teams"])
def test_a_long_message_made_for_mail_is_cut_at_a_line(service: str, receivers: Receivers) -> None:
    lines = "\n".join(f"{number}行目の文です。@everyone *x*" for number in range(1000))
    send_chat(receivers.urls[service], FrozenMessage(subject="@everyone", text=lines, html="<p>x</p>"))
    text = receivers.text()
    assert text.rstrip().endswith("\n…")
    assert "@everyone" not in text


@pytest.mark.parametrize("service", SERVICES)
def test_no_picture_is_loaded_from_elsewhere(service: str, receivers: Receivers) -> None:
    url = receivers.urls[service]
    send_chat(url, written_for(url, "plan amended again"))
    assert "githubusercontent" not in json.dumps(receivers.got())
    assert "github.com" not in json.dumps(receivers.got())


def test_discord_shows_no_preview_of_every_page_linked(receivers: Receivers) -> None:
    send_chat(DISCORD, written_for(DISCORD, "plan amended again"))
    assert receivers.got()[0]["flags"] == 4


@pytest.mark.parametrize(
    ("url", "limit"),
    [
        (SLACK, 33_250),
        # A Discord message holds its title, too; a line from a service without a title begins with it.
        (DISCORD, 1650),
        ("workflows://prod-1.japaneast.logic.azure.com:443/643e69f8/iAmSecret", 3800),
        ("json://127.0.0.1/hook", 31_129),
        ("ntfy://127.0.0.1/topic", 985),
        ("d7sms://token@15551231234", 0),
        ("nonsense://x", None),
    ],
)
def test_the_limit_of_a_service_is_known(url: str, limit: int | None) -> None:
    assert body_limit(url) == limit


signs = st.sampled_from(
    ["<!channel>", "<@U123>", "<http://evil.example|x>", "@everyone", "<@&123>", "[x](http://evil.example)", "&", "申"]
)


@given(st.lists(signs, min_size=1, max_size=6).map("".join))
def test_slack_is_handed_no_mention_and_no_link_of_a_page(words: str) -> None:
    (change,) = together("document renamed")
    after = {**(change.after or {}), "title": words}
    made = message(replace(change, after=after), style="markdown")
    shown = _slack_dialect(made.text)
    assert "<!" not in shown
    assert "<@" not in shown
    assert "<http://evil" not in shown


def _slack_dialect(text: str) -> str:
    check_url(SLACK)  # loads apprise, whose own warnings are no news
    from apprise.plugins.slack import NotifySlack  # noqa: PLC0415

    return str(NotifySlack._commonmark_to_slack(text))
