"""PostgreSQL by psycopg 3: several processes, on several machines, write at once."""

from pathlib import Path
from typing import Final

from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError, IntegrityError, ProgrammingError

from storage.errors import StorageError
from storage.types import as_json

# Seconds to connect; then a server that is gone without a word is given up within a minute, and a lock that
# another transaction holds after the time SQLite is given, too. What the URL says goes before.
_DEFAULTS: Final = {
    "connect_timeout": "10",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "60000",
    "application_name": "ministry-monitor",
}
_SESSION: Final = "-c timezone=UTC -c lock_timeout=60000"

_LOST: Final = (
    "the connection to the database server was lost",
    "Try again: a step that was cut off is stored whole or not at all",
)
_AWAY: Final = ("no database server answers", "Start it, or correct host and port in the URL")
_BUSY: Final = ("the database server takes no more connections", "Raise its max_connections, or try again")
_CHANGING: Final = ("the database server is starting or stopping", "Try again")

# By SQLSTATE, whole or its class, in whatever language the server speaks.
_BY_STATE: Final = {
    "42501": ("the database user lacks a right", "Grant it: the user must be able to make tables in the schema"),
    "3F000": ("the schema does not exist", "Create it, or correct search_path in the URL"),
    "25006": ("the database cannot be written", "Name the primary server, not a standby"),
    "53100": ("the disk of the database server is full", "Make room; nothing of this step was stored"),
    "53300": _BUSY,
    "55P03": ("the database stays locked", "Try again: another process holds a long transaction"),
    "57P03": _CHANGING,
    "08": _LOST,
    "40": ("two processes stood in each other's way", "Try again; nothing of this step was stored"),
    "57P": _LOST,
}
# A connection that fails has no SQLSTATE, only words.
_BY_WORDS: Final = (
    ("password", ("the database server refuses the password", "Correct user and password in the URL")),
    ("too many", _BUSY),
    ("connection slots", _BUSY),
    ("pg_hba", ("the database server refuses the user", "Allow it in the server's pg_hba.conf")),
    ("role ", ("the database server refuses the user", "Create the user, or correct the URL")),
    ("database system", _CHANGING),
    ('database "', ("the database does not exist", "Create it with createdb, or correct the URL")),
    ("resolve host", ("the host of the database is unknown", "Correct the host in the URL")),
    ("Connection refused", _AWAY),
    ("No such file", _AWAY),
    ("timeout", _AWAY),
    ("unreachable", _AWAY),
    ("closed the connection", _LOST),
    ("connection is lost", _LOST),
    ("connection option", ("the URL has an option PostgreSQL does not know", "Remove it")),
)


class Postgres:
    """The database that `url` names; raises StorageError where the URL is wrong or the driver is missing."""

    def __init__(self, url: URL) -> None:
        if "@" in (url.host or ""):
            # The host then holds the end of the password, which no message may show.
            raise StorageError(
                "the password in the database URL holds an @", where="database", todo="Write it as %40 in the URL"
            )
        self.where = url.set(drivername="postgresql", password=None, query={}).render_as_string()
        self.file: Path | None = None
        engine = self._engine(url)
        # A reader keeps the state it first saw; a writer, once it holds a row, sees what others committed.
        self.reader: Engine = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self.writer: Engine = engine.execution_options(isolation_level="READ COMMITTED")

    def _engine(self, url: URL) -> Engine:
        options = url.query.get("options", ())
        given = " ".join([options] if isinstance(options, str) else options)
        arguments = {name: value for name, value in _DEFAULTS.items() if name not in url.query}
        try:
            return create_engine(
                url,
                connect_args={**arguments, "options": f"{_SESSION} {given}".strip()},
                json_serializer=as_json,
                pool_size=20,
                # After the server came back the pool holds dead connections: each is tried before it is used.
                pool_pre_ping=True,
                use_native_hstore=False,
            )
        except ImportError as error:
            raise StorageError(
                "the driver for PostgreSQL is missing",
                where=self.where,
                why=str(error),
                todo="Run: pip install 'ministry-monitor[postgres]'",
            ) from error

    def open(self, *, create: bool) -> None:
        """Nothing: the first transaction connects. `create` makes no database on a server."""

    def overwrite_log(self) -> None:
        """Nothing: what was erased is the server's to overwrite (VACUUM, and its log by turns)."""

    def explained(self, error: DatabaseError) -> StorageError | None:
        words = " ".join(str(error.orig).split("\nLINE ")[0].split())
        state = getattr(error.orig, "sqlstate", None)
        found = _by_state(state) if state else _by_words(words)
        if found is None and isinstance(error, IntegrityError | ProgrammingError):
            return None
        what, todo = found or ("the database refuses the operation", "")
        return StorageError(what, where=self.where, why=words, todo=todo)


def _by_state(state: str) -> tuple[str, str] | None:
    return next((_BY_STATE[state[:length]] for length in (5, 3, 2) if state[:length] in _BY_STATE), None)


def _by_words(words: str) -> tuple[str, str] | None:
    return next((found for sign, found in _BY_WORDS if sign in words), None)
