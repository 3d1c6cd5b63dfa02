"""Dates and names of the command line."""

from datetime import UTC, datetime

import pytest

from monitor.cli.arguments import did_you_mean, moment
from monitor.errors import UsageError


def test_a_bare_date_begins_at_midnight_in_japan() -> None:
    assert moment("2024-11-05", option="--since", end=False) == datetime(2024, 11, 4, 15, tzinfo=UTC)


def test_a_bare_date_as_an_end_includes_the_whole_day_in_japan() -> None:
    end = moment("2024-11-05", option="--until", end=True)
    assert end == datetime(2024, 11, 5, 14, 59, 59, 999999, tzinfo=UTC)


def test_a_time_without_offset_is_japans() -> None:
    at = moment("2024-11-05T09:30", option="--since", end=False)
    assert at == datetime(2024, 11, 5, 0, 30, tzinfo=UTC)


def test_a_time_with_offset_is_taken_as_written() -> None:
    at = moment("2024-11-05T09:30+01:00", option="--since", end=False)
    assert at == datetime(2024, 11, 5, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["yesterday", "", "2024-02-30", "2024-13", "0001-01-01", "令和6年1月1日"])
def test_a_date_that_is_none_is_a_usage_error_naming_the_option(text: str) -> None:
    with pytest.raises(UsageError, match=r"^--since: "):
        moment(text, option="--since", end=False)


def test_a_misspelt_name_gets_the_nearest_known_one() -> None:
    assert did_you_mean("suport", ["support", "press"]) == "Did you mean support?"


def test_a_name_like_no_other_gets_all_known_ones() -> None:
    assert did_you_mean("x", ["support", "press"]) == "Known: press, support."


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("20241105", "2024-11-05T00:00:00", "2024-11-05T23:59:59.999999"),
        ("2024-11-05T09", "2024-11-05T09:00:00", "2024-11-05T09:59:59.999999"),
        ("2024-11-05T09:30", "2024-11-05T09:30:00", "2024-11-05T09:30:59.999999"),
        ("2024-11-05T09:30:15+09:00", "2024-11-05T09:30:15", "2024-11-05T09:30:15.999999"),
        ("2024-11-05T09:30:15.5", "2024-11-05T09:30:15.500000", "2024-11-05T09:30:15.500000"),
    ],
)
def test_what_a_time_names_is_taken_whole(text: str, first: str, last: str) -> None:
    named = [moment(text, option="--as-of", end=end) for end in (False, True)]
    assert named == [datetime.fromisoformat(f"{at}+09:00") for at in (first, last)]


def test_an_empty_date_is_refused() -> None:
    with pytest.raises(UsageError, match="is no date"):
        moment("", option="--as-of", end=True)
