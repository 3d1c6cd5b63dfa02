"""What is no page by its bytes or its source: refused before a tree is made of it, each for a named reason."""

import re
from typing import Final

from parsers.errors import ReadingError, brief
from parsers.limits import without_hidden

MAX_BODY: Final = 20 * 1024 * 1024

_MAGIC: Final = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "an image or a recording"),
    (b"\x1f\x8b", "compressed data"),
    (b"Rar!", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
)
_PAGE_TYPES: Final = re.compile(r"text/(?:html|plain|xml)|application/(?:xhtml\+xml|xml|octet-stream)", re.IGNORECASE)
_TAG: Final = re.compile(
    r"<(?:!doctype|html|head|body|title|div|p|h[1-6]|table|ul|ol|dl|a|main|section|meta)\b", re.IGNORECASE
)
_JSON: Final = re.compile(r"\s*(?:\{\s*\"|\[\s*[\[{\"\d])")
_XML_ROOT: Final = re.compile(
    r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*<([A-Za-z_][\w:.-]{0,40})", re.DOTALL
)
_XML: Final = re.compile(r"\s*<\?xml\b|\s*<(?:rss|feed|rdf:RDF|svg|urlset|sitemapindex|Error)\b")
_ROOT_WITHIN: Final = 4000  # characters
_XML_MESSAGE: Final = re.compile(r"<(?:Code|Message)>([^<]{1,200})</")
_OPENED: Final = re.compile(r"<(?:html|body|frameset)\b", re.IGNORECASE)
_CLOSED: Final = re.compile(r"</(?:html|body|frameset)\s*>", re.IGNORECASE)
_LOOK: Final = "Look at the page in a browser"


def refuse_bytes(body: bytes, content_type: str | None) -> None:
    """Raises ReadingError("empty", "too_large" or "wrong_type") for bytes that are no page."""
    if not body.strip():
        raise ReadingError("empty", "the body is empty", why="the server sent nothing", todo=_LOOK)
    if len(body) > MAX_BODY:
        raise ReadingError(
            "too_large",
            f"the body has {len(body):,} bytes, more than the {MAX_BODY:,} of any page",
            why="it is a file, not a page",
            todo="Name the page that links to it",
        )
    for magic, what in _MAGIC:
        if body.startswith(magic):
            raise ReadingError("wrong_type", f"the body is {what}, not HTML", todo="Name the page that links to it")
    kind = (content_type or "").partition(";")[0].strip()
    if kind and not _PAGE_TYPES.fullmatch(kind):
        raise ReadingError("wrong_type", f"the server calls it {kind}, not HTML", todo=_LOOK)


def refuse_text(text: str, *, may_end_early: bool = False) -> None:
    """Raises ReadingError("wrong_type" or "cut_off") for text that is no HTML, or that ends before its end."""
    if _JSON.match(text):
        raise ReadingError("wrong_type", "the body is JSON, not HTML", todo=_LOOK)
    root = _XML_ROOT.match(text[:_ROOT_WITHIN]) if _XML.match(text) else None
    if root and root[1].lower() != "html":
        said = ": ".join([brief(part) for part in _XML_MESSAGE.findall(text[:_ROOT_WITHIN])])
        raise ReadingError("wrong_type", f"the body is XML, a <{root[1]}>, not HTML", why=said, todo=_LOOK)
    if text.count("\0") > 3 or not _TAG.search(text):
        raise ReadingError("wrong_type", "the body is no HTML", why="it holds none of HTML's tags", todo=_LOOK)
    if not may_end_early and _OPENED.search(text) and not _CLOSED.search(without_hidden(text)):
        raise ReadingError(
            "cut_off",
            "the page ends before its end",
            why="the connection broke, or the server gave up",
            todo=_LOOK,
        )
