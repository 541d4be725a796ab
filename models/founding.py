"""What the office is: written once, when it is founded; what counts ever after, whatever a caller's environment says.

One row that nothing changes (triggers, on both databases); an office is there when its row is. Beside it the logins the
service itself runs under: they are nobody.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    URL,
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    Integer,
    Row,
    Table,
    Text,
    insert,
    inspect,
    select,
)

from models.base import Moment, metadata, upserting_insert
from models.history import append_only
from models.moving import moving, said

founding = Table(
    "founding",
    metadata,
    # One office a database.
    Column("id", Integer, primary_key=True, autoincrement=False),
    # The machine's time.
    Column("founded_at", Moment, nullable=False),
    Column("founded_by", Text, nullable=False),
    Column("lead", Text, nullable=False),
    Column("demo", Boolean, nullable=False),
    # system | shifted
    Column("clock", Text, nullable=False),
    Column("sole", Boolean, nullable=False),
    # ISO 3166, two letters
    Column("residency", Text, nullable=False),
    # A keyed hash made with the office's own keys: another office's, or none of ours, are told by it. NULL: founded
    # before this was kept.
    Column("keys", Text),
    CheckConstraint("id = 1", name="one_office"),
    CheckConstraint("clock IN ('system', 'shifted')", name="clock_known"),
)

service_login = Table(
    "service_login",
    metadata,
    # Under which workers run or the office was founded. Only the tables' owner can take one away.
    Column("name", Text, primary_key=True),
    # database | machine: whose login it is
    Column("kind", Text, primary_key=True),
    Column("since", Moment, nullable=False),
)

_ONE = select(founding).where(founding.c.id == 1)
# An office that has moved is read of with where it went, for no question more.
_HERE = (
    select(founding, moving.c.state, moving.c.place)
    .outerjoin(moving, moving.c.id == founding.c.id)
    .where(founding.c.id == 1)
)
_MOVE = select(moving.c.state, moving.c.place)
_LOGINS = select(service_login.c.name, service_login.c.kind)
_KEPT = "madoguchi_founding"
# A worker says which login it runs under; who says that of somebody else's would lock that person out.
_OWN_LOGIN_ONLY = (
    (
        "CREATE OR REPLACE FUNCTION service_login_own() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF NEW.kind = 'database' AND NEW.name <> session_user THEN"
        " RAISE EXCEPTION 'a login is made the service''s under itself alone'; END IF; RETURN NEW; END $$"
    ),
    (
        "CREATE TRIGGER service_login_own_only BEFORE INSERT ON service_login"
        " FOR EACH ROW EXECUTE FUNCTION service_login_own()"
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Founding:
    """What an office was founded as. ``founded_at`` is the machine's time, aware."""

    founded_at: datetime
    founded_by: str
    lead: str
    demo: bool
    # "system" or "shifted"
    clock: str
    sole: bool
    # two letters of ISO 3166
    residency: str
    # what the office's own keystore makes of `KEYS_MARK`; None: founded before this was kept
    keys: str | None = None

    @property
    def shifted(self) -> bool:
        """Whether a lead may move the office's clock."""
        return self.clock == "shifted"


KEYS_MARK = ("founding", "keys")
"""What a keystore is asked to hash, so that it can be told from another."""


class KeysOfAnother(RuntimeError):
    """The keystore named is not the one this office was founded with."""


class NoOffice(Exception):
    """There is no office in this place: nothing but founding makes one. The argument is the place."""


def read(db: Connection) -> Founding:
    """Return what this office is, once for each connection: it never changes.

    Raises NoOffice, OfficeMoved; an error of the database where its schema is from before there was founding.
    """
    kept = db.info.get(_KEPT)
    if isinstance(kept, Founding):
        return kept
    row = db.execute(_HERE).one_or_none()
    if row is None:
        _must_not_be_moving(db)
        raise NoOffice(place(db))
    if row.state is not None:
        raise said(row.state, row.place)
    found = db.info[_KEPT] = _founding(row)
    return found


def here_or_left(db: Connection) -> Founding | None:
    """Return what this office is, also where it has moved away since; None where none is."""
    row = db.execute(_HERE).one_or_none()
    return None if row is None else _founding(row)


def find(db: Connection) -> Founding | None:
    """Return what this office is; None where none was founded, or its database is from before there was founding.

    Raises OfficeMoved.
    """
    there = inspect(db)
    if not there.has_table(founding.name):
        return None
    if there.has_table(moving.name):  # else it is from before an office could move
        _must_not_be_moving(db)
    row = db.execute(_ONE).one_or_none()
    return None if row is None else _founding(row)


def _must_not_be_moving(db: Connection) -> None:
    row = db.execute(_MOVE).one_or_none()
    if row is not None:
        raise said(row.state, row.place)


def write(db: Connection, values: Founding) -> bool:
    """Found the office; return False where it is founded already."""
    row: dict[str, Any] = {
        "id": 1,
        "founded_at": values.founded_at,
        "founded_by": values.founded_by,
        "lead": values.lead,
        "demo": values.demo,
        "clock": values.clock,
        "sole": values.sole,
        "residency": values.residency,
        "keys": values.keys,
    }
    if db.dialect.name == "sqlite":
        # Its triggers see an INSERT before ON CONFLICT does; the one write lock stands in for it.
        if db.execute(_ONE).first() is not None:
            return False
        db.execute(insert(founding), row)
        return True
    done = db.execute(upserting_insert(db, founding).values(row).on_conflict_do_nothing().returning(founding.c.id))
    return done.first() is not None


def service_logins(db: Connection) -> frozenset[tuple[str, str]]:
    """Return the logins that are nobody, each with its kind (database or machine): the service runs under them."""
    return frozenset((row.name, row.kind) for row in db.execute(_LOGINS))


def note_service_login(db: Connection, name: str, kind: str, now: datetime) -> None:
    """Write down a login of the service's; *now* is the machine's time."""
    row = {"name": name, "kind": kind, "since": now}
    db.execute(upserting_insert(db, service_login).values(row).on_conflict_do_nothing())


def place(db: Connection) -> str:
    """Return where this connection's database is, without user and password."""
    return place_of(db.engine.url)


def place_of(url: URL) -> str:
    """Return what is shown of a database's URL: neither user nor password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    asked = {name: said if isinstance(said, str) else ",".join(said) for name, said in url.query.items()}
    port = asked.get("port") or url.port  # what is asked for counts, wherever else it stands: so the driver has it
    more = "&".join(f"{name}={asked[name]}" for name in ("hostaddr", "service") if name in asked)
    return (
        f"postgresql://{asked.get('host') or url.host or ''}{f':{port}' if port else ''}"
        f"/{asked.get('dbname') or url.database}{f'?{more}' if more else ''}"
    )


def _founding(row: Row[Any]) -> Founding:
    return Founding(
        founded_at=row.founded_at,
        founded_by=row.founded_by,
        lead=row.lead,
        demo=row.demo,
        clock=row.clock,
        sole=row.sole,
        residency=row.residency,
        keys=row.keys,
    )


def triggers(dialect: str) -> list[str]:
    """Return the statements by which what an office is never changes, and nobody makes another's login nobody's."""
    never = append_only(dialect, founding.name, "id = NEW.id")
    return never if dialect == "sqlite" else [*never, *_OWN_LOGIN_ONLY]
