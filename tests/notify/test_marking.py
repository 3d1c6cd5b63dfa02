"""Marks of what differs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notify.marking import mark, signs_for


def shown(old: str, new: str) -> tuple[str, str]:
    left, right = (
        "".join(f"[{piece.text}]" if piece.differs else piece.text for piece in side) for side in mark(old, new)
    )
    return left, right


@pytest.mark.parametrize(
    ("old", "new", "left", "right"),
    [
        ("令和5年5月29日変更", "令和6年1月23日変更", "令和[5年5月29日]変更", "令和[6年1月23日]変更"),
        ("令和6年1月23日変更", "令和6年10月1日変更", "令和6年[1月23日]変更", "令和6年[10月1日]変更"),
        ("main_content/000123456.docx", "main_content/000970000.docx", "main_content/[000123456].docx", None),
        ("増額", "減額", "[増]額", "[減]額"),
        ("", "新しい", "", "[新しい]"),
    ],
)
def test_what_differs_is_marked_in_whole_words(old: str, new: str, left: str, right: str | None) -> None:
    marked = shown(old, new)
    assert marked[0] == left
    assert right is None or marked[1] == right


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_are_the_texts(old: str, new: str) -> None:
    left, right = mark(old, new)
    assert ("".join(piece.text for piece in left), "".join(piece.text for piece in right)) == (old, new)


@given(st.text(max_size=60), st.text(max_size=60))
def test_what_is_not_marked_is_the_same_on_both_sides(old: str, new: str) -> None:
    left, right = mark(old, new)
    same = ["".join(piece.text for piece in side if not piece.differs) for side in (left, right)]
    assert same[0] == same[1]


def test_signs_are_a_pair_that_no_text_holds() -> None:
    assert signs_for(["a", "b》"]) == "〖〗"


def test_where_all_signs_are_taken_there_are_none() -> None:
    assert signs_for(["《》", "〖〗⟦"]) is None


def test_very_long_texts_are_marked_whole_instead_of_holding_the_mail_up() -> None:
    left, right = mark("あ" * 5000, "い" * 5000)
    assert [len(left), len(right)] == [1, 1]
