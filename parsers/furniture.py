"""Lines without their furniture: toggles taken out, glued ones parted, empty ones dropped."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from parsers.labels import click_spans, is_label, is_page_top, is_toggle
from parsers.lines import Line, Run
from parsers.text import fold, trim

TOGGLED: Final = "toggle"
"""The look of a line from which a toggle was taken: it opens and closes something."""

_MAX_CONTROL: Final = 60  # characters; a longer line is no toggle, no label, no way back to the top
_MAX_TOGGLES: Final = 40  # glued into one line; more are no toggles


def without_furniture(lines: Iterable[Line]) -> list[Line]:
    """The lines that carry content; a label such as 「(クリックで様式等を表示)」 parts what it glued together.

    A table of contents goes too: lines that only link to a place on the page and say what stands there.
    """
    kept = [part for line in lines for part in _cleaned(line)]
    within = {id(line) for line in kept if _leads_within(line)}
    if not within:
        return kept
    said = Counter(fold(line.text) for line in kept)
    return [line for line in kept if id(line) not in within or said[fold(line.text)] < 2]


def _leads_within(line: Line) -> bool:
    return bool(line.links) and all(re.match(r"#.", link.href) for link in line.links) and not trim(line.unlinked)


def _cleaned(line: Line) -> Iterator[Line]:
    text = line.text
    if len(text) <= _MAX_CONTROL and (is_toggle(text) or _back_to_top(line)):
        return
    visible = [run for run in line.runs if not run.text.isspace()]
    if len(visible) > 1 and any(len(run.text) <= _MAX_CONTROL and is_toggle(run.text) for run in visible):
        line = line.with_runs(tuple(run for run in line.runs if run.text.isspace() or not is_toggle(run.text)))
        line.looks |= {TOGGLED}
    for part in _parted(line) if "クリック" in text else [line]:
        if part.text and (part.links or len(part.text) > _MAX_CONTROL or not is_label(part.text)):
            yield part


def _back_to_top(line: Line) -> bool:
    return bool(line.links) and all(link.href.startswith("#") for link in line.links) and is_page_top(line.text)


def _parted(line: Line) -> list[Line]:
    text = "".join(run.text for run in line.runs)
    spans = click_spans(text)[:_MAX_TOGGLES]
    if not spans:
        return [line]
    cuts = [0, *(edge for span in spans for edge in span), len(text)]
    return [line.with_runs(_slice(line.runs, start, end)) for start, end in zip(cuts[::2], cuts[1::2], strict=True)]


def _slice(runs: tuple[Run, ...], start: int, end: int) -> tuple[Run, ...]:
    kept = []
    offset = 0
    for run in runs:
        text = run.text[max(start - offset, 0) : max(end - offset, 0)]
        if text:
            kept.append(Run(text, run.looks, run.link, run.href))
        offset += len(run.text)
    return tuple(kept)
