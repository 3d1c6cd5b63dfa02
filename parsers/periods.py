"""Spans and deadlines in prose: 公募期間, 受付, 締切, 適用期限 and their kin, as printed."""

import re
from collections.abc import Sequence
from typing import Final

from parsers.dates import normalised, read_date
from parsers.moments import LINK, Moment, moments_in
from parsers.records import Period
from parsers.text import fold, trim

_WORDS: Final = r"公募|募集|受付|申請|申込|応募|提出|締め?切|〆切|期限|期間|期日|必着|適用|届出|登録|参加"
_LABEL_REACH: Final = 60  # characters before a span in which its label stands
_MAX_LINE: Final = 5000  # characters of a line in which spans are sought
_MAX_LABEL: Final = 20  # characters of a line that is nothing but the label of the next
_WAVES: Final = ("~", "〜", "～")
_COUNTED: Final = re.compile("[0-9０-９元〇一二三四五六七八九十][ \u3000]*[年月/／.．]")
_KEYWORD: Final = re.compile(_WORDS)
_LABEL: Final = re.compile(
    rf"(?:^|[。、,;:\s「(【※・○●■◆])(?P<label>[^。、,;:「」()【】※・○●■◆]*?(?:{_WORDS})[^。、,;:「」()【】]{{0,8}}?)"
    r"(?:は|が|を|:|、|,)*(?::[^。:]*)?$"
)
_BEHIND: Final = re.compile(
    r"(?:第?[一二三四五六七八九十\d]+次)?(?:公募|意見募集|募集|受付|申請|申込|応募|提出)(?:期間)?"
)
_UNTIL: Final = re.compile(
    r"\)?(?:\((?:必着|消印有効|締切|厳守)[^)]*\))?(?:まで|迄|必着|締め?切|〆切|を?期限|消印有効|厳守)"
)
_ABOUT_THE_PAST: Final = re.compile(r"[^。]*(?:した|ました|れた|った|でした)(?:。|$)")
_SPREAD: Final = re.compile(r"に?かけて")
_BOUND: Final = re.compile(r"(?P<after>以降|以後)|以前")
_OUTLINE_NUMBER: Final = re.compile(
    r"^[\s\u3000]*(?:第?[0-9０-９]{1,2}[.．、)）]?|[(（][0-9０-９]{1,2}[)）])[\s\u3000]+"
)


def periods_in(lines: Sequence[str], *, heading: str = "", own_date: str | None = None) -> tuple[Period, ...]:
    """The spans and deadlines that lines of prose name, in order, none twice.

    Only what is about applying, submitting or validity counts: the line, a short line before it or else
    `heading` must say so, or the line says 「まで」 of what has not passed. `own_date` (ISO day) is the page's own
    date, on which 「本日」 stands. 同年 or a half without a year takes the year of what stands before it, or the
    next where that would be earlier.
    """
    found: list[Period] = []
    known: str | None = own_date
    over = heading
    for line in _joined(lines):
        if not _COUNTED.search(line):
            over = line if len(line) <= _MAX_LABEL and _KEYWORD.search(line) else heading
            continue
        text = normalised(line[:_MAX_LINE])
        moments = moments_in(text, known, own_date)
        if moments:
            known = moments[-1].iso
        found.extend(_spans(text, moments, over))
        over = heading
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


def _spans(text: str, moments: Sequence[Moment], heading: str) -> list[Period]:
    about = bool(_KEYWORD.search(text)) or bool(_KEYWORD.search(fold(heading)))
    spans: list[Period] = []
    at = 0
    while at < len(moments):
        moment = moments[at]
        following = moments[at + 1] if at + 1 < len(moments) else None
        link = LINK.match(text, moment.end)
        if following is not None and link and link.end() == following.start:
            if _counts(text, following.end, about=about):
                spans.append(Period(_label(text, moment, following, heading), moment.first, following.last))
            at += 2
            continue
        alone = _alone(text, moment, heading, about=about)
        if alone is not None:
            spans.append(alone)
        at += 1
    return spans


def _counts(text: str, end: int, *, about: bool) -> bool:
    """Whether what ends at `end` is a span to act by: not spread over days, not a figure of the past."""
    if _SPREAD.match(text, end):
        return False
    return about or (_UNTIL.match(text, end) is not None and not _ABOUT_THE_PAST.match(text, end))


def _alone(text: str, moment: Moment, heading: str, *, about: bool) -> Period | None:
    """The span that a single moment bounds: 「…まで」, 「…以降」, 「締切:…」."""
    if _UNTIL.match(text, moment.end) and "-" in moment.iso:
        if not _counts(text, moment.end, about=about):
            return None
        return Period(_label(text, moment, moment, heading), None, moment.last)
    bound = _BOUND.match(text, moment.end)
    if bound and (about or not _rest(text, moment, bound.end())):
        label = _label(text, moment, moment, heading)
        return Period(label, moment.first, None) if bound["after"] else Period(label, None, moment.last)
    return _labelled(text, moment, heading) if about else None


def _rest(text: str, moment: Moment, end: int) -> str:
    return (text[: moment.start] + text[end:]).strip("()【】〔〕[]")


def _labelled(text: str, moment: Moment, heading: str) -> Period | None:
    """「締切:令和6年5月10日」, 「公募開始日 令和6年4月5日」: a lone day whose label says which end it is."""
    if moment.iso.count("-") != 2:
        return None
    label = _label(text, moment, moment, heading)
    before = text[max(moment.start - 4, 0) : moment.start]
    if label is None or not re.search(r"[:はがを、]$|日$|期限$|締め?切$|^$", before):
        return None
    if re.search(r"締め?切|〆切|期限|期日|必着|終了", label):
        return Period(label, None, moment.last)
    return Period(label, moment.first, None) if "開始" in label else None


def _label(text: str, first: Moment, last: Moment, heading: str) -> str | None:
    """What the span is of: the words just before it, those just behind it in its sentence, else the heading over it."""
    before = _LABEL.search(text[max(first.start - _LABEL_REACH, 0) : first.start])
    if before and before["label"]:
        return before["label"]
    behind = _BEHIND.search(text[last.end : last.end + _LABEL_REACH].partition("。")[0])
    if behind:
        return behind[0]
    return trim(_OUTLINE_NUMBER.sub("", heading)) if _KEYWORD.search(fold(heading)) else None
