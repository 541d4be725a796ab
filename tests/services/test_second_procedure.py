"""A procedure that lives in the tests alone goes through everything the house has, on both databases.

Nothing outside tests/toy knows it: `registry.HOMES` gets one line, as CONTRIBUTING says.
"""

from dataclasses import replace

import pytest
from sqlalchemy import select

from models import command, definitions
from models import letter as letters
from models.incident import incident, notice
from models.session import reading
from services.audit import doctor
from services.engine import orders, upgrades
from services.engine.order import Order, Outcome
from services.engine.orders import Wanted, place
from services.engine.transaction import preview
from services.letters import declared, letter_kinds
from services.office.staff import Asker
from services.reports import cases as reports
from services.reports.diagram import mermaid, standings
from services.reports.plan import plan
from services.reports.worklist import Wanted as Listed
from services.reports.worklist import worklist
from tests import checker
from tests.office import APPROVER, CLERK, LEAD, MONDAY, TestOffice, codes_of
from tests.toy.procedure import HandIn, toy
from workflows import registry
from workflows.engine.jobs import Todo
from workflows.engine.machine import BadDefinition, Refused
from workflows.engine.payloads import Nothing
from workflows.engine.values import Actor, Language, Role
from workflows.letters import RecordPosting, RecordReturn, ReturnReason
from workflows.request.procedure import request

STATES = ("handed_in", "given_back", "kept")
WAYS = checker.Ways(
    {
        "hand_in": {(None, "handed_in")},
        "give_back": {("handed_in", "given_back")},
        "keep": {("handed_in", "kept")},
        **{name: {(state, state) for state in STATES} for name in ("look_again", "record_posting", "record_return")},
    },
    {"look_again"},
    {"handed_in"},
)
A_THING = HandIn(what="黒い傘", owner="見本 花子", address="東京都千代田区千代田1-1", postcode="100-0001")


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the procedure join the house: the one line of the registry."""
    monkeypatch.setitem(registry.HOMES, "toy", ("tests.toy", "tests.toy"))
    monkeypatch.setitem(checker.WAYS, "toy", WAYS)


def handed_in(office: TestOffice, **changes: object) -> str:
    """Hand in a thing and return its number."""
    said = HandIn(**{**{name: getattr(A_THING, name) for name in A_THING.__slots__}, **changes})
    (number,) = office.reserve(prefix="T")
    wanted = Wanted(f"key-{number}", "hand_in", said, CLERK, CLERK)
    with office.writing() as db:
        ticket = place(db, wanted, number, office.at(db))
    outcome = office.carry_out(ticket)
    assert outcome.outcome == "done", outcome
    return number


def test_it_is_opened_by_an_order_and_its_letter_is_made_printed_and_posted(office: TestOffice) -> None:
    case = handed_in(office, language=Language.EN)
    made = office.make_letters(case, typeset=True)
    office.print_letters(case)
    (letter,) = office.ask(select(letters.letter).where(letters.letter.c.number.like(f"{case}%")))
    by = declared.transition_for("toy", RecordPosting)
    outcome = office.must(case, by, RecordPosting(letter=letter.number))

    assert case.startswith("T26-000001-")
    assert made == ["made"]
    assert (letter.kind, letter.language, letter.state) == ("found_notice", "en", "printed")
    assert outcome.seq == 2
    assert [row.state for row in office.ask(select(letters.letter.c.state))] == ["posted"]


def test_requests_beside_it_keep_their_numbers_and_their_steps(office: TestOffice) -> None:
    thing, request = handed_in(office), office.opened()

    given, opened = office.case(thing), office.case(request)

    assert (given.definition, opened.definition) == ("toy", "request")
    assert request.startswith("26-000001-")
    assert office.case(thing).facts == {"language": "ja", "seen": False}


def test_its_deadline_chases_until_it_moves_and_tells_the_lead(office: TestOffice) -> None:
    case = handed_in(office)

    office.working_day(MONDAY.date(), 5)
    first = office.sweep()
    office.working_day(MONDAY.date(), 10)
    second = office.sweep()
    told = office.ask(select(notice.c.code, notice.c.role).where(notice.c.case_number == case))
    office.must(case, "give_back")
    office.working_day(MONDAY.date(), 20)

    assert [outcome.transition for outcome in (*first, *second)] == ["look_again", "look_again"]
    assert {(row.code, row.role) for row in told} == {("notice.toy_lies_here", "lead")}
    assert [outcome for outcome in office.sweep() if outcome.case == case] == []


def test_a_notice_that_lies_unposted_is_told_by_the_clock_of_letters(office: TestOffice) -> None:
    case = handed_in(office)
    office.make_letters(case)

    office.working_day(MONDAY.date(), 2)
    told = office.sweep(letters=True)

    assert [(outcome.case, outcome.transition) for outcome in told] == [(case, "look_again")]


def test_what_a_person_must_do_next_is_what_its_own_declaration_says(office: TestOffice) -> None:
    thing = handed_in(office)
    request_beside_it = office.opened()
    seen = []

    def listed(todo: Todo) -> list[str]:
        with reading(office.engine) as db:
            return [line["case"] for line in worklist(db, office.at(db), Listed(todo=todo))]

    seen.append(listed(Todo.PRINT))
    office.make_letters(thing)
    office.print_letters(thing)
    seen.append(listed(Todo.POST))
    (letter,) = office.post_letters(thing)
    waits = office.case(thing).todo
    office.must(thing, "record_return", RecordReturn(letter=letter, reason=ReturnReason.MOVED))
    back = office.case(thing)
    with reading(office.engine) as db:
        here = office.at(db)
        third_day = here.calendar.opening(here.calendar.add_working_days(office.today, 3))
        (line,) = worklist(db, here, Listed(todo=Todo.NOTICE))

    assert seen == [[request_beside_it, thing], [thing]]
    assert (waits, back.todo, back.todo_by) == (None, "notice", third_day)
    assert line["who"] == {"roles": ["approver", "lead"], "not": []}
    assert [one for one in doctor.examine(office.unit) if one.what == "listed_differs"] == []


def test_its_rules_refuse_with_what_would_work_and_why_and_preview_say_the_same(office: TestOffice) -> None:
    case = handed_in(office)

    refused = office.do(case, "keep", by=APPROVER)
    with reading(office.engine) as db:
        row, here = office.case(case), office.at(db)
        approver = Actor(APPROVER, frozenset({Role.APPROVER}))
        told = reports.why(db, row, here, approver)
        seen = preview(db, Order(case, "keep", Nothing(), approver, "preview"), here)

    assert (refused.outcome, codes_of(refused.reasons)) == ("refused", ["toy.too_early"])
    assert isinstance(seen, Refused)
    assert codes_of(seen.reasons) == ["toy.too_early"]
    assert dict(told["blocked"])["keep"] == list(seen.reasons)


def test_show_list_history_diagram_and_plan_know_it(office: TestOffice) -> None:
    case = handed_in(office)

    with reading(office.engine) as db:
        row, here = office.case(case), office.at(db)
        shown = reports.the_case(db, row, here, "en")
        personal = reports.personal(db, row, here)
        past = reports.history(db, row, here)
        broken = reports.broken_at(db, row)
        (line,) = worklist(db, here, Listed())
        counted = standings(db, here, toy)
    planned = plan(office.unit, "toy")

    assert (shown["case"], shown["definition"], shown["language"]) == (case, "toy 1", "ja")
    assert shown["deadlines"][0]["name"] == "look_again"
    assert personal["owner"] == "見本 花子"
    assert ([one["transition"] for one in past], broken) == (["hand_in"], None)
    assert (line["case"], line["state"], line["next"]) == (case, "handed_in", "look_again")
    assert counted["handed_in"].count == 1
    assert "handed_in --> given_back" in mermaid(toy, "en")
    assert (planned.name, planned.open_cases, planned.refusals) == ("toy", 1, [])


def test_doctor_finds_nothing_and_finds_what_is_wrong_with_it(office: TestOffice) -> None:
    case = handed_in(office)
    office.make_letters(case)

    clean = findings(office)
    office.tell("DELETE FROM timer WHERE scope = 'state'")
    broken = findings(office)

    assert clean == []
    assert (case, "missing_timer") in broken


def findings(office: TestOffice) -> list[tuple[str | None, str]]:
    """Return what the doctor finds."""
    found = doctor.examine(office.unit, files=False)
    return [(one.case, one.what) for one in found if one.what not in OF_THE_PLACE]


OF_THE_PLACE = frozenset({"definition_missing"})


def test_its_kind_of_letter_is_stopped_and_started_like_any_other(office: TestOffice) -> None:
    case = handed_in(office)
    lead = Asker(LEAD, LEAD, frozenset({Role.LEAD}))

    with office.writing() as db:
        letter_kinds.stop(db, "found_notice", "wrong_wording", lead, office.at(db))
    stopped = office.make_letters(case)
    with office.writing() as db:
        letter_kinds.start(db, "found_notice", lead, office.at(db))

    assert stopped == ["stopped"]
    assert office.make_letters(case) != ["stopped"]


def test_old_code_leaves_it_alone_and_new_code_goes_on(office: TestOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    case = handed_in(office)
    office.working_day(MONDAY.date(), 5)

    with monkeypatch.context() as older:
        older.delitem(registry.HOMES, "toy")
        left = office.sweep()
    fired = office.sweep()

    assert left == []
    assert office.ask(select(incident)) == []
    assert [outcome.case for outcome in fired] == [case]


def test_a_start_records_its_definition_beside_the_others(office: TestOffice) -> None:
    with office.writing() as db:
        upgrades.check_starts(db, office.at(db).now)

    with reading(office.engine) as db:
        found = {name: [row.version for row in definitions.recorded(db, name)] for name in registry.HOMES}

    assert found == {"request": [request.version], "search": [1], "toy": [1]}


def test_a_batch_of_both_procedures_is_one_transaction(office: TestOffice) -> None:
    thing, request = handed_in(office), office.opened()
    given = office.place("give_back", None, CLERK, thing)
    voided = office.place("resume", None, CLERK, request)

    with office.writing() as db:
        rows = [row for ticket in (given, voided) for row in command.by_ids(db, [ticket.command_id]).values()]
        outcomes: list[Outcome] = orders.carry_out_all(db, rows, office.at(db))

    assert [(one.case, one.outcome) for one in outcomes] == [(thing, "done"), (request, "refused")]


def test_two_procedures_whose_numbers_begin_alike_do_not_start(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    alike = replace(registry.procedure("toy"), prefix=registry.main().prefix)
    monkeypatch.setattr(upgrades, "procedures", lambda: [registry.main(), alike])

    with office.writing() as db, pytest.raises(BadDefinition, match="as those of request do"):
        upgrades.check_starts(db, office.at(db).now)
