"""Open cases by the version of the procedure they are under: those behind are looked for, and no mark says there are none.

Revision: 0014, after 0013.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision: str | None = "0013"
branch_labels: str | None = None
depends_on: str | None = None

_OPEN = sa.text("open")


def upgrade() -> None:
    op.create_index("ix_case_open_version", "case", ["version", "id"], sqlite_where=_OPEN, postgresql_where=_OPEN)
    op.execute("DELETE FROM counter WHERE name = 'definition/request'")


def downgrade() -> None:
    op.drop_index("ix_case_open_version", "case", sqlite_where=_OPEN, postgresql_where=_OPEN)
