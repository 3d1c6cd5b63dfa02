"""Spellings of dates and notes, published ones and their kin, are read as a person reads them."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from parsers.notes import bound_in_title, note_alone, read_note, split_title
from parsers.records import Period

DATA: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parent / "data" / "spellings.toml").read_text("utf-8")
)
BOUNDING = [case for case in DATA["note"] if "periods" in case]
NOTES_ONLY = [case for case in DATA["note"] if "periods" not in case]


def by_note(case: dict[str, Any]) -> str:
    return str(case.get("note") or case.get("text"))


def by_text(case: dict[str, Any]) -> str:
    return str(case.get("text") or case.get("line"))


def spans(case: dict[str, Any]) -> tuple[Period, ...]:
    """The periods a case expects."""
    return tuple(
        Period(label=item.get("label"), start=item.get("from"), end=item.get("until"))
        for item in case.get("periods", [])
    )


@pytest.mark.parametrize("case", DATA["note"], ids=by_note)
def test_a_note_has_the_date_a_person_reads(case: dict[str, Any]) -> None:
    assert read_note(case["note"]).date == case.get("date")


@pytest.mark.parametrize("case", [case for case in DATA["note"] if "date" in case], ids=by_note)
def test_a_note_has_the_kind_of_date_a_person_reads(case: dict[str, Any]) -> None:
    assert read_note(case["note"]).date_kind == case["date_kind"]


@pytest.mark.parametrize("case", DATA["note"], ids=by_note)
def test_a_note_warns_where_a_person_would_doubt(case: dict[str, Any]) -> None:
    assert bool(read_note(case["note"]).trouble) == case.get("warned", False)


@pytest.mark.parametrize("case", BOUNDING, ids=by_note)
def test_a_note_that_bounds_something_sets_its_period(case: dict[str, Any]) -> None:
    assert read_note(case["note"]).periods == spans(case)


@pytest.mark.parametrize("case", NOTES_ONLY, ids=by_note)
def test_a_note_that_bounds_nothing_sets_no_period(case: dict[str, Any]) -> None:
    assert read_note(case["note"]).periods == ()


@pytest.mark.parametrize("case", DATA["title"], ids=by_text)
def test_a_trailing_bracket_is_a_note_only_where_it_is_one(case: dict[str, Any]) -> None:
    titled = split_title(case["text"])
    assert (titled.title, titled.note) == (case.get("title", case["text"]), case.get("note"))


@pytest.mark.parametrize("case", DATA["title"], ids=by_text)
def test_a_title_sets_a_span_only_where_its_bracket_says_since_or_before(case: dict[str, Any]) -> None:
    assert bound_in_title(case["text"]) == spans(case)


@pytest.mark.parametrize("case", DATA["alone"], ids=by_text)
def test_a_bracket_alone_on_its_line_is_a_note_only_where_it_is_one(case: dict[str, Any]) -> None:
    assert note_alone(case["line"]) == case.get("note")
