"""The same content in another markup, charset or width compares to nothing; the demo to what is told.

And any two pages compare: saved ones, and those that the fuzzer of the reader damages.
"""

import importlib.util
import json
from collections import Counter
from datetime import date
from functools import cache
from itertools import islice, pairwise
from pathlib import Path

import pytest

import monitor
import parsers
from parsers.records import Record
from storage.changes import Change
from storage.compare import carry, compare

PAGES = Path(__file__).parents[1] / "pages"
SUPPORT = PAGES / "support"
SAVED = sorted(path.relative_to(PAGES).with_suffix("").as_posix() for path in PAGES.glob("*/*.html"))
FUZZER = Path(__file__).parents[1] / "long" / "fuzz_parsing.py"
DAMAGED = 300
DEMO = Path(monitor.__file__).parent / "demo"
TODAY = date(2024, 11, 5)
UNLINKED = "unlinked-titles"
LINKED = sorted(path.stem for path in SUPPORT.glob("*.html") if path.stem != UNLINKED)


def records(name: str) -> tuple[Record, ...]:
    return saved(f"support/{name}")


@cache
def saved(name: str) -> tuple[Record, ...]:
    origin = json.loads((PAGES / f"{name}.expected.json").read_text("utf-8"))["page"]
    body = (PAGES / f"{name}.html").read_bytes()
    return parsers.parse(body, url=origin["url"], content_type=origin.get("content_type")).records


def damaged() -> list[tuple[Record, ...]]:
    """What is read of damaged pages, as far as they can be read at all."""
    spec = importlib.util.spec_from_file_location("fuzz_parsing", FUZZER)
    assert spec
    assert spec.loader
    fuzzer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fuzzer)
    found = []
    for page in islice(fuzzer.pages(seed=4), DAMAGED):
        try:
            found.append(parsers.parse(page, url="https://www.soumu.go.jp/ict/index.html").records)
        except parsers.MonitorError:
            continue
    return found


def shown(changes: list[Change]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(change.change, change.title, change.fields) for change in changes]


@pytest.mark.parametrize("name", LINKED)
def test_a_page_is_the_same_as_in_every_other_markup(name: str) -> None:
    lines = [
        f"{other}: {change.change} {change.title} {change.fields}"
        for other in LINKED
        for change in compare(records(name), records(other), TODAY)
    ]
    assert not lines, "\n" + "\n".join(lines)


def test_titles_that_lose_their_links_are_all_that_changes() -> None:
    linked = records("every-level-a-heading")
    programmes = [record for record in linked if record.kind == "programme" and record.url]
    want = sorted(("programme.changed", record.title, ("url",)) for record in programmes)
    assert sorted(shown(compare(linked, records(UNLINKED), TODAY))) == want


def demo(day: str) -> tuple[Record, ...]:
    url = "https://www.soumu.go.jp/main_sosiki/joho_tsusin/top/local_support/ict/support/index.html"
    return parsers.parse((DEMO / f"{day}.html").read_bytes(), url=url).records


@cache
def demo_changes() -> list[Change]:
    return compare(demo("2024-04-26"), demo("2024-11-05"), TODAY)


def test_the_demo_pages_differ_in_five_things_and_their_noise_is_silent() -> None:
    assert sorted((change.change, change.title) for change in demo_changes()) == [
        ("document.replaced", "認定申請書(導入計画)"),
        ("document.revised", "5G税制利用ガイド"),
        ("plan.added", "ヴルーヴ株式会社"),
        ("plan.amended", "富士通株式会社"),
        ("programme.changed", "地域デジタル基盤活用推進事業"),
    ]


def test_the_demo_programme_is_told_as_closed() -> None:
    fields = next(change.fields for change in demo_changes() if change.change == "programme.changed")
    assert set(fields) == {"text", "closed"}


def test_the_demo_amendment_names_both_dates() -> None:
    change = next(change for change in demo_changes() if change.change == "plan.amended")
    assert change.before is not None
    assert change.after is not None
    assert (change.before["date"], change.after["date"]) == ("2023-05-29", "2024-01-23")


@pytest.mark.parametrize("name", SAVED)
def test_a_page_compared_with_itself_has_not_changed(name: str) -> None:
    assert compare(saved(name), saved(name), TODAY) == []


@pytest.mark.parametrize("name", SAVED)
def test_any_two_saved_pages_differ_by_what_came_less_what_went(name: str) -> None:
    for other in SAVED:
        names = Counter(change.change.partition(".")[2] for change in compare(saved(name), saved(other), TODAY))
        assert names["added"] - names["removed"] == _things(other) - _things(name), other


def _things(name: str) -> int:
    return sum(record.kind != "text" for record in saved(name))


@pytest.mark.parametrize("name", SAVED)
def test_what_is_told_once_is_not_told_again(name: str) -> None:
    for other in SAVED:
        assert compare(carry(saved(name), saved(other)), saved(other), TODAY) == [], other


def test_damaged_pages_compare_with_each_other_and_with_themselves() -> None:
    pages = damaged()
    assert len(pages) > DAMAGED / 2
    for first, second in pairwise(pages):
        compare(first, second, TODAY)
        assert compare(carry(first, second), second, TODAY) == []
