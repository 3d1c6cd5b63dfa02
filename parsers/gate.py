"""What is no page: refused before or after reading, each for a named reason."""

import re
from collections.abc import Sequence
from typing import Final

from parsers.errors import ReadingError, SuspectReason
from parsers.lines import Line

MAX_BODY: Final = 20 * 1024 * 1024

_MAGIC: Final = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "compressed data"),
    (b"Rar!", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
)
_PAGE_TYPES: Final = re.compile(r"text/(?:html|plain|xml)|application/(?:xhtml\+xml|xml|octet-stream)", re.IGNORECASE)
_TAG: Final = re.compile(
    r"<(?:!doctype|html|head|body|title|div|p|h[1-6]|table|ul|ol|dl|a|main|section|meta)\b", re.IGNORECASE
)
_OPENED: Final = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_CLOSED: Final = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
_SHORT_PAGE: Final = 1500  # characters; a notice that stands for a whole page is shorter
_NOTICES: Final[tuple[tuple[SuspectReason, re.Pattern[str], str], ...]] = (
    (
        "captcha",
        re.compile(r"captcha|ロボットではありません|画像認証|are you (?:a )?human", re.IGNORECASE),
        "the server asks for a proof of being human",
    ),
    (
        "waf",
        re.compile(
            r"access denied|request (?:was )?(?:blocked|rejected)|requested url was rejected|forbidden"
            r"|incapsula|cloudflare"
            r"|アクセスが?(?:拒否|ブロック|遮断)|不正な(?:アクセス|リクエスト)",
            re.IGNORECASE,
        ),
        "a firewall answered in the page's place",
    ),
    (
        "maintenance",
        re.compile(
            r"メンテナンス|maintenance|(?:サービス|システム|サーバ)[^。]{0,20}停止"
            r"|(?:ただいま|現在)[^。]{0,40}(?:ご?利用|アクセス)[^。]{0,10}(?:できません|いただけません)"
            r"|しばらく(?:経って|たって|お待ち)|混み合って",
            re.IGNORECASE,
        ),
        "a maintenance notice stands in the page's place",
    ),
)
_LOGIN: Final = re.compile(r"<input[^>]{1,300}?type\s*=\s*[\"']?password", re.IGNORECASE)
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
    if text.count("\0") > 3 or not _TAG.search(text):
        raise ReadingError("wrong_type", "the body is no HTML", why="it holds none of HTML's tags", todo=_LOOK)
    if not may_end_early and _OPENED.search(text) and not _CLOSED.search(text):
        raise ReadingError(
            "cut_off",
            "the page ends before its end",
            why="the connection broke, or the server gave up",
            todo=_LOOK,
        )


def refuse_notice(lines: Sequence[Line], titles: Sequence[str], html: str) -> None:
    """Raises ReadingError for a page that is a notice in another's place: maintenance, firewall, captcha, login."""
    if sum([len(line.text) for line in lines]) >= _SHORT_PAGE:
        return
    if _LOGIN.search(html):
        raise ReadingError("login", "the page asks for a password", why="it is no longer public", todo=_LOOK)
    words = "\n".join([*titles, *(line.prose for line in lines)])
    for reason, pattern, what in _NOTICES:
        if pattern.search(words) or (reason == "captcha" and pattern.search(html)):
            raise ReadingError(reason, what, where=titles[0] if titles else "", todo=_LOOK)


def refuse_blank(lines: Sequence[Line], html: str) -> None:
    """Raises ReadingError("javascript_only" or "empty") for a page that shows a reader nothing."""
    if lines:
        return
    if "<script" in html.lower():
        raise ReadingError(
            "javascript_only", "the page shows nothing without JavaScript", todo="Watch another page of the ministry"
        )
    raise ReadingError("empty", "the page shows nothing", todo=_LOOK)
