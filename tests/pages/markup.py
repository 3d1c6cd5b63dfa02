"""What every way of writing the page down shares: the walk over the model, links, icons, notes."""

from html import escape
from typing import ClassVar, Final
from urllib.parse import urlsplit

from model import Category, Entry, Group, PageModel, Programme, Section

ICON_ALT: Final = {"pdf": "PDF", "docx": "Word", "xlsx": "EXCEL", "zip": "ZIP"}
HERE: Final = "https://www.soumu.go.jp"
UP_TO_ROOT: Final = "../../../../../.."
# A file that was linked once; it appears in comments, scripts and stray icons only.
OLD_FILE: Final = "/main_content/000487654.pdf"
COMMENTED_OUT: Final = f'<!-- <li><a href="{OLD_FILE}">旧・認定申請書(導入計画)【令和2年8月31日版】</a></li> -->'
TO_TOP: Final = '<div class="pageTop"><a href="#pTop">ページトップへ戻る</a></div>'


def text(value: str) -> str:
    return escape(value, quote=False)


def icon(entry: Entry) -> str:
    """The file type's icon, whose alt no reader takes for a part of the title."""
    if entry.format not in ICON_ALT:
        return ""
    return f'<img src="/main_content/icon_{entry.format}.gif" alt="{ICON_ALT[entry.format]}" />'


class Markup:
    """Headings and lists, the plainest way; the others override what they do differently."""

    title_after_lead: ClassVar[bool] = False

    def page(self, page: PageModel) -> str:
        """The inside of the content container."""
        parts = [
            self.title(page),
            self.lead(page),
            COMMENTED_OUT,
            *map(self.category, page.categories),
            TO_TOP,
        ]
        return "\n".join(part for part in parts if part)

    def title(self, page: PageModel) -> str:
        return f"<h1>{text(page.title)}</h1>"

    def lead(self, page: PageModel) -> str:
        return f"<h2>{text(page.lead_heading)}</h2>\n{self.line(page.lead)}"

    def category(self, category: Category) -> str:
        programmes = "\n".join(map(self.programme, category.programmes))
        heading = f'<h2>{text(category.heading)}<span class="toggle">{text(category.toggle)}</span></h2>'
        return f"{heading}\n{programmes}"

    def programme(self, programme: Programme) -> str:
        sections = "\n".join(map(self.section, programme.sections))
        return f"<h3>{self.programme_title(programme)}</h3>\n{sections}"

    def programme_title(self, programme: Programme) -> str:
        title = text(programme.title)
        return f'<a href="{self.href(programme.url)}">{title}</a>' if programme.url else title

    def section(self, section: Section) -> str:
        parts = [
            self.section_heading(section) if section.heading else "",
            *map(self.line, section.lines),
            *map(self.group, section.groups),
        ]
        return "\n".join(part for part in parts if part)

    def section_heading(self, section: Section) -> str:
        return f"<h4>{text(section.bracketed)}{self.toggle(section)}</h4>"

    def toggle(self, section: Section) -> str:
        return text(section.toggle) if section.toggle else ""

    def line(self, line: str) -> str:
        return f"<p>{text(line)}</p>"

    def group(self, group: Group) -> str:
        label = self.label(group) if group.label else ""
        return f"{label}{self.entries(group.entries)}"

    def label(self, group: Group) -> str:
        return f"<p>{text(group.bracketed)}</p>\n"

    def entries(self, entries: tuple[Entry, ...]) -> str:
        items = "\n".join(f"<li>{self.entry(entry)}</li>" for entry in entries)
        return f"<ul>\n{items}\n</ul>"

    def entry(self, entry: Entry) -> str:
        return f"{self.link(entry)}{self.note(entry)}"

    def link(self, entry: Entry) -> str:
        return f'<a href="{self.href(entry.url)}">{text(entry.title)}{icon(entry)}</a>'

    def note(self, entry: Entry) -> str:
        return f"【{text(entry.note)}】" if entry.note else ""

    def href(self, url: str | None) -> str:
        """The address as this page writes it: from the site's root unless it is another site's."""
        return escape((url or "").removeprefix(HERE))


def relative(url: str | None) -> str:
    """The address as written from the page's own folder."""
    parts = urlsplit(url or "")
    return escape(f"{UP_TO_ROOT}{url.removeprefix(HERE)}" if url and url.startswith(HERE) else parts.geturl())
