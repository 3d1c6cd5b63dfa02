"""What a changed version costs on the disk."""

import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest

from parsers import parse

PAGE = Path(__file__).parents[1] / "pages" / "support" / "accordion-lists.html"
URL = "https://www.soumu.go.jp/main_sosiki/joho_tsusin/top/local_support/ict/support/index.html"
NOTE = "令和6年1月23日変更"
HEADERS = (
    ("Date", "Fri, 26 Apr 2024 01:30:00 GMT"),
    ("Server", "Apache"),
    ("Last-Modified", "Fri, 26 Apr 2024 01:00:00 GMT"),
    ("ETag", '"753d-616f3a"'),
    ("Accept-Ranges", "bytes"),
    ("Content-Length", "29984"),
    ("Content-Type", "text/html"),
)


def size(file):
    """Of the database, when all of its log is in it."""
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return file.stat().st_size


@pytest.fixture
def watch(store, site):
    """Checks the saved page with the date that one plan has on a day after New Year."""

    def check(day):
        amended = date(2024, 1, 1) + timedelta(days=day)
        note = f"令和{amended.year - 2018}年{amended.month}月{amended.day}日変更"
        body = PAGE.read_bytes().replace(NOTE.encode(), note.encode())
        content = parse(body, url=URL)
        return site.shows(content=content, body=body, url=URL, final_url=URL, headers=HEADERS).outcome

    return check


def test_a_changed_version_takes_two_kilobytes_all_told(watch, site, file):
    site.route = lambda page, changes: []
    watch(0)
    before = size(file)
    outcomes = {watch(day) for day in range(1, 201)}
    assert outcomes == {"changed"}

    assert (size(file) - before) / 200 <= 2000


def test_an_unchanged_check_writes_a_row_and_no_more(watch, site, file):
    watch(0)
    for _ in range(20):
        site.is_not_modified()
    before = size(file)
    for _ in range(500):
        site.is_not_modified()

    assert (size(file) - before) / 500 < 150
