"""A request knows what departments were asked: its decision and its release say so, and some are refused for it."""

from dataclasses import replace
from datetime import date

from models.session import reading
from services.reports import cases as reports
from tests.office import APPROVER, CLERK, VERIFIER, TestOffice, codes_of
from tests.services.search.conftest import SALES, SUPPORT
from workflows.engine.values import Actor, Role
from workflows.law.values import OutcomeName, Right, RightOutcome
from workflows.request.payloads import Decide, Fulfil
from workflows.request.values import FormName, Halt
from workflows.search.payloads import Answer, Ask, PutRight
from workflows.search.values import Act, Found

GRANTED = Decide(outcomes={Right.DISCLOSURE: RightOutcome(outcome=OutcomeName.GRANTED, enclosures=1)})
HALTED = Decide(outcomes={Right.HALT_USE: RightOutcome(outcome=OutcomeName.GRANTED, confirmed=True)})


def ask(office: TestOffice, case: str, department: str, act: Act = Act.LOOK) -> str:
    return office.must(None, "ask", Ask(case=case, department=department, what="契約の記録", act=act)).case


def test_decide_and_fulfil_say_whose_answer_is_missing(asking: TestOffice) -> None:
    case = asking.verified()
    ask(asking, case, "sales")

    decided = asking.must(case, "decide", GRANTED, VERIFIER)
    released = asking.must(case, "fulfil", Fulfil(), APPROVER)

    assert "search_open" in codes_of(decided.reasons)
    assert "search_open" in codes_of(released.reasons)


def test_what_nobody_holds_is_decided_as_not_held_or_explained(asking: TestOffice) -> None:
    case = asking.verified()
    for department, holder in (("sales", SALES), ("support", SUPPORT)):
        asking.must(ask(asking, case, department), "answer", Answer(found=Found.NOTHING_HELD), holder)

    refused = asking.do(case, "decide", GRANTED, VERIFIER)
    explained = RightOutcome(outcome=OutcomeName.GRANTED, enclosures=1, explanation="The paper file has it.")
    done = asking.do(case, "decide", Decide(outcomes={Right.DISCLOSURE: explained}), VERIFIER)

    assert (refused.outcome, codes_of(refused.reasons)) == ("refused", ["search_found_nothing"])
    assert done.outcome == "done"


def test_one_department_that_holds_something_is_enough(asking: TestOffice) -> None:
    case = asking.verified()
    asking.must(ask(asking, case, "sales"), "answer", Answer(found=Found.NOTHING_HELD), SALES)
    asking.must(ask(asking, case, "support"), "answer", Answer(found=Found.PARTLY, note="一件"), SUPPORT)

    assert asking.must(case, "decide", GRANTED, VERIFIER).outcome == "done"


def test_who_found_it_does_not_release_it(asking: TestOffice) -> None:
    case = asking.verified()
    asking.give_roles("chiba", Role.CLERK, Role.APPROVER)
    asking.must(ask(asking, case, "sales"), "answer", Answer(found=Found.FOUND, note="一件"), "chiba")
    asking.must(case, "decide", GRANTED, VERIFIER)

    refused = asking.do(case, "fulfil", Fulfil(), "chiba")
    released = asking.do(case, "fulfil", Fulfil(), APPROVER)

    assert codes_of(refused.reasons) == ["found_it_themselves"]
    assert released.outcome == "done"


def test_a_halt_is_not_released_before_the_department_did_it(asking: TestOffice) -> None:
    case, code = asking.mailed(rights=(Right.HALT_USE,))
    came = replace(
        asking.an_arrival(code),
        forms=(FormName.HALT,),
        signed={FormName.HALT: True},
        halt=Halt(measure="cease", reason="unneeded"),
    )
    asking.must(case, "receive_forms", came)
    asking.must(case, "verify_identity", by=VERIFIER)
    number = ask(asking, case, "sales", Act.CEASE)
    asking.must(case, "decide", HALTED, VERIFIER)

    refused = asking.do(case, "fulfil", Fulfil(confirm=(Right.HALT_USE,)), APPROVER)
    done = Answer(found=Found.FOUND, done="配信を停止", done_on=date(2026, 11, 9))
    asking.must(number, "answer", done, SALES)
    released = asking.do(case, "fulfil", Fulfil(confirm=(Right.HALT_USE,)), APPROVER)

    assert codes_of(refused.reasons) == ["search_unconfirmed"]
    assert released.outcome == "done"


def test_what_was_recalled_counts_for_nothing(asking: TestOffice) -> None:
    case = asking.verified()
    asking.must(ask(asking, case, "sales"), "recall", PutRight(why="不要"), CLERK)

    decided = asking.must(case, "decide", GRANTED, VERIFIER)

    assert "search_open" not in codes_of(decided.reasons)


def test_show_and_why_tell_of_departments(asking: TestOffice) -> None:
    case = asking.verified()
    number = ask(asking, case, "sales")
    with reading(asking.engine) as db:
        office = asking.at(db)
        found = reports.why(db, asking.case(case), office, Actor(CLERK, frozenset({Role.CLERK})))

    assert [reason.params["search"] for reason in found["dates"] if reason.code == "search_open"] == [number]
