"""Which record is which where names and links speak against each other."""

from dataclasses import replace

import pytest

from parsers.keys import number
from parsers.records import Document, Plan, Programme, Record
from storage.addresses import address
from storage.alike import alike_pairs
from storage.heirs import Held, heirs
from storage.matching import correspond


def plan(company: str, network: str, file: str | None) -> Plan:
    path = ("計画の概要", network)
    url = f"https://example.jp/{file}" if file else None
    return Plan(key="", path=path, title=company, url=url, plan_type="導入計画", network=network, companies=(company,))


def document(title: str, file: str, *path: str, note: str | None = None) -> Document:
    return Document(key="", path=path, title=title, url=f"https://example.jp/{file}", note=note)


def pairs(old: list[Record], new: list[Record]) -> set[tuple[int, int]]:
    """Counterparts as places in the two lists."""

    def placed(records: list[Record]) -> list[Record]:
        fresh = [replace(record) for record in records]
        number(fresh)
        return fresh

    return set(correspond(placed(old), placed(new)).to_new.items())


def test_a_company_renamed_in_both_networks_under_one_link_stays_in_each() -> None:
    old: list[Record] = [plan("日本電気", "全国5G", "n.pdf"), plan("日本電気", "ローカル5G", "n.pdf")]
    new: list[Record] = [plan("NEC", "全国5G", "n.pdf"), plan("NEC", "ローカル5G", "n.pdf")]
    assert pairs(old, new) == {(0, 0), (1, 1)}


def test_a_company_renamed_in_one_of_two_networks_under_one_link_is_the_same() -> None:
    old: list[Record] = [plan("日本電気", "全国5G", "n.pdf"), plan("日本電気", "ローカル5G", "n.pdf")]
    new: list[Record] = [plan("NEC", "全国5G", "n.pdf"), plan("日本電気", "ローカル5G", "n.pdf")]
    assert pairs(old, new) == {(0, 0), (1, 1)}


def test_a_link_that_other_plans_keep_makes_no_company_another() -> None:
    old: list[Record] = [plan("甲", "全国5G", "list.pdf"), plan("乙", "全国5G", "list.pdf")]
    new: list[Record] = [plan("甲", "全国5G", "list.pdf"), plan("丙", "全国5G", "list.pdf")]
    assert pairs(old, new) == {(0, 0)}


def test_plans_without_links_are_not_one_for_lack_of_them() -> None:
    assert pairs([plan("甲", "全国5G", None)], [plan("乙", "全国5G", None)]) == set()


def test_of_links_with_one_name_the_note_tells_which_file_is_which() -> None:
    old: list[Record] = [document("資料", "1.pdf", note="令和5年版"), document("資料", "2.pdf", note="令和6年版")]
    new: list[Record] = [document("資料", "8.pdf", note="令和6年版"), document("資料", "9.pdf", note="令和5年版")]
    assert pairs(old, new) == {(0, 1), (1, 0)}


def test_without_notes_links_with_one_name_go_by_order() -> None:
    old: list[Record] = [document("資料", "1.pdf"), document("資料", "2.pdf")]
    new: list[Record] = [document("資料", "8.pdf"), document("資料", "9.pdf")]
    assert pairs(old, new) == {(0, 0), (1, 1)}


def test_a_title_three_quarters_alike_is_the_same_document() -> None:
    assert pairs([document("募集要領一", "1.pdf")], [document("募集要領二", "2.pdf")]) == {(0, 0)}


def test_a_title_less_alike_is_another_document() -> None:
    assert pairs([document("要領一", "1.pdf")], [document("要領二", "2.pdf")]) == set()


def test_a_programme_of_the_same_name_in_another_category_is_told_apart_by_its_place() -> None:
    old: list[Record] = [Programme(key="", path=(), title="事業"), Programme(key="", path=(), title="事業")]
    assert pairs(old, list(old)) == {(0, 0), (1, 1)}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("電波利用の促進に関する法律", "電波利用の促進に関する法律施行令"),
        ("電波利用の促進に関する法律施行規則", "総務省関係電波利用の促進に関する法律施行規則"),
        ("電波利用の促進に関する法律施行令", "電波利用の促進に関する法律施行規則"),
    ],
)
def test_a_law_is_not_taken_for_its_kin(old: str, new: str) -> None:
    assert pairs([document(old, "1.html")], [document(new, "2.html")]) == set()


def test_an_amended_law_under_a_slightly_new_name_is_the_same() -> None:
    old, new = "電波の利用の促進に関する法律施行令", "電波等の利用の促進に関する法律施行令"
    assert pairs([document(old, "1.html")], [document(new, "2.html")]) == {(0, 0)}


@pytest.mark.parametrize(
    "other",
    [
        "http://example.jp/a/b%e3%81%82.pdf?x=1",
        "https://EXAMPLE.jp:443/a/b%E3%81%82.pdf?x=1",
        "https://example.jp/a/bあ.pdf?x=1",
        "https://example.jp/a/b%E3%81%82.pdf;jsessionid=0AF.node1?x=1",
        "https://example.jp/a/b%E3%81%82.pdf?PHPSESSID=77ab&x=1&utm_source=mail",
        "https://example.jp/a/b%E3%81%82.pdf?x=1&sid=9f8e7d6c#",
    ],
)
def test_a_link_is_the_same_in_another_spelling(other: str) -> None:
    assert address(other) == address("https://example.jp/a/b%E3%81%82.pdf?x=1")


@pytest.mark.parametrize(
    "other",
    [
        "https://example.jp/a/c.pdf?x=1",
        "https://example.jp/a/b.pdf?x=2",
        "https://example.jp/a/b.pdf?x=1#part",
        "https://example.jp/a/b.pdf?x=1&sid=12",
        "https://www.example.jp/a/b.pdf?x=1",
        "https://example.jp:8443/a/b.pdf?x=1",
        "https://example.jp/A/b.pdf?x=1",
    ],
)
def test_a_link_to_something_else_is_another(other: str) -> None:
    assert address(other) != address("https://example.jp/a/b.pdf?x=1")


def test_of_many_titles_each_still_finds_the_one_most_like_it() -> None:
    old = [f"第{number}回審議会の開催案内" for number in range(300)]
    new = [f"第{number}回審議会開催の案内" for number in range(300)]
    best: dict[int, tuple[float, int]] = {}
    for score, first, second in alike_pairs(old, new, 0.75):
        best[first] = max(best.get(first, (0.0, -1)), (score, second))
    assert [second for _, second in best.values()] == list(range(300))


def test_a_heading_passes_to_the_new_one_that_holds_most_of_it() -> None:
    gone = [("甲", [Held("一"), Held("二"), Held("三")]), ("乙", [Held("一"), Held("四")])]
    fresh = [("新乙", [Held("四"), Held("一")]), ("新甲", [Held("一"), Held("二"), Held("三")])]
    assert sorted(heirs(gone, fresh)) == [("乙", "新乙"), ("甲", "新甲")]


def test_less_than_half_passes_nothing() -> None:
    assert heirs([("甲", [Held("一"), Held("二"), Held("三")])], [("乙", [Held("一")])]) == []


def test_what_held_nothing_passes_nothing() -> None:
    assert heirs([("甲", [])], [("乙", [])]) == []
