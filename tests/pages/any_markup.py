"""Any markup: every part of the page written in one of the ways that sites have, chosen part by part."""

import random
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Final

from markup import Markup, icon, text
from model import Category, Entry, Group, PageModel, Programme, Section

CATEGORY: Final = {
    "h2": "<h2>{}</h2>",
    "h3": "<h3 class='mid'>{}</h3>",
    "bold": "<p><b>{}</b></p>",
    "font": "<p><font size='+1' color='#003366'><strong>{}</strong></font></p>",
    "class": "<div class='ttl_category'>{}</div>",
    "button": "<div class='acc'><button type='button'>{}</button></div>",
    "cell": "<table class='head'><tr><td bgcolor='#ccddee'><b>{}</b></td></tr></table>",
    "caption": "<div><span style='font-weight:bold;font-size:120%'>{}</span></div>",
    "link": "<h2><a href='#' onclick='t()'>{}</a></h2>",
}
NUMBER: Final = ("{}. ", "{}．", "<span class='num'>{}.</span> ", "{} ", "{}、")
OPENER: Final = ("", "<span class='open'>{}</span>", "{}", "<a href='#'>{}</a>", "<img src='/i/open.gif' alt='{}'>")
# The container's opening and closing tags; an anonymous site names neither it nor what is around it.
CONTAINER: Final = {
    "contentsBody": ("<div class='contentsBody'>", "</div>"),
    "main": ("<main><div>", "</div></main>"),
    "main_content": ("<div id='main_content'>", "</div>"),
    "article": ("<article class='detail'>", "</article>"),
    "anonymous": ("<div class='x7'><div>", "</div></div>"),
    "layout table": ("<table width='760'><tr><td width='600' valign='top'>", "</td></tr></table>"),
}
_OPEN: Final = '<div class="contentsBody" id="contents">'
_CLOSE: Final = '</div>\n<div class="contentsMenu">'
_NAMES: Final = ("header", "breadcrumb", "contentsWrapper", "contentsMenu", "footer", "globalNav")
LEAD: Final = {
    "h2": "<h2>{}</h2>\n<p>{}</p>",
    "bold": "<p><b>{}</b></p>\n<p>{}</p>",
    "class": "<div class='ttl_lead'>{}</div>\n<div class='txt'>{}</div>",
    "br": "<b>{}</b><br>\n{}<br>",
    "h3": "<h3 class='lead'>{}</h3><p>{}</p>",
}
TITLE: Final = {
    "h3": "<h3>{}</h3>",
    "h4": "<h4>{}</h4>",
    "bold": "<p><strong>{}</strong></p>",
    "underlined": "<p><u>{}</u></p>",
    "styled": "<p><span style='font-weight:bold'>{}</span></p>",
    "class": "<div class='ttl_programme'>{}</div>",
    "dt": "<dl><dt>{}</dt></dl>",
    "cell": "<table><tr><th>{}</th></tr></table>",
    "bold line": "<b>{}</b><br>",
    "summary": "<details open><summary>{}</summary></details>",
    "span item": "<ul><li><span class='pgm'>{}</span></li></ul>",
    "big": "<p><font size='4'>{}</font></p>",
    "caption": "<table><caption>{}</caption><tr><td></td></tr></table>",
    "crossed": "<p><b><u>{}</b></u></p>",
    "bullet": "<p><strong>■</strong></p>".replace("<strong>■</strong>", "<strong>{}</strong>"),
    "plain": "<p>{}</p>",
}
PROSE: Final = {
    "p": "<p>{}</p>",
    "div": "<div>{}</div>",
    "br": "{}<br>",
    "class": "<p class='txt'>{}</p>",
    "cell": "<table><tr><td>{}</td></tr></table>",
    "deep": "<div><div><p><span>{}</span></p></div></div>",
}
HEADING: Final = {
    "p": "<p>{}</p>",
    "bold": "<p><strong>{}</strong></p>",
    "h5": "<h5>{}</h5>",
    "br": "{}<br>",
    "div": "<div class='sub'>{}</div>",
    "font": "<p><font color='red'>{}</font></p>",
}
CLICK: Final = ("{}", "<span>{}</span>", "<button>{}</button>", "<a href='javascript:void(0)'>{}</a>", "")
ENTRIES: Final = {
    "ul": ("<ul>{}</ul>", "<li>{}</li>"),
    "ol": ("<ol>{}</ol>", "<li><p>{}</p></li>"),
    "br": ("<p>{}</p>", "{}<br>"),
    "bullets": ("<div>{}</div>", "・{}<br />"),
    "p": ("{}", "<p>{}</p>"),
    "div": ("<div>{}</div>", "<div class='item'>{}</div>"),
    "rows": ("<table><tbody>{}</tbody></table>", "<tr><td>{}</td></tr>"),
    "cells": ("<table>{}</table>", "<tr><td>{}</td><td>{note}</td></tr>"),
    "dd": ("<dl>{}</dl>", "<dd>{}</dd>"),
    "spans": ("<p>{}</p>", "<span class='e'>{}</span><br>"),
    "nested": ("<ul><li>一覧<ul>{}</ul></li></ul>".replace("一覧", ""), "<li><span><span>{}</span></span></li>"),
    "terms": ("<dl>{}</dl>", "<dt>{}</dt><dd>{note}</dd>"),
    "networks": ("<table>{}</table>", "<tr>{network}<td>{}</td><td>{note}</td></tr>"),
    "unclosed": ("<ul>{}</ul>", "<li>{}"),
}
NOTE: Final = ("{}", "<span class='date'>{}</span>", " <font color='#ff0000'>{}</font>", "<small>{}</small>", "<br>{}")
ICON: Final = ("none", "inside", "outside", "size")
WRAP: Final = (
    "{}",
    "<div>{}</div>",
    "<div class='w'><div style='display:none'>{}</div></div>",
    "<section>{}</section>",
)


@dataclass(frozen=True)
class Choices:
    """One way of writing the page down."""

    container: str
    lead: str
    category: str
    number: str
    opener: str
    title: str
    prose: str
    heading: str
    click: str
    label: str
    entries: str
    note: str
    note_in_link: bool
    icon: str
    wrap: str
    uppercase: bool


OPTIONS: Final[dict[str, tuple[object, ...]]] = {
    "container": tuple(CONTAINER),
    "lead": tuple(LEAD),
    "category": tuple(CATEGORY),
    "number": NUMBER,
    "opener": OPENER,
    "title": tuple(TITLE),
    "prose": tuple(PROSE),
    "heading": tuple(HEADING),
    "click": CLICK,
    "label": tuple(HEADING),
    "entries": tuple(ENTRIES),
    "note": NOTE,
    "note_in_link": (False, True),
    "icon": ICON,
    "wrap": WRAP,
    "uppercase": (False, True),
}


def random_choices(seed: int) -> Choices:
    """The choices that a seed stands for."""
    chance = random.Random(seed)
    return make(chance.choice)


def make(choose: Callable[[tuple[object, ...]], object]) -> Choices:
    """Choices made one after the other, those no site can combine set right."""
    values = {item.name: choose(OPTIONS[item.name]) for item in fields(Choices)}
    if values["title"] == "plain" and values["prose"] == "p":
        values["title"] = "bold"  # a title that looks like the prose below it tells nobody that it is one
    if values["heading"] == "h5" and values["title"] not in ("h3", "h4"):
        values["heading"] = "p"
    if values["label"] == "h5" and values["heading"] != "h5":
        values["label"] = "p"
    if values["category"] == "h3" and values["title"] == "h3":
        values["title"] = "h4"
    return Choices(**values)  # type: ignore[arg-type]


def contained(html: str, container: str) -> str:
    """A framed page whose content stands in another container."""
    opening, closing = CONTAINER[container]
    assert _OPEN in html
    assert _CLOSE in html
    html = html.replace(_OPEN, opening).replace(_CLOSE, f'{closing}\n<div class="contentsMenu">')
    if container in ("anonymous", "layout table"):
        for number, name in enumerate(_NAMES):
            html = html.replace(f'id="{name}"', f'class="y{number}"').replace(f'class="{name}"', f'class="y{number}"')
    return html


class AnyMarkup(Markup):
    """The page in the markup that `choices` describe."""

    def __init__(self, choices: Choices) -> None:
        self.choices = choices

    def lead(self, page: PageModel) -> str:
        return LEAD[self.choices.lead].format(text(page.lead_heading), text(page.lead))

    def page(self, page: PageModel) -> str:
        html = super().page(page)
        if not self.choices.uppercase:
            return html
        for tag in ("div", "p", "table", "tr", "td", "ul", "li", "b", "h2", "h3", "h4", "br", "span"):
            html = html.replace(f"<{tag}>", f"<{tag.upper()}>").replace(f"</{tag}>", f"</{tag.upper()}>")
        return html

    def category(self, category: Category) -> str:
        number = self.choices.number.format(category.number)
        opener = self.choices.opener.format(text(category.toggle))
        heading = CATEGORY[self.choices.category].format(f"{number}{text(category.title)}{opener}")
        programmes = "\n".join(map(self.programme, category.programmes))
        return f"{heading}\n{self.choices.wrap.format(programmes)}"

    def programme(self, programme: Programme) -> str:
        sections = "\n".join(map(self.section, programme.sections))
        return f"{TITLE[self.choices.title].format(self.programme_title(programme))}\n{sections}"

    def section_heading(self, section: Section) -> str:
        click = self.choices.click.format(text(section.toggle)) if section.toggle else ""
        return HEADING[self.choices.heading].format(f"{text(section.bracketed)}{click}")

    def line(self, line: str) -> str:
        return PROSE[self.choices.prose].format(text(line))

    def group(self, group: Group) -> str:
        if self.choices.entries != "networks" or not group.label:
            return super().group(group)
        span = f"<td rowspan='{len(group.entries)}'>{text(group.bracketed)}</td>"
        rows = [
            f"<tr>{span if not at else ''}<td>{self.link(entry)}</td><td>{self.note(entry) or '&nbsp;'}</td></tr>"
            for at, entry in enumerate(group.entries)
        ]
        return f"<table>{''.join(rows)}</table>"

    def label(self, group: Group) -> str:
        return HEADING[self.choices.label].format(text(group.bracketed)) + "\n"

    def entries(self, entries: tuple[Entry, ...]) -> str:
        frame, item = ENTRIES[self.choices.entries]
        if "{network}" in item:
            items = [item.format(self.link(entry), network="", note=self.note(entry)) for entry in entries]
        elif "{note}" in item:
            items = [item.format(self.link(entry), note=self.note(entry)) for entry in entries]
        else:
            items = [item.format(self.entry(entry)) for entry in entries]
        return frame.format("\n".join(items))

    def entry(self, entry: Entry) -> str:
        note = self.choices.note.format(self.note(entry)) if entry.note else ""
        size = f"[{entry.format.upper()}:123KB]" if self.choices.icon == "size" and entry.format != "html" else ""
        after = icon(entry) if self.choices.icon == "outside" else ""
        if self.choices.note_in_link and "<br>" not in note:
            return (
                f'<a href="{self.href(entry.url)}">{text(entry.title)}{note}{self._inner_icon(entry)}</a>{size}{after}'
            )
        return f"{self.link(entry)}{after}{size}{note}"

    def link(self, entry: Entry) -> str:
        return f'<a href="{self.href(entry.url)}">{text(entry.title)}{self._inner_icon(entry)}</a>'

    def _inner_icon(self, entry: Entry) -> str:
        return icon(entry) if self.choices.icon == "inside" else ""
