"""Every saved page gives exactly the records that stand beside it, whatever its markup and charset."""

import json
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import parsers
from parsers.records import Page

PAGES = Path(__file__).parents[1] / "pages"
SAVED = sorted(path.relative_to(PAGES).with_suffix("").as_posix() for path in PAGES.glob("*/*.html"))
SUPPORT = [name for name in SAVED if name.startswith("support/")]
COUNTS = {"text": 2, "category": 5, "programme": 22, "plan": 28, "document": 32}


def expected(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((PAGES / f"{name}.expected.json").read_text("utf-8"))
    return data


@cache
def read(name: str) -> Page:
    origin = expected(name)["page"]
    body = (PAGES / f"{name}.html").read_bytes()
    return parsers.parse(body, url=origin["url"], content_type=origin["content_type"])


def written(record: dict[str, Any]) -> dict[str, Any]:
    """The fields an expected file writes: all but `position` and what is null, false or empty."""
    return {
        name: value
        for name, value in record.items()
        if name == "path" or (name != "position" and value not in (None, False, "", []))
    }


def differences(want: list[dict[str, Any]], got: list[dict[str, Any]]) -> list[str]:
    """What differs, a line each: records missing or too many, fields, then the order."""
    wanted = {(record["kind"], record["key"]): record for record in want}
    found = {(record["kind"], record["key"]): record for record in got}
    lines = [f"missing   {kind} {key}" for kind, key in wanted if (kind, key) not in found]
    lines += [f"too many  {kind} {key}" for kind, key in found if (kind, key) not in wanted]
    for identity, record in wanted.items():
        other = found.get(identity, record)
        for name in sorted(record.keys() | other.keys()):
            if record.get(name) != other.get(name):
                place = f"{' '.join(identity)}: {name}"
                lines.append(f"{place}\n    expected {record.get(name)!r}\n    got      {other.get(name)!r}")
    if not lines and [*wanted] != [*found]:
        lines.append(f"order\n    expected {[*wanted]}\n    got      {[*found]}")
    if len(got) != len(found):
        lines += [f"{count} times  {key}" for key, count in Counter(map(_identity, got)).items() if count > 1]
    return lines


def _identity(record: dict[str, Any]) -> str:
    return f"{record['kind']} {record['key']}"


@pytest.mark.parametrize("name", SAVED)
def test_a_saved_page_gives_exactly_the_records_beside_it(name: str) -> None:
    got = [written(record.as_dict()) for record in read(name).records]
    lines = differences(expected(name)["records"], got)
    assert not lines, "\n" + "\n".join(lines)


@pytest.mark.parametrize("name", SAVED)
def test_a_saved_page_is_read_by_its_own_family(name: str) -> None:
    assert read(name).parser == name.partition("/")[0]


@pytest.mark.parametrize("name", SAVED)
def test_records_are_numbered_in_page_order(name: str) -> None:
    positions = [record.position for record in read(name).records]
    assert positions == sorted(set(positions))


@pytest.mark.parametrize("name", SAVED)
def test_a_saved_page_has_its_own_title_without_the_ministry(name: str) -> None:
    assert read(name).title == expected(name)["page"]["title"]


@pytest.mark.parametrize("name", SAVED)
def test_a_saved_page_that_is_understood_warns_of_nothing(name: str) -> None:
    assert [warning.as_dict() for warning in read(name).warnings] == []


@pytest.mark.parametrize("name", SUPPORT)
def test_a_programme_page_has_the_counts_a_person_reads(name: str) -> None:
    assert Counter(record.kind for record in read(name).records) == COUNTS


@pytest.mark.parametrize("name", SUPPORT)
def test_no_address_is_claimed_by_two_records(name: str) -> None:
    addresses = Counter(record.url for record in read(name).records if record.url)
    assert [address for address, count in addresses.items() if count > 1] == []


@pytest.mark.parametrize("name", SUPPORT)
def test_nearly_all_of_a_programme_page_is_claimed_by_its_records(name: str) -> None:
    assert 0.9 < read(name).coverage <= 1


@pytest.mark.parametrize("name", SUPPORT)
def test_a_programme_page_states_floors_that_it_passes(name: str) -> None:
    floors = read(name).floors
    assert {"category", "programme"} <= floors.keys()
    assert all(0 < least <= COUNTS[kind] for kind, least in floors.items())


@pytest.mark.parametrize("family", sorted(parsers.parser_versions()))
def test_a_page_family_has_saved_pages(family: str) -> None:
    assert [name for name in SAVED if name.startswith(f"{family}/")], (
        f"the parser {family!r} has no saved page: add tests/pages/{family}/NAME.html and NAME.expected.json"
    )


@pytest.mark.parametrize("name", SAVED)
def test_a_saved_page_has_its_expected_records(name: str) -> None:
    assert expected(name)["records"]


def test_saved_pages_are_what_the_builder_writes() -> None:
    command = [sys.executable, str(PAGES / "build.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_outline_pages_records_claim_every_visible_character_and_link() -> None:
    command = [sys.executable, str(PAGES / "outline_check.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
