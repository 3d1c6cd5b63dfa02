"""What goes to stdout, and that a page's text cannot do harm there."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest

from monitor.cli.show import iso, local, write_csv, write_json, write_table

Captured = pytest.CaptureFixture[str]


def test_times_are_shown_in_japan() -> None:
    assert local(datetime(2024, 11, 4, 15, 5, tzinfo=UTC)) == "2024-11-05 00:05"


def test_machines_get_times_with_their_offset() -> None:
    assert iso(datetime(2024, 11, 4, 15, 5, tzinfo=UTC)) == "2024-11-05T00:05:00+09:00"


def test_json_keeps_japanese_readable(capsys: Captured) -> None:
    write_json({"title": "富士通株式会社"})
    out = capsys.readouterr().out
    assert "富士通株式会社" in out
    assert json.loads(out) == {"title": "富士通株式会社"}


def test_text_that_looks_like_markup_is_shown_as_it_is(capsys: Captured) -> None:
    write_table(("title",), [("[bold]様式[/bold] :smile: [R5]",)])
    assert "[bold]様式[/bold] :smile: [R5]" in capsys.readouterr().out


def test_a_pages_text_cannot_move_the_cursor(capsys: Captured) -> None:
    write_table(("title",), [("様式\x1b[2J\r\n改",)])
    assert "様式 [2J  改" in capsys.readouterr().out


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"])
def test_a_cell_that_a_spreadsheet_would_run_is_defused(cell: str, capsys: Captured) -> None:
    write_csv(("title",), [(cell,)])
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out.removeprefix("\ufeff"), newline="")))
    assert rows == [["title"], ["'" + cell]]


def test_csv_begins_with_the_mark_by_which_spreadsheets_know_utf8(capsys: Captured) -> None:
    write_csv(("title",), [])
    assert capsys.readouterr().out.startswith("\ufeff")
