"""Filters by title go on after a rename."""

from dataclasses import replace
from typing import Any

import pytest

from notify.renames import follow, followed
from notify.routing import deaf_filters, make_route
from notify.subscribers import Destination, Subscriber
from storage.changes import RecordedChange
from storage.observation import PageInfo, Rename

Changes = dict[str, list[RecordedChange]]
PAGE = PageInfo(id="support", name="支援施策", url="https://www.soumu.go.jp/")


def programme(old: str, new: str) -> Rename:
    return Rename("programme", old, new)


def subscriber(**values: Any) -> Subscriber:
    return Subscriber(name="desk", destinations=(Destination.of("desk", "d@example.jp", "d@example.jp"),), **values)


@pytest.mark.parametrize(
    ("renames", "titles"),
    [
        ([], ("甲",)),
        ([programme("甲", "乙")], ("甲", "乙")),
        ([programme("甲", "乙"), programme("乙", "丙")], ("甲", "乙", "丙")),
        ([programme("乙", "丙"), programme("甲", "乙")], ("甲", "乙", "丙")),
        ([programme("甲", "乙"), programme("乙", "甲")], ("甲", "乙")),
        ([programme("乙", "甲")], ("甲",)),
        ([Rename("category", "甲", "乙")], ("甲",)),
    ],
)
def test_a_title_stands_for_what_it_was_renamed_to(renames: list[Rename], titles: tuple[str, ...]) -> None:
    assert followed(["甲"], "programme", renames) == titles


def test_the_title_may_be_written_in_other_widths_than_the_page_prints() -> None:
    assert followed(["５Ｇ 促進"], "programme", [programme("5G促進", "6G促進")]) == ("５Ｇ 促進", "6G促進")


def test_each_filter_follows_the_renames_of_its_own_kind() -> None:
    renames = [programme("甲", "乙"), Rename("category", "甲", "丙")]
    one = follow(subscriber(categories=("甲",), programmes=("甲",)), renames)
    assert (one.categories, one.programmes) == (("甲", "丙"), ("甲", "乙"))


def test_a_filter_whose_title_was_renamed_to_one_that_is_there_is_not_deaf() -> None:
    found = deaf_filters(subscriber(programmes=("甲", "丁")), {"programme": ["乙"]}, [programme("甲", "乙")])
    assert found == ["programmes: 丁"]


def test_what_came_in_the_very_check_that_renamed_its_programme_passes_by_the_old_title(changes: Changes) -> None:
    document = changes["programme added with a document"][1]
    assert document.after is not None
    new = document.after["programme"]
    rename = replace(
        document,
        id=90,
        change="programme.renamed",
        kind="programme",
        title=new,
        before={"title": "旧制度", "path": []},
        after={"title": new, "path": []},
        cause=None,
    )
    drafts = list(make_route([subscriber(programmes=("旧制度",))], None)(PAGE, [rename, document]))
    assert [draft.change_ids for draft in drafts] == [(90, document.id)]
