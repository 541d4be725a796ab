"""Orders given by the thousand are told from those that people wait for, and each kind is found at once.

Revision: 0017, after 0016.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision: str | None = "0016"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add the mark, set it for orders of bulk runs, and index the others that wait."""
    op.add_column("command", sa.Column("swept", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE command SET swept = true WHERE outcome IS NULL AND key LIKE 'bulk:%'")
    own = "outcome IS NULL AND swept = 0" if op.get_bind().dialect.name == "sqlite" else "outcome IS NULL AND NOT swept"
    op.create_index(
        "ix_command_own", "command", ["placed_at", "id"], sqlite_where=sa.text(own), postgresql_where=sa.text(own)
    )


def downgrade() -> None:
    """Take both away."""
    op.drop_index("ix_command_own", "command")
    op.drop_column("command", "swept")
