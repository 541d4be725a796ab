"""What a list shows is stored when it changes, and every partial index is spelt as the questions are.

SQLite takes a partial index only where the question says its condition word for word; several never were (ADR 0033).
What histories say of each case is written into its row, by one pass over the cases.

Revision: 0016, after 0015.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision: str | None = "0015"
branch_labels: str | None = None
depends_on: str | None = None

RIGHTS = ("purpose_notice", "disclosure", "provision_records", "correction", "halt_use", "halt_provision")
LEGAL = ("appi_39", "answer_due", "answer_due_extended")
"""The dates of the law that there were before this release."""
URGENT = ["late", "due_at", "id"]
IN_HOUSE = "state IN ('ordered', 'made', 'printed')"
ODD = (
    "state = 'ordered' AND (made_at IS NOT NULL OR printed_at IS NOT NULL OR posted_on IS NOT NULL)"
    " OR state = 'made' AND (made_at IS NULL OR printed_at IS NOT NULL OR posted_on IS NOT NULL)"
    " OR state = 'printed' AND (made_at IS NULL OR printed_at IS NULL OR posted_on IS NOT NULL)"
    " OR state IN ('posted', 'returned') AND (made_at IS NULL OR printed_at IS NULL OR posted_on IS NULL)"
    " OR state = 'void' AND printed_at IS NOT NULL AND made_at IS NULL"
    " OR state = 'void' AND posted_on IS NOT NULL AND printed_at IS NULL"
)
Wanted = tuple[str, str, list[str], str | None]


def _indexes(sqlite: bool) -> list[Wanted]:
    """Return (name, table, columns, condition) of every index that is new or spelt anew."""
    is_open, legal = ("open = 1", "legal = 1") if sqlite else ("open", "legal")
    unregistered = "registered = 0" if sqlite else "NOT registered"
    return [
        ("ix_case_open_urgent", "case", URGENT, is_open),
        ("ix_case_open_owner", "case", ["owner", *URGENT], is_open),
        ("ix_case_open_chased", "case", URGENT, f"{is_open} AND chased > 0"),
        *(
            (f"ix_case_open_{right}", "case", URGENT, f"{is_open} AND rights LIKE '%,{right},%'")
            for right in RIGHTS
        ),
        ("ix_case_state_urgent", "case", ["state", "open", *URGENT], None),
        ("ix_case_state_id", "case", ["state", "id"], None),
        ("ix_case_open_version", "case", ["definition", "version", "id"], is_open),
        ("ix_command_waiting", "command", ["placed_at", "id"], "outcome IS NULL"),
        ("ix_command_troubled", "command", ["troubled_at"], "outcome IS NULL AND troubled_at IS NOT NULL"),
        ("ix_command_set_aside", "command", ["id"], "outcome = 'set_aside'"),
        ("ix_effect_waiting", "effect", ["ordered_at", "id"], "state = 'waiting'"),
        ("ix_effect_troubled", "effect", ["troubled_at"], "state = 'waiting' AND troubled_at IS NOT NULL"),
        ("ix_effect_set_aside", "effect", ["id"], "state = 'set_aside'"),
        ("ix_letter_unposted", "letter", ["id"], IN_HOUSE),
        ("ix_letter_in_house", "letter", ["made_at", "state", "kind"], IN_HOUSE),
        ("ix_letter_odd", "letter", ["id"], ODD),
        ("ix_notice_at", "notice", ["at", "id"], None),
        ("ix_notice_line", "notice", ["case_number", "code", "read_at"], None),
        ("ix_notice_unread", "notice", ["at", "id"], "read_at IS NULL"),
        ("ix_notice_unread_line", "notice", ["role", "code", "case_number", "at"], "read_at IS NULL"),
        ("ix_office_event_what", "office_event", ["what", "seq"], None),
        ("ix_scan_page_copies", "scan_page", ["case_id"], "sort = 'document' AND state = 'kept'"),
        ("ix_scan_page_ended", "scan_page", ["id"], "state = 'destroyed' AND cleared_at IS NULL"),
        (
            "ix_scan_page_unregistered",
            "scan_page",
            ["case_id", "scanned_at"],
            f"sort = 'form' AND state = 'kept' AND {unregistered}",
        ),
        ("ix_timer_legal", "timer", ["due_at"], legal),
    ]


BEFORE: list[Wanted] = [
    ("ix_case_open_due", "case", ["due_at"], "open"),
    ("ix_case_open_state", "case", ["state"], "open"),
    ("ix_case_open_version", "case", ["definition", "version", "id"], "open"),
    ("ix_command_waiting", "command", ["placed_at"], "outcome IS NULL"),
    ("ix_effect_waiting", "effect", ["ordered_at"], "state = 'waiting'"),
    ("ix_letter_unposted", "letter", ["state", "id"], IN_HOUSE),
    ("ix_notice_unread", "notice", ["at"], "read_at IS NULL"),
    ("ix_scan_page_copies", "scan_page", ["case_id"], "sort = 'document' AND cleared_at IS NULL"),
]
"""The indexes that go or are spelt anew, as they were."""


def _make(wanted: list[Wanted]) -> None:
    for name, table, columns, where in wanted:
        condition = None if where is None else sa.text(where)
        op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)


def _fill(sqlite: bool) -> None:
    """Write what the histories and facts of all cases say into their rows."""
    later = 'SELECT 1 FROM history h WHERE h.case_id = "case".id AND h.seq > "case".entered_seq AND'
    # No LIKE: to a driver a percent sign begins a parameter.
    escalated, asked, reminded = (
        f"substr(h.cause, 1, {len(word)}) = '{word}'" for word in ("timer:escalate:", "asked:", "timer:remind:")
    )
    office, person = f"EXISTS ({later} ({escalated} OR {asked}))", f"EXISTS ({later} {reminded})"
    causes = ", ".join(f"'timer:{name}:0:1'" for name in LEGAL)
    passed = f'EXISTS (SELECT 1 FROM history h WHERE h.case_id = "case".id AND h.cause IN ({causes}))'  # noqa: S608
    if sqlite:
        listed = "SELECT ',' || group_concat(key, ',') || ',' FROM json_each(facts, '$.rights')"
    else:
        kept = "CASE json_typeof(facts -> 'rights') WHEN 'object' THEN facts -> 'rights' END"
        listed = f"SELECT ',' || string_agg(one, ',') || ',' FROM json_object_keys({kept}) one"  # noqa: S608
    db = op.get_bind()
    db.exec_driver_sql(
        f'UPDATE "case" SET chased = CASE WHEN {office} THEN 2 WHEN {person} THEN 1 ELSE 0 END,'  # noqa: S608
        f" overran = {passed}, rights = coalesce(({listed}), '')"
    )
    db.exec_driver_sql('UPDATE "case" SET late = true WHERE open AND (chased = 2 OR overran)')
    # What lies there of a case that waits for its forms may wait to be registered; of others it was or is past that.
    db.exec_driver_sql(
        "UPDATE scan_page SET registered = true WHERE sort = 'form' AND state = 'kept' AND case_id NOT IN"
        """ (SELECT id FROM "case" WHERE state IN ('contacted', 'forms_mailed', 'lapsed'))"""
    )


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for column in (
        sa.Column("chased", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("overran", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("late", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("rights", sa.Text(), nullable=False, server_default=sa.text("''")),
    ):
        op.add_column("case", column)
    op.add_column("scan_page", sa.Column("registered", sa.Boolean(), nullable=False, server_default=sa.false()))
    for name, table, _, _ in BEFORE:
        op.drop_index(name, table)
    _fill(sqlite)
    _make(_indexes(sqlite))


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name, table, _, _ in _indexes(sqlite):
        op.drop_index(name, table)
    _make(BEFORE)
    for name in ("rights", "late", "overran", "chased"):
        op.drop_column("case", name)
    op.drop_column("scan_page", "registered")
