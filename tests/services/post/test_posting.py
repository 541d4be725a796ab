"""The post room posts what was printed, shows drafts, and counts what lies there."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from models import case as cases
from models.letter import letter
from models.session import reading
from services.letters import post
from services.letters.printing import NoSuchLetter
from services.request import drafts
from tests.office import MONDAY, TestOffice
from tests.services.post.room import MOVED, letters_of, made, printed, states
from workflows.law.values import OutcomeName, Right, RightOutcome
from workflows.letters import RecordReturn, ReturnReason
from workflows.request.letters import RequestLetter
from workflows.request.payloads import Decide

# -- posting ------------------------------------------------------------------------------------------------------


def carried_out(office: TestOffice, mails: list[post.Mail]) -> list[tuple[str, str, list[str]]]:
    told = []
    for mail in mails:
        outcome = office.do(mail.case, mail.transition, mail.payload)
        told.append((mail.letter, outcome.outcome, [reason.code for reason in outcome.reasons]))
    return told


@pytest.mark.requirement("S17")
def test_posting_a_batch_moves_its_cases_and_names_the_successor_of_a_void_letter(
    office: TestOffice, folder: Path
) -> None:
    good, moved = made(office), made(office)
    printed(office, None, folder)
    office.must(moved, "amend", MOVED)

    with reading(office.engine) as db:
        mails = post.postings(db, [], "B26-0001")
    told = carried_out(office, mails)

    assert told == [(f"{good}-01", "done", []), (f"{moved}-01", "refused", ["letter_void_successor"])]
    with reading(office.engine) as db:
        found = cases.find(db, good)
    assert found is not None
    assert found.state == "forms_mailed"


def test_a_batch_with_nothing_left_to_post_says_so(one_office: TestOffice, folder: Path) -> None:
    made(one_office)
    printed(one_office, None, folder)
    with reading(one_office.engine) as db:
        carried_out(one_office, post.postings(db, [], "B26-0001"))

    with reading(one_office.engine) as db:
        with pytest.raises(post.NothingPrinted):
            post.postings(db, [], "B26-0001")
        with pytest.raises(post.NothingPrinted):
            post.postings(db, [], "B26-0404")
        repeated = post.postings(db, [], "B26-0001", answered=lambda number: True)

    assert len(repeated) == 1


def test_unknown_letters_are_all_named_at_once(one_office: TestOffice) -> None:
    case = made(one_office)

    with reading(one_office.engine) as db, pytest.raises(NoSuchLetter) as unknown:
        post.postings(db, [f"{case}-01", f"{case}-02", f"{case}-03"], None)

    assert unknown.value.numbers == (f"{case}-02", f"{case}-03")


def test_the_return_of_a_rounds_mailing_brings_the_case_back(office: TestOffice) -> None:
    case = office.mailed()[0]
    office.move_to(MONDAY + timedelta(days=5))

    with reading(office.engine) as db:
        mail = post.homecoming(db, f"{case}-01", ReturnReason.MOVED, None)
    told = carried_out(office, [mail])

    assert told == [(f"{case}-01", "done", [])]
    assert isinstance(mail.payload, RecordReturn)
    assert states(office, case) == ["returned"]


# -- drafts -------------------------------------------------------------------------------------------------------


def draft_of(office: TestOffice, case: str) -> Any:
    with reading(office.engine) as db:
        return drafts.draft(db, case, office.at(db))


@pytest.mark.requirement("S20")
def test_a_draft_shows_the_answer_as_decided_without_number_and_writes_nothing(office: TestOffice) -> None:
    case = office.decided()
    before = letters_of(office, case)

    content = draft_of(office, case)

    assert isinstance(content, RequestLetter)
    assert content.draft
    assert [(answer.right, answer.outcome) for answer in content.answers] == [(Right.DISCLOSURE, OutcomeName.GRANTED)]
    assert content.addressee.name.startswith("Sample")
    assert letters_of(office, case) == before


def test_a_draft_before_the_decision_says_what_is_missing(one_office: TestOffice) -> None:
    early, undecided, closed = made(one_office), one_office.verified(), one_office.fulfilled()

    told = [draft_of(one_office, case) for case in (early, undecided, closed)]

    assert [[reason.code for reason in one.reasons] for one in told] == [
        ["draft.too_early"],
        ["right_undecided"],
        ["draft.closed"],
    ]


def test_a_procedural_refusal_can_be_drafted_before_identity_is_verified(one_office: TestOffice) -> None:
    case = one_office.returned()
    refusal = RightOutcome(
        outcome=OutcomeName.REFUSED, ground="method_not_followed", explanation="書式に署名がありません。"
    )
    one_office.must(case, "decide", Decide(outcomes={Right.DISCLOSURE: refusal}))

    content = draft_of(one_office, case)

    assert isinstance(content, RequestLetter)
    assert content.answers[0].ground == "method_not_followed"


# -- the count ----------------------------------------------------------------------------------------------------


def test_the_morning_count_balances_and_shows_when_it_does_not(office: TestOffice, folder: Path) -> None:
    office.mailed()[0]
    voided = made(office)
    office.must(voided, "amend", MOVED)
    made(office)
    printed(office, None, folder)
    made(office)

    with reading(office.engine) as db:
        count = post.morning_count(db)
    with office.writing() as db:
        db.execute(update(letter).where(letter.c.state == "printed").values(printed_at=None))
        unbalanced = post.morning_count(db)

    assert count == {"ordered": 1, "waiting": 1, "tray": 1, "stopped": 0, "odd": [], "balanced": True}
    assert not unbalanced["balanced"]
    assert len(unbalanced["odd"]) == 1
