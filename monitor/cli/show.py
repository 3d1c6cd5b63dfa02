"""What people and machines read: tables, JSON, CSV on stdout; everything else on stderr.

Text of a page is shown as it is: never as rich's markup, and never a terminal's control characters.
"""
# ruff: noqa: PLC0415  (what is heavy loads where it is used: a command that needs none of it starts at once)

import csv
import io
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from enum import StrEnum
from itertools import chain
from typing import Any, TextIO
from zoneinfo import ZoneInfo

from parsers.errors import MonitorError

JAPAN = ZoneInfo("Asia/Tokyo")
_WIDTH_OF_A_PIPE = 160
_LEAST_WIDTH = 20  # of a column whose cells are wrapped


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
        with _stdout_errors():
            sys.stdout.write(text)
            sys.stdout.flush()
    except BrokenPipeError:
        drop_stdout()


def write_bytes(data: bytes) -> None:
    """Put `data` on stdout at once. BrokenPipeError says that the reader has gone: no more need be made for it."""
    with _stdout_errors():
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


@contextmanager
def _stdout_errors() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except (AttributeError, ValueError, OSError) as error:
        if sys.stdout is not None and not isinstance(error, OSError):
            raise
        raise OutputError(
            "stdout cannot be written", why=getattr(error, "strerror", None) or "it is closed", todo="Redirect it"
        ) from error


class OutputError(MonitorError):
    """What a command has to say finds no place: stdout is closed, or its disk is full."""


def drop_stdout() -> None:
    """From now on, stdout goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell(line: str) -> None:
    """One line on stderr, if there is one."""
    with suppress(AttributeError, ValueError, OSError):
        sys.stderr.write(printable(line) + "\n")
        sys.stderr.flush()


def write_json(document: Any) -> None:
    """One JSON document on stdout: as it is read where the terminal can, in ASCII where it cannot."""
    write(json.dumps(document, ensure_ascii=not shows_unicode(), indent=2) + "\n")


def write_json_list(name: str, items: Iterable[Any]) -> None:
    """As `write_json` of {name: items}, with one item in memory at a time and on a line of its own."""
    ascii_only = not shows_unicode()
    write(f'{{"{name}": [')
    comma = ""
    for item in items:
        write(f"{comma}\n{json.dumps(item, ensure_ascii=ascii_only)}")
        comma = ","
    write("]}\n")


def shows_unicode() -> bool:
    """Whether what reads stdout takes it for UTF-8."""
    return (sys.stdout.encoding or "").lower().replace("-", "") in {"utf8", "utf8sig"}


def write_table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], *, title: str = "", unbroken: Sequence[int] = ()
) -> None:
    """A table for people; the columns numbered in `unbroken` are never wrapped.

    Where it would not fit without losing letters, each row is written as lines of "column: value" instead.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    stdout: TextIO = sys.stdout
    console = Console(file=stdout, width=None if stdout.isatty() else _pipe_width(), emoji=False)
    cells = [[printable(cell) for cell in row] for row in rows]
    if _needed(columns, cells, unbroken) > console.width:
        _write_blocks(columns, cells, title)
        return
    table = Table(box=box.SIMPLE_HEAD, title=Text(title) if title else None, title_justify="left", pad_edge=False)
    for number, column in enumerate(columns):
        least = max(len(column), 0 if number in unbroken else min(_LEAST_WIDTH, _widest(cells, number)))
        table.add_column(column, overflow="fold", min_width=least, no_wrap=number in unbroken)
    for row in cells:
        table.add_row(*map(Text, row))
    with console.capture() as captured:
        console.print(table)
    lines = [line.rstrip() for line in captured.get().splitlines()]
    write("\n".join(line for line in lines if line) + "\n")


def _needed(columns: Sequence[str], cells: Sequence[Sequence[str]], unbroken: Sequence[int]) -> int:
    """The least width at which no cell is cut or broken to pieces."""
    widths = []
    for number, column in enumerate(columns):
        widest = _widest(cells, number)
        widths.append(max(len(column), widest if number in unbroken else min(_LEAST_WIDTH, widest)))
    return sum(widths) + 3 * (len(widths) - 1) + 2  # of the box: between columns and at the edges


def _widest(cells: Sequence[Sequence[str]], number: int) -> int:
    from rich.cells import cell_len

    return max((cell_len(row[number]) for row in cells), default=0)


def _write_blocks(columns: Sequence[str], cells: Sequence[Sequence[str]], title: str) -> None:
    lines = [title] if title else []
    for row in cells:
        named = [(column, cell) for column, cell in zip(columns, row, strict=True) if cell]
        lines += [f"{'- ' if not at else '  '}{column}: {cell}" for at, (column, cell) in enumerate(named)]
    write("\n".join(lines) + "\n")


def write_listing(entries: Iterable[Sequence[str]], *, title: str = "") -> None:
    """Entries for people: the first part of each on a line of its own, whole, so that it can be copied."""
    lines = [printable(title), ""] if title else []
    for head, *details in entries:
        lines += [printable(head), *(f"    {printable(detail)}" for detail in details if detail)]
    write("\n".join(lines) + "\n")


def _pipe_width() -> int:
    asked = os.environ.get("COLUMNS", "")
    return int(asked) if asked.isdecimal() and int(asked) > 0 else _WIDTH_OF_A_PIPE


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """CSV on stdout, line by line."""
    for line in csv_lines(columns, rows):
        write(line)


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """CSV as spreadsheets read it: RFC 4180, a byte order mark first, no cell taken for a formula. It wants UTF-8."""
    line = io.StringIO()
    writer = csv.writer(line)
    yield "\ufeff"
    for row in chain([columns], rows):
        writer.writerow([_harmless(cell) for cell in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _harmless(cell: str) -> str:
    """An apostrophe before what a spreadsheet would run (OWASP, "CSV Injection"); no character that moves a cursor."""
    cell = "".join(char if char.isprintable() or char in "\t\r\n\u3000" else " " for char in cell)
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")) else cell
