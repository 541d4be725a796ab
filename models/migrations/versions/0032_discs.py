"""The discs that go with answers.

Revision: 0032, after 0031.
"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0032"
down_revision: str | None = "0031"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "disc",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("passphrase", sa.LargeBinary(), nullable=True),
        sa.Column("path", sa.Text(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("bytes", sa.BigInteger(), nullable=True),
        sa.Column("made_at", models.base.Moment(timezone=True), nullable=True),
        sa.Column("written", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_disc_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disc")),
        sa.UniqueConstraint("letter", name=op.f("uq_disc_letter")),
    )
    op.create_index(op.f("ix_disc_case_id"), "disc", ["case_id"])


def downgrade() -> None:
    """Take it away."""
    op.drop_table("disc")
