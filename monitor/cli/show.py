"""What people and machines read: tables, JSON, CSV on stdout; everything else on stderr.

Text of a page is shown as it is: never as rich's markup, and never a terminal's control characters.
"""
# ruff: noqa: PLC0415  (what is heavy loads where it is used: a command that needs none of it starts at once)

import csv
import io
import json
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, TextIO
from zoneinfo import ZoneInfo

JAPAN = ZoneInfo("Asia/Tokyo")
_WIDTH_OF_A_PIPE = 160


class Format(StrEnum):
    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def printable(text: str) -> str:
    """`text` on one line without control characters, which could rewrite the reader's terminal."""
    return "".join(char if char.isprintable() or char == "\u3000" else " " for char in text)


def local(moment: datetime | None) -> str:
    """`moment` (aware) as people in Japan write it, to the minute; a dash for none."""
    return f"{moment.astimezone(JAPAN):%Y-%m-%d %H:%M}" if moment else "–"


def iso(moment: datetime | None) -> str | None:
    """`moment` (aware) in ISO 8601 with +09:00, to the second."""
    return moment.astimezone(JAPAN).isoformat(timespec="seconds") if moment else None


def write(text: str) -> None:
    """Put `text` on stdout at once.

    A reader that has gone (`| head`) is no error: what is left to say goes nowhere, and the command ends with
    the status it has earned.
    """
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        drop_stdout()


def drop_stdout() -> None:
    """From now on, stdout goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell(line: str) -> None:
    """One line on stderr."""
    sys.stderr.write(printable(line) + "\n")
    sys.stderr.flush()


def write_json(document: Any) -> None:
    """One JSON document on stdout: as it is read where the terminal can, in ASCII where it cannot."""
    readable = (sys.stdout.encoding or "").lower().replace("-", "") in {"utf8", "utf8sig"}
    write(json.dumps(document, ensure_ascii=not readable, indent=2) + "\n")


def write_table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], *, title: str = "", unbroken: Sequence[int] = ()
) -> None:
    """A table for people; the columns numbered in `unbroken` are never wrapped."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    stdout: TextIO = sys.stdout
    console = Console(file=stdout, width=None if stdout.isatty() else _pipe_width(), emoji=False)
    table = Table(box=box.SIMPLE_HEAD, title=Text(title) if title else None, title_justify="left", pad_edge=False)
    for number, column in enumerate(columns):
        table.add_column(column, overflow="fold", min_width=len(column), no_wrap=number in unbroken)
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    with console.capture() as captured:
        console.print(table)
    write("\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n")


def _pipe_width() -> int:
    asked = os.environ.get("COLUMNS", "")
    return int(asked) if asked.isdecimal() and int(asked) > 0 else _WIDTH_OF_A_PIPE


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """CSV as spreadsheets read it: RFC 4180, UTF-8 with a byte order mark, no cell taken for a formula."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(columns)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    write("\ufeff" + lines.getvalue())


def _harmless(cell: str) -> str:
    """An apostrophe before what a spreadsheet would run (OWASP, "CSV Injection")."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")) else cell
