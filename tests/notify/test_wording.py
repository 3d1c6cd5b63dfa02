"""Sentences: compared with those written out in golden/sentences.txt, which is there to be read aloud."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final, get_args

import pytest

import storage
from notify.templating import words
from notify.wording import change_as_dict, one_line, subject, summary
from parsers.errors import SuspectReason
from storage.changes import Change, RecordedChange

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
