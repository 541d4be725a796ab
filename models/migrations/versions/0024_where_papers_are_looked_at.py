"""Identity documents say where they were looked at: copies in the post, at the counter, or as files.

Revision: 0024, after 0023.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision: str | None = "0023"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add the place; what stands there came in the post."""
    op.add_column("evidence", sa.Column("looked_at", sa.Text(), nullable=True))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("evidence", "looked_at")
