"""Digests and notices, subscribers and how they stand, incidents of the service itself."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # `history` looks up the changes of each version.
    op.create_index(op.f("ix_change_version_id"), "change", ["version_id"], unique=False)
    _delivery()
    _incident()
    op.create_table(
        "subscriber",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriber")),
        sa.UniqueConstraint("name", name=op.f("uq_subscriber_name")),
    )
    op.create_table(
        "subscriber_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("destination", sa.String(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["subscriber_id"], ["subscriber.id"], name=op.f("fk_subscriber_address_subscriber_id_subscriber")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriber_address")),
        sa.UniqueConstraint("destination", name=op.f("uq_subscriber_address_destination")),
    )
    op.create_index(op.f("ix_subscriber_address_subscriber_id"), "subscriber_address", ["subscriber_id"], unique=False)
    _standing()


def _delivery() -> None:
    op.add_column("delivery", sa.Column("kind", sa.String(), server_default="changes", nullable=False))
    for name in ("window_after", "window_until", "reported_at"):
        op.add_column("delivery", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    # What died before was listed, and is no news.
    op.execute("UPDATE delivery SET reported_at = finished_at WHERE status = 'dead'")
    _unique("uq_delivery_digest", "delivery", ["destination", "window_until"], "window_until IS NOT NULL")


def _incident() -> None:
    """SQLite cannot let a column be empty that must not: there the table is made anew."""
    with op.batch_alter_table("incident") as batch:
        batch.alter_column("page_id", existing_type=sa.Integer(), nullable=True)
    _unique("uq_incident_open_of_service", "incident", ["kind"], "page_id IS NULL AND closed_at IS NULL")


def _standing() -> None:
    op.create_table(
        "standing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscriber", sa.String(), nullable=False),
        sa.Column("destination", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing")),
    )
    op.create_index("uq_standing_destination", "standing", ["subscriber", "destination"], unique=True)
    _unique("uq_standing_whole", "standing", ["subscriber"], "destination IS NULL")


def _unique(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, unique=True, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
