"""Papers that are to go: whose clock runs is found at once.

Revision: 0039, after 0038.
"""

import sqlalchemy as sa
from alembic import op

from models.partial import among

revision = "0039"
down_revision: str | None = "0038"
branch_labels: str | None = None
depends_on: str | None = None

_TIMER = sa.table("timer", sa.column("name"))


def upgrade() -> None:
    """Make the index."""
    papers = among(_TIMER.c.name, ("papers_evidence", "papers_forms"))
    op.create_index("ix_timer_papers", "timer", ["entry_seq", "case_id"], sqlite_where=papers, postgresql_where=papers)


def downgrade() -> None:
    """Take it away."""
    op.drop_index("ix_timer_papers", "timer")
