"""What a message shows of changes: per page a section, per change an item with what was before and is now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any, Final
from urllib.parse import urlsplit

from notify.facts import Facts, clock, corrected, facts_of, moment
from notify.fragments import place_link
from notify.marking import Piece, mark
from notify.templating import words
from notify.wording import one_line, summary, tag
from storage.changes import ABOUT_VERIFYING, RecordedChange
from storage.japan import TOKYO
from storage.observation import Language, PageInfo

_SHOWN: Final = ("title", "note", "url", "path")
_MOST_ROWS: Final = 12
_LONGEST_LINE: Final = 400
_LONGEST_PAIR: Final = 120

LICENCE_URL: Final = "https://www.digital.go.jp/resources/open_data/public_data_license_v1.0"
"""公共データ利用規約(第1.0版), under which the ministries below publish."""

# Who publishes, as those terms want it named; the host, or what it ends in after a dot.
_PUBLISHERS: Final = {
    "soumu.go.jp": ("総務省ホームページ", "website of the Ministry of Internal Affairs and Communications"),
    "meti.go.jp": ("経済産業省ホームページ", "website of the Ministry of Economy, Trade and Industry"),
    "mhlw.go.jp": ("厚生労働省ホームページ", "website of the Ministry of Health, Labour and Welfare"),
    "maff.go.jp": ("農林水産省ホームページ", "website of the Ministry of Agriculture, Forestry and Fisheries"),
    "mlit.go.jp": ("国土交通省ホームページ", "website of the Ministry of Land, Infrastructure, Transport and Tourism"),
    "mext.go.jp": (
        "文部科学省ホームページ",
        "website of the Ministry of Education, Culture, Sports, Science and Technology",
    ),
    "env.go.jp": ("環境省ホームページ", "website of the Ministry of the Environment"),
    "digital.go.jp": ("デジタル庁ウェブサイト", "website of the Digital Agency"),
    "cao.go.jp": ("内閣府ホームページ", "website of the Cabinet Office"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing before and after; an empty side was not there, which the label says."""

    label: str
    old: tuple[Piece, ...]
    new: tuple[Piece, ...]

    @property
    def is_long(self) -> bool:
        """Whether both sides on one line would be hard to read."""
        return bool(self.old and self.new) and sum(len(piece.text) for piece in self.pieces) > _LONGEST_PAIR

    @property
    def has_much_in_common(self) -> bool:
        """Whether a reader of both sides must search for what differs."""
        return self.is_long and any(not piece.differs for piece in self.pieces)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Those of both sides."""
        return (*self.old, *self.new)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One change as a message shows it; `children` are the changes it caused.

    `place` opens the page where the change is seen, `url` is where the record itself leads. `times` says when it was
    last seen unchanged and when it was detected; None where the section says it for all. `path` is empty where a row
    tells it. `detail` is what the program met, for the operator alone. `in_short`: a mail has but one line for it.
    """

    tag: str
    tone: str
    sentence: str
    rows: tuple[Row, ...]
    short_rows: tuple[Row, ...]
    more_rows: str | None
    path: str
    url: str | None
    place: str | None
    detail: str | None
    todo: str | None
    times: str | None = None
    caused: str | None = None
    children: tuple["Item", ...] = ()
    in_short: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What is told of one page; a `notice` is of the monitoring itself: of incidents or corrections.

    `publisher` is None where we do not know under which terms the page is published.
    """

    name: str
    url: str
    publisher: str | None
    source: str
    intro: str
    items: tuple[Item, ...]
    notice: bool
    last_seen: str | None = None
    detected: str | None = None


def grouped(changes: Sequence[RecordedChange]) -> list[tuple[RecordedChange, list[RecordedChange]]]:
    """Changes with those they caused beneath them, order kept; one whose cause is not told here stands for itself."""
    causes = {
        (change.page, change.detected_at, change.change.partition(".")[2], change.key): change
        for change in changes
        if change.kind in {"category", "programme"} and change.cause is None
    }
    groups: dict[int, tuple[RecordedChange, list[RecordedChange]]] = {}
    for change in changes:
        what = change.change.partition(".")[2]
        cause = causes.get((change.page, change.detected_at, what, change.cause or ""))
        root = cause or change
        caused = groups.setdefault(root.id, (root, []))[1]
        if root is not change:
            caused.append(change)
    return list(groups.values())


def page_of(page: str, page_by_id: Mapping[str, PageInfo]) -> PageInfo:
    """The page with that id, even if it is no longer configured."""
    return page_by_id.get(page) or PageInfo(id=page, name=page, url="")


def sections_of_checks(
    changes: Sequence[RecordedChange], page_by_id: Mapping[str, PageInfo], language: Language
) -> list[Section]:
    """A section for each check of each page: what it found."""
    checks: dict[tuple[str, datetime], list[RecordedChange]] = {}
    for change in changes:
        checks.setdefault((change.page, change.detected_at), []).append(change)
    return [
        _section(
            page_of(page, page_by_id),
            found,
            language,
            last_seen=moment(found[0].last_seen_before, language),
            detected=moment(detected_at, language),
        )
        for (page, detected_at), found in checks.items()
    ]


def sections_of_pages(
    changes: Sequence[RecordedChange], page_by_id: Mapping[str, PageInfo], language: Language
) -> list[Section]:
    """A section for each page, whose items say themselves when they were detected."""
    pages: dict[str, list[RecordedChange]] = {}
    for change in changes:
        pages.setdefault(change.page, []).append(change)
    return [_section(page_of(page, page_by_id), found, language) for page, found in pages.items()]


def _section(
    page: PageInfo,
    found: Sequence[RecordedChange],
    language: Language,
    *,
    last_seen: str | None = None,
    detected: str | None = None,
) -> Section:
    vocabulary, name = words(language), one_line(page.name) or page.id
    publisher, groups = publisher_of(page.url, language), grouped(found)
    incidents = all(is_of_the_monitoring(change) for change in found)
    corrections = sum(corrected(change) is not None for change in found)
    intro = vocabulary.intro_incidents(name) if incidents else vocabulary.intro_changes(name, len(groups))
    if corrections == len(found):
        intro = vocabulary.intro_corrections(name, corrections)
    return Section(
        name=name,
        url=web_url(page.url) or "",
        publisher=publisher,
        source=vocabulary.source(publisher, name, page.url, LICENCE_URL),
        intro=intro,
        items=tuple(_item(change, caused, page, language, dated=detected is None) for change, caused in groups),
        notice=incidents or corrections == len(found),
        last_seen=last_seen,
        detected=detected,
    )


def web_url(url: str | None) -> str | None:
    """An address that may become a link: http or https and nothing else."""
    return url if url and url.lower().startswith(("http://", "https://")) and url.isprintable() else None


def is_of_the_monitoring(change: RecordedChange) -> bool:
    """Whether it is told of the monitoring itself, and no change of a page."""
    return change.operators_only or change.change in ABOUT_VERIFYING


def publisher_of(url: str, language: Language) -> str | None:
    """Who publishes the page at `url`, as its terms of use want it named; None for a site that is not known here."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return None
    for domain, names in _PUBLISHERS.items():
        if host == domain or host.endswith(f".{domain}"):
            return names[0] if language == "ja" else names[1]
    return None


def _item(
    change: RecordedChange, caused: Sequence[RecordedChange], page: PageInfo, language: Language, *, dated: bool
) -> Item:
    vocabulary, facts = words(language), facts_of(change, language)
    rows = _rows(change, facts, language)
    tells_place = "path" in change.fields and facts.old is not None and facts.new is not None
    todo = vocabulary.todo.get(change.change.replace(".", "_"))
    address = web_url(page.url) or ""
    return Item(
        tag=tag(change, language),
        tone=_tone(change),
        sentence=summary(change, language),
        rows=tuple(rows[:_MOST_ROWS]),
        short_rows=tuple(_shortened(row) for row in rows[:_MOST_ROWS]),
        more_rows=vocabulary.more_rows(len(rows) - _MOST_ROWS) if len(rows) > _MOST_ROWS else None,
        path="" if tells_place else " > ".join(one_line(heading) for heading in change.path),
        url=web_url(change.url) if change.kind != "page" else None,
        place=place_link(change, facts, address),
        detail=one_line(facts.page.message) if facts.page.message and change.operators_only else None,
        todo=todo.format(page=change.page) if todo else None,
        times=_times(change, language) if dated else None,
        caused=vocabulary.cause_note(len(caused)) if caused else None,
        children=tuple(_item(child, (), page, language, dated=False) for child in caused),
    )


def _times(change: RecordedChange, language: Language) -> str:
    """When the page was last seen without the change, and when the change was detected."""
    vocabulary, seen, found = words(language), change.last_seen_before, change.detected_at
    if is_of_the_monitoring(change) or corrected(change) is not None:
        return f"{vocabulary.noticed}{vocabulary.colon}{moment(found, language)}"
    day = seen.astimezone(TOKYO).date() if seen else None
    return str(
        vocabulary.seen_and_detected(clock(seen, language) if seen else None, clock(found, language, of_day=day))
    )


def _tone(change: RecordedChange) -> str:
    """What colour says: come, gone, trouble or simply another."""
    if change.operators_only and change.change != "page.recovered":
        return "trouble"
    what = change.change.partition(".")[2]
    if what in {"added", "restored", "verified", "recovered"}:
        return "come"
    return "gone" if what in {"removed", "gone", "unverified"} else "other"


def _rows(change: RecordedChange, facts: Facts, language: Language) -> list[Row]:
    labels: dict[str, str] = words(language).labels
    found = (_row(labels[name], old, new, language) for name, old, new in _sides(change, facts))
    return [row for row in found if row is not None]


def _sides(change: RecordedChange, facts: Facts) -> Iterator[tuple[str, str, str]]:
    """Before and after of every field that a reader sees; of texts only the lines that differ."""
    if change.before is not None and change.after is not None and change.kind != "page":
        for name in _SHOWN:
            if name in change.fields:
                yield name, _shown(change.before, name), _shown(change.after, name)
    for old, new in zip_longest(facts.old_lines, facts.new_lines, fillvalue=""):
        yield "text", old, new


def _shown(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    if isinstance(value, list | tuple):
        return " > ".join(str(part) for part in value)
    return str(value) if value is not None else ""


def _row(label: str, old: str, new: str, language: Language) -> Row | None:
    old, new = _bounded(old), _bounded(new)
    if old == new:
        return None
    if not (old and new):
        label = str(words(language).label_added(label) if new else words(language).label_removed(label))
    return Row(label, *mark(old, new))


def _bounded(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= _LONGEST_LINE else text[: _LONGEST_LINE - 1] + "…"


def _shortened(row: Row) -> Row:
    """A row of two addresses without the folders that both begin with.

    Chat services make an address a link of its own, and would take the marks in it for a part of it.
    """
    if not (_is_address(row.old) and _is_address(row.new)):
        return row
    shared = row.old[0].text if not row.old[0].differs else ""
    cut = shared.rfind("/") + 1
    lead = "…/" if cut > shared.find("://") + 3 else ""
    return Row(row.label, *(_with_lead(lead, cut, side) for side in (row.old, row.new)))


def _is_address(pieces: Sequence[Piece]) -> bool:
    return web_url("".join(piece.text for piece in pieces)) is not None


def _with_lead(lead: str, cut: int, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The pieces with `lead` for the first `cut` characters, of which the first piece has at least as many."""
    return (Piece(lead + pieces[0].text[cut:], differs=False), *pieces[1:]) if cut else pieces
