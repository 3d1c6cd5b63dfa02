"""A page under watch, checked by hand: real records, a real database."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from parsers.keys import natural_key
from parsers.records import Category, Document, Page, Plan, Programme, Record
from storage.changes import RecordedChange
from storage.observation import Draft, Observation, PageInfo, Problem, Route, Saved
from storage.store import Store

START = datetime(2024, 4, 26, 1, 30, tzinfo=UTC)


def tell_all(page: PageInfo, changes: Sequence[RecordedChange]) -> list[Draft]:
    """Everything to the operator, what is theirs to the subscriber."""
    drafts = []
    for name, told in (
        ("operator", [change.id for change in changes if change.operators_only]),
        ("subscriber", [change.id for change in changes if not change.operators_only]),
    ):
        if told:
            drafts.append(
                Draft(
                    destination=f"{name}#12345678",
                    subscriber=name,
                    channel=name,
                    change_ids=tuple(told),
                    language="ja",
                )
            )
    return drafts


class Site:
    """One watched page. Each check is an hour after the one before, unless `later` says otherwise."""

    id = "support"
    url = "https://www.soumu.example/support.html"

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = START
        self.route: Route = tell_all

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)

    @staticmethod
    def plan(company: str, note: str = "令和5年5月29日変更", date: str = "2023-05-29", **more: Any) -> Plan:
        values: dict[str, Any] = {
            "key": "",
            "path": ("5G投資促進税制", "認定計画", "開発供給計画", "全国5G"),
            "title": company,
            "note": note,
            "date": date,
            "date_kind": "amended",
            "plan_type": "開発供給計画",
            "network": "全国5G",
            "companies": (company,),
            "url": f"https://www.soumu.example/{company}.pdf",
        }
        record = Plan(**(values | more))
        return replace(record, key=natural_key(record))

    @staticmethod
    def programme(title: str, text: str = "") -> Programme:
        record = Programme(key="", path=("税制",), title=title, text=text, category="税制")
        return replace(record, key=natural_key(record))

    @staticmethod
    def category(title: str) -> Category:
        record = Category(key="", path=(), title=title)
        return replace(record, key=natural_key(record))

    @staticmethod
    def document(title: str, url: str = "https://www.soumu.example/000.pdf") -> Document:
        record = Document(key="", path=("様式",), title=title, url=url, role="form", format="pdf")
        return replace(record, key=natural_key(record))

    def page(self, *records: Record, title: str = "支援策", version: int = 1, **more: Any) -> Page:
        placed = tuple(replace(record, position=place) for place, record in enumerate(records))
        values: dict[str, Any] = {
            "url": self.url,
            "title": title,
            "charset": "utf-8",
            "parser": "support",
            "parser_version": version,
            "coverage": 0.9,
            "records": placed,
        }
        return Page(**(values | more))

    def observation(self, **values: Any) -> Observation:
        given: dict[str, Any] = {
            "page": self.id,
            "url": self.url,
            "name": "支援策のページ",
            "at": self.now,
            "seconds": 0.2,
            "http_status": 200,
            "final_url": self.url,
        }
        return Observation(**(given | values))

    def shows(self, *records: Record, content: Page | None = None, **values: Any) -> Saved:
        """A check that finds these records."""
        content = content or self.page(*records)
        body = values.pop("body", json.dumps(content.as_dict(), ensure_ascii=False).encode())
        return self._save(self.observation(content=content, body=body, **values))

    def is_not_modified(self, **values: Any) -> Saved:
        return self._save(self.observation(http_status=304, not_modified=True, **values))

    def fails(self, reason: str = "timeout", status: int | None = None, **values: Any) -> Saved:
        problem = Problem(kind="failed", reason=reason, message=f"it failed: {reason}")
        return self._save(self.observation(problem=problem, http_status=status, final_url=None, **values))

    def looks_wrong(self, reason: str = "maintenance", body: bytes = b"<p>maintenance</p>", **values: Any) -> Saved:
        problem = Problem(kind="suspect", reason=reason, message=f"it looks wrong: {reason}")
        return self._save(self.observation(problem=problem, body=body, **values))

    def _save(self, observation: Observation) -> Saved:
        saved = self.store.save(observation, self.route)
        self.later(hours=1)
        return saved

    def state(self) -> Any:
        state = self.store.state(self.id)
        assert state is not None
        return state


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "monitor.db"


@pytest.fixture
def url(file: Path) -> str:
    return f"sqlite:///{file}"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with Store.open(url) as opened:
        yield opened


@pytest.fixture
def site(store: Store) -> Site:
    return Site(store)


@pytest.fixture
def count(file: Path, store: Store) -> Any:
    """Rows of a table, read past the store."""

    def rows(table: str) -> int:
        connection = sqlite3.connect(file)
        try:
            return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
        finally:
            connection.close()

    return rows


@pytest.fixture
def names() -> Any:
    return lambda changes: [change.change for change in changes]
