"""The same content in another markup, charset or width compares to nothing; the demo to what is told."""

import json
from datetime import date
from functools import cache
from pathlib import Path

import pytest

import monitor
import parsers
from parsers.records import Record
from storage.changes import Change
from storage.compare import compare

SUPPORT = Path(__file__).parents[1] / "pages" / "support"
DEMO = Path(monitor.__file__).parent / "demo"
TODAY = date(2024, 11, 5)
UNLINKED = "unlinked-titles"
LINKED = sorted(path.stem for path in SUPPORT.glob("*.html") if path.stem != UNLINKED)


@cache
def records(name: str) -> tuple[Record, ...]:
    origin = json.loads((SUPPORT / f"{name}.expected.json").read_text("utf-8"))["page"]
    body = (SUPPORT / f"{name}.html").read_bytes()
    return parsers.parse(body, url=origin["url"], content_type=origin["content_type"]).records


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
