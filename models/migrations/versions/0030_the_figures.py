"""The office's figures, kept as sums; every case there is waits to be counted.

Revision: 0030, after 0029.
"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0030"
down_revision: str | None = "0029"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the tables, and note every case."""
    op.create_table(
        "uncounted",
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("case.id"), primary_key=True),
        sa.Column("seq", sa.Integer(), primary_key=True),
    )
    op.create_table(
        "counted",
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("case.id"), primary_key=True, autoincrement=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("heads", models.base.Json, nullable=False),
        sa.Column("entries", models.base.Json, nullable=False),
    )
    op.create_table(
        "tally",
        *(sa.Column(name, sa.Text(), primary_key=True) for name in ("procedure", "head", "unit", "span", "value")),
        sa.Column("sums", models.base.Json, nullable=False),
    )
    op.create_table(
        "tally_head",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("form", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_tally_head_one_row")),
    )
    op.execute("INSERT INTO tally_head (id, rounds, form) VALUES (1, 0, 1)")
    op.execute('INSERT INTO uncounted (case_id, seq) SELECT id, seq FROM "case"')


def downgrade() -> None:
    """Take them away."""
    for name in ("tally_head", "tally", "counted", "uncounted"):
        op.drop_table(name)
