"""The same content in a markup nobody has seen gives the same records."""

import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers import parse

PAGES = Path(__file__).resolve().parent.parent / "pages"
sys.path.insert(0, str(PAGES))

from any_markup import OPTIONS, AnyMarkup, Choices, contained, make  # noqa: E402
from build import framed  # noqa: E402
from model import expected, load  # noqa: E402

PAGE = load()
EXPECTED = expected(PAGE, None)["records"]


def records_of(choices: Choices) -> list[dict[str, Any]]:
    html = framed(PAGE, AnyMarkup(choices), meta='<meta charset="utf-8">\n')
    html = contained(html, choices.container)
    return [record.as_dict() for record in parse(html.encode(), url=PAGE.url).records]


def differing(choices: Choices) -> list[dict[str, Any]]:
    """The expected records that were not read as they are, with what was read at their place."""
    found = records_of(choices)
    wrong = [
        {name: (value, record[name]) for name, value in wanted.items() if record[name] != value}
        for record, wanted in zip(found, EXPECTED, strict=True)
    ]
    return [difference for difference in wrong if difference]


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_random_markup_of_the_page_gives_its_records(data: st.DataObject) -> None:
    choices = make(lambda options: data.draw(st.sampled_from(options)))
    assert differing(choices) == []


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in OPTIONS.items() for value in values])
def test_every_way_of_writing_one_part_gives_the_records(name: str, value: object) -> None:
    plain = {option: values[0] for option, values in OPTIONS.items()} | {name: value}
    choose = iter(plain.values())
    assert differing(make(lambda _: next(choose))) == []
