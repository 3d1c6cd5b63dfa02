"""Bracket notes: what is a note, what stays in the title, what the note says."""

import pytest

from parsers.notes import NoteReading, bound_in_title, note_alone, read_note, split_title
from parsers.records import Period

TITLES = [
    ("富士通株式会社【令和6年1月23日変更】", "富士通株式会社", "令和6年1月23日変更"),
    ("エリクソン・ジャパン株式会社【令和5年6月5日】", "エリクソン・ジャパン株式会社", "令和5年6月5日"),
    ("基準適合性確認申請書(令和4年3月末以前)", "基準適合性確認申請書(令和4年3月末以前)", None),
    ("基準適合性確認申請書（令和4年4月以降）", "基準適合性確認申請書（令和4年4月以降）", None),
    ("(R5年度版)AI導入状況調査結果を見る", "(R5年度版)AI導入状況調査結果を見る", None),
    ("概要資料はこちら(令和6年1月31日版)PDF New!", "概要資料はこちら", "令和6年1月31日版"),
    ("講ずる措置の全体像(イメージ)(PDF形式/196KB)", "講ずる措置の全体像(イメージ)", None),
    ("申請要領(導入計画)【令和6年4月26日版】[PDF:1.2MB]", "申請要領(導入計画)", "令和6年4月26日版"),
    ("要綱（令和７年度）", "要綱（令和７年度）", None),
    ("要綱(令和7年)", "要綱(令和7年)", None),
    ("手引（令和8年3月改訂版）", "手引", "令和8年3月改訂版"),
    ("実施要領〔令和8年1月改正〕", "実施要領", "令和8年1月改正"),
    ("統計（22.12.1現在）", "統計", "22.12.1現在"),
    ("一覧表(H31.41時点)", "一覧表", "H31.41時点"),
    ("株式会社　愛媛CATV【令和4年5月10日変更】", "株式会社　愛媛CATV", "令和4年5月10日変更"),
    ("結果(二次分）", "結果(二次分）", None),
    (
        "「自治体におけるAI活用・導入ガイドブック(第3稿)」の公表",
        "「自治体におけるAI活用・導入ガイドブック(第3稿)」の公表",
        None,
    ),
    ("様式の一覧【要確認】", "様式の一覧", "要確認"),
    ("* 様式", "様式", None),
    ("＊　様式", "様式", None),
    ("＊様式1", "＊様式1", None),
    ("*必須項目", "*必須項目", None),
]


@pytest.mark.parametrize(("printed", "title", "note"), TITLES)
def test_a_printed_line_parts_into_title_and_note(printed: str, title: str, note: str | None) -> None:
    titled = split_title(printed)
    assert (titled.title, titled.note) == (title, note)


READINGS = [
    ("令和6年1月23日変更", NoteReading("2024-01-23", "amended")),
    ("令和3年6月1日認定", NoteReading("2021-06-01", "certified")),
    ("令和3年6月1日認定、令和5年5月29日変更", NoteReading("2023-05-29", "amended")),
    ("令和6年4月版", NoteReading("2024-04", "edition")),
    ("R5年度版", NoteReading("FY2023", "edition")),
    ("令和8年3月改訂版", NoteReading("2026-03", "revised")),
    ("令和８年４月３日改定", NoteReading("2026-04-03", "revised")),
    ("令和7年度改訂", NoteReading("FY2025", "revised")),
    ("令和6年4月1日更新", NoteReading("2024-04-01", "updated")),
    ("最終更新日：2024年1月5日", NoteReading("2024-01-05", "updated")),
    ("2025（令和7）年11月17日公表", NoteReading("2025-11-17", "published")),
    ("令和5年12月31日時点", NoteReading("2023-12-31", "as_of")),
    ("令和5年6月5日", NoteReading("2023-06-05", "unstated")),
    ("令和元年4月1日変更", NoteReading("2019-04-01", "amended", (), "out_of_era")),
    ("22.12.1現在", NoteReading(None, "as_of", (), "no_era")),
    ("H31.41時点", NoteReading(None, "as_of", (), "unread")),
    ("令和8年月版", NoteReading(None, "edition", (), "unread")),
    ("要確認", NoteReading(None, None, (), "unread")),
    (
        "適用期限:令和6年度末(令和7年3月31日)まで",
        NoteReading("2025-03-31", "until", (Period("適用期限", None, "2025-03-31"),)),
    ),
    ("令和7年3月末まで", NoteReading("2025-03-31", "until", (Period(None, None, "2025-03-31"),))),
]


@pytest.mark.parametrize(("note", "reading"), READINGS)
def test_a_note_says_its_date_and_what_kind_it_is(note: str, reading: NoteReading) -> None:
    assert read_note(note) == reading


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("【令和6年1月23日変更】", "令和6年1月23日変更"),
        ("令和6年1月23日変更", "令和6年1月23日変更"),
        ("(令和6年1月31日版)", "令和6年1月31日版"),
        ("(全国5G)", None),
        ("(令和7年度)", None),
        ("令和6年度", None),
        ("【関係法令】", None),
        ("富士通株式会社【令和6年1月23日変更】", None),
    ],
)
def test_a_line_of_its_own_is_a_note_only_if_it_is_wholly_one(line: str, note: str | None) -> None:
    assert note_alone(line) == note


@pytest.mark.parametrize(
    ("title", "periods"),
    [
        ("基準適合性確認申請書(令和4年3月末以前)", (Period(None, None, "2022-03-31"),)),
        ("基準適合性確認申請書（令和4年4月以降）", (Period(None, "2022-04-01", None),)),
        ("要綱（令和7年度）", ()),
        ("基準適合性確認申請書", ()),
    ],
)
def test_a_bound_in_the_title_sets_a_period(title: str, periods: tuple[Period, ...]) -> None:
    assert bound_in_title(title) == periods
