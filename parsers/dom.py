"""HTML to lines: the walk over a tree that turns blocks, breaks and cells into what a reader sees as lines."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from selectolax.lexbor import LexborNode

from parsers.limits import too_deep
from parsers.lines import Cell, Line, Run

MAX_TREE_DEPTH: Final = 250  # three frames a level keep well within the interpreter's own limit
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hgroup",
        "hr",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
) | frozenset(_HEADINGS)
_ITEMS: Final = frozenset({"li", "dt", "dd", "td", "th"})
_MARKED: Final = frozenset({"summary", "dt", "th", "caption", "legend"})
_LISTS: Final = frozenset({"ul", "ol", "dl", "menu", "dir", "table"})
_SILENT: Final = frozenset(
    [
        "-comment",
        "script",
        "style",
        "template",
        "noscript",
        "head",
        "title",
        "meta",
        "link",
        "object",
        "embed",
        "iframe",
        "svg",
        "canvas",
        "audio",
        "video",
        "map",
        "area",
        "select",
        "option",
        "datalist",
        "input",
        "textarea",
        "base",
    ]
)
_STATES: Final = re.compile(
    r"(?:^|[-_])(?:first|last|active|open|opened|close|closed|show|hide|hidden|odd|even|new|on|off|\d+)$"
)
_BOLD: Final = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_LINED: Final = re.compile(r"text-decoration[^;]*underline", re.IGNORECASE)
_SIZED: Final = re.compile(r"font-size\s*:\s*([^;]+)", re.IGNORECASE)
_HTML_SPACE: Final = re.compile(r"[ \t\n\r\f]+")


@dataclass(slots=True)
class _Block:
    """An open block element, what it takes from those around it, and whether it has shown a line yet."""

    tag: str
    looks: frozenset[str]
    ancestors: tuple[int, ...] = ()
    item: int = 0
    siblings: int = 0
    marks: frozenset[str] = frozenset()
    cell: Cell | None = None
    fresh: bool = True
    rows: int = 0
    columns: int = 0
    cells: tuple[str, ...] = ()  # of a row: its cells' tags


@dataclass(slots=True)
class _Context:
    """What the inline elements above a text say of it, and the heading around it."""

    looks: frozenset[str] = frozenset()
    link: int = 0
    href: str | None = None
    level: int = 0
    pre: bool = False
    depth: int = 0


@dataclass(slots=True)
class LineReader:
    """Walks subtrees in document order and gathers their lines."""

    lines: list[Line] = field(default_factory=list)
    _blocks: list[_Block] = field(default_factory=lambda: [_Block("", frozenset(), fresh=False)])
    _runs: list[Run] = field(default_factory=list)
    _level: int = 0
    _gap: bool = False
    _count: int = 0
    _links: int = 0

    def read(self, node: LexborNode) -> None:
        """Adds the lines of `node`'s subtree."""
        self._element(node, node.tag or "", _Context())
        self._flush()

    def _children(self, node: LexborNode, context: _Context) -> None:
        child = node.child
        while child is not None:
            tag = child.tag
            if tag == "-text":
                self._text(child.text_content or "", context)
            elif tag and tag not in _SILENT:
                self._element(child, tag, context)
            child = child.next

    def _text(self, text: str, context: _Context) -> None:
        if context.pre and "\n" in text:
            first, *rest = text.split("\n")
            self._text(first, context)
            for piece in rest:
                self._break()
                self._text(piece, context)
            return
        if not text or (text.isspace() and not self._runs and "\u3000" not in text):
            return
        self._level = max(self._level, context.level)
        self._runs.append(Run(_HTML_SPACE.sub(" ", text), context.looks, context.link, context.href))

    def _element(self, node: LexborNode, tag: str, context: _Context) -> None:
        if context.depth > MAX_TREE_DEPTH:
            raise too_deep()
        if tag == "br":
            self._break()
        elif tag in _BLOCKS:
            self._block(node, tag, context)
        elif tag != "img":
            self._children(node, self._inline(node, tag, context))

    def _break(self) -> None:
        if not self._flush():
            self._gap = True

    def _inline(self, node: LexborNode, tag: str, context: _Context) -> _Context:
        attributes = node.attributes
        link, href = context.link, context.href
        if tag == "a":
            href = attributes.get("href")
            self._links += 1
            link = self._links if href else 0
        looks = context.looks | _inline_looks(
            tag, attributes.get("class"), attributes.get("style"), attributes.get("size"), attributes.get("color")
        )
        return _Context(looks, link, href, context.level, context.pre, context.depth + 1)

    def _block(self, node: LexborNode, tag: str, context: _Context) -> None:
        self._flush()
        attributes = node.attributes
        level = _HEADINGS.get(tag) or _aria_level(attributes) or context.level
        around = self._blocks[-1]
        self._count += 1
        block = _Block(
            tag,
            _block_looks(tag, attributes.get("class"), attributes.get("style")),
            (*around.ancestors, self._count),
            self._count if tag in _ITEMS else around.item,
            self._count if tag in _LISTS else around.siblings,
            around.marks | {f"in:{tag}"} if tag in _MARKED else around.marks,
            None if tag == "table" else around.cell,
        )
        if tag == "tr":
            self._row(node, block)
        elif tag in ("td", "th"):
            block.cell = self._cell(tag, attributes)
        elif tag == "hr":
            self._gap = True
        self._blocks.append(block)
        pre = context.pre or tag == "pre"
        self._children(node, _Context(context.looks, context.link, context.href, level, pre, context.depth + 1))
        self._flush()
        self._gap = False
        self._blocks.pop()

    def _row(self, node: LexborNode, block: _Block) -> None:
        block.cells = tuple(cell.tag or "" for cell in node.iter() if cell.tag in ("td", "th"))
        table = self._around("table")
        if table is not None:
            table.rows += 1
            table.columns = 0

    def _around(self, tag: str) -> _Block | None:
        return next((block for block in reversed(self._blocks) if block.tag == tag), None)

    def _cell(self, tag: str, attributes: dict[str, str | None]) -> Cell | None:
        table, row = self._around("table"), self._around("tr")
        if table is None or row is None or not row.cells:
            return None
        table.columns += 1
        return Cell(
            row.siblings,
            table.rows,
            table.columns,
            len(row.cells),
            tag == "th",
            all(cell == "th" for cell in row.cells),
            _span(attributes),
        )

    def _flush(self) -> bool:
        """Ends the line; whether there was one."""
        if not self._runs:
            return False
        runs, self._runs = self._runs, []
        level, self._level = self._level, 0
        if not any(not run.text.isspace() for run in runs):
            return False
        block = self._blocks[-1]
        looks = block.looks
        if block.fresh or block.marks or self._gap:
            looks = self._placed(block)
        self.lines.append(Line(tuple(runs), level, looks, block.cell, block.item, block.siblings, block.ancestors))
        self._gap = False
        return True

    def _placed(self, block: _Block) -> frozenset[str]:
        """The block's looks with what its place adds: what it is the first line of, what it stands in, a gap above."""
        places = set(block.marks)
        if self._gap:
            places.add("gap")
        for above in reversed(self._blocks):
            if not above.fresh:
                break
            above.fresh = False
            places.add(f"first:{above.tag}")
        return block.looks | places


def _span(attributes: dict[str, str | None]) -> int:
    span = (attributes.get("rowspan") or "").strip()
    return int(span) if span.isdecimal() and len(span) < 5 else 1


def _aria_level(attributes: dict[str, str | None]) -> int:
    if attributes.get("role") != "heading":
        return 0
    level = attributes.get("aria-level") or "2"
    return int(level) if level.isdecimal() and 1 <= int(level) <= 6 else 2


def _classes(names: str | None) -> set[str]:
    return {f".{name}" for name in (names or "").split() if not _STATES.search(name)}


@lru_cache(maxsize=2048)
def _block_looks(tag: str, names: str | None, style: str | None) -> frozenset[str]:
    return frozenset({f"<{tag}>", *_styles(style), *_classes(names)})


@lru_cache(maxsize=2048)
def _inline_looks(
    tag: str, names: str | None, style: str | None, size: str | None, color: str | None
) -> frozenset[str]:
    looks = _classes(names) | _styles(style)
    if tag in ("b", "strong"):
        looks.add("bold")
    elif tag in ("u", "ins"):
        looks.add("underline")
    elif tag == "a":
        looks.add("link")
    elif tag == "font":
        looks |= {f"font:{value}" for value in (size, color) if value}
    elif tag != "span":
        looks.add(f"~{tag}")
    return frozenset(looks)


def _styles(style: str | None) -> set[str]:
    looks: set[str] = set()
    if not style:
        return looks
    if _BOLD.search(style):
        looks.add("bold")
    if _LINED.search(style):
        looks.add("underline")
    sized = _SIZED.search(style)
    if sized:
        looks.add(f"size:{sized[1].strip()}")
    return looks
