"""What finds one person again: how the name is read and the birth date, as one hash, and the house as another.

Revision: 0018, after 0017.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision: str | None = "0017"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add both. Rows there are already keep NULL: `doctor --repair` makes their hashes anew, by the new rule."""
    op.add_column("person", sa.Column("reading_hash", sa.Text(), nullable=True))
    op.add_column("person", sa.Column("house_hash", sa.Text(), nullable=True))
    known = sa.text("reading_hash IS NOT NULL")
    # Who lives at one address is shown, the newest first.
    op.drop_index("ix_person_address_hash", "person")
    op.create_index("ix_person_address_hash", "person", ["address_hash", "case_id"])
    op.create_index(
        "ix_person_reading_hash", "person", ["reading_hash"], sqlite_where=known, postgresql_where=known
    )


def downgrade() -> None:
    """Take both away."""
    op.drop_index("ix_person_reading_hash", "person")
    op.drop_index("ix_person_address_hash", "person")
    op.create_index("ix_person_address_hash", "person", ["address_hash"])
    op.drop_column("person", "house_hash")
    op.drop_column("person", "reading_hash")
