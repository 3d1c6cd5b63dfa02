"""Categories are found whatever becomes of their numbers."""

from pathlib import Path

import pytest

from parsers import parse

BODY = (Path(__file__).resolve().parent.parent / "pages" / "support" / "nested-lists.html").read_bytes().decode("cp932")
URL = "https://www.soumu.go.jp/main_sosiki/joho_tsusin/top/local_support/ict/support/index.html"
TITLES = ["地域活性化に向けた支援", "無線システムの普及支援", "その他支援", "他省庁の関連施策", "地方財政措置"]


def numbered(*numbers: str) -> str:
    """The page with these in place of "1. " to "5. "."""
    html = BODY
    for at, (title, number) in enumerate(zip(TITLES, numbers, strict=True), 1):
        assert f"{at}. {title}" in html
        html = html.replace(f"{at}. {title}", f"{number}{title}")
    return html


def categories(html: str) -> list[str]:
    return [record.title for record in parse(html.encode(), url=URL).records if record.kind == "category"]


@pytest.mark.parametrize(
    "numbers",
    [
        ("", "", "", "", ""),
        ("1. ", "3. ", "2. ", "4. ", "5. "),
        ("1. ", "2. ", "2. ", "3. ", "4. "),
        ("2. ", "3. ", "4. ", "5. ", "6. "),
        ("1. ", "", "2. ", "3. ", "4. "),
        ("① ", "② ", "③ ", "④ ", "⑤ "),
        ("①", "②", "③", "④", "⑤"),
        ("１　", "２　", "３　", "４　", "５　"),
        ("第1 ", "第2 ", "第3 ", "第4 ", "第5 "),
    ],
    ids=lambda numbers: "".join(numbers) or "none",
)
def test_categories_are_the_same_whatever_their_numbers(numbers: tuple[str, ...]) -> None:
    assert categories(numbered(*numbers)) == TITLES


def test_a_category_may_go_and_leave_a_gap_in_the_numbers() -> None:
    start, end = BODY.index("2. 無線システムの普及支援"), BODY.index("3. その他支援")
    start, end = BODY.rindex("<h2", 0, start), BODY.rindex("<h2", 0, end)
    assert categories(BODY[:start] + BODY[end:]) == [TITLES[0], *TITLES[2:]]


def test_a_heading_behind_the_last_category_is_none() -> None:
    end = BODY.index('<div class="pageTop">')
    html = f"{BODY[:end]}<h2>お問い合わせ先</h2><p>情報流通行政局 地域通信振興課 電話：03-5253-5758</p>{BODY[end:]}"
    assert categories(html) == TITLES
