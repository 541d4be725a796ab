"""The day a letter tells, deadlines put off, whose code a page in the tray bears, and when a case's history last went on.

Revision: 0008, after 0004.
"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0008"
down_revision: str | None = "0007"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    # Letters there are already tell a day that stands on paper alone; it is counted as they counted it.
    op.add_column("letter", sa.Column("reply_by", sa.Date(), nullable=True))
    op.add_column("timer", sa.Column("put_off_until", models.base.Moment(timezone=True), nullable=True))
    op.add_column("timer", sa.Column("asked", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("case", sa.Column("head_at", sa.BigInteger(), nullable=False, server_default="0"))
    op.execute(
        'UPDATE "case" SET head_at = COALESCE((SELECT MAX(history.at) FROM history WHERE history.case_id = "case".id), 0)'
    )
    op.create_table(
        "tray_case",
        sa.Column("tray", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_tray_case_case_id_case")),
        sa.PrimaryKeyConstraint("tray", "case_id", name=op.f("pk_tray_case")),
    )
    op.create_index("ix_tray_case_case_id", "tray_case", ["case_id"])


def downgrade() -> None:
    op.drop_index("ix_tray_case_case_id", table_name="tray_case")
    op.drop_table("tray_case")
    op.drop_column("case", "head_at")
    op.drop_column("timer", "asked")
    op.drop_column("timer", "put_off_until")
    op.drop_column("letter", "reply_by")
