"""Writes the saved pages, their expected records and the demo's two pages from the model.

    python tests/pages/build.py --write    writes them all
    python tests/pages/build.py --check    says which files differ from what would be written; status 1 if any

The saved files are what the tests read; nobody edits them by hand.
"""

import argparse
import codecs
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from string import Template
from typing import Any, Final

import flat_markups as flat
import list_markups as lists
from markup import HERE, Markup
from model import Entry, PageModel, Programme, Section, edit_entries, edit_programmes, expected, load, reprint

PAGES: Final = Path(__file__).parent
DEMO: Final = PAGES.parents[1] / "monitor" / "demo"
FRAME: Final = Template((PAGES / "frame.html").read_text("utf-8"))
XHTML: Final = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"'
    ' "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'
)
FULL_PUNCTUATION: Final = str.maketrans("():/&<>", "（）：／＆＜＞")
FULL_ALPHANUMERIC: Final = {code: code + 0xFEE0 for code in range(0x21, 0x7F) if chr(code).isalnum()}


@dataclass(frozen=True)
class Charset:
    """The bytes' encoding, and what declares it: the meta element, the header, a byte order mark or none."""

    codec: str
    label: str = ""
    content_type: str | None = "text/html"
    bom: bool = False

    @property
    def meta(self) -> str:
        if not self.label:
            return ""
        if self.codec == "utf-8":
            return f'<meta charset="{self.label}">\n'
        return f'<meta http-equiv="Content-Type" content="text/html; charset={self.label}">\n'

    def encode(self, html: str) -> bytes:
        """What the charset cannot hold is written as character references."""
        body = html.encode(self.codec, "xmlcharrefreplace")
        return codecs.BOM_UTF8 + body if self.bom else body


@dataclass(frozen=True)
class Saved:
    """One saved page: its markup, its bytes, and the characters it prints instead of the capture's."""

    name: str
    markup: Markup
    charset: Charset
    doctype: str = "<!DOCTYPE html>"
    table: Mapping[int, int] = field(default_factory=dict)


SHIFT_JIS: Final = Charset("cp932", "Shift_JIS")
X_SJIS: Final = Charset("cp932", "x-sjis")
EUC_JP: Final = Charset("euc_jp", "EUC-JP")
UTF_8: Final = Charset("utf-8", "UTF-8")

CATALOGUE: Final = (
    Saved("accordion-lists", lists.AccordionLists(), replace(UTF_8, content_type="text/html; charset=UTF-8")),
    Saved("links-in-table-cell", flat.LinksInTableCell(), SHIFT_JIS, XHTML),
    Saved("details-definitions", lists.DetailsAndDefinitions(), UTF_8),
    Saved("deep-blocks", lists.DeepBlocks(), EUC_JP),
    Saved("plan-tables", flat.PlanTables(), X_SJIS, XHTML),
    Saved("break-soup", flat.BreakSoup(), replace(SHIFT_JIS, content_type=None), doctype=""),
    Saved("bold-titles", flat.BoldTitles(), Charset("euc_jp", content_type="text/html; charset=EUC-JP")),
    Saved("uppercase-invalid", flat.UppercaseInvalid(), X_SJIS, doctype=""),
    Saved("notes-in-links", lists.NotesInLinks(), Charset("utf-8", bom=True)),
    Saved("unlinked-titles", lists.UnlinkedTitles(), Charset("utf-8", content_type='text/html; charset="utf-8"')),
    Saved("nested-lists", lists.NestedLists(), SHIFT_JIS, XHTML),
    Saved("class-names-only", flat.ClassNamesOnly(), replace(UTF_8, content_type=None)),
    Saved("every-level-a-heading", lists.EveryLevelAHeading(), replace(EUC_JP, label="x-euc-jp")),
    Saved("full-width-punctuation", lists.Articles(), SHIFT_JIS, table=FULL_PUNCTUATION),
    Saved("full-width-letters", flat.LinksInTableCell(), UTF_8, table=FULL_ALPHANUMERIC),
)


def model_of(saved: Saved) -> PageModel:
    """The content as this page prints it."""
    page = reprint(load(), saved.table)
    if saved.table is FULL_PUNCTUATION:
        page = with_wide_space(page)
    if isinstance(saved.markup, lists.UnlinkedTitles):
        page = edit_programmes(page, lambda programme: replace(programme, url=None))
    return page


def with_wide_space(page: PageModel) -> PageModel:
    """The one company that is printed with a space has U+3000 there."""
    edits: dict[str, Entry | None] = {
        entry.url: replace(entry, title=wide, companies=(wide,))
        for entry in all_entries(page)
        if (wide := entry.title.replace("株式会社 ", "株式会社\u3000")) != entry.title
    }
    return edit_entries(page, edits)


def all_entries(page: PageModel) -> Iterator[Entry]:
    for category in page.categories:
        for programme in category.programmes:
            for section in programme.sections:
                for group in section.groups:
                    yield from group.entries


def framed(page: PageModel, markup: Markup, **parts: str) -> str:
    """The whole page: what every page of the site has around and inside its content."""
    usual = {
        "doctype": "<!DOCTYPE html>",
        "meta": "",
        "clock": "2024年10月31日 09:00",
        "visitors": "12345",
        "year": "2024",
        "extra": "",
    }
    return FRAME.substitute(usual | parts, title=page.title, content=markup.page(page))


def demo_pages(page: PageModel) -> dict[str, str]:
    """Two dated versions: five differences a desk must hear of, and noise it must not."""
    markup = lists.AccordionLists()
    return {
        "2024-04-26.html": framed(demo_before(page), markup, meta=UTF_8.meta, clock="2024年4月26日 10:30"),
        "2024-11-05.html": framed(
            demo_after(page),
            markup,
            meta=UTF_8.meta,
            clock="2024年11月5日 09:00",
            visitors="48120",
            extra='<li><a href="/menu_special/iken.html">特設：意見募集</a></li>\n',
        ),
    }


def demo_before(page: PageModel) -> PageModel:
    """A plan's earlier amendment, a form's earlier file, a guide's earlier edition, one plan fewer."""
    edits: dict[str, Entry | None] = {}
    fujitsu_seen = False
    for entry in all_entries(page):
        if entry.title == "富士通株式会社" and not fujitsu_seen:
            fujitsu_seen = True
            edits[entry.url] = replace(entry, note="令和5年5月29日変更")
        elif entry.title == "認定申請書(導入計画)":
            edits[entry.url] = replace(entry, url=f"{HERE}/main_content/000598217.docx")
        elif entry.title == "5G税制利用ガイド":
            edits[entry.url] = replace(entry, note="令和5年4月版")
        elif entry.title == "ヴルーヴ株式会社":
            edits[entry.url] = None
    return edit_entries(page, edits)


def demo_after(page: PageModel) -> PageModel:
    """The page as captured, one programme's reception over, and one list's notes in full-width digits."""

    def edit(programme: Programme) -> Programme:
        if programme.title != "地域デジタル基盤活用推進事業":
            return programme
        first = programme.sections[0]
        return replace(programme, sections=(replace(first, lines=(*first.lines, "※今年度の受付は終了しました")),))

    def widen(programme: Programme) -> Programme:
        return replace(programme, sections=tuple(widened(section) for section in programme.sections))

    def widened(section: Section) -> Section:
        if section.plan_type != "開発供給計画":
            return section
        *others, last = section.groups
        entries = tuple(
            replace(entry, note=entry.note and entry.note.translate(FULL_ALPHANUMERIC)) for entry in last.entries
        )
        return replace(section, groups=(*others, replace(last, entries=entries)))

    return edit_programmes(edit_programmes(page, edit), widen)


def as_json(data: dict[str, Any]) -> str:
    """One field a line; lists and periods on their field's line."""
    records = []
    for record in data["records"]:
        lines = (f"   {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in record.items())
        records.append("  {\n" + ",\n".join(lines) + "\n  }")
    page = json.dumps(data["page"], ensure_ascii=False)
    return f'{{\n "page": {page},\n "records": [\n' + ",\n".join(records) + "\n ]\n}\n"


def everything() -> dict[Path, bytes]:
    """Every file this script owns and its bytes."""
    files: dict[Path, bytes] = {}
    for saved in CATALOGUE:
        page = model_of(saved)
        html = framed(page, saved.markup, doctype=saved.doctype, meta=saved.charset.meta)
        files[PAGES / "support" / f"{saved.name}.html"] = saved.charset.encode(html)
        records = as_json(expected(page, saved.charset.content_type, title_after_lead=saved.markup.title_after_lead))
        files[PAGES / "support" / f"{saved.name}.expected.json"] = records.encode()
    files |= {DEMO / name: html.encode() for name, html in demo_pages(load()).items()}
    return files


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--write", action="store_true")
    choice.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    files = everything()
    if arguments.write:
        for path, body in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
        return 0
    wrong = [path for path, body in files.items() if not path.exists() or path.read_bytes() != body]
    wrong += sorted(set((PAGES / "support").iterdir()) - set(files))
    for path in wrong:
        print(f"{path.relative_to(PAGES.parents[1])}: not what {Path(__file__).name} writes", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
