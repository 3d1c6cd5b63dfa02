"""From bytes to a page: the gate, the tree, the family that recognises it."""

from collections.abc import Sequence
from types import ModuleType
from typing import Final
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from parsers import outline, support
from parsers.content import main_content, page_title
from parsers.decoding import Decoded, decode
from parsers.dom import LineReader
from parsers.errors import MonitorError, ReadingError, brief
from parsers.furniture import without_furniture
from parsers.gate import refuse_bytes, refuse_text
from parsers.keys import number
from parsers.limits import refuse_hostile
from parsers.notices import LONGEST, Shown, refuse_blank, refuse_elsewhere, refuse_notice, refuse_shell
from parsers.readings import Reading
from parsers.records import Page, ReadWarning, Record, Text
from parsers.text import fold

_FAMILIES: Final = (support, outline)


def parser_versions() -> dict[str, int]:
    """Every parser by name, with the version that stands beside what it read."""
    return {family.NAME: family.VERSION for family in _FAMILIES}


def parse(
    body: bytes,
    *,
    url: str,
    content_type: str | None = None,
    charset: str | None = None,
    parser: str = "auto",
    select: str | None = None,
    ignore: Sequence[str] = (),
    vouched: bool = False,
) -> Page:
    """The records of one page.

    `body` as received, decompressed; `url` the address relative links stand on; `content_type` the header as
    received; `charset` a label that overrides what the page says of itself; `parser` a family's name or "auto";
    `select` and `ignore` CSS selectors; `vouched` where a person says that the body is the page, so that neither
    a notice nor a missing end is a reason to refuse it. Raises ReadingError with the reason where the body is not
    a page that could be read, MonitorError for an unknown parser, character set or selector.
    """
    if parser != "auto" and parser not in parser_versions():
        raise MonitorError(
            f"unknown parser {parser!r}",
            where="parser",
            todo=f"Use auto or one of: {', '.join(parser_versions())}",
        )
    refuse_bytes(body, content_type)
    decoded = decode(body, content_type=content_type, charset=charset)
    refuse_text(decoded.text, may_end_early=vouched)
    refuse_hostile(decoded.text)
    shown = _shown(decoded.text, url, select, ignore, vouched=vouched)
    for family in _FAMILIES:
        reading = family.read(shown.lines, shown.titles, shown.base) if parser in ("auto", family.NAME) else None
        if reading is not None:
            return _page(url, decoded, family, reading)
    raise _unrecognised(shown.titles)


def _shown(text: str, url: str, select: str | None, ignore: Sequence[str], *, vouched: bool) -> Shown:
    """What the page shows where its settings say. Raises ReadingError where it is another's place, or blank.

    Whether it is a notice is seen by the whole page: what `select` names may be small in a page that is right.
    """
    if select is None and not ignore:
        shown = _everything(text, url)
        if not vouched:
            refuse_elsewhere(shown)
            refuse_notice(shown)
        refuse_shell(shown, vouched=vouched)
        refuse_blank(shown)
        return shown
    try:
        chosen = _everything(text, url, select, ignore)
    except ReadingError:
        _shown(text, url, None, (), vouched=vouched)  # a notice holds nothing that `select` could find
        raise
    if chosen.size <= LONGEST:
        _shown(text, url, None, (), vouched=vouched)
    refuse_blank(chosen, select=select, ignore=ignore)
    return chosen


def _everything(text: str, url: str, select: str | None = None, ignore: Sequence[str] = ()) -> Shown:
    tree = LexborHTMLParser(text)
    tree.strip_tags(["script", "style", "noscript", "template"])
    titles, base = page_title(tree), _base_of(tree, url)
    if tree.body is None:  # frames
        return Shown([], titles, [], tree, text, base)
    nodes = main_content(tree, select, ignore)
    reader = LineReader()
    for node in nodes:
        reader.read(node)
    return Shown(without_furniture(reader.lines), titles, nodes, tree, text, base)


def _page(url: str, decoded: Decoded, family: ModuleType, reading: Reading) -> Page:
    records = tuple(reading.records)
    number(records)
    said = tuple(ReadWarning("charset", decoded.charset, "", message) for message in decoded.warnings)
    return Page(
        url=url,
        title=reading.title,
        charset=decoded.charset,
        parser=family.NAME,
        parser_version=family.VERSION,
        coverage=_coverage(records),
        records=records,
        warnings=(*said, *reading.warnings),
        floors=dict(family.FLOORS),
    )


def _base_of(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first("base[href]")
    try:
        return urljoin(url, node.attributes.get("href") or "") if node else url
    except ValueError:  # a base that is no address; browsers ignore it too
        return url


def _unrecognised(titles: Sequence[str]) -> ReadingError:
    named = f' "{brief(titles[0])}"' if titles else ""
    return ReadingError(
        "unrecognised",
        f"no parser knows the page{named}",
        why="it is another page than those this version reads, or it was rebuilt beyond recognition",
        todo="Look at the page in a browser; parsers there are: " + ", ".join(parser_versions()),
    )


def _coverage(records: Sequence[Record]) -> float:
    """The share of the characters claimed by records other than `text`."""
    claimed = outside = 0
    for record in records:
        size = len(fold(record.title)) + len(fold(record.note or "")) + len(fold(record.text))
        if isinstance(record, Text):
            outside += size
        else:
            claimed += size
    return claimed / (claimed + outside) if claimed + outside else 0.0
