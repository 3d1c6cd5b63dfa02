"""A message from changes: subject, plain text (or Markdown for chat) and HTML, rendered once and then frozen."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any, Final, Literal

from notify.errors import NotifyError
from notify.facts import facts_of, moment
from notify.fitting import Detail, fitted
from notify.marking import signs_for
from notify.sections import LICENCE_URL, Section, grouped, page_of, sections_of_checks
from notify.templating import chat_title, environment, words
from notify.wording import LONGEST_SUBJECT, one_line, subject, tag
from storage.changes import RecordedChange
from storage.observation import FrozenMessage, Language, PageInfo

Style = Literal["mail", "markdown", "text"]
_SUFFIXES: Final[dict[Style, str]] = {"mail": "txt", "markdown": "md", "text": "txt"}
# In bytes. Gmail shows no more than some 100 kB of a message, and so neither its source nor why it came.
_MOST_HTML: Final = 90_000
# What comes or goes with all beneath it is told before anything else, then changes by what they are of.
_WHOLES: Final = ("category", "programme")
_WEIGHTS: Final = {"plan": 0, "category": 1, "programme": 1, "document": 2, "text": 3}


def render(
    changes: Sequence[RecordedChange],
    page_by_id: Mapping[str, PageInfo],
    *,
    language: Language,
    now: datetime,
    subscriber: str,
    style: Style = "mail",
    limit: int | None = None,
) -> FrozenMessage:
    """The message that tells one subscriber these changes.

    `style` "mail" gives text and HTML, "markdown" and "text" a body for chat without HTML, which has at most `limit`
    characters: details give way first, then the last changes, counted and with the page's address. Nothing of a page
    reaches the subject with a line break or control character, nor the HTML or Markdown unescaped. Raises NotifyError
    when there is nothing to tell.
    """
    if not changes:
        raise NotifyError("there is no change to tell", todo="Cancel the delivery")
    context = {
        "subject": _subject(changes, page_by_id, language),
        "addressed": words(language).addressed(one_line(subscriber)),
        "made": words(language).made(moment(now, language)),
        "reference": words(language).reference(spans(change.id for change in changes)),
    }
    return laid_out("message", sections_of_checks(changes, page_by_id, language), context, language, style, limit)


def laid_out(
    layout: str,
    sections: Sequence[Section],
    context: Mapping[str, Any],
    language: Language,
    style: Style,
    limit: int | None,
) -> FrozenMessage:
    """The message that a layout makes of sections; `context` holds the `subject` and what is the layout's own."""
    vocabulary, templates = words(language), environment()
    count = sum(len(section.items) for section in sections)

    def write(shown: int, detail: Detail) -> str:
        hidden = _hidden(sections, shown)
        told = [section for section in _first(sections, shown) if section.items]
        return templates.get_template(f"{layout}.{_SUFFIXES[style]}.j2").render(
            context,
            w=vocabulary,
            sections=told,
            detail=detail,
            signs=_signs(told) if detail != "brief" else None,
            more=_more(count, shown, language) if hidden else None,
            more_url=hidden.url if hidden else "",
            licence_url=LICENCE_URL,
        )

    def html_of(sections: Sequence[Section]) -> str:
        return templates.get_template(f"{layout}.html.j2").render(
            context, w=vocabulary, sections=sections, licence_url=LICENCE_URL
        )

    html = None
    if style == "mail":
        html = html_of(sections)
        if len(html.encode()) > _MOST_HTML:
            sections = _in_short(sections, count, html_of)
            html = html_of(sections)
    counted = _more(count, 0, language)
    last = [*(f"{counted} {section.url}" for section in sections[:1]), counted]
    title = one_line(context["subject"])
    return FrozenMessage(
        subject=chat_title(title) if style == "markdown" else title,
        text=fitted(write, count, limit, last),
        html=html,
    )


def _in_short(
    sections: Sequence[Section], count: int, html_of: Callable[[Sequence[Section]], str]
) -> Sequence[Section]:
    """As many items in full as have room in a mail, and the others in one line each."""

    def size(whole: int) -> int:
        return len(html_of(list(_from(sections, whole))).encode())

    return list(_from(sections, max(bisect_right(range(count), _MOST_HTML, key=size) - 1, 0)))


def _from(sections: Sequence[Section], whole: int) -> Iterable[Section]:
    """Sections with so many items of them together in full, and those after them in short."""
    for section in sections:
        own = max(whole, 0)
        short = [replace(item, in_short=True) for item in section.items[own:]]
        yield replace(section, items=(*section.items[:own], *short))
        whole -= len(section.items)


def _more(count: int, shown: int, language: Language) -> str:
    vocabulary = words(language)
    return str(vocabulary.more_items(count - shown) if shown else vocabulary.all_items(count))


def _signs(sections: Sequence[Section]) -> str | None:
    """The signs around what differs in lines that hold before and after apart; None where there are no such lines."""
    rows = [row for section in sections for item in section.items for row in item.rows if row.has_much_in_common]
    return signs_for(piece.text for row in rows for piece in row.pieces) if rows else None


def _first(sections: Sequence[Section], shown: int) -> Iterable[Section]:
    """Sections with the first items alone, so many of them together."""
    for section in sections:
        yield replace(section, items=section.items[: max(shown, 0)])
        shown -= len(section.items)


def _hidden(sections: Sequence[Section], shown: int) -> Section | None:
    """The section of the first item that is not shown."""
    for section in sections:
        if shown < len(section.items):
            return section
        shown -= len(section.items)
    return None


def spans(numbers: Iterable[int]) -> str:
    """Numbers in order as people write them: 3–5, 8."""
    runs = []
    for _, run in groupby(enumerate(sorted(set(numbers))), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        runs.append(str(members[0]) if len(members) == 1 else f"{members[0]}–{members[-1]}")
    return ", ".join(runs)


def _weight(change: RecordedChange) -> int:
    """How little a change matters to somebody who reads nothing but the subject."""
    what = change.change.partition(".")[2]
    if what in {"added", "removed"} and change.kind in _WHOLES:
        return _WHOLES.index(change.kind)
    return len(_WHOLES) + _WEIGHTS.get(change.kind, len(_WEIGHTS))


def _subject(changes: Sequence[RecordedChange], page_by_id: Mapping[str, PageInfo], language: Language) -> str:
    roots = [change for change, _ in grouped(changes)]
    first, vocabulary = min(roots, key=_weight), words(language)
    name = page_of(first.page, page_by_id).name
    if len(roots) == 1:
        text = subject(first, name, language)
    else:
        tags = {tag(change, language) for change in roots}
        word = tags.pop() if len(tags) == 1 else vocabulary.tags["changed"]
        owners = {facts_of(change, language).subject.owner for change in roots}
        owner = owners.pop() if len(owners) == 1 else None
        if owner:
            text = vocabulary.subject_same(word, owner, len(roots), name)
        else:
            own = tag(first, language) if first.kind != "page" else word
            facts = facts_of(first, language)
            text = vocabulary.subject_many(word, facts, own if own != word else None, len(roots) - 1, name)
    text = one_line(text)
    return text if len(text) <= LONGEST_SUBJECT else text[: LONGEST_SUBJECT - 1] + "…"
