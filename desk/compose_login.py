"""``python -m desk.compose_login``: the workers' login in the database of ``docker compose up``, made or put right.

After each migration, under the owner of the tables: the working role with its rights (models/grants.py), and in it the
login that the workers use. The password is read from a file and leaves this process only as what the server would keep
of it anyway, so that no log of statements has it.
"""

import sys
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from desk.compose_secrets import WORK_LOGIN
from models import grants
from settings import settings

PASSWORD = Path("/run/madoguchi/work_password")


def make(url: str, password: str, login: str = WORK_LOGIN) -> None:
    """Give the working role its rights, and the login its membership and password; twice is as good as once."""
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as db:
        kept = db.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256").decode()
        for line in grants.statements(db.info.server_version):
            db.execute(line)
        name, role = sql.Identifier(login), sql.Identifier(grants.ROLE)
        if not db.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (login,)).fetchone():
            db.execute(sql.SQL("CREATE ROLE {} LOGIN").format(name))
        db.execute(sql.SQL("ALTER ROLE {} LOGIN NOSUPERUSER PASSWORD {}").format(name, sql.Literal(kept)))
        db.execute(sql.SQL("GRANT {} TO {}").format(role, name))


def main() -> int:
    """Do it with the settings' database; return the exit status."""
    make(settings().database_url, PASSWORD.read_text(encoding="ascii").strip())
    return 0


if __name__ == "__main__":
    sys.exit(main())
