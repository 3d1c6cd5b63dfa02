"""The past (saved pages, bodies read again, changes that proved to be none), the schedule, and manners per host."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("version", sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True))
    _change()
    op.create_table(
        "reading",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("page", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshot.id"], name=op.f("fk_reading_snapshot_id_snapshot")),
        sa.PrimaryKeyConstraint("snapshot_id", name=op.f("pk_reading")),
    )
    _schedule()
    _hosts()


def _schedule() -> None:
    for name in ("next_due", "last_started"):
        op.add_column("page", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column("page", sa.Column("unverified", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("page", sa.Column("reader", sa.String(), nullable=True))
    op.add_column("incident", sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "daemon",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_daemon")),
    )


def _hosts() -> None:
    times = ("not_before", "next_turn", "robots_at", "robots_good_at", "robots_unreachable_since")
    op.create_table(
        "host",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=True) for name in times),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("robots_status", sa.Integer(), nullable=True),
        sa.Column("robots_body", sa.LargeBinary(), nullable=True),
        sa.Column("robots_good", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host")),
        sa.UniqueConstraint("host", name=op.f("uq_host_host")),
    )
    op.create_table(
        "host_visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["host_id"], ["host.id"], name=op.f("fk_host_visit_host_id_host")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host_visit")),
    )
    op.create_index(op.f("ix_host_visit_host_id"), "host_visit", ["host_id"], unique=False)


def _change() -> None:
    """A change knows its version by id: the number changes when a saved page comes between."""
    # Written out: Alembic would add the constraints by themselves, which SQLite cannot.
    op.execute(
        "ALTER TABLE change ADD COLUMN version_id INTEGER"
        " CONSTRAINT fk_change_version_id_version REFERENCES version (id)"
    )
    op.execute(
        "UPDATE change SET version_id = (SELECT version.id FROM version"
        " WHERE version.page_id = change.page_id AND version.number = change.version)"
    )
    op.drop_column("change", "version")
    op.add_column("change", sa.Column("origin", sa.String(), server_default="live", nullable=False))
    op.execute(
        "ALTER TABLE change ADD COLUMN superseded_by INTEGER"
        " CONSTRAINT fk_change_superseded_by_change REFERENCES change (id)"
    )
    op.drop_index(op.f("ix_change_page_id"), "change")
    op.create_index(op.f("ix_change_page_id_detected_at"), "change", ["page_id", "detected_at"], unique=False)
