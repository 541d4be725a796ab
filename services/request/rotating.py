"""A new secret of look-ups taken into use while everybody works: what people are found by is brought under it.

Three parts, each to be gone on with by anybody, after whatever broke it off. First the secret lies beside the others
and the new stage is wanted. Then, in one transaction nobody works beside, the hashes of people and papers are hashed
once more, and the office has reached the stage. Last the words people are found by are made anew from what is sealed,
some cases at a time; until that is done `find` asks for the words of both stages.

Codes of forms, scanned files and the keys of imported rows stay as they are: random, or never told apart by guessing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, bindparam, select, text, tuple_, update
from sqlalchemy.exc import DBAPIError

from models import case as cases
from models import inquiry as inquiries
from models import rotation, staff, stage
from models.evidence import evidence
from models.limits import contended
from models.office import wait_for_deeds
from models.person import LOOKED_UP, person
from services.engine.office import Office
from services.engine.sweep import GoOn, always
from services.engine.unit import UnitOfWork
from services.request import rehashing

BEGUN, REACHED = "lookup_rotation_begun", "lookup_rotated"
LOT = 1_000
CASES = 100
"""How many cases' words one transaction makes anew: each is opened, and its row is locked."""

_HASHES = tuple(name for name in LOOKED_UP if name != "spelling")


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a rotation has come. ``stage`` is reached, ``wanted`` asked for, ``words`` that of all words.

    ``at`` of ``of`` cases have words of the stage reached.
    """

    stage: int
    wanted: int
    words: int
    at: int
    of: int

    @property
    def done(self) -> bool:
        """Whether nothing is left to do."""
        return self.stage == self.wanted == self.words


def standing(db: Connection) -> Standing:
    """Return how far it has come."""
    marks = stage.marks(db)
    reached = marks.get(stage.REACHED, 1)
    last = db.execute(_LAST).scalar_one_or_none() or 0
    wanted, words = marks.get(stage.WANTED, reached), marks.get(stage.WORDS, 1)
    return Standing(reached, wanted, words, min(marks.get(stage.CASE, 0), last), last)


_LAST = select(cases.case.c.id).order_by(cases.case.c.id.desc()).limit(1)


def begin(db: Connection, office: Office, by: str) -> bool:
    """Ask for a new stage; False where one is being taken into use already, which is then gone on with."""
    now = standing(db)
    if not now.done:
        return False
    rotation.add_lookup(office.own_keys(), now.stage + 1)
    stage.set_mark(db, stage.WANTED, now.stage + 1)
    staff.log(db, office.now, BEGUN, by, {"stage": now.stage + 1})
    return True


def may(db: Connection) -> bool:
    """Whether this login may do it: one that only works in the office leaves it to the workers."""
    if db.dialect.name == "sqlite":
        return True
    return bool(db.execute(text("SELECT has_column_privilege('evidence', 'number_hash', 'UPDATE')")).scalar_one())


def go_on(unit: UnitOfWork, more: GoOn = always, tick: Callable[[Standing], None] = lambda _: None) -> bool:
    """Go on with what is being taken into use, while *more* says so between two transactions; whether all is done."""
    while True:
        with unit.glance() as db:
            now = standing(db)
        tick(now)
        if now.done:
            return True
        try:
            with unit.begin() as db:
                if now.stage < now.wanted:
                    _reach(db, unit)
                else:
                    _words(db, unit.office(db))
        except DBAPIError as error:
            if not contended(error):  # else somebody works for longer than a moment: at the next round
                raise
        if not more():
            return False


# -- people and papers ----------------------------------------------------------------------------------------------


def _reach(db: Connection, unit: UnitOfWork) -> None:
    """Bring every hash to the stage wanted. Whoever began before has ended, and nobody begins before the commit."""
    wait_for_deeds(db)
    now = standing(db)
    if now.stage >= now.wanted:
        return  # somebody else did it while this waited
    office = unit.office(db)
    for table, columns in ((person, _HASHES), (evidence, ("number_hash",))):
        for rows in _kept(db, table, columns):
            _bring_on(db, table, columns, rows, office, now.wanted)
    stage.set_mark(db, stage.REACHED, now.wanted)
    stage.set_mark(db, stage.CASE, 0)
    stage.set_mark(db, stage.INQUIRY, 0)
    staff.log(db, office.now, REACHED, "system", {"stage": now.wanted})


def _kept(db: Connection, table: Table, columns: tuple[str, ...]) -> Iterator[list[Row[Any]]]:
    """Yield the rows that keep any of these hashes, some at a time."""
    keys = list(table.primary_key)
    query: Select[Any] = select(*keys, *(table.c[name] for name in columns)).order_by(*keys).limit(LOT)
    query = query.where(table.c[columns[0]].is_not(None))
    rows = list(db.execute(query))
    while rows:
        yield rows
        last = tuple(rows[-1][: len(keys)])
        rows = list(db.execute(query.where(tuple_(*keys) > tuple_(*last))))


def _bring_on(
    db: Connection, table: Table, columns: tuple[str, ...], rows: list[Row[Any]], office: Office, wanted: int
) -> None:
    keys = [column.name for column in table.primary_key]
    changed = []
    for row in rows:
        found = {f"key_{name}": getattr(row, name) for name in keys}
        for name in columns:
            kept = getattr(row, name)
            found[f"new_{name}"] = None if kept is None else office.keys.lookup_brought_on(kept, wanted)
        changed.append(found)
    query = update(table).values({name: bindparam(f"new_{name}") for name in columns})
    for name in keys:
        query = query.where(table.c[name] == bindparam(f"key_{name}"))
    db.execute(query, changed)


# -- the words people are found by ----------------------------------------------------------------------------------

_NEXT = (
    select(cases.case.c.id)
    .where(cases.case.c.id > bindparam("after"))
    .order_by(cases.case.c.id)
    .limit(bindparam("most"))
)
_NEXT_INQUIRIES = (
    select(inquiries.inquiry.c.number, inquiries.inquiry.c.id)
    .where(inquiries.inquiry.c.id > bindparam("after"))
    .order_by(inquiries.inquiry.c.id)
    .limit(bindparam("most"))
)


def _words(db: Connection, office: Office) -> None:
    """Make the words of the next cases anew, else those of the next inquiries; where none is left, say so."""
    after = stage.locked(db, stage.CASE) or 0
    if stage.marks(db).get(stage.WORDS, 1) >= office.stage:
        return
    ids = db.execute(_NEXT, {"after": after, "most": CASES}).scalars().all()
    if ids:
        rehashing.renew_words(db, list(cases.lock_ids(db, ids).values()), office)
        stage.set_mark(db, stage.CASE, ids[-1])
        return
    after = stage.marks(db).get(stage.INQUIRY, 0)
    found = list(db.execute(_NEXT_INQUIRIES, {"after": after, "most": CASES}))
    if found:
        rows = [row for one in found if (row := inquiries.lock(db, one.number)) is not None]
        rehashing.renew_inquiries(db, rows, office)
        stage.set_mark(db, stage.INQUIRY, found[-1].id)
        return
    stage.set_mark(db, stage.WORDS, office.stage)
