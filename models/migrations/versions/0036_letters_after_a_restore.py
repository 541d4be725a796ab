"""Up to which ordinal letters of a case may stand on paper that a restored backup knows nothing of.

Revision: 0036, after 0035.
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision: str | None = "0035"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add the column: nobody has restored one yet, or nobody knows."""
    op.add_column("case", sa.Column("letters_from", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("case", "letters_from")
