"""The procedures an office adopts of its own, as they were adopted.

Revision: 0023, after 0022.
"""

import sqlalchemy as sa
from alembic import op

import models.base
from models.guards import adopted_triggers

revision = "0023"
down_revision: str | None = "0022"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the table, which only grows, and on PostgreSQL only by a lead's hand."""
    op.create_table(
        "adopted_procedure",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("regime", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("adopted_at", models.base.Moment(timezone=True), nullable=False),
        sa.Column("adopted_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_adopted_procedure")),
    )
    bind = op.get_bind()
    for statement in adopted_triggers(bind.dialect.name):
        bind.exec_driver_sql(statement)


def downgrade() -> None:
    """Take it away."""
    op.drop_table("adopted_procedure")
    if op.get_bind().dialect.name == "postgresql":
        for name in ("adopted_procedure_append_only", "adopted_procedure_kept"):
            op.get_bind().exec_driver_sql(f"DROP FUNCTION {name}")
