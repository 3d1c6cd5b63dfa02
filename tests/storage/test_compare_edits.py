"""Edits of small pages, each with the changes a careful reader would tell, and no other."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.keys import number
from parsers.records import Category, Document, Period, Plan, Programme, Record, Text
from storage.changes import Change
from storage.compare import carry, compare

TODAY = date(2024, 11, 5)
TABLE = tomllib.loads(Path(__file__).with_name("compare_edits.toml").read_text("utf-8"))
PAGES = TABLE["pages"]
EDITS = {edit["name"]: edit for edit in TABLE["edits"]}
INDEPENDENT = [edit for edit in EDITS.values() if edit.get("independent")]

NOTE = re.compile(r"令和(\d+)年(?:(\d+)月(?:(\d+)日)?)?(.*)")
MARK = re.compile(r"([=#*]+) (.*)")
ENTRY = re.compile(r"\[(.+?)\]\((.*?)\)(?:【(.+)】)?")
DATE_KINDS = {
    "変更": "amended",
    "認定": "certified",
    "版": "edition",
    "まで": "until",
    "": "unstated",
    "公表": "published",
}


def read(page: str) -> list[Record]:
    """The records of a page written as above."""
    records = list(_records(page.strip().splitlines()))
    number(records)
    return records


def _records(lines: list[str]) -> Iterator[Record]:
    """A holder takes the prose below it and comes before its entries."""
    title = category = programme = None
    below: list[str] = []
    holder: Record | None = None
    entries: list[Record] = []
    for line in lines:
        mark, rest = found.groups() if (found := MARK.fullmatch(line)) else ("", line)
        if mark in ("#", "##", "*", "**"):
            yield from [holder, *entries] if holder else []
            entries = []
        match mark:
            case "=":
                title = rest
            case "#" | "##":
                below[len(mark) - 1 :] = [rest]
                holder = Text(key="", path=(title or "", *below), title=rest)
            case "*":
                category, programme, below = rest, None, []
                holder = Category(key="", path=(), title=rest)
            case "**":
                programme, _, link = rest.partition(" <")
                url, below = f"https://example.jp/{link[:-1]}" if link else None, []
                path = (category,) if category else ()
                holder = Programme(key="", path=path, title=programme, url=url, category=category)
            case _ if entry := ENTRY.fullmatch(line):
                path = tuple(part for part in (category, programme, *below) if part)
                entries.append(_entry(path, programme, *entry.groups()))
            case _:
                if mark:
                    below[len(mark) - 3 :] = [rest]
                assert holder
                holder = replace(holder, text=f"{holder.text}\n{rest}".strip())
    yield from [holder, *entries] if holder else []


def _entry(path: tuple[str, ...], programme: str | None, title: str, url: str, note: str | None) -> Record:
    shared = {"key": "", "path": path, "title": title, "url": f"https://example.jp/{url}" if url else None}
    if note and (found := NOTE.fullmatch(note)):
        day = [f"{int(part):02}" for part in found.groups()[1:3] if part]
        iso = "-".join([str(2018 + int(found[1])), *day])
        if found[4].startswith("度"):
            iso = f"FY{iso}"
        shared |= {"note": note, "date": iso, "date_kind": DATE_KINDS[found[4].removeprefix("度")]}
        if found[4] == "まで":
            shared["periods"] = (Period(end=iso),)
    elif note:
        shared["note"] = note
    if any("計画の概要" in heading for heading in path):
        plan_type = next(name for name in ("開発供給計画", "導入計画") if name in path[2])
        return Plan(**shared, plan_type=plan_type, network=path[3], companies=tuple(re.split("[/／]", title)))
    return Document(**shared, programme=programme, role="law" if "法令" in path[-1] else "other")


def told(changes: list[Change]) -> list[str]:
    """Each change on one line: names, key, fields, then lines of prose, flags and cause."""
    lines = []
    for change in changes:
        line = f"{'+'.join(change.names)} {change.key}"
        line += f" ({' '.join(change.fields)})" if change.fields else ""
        if change.kind == "text" and change.before and change.after:
            line += f" {change.before['lines']} → {change.after['lines']}"
        line += "".join(f" !{flag}" for flag in change.flags)
        lines.append(line + (f" <- {change.cause}" if change.cause else ""))
    return lines


def edited(*edits: dict[str, Any]) -> list[Record]:
    """The records of the page that all of `edits` are edits of, after them."""
    page = as_set_up(edits[0])
    for edit in edits:
        page = replaced(page, edit.get("replace", []))
    return read(page)


def unedited(edit: dict[str, Any]) -> list[Record]:
    return read(as_set_up(edit))


def as_set_up(edit: dict[str, Any]) -> str:
    return replaced(PAGES[edit.get("page", "support")], edit.get("setup", []))


def replaced(page: str, pairs: list[list[str]]) -> str:
    for old, new in pairs:
        assert old in page, old
        page = page.replace(old, new)
    return page


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_an_edit_is_told_as_a_reader_would(edit: dict[str, Any]) -> None:
    assert told(compare(unedited(edit), edited(edit), TODAY)) == edit.get("told", [])


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_the_order_in_which_records_are_given_says_nothing(edit: dict[str, Any]) -> None:
    old, new = unedited(edit), edited(edit)
    changes = compare(old, new, TODAY)
    for seed in range(3):
        Random(seed).shuffle(old)
        Random(seed + 9).shuffle(new)
        assert compare(old, new, TODAY) == changes


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_once_carried_an_edit_is_not_told_again(edit: dict[str, Any]) -> None:
    carried = carry(unedited(edit), edited(edit))
    assert compare(carried, edited(edit), TODAY) == []
    assert carry(carried, edited(edit)) == carried


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_keys_stay_apart_within_a_kind(edit: dict[str, Any]) -> None:
    keys = Counter((record.kind, record.key) for record in carry(unedited(edit), edited(edit)))
    assert keys.total() == len(keys)


@given(st.lists(st.sampled_from(INDEPENDENT), unique_by=id, min_size=1))
def test_edits_that_do_not_meet_are_all_told(edits: list[dict[str, Any]]) -> None:
    want = sorted(line for edit in edits for line in edit["told"])
    assert sorted(told(compare(unedited(edits[0]), edited(*edits), TODAY))) == want


@given(st.data())
def test_any_two_pages_compare_and_what_came_less_what_went_is_the_difference(data: st.DataObject) -> None:
    records = [record for page in PAGES.values() for record in read(page)]
    some = st.lists(st.sampled_from(records), unique_by=lambda record: (record.kind, record.key))
    old, new = data.draw(some), data.draw(some)
    names = Counter(change.change for change in compare(old, new, TODAY))
    for kind in ("category", "programme", "plan", "document"):
        more = sum(record.kind == kind for record in new) - sum(record.kind == kind for record in old)
        assert names[f"{kind}.added"] - names[f"{kind}.removed"] == more


def test_a_record_renamed_and_back_is_told_twice_under_one_key() -> None:
    rename = EDITS["a company renamed with the same link"]
    first, second = unedited(rename), edited(rename)
    back = compare(carry(first, second), first, TODAY)
    assert told(back) == ["plan.renamed 導入計画|全国5G|KDDI株式会社 (title companies)"]


def test_a_new_record_under_the_old_name_of_a_renamed_one_gets_a_key_of_its_own() -> None:
    first = unedited({})
    renamed = carry(first, edited({"replace": [["KDDI株式会社", "KDDI合同会社"]]}))
    both = edited({"replace": [["[KDDI株式会社]", "[KDDI株式会社](new.pdf)\n[KDDI合同会社]"]]})
    assert told(compare(renamed, both, TODAY)) == ["plan.added 導入計画|全国5G|KDDI株式会社~2"]


def test_a_record_that_comes_back_is_the_same_again() -> None:
    removal = EDITS["a plan removed"]
    without = carry(unedited(removal), edited(removal))
    assert carry(without, unedited(removal)) == unedited(removal)
