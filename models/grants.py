"""What the role that does the work may do on PostgreSQL: the statements of the operators' page, held by tests.

The owner of the tables runs migrations and is nobody's daily login. The working role reads everything and writes what
a deed writes, column by column where only some columns ever move: it cannot rewrite an order, the history, the log or
its head, and can take no row of them away. It must be able to write `staff`, because a lead adds people by
`./admin.py staff add`; a change that no row of the office's log explains is named by `doctor`.

``python -m models.grants`` prints them, after the role itself, for ``psql`` under the owner of the tables. The role of
monitors reads the columns that numbers are made of, and nothing else: no name, nothing that is sealed.
"""

import sys

from models.guards import ANSWER, PROGRESS

ROLE = "madoguchi_work"

READ_ONLY = ("alembic_version", "log_head", "founding", "moving")
"""Written by migrations, by a trigger, by founding and by a move alone."""
APPENDED = ("history", "office_event", "definition", "evidence", "service_login", "adopted_procedure", "booking")
"""Rows are added and never changed."""
NEVER_DELETED = ("case", "command", "staff", "person", "letter", "effect", "incident", "notice", "inquiry")
COLUMNS: dict[str, tuple[str, ...]] = {
    "command": (*ANSWER, *PROGRESS),
    "staff": ("roles", "active", "added_at", "added_by", "department", "email", "language"),
}
"""Of these tables only these columns are ever changed."""

RESERVED = frozenset({"case", "offset"})
"""Names of ours that are words of SQL."""
WHOLE = ""
MONITOR = "madoguchi_monitor"
READ_BY_MONITORS = {
    "adopted_procedure": "number first regime digest text",
    "calendar_day": "day sort name",
    "case": WHOLE,
    "checkpoint": "id number digest at mark",
    "command": "id case_number placed_at claimed_at troubled_at trouble outcome",
    "counter": "name value",
    "definition": "name version fingerprint",
    "dropped": "day kind number",
    "effect": "id subject copy ordered_at state claimed_at troubled_at fault",
    "erasure": "case_id asked_at done_at",
    "evidence": WHOLE,
    "founding": WHOLE,
    "heartbeat": "queue worker at ahead",
    "history": "case_id at transition",
    "incident": "id at kind case_number subject fault closed_at",
    "legal_hold": "case_id until held_by",
    "letter": WHOLE,
    "letter_kind": "kind stopped reason changed_at changed_by",
    "mail": "name ordered_at state claimed_at not_before fault",
    "moving": "id state place",
    "notice": "case_number role code params at read_at",
    "office_clock": "id offset",
    "office_event": "seq at what details",
    "person": "case_id party name_hash birth_hash",
    "retry": "case_id since dead fault",
    "scan_page": "case_id sort scanned_at registered state",
    "search": "case_id parent_id",
    "service_login": "name kind",
    "staff": "name roles active",
    "tally": "procedure head unit span value sums",
    "timer": WHOLE,
    "tray": "state scanned_at cleared_at",
    "uncounted": "case_id",
}
"""What ``metrics`` asks of the database, columns by table; a test holds it against its questions."""


def grants(server_version: int = 180_000) -> list[str]:
    """Return the statements that give the working role its rights; run again after an upgrade.

    ``server_version`` is PostgreSQL's server_version_num: before 17 there is no MAINTAIN.
    """
    return [
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {ROLE};",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {ROLE};",
        f"REVOKE INSERT, UPDATE, DELETE ON {', '.join(READ_ONLY)} FROM {ROLE};",
        f"REVOKE UPDATE, DELETE ON {', '.join(APPENDED)} FROM {ROLE};",
        f"REVOKE DELETE ON {', '.join(map(_quoted, NEVER_DELETED))} FROM {ROLE};",
        *(f"REVOKE UPDATE ON {table} FROM {ROLE};" for table in COLUMNS),
        *(f"GRANT UPDATE ({', '.join(columns)}) ON {table} TO {ROLE};" for table, columns in COLUMNS.items()),
        f"GRANT {'MAINTAIN' if server_version >= 170_000 else 'TRUNCATE'} ON office_event TO {ROLE};",
    ]


def statements(server_version: int = 180_000) -> list[str]:
    """Return what makes the working role where there is none, and gives it its rights as they are in this release."""
    return [_made(ROLE), *grants(server_version)]


def monitor() -> list[str]:
    """Return the same of the role of monitors; what an earlier release let it read is taken back."""
    columns = (
        f"GRANT SELECT{f' ({names})' if (names := ', '.join(map(_quoted, said.split()))) else ''}"
        f" ON {_quoted(table)} TO {MONITOR};"
        for table, said in READ_BY_MONITORS.items()
    )
    return [_made(MONITOR), f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {MONITOR};", *columns]


def script() -> str:
    """Return both as a script, all of it or nothing."""
    return "\n".join(["BEGIN;", *statements(), *monitor(), "COMMIT;", ""])


def _made(role: str) -> str:
    made = f"IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN CREATE ROLE {role} NOLOGIN; END IF;"
    return f"DO $$ BEGIN {made} END $$;"


def _quoted(name: str) -> str:
    return f'"{name}"' if name in RESERVED else name


if __name__ == "__main__":
    sys.stdout.write(script())
