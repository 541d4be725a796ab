"""``python -m desk.compose_login``: the services' logins in the database of ``docker compose up``, made or put right.

After each migration, under the owner of the tables: the working role with its rights (models/grants.py) and in it the
workers' login, and the role of monitors with theirs, which reads what the numbers are made of. Passwords are read from
files and leave this process only as what the server would keep of them anyway, so that no log of statements has them.
"""

import sys
from pathlib import Path

import psycopg
from psycopg import Connection, sql
from sqlalchemy import make_url

from desk.compose_secrets import LOOKING_LOGIN, WORK_LOGIN
from models import grants
from settings import settings

FOLDER = Path("/run/madoguchi")


def make(url: str, work: str, metrics: str, names: tuple[str, str] = (WORK_LOGIN, LOOKING_LOGIN)) -> None:
    """Make both logins, or give them the rights and passwords of this release; twice is as good as once."""
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as db:
        for line in (*grants.statements(db.info.server_version), *grants.monitor()):
            db.execute(line)
        for name, password in zip(names, (work, metrics), strict=True):
            _let_in(db, name, password)
        for role, name in zip((grants.ROLE, grants.MONITOR), names, strict=True):
            db.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), sql.Identifier(name)))
        # An earlier release let it read every table.
        earlier = sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}")
        db.execute(earlier.format(sql.Identifier(names[1])))


def _let_in(db: "Connection[tuple[object, ...]]", name: str, password: str) -> None:
    kept = db.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()
    if not db.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,)).fetchone():
        db.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(name)))
    told = sql.SQL("ALTER ROLE {} LOGIN NOSUPERUSER PASSWORD {}")
    db.execute(told.format(sql.Identifier(name), sql.Literal(kept)))


def main() -> int:
    """Do it with the settings' database; return the exit status."""
    words = [(FOLDER / f"{name}_password").read_text(encoding="ascii").strip() for name in ("work", "metrics")]
    make(settings().database_url, words[0], words[1])
    return 0


if __name__ == "__main__":
    sys.exit(main())
