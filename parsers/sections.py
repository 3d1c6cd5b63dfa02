"""The body of a programme, line by line: sub-headings, plans, documents, notes and prose."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Final

from parsers.entries import (
    Entry,
    entries_of,
    file_links,
    joint_parts,
    links_in_prose,
    row_entries,
    separate_plans,
)
from parsers.labels import is_label, strip_labels
from parsers.lines import Line
from parsers.look import heading_title, is_group_label, is_heading_form, is_prose, title_like
from parsers.news import NewsDay, news_day, row_day
from parsers.notes import bound_in_title, note_alone, read_note, split_title
from parsers.records import Document, Plan, ReadWarning, Record
from parsers.roles import format_of, role_of
from parsers.text import fold

_BRACKETED: Final = 100  # rank of a heading known by its brackets alone, below all heading tags
_GROUP: Final = 200  # rank of a group label, below all else
_PLAN_TYPES: Final = ("開発供給計画", "導入計画")
_FORM_WORDS: Final = re.compile(r"様式|申請|届出|要領|報告書|記載例|手続|ガイド|手引|法令")
_NETWORK: Final = re.compile(r"(?:全国|ローカル)5G")
_CLOSED: Final = re.compile(
    r"(?:受付|募集|公募|申込み?|応募|申請)(?:期間)?(?:につきまして|について)?[はをが]?[、,]?(?:[^。、,]{0,24}?(?:をもって|をもちまして|に|で))?"
    r"(?:全て|すべて|既に|すでに)?[、,]?(?:終了|締め?切)"
    r"(?:し(?:まし)?た|いたしました|致しました|しております|しています|ました|りました|って(?:おり|い)ます|となりました"
    r"|らせていただきました|させていただきました|済み?|$|(?=[。)】]))(?!場合|際|後|時|とき|ら|次第|もの|者|事業)"
)

_TROUBLES: Final = {
    "unread": "a note that could not be read",
    "no_era": "a date without its era",
    "out_of_era": "a date that its era never had; kept as the date it means",
    "gloss_differs": "an era year and a western year that differ; the first one counts",
}


def is_closed(text: str) -> bool:
    """Whether a text says that applications are no longer taken (「※今年度の受付は終了しました」)."""
    return any(_CLOSED.search(fold(line)) for line in text.splitlines())


@dataclass(slots=True)
class _Heading:
    rank: int
    title: str


@dataclass(slots=True)
class Section:
    """What the lines under one title hold; `text` gets the lines that are no record's title or note."""

    base: str
    path: tuple[str, ...]
    programme: str | None
    records: list[Record] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    warnings: list[ReadWarning] = field(default_factory=list)
    note: str | None = None
    _headings: list[_Heading] = field(default_factory=list)
    _plan_heading: int | None = None  # where in the sub-headings a list of certified plans begins
    _day: NewsDay | None = None
    _unclaimed: Line | None = None  # the line just before, if it may be the name of the files that follow

    def read(self, lines: Sequence[Line]) -> None:
        """Reads the lines in order; rows of tables are read cell by cell together."""
        linked = _linked_siblings(lines, self.base)
        rows = list(_rows(lines))
        for row, following in zip_longest(rows, rows[1:]):
            first = row[0] if isinstance(row, list) else row
            if self._day and not self._day.holds(first):
                self._forget_day()
            if isinstance(row, list):
                self._row(row)
            elif isinstance(following, Line) and (day := news_day(row, following, self.base)):
                self._forget_day()
                self._day = day
            else:
                self._line(row, linked)
        self._forget_day()

    @property
    def place(self) -> str:
        return " > ".join(self._full_path)

    @property
    def _full_path(self) -> tuple[str, ...]:
        return (*self.path, *(heading.title for heading in self._headings))

    def _forget_day(self) -> None:
        """Ends a news row; a date that no entry took is text like any other."""
        if self._day and not self._day.used:
            self.text.append(self._day.note)
        self._day = None

    def _line(self, line: Line, linked: set[int]) -> None:
        text = line.text
        heading = self._heading_of(line)
        if heading is not None or self._plan_heading is not None:
            self._unclaimed = None
        if heading is not None:
            self._open(heading)
        elif (
            (note := note_alone(text)) is not None
            and not file_links(line, self.base)
            and self._take_note(note, bare=note == strip_labels(text)[0])
        ):
            pass
        elif self._plan_heading is not None and not _remark(line):
            for entry in separate_plans(line, self.base):
                self._plan(entry)
        else:
            self._document_line(line, linked)

    def _document_line(self, line: Line, linked: set[int]) -> None:
        name, self._unclaimed = self._unclaimed, None
        if name is not None and line.links and is_label(line.text):
            entries = entries_of(name.with_runs((*name.runs, *line.runs)), self.base)
            self.text.pop()
        else:
            entries = entries_of(line, self.base)
        closed = is_closed(line.text)
        if entries is not None:
            for entry in entries:
                self._document(entry, closed)
            return
        if not line.links and line.item in linked and title_like(line):
            titled = split_title(line.text)
            self._warn("unlinked", line.text, "an entry without a link among linked ones")
            self._document(Entry(titled.title, None, titled.note, titled.format), closed=False)
            return
        self.text.append(line.prose)
        if not line.links and title_like(line):
            self._unclaimed = line
        for entry in links_in_prose(line, self.base):
            self._document(entry, closed)

    def _row(self, cells: list[Line]) -> None:
        content = []
        for cell in cells:
            heading = self._heading_of(cell)
            if heading is not None:
                self._open(heading)
            elif not (cell.cell and cell.cell.header_row and cell.cell.columns > 1):
                content.append(cell)
        if not content:
            return
        in_plans = self._plan_heading is not None
        row = row_entries(content, self.base)
        if row is None or not (in_plans or any(file_links(cell, self.base) for cell in content)):
            for cell in content:
                self._line(cell, set())
            return
        entries, others = row
        self._day = row_day(content) or self._day
        closed = any(is_closed(cell.text) for cell in content)
        rest = [cell.prose for cell in others]
        for entry in entries:
            if in_plans:
                self._plan(entry)
            else:
                self._document(entry, closed, "" if self.programme else "\n".join(rest))
        if in_plans or self.programme or not entries:
            self.text.extend(rest)

    def _heading_of(self, line: Line) -> _Heading | None:
        if file_links(line, self.base) and (not line.level or not line.unlinked):
            return None
        title = heading_title(line.text)
        if is_group_label(line.text):
            return _Heading(_GROUP, title)
        if line.level and (is_heading_form(line.text) or not is_prose(line)):
            return _Heading(line.level, title)
        if is_heading_form(line.text):
            return _Heading(_BRACKETED, title)
        if _heads_rows(line, in_plans=self._plan_heading is not None):
            return _Heading(_GROUP, title)
        return None

    def _open(self, heading: _Heading) -> None:
        while self._headings and self._headings[-1].rank >= heading.rank:
            self._headings.pop()
        within = self._plan_heading
        if within is not None and within >= len(self._headings):
            within = None
        self._headings.append(heading)
        if within is None:
            self._plan_heading = len(self._headings) - 1 if heads_plans(heading.title) else None
        self.text.append(heading.title)
        if within is not None and not _NETWORK.fullmatch(fold(heading.title)):
            self._warn("unknown_heading", heading.title, "an unknown heading in a list of plans")

    def _take_note(self, note: str, *, bare: bool) -> bool:
        """Gives a note that stands alone (`bare`: without brackets) to the entry before it, if that has none."""
        if not self.records:
            if self.programme is None or self.note is not None or self.text:
                return False
            self.note = note
            return True
        last = self.records[-1]
        if last.note is not None or last.path != self._full_path:
            return False
        self.records[-1] = self._noted(last, note, dated=self.programme is None and bare)
        return True

    def _plan(self, entry: Entry) -> None:
        at = self._plan_heading
        assert at is not None
        groups = self._headings[at + 1 :]
        plan = Plan(
            key="",
            path=self._full_path,
            title=entry.title,
            url=entry.url,
            plan_type=plan_type_of(self._headings[at].title),
            network=_network_of(groups[-1].title) if groups else None,
            companies=joint_parts(entry.title),
            periods=bound_in_title(entry.title),
        )
        if entry.url is None:
            self._warn("unlinked", entry.title, "a plan without a link")
        self.records.append(self._noted(plan, entry.note))

    def _document(self, entry: Entry, closed: bool, text: str = "") -> None:
        headings = self._full_path if self.programme is None else [heading.title for heading in self._headings]
        document = Document(
            key="",
            path=self._full_path,
            title=entry.title,
            url=entry.url,
            role=role_of(entry.title, headings),
            format=format_of(entry.url, entry.format),
            programme=self.programme,
            periods=bound_in_title(entry.title),
            closed=closed,
            text=text,
        )
        note, dated = entry.note, entry.dated
        if note is None and self._day:
            note, dated, self._day.used = self._day.note, True, True
        self.records.append(self._noted(document, note, dated=dated))

    def _noted(self, record: Record, note: str | None, *, dated: bool = False) -> Record:
        """The record with what its note says; a bare date before a news row is that of its publication."""
        if note is None:
            return record
        reading = read_note(note)
        if dated and reading.date_kind == "unstated":
            reading = replace(reading, date_kind="published")
        if reading.trouble:
            self._warn(f"note_{reading.trouble}", note, _TROUBLES[reading.trouble])
        return replace(
            record,
            note=note,
            date=reading.date,
            date_kind=reading.date_kind,
            periods=(*record.periods, *reading.periods),
        )

    def _warn(self, code: str, text: str, message: str) -> None:
        self.warnings.append(ReadWarning(code, text, self.place, message))


def heads_plans(heading: str) -> bool:
    """Whether a heading stands over a list of certified plans, be their type named or not."""
    folded = fold(heading)
    return plan_type_of(heading) is not None or (
        "認定" in folded and "計画" in folded and not _FORM_WORDS.search(folded)
    )


def plan_type_of(heading: str) -> str | None:
    """開発供給計画 or 導入計画 where a heading stands over a list of certified plans, else None."""
    folded = fold(heading)
    if _FORM_WORDS.search(folded):
        return None
    return next((kind for kind in _PLAN_TYPES if kind in folded), None)


def _network_of(label: str) -> str:
    """The network that a group label names, "全国5G" or "ローカル5G" whatever its width, any other as printed."""
    folded = fold(label)
    return folded if _NETWORK.fullmatch(folded) else label


def _remark(line: Line) -> bool:
    return is_prose(line) or re.match(r"[※＊*]|注[)）:：\d]", line.text) is not None


def _heads_rows(line: Line, *, in_plans: bool) -> bool:
    cell = line.cell
    if cell is None or line.links:
        return False
    if cell.header:
        return cell.columns == 1 or not cell.header_row
    return in_plans and cell.column == 1 and (cell.rows > 1 or _NETWORK.fullmatch(fold(line.text)) is not None)


def _rows(lines: Sequence[Line]) -> Iterator[Line | list[Line]]:
    """The lines, those of a row whose every cell is one line together."""
    at = 0
    while at < len(lines):
        cell = lines[at].cell
        if cell is None or cell.columns < 2:
            yield lines[at]
            at += 1
            continue
        end = at
        while end < len(lines) and (other := lines[end].cell) and (other.table, other.row) == (cell.table, cell.row):
            end += 1
        row = list(lines[at:end])
        columns = {line.cell.column for line in row if line.cell}
        if len(row) == len(columns):
            yield row
        else:
            yield from row
        at = end


def _linked_siblings(lines: Sequence[Line], base: str) -> set[int]:
    """The list items of one line whose list holds, for the most part, linked items."""
    counts = Counter(line.item for line in lines)
    lists: dict[int, list[Line]] = {}
    for line in lines:
        if line.item and line.cell is None and counts[line.item] == 1:
            lists.setdefault(line.siblings, []).append(line)
    lists = {number: members for number, members in lists.items() if not all(line.links for line in members)}
    found: set[int] = set()
    for members in lists.values():
        entries = sum(1 for line in members if entries_of(line, base))
        if entries and entries * 2 >= len(members):
            found |= {line.item for line in members}
    return found
