"""By which words people are found: keyed hashes, none of them made here, for no migration holds the keys.

Revision: 0019, after 0018. `doctor --repair` makes the words of the people there are already.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision: str | None = "0018"
branch_labels: str | None = None
depends_on: str | None = None

TABLES = {"person_word": "case_id", "inquiry_word": "inquiry_id"}


def upgrade() -> None:
    """Make both tables, empty."""
    for table, whose in TABLES.items():
        op.create_table(
            table,
            sa.Column("word", sa.BigInteger(), autoincrement=False, nullable=False),
            sa.Column(whose, sa.Integer(), autoincrement=False, nullable=False),
            sa.Column("party", sa.SmallInteger(), autoincrement=False, nullable=False),
            sa.PrimaryKeyConstraint("word", whose, "party", name=op.f(f"pk_{table}")),
            sqlite_with_rowid=False,
        )
        op.create_index(f"ix_{table}_{whose}", table, [whose])


def downgrade() -> None:
    """Take them away."""
    for table in TABLES:
        op.drop_table(table)
