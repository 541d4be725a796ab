"""Mail to staff has an end, and so have inquiries that needed no case: by when they were ordered and recorded.

Revision: 0038, after 0037.
"""

import sqlalchemy as sa
from alembic import op

from models.partial import fixed

revision = "0038"
down_revision: str | None = "0037"
branch_labels: str | None = None
depends_on: str | None = None


_INQUIRY = sa.table("inquiry", sa.column("state"), sa.column("sealed"))


def upgrade() -> None:
    """Add the indexes by which old rows are found."""
    op.create_index("ix_mail_ordered", "mail", ["ordered_at", "id"])
    kept = (_INQUIRY.c.state == fixed("answered")) & _INQUIRY.c.sealed.is_not(None)
    op.create_index(
        "ix_inquiry_kept", "inquiry", ["recorded_at", "id"], sqlite_where=kept, postgresql_where=kept
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_inquiry_kept", "inquiry")
    op.drop_index("ix_mail_ordered", "mail")
