"""Papers whose registration was put right say by which step: they stay, and count no more.

Revision: 0022, after 0021.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision: str | None = "0021"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add the step."""
    op.add_column("evidence", sa.Column("undone_seq", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("evidence", "undone_seq")
