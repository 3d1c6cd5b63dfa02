"""What a subscriber's `match` finds."""

import time
from dataclasses import replace
from typing import Any

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from notify.errors import NotifyError
from notify.matching import MAX_TEXT, Searched, check_pattern, pattern
from storage.changes import Change

CHANGE = Change(
    change="plan.changed", kind="plan", key="plan:導入計画", title="株式会社ＮＴＴ　東日本", path=("支援", "5G税制")
)


def finds(match: str, **values: Any) -> bool:
    return pattern(match).finds(Searched.of(replace(CHANGE, **values)))


@pytest.mark.parametrize(
    ("match", "found"),
    [
        pytest.param("ＮＴＴ　東", True, id="as printed"),
        pytest.param("NTT", True, id="width of the page"),
        pytest.param("ntt", True, id="case"),
        pytest.param("ＮＴＴ東日本", True, id="white space of the page"),
        pytest.param("NTT 東日本", True, id="white space of the pattern"),
        pytest.param("NTT 西日本|NTT 東日本", True, id="one of two"),
        pytest.param("NTT.*東", True, id="a sign for anything"),
        pytest.param("NTT +東", True, id="white space repeated"),
        pytest.param("NTT ?東", True, id="white space, perhaps"),
        pytest.param("西 ?日本", False, id="a sign for repetition after white space"),
        pytest.param("ＮＴＴ[　]?東日本", True, id="white space in a class"),
        pytest.param("[Ａ-Ｚ]{3}東", True, id="a range in full width"),
        pytest.param(r"\p{Han}ＮＴＴ", True, id="a class of letters"),
        pytest.param(r"\p{Hiragana}ＮＴＴ", False, id="another class of letters"),
        pytest.param(r"社ＮＴＴ\s東", True, id="white space asked for"),
        pytest.param("^NTT", False, id="the beginning of a text"),
        pytest.param("^支援$", True, id="a whole text"),
        pytest.param("plan:導入", True, id="the key"),
        pytest.param("５Ｇ税制", True, id="a heading"),
        pytest.param("(?-i)ntt", False, id="case by wish"),
        pytest.param("富士通", False, id="not said"),
    ],
)
def test_a_pattern_finds_what_a_reader_would_call_the_same(match: str, found: bool) -> None:
    assert finds(match) is found


@pytest.mark.parametrize("side", ["before", "after"])
def test_a_pattern_finds_what_the_record_says_before_and_after(side: str) -> None:
    record = {"title": "甲", "companies": ["日本電気株式会社"], "periods": [{"label": "公募期間"}], "position": 3}
    assert [finds(match, **{side: record}) for match in ("日本電気", "公募", "3")] == [True, True, False]


@pytest.mark.parametrize("match", ["終.*始", r"終\s始", "終[^、]始", r"終\n始", "(?s)終.始"])
def test_what_two_texts_say_was_not_said_together(match: str) -> None:
    assert not finds(match, title="終", key="始", path=())


@pytest.mark.parametrize(
    ("match", "text"),
    [("（株）", "(株)"), ("第＊号", "第*号"), ("[（]", "("), ("{２}", "{2}"), ("a.b", "axb"), ("ｶﾞｽ", "ガス")],
)
def test_a_wide_sign_is_a_letter_and_no_syntax(match: str, text: str) -> None:
    assert finds(match, title=text)


@pytest.mark.parametrize(("match", "text"), [("第＊号", "第号"), ("{２}", "ああ"), ("［ab］", "a")])
def test_a_wide_sign_does_not_act_as_the_sign_of_the_syntax(match: str, text: str) -> None:
    assert not finds(match, title=text)


@pytest.mark.parametrize("match", [r"\QＮＴＴ\E", "(?P<Ａ>NTT)", r"[^\]Ａ]ＴＴ", r"\x{FF2E}ＴＴ", r"\pL{3}"])
def test_syntax_survives_being_folded(match: str) -> None:
    assert finds(match)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map(str.strip).filter(bool))
def test_what_is_quoted_is_found_where_it_is_printed(text: str) -> None:
    assert finds(re2.escape(text), title=f"甲{text}乙", key="", path=())


@pytest.mark.parametrize(
    ("match", "says"),
    [
        ("", "empty"),
        (" \u3000", "empty"),
        ("富士通[", r'missing \], "\[" at character 4'),
        ("(富士通", "missing \\)"),
        ("富士通)", "unexpected \\)"),
        (r"a\Z", r'invalid escape sequence, "\\Z" at character 2'),
        ("あ(?=い)", r'look-around .* "\(\?=" at character 2'),
        (r"(あ)\1", r'references .* "\\1" at character 4'),
        ("*", "no argument for repetition operator"),
        ("a{1001}", r'invalid repetition size, "\{1001\}" at character 2'),
        ("a\\", "trailing"),
        ("[z-a]", r'invalid character class range, "z-a" at character 2'),
        ("あ" * 501, "501 characters"),
        (r"\pL{200}\PN{200}", "steps|too large"),
    ],
)
def test_what_is_no_pattern_is_refused_with_what_is_wrong_and_where(match: str, says: str) -> None:
    with pytest.raises(NotifyError, match=says):
        check_pattern(match)


@pytest.mark.parametrize("match", ["[", "(?:.?){1000}x"])
def test_a_refused_pattern_says_nothing_by_itself(match: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(NotifyError):
        pattern(match)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("match", ["(a+)+$", "(a|aa)+b", "(?:a?){30}(?:a){30}", "(.*)(.*)(.*)(.*)x", "(?:.?){500}x"])
def test_no_pattern_hangs(match: str, capfd: pytest.CaptureFixture[str]) -> None:
    started = time.process_time()
    finds(match, title="aé" * 10_000 + "!")
    assert time.process_time() - started < 5
    assert capfd.readouterr() == ("", "")


def test_what_is_too_long_to_be_looked_through_is_told() -> None:
    text = "あ" * (MAX_TEXT + 1)
    assert finds("富士通", after={"text": text})
    assert not finds("富士通", after={"text": text[:50_000]})
