"""Markups without structure to lean on: tables, line breaks, looks instead of headings, broken nesting."""

from html import escape

from markup import COMMENTED_OUT, ICON_ALT, TO_TOP, Markup, icon, text
from model import Category, Entry, Group, PageModel, Programme, Section


class LinksInTableCell(Markup):
    """XHTML layout table: a bold title in one cell, lines and links separated by breaks in the next."""

    def category(self, category: Category) -> str:
        rows = "\n".join(map(self.programme, category.programmes))
        image = f'<img src="/images/open.gif" alt="{text(category.toggle)}" width="40" height="16" />'
        heading = f"<strong>{text(category.heading)}</strong>{image}"
        return (
            '<table border="0" cellpadding="0" cellspacing="0" summary="">\n'
            f'<tr><td colspan="2" bgcolor="#e6f0fa">{heading}</td></tr>\n'
            f"{rows}\n</table>"
        )

    def programme(self, programme: Programme) -> str:
        sections = "\n".join(map(self.section, programme.sections))
        title = f'<td width="30%" valign="top"><strong>{self.programme_title(programme)}</strong></td>'
        return f"<tr>{title}\n<td>{sections}</td></tr>"

    def section_heading(self, section: Section) -> str:
        return f"{text(section.bracketed)}{self.toggle(section)}<br />"

    def line(self, line: str) -> str:
        return f"{text(line)}<br />"

    def label(self, group: Group) -> str:
        return f"{text(group.bracketed)}<br />\n"

    def entries(self, entries: tuple[Entry, ...]) -> str:
        return "<br />\n".join(map(self.entry, entries)) + "<br />"

    def href(self, url: str | None) -> str:
        return escape(url or "")


class PlanTables(Markup):
    """Plans in a table (network over several rows, company, note), forms in one whose link is the format."""

    def section(self, section: Section) -> str:
        if not section.plan_type:
            return super().section(section)
        rows = "\n".join(row for group in section.groups for row in self.plan_rows(group))
        head = "<tr><th>区分</th><th>認定事業者名</th><th>備考</th></tr>"
        return f'{self.section_heading(section)}\n<table class="tableList">\n{head}\n{rows}\n</table>'

    def plan_rows(self, group: Group) -> list[str]:
        first = f'<td rowspan="{len(group.entries)}">{text(group.label or "")}</td>'
        rows = [f"<td>{self.link(entry)}</td><td>{self.note(entry) or '&nbsp;'}</td>" for entry in group.entries]
        return [f"<tr>{row}</tr>" for row in (first + rows[0], *rows[1:])]

    def entries(self, entries: tuple[Entry, ...]) -> str:
        if entries[0].role != "form":
            return super().entries(entries)
        rows = "\n".join(
            f"<tr><td>{text(entry.title)}{self.note(entry)}</td>"
            f'<td><a href="{self.href(entry.url)}">{ICON_ALT[entry.format]}{icon(entry)}</a></td></tr>'
            for entry in entries
        )
        head = "<thead><tr><th>様式名</th><th>ファイル</th></tr></thead>"
        return f"<table>\n{head}\n<tbody>\n{rows}\n</tbody>\n</table>"


class BreakSoup(Markup):
    """Everything in one table cell, bold titles, a break after each line; the page's title after the lead."""

    title_after_lead = True

    def page(self, page: PageModel) -> str:
        lines = "<br>\n".join(
            [
                f"<b>{text(page.lead_heading)}</b>",
                text(page.lead),
                f"<b>{text(page.title)}</b>",
                *map(self.category, page.categories),
            ]
        )
        return f'<table width="100%"><tr><td>\n{lines}<br>\n{COMMENTED_OUT}</td></tr></table>\n{TO_TOP}'

    def category(self, category: Category) -> str:
        heading = f"<b>{text(category.heading)}{text(category.toggle)}</b>"
        return "<br>\n".join([heading, *map(self.programme, category.programmes)])

    def programme(self, programme: Programme) -> str:
        parts = [f"<b>{self.programme_title(programme)}</b>", *map(self.section, programme.sections)]
        return "<br>\n".join(parts)

    def section(self, section: Section) -> str:
        parts = [self.section_heading(section)] if section.heading else []
        parts += [text(line) for line in section.lines]
        return "<br>\n".join(parts + [self.group(group) for group in section.groups])

    def section_heading(self, section: Section) -> str:
        return f"{text(section.bracketed)}{self.toggle(section)}"

    def label(self, group: Group) -> str:
        return f"{text(group.bracketed)}<br>\n"

    def entries(self, entries: tuple[Entry, ...]) -> str:
        return "<br>\n".join(map(self.entry, entries))


class BoldTitles(Markup):
    """No heading tags: categories are bold paragraphs, programmes underlined ones; prose has bold words."""

    def title(self, page: PageModel) -> str:
        return f'<p class="pageTitle"><b>{text(page.title)}</b></p>'

    def lead(self, page: PageModel) -> str:
        prose = text(page.lead).replace("効果的な利活用", "<b>効果的な利活用</b>")
        return f"<p><b>{text(page.lead_heading)}</b></p>\n<p>{prose}</p>"

    def category(self, category: Category) -> str:
        programmes = "\n".join(map(self.programme, category.programmes))
        heading = f"<p><b>{text(category.heading)}</b><span>{text(category.toggle)}</span></p>"
        return f"{heading}\n{programmes}"

    def programme(self, programme: Programme) -> str:
        sections = "\n".join(map(self.section, programme.sections))
        return f"<p><u>{self.programme_title(programme)}</u></p>\n{sections}"

    def section_heading(self, section: Section) -> str:
        return f"<p>{text(section.bracketed)}{self.toggle(section)}</p>"

    def note(self, entry: Entry) -> str:
        return f'<font color="red">【{text(entry.note)}】</font>' if entry.note else ""


class UppercaseInvalid(Markup):
    """Upper-case tags, unquoted attributes, elements never closed, overlapping or around blocks."""

    def title(self, page: PageModel) -> str:
        return f"<H1><FONT SIZE=+2>{text(page.title)}</H1></FONT>"

    def lead(self, page: PageModel) -> str:
        return f"<H2>{text(page.lead_heading)}</H2>\n<P>{text(page.lead)}"

    def category(self, category: Category) -> str:
        programmes = "\n".join(map(self.programme, category.programmes))
        heading = f"<H2><B>{text(category.heading)}<I>{text(category.toggle)}</B></I></H2>"
        return f"{heading}\n<UL>\n{programmes}\n</UL>"

    def programme(self, programme: Programme) -> str:
        sections = "\n".join(map(self.section, programme.sections))
        link = f"<A HREF={self.href(programme.url)}>" if programme.url else "<A>"
        return f"<LI><H3>{link}{text(programme.title)}</H3></A>\n{sections}"

    def section_heading(self, section: Section) -> str:
        return f"<P><B>{text(section.bracketed)}</B>{self.toggle(section)}"

    def line(self, line: str) -> str:
        return f"<P>{text(line)}"

    def label(self, group: Group) -> str:
        return f"<P><B>{text(group.bracketed)}</B>\n"

    def entries(self, entries: tuple[Entry, ...]) -> str:
        return "<UL>\n" + "\n".join(map(self.entry, entries)) + "\n</UL>"

    def entry(self, entry: Entry) -> str:
        alt = f"<IMG SRC=/images/{entry.format}.gif ALT={entry.format.upper()}>"
        if entry.companies:
            label = f"<B>{text(entry.title)}<I></B>{alt}</I>"
            return f"<LI><A HREF={self.href(entry.url)}>{label}</A>{self.note(entry)}"
        return f'<LI><A HREF="{self.href(entry.url)} "><DIV>{text(entry.title)}{self.note(entry)}</DIV></A>'

    def href(self, url: str | None) -> str:
        return escape((url or "").removeprefix("https:"))


class ClassNamesOnly(Markup):
    """One block a line; only class names, through the style sheet, give titles their look."""

    def block(self, look: str, content: str) -> str:
        return f'<div class="{look}">{content}</div>'

    def title(self, page: PageModel) -> str:
        return self.block("ttl_page", text(page.title))

    def lead(self, page: PageModel) -> str:
        return f"{self.block('ttl_big', text(page.lead_heading))}\n{self.line(page.lead)}"

    def category(self, category: Category) -> str:
        toggle = f'<span class="btn">{text(category.toggle)}</span>'
        programmes = map(self.programme, category.programmes)
        return "\n".join([self.block("ttl_big", text(category.heading) + toggle), *programmes])

    def programme(self, programme: Programme) -> str:
        title = self.block("ttl", self.programme_title(programme))
        return "\n".join([title, *map(self.section, programme.sections)])

    def section_heading(self, section: Section) -> str:
        return self.block("txt", text(section.bracketed) + self.toggle(section))

    def line(self, line: str) -> str:
        return self.block("txt", text(line))

    def label(self, group: Group) -> str:
        return self.block("txt", text(group.bracketed)) + "\n"

    def entries(self, entries: tuple[Entry, ...]) -> str:
        return "\n".join(self.block("txt", self.entry(entry)) for entry in entries)
