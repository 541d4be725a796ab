"""What is counted without a day, for monitors, is counted by another form: an office without cases has nothing to count.

Revision: 0034, after 0033.
"""

from alembic import op

revision = "0034"
down_revision: str | None = "0033"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Say so where there is no case; elsewhere the next sweep counts all anew."""
    op.execute('UPDATE tally_head SET form = 2 WHERE NOT EXISTS (SELECT 1 FROM "case")')


def downgrade() -> None:
    """Say the form of before."""
    op.execute('UPDATE tally_head SET form = 1 WHERE NOT EXISTS (SELECT 1 FROM "case")')
