"""Kinds of letters that can be stopped.

Revision: 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.create_table(
        "letter_kind",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changed_at", models.base.Moment(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_letter_kind")),
    )


def downgrade() -> None:
    op.drop_table("letter_kind")
