"""Words of a page that would do harm in a terminal, a mail header or a template: the installed command tames them."""

import threading
from collections.abc import Iterator
from email.message import EmailMessage
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.end_to_end.conftest import Desk, MailBox, configuration

HOSTILE = (
    "&#27;[31m&#27;]0;owned&#7;%s%n{{ 7*7 }}{% raw %}${PATH}{0}<script>alert(1)</script>"
    "&#13;&#10;Bcc: evil@example.jp&#x202e;gro&#x2028;&#0;&#x85;'\"&lt;img src=x onerror=alert(2)&gt;"
)
"""As a page writes it: within a tag's text; the script is markup there, the img is words."""
HARMLESS = "認定申請書"


def page(title: str, documents: list[str]) -> bytes:
    items = "".join(f'<li><a href="/main_content/{at}.pdf">{name}</a></li>' for at, name in enumerate(documents))
    return (
        f'<!DOCTYPE html><html lang="ja"><head><meta charset="UTF-8"><title>{title}</title></head><body>'
        f'<div id="contents" class="contentsBody"><h1>{title}</h1><h2>様式</h2><ul>{items}</ul></div></body></html>'
    ).encode()


def parts(mail: EmailMessage) -> tuple[str, str]:
    """The plain text and the HTML of a mail."""
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    return tuple(part.get_content().replace("\r\n", "\n") for part in (text, html))  # type: ignore[return-value]


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def assert_tame(mail: EmailMessage) -> None:
    assert "Bcc" not in mail
    assert all(str(value).isprintable() for value in mail.values()), mail.items()
    text, html = parts(mail)
    assert [char for char in text if not (char.isprintable() or char in "\n\t\u3000")] == []
    assert [written for written in (text, html) if "{{ 7*7 }}" not in written] == []  # a template would make it 49
    elements = _Elements()
    elements.feed(html)
    assert [tag for tag, _ in elements.found if tag in {"script", "img", "iframe"}] == []
    assert [attrs for _, attrs in elements.found if any(name.startswith("on") for name in attrs)] == []


def assert_printable(said: str) -> None:
    assert [char for char in said if not (char.isprintable() or char == "\n")] == []


UNESCAPED = HOSTILE.replace("<script>alert(1)</script>", "")
GOOD = page("様式の一覧", [HARMLESS])
IN_ITS_PLACE = {
    "notice": page(UNESCAPED, []).replace(b"<h1>", b"<h1>404 Not Found</h1><h1>"),
    "xml": f"<?xml version='1.0'?><Error><Code>{UNESCAPED}</Code></Error>".encode(),
    "refresh": f'<html><meta http-equiv="refresh" content="0;url=/{UNESCAPED.replace(chr(34), "")}"></html>'.encode(),
    "title": page(HOSTILE, [HARMLESS]),
}


class Site(ThreadingHTTPServer):
    """Answers /ID with `bodies[ID]`, and sends whoever asks for another on to `elsewhere`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.bodies: dict[str, bytes] = {}
        self.elsewhere = ""

    def settings(self, mailbox: MailBox) -> str:
        """As `configuration`, with a page for each body, and the operator told of the first failure."""
        before, _, rest = configuration("URL", mailbox.port).partition("[[pages]]")
        address = f"http://127.0.0.1:{self.server_address[1]}"
        pages = "".join([f'[[pages]]\nid = "{name}"\nurl = "{address}/{name}"\n' for name in self.bodies])
        settings = "\n[monitor]\nincident_after = 1\n"
        return (
            before.replace("[fetch]", "[fetch]\nrespect_robots = false") + pages + rest.partition('"URL"')[2] + settings
        )


class _Answer(BaseHTTPRequestHandler):
    server: Site
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = self.server.bodies[self.path[1:]]
        self.send_response(200 if body else 302)
        if not body:
            self.send_header("Location", self.server.elsewhere)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()


def test_a_changes_words_are_words_in_the_mail_and_on_the_terminal(desk: Desk, site: Site, mailbox: MailBox) -> None:
    site.bodies["ict"] = page(HOSTILE, [HOSTILE])
    desk.configure(site.settings(mailbox))
    with mailbox.open():
        desk.run("check")
        site.bodies["ict"] = page(HOSTILE, [HOSTILE, HARMLESS + HOSTILE])
        [change] = desk.run("check", "--json").json["pages"][0]["changes"]
    [mail] = mailbox.received
    assert mail["To"] == "desk@example.jp"
    assert_tame(mail)
    for arguments in (["changes"], ["records", "ict"], ["history", "ict", f"document:{change['key']}"]):
        shown = desk.run(*arguments)
        assert shown.status == 0
        assert_printable(shown.out + shown.err)


def test_what_the_operator_is_told_of_suspect_pages_is_tame(desk: Desk, site: Site, mailbox: MailBox) -> None:
    site.bodies = dict.fromkeys(IN_ITS_PLACE, GOOD)
    desk.configure(site.settings(mailbox))
    with mailbox.open():
        desk.run("check")
        site.bodies = IN_ITS_PLACE
        ended = desk.run("check")
    assert (ended.status, ended.err.count("\n")) == (5, len(IN_ITS_PLACE))
    assert_printable(ended.err)
    assert mailbox.recipients == ["operator@example.jp"] * len(IN_ITS_PLACE)
    for mail in mailbox.received:
        assert_tame(mail)


def test_what_a_server_says_is_tame_in_log_and_mail(desk: Desk, site: Site, mailbox: MailBox) -> None:
    site.bodies, site.elsewhere = {"ict": b""}, "ftp://127.0.0.1/{{ 7*7 }}%s\u00e9\u0085"
    desk.configure(site.settings(mailbox))
    with mailbox.open():
        ended = desk.run("check")
    assert ended.status == 4
    assert_printable(ended.err)
    [mail] = mailbox.received
    assert mail["To"] == "operator@example.jp"
    assert all(str(value).isprintable() for value in mail.values())
    assert "7*7" in parts(mail)[0]
