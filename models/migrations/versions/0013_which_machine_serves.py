"""Which machine's workers serve the office: the keys belong to one.

Revision: 0013, after 0010.
"""

import sqlalchemy as sa
from alembic import op

from models.base import Moment

revision = "0013"
down_revision: str | None = "0012"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.create_table(
        "serving",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("machine", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_serving")),
    )


def downgrade() -> None:
    op.drop_table("serving")
