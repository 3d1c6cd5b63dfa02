"""The first page as a person reads it, and the records that reading gives.

Nothing here knows HTML, and nothing here uses the parsers: the expected records come from the model alone.
"""

import json
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, Final, TypeVar

MODEL: Final = Path(__file__).with_name("support.model.json")
# What is an address, a value of ours or an identity is the same however the page is printed.
_UNPRINTED: Final = {"url", "format", "date", "date_kind", "role", "periods", "size", "plan_type", "network"}

T = TypeVar("T")


@dataclass(frozen=True)
class Entry:
    """A certified plan (it has `companies`) or a document; `note` without its brackets."""

    title: str
    url: str
    format: str
    note: str | None = None
    date: str | None = None
    date_kind: str | None = None
    companies: tuple[str, ...] = ()
    role: str | None = None
    periods: tuple[dict[str, str], ...] = ()
    size: str = ""


@dataclass(frozen=True)
class Group:
    """Entries under one group label such as 全国5G, or under none."""

    entries: tuple[Entry, ...]
    label: str | None = None
    brackets: str = "()"
    network: str | None = None

    @property
    def bracketed(self) -> str:
        return f"{self.brackets[0]}{self.label}{self.brackets[1]}"


@dataclass(frozen=True)
class Section:
    """A sub-heading (none for what directly follows a programme's title), its prose, then its entries."""

    heading: str | None = None
    brackets: str = "【】"
    toggle: str | None = None
    plan_type: str | None = None
    lines: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()

    @property
    def bracketed(self) -> str:
        return f"{self.brackets[0]}{self.heading}{self.brackets[1]}"


@dataclass(frozen=True)
class Programme:
    title: str
    url: str | None
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Category:
    number: str
    title: str
    toggle: str
    programmes: tuple[Programme, ...]

    @property
    def heading(self) -> str:
        return f"{self.number}. {self.title}"


@dataclass(frozen=True)
class PageModel:
    url: str
    title: str
    lead_heading: str
    lead: str
    categories: tuple[Category, ...]


def load() -> PageModel:
    """The page as captured, in half-width punctuation."""
    data = json.loads(MODEL.read_text("utf-8"))
    categories = [
        Category(str(item["number"]), item["title"], item["toggle"], tuple(map(_programme, item["programmes"])))
        for item in data.pop("categories")
    ]
    return PageModel(**data, categories=tuple(categories))


def _programme(data: dict[str, Any]) -> Programme:
    return Programme(data["title"], data.get("url"), tuple(map(_section, data["sections"])))


def _section(data: dict[str, Any]) -> Section:
    groups = data.pop("groups", None) or ([{"entries": data.pop("entries")}] if "entries" in data else [])
    data["lines"] = tuple(data.get("lines", ()))
    return Section(**data, groups=tuple(map(_group, groups)))


def _group(data: dict[str, Any]) -> Group:
    data["entries"] = tuple(map(_entry, data["entries"]))
    return Group(**data)


def _entry(data: dict[str, Any]) -> Entry:
    for name in ("companies", "periods"):
        data[name] = tuple(data.get(name, ()))
    return Entry(**data)


def reprint(item: T, table: Mapping[int, int]) -> T:
    """The same content printed in other characters, such as full-width punctuation."""
    if isinstance(item, str):
        return item.translate(table)  # type: ignore[return-value]
    if isinstance(item, tuple):
        return tuple(reprint(part, table) for part in item)  # type: ignore[return-value]
    if not is_dataclass(item):
        return item
    printed = {
        part.name: reprint(getattr(item, part.name), table) for part in fields(item) if part.name not in _UNPRINTED
    }
    return replace(item, **printed)  # type: ignore[type-var]


def edit_entries(page: PageModel, edit: dict[str, Entry | None]) -> PageModel:
    """`page` with the entries at these URLs replaced, or left out where the new one is None."""

    def entries(group: Group) -> Group:
        kept = (edit.get(entry.url, entry) for entry in group.entries)
        return replace(group, entries=tuple(entry for entry in kept if entry is not None))

    def programme(item: Programme) -> Programme:
        parts = (replace(part, groups=tuple(map(entries, part.groups))) for part in item.sections)
        return replace(item, sections=tuple(parts))

    return edit_programmes(page, programme)


def edit_programmes(page: PageModel, edit: Callable[[Programme], Programme]) -> PageModel:
    """`page` with every programme replaced by `edit(programme)`."""
    parts = (replace(part, programmes=tuple(map(edit, part.programmes))) for part in page.categories)
    return replace(page, categories=tuple(parts))


def expected(page: PageModel, content_type: str | None, *, title_after_lead: bool = False) -> dict[str, Any]:
    """The expected file: how the page came, and its records in page order.

    A field that is not written is null, false or empty in the record. The page's own title is a heading
    without prose of its own, once however often it is printed, at the place where it is first printed.
    """
    head = [page.title, page.lead_heading]
    records = [
        _record("text", head[:1], path=head[:1], title=page.title),
        _record("text", head, path=head, title=page.lead_heading, text=page.lead),
    ]
    if title_after_lead:
        records.reverse()
    for category in page.categories:
        records.append(_record("category", [category.title], path=[], title=category.title))
        for programme in category.programmes:
            records.extend(_programme_records(category.title, programme))
    origin = {"url": page.url, "title": page.title, "content_type": content_type}
    return {"page": origin, "records": records}


def _programme_records(category: str, programme: Programme) -> list[dict[str, Any]]:
    lines: list[str] = []
    entries: list[dict[str, Any]] = []
    for section in programme.sections:
        lines.extend(part for part in (section.heading, *section.lines) if part)
        for group in section.groups:
            lines.extend([group.label] if group.label else [])
            headings = [part for part in (section.heading, group.label) if part]
            path = [category, programme.title, *headings]
            entries.extend(_entry_record(entry, path, programme, section, group) for entry in group.entries)
    own = _record(
        "programme",
        [programme.title],
        path=[category],
        title=programme.title,
        url=programme.url,
        text="\n".join(lines),
        category=category,
    )
    return [own, *entries]


def _entry_record(
    entry: Entry, path: list[str], programme: Programme, section: Section, group: Group
) -> dict[str, Any]:
    shared: dict[str, Any] = {
        "path": path,
        "title": entry.title,
        "url": entry.url,
        "note": entry.note,
        "date": entry.date,
        "date_kind": entry.date_kind,
        "periods": [{"label": None, "from": None, "until": None} | period for period in entry.periods],
    }
    if entry.companies:
        identity = [section.plan_type or "", group.network or "", *entry.companies]
        plan = {"plan_type": section.plan_type, "network": group.network, "companies": list(entry.companies)}
        return _record("plan", identity, **shared, **plan)
    identity = [part for part in (programme.title, section.heading, entry.title) if part]
    document = {"role": entry.role, "format": entry.format, "programme": programme.title}
    return _record("document", identity, **shared, **document)


def _record(kind: str, identity: Any, **values: Any) -> dict[str, Any]:
    key = "|".join(map(_fold, identity))
    return {"kind": kind, "key": key} | {name: value for name, value in values.items() if value or name == "path"}


def _fold(text: str) -> str:
    """Compatibility forms folded and white space removed: on this page's titles that is all folding means."""
    return "".join(unicodedata.normalize("NFKC", text).split())
