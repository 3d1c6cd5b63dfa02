"""Since when subscribers of the settings are known."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "known_subscriber",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_known_subscriber")),
    )
    # Who was told before is known at least since then.
    op.execute(
        "INSERT INTO known_subscriber (name, since) SELECT subscriber, min(created_at) FROM delivery"
        " WHERE channel = 'subscriber' GROUP BY subscriber"
    )
