"""Letters say what lies in their envelope, and which step of the case made them void.

Revision: 0021, after 0020.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision: str | None = "0020"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add both; of letters there are nobody knows them, and the list of a batch says so."""
    op.add_column("letter", sa.Column("envelope", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("letter", sa.Column("void_seq", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take both away."""
    op.drop_column("letter", "void_seq")
    op.drop_column("letter", "envelope")
