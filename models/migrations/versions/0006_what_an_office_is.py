"""What an office is, written when it is founded, and the logins of the service itself.

Revision: 0006, after 0004.
"""

import sqlalchemy as sa
from alembic import op

import models.base
from models.founding import triggers

revision = "0006"
down_revision: str | None = "0005"
branch_labels: str | None = None
depends_on: str | None = None

# An office from before there was founding: its first lead founded it. It is no demo, whatever its callers said; its
# clock may be moved where somebody moved it.
_FROM_BEFORE = """
INSERT INTO founding (id, founded_at, founded_by, lead, demo, clock, sole, residency)
SELECT 1, staff.added_at, staff.added_by, staff.name, {no},
       CASE WHEN EXISTS (SELECT 1 FROM office_clock WHERE "offset" <> 0) THEN 'shifted' ELSE 'system' END, {no}, 'JP'
FROM staff WHERE staff.active AND {leads} ORDER BY staff.added_at, staff.name LIMIT 1
"""


def upgrade() -> None:
    op.create_table(
        "founding",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("founded_at", models.base.Moment(timezone=True), nullable=False),
        sa.Column("founded_by", sa.Text(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("clock", sa.Text(), nullable=False),
        sa.Column("sole", sa.Boolean(), nullable=False),
        sa.Column("residency", sa.Text(), nullable=False),
        sa.Column("keys", sa.Text(), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_founding_one_office")),
        sa.CheckConstraint("clock IN ('system', 'shifted')", name=op.f("ck_founding_clock_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_founding")),
    )
    op.create_table(
        "service_login",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("since", models.base.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", "kind", name=op.f("pk_service_login")),
    )
    dialect = op.get_bind().dialect.name
    leads = "instr(roles, '\"lead\"') > 0" if dialect == "sqlite" else "strpos(roles::text, '\"lead\"') > 0"
    op.get_bind().exec_driver_sql(_FROM_BEFORE.format(no="0" if dialect == "sqlite" else "FALSE", leads=leads))
    for statement in triggers(dialect):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.drop_table("service_login")
    op.drop_table("founding")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION founding_append_only, service_login_own")
