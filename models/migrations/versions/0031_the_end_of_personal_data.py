"""The end of personal data: cases that are held all the same, cases that are being erased, and how those due are found.

Revision: 0031, after 0030.
"""

import sqlalchemy as sa
from alembic import op

import models.base
from models.guards import ending_triggers

revision = "0031"
down_revision: str | None = "0030"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make both tables, which on PostgreSQL a personal login writes only as a lead, and the index."""
    op.create_table(
        "legal_hold",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("held_by", sa.Text(), nullable=False),
        sa.Column("held_at", models.base.Moment(timezone=True), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_legal_hold_case_id_case")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_legal_hold")),
    )
    op.create_table(
        "erasure",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", models.base.Moment(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("done_at", models.base.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_erasure_case_id_case")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_erasure")),
    )
    undone = sa.text("done_at IS NULL")
    op.create_index("ix_erasure_undone", "erasure", ["case_id"], sqlite_where=undone, postgresql_where=undone)
    kept = sa.text(f"{'open = 0' if _on_sqlite() else 'NOT open'} AND erased_at IS NULL")
    op.create_index("ix_case_kept", "case", ["closed_at", "id"], sqlite_where=kept, postgresql_where=kept)
    for statement in ending_triggers(op.get_bind().dialect.name):
        op.get_bind().exec_driver_sql(statement)


def _on_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_case_kept", "case")
    op.drop_table("erasure")
    op.drop_table("legal_hold")
    if not _on_sqlite():
        for name in ("legal_hold_kept", "erasure_kept"):
            op.get_bind().exec_driver_sql(f"DROP FUNCTION {name}")
