"""The newest checkpoint, and the history by time: what came since the last one is found without reading the rest.

Revision: 0028, after 0027.
"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0028"
down_revision: str | None = "0027"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the table and the index."""
    op.create_table(
        "checkpoint",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("at", models.base.Moment(timezone=True), nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkpoint")),
    )
    op.create_index("ix_history_at", "history", ["at"])


def downgrade() -> None:
    """Take both away."""
    op.drop_index("ix_history_at", "history")
    op.drop_table("checkpoint")
