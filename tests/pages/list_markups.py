"""Markups built on headings, lists, details and blocks."""

from markup import OLD_FILE, Markup, icon, relative, text
from model import Category, Entry, Group, PageModel, Programme, Section


class AccordionLists(Markup):
    """A button in each category heading opens a hidden block of nested lists."""

    def category(self, category: Category) -> str:
        anchor = f"cat{category.number}"
        programmes = "\n".join(map(self.programme, category.programmes))
        return (
            f'<h2 class="acc_title"><button type="button" aria-expanded="false" aria-controls="{anchor}">'
            f"{text(category.heading)}<span>{text(category.toggle)}</span></button></h2>\n"
            f'<div id="{anchor}" class="acc_body" hidden>\n'
            f'<ul class="programmes">\n{programmes}\n</ul>\n</div>'
        )

    def programme(self, programme: Programme) -> str:
        return f"<li>\n{super().programme(programme)}\n</li>"

    def section(self, section: Section) -> str:
        whole = super().section(section)
        if not section.toggle:
            return whole
        heading, _, rest = whole.partition("\n")
        return f'{heading}\n<div class="acc_body" hidden>\n{rest}\n</div>'

    def section_heading(self, section: Section) -> str:
        button = f'<button type="button">{text(section.toggle)}</button>' if section.toggle else ""
        return f'<p class="sub"><strong>{text(section.bracketed)}</strong>{button}</p>'


class DetailsAndDefinitions(Markup):
    """details/summary for what opens, dl for what it opens to; the title stands again below the lead."""

    def lead(self, page: PageModel) -> str:
        return f"{super().lead(page)}\n<h2>{text(page.title)}</h2>"

    def category(self, category: Category) -> str:
        programmes = "\n".join(map(self.programme, category.programmes))
        summary = f"<summary>{text(category.heading)}<span>{text(category.toggle)}</span></summary>"
        return f"<details>{summary}\n<dl>\n{programmes}\n</dl>\n</details>"

    def programme(self, programme: Programme) -> str:
        sections = "\n".join(map(self.section, programme.sections))
        return f"<dt>{self.programme_title(programme)}</dt>\n<dd>\n{sections}\n</dd>"

    def section(self, section: Section) -> str:
        if not section.toggle:
            return super().section(section)
        groups = "\n".join(map(self.group, section.groups))
        summary = f"<summary>{text(section.bracketed)}<small>{self.toggle(section)}</small></summary>"
        return f"<details>{summary}\n{groups}\n</details>"

    def section_heading(self, section: Section) -> str:
        return f'<p class="midashi">{text(section.bracketed)}</p>'

    def group(self, group: Group) -> str:
        label = f"<dt>{text(group.bracketed)}</dt>\n" if group.label else ""
        entries = "\n".join(f"<dd>{self.entry(entry)}</dd>" for entry in group.entries)
        return f"<dl>\n{label}{entries}\n</dl>"


class DeepBlocks(Markup):
    """No list, no paragraph: blocks in blocks, some not displayed, with a table of contents on top."""

    def title(self, page: PageModel) -> str:
        links = "\n".join(
            f'<div><a href="#c{number}">{text(category.heading)}</a></div>'
            for number, category in enumerate(page.categories, 1)
        )
        return f'{super().title(page)}\n<div class="toc"><div>\n{links}\n</div></div>'

    def category(self, category: Category) -> str:
        programmes = "\n".join(map(self.programme, category.programmes))
        return (
            f'<div class="block"><div class="head"><div><h2 id="c{category.number}">{text(category.heading)}'
            f'<a href="#" class="open">{text(category.toggle)}</a></h2></div></div>\n'
            f'<div style="display:none"><div><div><div>\n{programmes}\n</div></div></div></div></div>'
        )

    def programme(self, programme: Programme) -> str:
        return f'<div><div class="box"><div><div>\n{super().programme(programme)}\n</div></div></div></div>'

    def section(self, section: Section) -> str:
        return f'<div class="part"><div>\n{super().section(section)}\n</div></div>'

    def section_heading(self, section: Section) -> str:
        toggle = f'<span class="t">{self.toggle(section)}</span>' if section.toggle else ""
        return f"<div><div>{text(section.bracketed)}{toggle}</div></div>"

    def line(self, line: str) -> str:
        return f"<div>{text(line)}</div>"

    def group(self, group: Group) -> str:
        return f'<div style="display: none;"><div>\n{super().group(group)}\n</div></div>'

    def label(self, group: Group) -> str:
        return f"<div>{text(group.bracketed)}</div>\n"

    def entries(self, entries: tuple[Entry, ...]) -> str:
        return "\n".join(f"<div><div><div>{self.entry(entry)}</div></div></div>" for entry in entries)

    def link(self, entry: Entry) -> str:
        return f'<span><span><a href="{self.href(entry.url)}">{text(entry.title)}</a>{icon(entry)}</span></span>'

    def note(self, entry: Entry) -> str:
        return f"<span>【{text(entry.note)}】</span>" if entry.note else ""

    def href(self, url: str | None) -> str:
        return relative(url)


class UnlinkedTitles(Markup):
    """Programme titles without links, a level deeper; sub-headings are headings with bracketed words."""

    def category(self, category: Category) -> str:
        programmes = "\n".join(map(self.programme, category.programmes))
        image = f'<img src="/images/open.png" alt="{text(category.toggle)}">'
        return f"<h3>{text(category.heading)} {image}</h3>\n{programmes}"

    def programme(self, programme: Programme) -> str:
        sections = "\n".join(map(self.section, programme.sections))
        return f"<h4>{text(programme.title)}</h4>\n{sections}"

    def section_heading(self, section: Section) -> str:
        return f"<h5>{text(section.bracketed)}</h5>{self.toggle(section)}"

    def note(self, entry: Entry) -> str:
        return f'<br><span class="note">【{text(entry.note)}】</span>' if entry.note else ""


class NestedLists(Markup):
    """A list of programmes a category, lists of documents in them; the title again below the lead."""

    def lead(self, page: PageModel) -> str:
        return f"{super().lead(page)}\n<p>{text(page.title)}</p>"

    def category(self, category: Category) -> str:
        programmes = "\n".join(f"<li>{self.programme(item)}</li>" for item in category.programmes)
        heading = f'{text(category.heading)}<span class="toggle">{text(category.toggle)}</span>'
        return f'<h2 class="hd2" id="cat{category.number}">{heading}</h2>\n<ul class="programmes">\n{programmes}\n</ul>'

    def section_heading(self, section: Section) -> str:
        return f'<p class="label"><strong>{text(section.bracketed)}{self.toggle(section)}</strong></p>'

    def label(self, group: Group) -> str:
        return f'<p class="label"><strong>{text(group.bracketed)}</strong></p>\n'

    def link(self, entry: Entry) -> str:
        label = f"{text(entry.title)}{super().note(entry)}{icon(entry)}"
        return f'<a href="{self.href(entry.url)}" target="_blank" class="{entry.format}">{label}</a>'

    def note(self, entry: Entry) -> str:
        return ""


class EveryLevelAHeading(Markup):
    """h2 to h5 for category, programme, sub-heading and group; entries are paragraphs with a size label."""

    def label(self, group: Group) -> str:
        return f"<h5>{text(group.bracketed)}</h5>\n"

    def section_heading(self, section: Section) -> str:
        toggle = f'<p class="click">{self.toggle(section)}</p>' if section.toggle else ""
        return f"<h4>{text(section.bracketed)}</h4>{toggle}"

    def entries(self, entries: tuple[Entry, ...]) -> str:
        return "\n".join(f"<p>{self.entry(entry)} {text(entry.size)}</p>" for entry in entries)


class NotesInLinks(Markup):
    """Notes, sizes and icons inside the link in spans; a stray second anchor to an older file; New! icons."""

    def link(self, entry: Entry) -> str:
        note = f'<span class="date">【{text(entry.note)}】</span>' if entry.note else ""
        size = f'<span class="size">{text(entry.size)}</span>' if entry.size else ""
        new = '<img src="/images/new.gif" alt="New!">' if entry.note else ""
        stray = f'<a href="{OLD_FILE}">{icon(entry)}</a>' if entry.format == "xlsx" else ""
        label = f"<span>{text(entry.title)}</span>{note}{size}{icon(entry)}"
        return f'<a href="{self.href(entry.url)}">{label}</a>{stray}{new}'

    def note(self, entry: Entry) -> str:
        return ""


class Articles(Markup):
    """HTML5 sections and articles, with the notes in small print."""

    def category(self, category: Category) -> str:
        return f"<section>\n{super().category(category)}\n</section>"

    def programme(self, programme: Programme) -> str:
        return f"<article>\n{super().programme(programme)}\n</article>"

    def note(self, entry: Entry) -> str:
        return f" <small>【{text(entry.note)}】</small>" if entry.note else ""
