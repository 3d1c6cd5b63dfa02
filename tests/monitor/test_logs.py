"""Log lines: one an event, no secret, nothing of a page that could forge one."""

import io
import logging
from collections.abc import Iterator

import pytest

from monitor import logs


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = (root.level, root.handlers[:])
    yield io.StringIO()
    root.setLevel(before[0])
    root.handlers[:] = before[1]


def test_a_line_break_of_a_page_does_not_forge_a_line(stream: io.StringIO) -> None:
    logs.configure(stream=stream)
    logging.getLogger("x").warning("title: %s", "a\n2024-01-01 ERROR forged\x1b[2J\u202e")
    assert stream.getvalue().endswith("WARNING x: title: a\\n2024-01-01 ERROR forged\\x1b[2J\\u202e\n")


def test_a_secret_shows_as_stars(stream: io.StringIO) -> None:
    logs.configure(secrets=["hunter2"], stream=stream)
    logging.getLogger("x").warning("login with %s", "hunter2")
    assert stream.getvalue().endswith("login with ***\n")


def test_japanese_stays_readable(stream: io.StringIO) -> None:
    logs.configure(stream=stream)
    logging.getLogger("x").warning("総務省　髙田㈱")
    assert "総務省" in stream.getvalue()


def test_libraries_speak_only_of_trouble(stream: io.StringIO) -> None:
    logs.configure(logging.INFO, stream=stream)
    logging.getLogger("httpx").info("HTTP Request")
    assert stream.getvalue() == ""
