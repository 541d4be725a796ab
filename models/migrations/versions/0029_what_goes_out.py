"""What was chosen for each file a department sent: enclosed, masked in part, or withheld.

Revision: 0029, after 0028.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision: str | None = "0028"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make room for it; nothing was chosen for what was sent before."""
    op.add_column("find", sa.Column("treatment", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    """Take it away."""
    with op.batch_alter_table("find") as table:
        table.drop_column("treatment")
