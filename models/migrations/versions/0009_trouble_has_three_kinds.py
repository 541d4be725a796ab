"""Trouble has three kinds: what passes waits with a backoff, what is poison is set aside and can be brought back.

Revision: 0009, after 0008.
"""

import sqlalchemy as sa
from alembic import op

from models.base import Moment

revision = "0009"
down_revision: str | None = "0008"
branch_labels: str | None = None
depends_on: str | None = None

COUNTS = ("tries", "requeued")
MOMENTS = {"command": ("troubled_at", "not_before"), "effect": ("troubled_at", "not_before", "notified_at", "ring_at")}


def upgrade() -> None:
    for table, moments in MOMENTS.items():
        for name in COUNTS if table == "effect" else COUNTS[:1]:
            op.add_column(table, sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
        for name in moments:
            op.add_column(table, sa.Column(name, Moment(), nullable=True))
    op.add_column("command", sa.Column("trouble", sa.Text(), nullable=True))
    op.create_table(
        "retry",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("work", sa.Text(), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("not_before", Moment(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("dead", sa.Boolean(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("event", sa.Integer(), nullable=True),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_retry_case_id_case")),
        sa.PrimaryKeyConstraint("case_id", "work", name=op.f("pk_retry")),
    )
    where = sa.text("closed_at IS NULL")
    op.create_index("ix_incident_open", "incident", ["id"], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    op.drop_index("ix_incident_open", table_name="incident")
    op.drop_table("retry")
    op.drop_column("command", "trouble")
    for table, moments in MOMENTS.items():
        for name in (*reversed(moments), *reversed(COUNTS if table == "effect" else COUNTS[:1])):
            op.drop_column(table, name)
