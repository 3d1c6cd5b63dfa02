"""Japanese dates as ministries print them: eras, western years, glosses, fiscal years.

Years follow 元号法 (昭和54年法律第43号) and the orders that began each era; the fiscal year runs from
1 April (財政法 第11条). Nothing is made up: what cannot be read is None.
"""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

_ERA_STARTS: Final = {
    "明治": date(1868, 10, 23),
    "大正": date(1912, 7, 30),
    "昭和": date(1926, 12, 25),
    "平成": date(1989, 1, 8),
    "令和": date(2019, 5, 1),
}
_ERA_ENDS: Final = {
    "明治": date(1912, 7, 30),
    "大正": date(1926, 12, 25),
    "昭和": date(1989, 1, 7),
    "平成": date(2019, 4, 30),
    "令和": date.max,
}
_LATIN: Final = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"}
_MONTHS: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

_ERA: Final = r"(?:令和|平成|昭和|大正|明治|(?<![A-Za-z])[RHSTM]\.?(?=\d|元))"
_YEAR: Final = re.compile(
    rf"(?:(?P<era>{_ERA})(?P<era_year>\d{{1,2}}(?!\d)|元)|(?<!\d)(?P<west>(?:1[89]|2[01])\d\d)(?!\d))"
    r"(?P<unit>年度|年)?"
    rf"(?:\((?:(?P<gloss_era>{_ERA})(?P<gloss_era_year>\d{{1,2}}|元)|(?P<gloss_west>\d{{4}}))"
    r"(?P<gloss_unit>年度|年)?\))?"
    r"(?P<late_unit>年度|年)?"
)
_MONTH: Final = re.compile(r"(?P<month>\d{1,2})月")
_DAY: Final = re.compile(r"(?P<day>\d{1,2})日")
_END: Final = re.compile(r"末日?")
_YEAR_END: Final = re.compile(r"末日?(?!頃)")
_LAST: Final = -1
_DOTTED: Final = re.compile(r"(?P<sep>[./-])(?P<month>\d{1,2})(?:(?P=sep)(?P<day>\d{1,2}))?日?(?![\d./-])")
WEEKDAY: Final = re.compile(r"\((?:月|火|水|木|金|土|日)(?:曜日?)?(?:[・,](?:祝|休)日?)?\)")

_KANJI_NUMBER: Final = re.compile(r"[〇一二三四五六七八九十]{1,4}(?=年|月|日)")
_KANJI_DIGIT: Final = {char: digit for digit, char in enumerate("〇一二三四五六七八九")}
_DASHES: Final = str.maketrans({"〜": "~", "−": "-", "‐": "-", "–": "-", "—": "-", "―": "-"})
_SPACE: Final = re.compile(r"\s+")

Trouble = Literal["out_of_era", "gloss_differs"]


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date found at `start`:`end` of a `normalised` text.

    `iso` is "2024-01-23", "2024-04", "2024" or "FY2024". `trouble` says what is odd about it: a year or day
    that the named era never had (kept as the date it means), or a western gloss that names another year.
    """

    iso: str
    start: int
    end: int
    trouble: Trouble | None = None


def normalised(text: str) -> str:
    """The form in which dates are sought: NFKC, no white space, one dash, kanji numerals before 年月日 as digits."""
    text = _SPACE.sub("", unicodedata.normalize("NFKC", text)).translate(_DASHES)
    return _KANJI_NUMBER.sub(lambda found: _kanji_number(found[0]), text)


def _kanji_number(kanji: str) -> str:
    if "十" not in kanji:
        return "".join(str(_KANJI_DIGIT[char]) for char in kanji)
    tens, _, ones = kanji.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return kanji
    return str(_KANJI_DIGIT.get(tens, 1) * 10 + (_KANJI_DIGIT[ones] if ones else 0))


def read_date(text: str, start: int = 0) -> DateReading | None:
    """The date that begins exactly at `start` of a `normalised` text, or None; weekdays behind it belong to it."""
    found = _YEAR.match(text, start)
    year, era = _year_of(found) if found else (None, None)
    if found is None or year is None:
        return None
    named = found["unit"] or found["gloss_unit"] or found["late_unit"]
    if named == "年度":
        return _fiscal(text, year, era, start, found.end())
    year_end = _YEAR_END.match(text, found.end()) if named else None
    if year_end:
        return DateReading(f"{year:04}-12-31", start, year_end.end())
    parts = _month_and_day(text, found.end(), dotted=named is None)
    iso = _iso(year, *parts[:2]) if parts else None
    if parts is None or iso is None:
        return None
    trouble: Trouble | None = None
    if era and not _within(era, iso):
        trouble = "out_of_era"
    elif _gloss_differs(found, year):
        trouble = "gloss_differs"
    weekday = WEEKDAY.match(text, parts[2])
    return DateReading(iso, start, weekday.end() if weekday else parts[2], trouble)


def _year_of(found: re.Match[str]) -> tuple[int | None, str | None]:
    if found["west"]:
        return int(found["west"]), None
    era = _LATIN.get(found["era"][0], found["era"])
    count = 1 if found["era_year"] == "元" else int(found["era_year"])
    return (_ERA_STARTS[era].year - 1 + count if count else None), era


def _gloss_differs(found: re.Match[str], year: int) -> bool:
    if found["gloss_west"]:
        return int(found["gloss_west"]) != year
    if found["gloss_era"]:
        era = _LATIN.get(found["gloss_era"][0], found["gloss_era"])
        count = 1 if found["gloss_era_year"] == "元" else int(found["gloss_era_year"])
        return _ERA_STARTS[era].year - 1 + count != year
    return False


def _fiscal(text: str, year: int, era: str | None, start: int, end: int) -> DateReading:
    trouble: Trouble | None = "out_of_era" if era and not _within(era, f"FY{year}") else None
    found = _END.match(text, end)
    if found:
        return DateReading(f"{year + 1}-03-31", start, found.end(), trouble)
    return DateReading(f"FY{year}", start, end, trouble)


def _month_and_day(text: str, end: int, *, dotted: bool) -> tuple[int | None, int | None, int] | None:
    """Month, day (_LAST: the month's last) and where they end; None where they are garbled."""
    if dotted:
        found = _DOTTED.match(text, end)
        if found is None:
            return None
        return int(found["month"]), int(found["day"]) if found["day"] else None, found.end()
    found = _MONTH.match(text, end)
    if found is None:
        return None if text.startswith("月", end) else (None, None, end)
    month, end = int(found["month"]), found.end()
    day = _DAY.match(text, end)
    if day:
        return month, int(day["day"]), day.end()
    last = _END.match(text, end)
    if last:
        return month, _LAST, last.end()
    return month, None, end


def _iso(year: int, month: int | None, day: int | None) -> str | None:
    if month is None:
        return f"{year:04}"
    if not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year:04}-{month:02}"
    last = monthrange(year, month)[1]
    if day == _LAST:
        day = last
    return f"{year:04}-{month:02}-{day:02}" if 1 <= day <= last else None


def _within(era: str, iso: str) -> bool:
    first, last = interval(iso)
    return last >= _ERA_STARTS[era] and first <= _ERA_ENDS[era]


def interval(iso: str) -> tuple[date, date]:
    """First and last day of "2024-01-23", "2024-04", "2024" or "FY2024"; raises ValueError for anything else."""
    if iso.startswith("FY"):
        year = int(iso[2:])
        return date(year, 4, 1), date(year + 1, 3, 31)
    parts = [int(part) for part in iso.split("-")]
    match parts:
        case [year]:
            return date(year, 1, 1), date(year, 12, 31)
        case [year, month]:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        case [year, month, day]:
            return date(year, month, day), date(year, month, day)
        case _:
            raise ValueError(f"no ISO date: {iso!r}")


def printed(iso: str, language: Literal["ja", "en"] = "ja") -> str:
    """A date as people write it: 令和6年1月23日, 令和6年4月, 令和6年度; "23 January 2024", "April 2024", "FY2024"."""
    parts = iso.removeprefix("FY").split("-")
    if language == "en":
        if iso.startswith("FY"):
            return iso
        names = [str(int(part)) for part in parts]
        if len(names) > 1:
            names[1] = _MONTHS[int(parts[1]) - 1]
        return " ".join(reversed(names))
    era, year = _era_of(iso)
    text = f"{era}{'元' if year == 1 else year}年" if era else f"{year}年"
    if iso.startswith("FY"):
        return f"{text}度"
    return text + "".join(f"{int(part)}{unit}" for part, unit in zip(parts[1:], "月日", strict=False))


def _era_of(iso: str) -> tuple[str, int]:
    """The era of the span's last day, as people name a year in which the era changed."""
    last = interval(iso)[0] if iso.startswith("FY") else interval(iso)[1]
    if iso.startswith("FY") and last.year == 2019:
        last = last + timedelta(days=31)
    for era, start in reversed(_ERA_STARTS.items()):
        if last >= start:
            return era, last.year - start.year + 1
    return "", last.year
