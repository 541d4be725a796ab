"""What a procedure keeps of a case is one document in the case's row, so that any procedure has room there.

Revision: 0014, after 0013.
"""

from datetime import date, datetime

from typing import Any

import sqlalchemy as sa
from alembic import op

from models.base import Json, Moment

revision = "0014"
down_revision: str | None = "0013"
branch_labels: str | None = None
depends_on: str | None = None

TEXTS = ("regime", "category", "channel", "language", "representative", "mail_to", "mailed_to", "came_from", "method",
         "extend_reason")
NUMBERS = ("rounds", "corrections")
DAYS = ("policy", "posted_on", "first_arrived_on", "arrived_on", "withdrawn_on")
MOMENTS = ("received_at", "arrived_at")
FLAGS = ("address_on_record", "extended")
DOCUMENTS = ("rights", "addresses", "stated", "said_by", "vouched", "asked", "forms", "halt", "overrides", "linked")
COLUMNS: dict[str, Any] = {
    **{name: sa.Text() for name in TEXTS},
    **{name: sa.Integer() for name in NUMBERS},
    **{name: sa.Date() for name in DAYS},
    **{name: Moment() for name in MOMENTS},
    **{name: sa.Boolean() for name in FLAGS},
    **{name: Json for name in DOCUMENTS},
}


def _in_sqlite(name: str) -> str:
    if name in MOMENTS:
        return f"CASE WHEN {name} IS NULL THEN NULL ELSE replace({name}, ' ', 'T') || '+00:00' END"
    if name in FLAGS:
        return f"json(CASE WHEN {name} THEN 'true' ELSE 'false' END)"
    return f"json({name})" if name in DOCUMENTS else name


def _in_postgresql(name: str) -> str:
    if name in MOMENTS:
        return f"""to_char({name} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || '+00:00'"""
    return f"to_char({name}, 'YYYY-MM-DD')" if name in DAYS else name


def upgrade() -> None:
    op.add_column("case", sa.Column("facts", Json, nullable=False, server_default="{}"))
    sqlite = op.get_bind().dialect.name == "sqlite"
    told = _in_sqlite if sqlite else _in_postgresql
    pairs = ", ".join(f"'{name}', {told(name)}" for name in COLUMNS)
    made = "json_object" if sqlite else "json_build_object"
    op.execute(f'UPDATE "case" SET facts = {made}({pairs})')
    for name in COLUMNS:
        op.drop_column("case", name)


def downgrade() -> None:
    for name, kind in COLUMNS.items():
        op.add_column("case", sa.Column(name, kind, nullable=True))
    case = sa.table("case", sa.column("id"), sa.column("facts", Json), *(sa.column(n, k) for n, k in COLUMNS.items()))
    db = op.get_bind()
    for row in db.execute(sa.select(case.c.id, case.c.facts)).all():
        kept = {name: row.facts.get(name) for name in COLUMNS}
        for name in (*DAYS, *MOMENTS):
            if kept[name] is not None:
                kept[name] = (date if name in DAYS else datetime).fromisoformat(kept[name])
        db.execute(sa.update(case).where(case.c.id == row.id).values(kept))
    op.drop_column("case", "facts")
