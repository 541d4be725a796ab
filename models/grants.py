"""What the role that does the work may do on PostgreSQL: the statements of the operators' page, held by tests.

The owner of the tables runs migrations and is nobody's daily login. The working role reads everything and writes what
a deed writes, column by column where only some columns ever move: it cannot rewrite an order, the history, the log or
its head, and can take no row of them away. It must be able to write `staff`, because a lead adds people by
`./admin.py staff add`; a change that no row of the office's log explains is named by `doctor`.

``python -m models.grants`` prints them, after the role itself, for ``psql`` under the owner of the tables.
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


def grants(server_version: int = 180_000) -> list[str]:
    """Return the statements that give the working role its rights; run again after an upgrade.

    ``server_version`` is PostgreSQL's server_version_num: before 17 there is no MAINTAIN.
    """
    quoted = ['"case"' if name == "case" else name for name in NEVER_DELETED]
    return [
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {ROLE};",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {ROLE};",
        f"REVOKE INSERT, UPDATE, DELETE ON {', '.join(READ_ONLY)} FROM {ROLE};",
        f"REVOKE UPDATE, DELETE ON {', '.join(APPENDED)} FROM {ROLE};",
        f"REVOKE DELETE ON {', '.join(quoted)} FROM {ROLE};",
        *(f"REVOKE UPDATE ON {table} FROM {ROLE};" for table in COLUMNS),
        *(f"GRANT UPDATE ({', '.join(columns)}) ON {table} TO {ROLE};" for table, columns in COLUMNS.items()),
        f"GRANT {'MAINTAIN' if server_version >= 170_000 else 'TRUNCATE'} ON office_event TO {ROLE};",
    ]


def statements(server_version: int = 180_000) -> list[str]:
    """Return what makes the role where there is none, and gives it its rights as they are in this release."""
    made = f"IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') THEN CREATE ROLE {ROLE} NOLOGIN; END IF;"
    return [f"DO $$ BEGIN {made} END $$;", *grants(server_version)]


def script() -> str:
    """Return the same as a script, all of it or nothing."""
    return "\n".join(["BEGIN;", *statements(), "COMMIT;", ""])


if __name__ == "__main__":
    sys.stdout.write(script())
