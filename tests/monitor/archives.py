"""A folder in which commands run: a config.toml, two saved pages, and ways to fill the database and WARC files."""

import io
import subprocess
import sysconfig
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from monitor.warc_export import WarcExport
from parsers import parse
from storage.observation import ArchivedBody, Observation, PageInfo, Problem
from storage.store import Store
from tests.monitor.command_line import Command, command_in

URL = "https://www.soumu.go.jp/ict/index.html"
MOVED = "https://www.soumu.go.jp/new/ict.html"
APRIL, NOVEMBER = (files("monitor.demo").joinpath(name).read_bytes() for name in ("2024-04-26.html", "2024-11-05.html"))
MAINTENANCE = "<html><body><h1>メンテナンスのお知らせ</h1><p>ただいま停止しています。</p></body></html>".encode()
AT = datetime(2024, 4, 26, 1, 30, tzinfo=UTC)
CONFIG = f"""
[[pages]]
id = "ict"
name = "支援施策"
url = "{URL}"

[[pages]]
id = "press"
url = "https://www.soumu.go.jp/press/"

[[subscribers]]
name = "desk"
to = ["desk@example.jp"]
"""


def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """What runs a command line in a folder with a config.toml and two saved pages."""
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "20240426103000.html").write_bytes(APRIL)
    (tmp_path / "20241105090000.html").write_bytes(NOVEMBER)

    return command_in(tmp_path, monkeypatch, capsys)


MONITOR = Path(sysconfig.get_path("scripts")) / "ministry-monitor"


def process(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([MONITOR, *arguments], capture_output=True, check=False)


SAVED = ("20240426103000.html", "20241105090000.html")


def opened() -> Store:
    return Store.open("sqlite:///data/monitor.db")


def live(at: datetime, body: bytes, *, url: str = URL, problem: Problem | None = None, **what: Any) -> None:
    """A check of the page."""
    headers = (("content-type", "text/html"), ("content-encoding", "gzip"), ("date", f"{at}"), ("content-length", "9"))
    with opened() as store:
        store.save(
            Observation(
                page="ict",
                url=URL,
                name="支援施策",
                at=at,
                seconds=0.1,
                http_status=200,
                final_url=url,
                headers=headers,
                body=body,
                content=None if problem else parse(body, url=url),
                problem=problem,
                **what,
            ),
            lambda *_: [],
        )


def warc(name: str, *bodies: tuple[datetime, bytes], foreign: bool = False) -> str:
    """A WARC file of the page, as this program writes it, or as another may."""
    out = io.BytesIO()
    WarcExport(out, at=AT, compress=False).add(
        PageInfo(id="ict", name="", url=URL),
        (
            ArchivedBody(
                snapshot=number,
                url=URL,
                at=at,
                http_status=200,
                headers=(),
                body=body,
                outcome="good",
                seen_at=(at,),
            )
            for number, (at, body) in enumerate(bodies)
        ),
    )
    content = out.getvalue()
    Path(name).write_bytes(content.replace(b"Ministry-Monitor-", b"X-Archive-") if foreign else content)
    return name
