"""What a person must do next, by when, and since when scanned pages wait: stored in the case's row; who is away.

Written for the cases there are by one pass. By when follows from working days, which no database knows: it is what the
timers say where the clock has not chased yet, else some moment that is past. ``doctor --repair`` makes it exact; so does
the next step of the case.

Revision: 0020, after 0019.
"""

import sqlalchemy as sa
from alembic import op

from models.base import Moment
from models.guards import triggers

revision = "0020"
down_revision: str | None = "0019"
branch_labels: str | None = None
depends_on: str | None = None

RIGHTS = ("purpose_notice", "disclosure", "provision_records", "correction", "halt_use", "halt_provision")
BEFORE, NOW = ["late", "due_at", "id"], ["pressing", "press_at", "id"]
LEGAL = ("appi_39", "answer_due", "answer_due_extended")
Wanted = tuple[str, list[str], str | None]


def _indexes(sqlite: bool, urgent: list[str]) -> list[Wanted]:
    """Return (name, columns, condition) of the indexes lists are read by, in the order they had or have."""
    is_open = "open = 1" if sqlite else "open"
    return [
        ("ix_case_open_urgent", urgent, is_open),
        ("ix_case_open_owner", ["owner", *urgent], is_open),
        ("ix_case_open_chased", urgent, f"{is_open} AND chased > 0"),
        *((f"ix_case_open_{right}", urgent, f"{is_open} AND rights LIKE '%,{right},%'") for right in RIGHTS),
        ("ix_case_state_urgent", ["state", "open", *urgent], None),
    ]


NEW: list[Wanted] = [
    ("ix_case_todo", ["todo", *NOW], "todo IS NOT NULL"),
    ("ix_case_lying", ["id"], "scanned_at IS NOT NULL"),
    ("ix_case_hold_until", ["hold_until", "id"], "hold_until IS NOT NULL"),
    ("ix_case_legal", ["legal_at", "id"], "legal_at IS NOT NULL"),
    ("ix_case_todo_owner", ["owner", "todo", *NOW], "todo IS NOT NULL"),
]


def _make(wanted: list[Wanted]) -> None:
    for name, columns, where in wanted:
        condition = None if where is None else sa.text(where)
        op.create_index(name, "case", columns, sqlite_where=condition, postgresql_where=condition)


def _text(column: str, *path: str, sqlite: bool) -> str:
    """Return how a text in a JSON document of the case is read."""
    if sqlite:
        return f"json_extract(\"case\".{column}, '$.{'.'.join(path)}')"
    *inside, last = path
    return f'"case".{column}' + "".join(f" -> '{one}'" for one in inside) + f" ->> '{last}'"


def _todo(sqlite: bool) -> str:
    """Return the next job of people in a request, as `workflows.request.jobs` said it when this was written."""

    def letters(states: str, more: str = "") -> str:
        newest = "NOT EXISTS (SELECT 1 FROM letter n WHERE n.number = l.number AND n.copy > l.copy)"
        found = f"SELECT 1 FROM letter l WHERE l.case_id = \"case\".id AND l.state IN ({states}) AND {newest} {more}"
        return f"EXISTS ({found})"

    rounds = _text("facts", "rounds", sqlite=sqlite)
    of_round = f"AND l.round = CAST({rounds} AS integer) AND l.kind IN ('request_forms', 'deficiency_notice')"
    no_mailing = "AND l.kind NOT IN ('request_forms', 'deficiency_notice')"
    to_print, printed = "'ordered', 'made'", "'printed'"
    sent = (
        f"WHEN {letters(to_print)} THEN 'print' WHEN {letters(printed)} THEN 'post'"
        f" WHEN {letters(chr(39) + 'returned' + chr(39), no_mailing)} THEN 'notice'"
    )
    by, held = _text("hold", "by", sqlite=sqlite), '"case".hold IS NOT NULL'
    if not sqlite:
        held = "\"case\".hold IS NOT NULL AND \"case\".hold::text <> 'null'"
    arrived, posted = (_text("facts", name, sqlite=sqlite) for name in ("arrived_on", "posted_on"))
    lies = "scanned_at IS NOT NULL"
    return f"""CASE
        WHEN NOT open AND state = 'lapsed' AND {lies} THEN 'register'
        WHEN NOT open THEN CASE {sent} END
        WHEN state = 'forms_mailed' AND {lies} THEN 'register'
        WHEN {held} AND {by} = 'system' THEN 'hold'
        WHEN state = 'contacted' THEN CASE
            WHEN {letters(to_print, of_round)} THEN 'print' WHEN {letters(printed, of_round)} THEN 'post' {sent}
            WHEN {held} THEN NULL ELSE 'notice' END
        WHEN state = 'forms_mailed' OR {held} THEN CASE {sent} END
        WHEN state IN ('id_verified', 'forms_returned') AND decided_by IS NOT NULL THEN 'release'
        WHEN state = 'id_verified' THEN 'decide'
        WHEN state = 'forms_returned' AND {arrived} < {posted} THEN 'decide'
        WHEN state = 'forms_returned' THEN 'verify'
        END"""


def _fill(sqlite: bool) -> None:
    """Write what is to be done in each case, and by when as far as the timers tell."""
    db = op.get_bind()
    unregistered = "registered = 0" if sqlite else "NOT registered"
    theirs = f"sort = 'form' AND state = 'kept' AND {unregistered}"
    db.exec_driver_sql(
        'UPDATE "case" SET scanned_at = (SELECT min(p.scanned_at) FROM scan_page p WHERE p.case_id = "case".id'  # noqa: S608
        f' AND {theirs}) WHERE id IN (SELECT case_id FROM scan_page WHERE {theirs})'
    )
    until, by = (_text("hold", name, sqlite=sqlite) for name in ("until", "by"))
    day = until if sqlite else f"CAST({until} AS date)"
    db.exec_driver_sql(f'UPDATE "case" SET hold_until = {day} WHERE hold IS NOT NULL AND {by} <> \'system\'')  # noqa: S608
    db.exec_driver_sql(f'UPDATE "case" SET todo = {_todo(sqlite)} WHERE definition = \'request\'')  # noqa: S608
    names = ", ".join(f"'{name}'" for name in LEGAL)
    micros = "h.at"
    passed_at = (
        f"strftime('%Y-%m-%d %H:%M:%S.000000', {micros} / 1000000, 'unixepoch')"
        if sqlite
        else f"to_timestamp({micros} / 1000000.0)"
    )
    terms = (
        "t.name = 'escalate' AND todo NOT IN ('register', 'hold')"
        " OR t.name = 'unposted' AND todo IN ('print', 'post')"
        " OR t.name = 'hold_watch' AND todo = 'hold' OR t.name = 'came_back' AND todo = 'notice'"
    )
    least = "min" if sqlite else "least"
    far = "'9000-01-01 00:00:00.000000'" if sqlite else "timestamptz '9000-01-01'"
    db.exec_driver_sql(
        'UPDATE "case" SET todo_by = CASE WHEN todo = \'register\' THEN scanned_at ELSE'  # noqa: S608
        ' (SELECT min(CASE WHEN t.fire_no = 1 THEN t.due_at ELSE "case".opened_at END) FROM timer t'
        f' WHERE t.case_id = "case".id AND ({terms}) AND t.due_at < {far}) END,'
        ' legal_at = coalesce((SELECT min(t.due_at) FROM timer t WHERE t.case_id = "case".id'
        f" AND t.name IN ({names})), CASE WHEN overran AND (open OR todo IN ('print', 'post')) THEN"
        f' (SELECT max({passed_at}) FROM history h WHERE h.case_id = "case".id AND h.cause IN ('
        f"{', '.join(chr(39) + f'timer:{name}:0:1' + chr(39) for name in LEGAL)})) END)"
    )
    people = f"{least}(coalesce(todo_by, legal_at), coalesce(legal_at, todo_by))"
    presses = f"{people} IS NOT NULL AND (todo IS NOT NULL OR due_at IS NULL OR {people} <= due_at)"
    db.exec_driver_sql(
        f'UPDATE "case" SET press_at = CASE WHEN {presses} THEN {people} ELSE due_at END,'  # noqa: S608
        f" pressing = CASE WHEN {presses} THEN {'1 ELSE 0' if sqlite else 'true ELSE false'} END"
    )


def upgrade() -> None:
    """Add the columns and fill them; make the indexes in the new order."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for column in (
        sa.Column("todo", sa.Text()),
        sa.Column("todo_by", Moment()),
        sa.Column("legal_at", Moment()),
        sa.Column("press_at", Moment()),
        sa.Column("pressing", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("scanned_at", Moment()),
        sa.Column("hold_until", sa.Date()),
    ):
        op.add_column("case", column)
    _fill(sqlite)
    for name, _, _ in _indexes(sqlite, BEFORE):
        op.drop_index(name, "case")
    for name in ("late", "overran"):
        op.drop_column("case", name)
    _make([*_indexes(sqlite, NOW), *NEW])
    op.create_table(
        "absence",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("substitute", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_absence")),
    )
    op.create_index("ix_absence_substitute", "absence", ["substitute"])
    if not sqlite:  # what a personal login may change of a case has grown
        for statement in triggers("postgresql"):
            if statement.startswith("CREATE OR REPLACE FUNCTION case_worked"):
                op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Take them away, and bring back what was there: whom the clock chased and which dates of the law have passed."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.drop_table("absence")
    for name, _, _ in [*_indexes(sqlite, NOW), *NEW]:
        op.drop_index(name, "case")
    op.add_column("case", sa.Column("overran", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("case", sa.Column("late", sa.Boolean(), nullable=False, server_default=sa.false()))
    causes = ", ".join(f"'timer:{name}:0:1'" for name in LEGAL)
    passed = f'EXISTS (SELECT 1 FROM history h WHERE h.case_id = "case".id AND h.cause IN ({causes}))'  # noqa: S608
    db = op.get_bind()
    db.exec_driver_sql(f'UPDATE "case" SET overran = {passed}')  # noqa: S608
    db.exec_driver_sql('UPDATE "case" SET late = true WHERE open AND (chased = 2 OR overran)')
    _make(_indexes(sqlite, BEFORE))
    for name in ("hold_until", "scanned_at", "pressing", "press_at", "legal_at", "todo_by", "todo"):
        op.drop_column("case", name)
