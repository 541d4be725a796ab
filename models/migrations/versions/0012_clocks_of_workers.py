"""How far a worker's own clock is ahead of the database's.

Revision: 0012, after 0010.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision: str | None = "0010"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.add_column("heartbeat", sa.Column("ahead", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("heartbeat", "ahead")
