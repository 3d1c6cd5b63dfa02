"""Japanese dates: every spelling seen on ministries' pages, and nothing made up."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.dates import interval, normalised, printed, read_date

SPELLINGS = [
    ("令和5年5月29日", "2023-05-29"),
    ("令和6年4月", "2024-04"),
    ("令和6年", "2024"),
    ("令和元年5月31日", "2019-05-31"),
    ("令和1年5月31日", "2019-05-31"),
    ("平成31年4月30日", "2019-04-30"),
    ("昭和64年1月7日", "1989-01-07"),
    ("令和７年１０月２２日", "2025-10-22"),
    ("令和 6 年 4 月 5 日", "2024-04-05"),
    ("令和七年八月五日", "2025-08-05"),
    ("令和十二年十月二十三日", "2030-10-23"),
    ("令和八年", "2026"),
    ("R7.4.25", "2025-04-25"),
    ("H30.3", "2018-03"),
    ("R5年度", "FY2023"),
    ("令和6年度", "FY2024"),
    ("S63年度", "FY1988"),
    ("2019年度", "FY2019"),
    ("令和6年度末", "2025-03-31"),
    ("令和4年3月末", "2022-03-31"),
    ("令和6年2月末日", "2024-02-29"),
    ("2026年(令和8年)7月", "2026-07"),
    ("令和8（2026）年", "2026"),
    ("令和8(2026)年度", "FY2026"),
    ("2025（令和7）年11月17日", "2025-11-17"),
    ("平成31年（2019年）4月", "2019-04"),
    ("2024/4/5", "2024-04-05"),
    ("2024.04.05", "2024-04-05"),
    ("2024-04-05", "2024-04-05"),
    ("令和5年2月9日(木曜日)", "2023-02-09"),
    ("2026年日ブータン", "2026"),
]


@pytest.mark.parametrize(("spelling", "iso"), SPELLINGS)
def test_a_spelling_gives_the_date_it_means(spelling: str, iso: str) -> None:
    reading = read_date(normalised(spelling))
    assert reading is not None
    assert (reading.iso, reading.trouble) == (iso, None)


@pytest.mark.parametrize(
    "typo", ["H31.41", "令和8年月", "22.12.1", "令和6年13月1日", "令和6年2月30日", "令和0年4月1日", "令和", "1.2.3", ""]
)
def test_a_typo_gives_no_date(typo: str) -> None:
    assert read_date(normalised(typo)) is None


@pytest.mark.parametrize(
    ("spelling", "iso"), [("令和元年4月1日", "2019-04-01"), ("平成35年", "2023"), ("平成31年5月1日", "2019-05-01")]
)
def test_a_date_its_era_never_had_is_kept_and_said(spelling: str, iso: str) -> None:
    reading = read_date(normalised(spelling))
    assert reading is not None
    assert (reading.iso, reading.trouble) == (iso, "out_of_era")


def test_a_gloss_that_names_another_year_is_said() -> None:
    reading = read_date(normalised("令和7(2024)年1月"))
    assert reading is not None
    assert (reading.iso, reading.trouble) == ("2025-01", "gloss_differs")


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        ("2024-01-23", date(2024, 1, 23), date(2024, 1, 23)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("FY2024", date(2024, 4, 1), date(2025, 3, 31)),
    ],
)
def test_a_date_covers_its_interval(iso: str, first: date, last: date) -> None:
    assert interval(iso) == (first, last)


@pytest.mark.parametrize(
    ("iso", "japanese", "english"),
    [
        ("2024-01-23", "令和6年1月23日", "23 January 2024"),
        ("2019-05", "令和元年5月", "May 2019"),
        ("2019-04-30", "平成31年4月30日", "30 April 2019"),
        ("FY2024", "令和6年度", "FY2024"),
        ("FY2019", "令和元年度", "FY2019"),
    ],
)
def test_a_date_is_printed_as_people_write_it(iso: str, japanese: str, english: str) -> None:
    assert (printed(iso, "ja"), printed(iso, "en")) == (japanese, english)


DAYS = st.dates(min_value=date(1873, 1, 1), max_value=date(2099, 12, 31))


@given(DAYS)
def test_every_day_is_read_back_from_its_printed_form(day: date) -> None:
    reading = read_date(normalised(printed(day.isoformat())))
    assert reading is not None
    assert (reading.iso, reading.trouble) == (day.isoformat(), None)


@given(DAYS)
def test_latin_eras_agree_with_the_kanji_ones(day: date) -> None:
    kanji = printed(day.isoformat())
    latin = kanji.translate(str.maketrans({"年": ".", "月": ".", "日": None, "元": "1"}))
    for name, letter in {"令和": "R", "平成": "H", "昭和": "S", "大正": "T", "明治": "M"}.items():
        latin = latin.replace(name, letter)
    reading = read_date(normalised(latin))
    assert reading is not None
    assert reading.iso == day.isoformat()


@given(st.text(alphabet="令和平成昭RHS元年月日度末0123456789.一十(2024)（）/ -", max_size=24))
def test_no_text_makes_the_reader_fail_or_invent_a_day(text: str) -> None:
    reading = read_date(normalised(text))
    if reading is not None:
        first, last = interval(reading.iso)
        assert first <= last < first + timedelta(days=367)
