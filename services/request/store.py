"""How requests are kept: what the engine asks of this procedure (`services.engine.store`)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row

from models import letter, person, scan
from models.questions import Answers, Question
from services.engine.office import Office
from services.engine.order import Loaded, Order, Step
from services.letters.profile import usual_regime
from services.office import laws, procedures
from services.request import codes, fraud, in_house, loading, report, stated
from services.request.facts import moment, view
from services.request.loading import matter, people
from services.request.writing import Batch
from workflows.engine.values import Reason
from workflows.letters import UndoPosting
from workflows.office import SOURCE, OfficeProcedure
from workflows.office.applied import applied
from workflows.request.case import Case
from workflows.request.consequences import changed, nobody_named
from workflows.request.kept import amended
from workflows.request.opening import received_at
from workflows.request.payloads import Amend, Open, ReceiveAgain, ReceiveForms
from workflows.request.values import PackOut, Party, Person, Stated

CHUNK = 500
"""Of how many cases one statement reads the letters."""


class RequestStore:
    """Requests: a document of facts in the case's row, people sealed beside it, papers, codes, letters."""

    def ready(self) -> None:
        """Raise BadProfile where the office's card cannot be used, which names the law of whoever names none.

        Raises BadLaws where a law of the office's own cannot: nobody can tell whether a case is to stand under it.
        """
        laws.must_be_sound()
        usual_regime()

    def asks(self, rows: Sequence[Row[Any]], wanted: Collection[str]) -> list[Question]:
        """Return what must be asked of letters, papers and people."""
        return loading.asks(rows, wanted)

    def views(
        self, rows: Sequence[Row[Any]], answers: Answers, office: Office, wanted: Collection[str]
    ) -> Mapping[str, tuple[Case, list[Row[Any]]]]:
        """Return (view, stored letters) of these requests by number."""
        return loading.views(rows, answers, office, wanted)

    def meets(self, order: Order, office: Office) -> Collection[str] | None:
        """Return by what an order finds other requests, or they what it writes."""
        return fraud.looked_up(order, office)

    def seen(self, db: Connection, asked: Sequence[tuple[Order, Loaded | None]], office: Office) -> list[Case]:
        """Return the views with what a code or other cases tell: of those to be opened, together; else of each."""
        opened = [(_blank(db, order, office), order.payload) for order, loaded in asked if loaded is None]
        blanks = iter(fraud.contacts_seen(db, opened, office) if opened else ())
        return [next(blanks) if loaded is None else self._around(db, order, loaded, office) for order, loaded in asked]

    def _around(self, db: Connection, order: Order, loaded: Loaded, office: Office) -> Case:
        row, payload = loaded.row, order.payload
        case: Case = loaded.case
        if isinstance(payload, UndoPosting):
            return replace(case, house=in_house.look(db, [loaded], office)[row.number])
        if order.transition in in_house.TAKE_BACK:
            return replace(case, lay_since=scan.lying_without(db, row.id, case.rounds))
        if isinstance(payload, ReceiveForms):
            code = codes.state_of(db, row, payload.code, office, again=isinstance(payload, ReceiveAgain))
            return fraud.arrival_seen(db, row, case, payload, code, office)
        if isinstance(payload, Amend) and not nobody_named(case, payload):
            seen = fraud.change_seen(db, row, case, payload, office)
            known = _people(db, row, office) if payload.subject or payload.representative else {}
            proposed = _proposed(loaded, payload, known, office)
            return replace(seen, proposed=proposed, unchanged=_stands_already(loaded, payload, known, office))
        return case

    def housed(self, db: Connection, loaded: Mapping[str, Loaded], office: Office) -> dict[str, Case]:
        """Return the views with what lies in the house of each and nobody has registered."""
        found = in_house.look(db, list(loaded.values()), office) if loaded else {}
        return {number: replace(one.case, house=found[number]) for number, one in loaded.items()}

    def under_the_law(self, db: Connection, rows: Sequence[Row[Any]], office: Office) -> dict[str, Case]:
        """Return the views of those in which a date of the law can run; letters end it, of closed cases only.

        Those under a procedure that only newer code can read are its to tell of.
        """
        counted = [
            row
            for row in rows
            if laws.why_gone(row.facts["regime"], row.number) is None
            and (row.facts["first_arrived_on"] is not None or laws.regime(row.facts["regime"]).answer is not None)
        ]
        procedures.meet(db, {procedures.pinned(row) for row in counted})
        counted = [row for row in counted if procedures.readable(row)]
        closed = [row.id for row in counted if not row.open]
        letters: dict[int, list[Row[Any]]] = {}
        for start in range(0, len(closed), CHUNK):
            letters |= letter.of_cases(db, closed[start : start + CHUNK])
        zone = ZoneInfo(office.calendar.zone)
        return {
            row.number: view(row, letters=[letter.view(one, zone) for one in letters.get(row.id, ())])
            for row in counted
        }

    def shown(self, db: Connection, loaded: Loaded, office: Office) -> dict[str, Any]:
        """Return everything about a request that is not personal."""
        return report.shown(db, loaded, office)

    def begins(self, db: Connection, office: Office) -> Case:
        """Return a case as it would begin now, of somebody who said nothing yet."""
        law, own = _begins_under(db, None, office)
        return _new("", law, own, office)

    def personal(self, db: Connection, row: Row[Any], office: Office) -> dict[str, Any]:
        """Return the people of a request and their words."""
        return report.personal(db, row, office)

    def stands(self, case: Case, office: Office) -> str | None:
        """Return the code of what is said of how the case stands, where its state does not say it."""
        return report.stands(case, office)

    def dates(self, case: Case, office: Office) -> Iterator[Reason]:
        """Return up to which day the person may still answer or pay, what goes back, and when papers are to go."""
        return report.dates(case, office)

    def writer(self, db: Connection, steps: Sequence[Step], office: Office) -> Batch:
        """Return what writes these steps."""
        return Batch(db, steps, office)


def _people(db: Connection, row: Row[Any], office: Office) -> dict[Party, Person]:
    return people(row, person.of_cases(db, [row.id]).get(row.id, {}), office)


def _blank(db: Connection, order: Order, office: Office) -> Case:
    """Return the case that is about to be opened, before anybody looks at other cases."""
    contact: Open = order.payload
    blank = _new(order.case, *_begins_under(db, contact, office), office)
    if order.command_id is None:  # a preview has no number yet, and so no key to commit under
        return blank
    key = office.keys.get(order.case)
    parties = ((Party.SUBJECT, contact.subject), (Party.REPRESENTATIVE, contact.representative))
    return replace(blank, stated={party: stated.stated(who, key) for party, who in parties if who is not None})


def _new(number: str, law: str, own: OfficeProcedure, office: Office) -> Case:
    today = office.calendar.today(office.now)
    return Case(
        number=number,
        state="",
        seq=0,
        entered_seq=0,
        entered_on=today,
        opened_on=today,
        regime=applied(laws.regime(law), own),
        office=own,
        rights={},
    )


def _begins_under(db: Connection, contact: Open | None, office: Office) -> tuple[str, OfficeProcedure]:
    """Return the law of a new case and the procedure in force on the day the contact was received (None: today).

    A procedure is for one law: whoever names another one begins under the source's procedure.
    """
    received = None if contact is None else received_at(contact)
    named = None if contact is None else contact.regime
    own = procedures.in_force(office.adopted, office.calendar.today(received or office.now))
    if own is None or named not in (None, own.regime):
        return named or usual_regime(), SOURCE
    return own.regime, procedures.read(db, own.digest)


def _proposed(loaded: Loaded, change: Amend, known: Mapping[Party, Person], office: Office) -> dict[Party, Stated]:
    """Return what the people would state once the amendment is written."""
    given = {Party.SUBJECT: change.subject or {}, Party.REPRESENTATIVE: change.representative or {}}
    before: Mapping[Party, Stated] = loaded.case.stated
    if change.drop_representative:
        return {party: said for party, said in before.items() if party is not Party.REPRESENTATIVE}
    if not any(given.values()):
        return dict(before)
    return stated.after_amendment(before, known, given, office.keys.get(loaded.row.number))


def _stands_already(loaded: Loaded, change: Amend, known: Mapping[Party, Person], office: Office) -> bool:
    """Whether an amendment says nothing that does not stand in the case, word for word."""
    case, facts = loaded.case, loaded.row.facts
    if change.drop_representative or change.pack is PackOut.SEND_AGAIN:
        return False
    if not changed(change):  # the border lets none in that says nothing at all
        return False
    if changed(change) == ["language"]:  # named to have the round's letter made anew, after its template was mended
        return False
    for party, given in ((Party.SUBJECT, change.subject), (Party.REPRESENTATIVE, change.representative)):
        if given and (party not in known or amended(known[party], given) != known[party]):
            return False
    same = {name: getattr(case, name) for name in ("mail_to", "address_on_record")}
    same |= {name: facts.get(name) for name in ("category", "channel", "language")}
    if any(getattr(change, name) not in (None, value) for name, value in same.items()):
        return False
    if change.rights is not None and set(change.rights) != set(case.rights):
        return False
    if change.received_at is not None and change.received_at != moment(facts.get("received_at")):
        return False
    return change.note is None or change.note == matter(loaded.row, office).note


STORE = RequestStore()
