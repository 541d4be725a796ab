"""The procedure as a whole: which transition is possible where, and what no sequence of orders can ever reach."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.engine.timers import running
from tests.people import a_contact, a_licence
from workflows.engine.calendars import Calendar
from workflows.engine.case import At
from workflows.engine.deadlines import due_at
from workflows.engine.machine import Decision, Refused
from workflows.engine.payloads import Fired, Nothing
from workflows.engine.values import SYSTEM, Actor, Role
from workflows.law import regime
from workflows.law.values import ExtendReason, OutcomeName, Right, RightOutcome
from workflows.letters import LetterState, RecordPosting, RecordReturn, ReturnReason
from workflows.request.case import Case, Change, after
from workflows.request.course_payloads import PostAgain
from workflows.request.payloads import (
    Amend,
    AskAgain,
    AskOverride,
    Decide,
    Extend,
    Fulfil,
    Hold,
    MailForms,
    ReceiveForms,
    Undeliverable,
    Unverify,
    VerifyIdentity,
    Void,
    Withdraw,
)
from workflows.request.procedure import request
from workflows.request.values import CodeState, FormName, HoldReason, ToldHow, VoidReason

CLOCK = (
    "remind", "put_off", "escalate", "chase", "end_collecting", "lapse", "give_up_waiting", "remind_payment",
    "lapse_unpaid", "tell_unpaid", "recount", "adopt",
)  # fmt: skip
OPEN = {"contacted", "forms_mailed", "forms_returned", "id_verified"}
CLOSED = {"fulfilled", "refused", "withdrawn", "lapsed", "voided"}

# Written from section 4 of the procedure by hand; the definition must say the same.
POSSIBLE: dict[str, set[str]] = {
    "amend": OPEN,
    "mail_forms": {"contacted"},
    "undeliverable": {"forms_mailed"},
    "receive_forms": {"forms_mailed"},
    "ask_again": {"forms_returned"},
    "verify_identity": {"forms_returned"},
    "unverify": {"id_verified"},
    "decide": {"id_verified", "forms_returned"},
    "fulfil": {"id_verified"},
    "refuse": {"id_verified", "forms_returned"},
    "withdraw": OPEN,
    "void": {"contacted", "forms_mailed", "forms_returned"},
    "remind": {"forms_mailed"},
    "put_off": {"forms_mailed", "id_verified"},
    "escalate": OPEN | CLOSED,
    "lapse": {"forms_mailed"},
    "give_up_waiting": {"forms_mailed"},
    "reopen": {"lapsed"},
    "hold": OPEN,
    "resume": OPEN,
    "extend": OPEN,
    "record_posting": OPEN | CLOSED,
    "record_return": OPEN | CLOSED,
    "post_again": CLOSED,
    "chase": OPEN | CLOSED,
    "end_collecting": {"fulfilled", "refused"},
    **dict.fromkeys(["open_step", "finish_step", "undo_step", "undo_step_opening"], OPEN),
    **dict.fromkeys(["move_window", "acknowledge"], OPEN),
    "choose_delivery": OPEN | CLOSED,
    "tell_ready": {"fulfilled", "refused"},
    "undo_ready": {"fulfilled", "refused"},
    "hand_over": {"fulfilled", "refused"},
    **{name: {"fulfilled"} for name in ["apply_execution", "carry_out", "undo_execution", "undo_application"]},
    "end_papers": CLOSED,
    "undo_papers": CLOSED,
    "override": {"forms_returned", "id_verified", "fulfilled"},
    "approve": {"forms_returned", "id_verified", "fulfilled"},
    **dict.fromkeys(["record_payment", "refund", "undo_payment"], OPEN | CLOSED),
    **{name: {"id_verified"} for name in ["bill", "bill_ahead", "withdraw_bill", "undo_pay_late"]},
    **{name: {"id_verified"} for name in ["remind_payment", "lapse_unpaid", "tell_unpaid"]},
    **{name: {"lapsed"} for name in ["pay_late", "reinstate_unpaid"]},
    "undo_posting": OPEN | CLOSED,
    "undo_mailing": {"forms_mailed"},
    "amend_posting": OPEN | CLOSED,
    "undo_return": OPEN | CLOSED,
    "undo_undeliverable": {"contacted"},
    "mail_again": {"forms_mailed"},
    "undo_mail_again": {"contacted"},
    "receive_again": OPEN,
    "undo_arrival": {"forms_returned"},
    "receive_own_forms": {"contacted"},
    "undo_own_arrival": {"forms_returned"},
    "undo_reopening": {"forms_returned"},
    "unask": {"contacted"},
    "correct_answer": {"fulfilled", "refused"},
    "correct_refusal": {"refused"},
    "undo_correction": {"id_verified", "forms_returned"},
    "undo_correction_of_refusal": {"id_verified", "forms_returned"},
    "reinstate": {"withdrawn", "voided", "lapsed"},
    "reinstate_papers": {"withdrawn", "voided"},
    "recount": OPEN | CLOSED,
    "adopt": OPEN | CLOSED,
}
TARGETS = {
    "open": "contacted",
    "open_with_forms": "forms_returned",
    "mail_forms": "forms_mailed",
    "undeliverable": "contacted",
    "receive_forms": "forms_returned",
    "ask_again": "contacted",
    "verify_identity": "id_verified",
    "unverify": "forms_returned",
    "fulfil": "fulfilled",
    "refuse": "refused",
    "withdraw": "withdrawn",
    "void": "voided",
    "lapse": "lapsed",
    "give_up_waiting": "forms_returned",
    "reopen": "forms_returned",
    "undo_mailing": "contacted",
    "undo_undeliverable": "forms_mailed",
    "mail_again": "contacted",
    "undo_mail_again": "forms_mailed",
    "receive_again": "forms_returned",
    "undo_arrival": "forms_mailed",
    "receive_own_forms": "forms_returned",
    "undo_own_arrival": "contacted",
    "undo_reopening": "lapsed",
    "unask": "forms_returned",
    "correct_answer": "id_verified",
    "correct_refusal": "forms_returned",
    "undo_correction": "fulfilled",
    "undo_correction_of_refusal": "refused",
    "reinstate": "contacted",
    "reinstate_papers": "forms_returned",
    "pay_late": "id_verified",
    "undo_pay_late": "lapsed",
    "lapse_unpaid": "lapsed",
    "reinstate_unpaid": "id_verified",
}
WHO: dict[str, set[Role]] = {
    "ask_again": {Role.CLERK, Role.VERIFIER},
    "verify_identity": {Role.VERIFIER},
    "unverify": {Role.CLERK, Role.VERIFIER},
    "decide": {Role.CLERK, Role.VERIFIER},
    "fulfil": {Role.APPROVER},
    "refuse": {Role.APPROVER},
    "extend": {Role.APPROVER},
    "post_again": {Role.APPROVER},
    "void": {Role.LEAD},
    "resume": {Role.CLERK, Role.LEAD, Role.SYSTEM},
    "open_step": {Role.CLERK, Role.VERIFIER},
    "finish_step": {Role.CLERK, Role.VERIFIER},
    "undo_step": {Role.CLERK, Role.VERIFIER},
    "undo_step_opening": {Role.CLERK, Role.VERIFIER},
    "override": {Role.CLERK, Role.VERIFIER},
    "approve": {Role.VERIFIER, Role.APPROVER},
    "correct_answer": {Role.CLERK, Role.VERIFIER},
    "correct_refusal": {Role.CLERK, Role.VERIFIER},
    "undo_correction": {Role.CLERK, Role.VERIFIER},
    "undo_correction_of_refusal": {Role.CLERK, Role.VERIFIER},
    "reinstate": {Role.LEAD},
    "reinstate_papers": {Role.LEAD},
    "reinstate_unpaid": {Role.LEAD},
    "bill": {Role.APPROVER},
    "bill_ahead": {Role.CLERK, Role.VERIFIER},
    "withdraw_bill": {Role.CLERK, Role.APPROVER},
    **{name: {Role.SYSTEM} for name in CLOCK},
}
"""Everything else is the clerk's."""
PUT_RIGHT_ON_HOLD = {
    "undo_posting", "undo_mailing", "amend_posting", "undo_return", "undo_undeliverable", "undo_mail_again",
    "receive_again", "undo_arrival", "undo_own_arrival", "undo_reopening", "unask",
}  # fmt: skip
"""What is recorded on hold is put right on hold."""
ON_HOLD = PUT_RIGHT_ON_HOLD | {
    "resume", "amend", "unverify", "receive_forms", "receive_own_forms", "record_posting", "record_return", "withdraw",
    "void", "finish_step", "undo_step", "undo_step_opening", "move_window", "acknowledge", "choose_delivery",
    "tell_ready", "undo_ready", "hand_over",
    "record_payment", "refund", "undo_payment", "undo_pay_late", "withdraw_bill",
}  # fmt: skip

TOKYO = ZoneInfo("Asia/Tokyo")
MONDAY = datetime(2026, 11, 9, 10, 0, tzinfo=TOKYO)
CALENDAR = Calendar()
PEOPLE = {
    name: Actor(name, frozenset({role}))
    for name, role in {
        "sato": Role.CLERK,
        "tanaka": Role.VERIFIER,
        "mori": Role.APPROVER,
        "kudo": Role.LEAD,
        "ando": Role.APPROVER,
    }.items()
}
EVERYBODY = Actor("ono", frozenset({Role.CLERK, Role.VERIFIER, Role.APPROVER, Role.LEAD}))


def at(actor: Actor, now: datetime = MONDAY) -> At:
    return At(now, actor, CALENDAR)


def blank() -> Case:
    """Return the case that is about to be opened."""
    day = MONDAY.date()
    law = regime("jp-appi")
    return Case(
        number="26-000017-Y", state="", seq=0, entered_seq=0, entered_on=day, opened_on=day, regime=law, rights={}
    )


def carried_out(case: Case, name: str, payload: Any, by: Actor, now: datetime = MONDAY) -> Case | Refused:
    """Return the case after the transition, or why not."""
    decision = request.decide(case, name, payload, at(by, now))
    if isinstance(decision, Refused):
        return decision
    return after(case, decision.target, decision.change, at(by, now))


def opened() -> Case:
    case = carried_out(blank(), "open", a_contact(), PEOPLE["sato"])
    assert isinstance(case, Case)
    return case


# -- the table --------------------------------------------------------------------------------------------------------


def test_the_definition_has_the_transitions_of_the_procedure_and_no_others() -> None:
    assert set(request.transitions) == {"open", "open_with_forms", *POSSIBLE}
    assert set(request.states) == OPEN | CLOSED


@pytest.mark.requirement("S43")
def test_each_transition_leads_from_where_to_where_the_procedure_says() -> None:
    declared = {name: set(map(str, t.sources)) for name, t in request.transitions.items() if not t.opens}
    targets = {name: str(t.target) for name, t in request.transitions.items() if t.target is not None}

    assert declared == POSSIBLE
    assert targets == TARGETS


@pytest.mark.requirement("S51")
def test_each_transition_belongs_to_whom_the_procedure_says() -> None:
    declared = {name: set(t.roles) for name, t in request.transitions.items()}

    assert declared == {name: WHO.get(name, {Role.CLERK}) for name in declared}


def test_on_hold_only_what_the_procedure_lists_is_possible() -> None:
    by_people = {name for name, t in request.transitions.items() if t.by_staff and t.on_hold}

    assert by_people == ON_HOLD


@pytest.mark.requirement("S43")
@pytest.mark.parametrize("state", sorted(OPEN | CLOSED))
def test_whatever_is_not_in_the_table_is_refused_from_that_state(state: str) -> None:
    case = replace(opened(), state=state)
    elsewhere = [name for name, sources in POSSIBLE.items() if state not in sources]

    answers = {name: request.decide(case, name, None, at(SYSTEM if WHO.get(name) == {Role.SYSTEM} else EVERYBODY))
               for name in elsewhere}  # fmt: skip

    for name, answer in answers.items():
        assert isinstance(answer, Refused), name
        assert [reason.code for reason in answer.reasons] in (["no_such_way"], ["not_in_state"])


# -- whatever is done in whatever order -------------------------------------------------------------------------------

GRANTED = Decide(outcomes={Right.DISCLOSURE: RightOutcome(outcome=OutcomeName.GRANTED, enclosures=1)})
DENIED = Decide(
    outcomes={Right.DISCLOSURE: RightOutcome(outcome=OutcomeName.REFUSED, ground="harm", explanation="harm")}
)
NOT_PROVEN = Decide(
    outcomes={
        Right.DISCLOSURE: RightOutcome(outcome=OutcomeName.REFUSED, ground="identity_not_proven", explanation="no")
    }
)


def arrival(now: datetime, *, proven: bool, signed: bool = True) -> ReceiveForms:
    return ReceiveForms(
        arrived_at=now,
        forms=(FormName.DISCLOSURE,),
        signed={FormName.DISCLOSURE: signed},
        documents=(a_licence(),) if proven else (),
    )


def orders(now: datetime) -> list[tuple[str, Any]]:
    today = now.astimezone(TOKYO).date()
    letter = "26-000017-Y-01"
    return [
        ("amend", Amend(why="new", subject={"address": "2 Elsewhere"})),
        ("amend", Amend(why="note", note="a note")),
        ("mail_forms", MailForms()),
        ("undeliverable", Undeliverable(reason=ReturnReason.MOVED)),
        ("receive_forms", arrival(now, proven=True)),
        ("receive_forms", arrival(now, proven=False)),
        ("receive_forms", arrival(now, proven=True, signed=False)),
        ("ask_again", AskAgain()),
        ("verify_identity", VerifyIdentity()),
        ("unverify", Unverify(why="the wrong paper")),
        ("decide", GRANTED),
        ("decide", DENIED),
        ("decide", NOT_PROVEN),
        ("fulfil", Fulfil()),
        ("refuse", Nothing()),
        ("withdraw", Withdraw(on=today, how=ToldHow.PHONE)),
        ("void", Void(reason=VoidReason.MISTAKE)),
        ("reopen", arrival(now, proven=True)),
        ("hold", Hold(reason=HoldReason.AWAITING_INFORMATION)),
        ("resume", Nothing()),
        ("extend", Extend(reason=ExtendReason.COMPLEXITY)),
        ("record_posting", RecordPosting(letter=letter)),
        ("record_return", RecordReturn(letter=letter, reason=ReturnReason.MOVED)),
        ("post_again", PostAgain()),
        ("override", AskOverride(what="document:subject", reason="known for years")),
        ("approve", Nothing()),
        *[(name, Fired(name=name, fire_no=1)) for name in ("remind", "escalate", "lapse", "give_up_waiting")],
    ]


ORDERS = len(orders(MONDAY))
step = st.tuples(
    st.integers(0, ORDERS - 1),
    st.sampled_from([*PEOPLE.values(), EVERYBODY, SYSTEM]),
    st.sampled_from([0, 0, 1, 3, 14]),
    st.sampled_from([CodeState.GOOD, CodeState.GOOD, CodeState.WRONG]),
)
REMINDER_POSTED = "record_posting of the reminder"
LATER = {"lapse": 91}
usual = st.sampled_from(
    [
        # The way to an answer, so that random walks get further than the first refusal.
        [("mail_forms", "sato"), ("receive_forms", "sato"), ("verify_identity", "tanaka"), ("decide", "tanaka")],
        [("mail_forms", "sato"), ("receive_forms", "sato"), ("ask_again", "sato"), ("mail_forms", "sato")],
        [
            ("mail_forms", "sato"),
            ("remind", "system"),
            (REMINDER_POSTED, "sato"),
            ("lapse", "system"),
            ("reopen", "sato"),
        ],
        [],
    ]
)


def printed(case: Case) -> Case:
    """Play the printer: what was ordered lies printed on the table."""
    unposted = (LetterState.ORDERED, LetterState.MADE)
    return replace(
        case,
        letters=tuple(
            replace(x, state=LetterState.PRINTED, made_on=case.entered_on, printed_on=case.opened_on)
            if x.state in unposted
            else x
            for x in case.letters
        ),
    )


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(beginning=usual, steps=st.lists(step, max_size=25))
def test_no_sequence_of_orders_skips_a_state_or_answers_without_two_people(
    beginning: list[tuple[str, str]], steps: list[tuple[int, Actor, int, CodeState]]
) -> None:
    case, now = printed(opened()), MONDAY
    walk: list[tuple[str, Any, Actor, int, CodeState]] = []
    for name, who in beginning:
        step_, _, of = name.partition(" ")
        payload = next(payload for found, payload in orders(now) if found == step_)
        if of:
            payload = RecordPosting(letter=f"{case.number}-02")
        actor_ = SYSTEM if who == "system" else PEOPLE[who]
        walk.append((step_, payload, actor_, LATER.get(step_, 0), CodeState.GOOD))
    walk += [(*orders(now)[index], actor, days, code) for index, actor, days, code in steps]
    verified = decided = None

    for name, payload, actor, days, code in walk:
        now += timedelta(days=days)
        if isinstance(payload, ReceiveForms):
            payload = replace(payload, arrived_at=now)  # noqa: PLW2901 - it arrives when it is registered
        case = replace(case, code_state=code)
        decision = request.decide(case, name, payload, at(actor, now))
        assert decision == request.decide(case, name, payload, at(actor, now))  # pure: asked twice, answered alike
        if isinstance(decision, Refused):
            assert decision.reasons, name
            continue
        source = case.state
        case = printed(after(case, decision.target, decision.change, at(actor, now)))
        verified, decided = _people(decision, actor, verified, decided)

        assert source in POSSIBLE[decision.transition]
        assert case.state == TARGETS.get(decision.transition, source)
        if case.state in ("fulfilled", "refused") and source in OPEN:
            assert decided is not None
            assert actor.name not in (verified, decided)
            assert case.state == "refused" or (verified is not None and source == "id_verified")
        if case.state in OPEN:
            assert any(_next(run, case) for run in running(case)), f"nothing will ever be due in {case}"


def _people(
    decision: Decision[Change], actor: Actor, verified: str | None, decided: str | None
) -> tuple[str | None, str | None]:
    """Return who verified and who decided what is in force now, kept apart from what the case says of it."""
    if decision.transition == "verify_identity":
        return actor.name, None
    if decision.transition in ("ask_again", "unverify"):
        return None, None
    return verified, actor.name if decision.transition == "decide" else decided


def _next(run: Any, case: Case) -> object:
    held = () if run.deadline.legal or run.scope == "hold" else case.stretches
    return due_at(run.deadline, 1, run.anchor, CALENDAR, held)


def test_a_verified_case_says_who_verified_and_a_new_decision_who_decided() -> None:
    case = replace(printed(opened()), code_state=CodeState.GOOD)

    for name, payload, who in [
        ("mail_forms", MailForms(), "sato"),
        ("receive_forms", arrival(MONDAY, proven=True), "sato"),
        ("verify_identity", VerifyIdentity(), "tanaka"),
        ("decide", DENIED, "tanaka"),
        ("decide", GRANTED, "sato"),
    ]:
        moved = carried_out(case, name, payload, PEOPLE[who])
        assert isinstance(moved, Case), moved
        case = printed(moved)

    assert (case.verified_by, case.decided_by) == ("tanaka", "sato")
    assert date(2026, 11, 9) == case.arrived_on
