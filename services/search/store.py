"""How searches are kept: what the engine asks of this procedure (`services.engine.store`).

The document of facts in the case's row says which department is asked, by when, and what it answered; words are sealed
in the case's matter. Which request a search belongs to stands in a table of its own; so does what came with answers.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, update

from clock import machine_now
from models import case as cases
from models import search, staff
from models.base import at_machine_time
from models.case import core_of
from models.effect import effect
from models.keys import KeyMissing
from models.questions import Answers, Question, by_case
from models.writes import Part, Writes
from services.departments.known import departments
from services.engine.office import Office
from services.engine.order import Loaded, Order, Step
from services.search import pages
from workflows.engine.codec import from_plain, read, to_plain, written
from workflows.engine.payloads import Nothing
from workflows.engine.values import Reason
from workflows.search.case import Case
from workflows.search.payloads import Ask
from workflows.search.values import Act, Answered, Kept
from workflows.tongue import Tongue

ASKS = frozenset({"ask", "ask_again", "hand_on", "restore", "take_back"})
"""The steps after which a department has something to answer."""
LISTED = frozenset({"asked", "whys"})
"""What is sealed round by round; the rest is what was said last."""


class SearchStore:
    """Searches, as the engine asks for them."""

    def ready(self) -> None:
        """Raise BadProfile where the office's departments cannot be used."""
        departments()

    def asks(self, rows: Sequence[Row[Any]], wanted: Collection[str]) -> list[Question]:
        """Return what must be asked: the requests they belong to, and for an answer what was taken in."""
        return [search.PARENTS, *([search.OF_SEARCHES] if "answer" in wanted else [])]

    def views(
        self, rows: Sequence[Row[Any]], answers: Answers, office: Office, wanted: Collection[str]
    ) -> Mapping[str, tuple[Case, list[Row[Any]]]]:
        """Return (view, what was taken in) of these searches by number."""
        parents = {row.case_id: row for row in answers[search.PARENTS]}
        found = by_case(answers.get(search.OF_SEARCHES, ()))
        return {row.number: (_view(row, parents[row.id], found.get(row.id, [])), found.get(row.id, [])) for row in rows}

    def meets(self, order: Order, office: Office) -> Collection[str]:
        """No other search has a say."""
        return ()

    def seen(self, db: Connection, asked: Sequence[tuple[Order, Loaded | None]], office: Office) -> list[Case]:
        """Return the searches with the departments there are, and of whoever orders the one they speak for."""
        known = {one.code: one.days for one in departments().values()}
        names = sorted({_by(order) for order, _ in asked if order.command_id is not None})
        people = staff.named(db, names) if names else {}  # the clock is nobody
        parents = cases_of(db, [order.payload.case for order, loaded in asked if loaded is None])
        return [
            replace(
                _blank(order, parents.get(order.payload.case), office) if loaded is None else loaded.case,
                departments=known,
                speaks_for=_speaks_for(people.get(_by(order))),
            )
            for order, loaded in asked
        ]

    def housed(self, db: Connection, loaded: Mapping[str, Loaded], office: Office) -> Mapping[str, Any]:
        """Nothing of a search lies elsewhere in the house."""
        return {number: one.case for number, one in loaded.items()}

    def under_the_law(self, db: Connection, rows: Sequence[Row[Any]], office: Office) -> Mapping[str, Any]:
        """No law sets a date for a department."""
        return {}

    def shown(self, db: Connection, loaded: Loaded, office: Office) -> Mapping[str, Any]:
        """Return which department was asked what kind of thing for which request, and what it answered."""
        case: Case = loaded.case
        return {
            "parent": case.parent,
            "department": case.department,
            "act": str(case.act),
            "due_on": case.due_on.isoformat(),
            "asked_by": case.asked_by,
            "found": None if case.answered is None else str(case.answered.found),
            "answered_by": None if case.answered is None else case.answered.by,
            "done_on": _iso(None if case.answered is None else case.answered.done_on),
            "files": [file_of(row) for row in search.finds(db, loaded.row.id)],
        }

    def begins(self, db: Connection, office: Office) -> Case:
        """Return a search as it would begin now, for a request nobody has named yet."""
        return replace(_new("", "", None, office), departments={one.code: one.days for one in departments().values()})

    def personal(self, db: Connection, row: Row[Any], office: Office) -> Mapping[str, Any]:
        """Return what was asked and answered in words, and the names of the files."""
        try:
            kept = said(row, office)
            names = {one.number: name_of(one, row.number, office) for one in search.finds(db, row.id)}
        except KeyMissing:
            return {"erased": True}
        return {**to_plain(kept), "names": names}

    def fields(self, told: Mapping[str, Any], tongue: Tongue) -> Iterable[tuple[str, str]]:
        """Return what is told of a search under its names, for pages about any case."""
        return pages.fields(told, tongue)

    def dates(self, case: Case, office: Office) -> Iterable[Reason]:
        """Return up to which day the department may answer."""
        if case.state == "asked":
            yield Reason("search.has_until", {"department": case.department, "day": case.due_on.isoformat()})

    def writer(self, db: Connection, steps: Sequence[Step], office: Office) -> "SearchWriter":
        """Return what writes these steps."""
        return SearchWriter(db, steps, office)


class SearchWriter:
    """What a batch of steps writes."""

    def __init__(self, db: Connection, steps: Sequence[Step], office: Office) -> None:
        """Look up the requests of those that are opened."""
        self._steps, self._office = steps, office
        opening = [step.order.payload.case for step in steps if step.loaded is None]
        self._parents = {number: row.id for number, row in cases_of(db, opening).items()}

    def columns(self, step: Step) -> dict[str, Any]:
        """Return the facts, and the sealed words where any were said."""
        row: dict[str, Any] = {"facts": _facts(step.after)}
        if step.decision.change.said:
            row["matter"] = self._sealed(step)
        return row

    def write(self, writes: Writes, ids: Mapping[str, int], rows: Mapping[str, Mapping[str, Any]]) -> list[Part]:
        """Write whose searches they are, and which files an answer names."""
        opened = [
            {
                "case_id": ids[step.after.number],
                "parent_id": self._parents[step.order.payload.case],
                "department": step.after.department,
            }
            for step in self._steps
            if step.loaded is None
        ]
        writes.add(search.search, opened)
        for step in self._steps:
            case_id = ids[step.after.number]
            self._name_files(writes.db, step, case_id)
            if step.loaded is not None and step.after.department != step.before.department:
                of_it = update(search.search).where(search.search.c.case_id == case_id)
                writes.db.execute(of_it.values(department=step.after.department))
        return self._ask_programs(writes, ids)

    def _ask_programs(self, writes: Writes, ids: Mapping[str, int]) -> list[Part]:
        """Lay what programs are asked into the outbox; nobody need be notified, since the sweep rings for it."""
        known = departments()
        rows = [
            {
                "case_id": ids[step.after.number],
                "seq": step.after.seq,
                "ord": 0,
                "case_number": step.after.number,
                "kind": "search",
                "subject": step.after.number,
                "copy": step.after.seq,
                "sealed": self._nothing_to_carry(step.after.number, step.after.seq),
                "state": "waiting",
                "attempts": 0,
            }
            for step in self._steps
            if step.decision.transition in ASKS and known[step.after.department].is_program
        ]
        if rows:
            timed, more = at_machine_time(writes.db, "ordered_at", rows, machine_now())
            writes.add(effect, timed, more=more)
        return []

    def _nothing_to_carry(self, number: str, seq: int) -> bytes:
        key = self._office.keys.get(number)
        return key.seal_json("effect", "sealed", f"{number}/{seq}", written(Nothing()))

    def _name_files(self, db: Connection, step: Step, case_id: int) -> None:
        """Write which step named a file; an answer taken back names none."""
        if "answered" not in step.decision.change.facts:
            return
        db.execute(update(search.find).where(search.find.c.case_id == case_id).values(seq=None))
        answered: Answered | None = step.after.answered
        if answered is not None and answered.finds:
            named = search.find.c.number.in_(answered.finds)
            db.execute(update(search.find).where(search.find.c.case_id == case_id, named).values(seq=step.after.seq))

    def _sealed(self, step: Step) -> bytes:
        number = step.after.number
        before = Kept() if step.loaded is None else said(step.loaded.row, self._office)
        new: dict[str, Any] = {
            name: (*getattr(before, name), words) if name in LISTED else words
            for name, words in step.decision.change.said.items()
        }
        sealed = written(replace(before, **new))
        return self._office.keys.get(number).seal_json("case", "matter", number, sealed)


# -- one search ---------------------------------------------------------------------------------------------------


def said(row: Row[Any], office: Office) -> Kept:
    """Open what people said of a search. Raises KeyMissing where it was erased."""
    key = office.keys.get(row.number)
    return Kept() if row.matter is None else read(Kept, key.open_json("case", "matter", row.number, row.matter))


def file_of(row: Row[Any]) -> dict[str, Any]:
    """Return what is said of a file that came with an answer: nothing personal, not even its name."""
    return {
        "find": row.number,
        "kind": row.kind,
        "pages": row.pages,
        "bytes": row.bytes,
        "sha256": row.sha256,
        "answered": row.seq is not None,
        "destroyed": row.destroyed_at is not None,
    }


def name_of(row: Row[Any], number: str, office: Office) -> str | None:
    """Return the name a file had. Raises KeyMissing where the search was erased."""
    if row.name is None:
        return None
    return str(office.keys.get(number).open_json("find", "name", row.number, row.name)["name"])


def cases_of(db: Connection, numbers: Collection[str]) -> dict[str, Row[Any]]:
    """Return the cases of these numbers, not locked: what a search looks at of its request may change any time."""
    found = (cases.find(db, number) for number in dict.fromkeys(numbers))
    return {row.number: row for row in found if row is not None}


def _view(row: Row[Any], parent: Row[Any], finds: Sequence[Row[Any]]) -> Case:
    kept = row.facts
    return Case(
        **core_of(row),
        parent=parent.parent_number,
        parent_state=parent.parent_state,
        parent_open=parent.parent_open,
        department=kept["department"],
        act=Act(kept["act"]),
        due_on=date.fromisoformat(kept["due_on"]),
        due_seq=kept["due_seq"],
        asked_by=kept["asked_by"],
        answered=answered_of(kept),
        finds=tuple(one.find_number for one in finds),
    )


def answered_of(facts: Mapping[str, Any]) -> Answered | None:
    """Return the answer a search's document of facts holds."""
    return None if facts["answered"] is None else from_plain(Answered, facts["answered"])


def _facts(after: Case) -> dict[str, Any]:
    return {
        "department": after.department,
        "act": str(after.act),
        "due_on": after.due_on.isoformat(),
        "due_seq": after.due_seq,
        "asked_by": after.asked_by,
        "answered": None if after.answered is None else to_plain(after.answered),
    }


def _blank(order: Order, parent: Row[Any] | None, office: Office) -> Case:
    """Return the search that is about to be opened; without a request there is nothing it could be asked for."""
    ask: Ask = order.payload
    return _new(order.case, ask.case, parent, office)


def _new(number: str, asked_for: str, parent: Row[Any] | None, office: Office) -> Case:
    today = office.calendar.today(office.now)
    return Case(
        number=number,
        state="",
        seq=0,
        entered_seq=0,
        entered_on=today,
        opened_on=today,
        parent=asked_for,
        parent_state="" if parent is None else parent.state,
        parent_open=parent is not None and parent.open,
    )


def _by(order: Order) -> str:
    """Return the member of staff an order is given by: the history may name who stands behind them, too."""
    return order.actor.name.partition(" (by ")[0]


def _speaks_for(person: Row[Any] | None) -> str | None:
    """Return the department somebody answers for; None where they work in the office itself."""
    if person is None or set(person.roles) != {"holder"}:
        return None
    return person.department or ""


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def open_ones(rows: Sequence[Row[Any]]) -> Iterator[Row[Any]]:
    """Yield those of a request's searches (`models.search.OF_PARENTS`) that wait for an answer."""
    return (row for row in rows if row.search_open)


STORE = SearchStore()
