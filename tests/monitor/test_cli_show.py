"""What goes to stdout, and that a page's text cannot do harm there."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest

from monitor.cli.show import OutputError, iso, local, write, write_csv, write_json, write_listing, write_table

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


URL = "https://www.soumu.go.jp/main_sosiki/joho_tsusin/top/local_support/ict/support/index.html"
ROWS = [("2024-11-05 00:05", "plan.amended", "富士通株式会社(全国5G・開発供給計画)の変更日が変わりました", URL)]


@pytest.mark.parametrize("width", ["40", "80", "160", "300"])
def test_no_letter_is_lost_however_narrow_the_terminal_is(
    width: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    write_table(("found", "change", "what", "url"), ROWS, unbroken=(0, 1, 3))
    out = capsys.readouterr().out
    assert URL in out
    assert "plan.amended" in out
    assert "富士通" in out


def test_a_key_stands_whole_on_a_line_of_its_own(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    key = "document:5G導入促進税制|特定高度情報通信技術活用システム導入計画申請書様式等|認定申請書(導入計画)"
    write_listing([(key, "認定申請書(導入計画)", "")])
    assert capsys.readouterr().out.splitlines() == [key, "    認定申請書(導入計画)"]


def test_a_full_disk_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:  # noqa: PTH123
        monkeypatch.setattr("sys.stdout", full)
        with pytest.raises(OutputError, match="stdout cannot be written"):
            write("x" * 100_000)
        monkeypatch.undo()


def test_a_closed_stdout_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", None)
    with pytest.raises(OutputError, match="it is closed"):
        write("x")
