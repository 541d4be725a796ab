"""A procedure of the office's own: dated, kept as it was adopted, and each case keeps the one it began under."""

import hashlib
from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from models import adopted
from models.staff import office_event
from services.office import adopting, procedures
from services.request.loading import asks
from services.request.store import STORE
from tests.office import LEAD, MONDAY, TestOffice
from tests.own_procedure import THE_LEAD, adopts
from tests.people import a_contact
from tests.services.ordering import age
from tests.services.righting import view
from tests.trouble import let_backoff_pass
from workflows.office import SOURCE

TODAY = MONDAY.date()
LATER = TODAY + timedelta(days=7)


def a_file(first: date = TODAY, note: str = "the first") -> str:
    """Return a small procedure; a *note* makes it another text."""
    return f"# {note}\nfrom = {first.isoformat()}\n"


def adopt(office: TestOffice, what: adopting.Wanted) -> procedures.Version | None:
    with office.writing() as db:
        return adopting.adopt(db, what, THE_LEAD, office.at(db))


def test_a_case_begins_under_the_source_where_nothing_was_adopted(office: TestOffice) -> None:
    case = office.opened()

    assert view(office, case).office is SOURCE
    assert "procedure" not in office.case(case).facts


def test_a_case_keeps_the_procedure_it_began_under(office: TestOffice) -> None:
    before = office.opened()
    digest = adopts(office, a_file())
    during = office.opened()
    office.move_to(MONDAY + timedelta(days=7))
    other = adopts(office, a_file(LATER))
    after = office.opened()

    seen = {case: view(office, case).office for case in (before, during, after)}

    assert [one.digest for one in seen.values()] == ["", digest, other]
    assert [one.first for one in seen.values()] == [None, TODAY, LATER]
    assert [office.case(case).facts.get("procedure") for case in seen] == [None, digest, other]


def test_what_a_case_began_under_stays_with_it_through_its_transitions(office: TestOffice) -> None:
    digest = adopts(office, a_file())
    case, _ = office.mailed()
    adopts(office, a_file(note="900"), first=LATER)

    office.must(case, "hold", _a_hold())

    assert view(office, case).office.digest == digest
    assert office.case(case).facts["procedure"] == digest


def test_the_history_says_under_which_procedure_a_case_began(office: TestOffice) -> None:
    digest = adopts(office, a_file())
    case = office.opened()

    (row,) = office.ask("SELECT details FROM history WHERE transition = 'open'")

    assert digest in str(row.details)
    assert office.case(case).facts["procedure"] == digest


def test_the_day_on_which_a_contact_was_received_tells_the_procedure(office: TestOffice) -> None:
    adopts(office, a_file())
    late = office.must(None, "open", a_contact(received_at=MONDAY - timedelta(days=3))).case

    assert view(office, late).office is SOURCE


def test_a_file_in_force_later_counts_from_its_day(office: TestOffice) -> None:
    adopts(office, a_file(LATER))
    now = office.opened()
    office.move_to(MONDAY + timedelta(days=7))

    assert view(office, now).office is SOURCE
    assert view(office, office.opened()).office.first == LATER


def test_a_procedure_names_the_law_of_its_cases_and_another_law_has_the_sources_procedure(office: TestOffice) -> None:
    adopts(office, 'from = 2026-11-09\nregime = "eu-gdpr"\n')

    own = office.must(None, "open", a_contact()).case
    named = office.must(None, "open", a_contact(regime="eu-gdpr")).case
    other = office.must(None, "open", a_contact(regime="jp-appi")).case

    assert [view(office, case).regime.name for case in (own, named, other)] == ["eu-gdpr", "eu-gdpr", "jp-appi"]
    assert [bool(view(office, case).office.digest) for case in (own, named, other)] == [True, True, False]


def test_the_way_back_is_the_sources_procedure_or_the_former_file_adopted_again(office: TestOffice) -> None:
    first = adopts(office, a_file())
    assert adopt(office, adopting.Wanted("", LATER, "")) is not None
    adopts(office, a_file(), first=LATER + timedelta(days=7))

    cases = []
    for weeks in range(3):
        office.move_to(MONDAY + timedelta(days=7 * weeks))
        cases.append(office.opened())

    assert [view(office, case).office.digest for case in cases] == [first, "", first]


def test_the_same_file_is_adopted_once(office: TestOffice) -> None:
    adopts(office, a_file())
    again = adopting.wanted(a_file(), "jp-appi")
    assert isinstance(again, adopting.Wanted)

    assert adopt(office, again) is None
    assert len(office.ask(select(adopted.adopted_procedure))) == 1
    assert len(office.ask(select(office_event).where(office_event.c.what == adopting.LOGGED))) == 1


def test_nothing_is_adopted_from_a_day_since_which_cases_began(office: TestOffice) -> None:
    yesterday = TODAY - timedelta(days=1)
    assert adopt(office, adopting.Wanted(a_file(yesterday), yesterday, "jp-appi")) is not None  # nothing began yet
    office.opened()

    with pytest.raises(adopting.NotAdopted) as past:
        adopt(office, adopting.Wanted(a_file(yesterday, "900"), yesterday, "jp-appi"))
    adopt(office, adopting.Wanted(a_file(), TODAY, "jp-appi"))
    with pytest.raises(adopting.NotAdopted) as twice:
        adopt(office, adopting.Wanted(a_file(TODAY, "900"), TODAY, "jp-appi"))

    assert (past.value.reason.code, twice.value.reason.code) == ("procedure.over", "procedure.from_twice")


def test_what_is_still_to_come_can_be_adopted_anew_and_the_last_word_counts(office: TestOffice) -> None:
    adopts(office, a_file(LATER))
    other = adopts(office, a_file(LATER, "700"))
    office.move_to(MONDAY + timedelta(days=7))

    assert view(office, office.opened()).office.digest == other


def test_an_adoption_stands_in_the_offices_log_with_its_digest(office: TestOffice) -> None:
    adopts(office, a_file())

    (row,) = office.ask(select(office_event).where(office_event.c.what == adopting.LOGGED))

    assert (row.actor, row.details) == (
        LEAD,
        {"number": 1, "first": "2026-11-09", "regime": "jp-appi",
         "digest": hashlib.sha256(a_file().encode()).hexdigest()},
    )  # fmt: skip


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE adopted_procedure SET text = ''",
        "DELETE FROM adopted_procedure",
        "UPDATE adopted_procedure SET first = '2030-01-01'",
    ],
)
def test_what_was_adopted_is_never_changed(office: TestOffice, statement: str) -> None:
    adopts(office, a_file())

    with pytest.raises(DatabaseError, match="append-only"), office.writing() as db:
        db.execute(text(statement))


# -- what a process has met ------------------------------------------------------------------------------------------


def test_a_process_reads_a_text_once(office: TestOffice) -> None:
    digest = adopts(office, a_file(note="501"))
    case = office.opened()
    row = office.case(case)
    procedures._READ.pop(digest)

    before = asks([row], ())
    view(office, case)

    assert adopted.TEXTS in before
    assert adopted.TEXTS not in asks([row], ())


def test_a_text_this_code_cannot_read_leaves_the_case_alone(office: TestOffice) -> None:
    digest = adopts(office, a_file(note="502"))
    case = office.opened()
    newer = "from = 2026-11-09\nof_a_release_to_come = true\n"
    named = hashlib.sha256(newer.encode()).hexdigest()
    office.tamper("UPDATE adopted_procedure SET text = :text, digest = :named", text=newer, named=named)
    office.write_facts(case, procedure=named)

    with pytest.raises(procedures.ProcedureOfNewerCode):
        view(office, case)

    office.write_facts(case, procedure=digest)
    procedures._READ.pop(digest)
    with pytest.raises(procedures.ProcedureGone):
        view(office, case)


def test_a_text_that_was_altered_judges_nothing(office: TestOffice) -> None:
    digest = adopts(office, a_file(note="503"))
    case = office.opened()
    procedures._READ.pop(digest)
    office.tamper("UPDATE adopted_procedure SET text = :text", text=a_file(note="1"))

    with pytest.raises(procedures.ProcedureGone):
        view(office, case)


def test_what_waits_for_its_procedure_waits_until_it_is_back(office: TestOffice) -> None:
    named = adopts(office, a_file(note="504"))
    case = office.opened()
    office.write_facts(case, procedure="e" * 64)
    ticket = office.place("hold", _a_hold(), case=case)

    age(office, 31)
    office.sweep_orders()
    waiting = office.ask("SELECT outcome, trouble FROM command WHERE id = :id", id=ticket.command_id)[0]
    office.write_facts(case, procedure=named)
    let_backoff_pass(office)
    office.sweep_orders()
    (done,) = office.ask("SELECT outcome FROM command WHERE id = :id", id=ticket.command_id)

    assert waiting.outcome is None
    assert waiting.trouble is not None
    assert done.outcome == "done"


def test_a_case_of_newer_code_is_left_alone_and_the_others_go_on(office: TestOffice) -> None:
    newer = "from = 2026-11-09\nof_a_release_to_come = 2\n"
    case, other = office.opened(), office.opened()
    adopt(office, adopting.Wanted(newer, TODAY, "jp-appi"))
    office.write_facts(case, procedure=hashlib.sha256(newer.encode()).hexdigest())
    tickets = [office.place("hold", _a_hold(), case=each) for each in (case, other)]
    age(office, 31)

    office.sweep_orders()

    told = [
        office.ask("SELECT outcome, tries, attempts FROM command WHERE id = :id", id=ticket.command_id)[0]
        for ticket in tickets
    ]
    assert [row.outcome for row in told] == [None, "done"]
    assert told[0].tries == 0
    assert office.ask("SELECT 1 FROM incident") == []


def test_the_laws_dates_of_the_others_are_told_where_a_procedure_cannot_be_read(office: TestOffice) -> None:
    case, other = office.returned(), office.returned()
    office.write_facts(case, procedure="d" * 64)

    with office.writing() as db:
        told = STORE.under_the_law(db, [office.case(case), office.case(other)], office.at(db))

    assert list(told) == [other]


def _a_hold() -> object:
    from workflows.request.payloads import Hold
    from workflows.request.values import HoldReason

    return Hold(reason=HoldReason.OTHER)
