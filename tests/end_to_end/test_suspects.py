"""Each saved body that stands in a page's place, served after a good page to the installed command, all at once."""

import json
import threading
import tomllib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

import pytest

from tests.end_to_end.conftest import Desk, Ended, MailBox, configuration

PAGES: Final = Path(__file__).parents[1] / "pages"
EXPECTED: Final[dict[str, dict[str, Any]]] = {
    name: entry
    for name, entry in tomllib.loads((PAGES / "suspects" / "expected.toml").read_text("utf-8")).items()
    if "reason" in entry or "after_good" in entry
}
NAMES: Final = {f"p{number}": name for number, name in enumerate(EXPECTED)}


class Site(ThreadingHTTPServer):
    """Serves at /ID.html the good page of each saved body or, `in_trouble`, that body."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.in_trouble = False


class _Answer(BaseHTTPRequestHandler):
    server: Site
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        name = NAMES.get(self.path.strip("/").removesuffix(".html"))
        if name is None:
            self.send_error(404)
            return
        entry = EXPECTED[name]
        good = PAGES / entry.get("before", "support/accordion-lists.html")
        body = (PAGES / "suspects" / name if self.server.in_trouble else good).read_bytes()
        self.send_response(200)
        content_type = entry.get("content_type", "text/html") if self.server.in_trouble else "text/html"
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving() -> Iterator[Site]:
    with Site() as site:
        threading.Thread(target=site.serve_forever, args=(0.02,), daemon=True).start()
        yield site
        site.shutdown()


@dataclass
class Story:
    """What the command said and sent at each step, the incidents at the worst, and what is stored at the end."""

    checks: dict[str, Ended] = field(default_factory=dict)
    mails: dict[str, list[EmailMessage]] = field(default_factory=dict)
    incidents: list[dict[str, Any]] = field(default_factory=list)
    export: dict[str, Any] = field(default_factory=dict)

    def outcomes(self, step: str) -> dict[str, str]:
        return {NAMES[page["page"]]: page["outcome"] for page in self.checks[step].json["pages"]}


def told(desk: Desk, mailbox: MailBox) -> Story:
    """Good pages, each saved body twice, good pages again."""
    story = Story()
    with serving() as site, mailbox.open():
        desk.configure(_settings(site, mailbox))
        for step, in_trouble in (("good", False), ("suspect", True), ("again", True), ("recovered", False)):
            site.in_trouble = in_trouble
            seen = len(mailbox.received)
            story.checks[step] = desk.run("check", "--json")
            story.mails[step] = mailbox.received[seen:]
            if step == "again":
                story.incidents = desk.run("status", "--json").json["incidents"]
        story.export = desk.run("export", "--format", "json").json
    return story


def _settings(site: Site, mailbox: MailBox) -> str:
    """As `configuration`, with a page for each saved body."""
    before, _, rest = configuration("URL", mailbox.port).partition("[[pages]]")
    address = f"http://127.0.0.1:{site.server_address[1]}"
    pages = [f'[[pages]]\nid = "{page}"\nurl = "{address}/{page}.html"\n' for page in NAMES]
    return before + "\n".join(pages) + rest.partition('url = "URL"')[2]


@pytest.mark.timeout(300)
def test_what_stands_in_a_pages_place_is_suspect_and_never_a_change(desk: Desk, mailbox: MailBox) -> None:
    """A single test, because the four checks take their time: what differs is named."""
    story = told(desk, mailbox)
    good = {name: entry.get("before", "support/accordion-lists.html") for name, entry in EXPECTED.items()}
    found = {
        "statuses": [ended.status for ended in story.checks.values()],
        "outcomes": [story.outcomes(step) for step in story.checks],
        "reasons": {NAMES[incident["page"]]: incident["reason"] for incident in story.incidents},
        "kinds of incidents": {incident["kind"] for incident in story.incidents},
        "lines on stderr": [_named(ended.err) for ended in story.checks.values()],
        "mails": [Counter(str(mail["To"]) for mail in mails) for mails in story.mails.values()],
        "changes": [change["change"] for page in story.export["pages"] for change in page["changes"]],
        "versions": {NAMES[page["id"]]: len(page["records"]) for page in story.export["pages"]},
    }
    operator, once = Counter({"operator@example.jp": len(EXPECTED)}), Counter([*NAMES])
    assert found == {
        "statuses": [0, 5, 5, 0],
        "outcomes": [dict.fromkeys(EXPECTED, word) for word in ("baseline", "suspect", "suspect", "unchanged")],
        "reasons": {name: entry.get("reason") or entry["after_good"] for name, entry in EXPECTED.items()},
        "kinds of incidents": {"page.suspect"},
        "lines on stderr": [Counter(), once, once, Counter()],
        "mails": [Counter(), operator, Counter(), operator],
        "changes": [],
        "versions": {name: _count(page) for name, page in good.items()},
    }


def _named(said: str) -> Counter[str]:
    return Counter(page for line in said.splitlines() for page in NAMES if f"page {page}:" in line)


@cache
def _count(page: str) -> int:
    return len(json.loads((PAGES / page).with_suffix(".expected.json").read_text("utf-8"))["records"])
