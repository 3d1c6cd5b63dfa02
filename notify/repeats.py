"""What a sentence need not say twice: a page prints a period in its text or note, and the record holds it besides."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from notify.facts import Facts, periods_told, reworded
from parsers.dates import normalised
from parsers.moments import moments_in
from storage.changes import Change
from storage.prose import Line, without_equals

_DATE: Final = "\0"
_MARKS: Final = r"(?:[^\w\0]|_)*"
_WEEKDAY: Final = re.compile(r"[月火水木金土日]曜日?")
# Two dates are one span, however they are joined; marks beside a date say nothing of their own.
_SPAN: Final = re.compile(rf"{_DATE}{_MARKS}(?:から|より)?{_MARKS}{_DATE}(?:まで|迄)?")
_BESIDE: Final = re.compile(rf"{_MARKS}({_DATE}+){_MARKS}")
# What joins the label and the dates of a period in a line that says nothing else.
_JOINING: Final = re.compile(r"[\W_]+|から|より|まで|迄")


class _Half(NamedTuple):
    """One side of a change: its record, and those of its periods that a clause tells."""

    record: Mapping[str, Any]
    told: Sequence[Mapping[str, Any]]


def without_repeats(change: Change, facts: Facts) -> Facts:
    """The facts less the lines, and the note, that say nothing but what the clause about the periods says."""
    if not facts.spans or "periods" not in change.fields or f"{change.kind}.changed" not in change.names:
        return facts
    old, new = _halves(change)
    fields = set(change.fields)
    gone, come = _untold(facts.old_lines, facts.new_lines, old, new)
    if not gone and not come:
        fields.discard("text")
    if change.kind in {"programme", "category"} and _note_is_told(old, new):
        fields.discard("note")
    return replace(
        facts,
        fields=tuple(name for name in change.fields if name in fields),
        old_lines=gone,
        new_lines=come,
        reworded=reworded(gone, come),
    )


def _halves(change: Change) -> tuple[_Half, _Half]:
    before, after = change.before or {}, change.after or {}
    old, new = periods_told(before, change), periods_told(after, change)
    return (
        _Half(before, [period for period in old if period not in new]),
        _Half(after, [period for period in new if period not in old]),
    )


def _note_is_told(old: _Half, new: _Half) -> bool:
    """Whether nothing is left of the notes; one that names a last day of its own is told as a note."""
    gone, come = ([note] if (note := half.record.get("note")) else [] for half in (old, new))
    old, new = (half._replace(record={"periods": half.told}) for half in (old, new))
    return _untold(gone, come, old, new) == ((), ())


def _untold(
    gone: Sequence[str], come: Sequence[str], old: _Half, new: _Half
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines of each side that say more than the periods: other words than before, or other than their labels."""
    left, right = without_equals(
        [Line(line, line) for line in gone],
        [Line(line, line) for line in come],
        lambda line: _around_dates(line.printed, old.record) or (line, "old"),
        lambda line: _around_dates(line.printed, new.record) or (line, "new"),
    )
    old_lines, new_lines = (tuple(line.printed for line in lines) for lines in (left, right))
    return _less_bare(old_lines, old, new_lines, new), _less_bare(new_lines, new, old_lines, old)


def _less_bare(lines: Sequence[str], half: _Half, others: Sequence[str], other: _Half) -> tuple[str, ...]:
    """The lines less the bare ones, which stay if the other side has such a line with more words: it is reworded."""
    if any(_around_dates(line, other.record) and not _is_bare(line, other) for line in others):
        return tuple(lines)
    return tuple(line for line in lines if not _is_bare(line, half))


def _around_dates(line: str, record: Mapping[str, Any]) -> str | None:
    """A line without its dates; None if there are none, or one that bounds no period of the record."""
    text = normalised(line)
    bounds = {period.get(side) for period in record.get("periods") or () for side in ("from", "until")}
    moments = moments_in(text, None, None)
    if not moments or any(bounds.isdisjoint({moment.first, moment.last}) for moment in moments):
        return None
    for moment in reversed(moments):
        weekday = _WEEKDAY.match(text, moment.end)
        text = f"{text[: moment.start]}{_DATE}{text[weekday.end() if weekday else moment.end :]}"
    return _BESIDE.sub(r"\1", _SPAN.sub(_DATE * 2, text))


def _is_bare(line: str, half: _Half) -> bool:
    """Whether a line holds nothing but periods that are told, and their labels."""
    words = _around_dates(line, {"periods": half.told})
    if words is None:
        return False
    for period in half.told:
        words = words.replace(normalised(period.get("label") or ""), "")
    return not _JOINING.sub("", words)
