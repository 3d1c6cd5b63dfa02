"""Changes of the prose outside programmes: one for each heading whose lines stand nowhere in the other version."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from parsers.records import Record
from parsers.text import fold
from storage.changes import Change
from storage.matching import Matching, cause_of
from storage.places import Layout
from storage.prose import Line, differing, lines_of, without_equals


def text_changes(matching: Matching, keys: Sequence[str]) -> list[tuple[int, int | None, Change]]:
    """(index of the old record, of the new record, change); a missing new one is None, a missing old one -1.

    `keys` are the keys of the new records. All texts are compared together: a line that now stands under
    another heading, or is broken at another place, is no difference.
    """
    old, new = _differing_lines(matching)
    before, after = defaultdict(list), defaultdict(list)
    for line in old:
        before[line.record].append(line.printed)
    for line in new:
        after[line.record].append(line.printed)
    old_keys = [record.key for record in matching.before.records]
    changes: list[tuple[int, int | None, Change]] = []
    for index in {*after, *(matching.to_new[index] for index in before if index in matching.to_new)}:
        record = matching.after.records[index]
        counterpart = matching.to_old.get(index, -1)
        previous = record if counterpart < 0 else matching.before.records[counterpart]
        change = _text_change(keys[index], previous, record, before.get(counterpart, []), after.get(index, []))
        if counterpart < 0:
            change = replace(change, cause=cause_of(matching.after, matching.to_old, index, keys))
        changes.append((counterpart, index, change))
    for index in before:
        if index not in matching.to_new:
            record = matching.before.records[index]
            change = _text_change(record.key, record, record, before[index], [])
            cause = cause_of(matching.before, matching.to_new, index, old_keys)
            changes.append((index, None, replace(change, cause=cause)))
    return changes


def _differing_lines(matching: Matching) -> tuple[list[Line], list[Line]]:
    titled = bool(matching.before.title and matching.after.title)
    old, new = _prose(matching.before, titled=titled), _prose(matching.after, titled=titled)
    if "".join(line.folded for line in old) == "".join(line.folded for line in new):
        return [], []
    # First under the same heading, so that a line which stood under two and is gone from one is told there.
    old, new = without_equals(
        old,
        new,
        lambda line: (matching.to_new.get(line.record, -1), line.folded),
        lambda line: (line.record, line.folded),
    )
    return differing(old, new)


def _text_change(key: str, old: Record, new: Record, before: list[str], after: list[str]) -> Change:
    titles = {fold(old.title), fold(new.title)}
    differs = {
        "title": len(titles) == 2,
        "text": len(titles) == 1 or any(fold(line) not in titles for line in (*before, *after)),
    }
    return Change(
        change="text.changed",
        kind="text",
        key=key,
        title=new.title,
        path=new.path,
        fields=tuple(name for name, it_does in differs.items() if it_does),
        before={"title": old.title, "path": list(old.path), "lines": before},
        after={"title": new.title, "path": list(new.path), "lines": after},
    )


def _prose(layout: Layout, *, titled: bool) -> list[Line]:
    """Every line outside programmes, and every heading that is no category's or programme's title.

    `titled`: the page's own title too; it heads every text, whether or not it is printed among them.
    """
    lines = []
    texts = layout.kinds["text"]
    if titled and layout.title:
        own = next((index for index in texts if not layout.places[index].below), texts[0])
        lines.append(Line(fold(layout.title), layout.title, own))
    for index in texts:
        record = layout.records[index]
        heading = fold(record.title)
        if heading and layout.places[index].below:
            lines.append(Line(heading, record.title, index))
        lines.extend(lines_of(record.text, index))
    return lines
