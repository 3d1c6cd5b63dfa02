"""History that can be trusted: bodies as differences, the chain, checks by day; records and changes in few bytes.

Nothing is lost or said anew: what was there is chained in the order in which it was recorded, and repacked as it is.
"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.chain import Entry
from storage.packing import PackedJson
from storage.types import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_BATCH = 500
_TOLD = ("also", "title", "path", "fields", "flags", "cause", "before", "after", "url")


def upgrade() -> None:
    op.add_column("page", sa.Column("thinned_on", sa.Date(), nullable=True))
    _check_day()
    _body()
    _repack("record_version", "record", ("record",), whole=True)
    _repack("snapshot", "headers", ("headers",), whole=True)
    _repack("change", "told", _TOLD, whole=False)
    _chain()
    _indexes()


def _check_day() -> None:
    op.create_table(
        "check_day",
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_check_day_page_id_page")),
        sa.PrimaryKeyConstraint("page_id", "day", "outcome", name=op.f("pk_check_day")),
    )


def _body() -> None:
    # Written out: Alembic would add the constraint by itself, which SQLite cannot.
    op.execute("ALTER TABLE body ADD COLUMN base_id INTEGER CONSTRAINT fk_body_base_id_body REFERENCES body (id)")
    op.add_column("body", sa.Column("steps", sa.Integer(), server_default="1", nullable=False))
    op.create_index(op.f("ix_body_base_id"), "body", ["base_id"], unique=False)


def _indexes() -> None:
    """Those that cost a version more than they save a reader."""
    op.drop_index(op.f("ix_record_version_page_id_kind_key_since_version"), "record_version")
    op.drop_index(op.f("ix_change_page_id_kind_key"), "change")
    op.drop_index(op.f("ix_change_page_id_detected_at"), "change")
    op.drop_index(op.f("ix_check_run_snapshot_id"), "check_run")
    op.create_index(op.f("ix_change_page_id"), "change", ["page_id"], unique=False)


def _repack(table: str, column: str, old: tuple[str, ...], *, whole: bool) -> None:
    """Put JSON columns into one packed column: the one column's value (`whole`), or all by their names."""
    op.add_column(table, sa.Column("packed", sa.LargeBinary(), server_default="-", nullable=False))
    rows = sa.table(
        table,
        sa.column("id", sa.Integer()),
        sa.column("packed", PackedJson()),
        *(sa.column(name, sa.Text() if name in ("title", "cause", "url") else sa.JSON()) for name in old),
    )
    write = sa.update(rows).where(rows.c.id == sa.bindparam("row")).values(packed=sa.bindparam("value"))
    for batch in _batches(sa.select(rows.c.id, *(rows.c[name] for name in old)), rows.c.id):
        values = ({name: getattr(row, name) for name in old} for row in batch)
        op.get_bind().execute(
            write,
            [
                {"row": row.id, "value": value[column] if whole else value}
                for row, value in zip(batch, values, strict=True)
            ],
        )
    for name in old:
        op.drop_column(table, name)
    op.alter_column(table, "packed", new_column_name=column)


def _chain() -> None:
    op.add_column("snapshot", sa.Column("origin", sa.String(), server_default="live", nullable=False))
    op.add_column("snapshot", sa.Column("entry_sha256", sa.String(), server_default="-", nullable=False))
    body = sa.table("body", sa.column("id"), sa.column("sha256"))
    snapshot = sa.table(
        "snapshot",
        *(sa.column(name) for name in ("id", "page_id", "body_id", "url", "http_status", "origin", "entry_sha256")),
        sa.column("headers", PackedJson()),
        sa.column("claimed_at", UtcDateTime()),
        sa.column("recorded_at", UtcDateTime()),
    )
    write = sa.update(snapshot).where(snapshot.c.id == sa.bindparam("row")).values(entry_sha256=sa.bindparam("hash"))
    query = sa.select(snapshot, body.c.sha256).join(body, body.c.id == snapshot.c.body_id)
    heads: dict[int, str] = {}
    for batch in _batches(query, snapshot.c.id):
        hashes = []
        for row in batch:
            heads[row.page_id] = _entry(row, heads.get(row.page_id)).sha256()
            hashes.append({"row": row.id, "hash": heads[row.page_id]})
        op.get_bind().execute(write, hashes)


def _entry(row: sa.Row[Any], previous: str | None) -> Entry:
    return Entry(
        previous=previous,
        url=row.url,
        claimed_at=row.claimed_at,
        recorded_at=row.recorded_at,
        origin=row.origin,
        http_status=row.http_status,
        headers=tuple((name, value) for name, value in row.headers),
        body_sha256=row.sha256,
    )


def _batches(query: sa.Select[Any], key: sa.ColumnElement[int]) -> Iterator[list[sa.Row[Any]]]:
    last = 0
    while rows := op.get_bind().execute(query.where(key > last).order_by(key).limit(_BATCH)).all():
        yield list(rows)
        last = rows[-1].id
