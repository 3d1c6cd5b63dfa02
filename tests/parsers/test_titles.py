"""Real titles of Japanese ministries: no title breaks the reader, and 200 are read as a person reads them."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.dates import normalised, read_date
from parsers.notes import bound_in_title, note_alone, read_note, split_title
from parsers.periods import periods_in
from parsers.sections import is_closed

DATA = Path(__file__).parent / "data"
TITLES = (DATA / "titles.tsv").read_text("utf-8").splitlines()
READ = list(
    csv.DictReader((DATA / "titles_read.tsv").read_text("utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
)
NOTED = [row for row in READ if row["note"]]
DATED = [row for row in READ if row["date"]]
HOSTILE = "年月日度末元令和平成RHS./()（）【】〔〕［］〜～-0123４５〇一二十正午時分:まで以降から本同翌版変更㋿\u3000²①"


def read_everything(text: str) -> None:
    """Hands one text to every reader of dates, notes and periods."""
    titled = split_title(text)
    for part in filter(None, (titled.title, titled.note, text)):
        read_note(part)
        note_alone(part)
        bound_in_title(part)
        is_closed(part)
    periods_in([text], heading=text, own_date="2024-08-01")
    periods_in([text, text])
    folded = normalised(text)
    for start in range(len(folded) + 1):
        read_date(folded, start)


def by_text(row: dict[str, str]) -> str:
    return row["text"][:60]


def test_the_sample_is_two_hundred_of_the_real_titles() -> None:
    assert len(TITLES) == 2360
    assert len({row["text"] for row in READ} & set(TITLES)) == 200


@pytest.mark.parametrize("row", READ, ids=by_text)
def test_a_title_is_what_a_person_reads(row: dict[str, str]) -> None:
    titled = split_title(row["text"])
    assert (titled.title, titled.note or "") == (row["title"], row["note"])


@pytest.mark.parametrize("row", NOTED, ids=by_text)
def test_the_note_of_a_title_says_what_a_person_reads(row: dict[str, str]) -> None:
    reading = read_note(row["note"])
    assert (reading.date or "", (reading.date and reading.date_kind) or "") == (row["date"], row["date_kind"])


@pytest.mark.parametrize("row", DATED, ids=by_text)
def test_a_note_that_is_understood_warns_of_nothing(row: dict[str, str]) -> None:
    assert read_note(row["note"]).trouble is None


def test_no_real_title_breaks_a_reader() -> None:
    for title in TITLES:
        read_everything(title)


def test_nothing_of_a_real_title_is_lost_or_made_up() -> None:
    for title in TITLES:
        titled, seen = split_title(title), title.replace("\u200b", "")
        assert titled.title, title
        assert titled.title in seen
        assert (titled.note or "") in seen


_EDITS: dict[str, Callable[[str, int, str], str]] = {
    "insert": lambda text, place, char: text[:place] + char + text[place:],
    "delete": lambda text, place, char: text[:place] + text[place + 1 :],
    "replace": lambda text, place, char: text[:place] + char + text[place + 1 :],
}
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(sorted(_EDITS)),
        st.integers(min_value=0, max_value=200),
        st.one_of(st.sampled_from(HOSTILE), st.characters()),
    ),
    min_size=1,
    max_size=12,
)


@given(title=st.sampled_from(TITLES), changes=CHANGES)
def test_no_mutation_of_a_real_title_breaks_a_reader(title: str, changes: list[tuple[str, int, str]]) -> None:
    for edit, place, char in changes:
        title = _EDITS[edit](title, place % (len(title) + 1), char)
    read_everything(title)
