"""Where a page's main content is: known containers, else the body without its furniture."""

import re
from collections.abc import Sequence
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from parsers.errors import MonitorError, ReadingError

# Likeliest first; a container that holds less than the share of the body's characters is a part of the content.
_CONTAINERS: Final = (
    (
        (
            ".contentsBody, #contentsBody, main, [role=main], #main_content, #main-content, #mainContent, "
            "#mainContents, #contents_main, #main_contents, #contentsMain"
        ),
        0.5,
    ),
    ("article, #contents, #content, #main, .contents, .content, .main", 0.7),
)
_MAX_CANDIDATES: Final = 40
_FURNITURE: Final = (
    "nav, [role=navigation], [role=search], .breadcrumb, .breadcrumbs, #breadcrumb, #breadcrumbs, .breadcrumb-list, "
    ".topicPath, .topicpath, .topic-path, #topicPath, #topicpath, .pankuzu, #pankuzu, .contentsMenu, #contentsMenu, "
    ".sidemenu, .sideMenu, .side-menu, #sidemenu, #sideMenu, .sidebar, #sidebar, #side, .localNav, #localNav, .lnav, "
    "#lnav, .skip, .skiplink, .skip-link, .pagetop, .pageTop, .page-top, .page_top, #pagetop, #pageTop, #page-top, .sns"
)
_OUTER: Final = (
    "body > header, body > footer, [role=banner], [role=contentinfo], [role=complementary], aside, #header, #footer, "
    ".header, .footer, #globalHeader, #globalFooter, #siteHeader, #siteFooter, .siteHeader, .siteFooter, .l-header, "
    ".l-footer, #gnav, .gnav, #globalNavi, #globalNav, #header_area, #footer_area, #headerArea, #footerArea"
)
_MAX_DESCENT: Final = 12
_FURNITURE_SHARE: Final = 0.2  # of what stands beside it; a larger part is content
_LINK_SHARE: Final = 0.4
FILE: Final = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|csv)(?:$|[?#])", re.IGNORECASE)
"""How the address of a file ends that a page offers."""

_CRUMB: Final = re.compile(r"[>＞›»]")
_FOOT: Final = re.compile(r"Copyright|©|All Rights Reserved|法人番号", re.IGNORECASE)
_TITLE_SEPARATOR: Final = re.compile(r"\s*[|｜│¦]\s*|\s+[-–—:：]\s+")
_MINISTRY: Final = re.compile(r"[^\s]{1,8}(?:省|庁|府|院|局|委員会|ホームページ|Webサイト|公式サイト)$")


def main_content(tree: LexborHTMLParser, select: str | None, ignore: Sequence[str]) -> list[LexborNode]:
    """The nodes that hold the page's main content, furniture taken out of the tree.

    `select` is a CSS selector that overrides the search, `ignore` names parts to leave out. Raises
    MonitorError for a selector that is none, ReadingError("unrecognised") where `select` finds nothing.
    """
    body = tree.body
    if body is None:
        raise ReadingError("empty", "the page has no body", why="the answer was cut off or is no HTML")
    for selector in ignore:
        for node in _outermost(_find(body, selector, "ignore")):
            node.decompose()
    if select is not None:
        return _selected(body, select)
    for node in _outermost([node for node in body.css(_FURNITURE) if node.tag not in ("body", "main")]):
        node.decompose()
    return [_container(body)]


def _selected(body: LexborNode, select: str) -> list[LexborNode]:
    chosen = _outermost(_find(body, select, "select"))
    if not chosen:
        raise ReadingError(
            "unrecognised",
            f"the selector {select!r} finds nothing",
            why="the page was redesigned, or it is another page",
            todo="Mend the page's `select`, or leave it out",
        )
    return chosen


def _container(body: LexborNode) -> LexborNode:
    total = _words(body)
    for selector, share in _CONTAINERS:
        known = [node for node in body.css(selector)[:_MAX_CANDIDATES] if _words(node) >= total * share]
        if known:
            return min(known, key=_words)
    for node in _outermost(body.css(_OUTER)):
        if _words(node) < total / 2:
            node.decompose()
    return _densest(body)


def _densest(node: LexborNode) -> LexborNode:
    """The block within `node` that holds its prose, as long as all beside it looks like furniture."""
    for _ in range(_MAX_DESCENT):
        parts = list(node.iter(include_text=True))
        if any(part.is_text_node and (part.text_content or "").strip() for part in parts):
            return node
        total = _words(node)
        content = [part for part in parts if part.is_element_node and not _is_furniture(part, total)]
        if len(content) != 1:
            return node
        node = content[0]
    return node


def _is_furniture(node: LexborNode, total: int) -> bool:
    """Whether a block is empty, or a small part of the `total` and a list of links, a breadcrumb, a search, a foot.

    What links to files above all is a list of documents, and no furniture.
    """
    words = _words(node)
    if not words:
        return True
    if words > total * _FURNITURE_SHARE:
        return False
    links = node.css("a[href]")
    files = sum(1 for link in links if FILE.search(link.attributes.get("href") or ""))
    if files * 2 > len(links):
        return False
    text = node.text(deep=True)
    linked = sum(_words(link) for link in links)
    return (
        linked >= words * _LINK_SHARE
        or (len(links) > 1 and len(_CRUMB.findall(text)) > 1)
        or _FOOT.search(text) is not None
        or node.css_first("input") is not None
    )


def page_title(tree: LexborHTMLParser) -> list[str]:
    """The names the page may give itself, likeliest first: parts of `<title>` without the ministry's, then `<h1>`s."""
    node = tree.css_first("title")
    whole = " ".join((node.text() if node else "").split())
    parts = [part for part in _TITLE_SEPARATOR.split(whole) if part]
    named = [part for part in parts if not _MINISTRY.fullmatch(part)] or parts
    headings = [" ".join(heading.text().split()) for heading in tree.css("h1")]
    return [*named, *(heading for heading in headings if heading)]


def is_selector(text: str) -> bool:
    """Whether `text` is a CSS selector that can be looked for."""
    try:
        LexborHTMLParser("<p>").css(text)
    except (SelectolaxError, ValueError):
        return False
    return True


def _find(body: LexborNode, selector: str, key: str) -> list[LexborNode]:
    try:
        return list(body.css(selector))
    except (SelectolaxError, ValueError) as error:
        raise MonitorError(
            f"{selector!r} is no CSS selector",
            where=key,
            todo="Use one such as #main_content or div.contentsBody",
        ) from error


def _outermost(nodes: list[LexborNode]) -> list[LexborNode]:
    seen: set[int] = set()
    chosen = []
    for node in nodes:
        above = node.parent
        while above is not None and above.mem_id not in seen:
            above = above.parent
        if above is None:
            seen.add(node.mem_id)
            chosen.append(node)
    return chosen


def _words(node: LexborNode) -> int:
    """How much a node says; white space counts a little, so that counting costs nothing."""
    return len(node.text(deep=True, strip=True))
