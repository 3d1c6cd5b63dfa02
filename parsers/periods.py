"""Spans and deadlines in prose: 公募期間, 受付, 締切, 適用期限 and their kin, as printed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from parsers.dates import DateReading, interval, normalised, read_date
from parsers.records import Period
from parsers.text import fold, trim

_WORDS: Final = r"公募|募集|受付|申請|申込|応募|提出|締め?切|〆切|期限|期間|期日|必着|適用|届出|登録|参加"
_LABEL_REACH: Final = 60  # characters before a span in which its label stands
_MAX_LINE: Final = 5000  # characters of a line in which spans are sought
_WAVES: Final = ("~", "〜", "～")
_COUNTED: Final = re.compile("[0-9０-９元〇一二三四五六七八九十][ \u3000]*[年月/／.．]")
_KEYWORD: Final = re.compile(_WORDS)
_LABEL: Final = re.compile(
    rf"(?:^|[。、,;:\s「(※・○●■◆])(?P<label>[^。、,;:「」()※・○●■◆]*?(?:{_WORDS})[^。、,;:「」()]{{0,8}}?)(?:は|が|を|:|、|,)*$"
)
_BEHIND: Final = re.compile(
    r"(?:第?[一二三四五六七八九十\d]+次)?(?:公募|意見募集|募集|受付|申請|申込|応募|提出)(?:期間)?"
)
_LINK: Final = re.compile(r"(?:~|から|より|-|、から)+,?、?")
_UNTIL: Final = re.compile(
    r"\)?(?:\((?:必着|消印有効|締切|厳守)[^)]*\))?(?:まで|迄|必着|締め?切|〆切|を?期限|消印有効|厳守)"
)
_SAME_YEAR: Final = re.compile(r"同年(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_SAME_MONTH: Final = re.compile(r"同月(?P<day>\d{1,2})日")
_NO_YEAR: Final = re.compile(
    r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日|(?<![\d.])(?P<slash_month>\d{1,2})/(?P<slash_day>\d{1,2})(?![\d/])"
)
_DAY_ONLY: Final = re.compile(r"(?P<day>\d{1,2})日")
_TODAY: Final = re.compile(r"本日")
_WEEKDAY: Final = re.compile(r"\((?:月|火|水|木|金|土|日)(?:曜日?)?(?:[・,](?:祝|休)日?)?\)")
_TIME: Final = re.compile(
    r"[\s(]*(?:(?P<noon>正午)|(?P<half>午前|午後)?(?P<hour>\d{1,2})(?:時(?P<minute>\d{1,2})分|時(?P<half_past>半)?|:(?P<colon>\d{2})))"
)
_START: Final = re.compile(
    r"令和|平成|昭和|[RHS]\d|(?<!\d)(?:1[89]|2[01])\d\d|同年|同月|本日|(?<![\d.年月/-])\d{1,2}(?:月|/)\d"
)


@dataclass(frozen=True, slots=True)
class _Moment:
    """A day or a month named in a text, its time if one is printed, and where it stands."""

    iso: str
    time: str | None
    start: int
    end: int
    is_today: bool = False

    @property
    def first(self) -> str:
        return interval(self.iso)[0].isoformat() + (f"T{self.time}" if self.time else "")

    @property
    def last(self) -> str:
        return interval(self.iso)[1].isoformat() + (f"T{self.time}" if self.time else "")


def periods_in(lines: Sequence[str], *, heading: str = "", own_date: str | None = None) -> tuple[Period, ...]:
    """The spans and deadlines that lines of prose name, in order, none twice.

    Only what is about applying, submitting or validity counts: the line, or else `heading`, must say so.
    `own_date` (ISO day) is the page's own date, on which 「本日」 stands. 同年 or a half without a year takes
    the year of what stands before it, or the next where that would be earlier.
    """
    found: list[Period] = []
    known: str | None = own_date
    for line in _joined(lines):
        if not _COUNTED.search(line):
            continue
        text = normalised(line[:_MAX_LINE])
        about = bool(_KEYWORD.search(text)) or bool(_KEYWORD.search(fold(heading)))
        moments = _moments(text, known, own_date)
        if moments:
            known = moments[-1].iso
        found.extend(_spans(text, moments, heading, about=about))
    return tuple(dict.fromkeys(found))


def own_date(lines: Sequence[str]) -> str | None:
    """The page's own date: the first line that is nothing but a day (a press release's date line)."""
    for line in lines:
        text = normalised(line)
        reading = read_date(text)
        if reading and reading.end == len(text) and reading.iso.count("-") == 2:
            return reading.iso
    return None


def _joined(lines: Sequence[str]) -> list[str]:
    """Lines, those that a span runs across (「…から」 / 「〜…」) as one."""
    joined: list[str] = []
    for line in lines:
        if joined and (line.lstrip().startswith(_WAVES) or joined[-1].rstrip().endswith((*_WAVES, "から"))):
            joined[-1] += line
        else:
            joined.append(line)
    return joined


def _moments(text: str, known: str | None, own: str | None) -> list[_Moment]:
    moments: list[_Moment] = []
    at = 0
    while found := _START.search(text, at):
        moment = _moment(text, found.start(), moments[-1].iso if moments else known, own)
        if moment is None:
            at = found.start() + 1
            continue
        moments.append(moment)
        at = moment.end
        day = _day_after(text, moment)
        if day:
            moments.append(day)
            at = day.end
    return moments


def _moment(text: str, start: int, before: str | None, own: str | None) -> _Moment | None:
    reading = read_date(text, start)
    if reading:
        return _timed(text, reading)
    if _TODAY.match(text, start):
        return _Moment(own, None, start, start + 2, is_today=True) if own else None
    return _relative(text, start, interval(before)[0]) if before else None


def _relative(text: str, start: int, base: date) -> _Moment | None:
    """A day that takes its year, or year and month, from what stands before it."""
    if same_year := _SAME_YEAR.match(text, start):
        return _dated(text, start, same_year.end(), base.year, int(same_year["month"]), int(same_year["day"]))
    if same_month := _SAME_MONTH.match(text, start):
        return _dated(text, start, same_month.end(), base.year, base.month, int(same_month["day"]))
    bare = _NO_YEAR.match(text, start)
    if bare is None:
        return None
    month, day = int(bare["month"] or bare["slash_month"]), int(bare["day"] or bare["slash_day"])
    year = base.year if (month, day) >= (base.month, base.day) else base.year + 1
    return _dated(text, start, bare.end(), year, month, day)


def _day_after(text: str, moment: _Moment) -> _Moment | None:
    """「1月24日〜25日」: a second half that names only its day."""
    link = _LINK.match(text, moment.end)
    found = _DAY_ONLY.match(text, link.end()) if link else None
    if found is None or moment.iso.count("-") != 2:
        return None
    first = interval(moment.iso)[0]
    return _dated(text, found.start(), found.end(), first.year, first.month, int(found["day"]))


def _dated(text: str, start: int, end: int, year: int, month: int, day: int) -> _Moment | None:
    try:
        iso = date(year, month, day).isoformat()
    except ValueError:
        return None
    weekday = _WEEKDAY.match(text, end)
    return _timed(text, DateReading(iso, start, weekday.end() if weekday else end))


def _timed(text: str, reading: DateReading) -> _Moment:
    found = _TIME.match(text, reading.end) if reading.iso.count("-") == 2 else None
    if found is None:
        return _Moment(reading.iso, None, reading.start, reading.end)
    hour = 12 if found["noon"] else int(found["hour"])
    minute = 30 if found["half_past"] else int(found["minute"] or found["colon"] or 0)
    if found["half"] == "午後" and hour < 12:
        hour += 12
    if hour > 24 or minute > 59:
        return _Moment(reading.iso, None, reading.start, reading.end)
    end = found.end() + (1 if text.startswith(")", found.end()) and "(" in found[0] else 0)
    return _Moment(reading.iso, f"{hour:02}:{minute:02}", reading.start, end)


def _spans(text: str, moments: Sequence[_Moment], heading: str, *, about: bool) -> list[Period]:
    """The spans that moments of one line form; where nothing speaks of applying, only those that end in 「まで」."""
    spans: list[Period] = []
    at = 0
    while at < len(moments):
        moment = moments[at]
        following = moments[at + 1] if at + 1 < len(moments) else None
        link = _LINK.match(text, moment.end)
        if following is not None and link and link.end() == following.start:
            if about or _UNTIL.match(text, following.end):
                spans.append(Period(_label(text, moment, following, heading), moment.first, following.last))
            at += 2
            continue
        if _UNTIL.match(text, moment.end) and "-" in moment.iso:
            spans.append(Period(_label(text, moment, moment, heading), None, moment.last))
        elif not about:
            pass
        elif re.match(r"(?:以降|以後)", text[moment.end : moment.end + 2]):
            spans.append(Period(_label(text, moment, moment, heading), moment.first, None))
        elif re.match(r"以前", text[moment.end : moment.end + 2]):
            spans.append(Period(_label(text, moment, moment, heading), None, moment.last))
        else:
            spans.extend(_labelled(text, moment, heading))
        at += 1
    return spans


def _labelled(text: str, moment: _Moment, heading: str) -> list[Period]:
    """「締切:令和6年5月10日」, 「公募開始日 令和6年4月5日」: a lone day whose label says which end it is."""
    if moment.iso.count("-") != 2:
        return []
    label = _label(text, moment, moment, heading)
    if label is None or not re.search(
        r"[:はがを、]$|日$|期限$|締め?切$|^$", text[max(moment.start - 4, 0) : moment.start]
    ):
        return []
    if re.search(r"締め?切|〆切|期限|期日|必着|終了", label):
        return [Period(label, None, moment.last)]
    if re.search(r"開始", label):
        return [Period(label, moment.first, None)]
    return []


def _label(text: str, first: _Moment, last: _Moment, heading: str) -> str | None:
    """What the span is of: the words just before it, those just behind it in its sentence, else the heading over it."""
    before = _LABEL.search(text[max(first.start - _LABEL_REACH, 0) : first.start])
    if before and before["label"]:
        return before["label"]
    behind = _BEHIND.search(text[last.end : last.end + _LABEL_REACH].partition("。")[0])
    if behind:
        return behind[0]
    return trim(heading) if _KEYWORD.search(fold(heading)) else None
