"""PostgreSQL databases that tests borrow one after another: emptied after each, and not made anew.

To copy and drop a database takes the server three times as long as to empty one, and every new connection to it as
long again. So a database comes back with the connection that its office used, loses every row that is not of the
template, and is lent again. One in which a test changed more than rows, or left anything open, is dropped.
"""

from dataclasses import dataclass, field
from typing import Any

import psycopg
from sqlalchemy import Engine, Pool
from sqlalchemy.exc import DBAPIError

from lab.postgres import Postgres

USES = 60
"""Then it is dropped all the same: nobody vacuums here, and what was deleted is still read past."""
CHECKER = "checker"
"""The name of the connection that the checker keeps to a database that is lent."""

_CATALOGUES = (
    "class", "attribute", "attrdef", "constraint", "index", "trigger", "proc", "type", "namespace", "sequence",
    "default_acl", "policy", "rewrite", "extension", "event_trigger",
)  # fmt: skip
_DEFINITIONS = ", ".join(
    f"(SELECT format('%s/%s', count(*), max(xmin::text::bigint)) FROM pg_catalog.pg_{name})"  # noqa: S608 - named above
    for name in _CATALOGUES
)
SHAPE = f"""
SELECT {_DEFINITIONS}, (SELECT datacl::text FROM pg_database WHERE datname = current_database()),
       (SELECT count(*) FROM pg_db_role_setting JOIN pg_database d ON d.oid = setdatabase
         WHERE datname = current_database())
"""  # noqa: S608 - the catalogues named above
"""What differs as soon as anything but rows was changed: every definition is a row with the number of its writer."""

_AS_IF_NEW = """
SET SESSION AUTHORIZATION DEFAULT; RESET ALL; CLOSE ALL; UNLISTEN *; DISCARD TEMP; SELECT pg_advisory_unlock_all();
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name <> 'checker';
SET LOCAL session_replication_role = replica;
"""


@dataclass(slots=True)
class _Lent:
    """A database: the connections to it that are kept, and how often it was lent."""

    server: Postgres
    pool: Pool | None = None
    checker: "psycopg.Connection | None" = None
    uses: int = 0
    # the number of the server's next transaction that writes
    since: str = ""


_lent: dict[str, _Lent] = {}


def shared(engine: Engine) -> Engine:
    """Return the engine of an office, with the connections of the one before it where its database is lent."""
    database = _lent.get(_url_of(engine))
    if database is not None and database.pool is None:
        database.pool = engine.pool
    elif database is not None and database.pool is not None:
        engine.pool = database.pool
    return engine


def let_go(engine: Engine) -> None:
    """Close an engine's connections, unless they are kept for the next one."""
    database = _lent.get(_url_of(engine))
    if database is None or database.pool is not engine.pool:
        engine.dispose()


def newly_lent(url: str) -> bool:
    """Whether a database is lent and nothing was written since, into it or into any other of its server."""
    database = _lent.get(url)
    return database is not None and database.since == _next_number(database.server)


def look_again(url: str) -> None:
    """Let a database count as newly lent: whatever was written since was written into another one."""
    _lent[url].since = _next_number(_lent[url].server)


def for_checking(url: str) -> "psycopg.Connection | None":
    """Return the checker's own connection to a database that is lent, in no transaction; None: it is not lent."""
    if (database := _lent.get(url)) is None:
        return None
    if database.checker is None:
        plain = url.replace("+psycopg", "", 1)
        database.checker = psycopg.connect(plain, autocommit=True, application_name=CHECKER)
    return database.checker


def rows_of(connection: "psycopg.Connection") -> str:
    """Return the SQL that puts every row of a database into one without any, and its sequences where they stand."""
    said = []
    for table, columns in connection.execute(
        "SELECT attrelid::regclass::text, array_agg(quote_ident(attname) ORDER BY attnum) FROM pg_attribute"
        " JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        " AND attnum > 0 AND NOT attisdropped GROUP BY 1"
    ).fetchall():
        values = ", ".join(f"quote_nullable({column}::text)" for column in columns)
        told: Any = f"SELECT concat_ws(', ', {values}) FROM {table}"  # noqa: S608 - as the catalogue says
        rows = connection.execute(told).fetchall()
        if rows:
            into = f"{table} ({', '.join(columns)})"
            said.append(f"INSERT INTO {into} VALUES " + ", ".join(f"({row})" for (row,) in rows))  # noqa: S608 - its own
    steps = connection.execute("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'")
    moved = [f"setval('{name}', {last or 1}, {'true' if last else 'false'})" for name, last in steps.fetchall()]
    return "; ".join([*said, f"SELECT {', '.join(moved)}"] if moved else said)


def emptying(connection: "psycopg.Connection") -> str:
    """Return the SQL that deletes every row of a database."""
    tables = connection.execute(
        "SELECT oid::regclass::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
    ).fetchall()
    return "; ".join(f"DELETE FROM {table}" for (table,) in tables)  # noqa: S608 - as the catalogue says


def carry_out(connection: "psycopg.Connection", sql: str) -> Any:
    """Carry out several statements in one go; return what the last one finds, a row or None."""
    told: Any = sql
    found = connection.execute(told, prepare=False)
    while found.nextset():
        pass
    return found.fetchone() if found.description else None


@dataclass(slots=True)
class Lender:
    """Who lends copies of one template, and takes them back."""

    server: Postgres
    template: str
    _free: list[str] = field(default_factory=list)
    _anew: str = ""
    _shape: Any = None

    def lend(self) -> str:
        """Return the URL of a database like the template that nobody is connected to."""
        if not self._anew:
            with psycopg.connect(self.server.url_of(self.template).replace("+psycopg", "", 1)) as connection:
                self._anew = f"{_AS_IF_NEW}{emptying(connection)}; {rows_of(connection)}; {SHAPE}"
                self._shape = connection.execute(SHAPE.encode()).fetchone()
        url = self._free.pop() if self._free else self.server.create(self.template)
        database = _lent.setdefault(url, _Lent(self.server))
        database.uses += 1
        database.since = _next_number(self.server)
        return url

    def take_back(self, url: str) -> None:
        """Make a database like the template again, or drop it."""
        database = _lent[url]
        try:
            if database.uses < USES and self._made_anew(database):
                self._free.append(url)
                return
        except (DBAPIError, psycopg.Error):  # its connection was cut off: whatever else was done to it, it goes
            pass
        del _lent[url]
        if database.checker is not None:
            database.checker.close()
        if database.pool is not None:
            database.pool.dispose()
        self.server.drop(url)

    def _made_anew(self, database: _Lent) -> bool:
        pool: Any = database.pool
        if pool is None or pool.checkedout():
            return False
        kept, *others = [pool.connect() for _ in range(max(1, pool.checkedin()))]
        for other in others:
            other.invalidate()
        connection = kept.driver_connection
        shape = carry_out(connection, self._anew)
        connection.commit()
        kept.close()
        return bool(shape == self._shape)


def _next_number(server: Postgres) -> str:
    with server.maintenance() as connection:
        row: Any = connection.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text").fetchone()
    return str(row[0])


def _url_of(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)
