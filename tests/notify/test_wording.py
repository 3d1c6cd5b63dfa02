"""Sentences: compared with those written out in golden/sentences.txt, which is there to be read aloud."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final, get_args

import pytest

import parsers
import storage
from notify.templating import words
from notify.wording import change_as_dict, one_line, subject, summary
from parsers.errors import SuspectReason
from storage.changes import Change, RecordedChange
from storage.compare import carry, compare
from storage.publishing import fields_of
from tests.notify.page_edits import PAGES, URL

GOLDEN: Final = Path(__file__).parent / "golden" / "sentences.txt"
NAMES: Final = {
    *(f"{kind}.{what}" for kind in ("category", "programme", "plan", "document") for what in ("added", "removed")),
    *(f"{kind}.renamed" for kind in ("category", "programme", "plan", "document")),
    *(f"{kind}.moved" for kind in ("programme", "plan", "document")),
    *(f"{kind}.changed" for kind in ("category", "programme", "plan", "document", "text")),
    *("plan.amended", "plan.corrected"),
    *("document.replaced", "document.revised", "plan.replaced", "plan.revised", "document.gone", "document.restored"),
    *("page.moved", "page.gone", "page.restored", "page.unverified", "page.verified"),
    *("page.suspect", "page.failing", "page.stale", "page.recovered"),
}
FIELDS: Final = {
    *("id", "page", "change", "also", "kind", "key", "title", "path", "fields", "flags", "cause", "before", "after"),
    *("last_seen_before", "detected_at", "snapshot_before", "snapshot_after", "summary_ja", "summary_en", "url"),
    *("origin", "superseded_by"),
}


def golden() -> dict[str, list[list[str]]]:
    """Case → per change: names, Japanese, English, both subjects."""
    cases: dict[str, list[list[str]]] = {}
    for block in GOLDEN.read_text("utf-8").split("## ")[1:]:
        name, _, rest = block.partition("\n")
        cases[name] = [change.splitlines() for change in rest.strip().split("\n\n")]
    return cases


@pytest.mark.parametrize("case", golden())
def test_the_sentence_in_japanese_is_as_written_out(case: str, changes: dict[str, list[RecordedChange]]) -> None:
    assert [summary(change, "ja") for change in changes[case]] == [lines[1] for lines in golden()[case]]


@pytest.mark.parametrize("case", golden())
def test_the_sentence_in_english_is_as_written_out(case: str, changes: dict[str, list[RecordedChange]]) -> None:
    assert [summary(change, "en") for change in changes[case]] == [lines[2] for lines in golden()[case]]


@pytest.mark.parametrize("case", golden())
def test_the_names_are_as_written_out(case: str, changes: dict[str, list[RecordedChange]]) -> None:
    assert [" + ".join(change.names) for change in changes[case]] == [lines[0] for lines in golden()[case]]


@pytest.mark.parametrize("case", golden())
def test_the_subjects_are_as_written_out(case: str, changes: dict[str, list[RecordedChange]]) -> None:
    name = "地域情報通信振興 支援施策"
    said = [[subject(change, name, "ja"), subject(change, name, "en")] for change in changes[case]]
    assert said == [lines[3:] for lines in golden()[case]]


def test_every_case_is_written_out(changes: dict[str, list[RecordedChange]]) -> None:
    assert set(golden()) == set(changes)


def test_every_name_of_a_change_has_a_case(changes: dict[str, list[RecordedChange]]) -> None:
    assert {name for found in changes.values() for change in found for name in change.names} >= NAMES


def test_the_model_sentence_of_the_design_holds(changes: dict[str, list[RecordedChange]]) -> None:
    said = summary(changes["plan amended again"][0], "ja")
    assert said == "富士通株式会社(全国5G・開発供給計画)の変更日が令和5年5月29日から令和6年1月23日になりました"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # Another day than the period's.
        ("5月10日（金）正午。説明会は令和6年4月1日", "5月31日（金）。説明会は令和6年4月2日"),
        # Another line than the period's.
        ("5月10日（金）正午。お問い合わせは田中まで", "5月31日（金）。お問い合わせは鈴木まで"),
    ],
)
def test_what_a_text_says_besides_its_period_is_told(
    before: str, after: str, changes: dict[str, list[RecordedChange]]
) -> None:
    (change,) = changes["programme period printed in its text"]
    assert "説明文" not in summary(change, "ja")
    old, new = ({**(data or {})} for data in (change.before, change.after))
    old["text"] = old["text"].replace("5月10日（金）正午", before)
    new["text"] = new["text"].replace("5月31日（金）", after)
    assert "説明文" in summary(replace(change, before=old, after=new), "ja")


BEFORE_PROSE: Final = "<p>ICTを利用し、時間や場所を有効に"
AFTER_PROSE: Final = "働き方改革や災害時等の業務継続などに資する事業です。</p>"
"""Before the prose of its programme a line that is wholly a period is read as a note, after it as text."""


def call_moved(before: str, after: str, place: str) -> Change:
    """The one change between two pages whose programme has a paragraph `before`, then `after`."""
    page = (PAGES / "details-definitions.html").read_text("utf-8")
    assert page.count(place) == 1
    old, new = (
        tuple(carry((), parsers.parse(page.replace(place, whole).encode(), url=URL).records))
        for line in (before, after)
        for whole in [f"<p>{line}</p>{place}" if place == BEFORE_PROSE else f"{place}<p>{line}</p>"]
    )
    (change,) = compare(old, new, date(2026, 11, 29))
    return change


@pytest.mark.parametrize("place", [BEFORE_PROSE, AFTER_PROSE], ids=["note", "text"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "公募期間:令和8年12月1日から令和9年1月29日(金)17時まで",
            "公募期間:令和8年12月1日から令和9年2月12日(金)17時まで",
        ),
        (
            "公募期間：令和８年１２月１日（火）～令和９年１月２９日（金）１７：００",
            "公募期間：令和８年１２月１日（火）～令和９年２月１２日（金）１７：００",
        ),
        (
            "公募期間 令和8年12月1日（火曜日）から令和9年1月29日（金曜日）午後5時まで",
            "公募期間 令和8年12月1日（火曜日）から令和9年2月12日（金曜日）午後5時まで",
        ),
        (
            "公募期間：令和8年12月1日から令和9年1月29日17時まで",
            "公募期間：令和8年12月1日（火）～令和9年2月12日（金）17時00分",
        ),
    ],
)
def test_a_period_that_moved_in_a_line_of_its_own_is_told_once(before: str, after: str, place: str) -> None:
    change = call_moved(before, after, place)
    assert summary(change, "ja") == (
        "施策「テレワーク普及展開推進事業」の公募期間が「令和8年12月1日から令和9年1月29日17時まで」から"
        "「令和8年12月1日から令和9年2月12日17時まで」に変わりました"
    )
    assert summary(change, "en") == (
        "The call period of the programme “テレワーク普及展開推進事業” changed from “from 1 December 2026 until "
        "29 January 2027, 17:00” to “from 1 December 2026 until 12 February 2027, 17:00”."
    )


@pytest.mark.parametrize("place", [BEFORE_PROSE, AFTER_PROSE], ids=["note", "text"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1月29日（金）正午まで", "2月1日（月）まで"),
        # The day of the week comes without brackets; the note becomes text.
        ("1月29日", "2月12日金曜日"),
        ("1月29日", "2月12日"),
    ],
)
def test_a_day_of_the_week_is_a_part_of_its_date(before: str, after: str, place: str) -> None:
    said = summary(call_moved(*(f"公募期間：令和8年12月1日から令和9年{end}" for end in (before, after)), place), "ja")
    assert said.count("公募期間") == said.count("に変わり") == 1


@pytest.mark.parametrize("place", [BEFORE_PROSE, AFTER_PROSE], ids=["note", "text"])
@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("1月29日（金）まで（必着）", "2月12日（金）まで（当日消印有効）", "当日消印有効"),
        ("1月29日（金）まで", "2月12日（金）まで（延長しました）", "延長しました"),
        ("1月29日（金）まで", "2月12日（金）まで。予算がなくなり次第終了", "に「予算がなくなり次第終了」が加わり"),
        ("1月29日（金）まで。郵送のみ", "2月12日（金）まで", "から「郵送のみ」がなくなり"),
        ("1月29日金曜日17:00まで", "2月12日金曜日15:00まで", "15:00"),
    ],
)
def test_what_differs_beside_the_dates_of_a_period_is_told(before: str, after: str, words: str, place: str) -> None:
    change = call_moved(*(f"公募期間：令和8年12月1日から令和9年{end}" for end in (before, after)), place)
    assert words in summary(change, "ja")


@pytest.mark.parametrize("place", [BEFORE_PROSE, AFTER_PROSE], ids=["note", "text"])
def test_a_new_label_of_a_period_is_told_once(place: str) -> None:
    said = summary(
        call_moved(
            "公募期間：令和8年12月1日（火）から令和9年1月29日（金）まで",
            "受付期間：令和8年12月1日（火）から令和9年2月12日（金）まで",
            place,
        ),
        "ja",
    )
    assert (said.count("公募期間"), said.count("受付期間")) == (1, 1)


def test_quotation_marks_within_quotation_marks_are_single(changes: dict[str, list[RecordedChange]]) -> None:
    (told,) = changes["programme text reworded"]
    never_was = {"change": fields_of(told)}
    correction = Change(change="programme.corrected", kind="programme", key="k", title=told.title, before=never_was)
    said = summary(correction, "en")
    assert (said.count("“"), said.count("”")) == (1, 1)
    assert said.count("‘") == said.count("’") > 0


def test_names_stand_as_the_page_prints_them(changes: dict[str, list[RecordedChange]]) -> None:
    (change,) = changes["plan removed"]
    assert change.title in summary(change, "en")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_change_of_a_name_not_known_yet_still_gives_a_sentence(language: str) -> None:
    change = Change(
        change="plan.split", kind="plan", key="k", title="富士通株式会社", after={"title": "富士通株式会社"}
    )
    assert "富士通株式会社" in summary(change, "ja" if language == "ja" else "en")


def test_records_of_another_version_with_few_fields_give_a_sentence() -> None:
    change = Change(change="document.changed", kind="document", key="k", title="様式", before={}, after={})
    assert summary(change, "ja") == "様式の掲載内容が変わりました"


def test_a_sentence_is_one_line_whatever_the_page_holds() -> None:
    change = Change(change="plan.added", kind="plan", key="k", title="A\r\nBcc: x\x1b[31m\u202e社", after={"path": []})
    said = summary(change, "ja")
    assert said == one_line(said)
    assert not {"\r", "\n", "\x1b", "\u202e"} & set(said)


def test_the_json_form_has_the_fields_of_the_design_and_where_it_comes_from(
    changes: dict[str, list[RecordedChange]],
) -> None:
    data = change_as_dict(changes["plan amended again"][0])
    assert set(data) == FIELDS


def test_times_of_the_json_form_are_of_japan(changes: dict[str, list[RecordedChange]]) -> None:
    data = change_as_dict(changes["plan amended again"][0])
    assert (data["last_seen_before"], data["detected_at"]) == ("2024-01-23T09:00:00+09:00", "2024-01-23T10:05:00+09:00")


def test_a_change_just_compared_has_the_same_fields_without_a_place_in_the_store() -> None:
    data = change_as_dict(Change(change="plan.removed", kind="plan", key="k", title="富士通株式会社"))
    assert (data["id"], data["page"], data["detected_at"], data["snapshot_after"]) == (None, None, None, None)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("👩\u200d💻と🏳\ufe0f\u200d🌈", "👩\u200d💻と🏳\ufe0f\u200d🌈"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("調査\u200b報告\u00ad書\ufeff", "調査報告書"),
        ("社\u202e名", "社名"),
        ("A\r\nB\x00C\u2028D", "A  B C D"),
        ("第\u3000一", "第\u3000一"),
    ],
)
def test_of_what_is_not_printed_the_joiners_stay_formatting_goes_and_the_rest_is_a_space(text: str, line: str) -> None:
    assert one_line(text) == line


SOURCES: Final = Path(storage.__path__[0]).parent


def reasons() -> Iterator[str]:
    """The codes of why a page failed or is suspect, as they stand where they are made."""
    yield from get_args(SuspectReason)
    trees = [
        ast.parse(path.read_text("utf-8")) for name in ("monitor", "storage") for path in (SOURCES / name).glob("*.py")
    ]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    names = {
        node.target.id: node.value.value
        for node in nodes
        if isinstance(node, ast.AnnAssign)
        and isinstance(node.target, ast.Name)
        and isinstance(node.value, ast.Constant)
    }
    for node in nodes:
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        given = [keyword.value for keyword in node.keywords if keyword.arg == "reason" and node.func.id == "Problem"]
        if node.func.id in {"FetchError", "SandboxError"}:
            given = node.args[:1]
        for value in given:
            if isinstance(value, ast.Constant):
                yield str(value.value)
            elif isinstance(value, ast.Name):
                yield str(names[value.id])


@pytest.mark.parametrize("code", sorted({*reasons(), "http_404", "http_403", "http_503", "http_418"}))
def test_every_reason_why_a_page_failed_or_is_suspect_has_words_in_both_languages(code: str) -> None:
    japanese, english = (str(words(language).reason(code)) for language in ("ja", "en"))
    assert code not in {japanese, english}
    assert not japanese.isascii()
    assert english.isascii()


def test_the_reasons_are_found_where_they_are_made() -> None:
    assert {"dns", "robots", "not_before", "parse_memory", "internal", "below_floor", "waf"} <= set(reasons())
