"""Mail to people who work here: where it goes, what waits to be sent, and which notices have gone out.

Revision: 0033, after 0032.
"""

import sqlalchemy as sa
from alembic import op

import models.base
from models.partial import among, fixed

revision = "0033"
down_revision: str | None = "0032"
branch_labels: str | None = None
depends_on: str | None = None

_NOTICE = sa.table("notice", sa.column("role"), sa.column("mailed_at"))
_MAIL = sa.table("mail", sa.column("state"))


def upgrade() -> None:
    """Make the table and the columns; what was told before is told by the next morning's message."""
    moment = models.base.Moment(timezone=True)
    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("circle", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("ordered_at", moment, nullable=False),
        sa.Column("office_at", moment, nullable=False),
        sa.Column("says", models.base.Json, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_at", moment, nullable=True),
        sa.Column("not_before", moment, nullable=True),
        sa.Column("ended_at", moment, nullable=True),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("key", name=op.f("uq_mail_key")),
    )
    op.create_index("ix_mail_circle", "mail", ["circle", "ordered_at"])
    waiting, refused = _MAIL.c.state == fixed("waiting"), _MAIL.c.state == fixed("refused")
    for name, columns, where in (("waiting", ["ordered_at", "id"], waiting), ("refused", ["id"], refused)):
        op.create_index(f"ix_mail_{name}", "mail", columns, sqlite_where=where, postgresql_where=where)
    op.add_column("staff", sa.Column("email", sa.Text(), nullable=True))
    op.add_column("staff", sa.Column("language", sa.Text(), nullable=True))
    op.add_column("notice", sa.Column("mailed_at", moment, nullable=True))
    unmailed = sa.and_(_NOTICE.c.mailed_at.is_(None), among(_NOTICE.c.role, ("lead", "holder")))
    op.create_index("ix_notice_unmailed", "notice", ["at", "id"], sqlite_where=unmailed, postgresql_where=unmailed)


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_notice_unmailed", "notice")
    op.drop_column("notice", "mailed_at")
    op.drop_column("staff", "language")
    op.drop_column("staff", "email")
    op.drop_table("mail")
