"""Papers whose registration was put right say by which step: they stay, and count no more.

Revision: 0018, after 0017.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision: str | None = "0017"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add the step."""
    op.add_column("evidence", sa.Column("undone_seq", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("evidence", "undone_seq")
