"""Where an office went, or comes from, while it moves to another database and afterwards.

Revision: 0035, after 0034.
"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0035"
down_revision: str | None = "0034"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "moving",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("move", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("since", models.base.Moment(timezone=True), nullable=False),
        sa.Column("done", models.base.Json, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moving")),
        sa.CheckConstraint("id = 1", name=op.f("ck_moving_one_move")),
        sa.CheckConstraint(
            "state IN ('leaving', 'left', 'arriving', 'undoing')", name=op.f("ck_moving_state_known")
        ),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("moving")
