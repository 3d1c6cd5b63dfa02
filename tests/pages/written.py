"""The first page's model written as lines, so that an edit is a replacement a person can read.

    = the page's title
    # a heading outside programmes, then its prose
    * 1. a category
    ** a programme <its address>, then its prose
    *** 【a sub-heading】(its toggle), then its prose
    **** (a group label)
    [an entry](its file)【its note】

Files stand without the folder they share; ¶ breaks a line of prose.
"""

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, replace
from typing import Final

from build import framed
from flat_markups import BreakSoup
from markup import HERE, Markup
from model import Category, Entry, Group, PageModel, Programme, Section

FILES: Final = f"{HERE}/main_content/"
BREAK: Final = "¶"
_MARK: Final = re.compile(r"(=|#|\*+) (.*)")
_PROGRAMME: Final = re.compile(r"(.*?)(?: <(\S+)>)?")
_HEADING: Final = re.compile(r"([【<])(.*)([】>])(\(クリックで.*\))?")
_ENTRY: Final = re.compile(r"\[(.+?)\]\((.*?)\)(?:【(.+)】)?")
_PLAN_LIST: Final = re.compile(r"(開発供給計画|導入計画)(?:等)?の(?:概要|一覧)")
_CATEGORY_TOGGLE: Final = "開く"


@dataclass(frozen=True)
class Written:
    """A page's model, and the headings with prose that follow its lead."""

    model: PageModel
    more: tuple[tuple[str, str], ...] = ()

    def html(self, markup: Markup, **parts: str) -> str:
        """The whole page in a markup, in UTF-8."""
        assert not self.more or not isinstance(markup, BreakSoup), "it has one lead only"
        html = framed(self.model, _with_more(markup, self.more), meta='<meta charset="UTF-8">\n', **parts)
        return html.replace(BREAK, "<br>\n")


def _with_more(markup: Markup, more: tuple[tuple[str, str], ...]) -> Markup:
    """The markup with each of `more` written as it writes the lead."""

    def lead(page: PageModel) -> str:
        pages = [page, *(replace(page, lead_heading=heading, lead=prose) for heading, prose in more)]
        return "\n".join(map(markup.lead, pages))

    longer = copy(markup)
    longer.lead = lead
    return longer


def write(page: PageModel) -> str:
    """The lines of a page."""
    return "\n".join([f"= {page.title}", f"# {page.lead_heading}", page.lead, *_categories(page)]) + "\n"


def _categories(page: PageModel) -> Iterator[str]:
    for category in page.categories:
        yield f"* {category.heading}"
        for programme in category.programmes:
            yield f"** {programme.title}" + (f" <{programme.url}>" if programme.url else "")
            for section in programme.sections:
                if section.heading:
                    yield f"*** {section.bracketed}{section.toggle or ''}"
                yield from section.lines
                for group in section.groups:
                    if group.label:
                        yield f"**** {group.bracketed}"
                    yield from map(_entry_line, group.entries)


def _entry_line(entry: Entry) -> str:
    return f"[{entry.title}]({entry.url.removeprefix(FILES)})" + (f"【{entry.note}】" if entry.note else "")


def read(lines: str, url: str) -> Written:
    """The page at `url` whose lines these are."""
    blocks = _blocks(lines.strip().splitlines())
    title = next(blocks)[1]
    heads: list[tuple[str, str]] = []
    categories: list[Category] = []
    programmes: list[Programme] = []
    for mark, name, inner in blocks:
        if mark == "#":
            heads.append((name, BREAK.join(inner)))
        elif mark == "*":
            number, _, plain = name.partition(". ")
            programmes = []
            categories.append(Category(number, plain, _CATEGORY_TOGGLE, ()))
        else:
            found = _PROGRAMME.fullmatch(name)
            assert found
            programmes.append(Programme(found[1], found[2], tuple(_sections(inner))))
            categories[-1] = replace(categories[-1], programmes=tuple(programmes))
    (heading, lead), *more = heads
    return Written(PageModel(url, title, heading, lead, tuple(categories)), tuple(more))


def _blocks(lines: list[str]) -> Iterator[tuple[str, str, list[str]]]:
    """Each title, heading, category and programme with the lines below it."""
    block: tuple[str, str, list[str]] | None = None
    for line in lines:
        found = _MARK.fullmatch(line)
        if found and len(found[1]) <= 2:
            if block:
                yield block
            block = (found[1], found[2], [])
        elif block:
            block[2].append(line)
    if block:
        yield block


def _sections(lines: list[str]) -> Iterator[Section]:
    section, groups = Section(), [Group(())]
    for line in lines:
        mark, rest = found.groups() if (found := _MARK.fullmatch(line)) else ("", line)
        if mark == "***":
            yield from _closed(section, groups)
            section, groups = _headed(rest), [Group(())]
        elif mark:
            groups.append(Group((), label=rest[1:-1], network=rest[1:-1]))
        elif entry := _ENTRY.fullmatch(line):
            groups[-1] = replace(groups[-1], entries=(*groups[-1].entries, _entry(section, *entry.groups())))
        else:
            assert not groups[-1].entries, f"prose stands before entries: {line}"
            section = replace(section, lines=(*section.lines, line))
    yield from _closed(section, groups)


def _closed(section: Section, groups: list[Group]) -> Iterator[Section]:
    kept = tuple(group for group in groups if group.entries)
    if section.heading or section.lines or kept:
        yield replace(section, groups=kept)


def _headed(line: str) -> Section:
    found = _HEADING.fullmatch(line)
    assert found, line
    plans = _PLAN_LIST.search(found[2])
    return Section(found[2], found[1] + found[3], found[4], plans[1] if plans else None)


def _entry(section: Section, title: str, file: str, note: str | None) -> Entry:
    url = file if "://" in file else FILES + file
    suffix = re.search(r"\.(pdf|docx|xlsx|zip)\b", url)
    shape = suffix[1] if suffix else "html"
    heading = section.heading or ""
    return Entry(
        title,
        url,
        shape,
        note,
        companies=tuple(re.split("[/／]", title)) if section.plan_type else (),
        role="form" if "様式" in heading else "other",
        size="" if shape == "html" else f"[{shape.upper()}:38KB]",
    )
