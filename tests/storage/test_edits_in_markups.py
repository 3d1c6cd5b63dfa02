"""Edits of the first page in many markups: what is told of each, whatever the markup before and after."""

import sys
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

PAGES = Path(__file__).resolve().parents[1] / "pages"
sys.path.insert(0, str(PAGES))

from any_markup import AnyMarkup, Choices, contained, make  # noqa: E402
from edits import LINES, URL, Edit, edits, records, told  # noqa: E402
from flat_markups import (  # noqa: E402
    BoldTitles,
    BreakSoup,
    ClassNamesOnly,
    LinksInTableCell,
    PlanTables,
    UppercaseInvalid,
)
from list_markups import (  # noqa: E402
    AccordionLists,
    Articles,
    DeepBlocks,
    DetailsAndDefinitions,
    EveryLevelAHeading,
    NestedLists,
    NotesInLinks,
)
from markup import Markup  # noqa: E402
from written import FILES, Written, read, write  # noqa: E402

from parsers import parse  # noqa: E402
from parsers.records import Record  # noqa: E402
from storage.compare import carry, compare  # noqa: E402

TODAY = date(2024, 11, 5)
EDITS = edits(Path(__file__).with_name("markup_edits.toml"))
INDEPENDENT = [edit for edit in EDITS.values() if edit.independent]
MARKUPS: Final[tuple[Markup, ...]] = tuple(
    kind()
    for kind in (
        *(AccordionLists, BreakSoup, DetailsAndDefinitions, PlanTables, ClassNamesOnly, DeepBlocks, BoldTitles),
        *(UppercaseInvalid, NotesInLinks, NestedLists, EveryLevelAHeading, Articles, LinksInTableCell),
    )
)
# How these print a further heading before the categories tells it from a bold line of the lead to people alone.
ONE_LEAD: Final = (BreakSoup, BoldTitles, ClassNamesOnly)


def markups(edit: Edit) -> list[Markup]:
    return [markup for markup in MARKUPS if edit.one_lead or not isinstance(markup, ONE_LEAD)]


@cache
def before(edit_name: str) -> Written:
    return read(EDITS[edit_name].before, URL)


def after(edit: Edit) -> Written:
    return edit.page(edit.of(edit.before))


def test_a_page_is_written_as_it_is_read() -> None:
    assert write(read(LINES, URL).model) == LINES


def test_there_are_enough_edits() -> None:
    assert len(EDITS) >= 60


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_an_edit_is_told_the_same_in_every_markup(edit: Edit) -> None:
    old, new = before(edit.name), after(edit)
    wrong = {
        type(markup).__name__: changes
        for markup in markups(edit)
        if (changes := told(compare(records(old, markup), records(new, markup), TODAY))) != list(edit.told)
    }
    assert not wrong


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_a_redesign_on_the_same_day_adds_nothing(edit: Edit) -> None:
    old, new, some = before(edit.name), after(edit), markups(edit)
    wrong = {}
    for number, markup in enumerate(some):
        other = some[(number + 1 + len(edit.name)) % len(some)]
        changes = told(compare(records(old, markup), records(new, other), TODAY))
        if sorted(changes) != sorted(edit.told):
            wrong[f"{type(markup).__name__} to {type(other).__name__}"] = changes
    assert not wrong


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_the_order_in_which_records_come_says_nothing(edit: Edit) -> None:
    old, new = list(records(before(edit.name), MARKUPS[0])), list(records(after(edit), MARKUPS[0]))
    changes = compare(old, new, TODAY)
    Random(1).shuffle(old)
    Random(2).shuffle(new)
    assert compare(old, new, TODAY) == changes


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_an_edit_undone_leaves_every_record_under_its_key(edit: Edit) -> None:
    """What is told, gone and back is told again; what stayed carries its key through both."""
    first, second = records(before(edit.name), MARKUPS[0]), records(after(edit), MARKUPS[0])
    there = carry(first, second)
    back = carry(there, first)
    kept = {record.key for record in there}
    assert [record.key for record in back if record.key in kept] == [
        record.key for record in first if record.key in kept
    ]


ENTRIES: Final = [line for line in LINES.splitlines() if line.startswith("[")]
NEW_NOTES: Final = {"plan": "令和6年11月1日変更", "document": "令和6年11月1日版"}
# A list that loses its last entry loses its label too, which is another edit.
LONGEST: Final = ("000612381", "000612425", "000612529", "000612579", "000612629", "000612709", "000612779")


def happens(line: str, what: str, number: int) -> tuple[str, str]:
    """What becomes of an entry's line, and the name and key of what is told of it."""
    title, _, rest = line[1:].partition("](")
    file, _, note = rest.partition(")")
    url = file if "://" in file else FILES + file
    record = next(record for record in records(read(LINES, URL), MARKUPS[0]) if record.url == url)
    match what:
        case "removed" if file[:9] in LONGEST:
            return "", f"{record.kind}.removed {record.key}"
        case "renamed":
            return f"[第{number}株式会社]({rest}", f"{record.kind}.renamed {record.key}"
        case "noted":
            name = {"plan": "amended", "document": "revised"}[record.kind]
            return f"[{title}]({file})【{NEW_NOTES[record.kind]}】", f"{record.kind}.{name} {record.key}"
        case _:
            return f"[{title}](00099{number:04}.pdf){note}", f"{record.kind}.replaced {record.key}"


def in_markup(page: Written, choices: Choices) -> tuple[Record, ...]:
    html = contained(page.html(AnyMarkup(choices)), choices.container)
    return parse(html.encode(), url=URL).records


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_edits_that_do_not_meet_are_all_told_across_any_two_markups(data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(INDEPENDENT), unique_by=id, max_size=8))
    one, other = (make(lambda options: data.draw(st.sampled_from(options))) for _ in range(2))
    lines = LINES
    for edit in chosen:
        lines = edit.of(lines)
    changes = told(compare(in_markup(read(LINES, URL), one), in_markup(read(lines, URL), other), TODAY))
    assert sorted(changes) == sorted(line for edit in chosen for line in edit.told)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_happens_to_entries_is_told_and_nothing_else(data: st.DataObject) -> None:
    what = st.sampled_from(["removed", "renamed", "noted", "replaced"])
    chosen = data.draw(st.dictionaries(st.sampled_from(ENTRIES), what, max_size=10))
    one, other = (make(lambda options: data.draw(st.sampled_from(options))) for _ in range(2))
    lines, want = LINES, []
    for number, (line, happened) in enumerate(chosen.items()):
        becomes, change = happens(line, happened, number)
        lines = lines.replace(f"{line}\n", f"{becomes}\n" if becomes else "")
        want.append(change)
    changes = compare(in_markup(read(LINES, URL), one), in_markup(read(lines, URL), other), TODAY)
    assert sorted(f"{'+'.join(change.names)} {change.key}" for change in changes) == sorted(want)
