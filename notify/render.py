"""A message from changes: subject, plain text (or Markdown for chat) and HTML, rendered once and then frozen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from urllib.parse import urlsplit

from notify.errors import NotifyError
from notify.facts import Facts, corrected, facts_of, moment
from notify.marking import Piece, mark
from notify.templating import environment, words
from notify.wording import one_line, subject, summary, tag
from storage.changes import RecordedChange
from storage.observation import FrozenMessage, Language, PageInfo

Style = Literal["mail", "markdown", "text"]
_SHOWN: Final = ("title", "note", "url", "path")
_MOST_ROWS: Final = 12
_LONGEST_LINE: Final = 400
_LONGEST_PAIR: Final = 120
_LONGEST_SUBJECT: Final = 150

# Who publishes, as 公共データ利用規約(第1.0版) wants it named; the host, or what it ends in after a dot.
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
    """One thing before and after; an empty side was not there."""

    label: str
    old: tuple[Piece, ...]
    new: tuple[Piece, ...]

    @property
    def is_long(self) -> bool:
        """Whether both sides on one line would be hard to read."""
        return sum(len(piece.text) for piece in (*self.old, *self.new)) > _LONGEST_PAIR


@dataclass(frozen=True, slots=True)
class Item:
    """One change as a message shows it; `children` are the changes it caused."""

    tag: str
    tone: str
    sentence: str
    rows: tuple[Row, ...]
    more_rows: str | None
    path: str
    url: str | None
    detail: str | None
    todo: str | None
    caused: str | None = None
    children: tuple["Item", ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """What one check of one page found; a `notice` is of the monitoring itself: of incidents or corrections."""

    name: str
    url: str
    source: str
    intro: str
    items: tuple[Item, ...]
    notice: bool
    last_seen: str | None
    detected: str


def render(
    changes: Sequence[RecordedChange],
    page_by_id: Mapping[str, PageInfo],
    *,
    language: Language,
    now: datetime,
    subscriber: str,
    style: Style = "mail",
) -> FrozenMessage:
    """The message that tells one subscriber these changes.

    `style` "mail" gives text and HTML, "markdown" and "text" a body for chat without HTML. Nothing of a page
    reaches the subject with a line break or control character, nor the HTML unescaped. Raises NotifyError
    when there is nothing to tell.
    """
    if not changes:
        raise NotifyError("there is no change to tell", todo="Cancel the delivery")
    sections = _sections(changes, page_by_id, language)
    context = {
        "w": words(language),
        "sections": sections,
        "addressed": words(language).addressed(one_line(subscriber)),
        "made": words(language).made(moment(now, language)),
        "subject": _subject(changes, page_by_id, language),
    }
    layout = "message.md.j2" if style == "markdown" else "message.txt.j2"
    html = environment().get_template("message.html.j2").render(context) if style == "mail" else None
    return FrozenMessage(
        subject=str(context["subject"]), text=environment().get_template(layout).render(context), html=html
    )


def _page(page: str, page_by_id: Mapping[str, PageInfo]) -> PageInfo:
    return page_by_id.get(page) or PageInfo(id=page, name=page, url="")


def _subject(changes: Sequence[RecordedChange], page_by_id: Mapping[str, PageInfo], language: Language) -> str:
    roots = [change for change, _ in _grouped(changes)]
    first, vocabulary = roots[0], words(language)
    name = _page(first.page, page_by_id).name
    if len(roots) == 1:
        text = subject(first, name, language)
    else:
        tags = {tag(change, language) for change in roots}
        word = tags.pop() if len(tags) == 1 else vocabulary.tags["changed"]
        owners = {facts_of(change, language).subject.owner for change in roots}
        owner = owners.pop() if len(owners) == 1 else None
        if owner:
            text = vocabulary.subject_same(word, owner, len(roots), name)
        else:
            text = vocabulary.subject_many(word, facts_of(first, language), len(roots) - 1, name)
    text = one_line(text)
    return text if len(text) <= _LONGEST_SUBJECT else text[: _LONGEST_SUBJECT - 1] + "…"


def _grouped(changes: Sequence[RecordedChange]) -> list[tuple[RecordedChange, list[RecordedChange]]]:
    """Changes with those they caused beneath them, order kept; one whose cause is not told here stands for itself."""
    causes = {
        (change.page, change.change.partition(".")[2], change.key): change
        for change in changes
        if change.kind in {"category", "programme"} and change.cause is None
    }
    groups: dict[int, tuple[RecordedChange, list[RecordedChange]]] = {}
    for change in changes:
        cause = causes.get((change.page, change.change.partition(".")[2], change.cause or ""))
        root = cause or change
        caused = groups.setdefault(root.id, (root, []))[1]
        if root is not change:
            caused.append(change)
    return list(groups.values())


def _sections(
    changes: Sequence[RecordedChange], page_by_id: Mapping[str, PageInfo], language: Language
) -> list[Section]:
    checks: dict[tuple[str, datetime], list[RecordedChange]] = {}
    for change in changes:
        checks.setdefault((change.page, change.detected_at), []).append(change)
    sections = []
    for (page_id, detected_at), found in checks.items():
        page = _page(page_id, page_by_id)
        groups = _grouped(found)
        incidents = all(change.operators_only for change in found)
        corrections = sum(corrected(change) is not None for change in found)
        vocabulary = words(language)
        name = one_line(page.name)
        intro = vocabulary.intro_incidents(name) if incidents else vocabulary.intro_changes(name, len(groups))
        if corrections == len(found):
            intro = vocabulary.intro_corrections(name, corrections)
        sections.append(
            Section(
                name=name,
                url=web_url(page.url) or "",
                source=vocabulary.source(_publisher(page.url, language), name, page.url),
                intro=intro,
                items=tuple(_item(change, caused, language) for change, caused in groups),
                notice=incidents or corrections == len(found),
                last_seen=moment(found[0].last_seen_before, language),
                detected=moment(detected_at, language) or "",
            )
        )
    return sections


def web_url(url: str | None) -> str | None:
    """An address that may become a link: http or https and nothing else."""
    return url if url and url.lower().startswith(("http://", "https://")) and url.isprintable() else None


def _publisher(url: str, language: Language) -> str | None:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return None
    for domain, names in _PUBLISHERS.items():
        if host == domain or host.endswith(f".{domain}"):
            return names[0] if language == "ja" else names[1]
    return None


def _item(change: RecordedChange, caused: Sequence[RecordedChange], language: Language) -> Item:
    vocabulary, facts = words(language), facts_of(change, language)
    rows = _rows(change, facts, language)
    todo = vocabulary.todo.get(change.change.replace(".", "_"))
    return Item(
        tag=tag(change, language),
        tone=_tone(change),
        sentence=summary(change, language),
        rows=tuple(rows[:_MOST_ROWS]),
        more_rows=vocabulary.more_rows(len(rows) - _MOST_ROWS) if len(rows) > _MOST_ROWS else None,
        path=" > ".join(one_line(heading) for heading in change.path),
        url=web_url(change.url) if change.kind != "page" else None,
        detail=one_line(facts.page.message) if facts.page.message else None,
        todo=todo.format(page=change.page) if todo else None,
        caused=vocabulary.cause_note(len(caused)) if caused else None,
        children=tuple(_item(child, (), language) for child in caused),
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
    """Before and after of every field that a reader sees; of texts only the lines that differ."""
    labels: dict[str, str] = words(language).labels
    rows: list[Row] = []
    if change.before is not None and change.after is not None and change.kind != "page":
        for name in _SHOWN:
            if name in change.fields:
                rows += _row(labels[name], _shown(change.before, name), _shown(change.after, name))
    for index in range(max(len(facts.old_lines), len(facts.new_lines))):
        old = facts.old_lines[index] if index < len(facts.old_lines) else ""
        new = facts.new_lines[index] if index < len(facts.new_lines) else ""
        rows += _row(labels["text"], old, new)
    return rows


def _shown(record: Mapping[str, object], name: str) -> str:
    value = record.get(name)
    if isinstance(value, list | tuple):
        return " > ".join(str(part) for part in value)
    return str(value) if value is not None else ""


def _row(label: str, old: str, new: str) -> list[Row]:
    old, new = _bounded(old), _bounded(new)
    if old == new:
        return []
    left, right = mark(old, new)
    return [Row(label, left, right)]


def _bounded(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= _LONGEST_LINE else text[: _LONGEST_LINE - 1] + "…"
