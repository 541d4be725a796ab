"""Fraud (F6): one document for two people, one address for two families, too many requests: held for the lead."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from models.session import reading
from services.intake import parse
from services.reports.cases import why
from services.reports.notices import notices
from services.reports.worklist import Wanted, worklist
from tests.office import CLERK, LEAD, MONDAY, VERIFIER, TestOffice, codes_of
from tests.people import a_licence, a_person
from tests.services.suspicions import NUMBER, come_back, suspicion
from workflows.engine.codec import to_plain
from workflows.engine.values import Actor, Role
from workflows.law.values import RepresentativeKind, Right
from workflows.request.payloads import Amend, ReceiveForms, Void
from workflows.request.values import Party, Person, VoidReason


def an_agent(**changes: Any) -> Person:
    """Return an invented agent by mandate."""
    return a_person(kind=RepresentativeKind.AGENT, **changes)


# -- F6: the same document --------------------------------------------------------------------------------------------


@pytest.mark.requirement("F6")
def test_a_document_that_was_shown_for_somebody_else_holds_the_case_for_the_lead(office: TestOffice) -> None:
    first = come_back(office)

    second = come_back(office)

    assert suspicion(office, second) == ("suspected_fraud", (first,))
    assert suspicion(office, first) is None
    assert codes_of(office.do(second, "verify_identity", by=VERIFIER).reasons) == ["on_hold"]
    assert codes_of(office.do(second, "resume", by=CLERK).reasons) == ["held_by_system"]
    assert office.do(second, "resume", by=LEAD).outcome == "done"


@pytest.mark.requirement("F6")
def test_the_same_subject_may_show_the_same_licence_twice(office: TestOffice) -> None:
    subject = a_person()
    come_back(office, subject=subject)

    again = come_back(office, subject=subject)

    assert suspicion(office, again) is None


@pytest.mark.requirement("F6")
def test_another_kind_of_document_may_bear_the_same_number(office: TestOffice) -> None:
    come_back(office)
    case, code = office.mailed()
    passport = a_licence(type="passport", number=NUMBER)

    office.must(case, "receive_forms", replace(office.an_arrival(code), documents=(passport,)))

    assert suspicion(office, case) is None


@pytest.mark.requirement("F6")
@pytest.mark.parametrize(
    ("document_type", "number", "suspicious"),
    [
        ("drivers_licence", "O123 4567 8900", True),
        ("drivers_licence", "０１２３ー４５６７ー８９ＯＯ", True),
        ("driving_record_certificate", NUMBER, True),
        ("driving_record_certificate", "OI23 4567 89OO", True),
        ("residence_card", NUMBER, False),
    ],
)
def test_somebody_elses_number_is_seen_however_it_is_written_and_on_either_paper_of_driving(
    office: TestOffice, document_type: str, number: str, suspicious: bool
) -> None:
    first = come_back(office)
    case, code = office.mailed()
    paper = {**to_plain(a_licence(type=document_type)), "number": number}
    typed = {name: value for name, value in paper.items() if name not in ("arrived_on", "looked_at")}
    arrival = {**to_plain(office.an_arrival(code)), "documents": [typed]}

    office.must(case, "receive_forms", parse(ReceiveForms, arrival))

    found = suspicion(office, case)
    assert (found is not None) is suspicious
    assert not suspicious or first in str(found)


@pytest.mark.requirement("F6")
def test_a_representative_may_show_their_own_licence_for_a_second_subject(office: TestOffice) -> None:
    agent = an_agent()
    come_back(office, holder=Party.REPRESENTATIVE, representative=agent)

    again = come_back(office, holder=Party.REPRESENTATIVE, representative=agent)
    as_their_own = come_back(office, holder=Party.REPRESENTATIVE, representative=an_agent())

    assert suspicion(office, again) is None
    assert suspicion(office, as_their_own) is not None


# -- F6: the same address ---------------------------------------------------------------------------------------------

HOME = "3-21 Example, Chiyoda-ku, Tokyo"


@pytest.mark.requirement("F6")
@pytest.mark.parametrize(
    ("address", "again"),
    [
        (HOME, HOME),
        (HOME, "３－２１ example Chiyoda-ku Tokyo"),
        ("東京都千代田区千代田3丁目2番1号", "東京都千代田区千代田 3-2-1"),
    ],
)
def test_one_return_address_of_two_families_is_held_however_it_is_written(
    office: TestOffice, address: str, again: str
) -> None:
    first = office.opened(subject=a_person(name="Sample Hanako", address=address))

    second = office.opened(subject=a_person(name="Example Taro", address=again))

    assert suspicion(office, second) == ("suspected_fraud", (first,))


@pytest.mark.requirement("F6")
@pytest.mark.parametrize(
    ("name", "other", "address", "again"),
    [
        ("Sample Hanako", "Taro Hanako", HOME, HOME),
        ("見本 花子", "見本　太郎", HOME, HOME),
        ("ﾐﾎﾝ ﾊﾅｺ", "ミホン タロウ", HOME, HOME),
        ("Sample Hanako", "Example Taro", HOME, "32-1 Example, Chiyoda-ku, Tokyo"),
    ],
    ids=["one family", "one family in Japanese", "one family in narrow letters", "house 21 of block 3 is not 32-1"],
)
def test_one_family_at_one_address_or_two_at_two_are_not_held(
    office: TestOffice, name: str, other: str, address: str, again: str
) -> None:
    office.opened(subject=a_person(name=name, address=address))

    second = office.opened(subject=a_person(name=other, address=again))

    assert suspicion(office, second) is None


@pytest.mark.requirement("F6")
def test_an_agent_does_not_hide_that_the_return_address_is_another_familys(office: TestOffice) -> None:
    first = office.opened(subject=a_person(address=HOME))

    second = office.opened(subject=a_person(address=HOME), representative=an_agent())

    assert suspicion(office, second) == ("suspected_fraud", (first,))


@pytest.mark.requirement("F6")
def test_one_representatives_letters_for_two_subjects_share_an_address_by_nature(office: TestOffice) -> None:
    agent = an_agent()
    office.opened(representative=agent, mail_to=Party.REPRESENTATIVE)

    second = office.opened(representative=agent, mail_to=Party.REPRESENTATIVE)
    stranger = office.opened(representative=an_agent(address=agent.address), mail_to=Party.REPRESENTATIVE)

    assert suspicion(office, second) is None
    assert suspicion(office, stranger) is not None


@pytest.mark.requirement("F6")
def test_an_address_that_is_changed_is_looked_at_like_a_new_one(office: TestOffice) -> None:
    first = office.opened(subject=a_person(address=HOME))
    moved, noted = office.opened(), office.opened()

    office.must(moved, "amend", Amend(why="they moved", subject={"address": HOME}))
    office.must(noted, "amend", Amend(why="they called", note="called", subject={"phone": "03-0000-0000"}))

    assert suspicion(office, moved) == ("suspected_fraud", (first,))
    assert suspicion(office, noted) is None


# -- F6: too many -----------------------------------------------------------------------------------------------------


@pytest.mark.requirement("F6")
def test_the_third_request_of_one_subject_in_ninety_days_is_held(office: TestOffice) -> None:
    subject = a_person()
    first = office.opened(subject=subject)
    office.move_to(MONDAY + timedelta(days=45))
    second = office.opened(subject=subject, rights=(Right.CORRECTION,))
    office.move_to(MONDAY + timedelta(days=90))

    third = office.opened(subject=subject, rights=(Right.PURPOSE_NOTICE,))

    assert suspicion(office, second) is None
    assert suspicion(office, third) == ("suspected_fraud", (first, second))


@pytest.mark.requirement("F6")
def test_a_third_request_in_the_fourth_month_is_not_held(office: TestOffice) -> None:
    subject = a_person()
    office.opened(subject=subject)
    office.move_to(MONDAY + timedelta(days=45))
    office.opened(subject=subject)
    office.move_to(MONDAY + timedelta(days=91))

    third = office.opened(subject=subject)

    assert suspicion(office, third) is None


@pytest.mark.requirement("F6")
def test_a_request_that_was_opened_by_mistake_does_not_count(office: TestOffice) -> None:
    subject = a_person()
    mistake = office.opened(subject=subject)
    office.must(mistake, "void", Void(reason=VoidReason.MISTAKE), LEAD)
    office.opened(subject=subject)

    second = office.opened(subject=subject)

    assert suspicion(office, second) is None


@pytest.mark.requirement("F6")
def test_the_third_case_of_one_representative_is_held_and_the_second_is_not(office: TestOffice) -> None:
    agent = an_agent()
    first = office.opened(representative=agent)
    second = office.opened(representative=agent)

    third = office.opened(representative=agent)

    assert suspicion(office, second) is None
    assert suspicion(office, third) == ("suspected_fraud", (first, second))


@pytest.mark.requirement("F6")
def test_who_looks_is_told_why_a_case_is_held_and_with_which_others(office: TestOffice) -> None:
    first = office.opened(subject=a_person(address=HOME))
    second = office.opened(subject=a_person(address=HOME))

    with reading(office.engine) as db:
        here = office.at(db)
        (line,) = worklist(db, here, Wanted(number=second))
        (told,) = notices(db, here, "en")
        answer = why(db, office.case(second), here, Actor(CLERK, frozenset({Role.CLERK})))

    blocked = dict(answer["blocked"])
    assert (line["hold"]["by"], line["hold"]["code"], line["hold"]["with"]) == ("system", "suspected_fraud", [first])
    assert (told["case"], told["role"], told["code"]) == (second, "lead", "suspicion_shared_address")
    assert first in told["text"]
    assert codes_of(blocked["resume"]) == ["held_by_system"]
    assert codes_of(blocked["mail-forms"]) == ["on_hold"]
