"""What a sentence need not say twice: a page prints a period in its text, and the record holds it besides."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from notify.facts import Facts
from parsers.dates import normalised
from parsers.moments import moments_in
from storage.changes import Change

# What joins the label and the dates of a period in a line that says nothing else.
_JOINING: Final = re.compile(r"[\W_]+|から|より|まで|迄")


def periods_tell_text(change: Change, facts: Facts) -> bool:
    """Whether the lines that differ are nothing but the periods: the same words around other dates, or their labels."""
    before, after = change.before or {}, change.after or {}
    gone = [_around_dates(line, before) for line in facts.old_lines]
    come = [_around_dates(line, after) for line in facts.new_lines]
    if None in gone or None in come:
        return False
    if gone and come:
        return gone == come
    told = (*_only(before, after), *_only(after, before))
    labels = [normalised(period["label"]) for period in told if period.get("label")]
    return all(_is_bare(words or "", labels) for words in gone or come)


def _only(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The periods of one side that the other lacks."""
    return [period for period in one.get("periods") or () if period not in (other.get("periods") or ())]


def _around_dates(line: str, record: Mapping[str, Any]) -> str | None:
    """A line without its dates; None if there are none, or one that bounds no period of the record."""
    text = normalised(line)
    bounds = {period.get(side) for period in record.get("periods") or () for side in ("from", "until")}
    moments = moments_in(text, None, None)
    if not moments or any(bounds.isdisjoint({moment.first, moment.last}) for moment in moments):
        return None
    for moment in reversed(moments):
        text = f"{text[: moment.start]}\0{text[moment.end :]}"
    return text


def _is_bare(words: str, labels: Iterable[str]) -> bool:
    for label in labels:
        words = words.replace(label, "")
    return not _JOINING.sub("", words)
