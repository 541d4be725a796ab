"""What falls due on which day is counted by name from the index alone.

Revision: 0040, after 0039.
"""

from alembic import op

revision = "0040"
down_revision: str | None = "0039"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the index with the names, and take away the one without."""
    op.create_index("ix_timer_due", "timer", ["due_at", "name"])
    op.drop_index("ix_timer_due_at", "timer")


def downgrade() -> None:
    """Make the one without the names again."""
    op.create_index("ix_timer_due_at", "timer", ["due_at"])
    op.drop_index("ix_timer_due", "timer")
