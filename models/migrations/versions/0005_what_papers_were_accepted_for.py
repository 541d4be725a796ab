"""What each paper was accepted for, what people state, who vouches for what: evidence is about a person at a moment.

Revision: 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision: str | None = "0004"
branch_labels: str | None = None
depends_on: str | None = None

JSON = sa.JSON(none_as_null=True)
COLUMNS = ("stated", "said_by", "vouched", "asked")


def upgrade() -> None:
    # Papers that are there already were judged against nothing that can be compared: they prove nothing until they are
    # looked at again, and no migration holds the keys to make up for that.
    for name in COLUMNS:
        empty = "[]" if name == "vouched" else "{}"
        op.add_column("case", sa.Column(name, JSON, nullable=False, server_default=empty))
    op.add_column("case", sa.Column("mailed_to", sa.Text(), nullable=True))
    op.add_column("case", sa.Column("came_from", sa.Text(), nullable=True))
    op.add_column("evidence", sa.Column("rights", JSON, nullable=True))
    op.add_column("evidence", sa.Column("judged", JSON, nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("evidence", "judged")
    op.drop_column("evidence", "rights")
    for name in ("came_from", "mailed_to", *reversed(COLUMNS)):
        op.drop_column("case", name)
