"""Searches: which case each was asked for, what came with answers, and for which department somebody answers.

Revision: 0025, after 0024.
"""

import sqlalchemy as sa
from alembic import op

from models.base import Moment

revision = "0025"
down_revision: str | None = "0024"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add two tables and a column."""
    op.create_table(
        "search",
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("case.id"), primary_key=True),
        sa.Column("parent_id", sa.Integer(), sa.ForeignKey("case.id"), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
    )
    op.create_index("ix_search_parent_id", "search", ["parent_id"])
    op.create_index("ix_search_department", "search", ["department"])
    op.create_table(
        "find",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("number", sa.Text(), nullable=False, unique=True),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("case.id"), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("sealed_sha256", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("taken_by", sa.Text(), nullable=False),
        sa.Column("taken_at", Moment(), nullable=False),
        sa.Column("destroyed_at", Moment(), nullable=True),
    )
    op.create_index("ix_find_case_id", "find", ["case_id"])
    op.add_column("staff", sa.Column("department", sa.Text(), nullable=True))


def downgrade() -> None:
    """Take them away."""
    op.drop_column("staff", "department")
    op.drop_table("find")
    op.drop_table("search")
