"""The records a page is read into, and their JSON form."""

from dataclasses import dataclass, field, fields
from typing import Any, Final, Literal, Self, get_args

Kind = Literal["category", "programme", "plan", "document", "text"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

DateKind = Literal["amended", "certified", "edition", "updated", "revised", "published", "until", "as_of", "unstated"]
Role = Literal["form", "guide", "faq", "law", "report", "other"]


@dataclass(frozen=True, slots=True)
class Period:
    """A span printed on the page; ISO 8601 local to Japan, with a time only where one is printed.

    `start` and `end` are both included; None where the page names no such side.
    """

    label: str | None = None
    start: str | None = None
    end: str | None = None

    def as_dict(self) -> dict[str, str | None]:
        return {"label": self.label, "from": self.start, "until": self.end}

    @classmethod
    def from_dict(cls, data: dict[str, str | None]) -> Self:
        return cls(label=data["label"], start=data["from"], end=data["until"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One thing a reader of the page would name; the meaning of each field is in the README."""

    kind: Kind
    key: str
    path: tuple[str, ...]
    title: str
    url: str | None = None
    note: str | None = None
    date: str | None = None
    date_kind: DateKind | None = None
    periods: tuple[Period, ...] = ()
    closed: bool = False
    text: str = ""
    position: int = 0

    def as_dict(self) -> dict[str, Any]:
        """The JSON form: field names as documented, tuples as lists."""
        data: dict[str, Any] = {}
        for item in fields(self):
            value = getattr(self, item.name)
            if item.name == "periods":
                value = [period.as_dict() for period in value]
            elif isinstance(value, tuple):
                value = list(value)
            data[item.name] = value
        return data


@dataclass(frozen=True, slots=True, kw_only=True)
class Category(Record):
    kind: Kind = "category"


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme(Record):
    """`category` is the title of the category it stands in, or None."""

    kind: Kind = "programme"
    category: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Record):
    """A certified plan (特定高度情報通信技術活用システムの開発供給及び導入の促進に関する法律, 令和2年法律第37号)."""

    kind: Kind = "plan"
    plan_type: str | None = None
    network: str | None = None
    companies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Record):
    """A form, guide, law or other linked file or page; `programme` is the programme's title or None."""

    kind: Kind = "document"
    role: Role = "other"
    format: str | None = None
    programme: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Record):
    kind: Kind = "text"


_TYPES: Final[dict[str, type[Record]]] = {
    "category": Category,
    "programme": Programme,
    "plan": Plan,
    "document": Document,
    "text": Text,
}


def record_from_dict(data: dict[str, Any]) -> Record:
    """The record whose `as_dict()` gave `data`; unknown fields of a newer version are ignored."""
    cls = _TYPES[data["kind"]]
    values: dict[str, Any] = {}
    for item in fields(cls):
        if item.name not in data:
            continue
        value = data[item.name]
        if item.name == "periods":
            value = tuple(Period.from_dict(period) for period in value)
        elif isinstance(value, list):
            value = tuple(value)
        values[item.name] = value
    return cls(**values)


@dataclass(frozen=True, slots=True)
class ReadWarning:
    """Something on the page that was seen and not understood: which text, at which place, and why it matters."""

    code: str
    text: str
    place: str
    message: str

    def as_dict(self) -> dict[str, str]:
        return {"code": self.code, "text": self.text, "place": self.place, "message": self.message}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page as read: what it is, its records in page order, and what was not understood.

    `coverage` is the share (0 to 1) of the main content's visible characters claimed by records other
    than `text`. `floors` is the least count per kind under which the page cannot be what it should be.
    """

    url: str
    title: str
    charset: str
    parser: str
    parser_version: int
    coverage: float
    records: tuple[Record, ...]
    warnings: tuple[ReadWarning, ...] = ()
    floors: dict[str, int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return {
            "page": {
                "url": self.url,
                "title": self.title,
                "charset": self.charset,
                "parser": self.parser,
                "coverage": round(self.coverage, 4),
            },
            "records": [record.as_dict() for record in self.records],
            "warnings": [warning.as_dict() for warning in self.warnings],
        }
