"""Open cases by the version they are under: those behind are looked for, and no mark says that there are none.

Revision: 0015, after 0014.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision: str | None = "0014"
branch_labels: str | None = None
depends_on: str | None = None

_OPEN = sa.text("open")
_COLUMNS = ["definition", "version", "id"]


def upgrade() -> None:
    op.create_index("ix_case_open_version", "case", _COLUMNS, sqlite_where=_OPEN, postgresql_where=_OPEN)
    op.execute("DELETE FROM counter WHERE name LIKE 'definition/%'")


def downgrade() -> None:
    op.drop_index("ix_case_open_version", "case", sqlite_where=_OPEN, postgresql_where=_OPEN)
