"""What goes out of a file is chosen: masked, unmasked, enclosed, withheld, and back, until the answer is released.

Every deed locks the request, as its release does: so a release sees all that was chosen, and nothing is chosen after
it. What is slow (drawing pages, burning masks) happens before the lock; should somebody else choose meanwhile, nothing
is written and the deed is done anew.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row

from models import case as cases
from models import search, staff
from services.disclosure import parts
from services.engine.loading import load
from services.engine.office import Office
from services.engine.unit import UnitOfWork
from services.letters import glyphs
from services.returns.pages import Unreadable
from workflows.disclosure import rules
from workflows.disclosure.values import PICTURES, UNTREATED, Choice, Mask, Part, Treatment
from workflows.engine.codec import read, written
from workflows.engine.machine import Refused
from workflows.engine.values import Actor, Reason, Role
from workflows.law.law import Regime
from workflows.law.values import Right

MAY_LOOK = (Role.VERIFIER, Role.APPROVER)
"""Who sees what departments found; so who masks it."""
_TIMES = 3

Change = Callable[[Treatment], Treatment | Reason]


class NoSuchFind(LookupError):
    """No answer names a file of this number."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A file as it stands: its row, the search and the request it belongs to, and what was chosen for it."""

    row: Row[Any]
    search: str
    act: str
    case: str
    open: bool
    regime: Regime
    treatment: Treatment

    @property
    def right(self) -> Right | None:
        """The right for which it was looked for; None where the department was asked to act."""
        return rules.FOR_RIGHT.get(self.act)


def may_look(who: Actor) -> list[Reason]:
    """Return why somebody may not see what was found."""
    if who.may_act_as(MAY_LOOK):
        return []
    return [Reason("missing_role", {"roles": [f"role.{role}" for role in MAY_LOOK]})]


def standing(db: Connection, number: str, office: Office) -> Standing:
    """Return how a file stands. Raises NoSuchFind."""
    row = search.one_find(db, number)
    if row is None or row.seq is None or row.destroyed_at is not None:
        raise NoSuchFind(number)
    (parent,) = db.execute(search.PARENTS.alone, {"ids": [row.case_id]}).all()
    asked, request = (cases.find(db, number) for number in (cases.number_of(db, row.case_id), parent.parent_number))
    if asked is None or request is None:  # the row says that they are there
        raise NoSuchFind(number)
    (loaded,) = load(db, [request], office).values()
    regime: Regime = loaded.case.regime
    return Standing(row, asked.number, asked.facts["act"], request.number, request.open, regime, treatment_of(row))


def treatment_of(row: Row[Any]) -> Treatment:
    """Return what was chosen for a file."""
    return UNTREATED if row.treatment is None else read(Treatment, row.treatment)


def mask(number: str, given: Sequence[Mask], who: Actor, unit: UnitOfWork) -> Standing | Refused:
    """Black out what these masks cover (their ``number`` and ``by`` are given here), each on its ground."""
    given = [replace(each, by=who.name) for each in given]

    def against(at: Standing, content: bytes, office: Office) -> list[Reason]:
        found = list(_grounds(at, [each.ground for each in given], office))
        size = None if at.row.kind in PICTURES else parts.size_of(at.row.kind, content)
        return [*found, *rules.mask_gaps(number, at.row.kind, at.row.pages, given, size)]

    deed = _Deed("find_masked", lambda before: rules.masked(before, given), against)
    return deed.done(number, who, unit)


def unmask(number: str, masks: Sequence[int], who: Actor, unit: UnitOfWork) -> Standing | Refused:
    """Lift these masks of a file; without any number, all."""
    return _Deed("find_unmasked", lambda before: rules.unmasked(before, masks, who.name)).done(number, who, unit)


def enclose(number: str, who: Actor, unit: UnitOfWork) -> Standing | Refused:
    """Choose that a file goes out with the answer, as it is masked."""
    change: Change = lambda before: rules.chosen(before, Choice.ENCLOSED, None, who.name)  # noqa: E731
    return _Deed("find_enclosed", change, lambda at, content, _: _unfit(at, content)).done(number, who, unit)


def withhold(number: str, ground: str, who: Actor, unit: UnitOfWork) -> Standing | Refused:
    """Choose that nothing of a file goes out, on a ground of the law."""
    change: Change = lambda before: rules.chosen(before, Choice.WITHHELD, ground, who.name)  # noqa: E731
    return _Deed("find_withheld", change, lambda at, _, office: list(_grounds(at, [ground], office))).done(
        number, who, unit
    )


def undecide(number: str, who: Actor, unit: UnitOfWork) -> Standing | Refused:
    """Take back that a file is enclosed or withheld; its masks stay."""
    return _Deed("find_undecided", lambda before: rules.chosen(before, None, None, who.name)).done(number, who, unit)


@dataclass(frozen=True, slots=True)
class _Deed:
    """One change of what goes out of a file: what it is called in the office's log, and what may stand against it."""

    name: str
    change: Change
    against: Callable[[Standing, bytes, Office], list[Reason]] = lambda at, content, office: []

    def done(self, number: str, who: Actor, unit: UnitOfWork) -> Standing | Refused:
        """Do it. Raises NoSuchFind, Unreadable, PageDamaged, KeyMissing."""
        for _ in range(_TIMES):
            found = self._once(number, who, unit)
            if found is not None:
                return found
        return Refused((Reason("disclosing.overtaken", {"find": number}),))

    def _once(self, number: str, who: Actor, unit: UnitOfWork) -> Standing | Refused | None:
        if reasons := may_look(who):
            return Refused(tuple(reasons))
        with unit.look() as db:
            office = unit.office(db)
            at = standing(db, number, office)
        content = parts.original(at.row, at.search, office)
        if reasons := [*_closed(at), *self.against(at, content, office)]:
            return Refused(tuple(reasons))
        after = self.change(at.treatment)
        if isinstance(after, Reason):
            return Refused((after,))
        after = replace(after, parts=_parts(at, content, after, office))
        return self._written(at, after, who, unit)

    def _written(self, at: Standing, after: Treatment, who: Actor, unit: UnitOfWork) -> Standing | Refused | None:
        with unit.begin() as db:
            cases.lock(db, [at.case])
            office = unit.office(db)
            now = standing(db, at.row.number, office)
            if reasons := _closed(now):
                return Refused(tuple(reasons))
            if now.treatment != at.treatment:
                return None
            if after != now.treatment:
                search.treat(db, at.row.id, written(after))
                staff.log(db, office.now, self.name, who.name, _told(at, after))
        parts.sweep(at.row.number, after.parts, office)
        return replace(now, treatment=after)


def _parts(at: Standing, content: bytes, after: Treatment, office: Office) -> tuple[Part, ...]:
    """Return what goes out of a file, sealed in the store; nothing of one that is withheld or untouched."""
    if after.choice is Choice.WITHHELD or (after.choice is None and not after.masks):
        return ()
    key = office.keys.get(at.search)
    return tuple(parts.sealed(one, key, office) for one in parts.made(at.row, content, after, at.treatment))


def _closed(at: Standing) -> list[Reason]:
    if not at.open:
        return [Reason("disclosing.released", {"find": at.row.number, "case": at.case})]
    if at.right is None:
        return [Reason("disclosing.no_part_of_an_answer", {"find": at.row.number, "act": f"act.{at.act}"})]
    return []


def _grounds(at: Standing, grounds: Sequence[str], office: Office) -> list[Reason]:
    today = office.calendar.today(office.now)
    if at.right is None:
        return []
    return [
        gap for code in dict.fromkeys(grounds) for gap in rules.ground_gaps(code, at.regime, at.right, today)
    ]  # fmt: skip


def _unfit(at: Standing, content: bytes) -> list[Reason]:
    """Return why a file cannot be enclosed as it is: too long, or with characters that no font prints."""
    find = at.row.number
    if at.row.kind in PICTURES:
        too_many = at.row.pages > parts.MOST_PAGES
        return [Reason("disclosing.too_many_pages", {"find": find, "most": parts.MOST_PAGES})] if too_many else []
    try:
        rows = rules.blacked(parts.table_of(at.row.kind, content), at.treatment.masks)
    except Unreadable as unreadable:
        return [Reason(f"scan.{unreadable.code}")]
    if sum(len(row) for row in rows) > parts.MOST_CELLS:
        return [Reason("disclosing.too_many_cells", {"find": find, "most": parts.MOST_CELLS})]
    lacking = glyphs.printable("\n".join(cell for row in rows for cell in row if cell is not None))
    named = [glyphs.named(glyph) for glyph in lacking[:10]]
    return [Reason("disclosing.no_glyph", {"find": find, "characters": named})] if lacking else []


def _told(at: Standing, after: Treatment) -> dict[str, Any]:
    """Return what the office's log keeps of a deed: numbers and grounds, nothing of what is under a mask."""
    return {
        "case": at.case,
        "find": at.row.number,
        "choice": None if after.choice is None else str(after.choice),
        "masks": [each.number for each in after.masks],
        "grounds": list(after.grounds),
    }
