"""Papers say whether the original came, proofs of kinship how near it is.

Revision: 0026, after 0025.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision: str | None = "0025"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add both; of papers that came before nobody asked, and copies are what the source asks for."""
    op.add_column("evidence", sa.Column("original", sa.Boolean(), nullable=True))
    op.add_column("evidence", sa.Column("degree", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take them away."""
    op.drop_column("evidence", "degree")
    op.drop_column("evidence", "original")
