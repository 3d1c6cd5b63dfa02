"""A page that moves, goes and comes back, as the installed command tells it."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.end_to_end.conftest import PAGE, Desk, MailBox, configuration


class Site(ThreadingHTTPServer):
    """Serves the page at /new.html; /old.html leads there with `status` or, at 200, is the page itself."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.status = 200
        self.asked: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Answer(BaseHTTPRequestHandler):
    server: Site
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        status = {"/robots.txt": 404, "/new.html": 200}.get(self.path, self.server.status)
        body = PAGE.read_bytes() if status == 200 else b""
        self.send_response(status)
        if status in {301, 302, 308}:
            self.send_header("Location", "/new.html")
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def moving() -> Iterator[Site]:
    with Site() as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()


def subjects(mailbox: MailBox, to: str) -> list[str]:
    return [str(mail["Subject"]) for mail in mailbox.received if mail["To"] == to]


def test_a_page_that_moved_for_good_is_followed_and_told_once_with_its_new_address(
    desk: Desk, moving: Site, mailbox: MailBox
) -> None:
    desk.configure(configuration(f"{moving.url}/old.html", mailbox.port))
    with mailbox.open():
        desk.run("check")
        moving.status = 302
        passing = desk.run("check", "--json").json["pages"][0]
        moving.status = 301
        ended = [desk.run("check", "--json").json["pages"][0] for _ in range(2)]
    assert (passing["outcome"], passing["changes"]) == ("unchanged", [])
    assert [[change["change"] for change in page["changes"]] for page in ended] == [["page.moved"], []]
    assert ended[0]["changes"][0]["url"] == f"{moving.url}/new.html"
    assert len(subjects(mailbox, "desk@example.jp")) == 1
    assert moving.asked[-1] == "/new.html"


def test_a_page_that_is_gone_is_told_at_the_third_check_and_when_it_is_back(
    desk: Desk, moving: Site, mailbox: MailBox
) -> None:
    desk.configure(configuration(f"{moving.url}/old.html", mailbox.port))
    with mailbox.open():
        desk.run("check")
        moving.status = 410
        ended = [desk.run("check", "--json") for _ in range(3)]
        moving.status = 200
        ended.append(desk.run("check", "--json"))
    assert [check.status for check in ended] == [4, 4, 4, 0]
    told = [[change["change"] for change in check.json["pages"][0]["changes"]] for check in ended]
    assert told == [[], [], ["page.gone"], ["page.restored"]]
    assert len(subjects(mailbox, "desk@example.jp")) == 2
    assert [subject for subject in subjects(mailbox, "operator@example.jp") if "取得失敗" in subject] == []
