"""The books of what requests cost: payments and refunds, row by row.

Revision: 0027, after 0026.
"""

import sqlalchemy as sa
from alembic import op

import models.base
from models.guards import booking_triggers

revision = "0027"
down_revision: str | None = "0026"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the table, which only grows, and on PostgreSQL only by a worker's hand."""
    op.create_table(
        "booking",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("means", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", models.base.Moment(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_booking_amount_is_some")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_booking_case_id_case")),
        sa.PrimaryKeyConstraint("case_id", "seq", "entry", "label", name=op.f("pk_booking")),
    )
    op.create_index("ix_booking_on_day", "booking", ["on_day"])
    bind = op.get_bind()
    for statement in booking_triggers(bind.dialect.name):
        bind.exec_driver_sql(statement)


def downgrade() -> None:
    """Take it away."""
    op.drop_table("booking")
    if op.get_bind().dialect.name == "postgresql":
        for name in ("booking_append_only", "booking_worked"):
            op.get_bind().exec_driver_sql(f"DROP FUNCTION {name}")
