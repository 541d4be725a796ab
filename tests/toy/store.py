"""How lost property is kept: whose it is and what it is are sealed, the language alone is a fact."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row

from models import letter
from models.case import core_of
from models.keys import KeyMissing
from models.questions import Answers, Question, by_case
from models.writes import Part, Writes
from services.engine.office import Office
from services.engine.order import Loaded, Order, Step
from services.letters import ordering
from services.letters.ordering import Fated, Ordered
from services.letters.profile import organisation
from tests.toy.procedure import KEPT_AFTER, Case, FoundNotice, HandIn
from workflows.engine.codec import read, to_plain, written
from workflows.engine.values import Reason
from workflows.letters import Addressee


class ToyStore:
    """The document of facts holds {language, seen}; the case's matter seals what was handed in."""

    def ready(self) -> None:
        """Nothing of the office's settings is needed."""

    def asks(self, rows: Sequence[Row[Any]], wanted: Collection[str]) -> list[Question]:
        """Return what must be asked: the letters."""
        return [letter.OF_CASES]

    def views(
        self, rows: Sequence[Row[Any]], answers: Answers, office: Office, wanted: Collection[str]
    ) -> Mapping[str, tuple[Case, list[Row[Any]]]]:
        """Return (view, stored letters) by number."""
        letters = by_case(answers[letter.OF_CASES])
        zone = ZoneInfo(office.calendar.zone)
        found = {}
        for row in rows:
            mine = letters.get(row.id, [])
            views = tuple(letter.view(one, zone) for one in mine)
            found[row.number] = (Case(**core_of(row), letters=views, seen=row.facts["seen"]), mine)
        return found

    def meets(self, order: Order, office: Office) -> Collection[str]:
        """No other case has a say."""
        return ()

    def seen(self, db: Connection, asked: Sequence[tuple[Order, Loaded | None]], office: Office) -> list[Any]:
        """Return a new case for what opens one, and the others as they are."""
        today = office.calendar.today(office.now)
        return [
            Case(number=order.case, state="", seq=0, entered_seq=0, entered_on=today, opened_on=today)
            if loaded is None
            else loaded.case
            for order, loaded in asked
        ]

    def housed(self, db: Connection, loaded: Mapping[str, Loaded], office: Office) -> Mapping[str, Any]:
        """Nothing lies elsewhere in the house."""
        return {number: one.case for number, one in loaded.items()}

    def under_the_law(self, db: Connection, rows: Sequence[Row[Any]], office: Office) -> Mapping[str, Any]:
        """No law sets a date."""
        return {}

    def shown(self, db: Connection, loaded: Loaded, office: Office) -> Mapping[str, Any]:
        """Return the language of the notice and whether the owner was seen."""
        return dict(loaded.row.facts)

    def personal(self, db: Connection, row: Row[Any], office: Office) -> Mapping[str, Any]:
        """Return what was handed in, and whose it is."""
        try:
            return to_plain(_said(row, office))
        except KeyMissing:
            return {"erased": True}

    def dates(self, case: Any, office: Office) -> Iterable[Reason]:
        """Nothing but the deadlines."""
        return ()

    def writer(self, db: Connection, steps: Sequence[Step], office: Office) -> "ToyWriter":
        """Return what writes these steps."""
        return ToyWriter(steps, office)


class ToyWriter:
    """What a batch of steps writes."""

    def __init__(self, steps: Sequence[Step], office: Office) -> None:
        self._steps, self._office = steps, office

    def columns(self, step: Step) -> dict[str, Any]:
        """Return facts, and the matter of a new case."""
        payload = step.order.payload
        row: dict[str, Any] = {"letters": len(step.after.letters)}
        before = {} if step.loaded is None else step.loaded.row.facts
        if isinstance(payload, HandIn):
            key = self._office.keys.get(step.after.number)
            row["matter"] = key.seal_json("case", "matter", step.after.number, written(payload))
            before = {"language": str(payload.language)}
        return {**row, "facts": {**before, "seen": step.after.seen}}

    def write(self, writes: Writes, ids: Mapping[str, int], rows: Mapping[str, Mapping[str, Any]]) -> list[Part]:
        """Write the notices."""
        fated = [
            Fated(each, fate, next(row for row in step.loaded.kept if row.number == fate.number), step.after.seq)
            for step in self._steps
            if step.loaded is not None
            for fate in step.decision.change.fates
            for each in step.after.letters
            if each.number == fate.number
        ]
        ordering.decide_fates(writes.db, fated, self._office)
        ordered = [
            Ordered(number, step.after.seq, position, one, self._content(step, one), rows[number]["head"])
            for step in self._steps
            for number in [step.after.number]
            for position, one in enumerate(step.after.letters[len(step.before.letters) :])
        ]
        return ordering.order(writes, ordered, ids, self._office)

    def _content(self, step: Step, one: Any) -> FoundNotice:
        said: HandIn = step.order.payload
        today = self._office.calendar.today(self._office.now)
        return FoundNotice(
            number=one.number,
            case=step.after.number,
            kind=str(one.kind),
            language=said.language,
            dated=today,
            addressee=Addressee(name=said.owner, postcode=said.postcode, address=said.address),
            organisation=organisation(),
            sample=self._office.founded.demo,
            what=said.what,
            until=self._office.calendar.add_working_days(today, KEPT_AFTER).isoformat(),
        )


def _said(row: Row[Any], office: Office) -> HandIn:
    return read(HandIn, office.keys.get(row.number).open_json("case", "matter", row.number, row.matter))


STORE = ToyStore()
