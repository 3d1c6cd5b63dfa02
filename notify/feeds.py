"""Atom feeds (RFC 4287) of published changes: of a page, of kinds, of a company, or of everything."""

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring

from notify.marking import Piece
from notify.sections import Item, Section, page_of, sections_of_checks, web_url
from notify.templating import words
from notify.wording import one_line, summary
from storage.changes import RecordedChange
from storage.japan import TOKYO
from storage.observation import Language, PageInfo

_ATOM: Final = "http://www.w3.org/2005/Atom"
_AUTHOR: Final = "ministry-monitor"
_NAMESPACE: Final = uuid.UUID("5f0a4a5e-35a0-4d0b-9a63-0a7f6d2f6c11")
# What no XML document may hold, not even escaped (XML 1.0, 2.2).
_NO_CHARACTER: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What an address holds as it is, apart from letters and digits (RFC 3986, 2); the rest is percent-encoded.
_IN_AN_ADDRESS: Final = "%:/?#[]@!$&'()*+,;="

_EVERY_PAGE: Final = {"ja": "監視している全ページ", "en": "all watched pages"}
_TITLE: Final = {"ja": "{name}の変更", "en": "Changes of {name}"}
_TAKEN_BACK: Final = {"ja": "【訂正済み】{title}", "en": "[Corrected] {title}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedScope:
    """What a feed is of: a page (None: all), globs of names of changes, a part of companies' names."""

    page: PageInfo | None = None
    kinds: tuple[str, ...] = ()
    company: str | None = None


def atom(
    changes: Iterable[RecordedChange],
    page_by_id: Mapping[str, PageInfo],
    *,
    scope: FeedScope,
    language: Language,
    checked_at: datetime,
    corrections: Mapping[int, RecordedChange],
    self_url: str | None = None,
) -> bytes:
    """The feed of these changes, newest first; incidents, which only operators hear of, are left out.

    The same change has the same id in every feed and at any time; a feed has the same id as long as its scope, its
    page's address and its language are the same. An entry is `updated` when its change was detected, or, once it is
    taken back, when that was found: `corrections` are the changes named by `superseded_by`, by their ids. A feed is
    updated as its newest entry is, an empty one at `checked_at`. `self_url` is where it can be fetched; without it
    the feed has no link to itself, and none at all if it is of no single page: RFC 4287 (4.1.1) asks for the first as
    far as it is known (SHOULD), and allows the other.
    """
    told = [change for change in changes if not change.operators_only]
    told.sort(key=lambda change: (change.detected_at, change.id), reverse=True)
    updated = [_updated(change, corrections) for change in told]
    feed = Element("feed", {"xmlns": _ATOM, "xml:lang": language})
    _put(feed, "id", _feed_id(scope, language))
    _put(feed, "title", _title(scope, language))
    _put(feed, "updated", _time(max(updated, default=checked_at)))
    _put(SubElement(feed, "author"), "name", _AUTHOR)
    if self_url:
        _link(feed, "self", self_url, type="application/atom+xml")
    if scope.page is not None:
        _link(feed, "alternate", scope.page.url, type="text/html")
    for change, at in zip(told, updated, strict=True):
        _entry(feed, change, page_of(change.page, page_by_id), language, at, corrections)
    document: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return document


def _entry(
    feed: Element,
    change: RecordedChange,
    page: PageInfo,
    language: Language,
    updated: datetime,
    corrections: Mapping[int, RecordedChange],
) -> None:
    entry = SubElement(feed, "entry")
    (section,) = sections_of_checks([change], {page.id: page}, language)
    item = section.items[0]
    correction = corrections.get(change.superseded_by) if change.superseded_by is not None else None
    _put(entry, "id", _entry_id(change))
    _put(entry, "title", _TAKEN_BACK[language].format(title=item.sentence) if correction else item.sentence)
    _put(entry, "updated", _time(updated))
    _put(entry, "published", _time(change.detected_at))
    _link(entry, "alternate", item.place or section.url, type="text/html")
    _link(entry, "related", item.url)
    for term in (*change.names, change.kind):
        SubElement(entry, "category", {"term": _legal(term)})
    _put(entry, "rights", section.source)
    content = _put(entry, "content", _content(section, item, correction, language))
    content.set("type", "html")


def _content(section: Section, item: Item, correction: RecordedChange | None, language: Language) -> str:
    """The change as HTML: the sentence, what was before and is now with the differing characters marked, the place."""
    vocabulary = words(language)
    body = Element("div")
    _put(body, "p", item.sentence)
    if correction is not None:
        _put(SubElement(body, "p"), "strong", summary(correction, language))
    for row in item.rows:
        line = _put(body, "p", f"{row.label}{vocabulary.colon}")
        _side(line, row.old, "del")
        if row.old and row.new:
            SubElement(line, "span").text = " → "
        _side(line, row.new, "ins")
    if item.more_rows:
        _put(body, "p", item.more_rows)
    if item.path:
        _put(body, "p", f"{vocabulary.where}{vocabulary.colon}{item.path}")
    if address := web_address(item.url):
        link = SubElement(SubElement(body, "p"), "a", {"href": address})
        link.text = vocabulary.open_link
    seen = section.last_seen or vocabulary.none_seen
    times = _put(body, "p", f"{vocabulary.last_seen}{vocabulary.colon}{seen}")
    SubElement(times, "br").tail = f"{vocabulary.detected}{vocabulary.colon}{section.detected}"
    _put(body, "p", section.source)
    _put(body, "p", vocabulary.disclaimer)
    html: str = tostring(body, encoding="unicode", method="html")
    return html


def _side(line: Element, pieces: Sequence[Piece], mark: str) -> None:
    for piece in pieces:
        _put(line, mark if piece.differs else "span", piece.text)


def _updated(change: RecordedChange, corrections: Mapping[int, RecordedChange]) -> datetime:
    correction = corrections.get(change.superseded_by) if change.superseded_by is not None else None
    return max(change.detected_at, correction.detected_at) if correction is not None else change.detected_at


def _title(scope: FeedScope, language: Language) -> str:
    name = one_line(scope.page.name) if scope.page is not None else _EVERY_PAGE[language]
    title = _TITLE[language].format(name=name)
    only = [one_line(part) for part in (*scope.kinds, scope.company or "") if part]
    comma = "、" if language == "ja" else ", "
    return f"{title} ({comma.join(only)})" if only else title


def _feed_id(scope: FeedScope, language: Language) -> str:
    page = (scope.page.id, scope.page.url) if scope.page is not None else ("", "")
    return _urn("feed", *page, scope.company or "", language, *sorted(scope.kinds))


def _entry_id(change: RecordedChange) -> str:
    """A change's id in this database with the instant of its detection, which no other database shares.

    Changes found between saved pages or by reading bodies again are numbered anew when the past is known better, all
    but corrections: of the others, a check of a page has one of each record.
    """
    at = change.detected_at.isoformat()
    if change.origin == "live" or change.change.endswith(".corrected"):
        return _urn("change", change.page, at, str(change.id))
    return _urn("change", change.page, at, change.origin, change.kind, change.key)


def _urn(*parts: str) -> str:
    """A UUID by name (RFC 9562, 5.5), as an IRI (RFC 4122, 3); the parts' lengths keep them apart."""
    return uuid.uuid5(_NAMESPACE, "".join(f"{len(part)}:{part}" for part in parts)).urn


def _put(parent: Element, name: str, text: str) -> Element:
    element = SubElement(parent, name)
    element.text = _legal(text)
    return element


def _link(parent: Element, rel: str, url: str | None, **attributes: str) -> None:
    if address := web_address(url):
        SubElement(parent, "link", {"rel": rel, "href": address, **attributes})


def web_address(url: str | None) -> str | None:
    """An address that may become a link, with nothing in it that needs percent-encoding; None for any other."""
    return quote(url, safe=_IN_AN_ADDRESS) if url and web_url(url) else None


def _legal(text: str) -> str:
    return _NO_CHARACTER.sub(" ", text)


def _time(at: datetime) -> str:
    """A date construct (RFC 4287, 3.3)."""
    return at.astimezone(TOKYO).isoformat(timespec="seconds")
