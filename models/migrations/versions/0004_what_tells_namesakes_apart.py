"""What tells namesakes apart: hashes of birth date, telephone and e-mail, and the rule of spelling they were made by.

Revision: 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"
branch_labels: str | None = None
depends_on: str | None = None

COLUMNS = ("birth_hash", "phone_hash", "email_hash")


def upgrade() -> None:
    # Rows there are already keep NULL, which means unknown: the people are sealed, and no migration holds their keys.
    for name in COLUMNS:
        op.add_column("person", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("person", sa.Column("spelling", sa.Integer(), nullable=True))


def downgrade() -> None:
    for name in ("spelling", *reversed(COLUMNS)):
        op.drop_column("person", name)
