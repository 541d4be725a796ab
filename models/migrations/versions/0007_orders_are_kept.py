"""Orders are kept as they were given; the office's log has one head, which every case witnesses.

Revision: 0007, after 0006.
"""

import sqlalchemy as sa
from alembic import op

from models.guards import triggers

revision = "0007"
down_revision: str | None = "0006"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.add_column("command", sa.Column("login", sa.Text(), nullable=True))
    op.add_column("command", sa.Column("requeued", sa.Integer(), nullable=False, server_default=sa.text("0")))
    op.add_column("case", sa.Column("log_seq", sa.Integer(), nullable=False, server_default=sa.text("0")))
    op.add_column("case", sa.Column("log_hash", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.create_table(
        "log_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_head")),
    )
    op.execute("INSERT INTO log_head (id, seq, hash) VALUES (1, 0, '')")
    op.execute(
        "UPDATE log_head SET seq = e.seq, hash = e.hash FROM (SELECT seq, hash FROM office_event ORDER BY seq DESC"
        " LIMIT 1) AS e"
    )
    for statement in triggers(op.get_bind().dialect.name):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    bind = op.get_bind()
    for statement in triggers(bind.dialect.name):
        words = statement.split()
        if bind.dialect.name == "postgresql" and words[1] == "OR":
            bind.exec_driver_sql(f"DROP FUNCTION {words[4].partition('(')[0]} CASCADE")
        elif bind.dialect.name == "sqlite":
            bind.exec_driver_sql(f"DROP TRIGGER {words[2]}")
    op.drop_table("log_head")
    for table, column in (("case", "log_hash"), ("case", "log_seq"), ("command", "requeued"), ("command", "login")):
        op.drop_column(table, column)
