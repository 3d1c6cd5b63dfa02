"""Lines of prose name the periods a person reads in them, and say whether a reception is over."""

import tomllib
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from parsers.periods import periods_in
from parsers.records import Period
from parsers.sections import is_closed

DATA: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parent / "data" / "periods.toml").read_text("utf-8")
)
NAMING = [case for case in DATA["case"] if "periods" in case]
SILENT = [case for case in DATA["case"] if "periods" not in case]
LABELLED = [case for case in NAMING if all("label" in period for period in case["periods"])]
OVER = [case["line"] for case in DATA["reception"] if case["closed"]]
OPEN = [case["line"] for case in DATA["reception"] if not case["closed"]]


def read(case: dict[str, Any]) -> tuple[Period, ...]:
    own = case.get("own")
    return periods_in(case["lines"], heading=case.get("heading", ""), own_date=own.isoformat() if own else None)


def by_lines(case: dict[str, Any]) -> str:
    return "/".join([case.get("heading", ""), *case["lines"]])[:80]


def instant(moment: str | None) -> str | None:
    """24:00 is the first moment of the next day; both ways of writing it are right."""
    if moment is None or not moment.endswith("T24:00"):
        return moment
    return f"{date.fromisoformat(moment[:10]) + timedelta(days=1)}T00:00"


def spans(periods: Sequence[Period]) -> list[tuple[str | None, str | None]]:
    return [(instant(period.start), instant(period.end)) for period in periods]


def labels_of(period: dict[str, Any]) -> list[str]:
    label = period["label"]
    return label if isinstance(label, list) else [label]


@pytest.mark.parametrize("case", NAMING, ids=by_lines)
def test_lines_name_the_spans_a_person_reads(case: dict[str, Any]) -> None:
    wanted = [(instant(period.get("from")), instant(period.get("until"))) for period in case["periods"]]
    assert spans(read(case)) == wanted


@pytest.mark.parametrize("case", LABELLED, ids=by_lines)
def test_a_span_is_called_what_the_page_calls_it(case: dict[str, Any]) -> None:
    called = [period.label or "" for period in read(case)]
    wanted = [labels_of(period) for period in case["periods"]]
    assert len(called) == len(wanted)
    assert all(label in among for label, among in zip(called, wanted, strict=True)), (called, wanted)


@pytest.mark.parametrize("case", SILENT, ids=by_lines)
def test_lines_that_bound_nothing_name_no_period(case: dict[str, Any]) -> None:
    assert read(case) == ()


@pytest.mark.parametrize("line", OVER)
def test_a_line_that_ends_a_reception_closes(line: str) -> None:
    assert is_closed(line)


@pytest.mark.parametrize("line", OPEN)
def test_a_line_that_ends_no_reception_leaves_it_open(line: str) -> None:
    assert not is_closed(line)
