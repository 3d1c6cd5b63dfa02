"""Log lines: one an event, no secret, nothing of a page that could forge one."""

import io
import json
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

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


def test_as_json_a_line_is_an_object_in_which_nothing_of_the_above_differs(stream: io.StringIO) -> None:
    logs.configure(secrets=["hunter2"], stream=stream, log_format=logs.LogFormat.JSON)
    logging.getLogger("x").warning("総務省 %s", 'hunter2"\n\u202e')
    (line,) = stream.getvalue().splitlines()

    shown = json.loads(line)
    assert datetime.fromisoformat(shown.pop("time")).utcoffset() == timedelta(hours=9)
    assert shown == {"level": "WARNING", "logger": "x", "message": '総務省 ***"\\n\\u202e'}


def test_as_json_a_traceback_stays_on_the_line(stream: io.StringIO) -> None:
    logs.configure(secrets=["hunter2"], stream=stream, log_format=logs.LogFormat.JSON)
    try:
        int("hunter2")
    except ValueError:
        logging.getLogger("x").exception("it failed")
    (line,) = stream.getvalue().splitlines()

    assert json.loads(line)["error"].endswith("ValueError: invalid literal for int() with base 10: '***'")
