"""Characters that nobody sees are no change, and stay out of what is read."""

from datetime import date
from pathlib import Path

import pytest

from parsers import parse
from parsers.text import fold, squeeze
from storage.compare import compare

SUPPORT = (Path(__file__).parents[1] / "pages" / "support" / "details-definitions.html").read_text("utf-8")
URL = "https://www.soumu.go.jp/ict/index.html"
UNSEEN = "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a\u202e\u2060\u2066\u2069\ufeff"


def read(page: str):
    return parse(page.encode(), url=URL).records


@pytest.mark.parametrize("text", ["富士通株式会社", "5G導入促進税制", "令和6年1月23日変更", "認定申請書"])
@pytest.mark.parametrize("char", UNSEEN, ids=lambda char: f"U+{ord(char):04X}")
def test_what_nobody_sees_is_read_as_if_it_were_not_there(char: str, text: str) -> None:
    assert text in SUPPORT
    assert read(SUPPORT.replace(text, f"{text[:2]}{char}{text[2:]}")) == read(SUPPORT)


@pytest.mark.parametrize("char", "\u200c\u200d\ufe0e\ufe0f", ids=lambda char: f"U+{ord(char):04X}")
def test_what_only_joins_letters_is_no_change(char: str) -> None:
    joined = SUPPORT.replace("富士通株式会社", f"富士{char}通株式会社")
    assert compare(read(SUPPORT), read(joined), date(2024, 11, 5)) == []


def test_joined_pictures_are_shown_as_they_are() -> None:
    assert squeeze(" 相談\u200b窓口 👨\u200d👩\u200d👧 ") == "相談窓口 👨\u200d👩\u200d👧"


def test_another_form_of_a_letter_stays_a_difference() -> None:
    assert fold("葛\U000e0100城市") != fold("葛城市")
