"""The page rows: what is known of a page between two checks."""

from typing import Final

from sqlalchemy import Connection, bindparam, select, update

from storage.concurrency import insert_once
from storage.observation import PageInfo, PageState
from storage.tables import PAGE, PageRow

_WRITTEN: Final = tuple(column.name for column in PAGE.columns if column.name not in {"id", "page"})

# Built once, as every check runs them.
_FIND: Final = select(PAGE).where(PAGE.c.page == bindparam("wanted"))
_FIND_TO_WRITE: Final = _FIND.with_for_update()
_WRITE: Final = update(PAGE).where(PAGE.c.id == bindparam("row"))


def find(connection: Connection, page: str, *, to_write: bool = False) -> PageRow | None:
    """The row of a page by its id in config.toml; `to_write` holds it, where the database locks rows."""
    statement = _FIND_TO_WRITE if to_write else _FIND
    row = connection.execute(statement, {"wanted": page}).mappings().one_or_none()
    return PageRow(**row) if row is not None else None


def find_or_add(connection: Connection, info: PageInfo) -> PageRow:
    """The row of a page, with the name and address it has in config.toml today."""
    page = find(connection, info.id, to_write=True)
    if page is None:
        fresh = PageRow(page=info.id, name=info.name, url=info.url)
        values = {name: getattr(fresh, name) for name in (*_WRITTEN, "page")}
        added = insert_once(connection, PAGE, "page", values)
        if added is not None:
            fresh.id = added
            return fresh
        page = find(connection, info.id, to_write=True)
        assert page is not None
    page.name, page.url = info.name, info.url
    return page


def write(connection: Connection, page: PageRow) -> None:
    """Store the row as it now stands."""
    values = {name: getattr(page, name) for name in _WRITTEN}
    connection.execute(_WRITE, {"row": page.id, **values})


def state(connection: Connection, page: str) -> PageState | None:
    """Where a page stands, or None for one never checked."""
    row = find(connection, page)
    return _state(row) if row is not None else None


def states(connection: Connection) -> list[PageState]:
    """Where every page ever checked stands, in the order in which they were first checked."""
    rows = connection.execute(select(PAGE).order_by(PAGE.c.id)).mappings()
    return [_state(PageRow(**row)) for row in rows]


def info(page: PageRow) -> PageInfo:
    return PageInfo(id=page.page, name=page.name, url=page.url)


def _state(page: PageRow) -> PageState:
    return PageState(
        page=info(page),
        last_check=page.last_check,
        last_unchanged=page.last_good,
        last_full=page.last_full,
        outcome=page.outcome,  # type: ignore[arg-type]
        reason=page.reason,
        message=page.message,
        failures=page.failures,
        etag=page.etag,
        last_modified=page.last_modified,
        body_sha256=page.body_sha256,
        parser=page.parser,
        parser_version=page.parser_version,
        reader=page.reader,
        title=page.title,
        record_count=page.record_count,
        suspect_snapshot=page.suspect_snapshot,
        version=page.version,
        gone=page.gone,
        unverified=page.unverified,
        next_due=page.next_due,
        last_started=page.last_started,
    )
