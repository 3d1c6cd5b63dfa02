"""Links to a place on a page."""

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notify.facts import facts_of
from notify.fragments import place_link, text_link
from storage.changes import RecordedChange
from tests.notify.page_edits import URL

Changes = dict[str, list[RecordedChange]]
PAGE = "https://example.jp/a?b=1"


def place(change: RecordedChange) -> str | None:
    """Where a link leads, as it is read."""
    link = place_link(change, facts_of(change, "ja"), URL)
    return unquote(link.removeprefix(URL)) if link else None


def test_what_has_a_meaning_in_the_address_is_encoded() -> None:
    assert text_link(PAGE, "A-B,C&D 申") == f"{PAGE}#:~:text=A%2DB%2CC%26D%20%E7%94%B3"


def test_a_fragment_that_is_there_stays_before_the_directive() -> None:
    assert text_link(f"{PAGE}#top", "x") == f"{PAGE}#top:~:text=x"


def test_a_directive_that_is_there_gives_way() -> None:
    assert text_link(f"{PAGE}#top:~:text=old", "x") == f"{PAGE}#top:~:text=x"


def test_with_a_suffix_the_text_alone_is_the_second_try() -> None:
    assert text_link(PAGE, "x", "【y】") == f"{PAGE}#:~:text=x,-%E3%80%90y%E3%80%91&text=x"


def test_what_stands_below_a_heading_is_sought_from_there_on_and_then_alone() -> None:
    assert text_link(PAGE, "x", above="y,z") == f"{PAGE}#:~:text=y%2Cz,x&text=x"


def test_a_heading_of_too_much_length_is_left_out() -> None:
    assert text_link(PAGE, "x", above="長" * 81) == f"{PAGE}#:~:text=x"


@pytest.mark.parametrize(("page", "text"), [("", "x"), (PAGE, ""), (PAGE, "長" * 81)])
def test_without_a_page_or_a_text_of_some_length_there_is_no_link(page: str, text: str) -> None:
    assert text_link(page, text) is None


@given(st.text(min_size=1, max_size=80))
def test_every_text_comes_back_from_the_address(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    link = text_link(PAGE, text) or ""
    directive = link.removeprefix(f"{PAGE}#:~:text=")
    assert re.fullmatch(r"[A-Za-z0-9._~%]+", directive)
    assert unquote(directive) == text


@pytest.mark.parametrize(
    ("case", "where"),
    [
        ("plan amended again", "#:~:text=富士通株式会社,-【令和6年1月23日変更】&text=富士通株式会社"),
        ("plan note removed", "#:~:text=富士通株式会社"),
        ("document renamed", "#:~:text=認定申請書(導入計画用)"),
        ("plan removed", "#:~:text=認定導入計画の概要,ローカル5G&text=ローカル5G"),
        ("document removed", "#:~:text=特定高度情報通信技術活用システム導入計画 申請書様式等"),
        ("text sentence added", "#:~:text=令和7年度の施策は準備中です。"),
        ("programme text shortened", "#:~:text=DXアドバイザー"),
        ("text heading added", "#:~:text=お知らせ"),
        ("category removed with its programme", None),
        ("page moved", None),
        ("correction of what never was", None),
    ],
)
def test_a_change_is_shown_where_it_stands_or_stood(case: str, where: str | None, changes: Changes) -> None:
    assert place(changes[case][0]) == where
