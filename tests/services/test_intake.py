"""The border: what a contact, a return or an order may hold, and how everything wrong with it is said at once."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from services.intake import BadInput, Fault, load_file, parse
from tests.services.handed_in import an_opening, faults_of, payload_or_faults, written
from workflows.law.values import Category, OutcomeName, RepresentativeKind, Right, RightOutcome
from workflows.letters import MailClass
from workflows.request.kept import amended
from workflows.request.payloads import (
    Amend,
    AskAgain,
    AskOverride,
    Decide,
    Fulfil,
    Hold,
    MailForms,
    Open,
    ReceiveForms,
    Withdraw,
)
from workflows.request.procedure import request
from workflows.request.values import (
    Authority,
    Correction,
    Document,
    FormName,
    Halt,
    HoldReason,
    Masking,
    Party,
    Person,
    ToldHow,
)

CONTRACT_OPEN = """
rights: [disclosure, halt_use]          # comments are allowed
category: customer
channel: post
language: ja
received_at: 2026-11-20T10:15:00+09:00
subject: {name: 見本 花子, kana: ミホン ハナコ, postcode: 100-0001, address: 東京都千代田区千代田1-1, country: JP, phone: , email: , birth_date: }
representative: {kind: minor, name: 見本 一郎, postcode: 100-0001, address: 東京都千代田区千代田1-1}
mail_to: representative
address_on_record: true
note: free text
"""  # noqa: E501 - as a user writes it

CONTRACT_RETURN = """
arrived_at: 2026-12-01T11:00:00+09:00
forms: [disclosure]
pages: 2
signed: {disclosure: true}
rights: [disclosure]
documents:
  - {holder: subject, type: drivers_licence, photo: true, expires_on: 2028-04-01, address: stated, name_matches: true,
     masking: not_shown, number: "1234 5678-9012"}
  - {holder: representative, type: resident_record, issued_on: 2026-11-01, address: stated, name_matches: true,
     masking: masked}
authority: {type: family_register, issued_on: 2026-10-20}
corrections: [{item: 生年月日, wrong: 1990-01-02, right: 1990-02-01}]
halt: {measure: cease, reason: unneeded}
method: paper
"""


def a_return(**changes: Any) -> dict[str, Any]:
    """Return the plain data of forms that came back."""
    return {"arrived_at": "2026-12-01T11:00:00+09:00", **changes}


@pytest.mark.requirement("S5", "S15")
def test_a_first_contact_is_read_as_the_contract_writes_it(tmp_path: Path) -> None:
    payload = parse(Open, load_file(written(tmp_path, CONTRACT_OPEN)))

    assert payload.rights == (Right.DISCLOSURE, Right.HALT_USE)
    assert payload.category is Category.CUSTOMER
    assert payload.subject == Person(
        name="見本 花子", kana="ミホン ハナコ", postcode="100-0001", address="東京都千代田区千代田1-1"
    )
    assert payload.representative is not None
    assert payload.representative.kind is RepresentativeKind.MINOR
    assert payload.mail_to is Party.REPRESENTATIVE
    assert payload.received_at == datetime(2026, 11, 20, 1, 15, tzinfo=UTC)
    assert payload.address_on_record is True


@pytest.mark.requirement("S19", "S27")
def test_returned_forms_are_read_as_the_contract_writes_them(tmp_path: Path) -> None:
    payload = parse(ReceiveForms, load_file(written(tmp_path, CONTRACT_RETURN)))

    assert payload.forms == (FormName.DISCLOSURE,)
    assert payload.signed == {FormName.DISCLOSURE: True}
    assert payload.documents[0] == Document(
        holder=Party.SUBJECT,
        type="drivers_licence",
        photo=True,
        expires_on=date(2028, 4, 1),
        address=payload.documents[0].address,
        name_matches=True,
        masking=Masking.NOT_SHOWN,
        number="123456789012",
    )
    assert payload.authority == Authority(type="family_register", issued_on=date(2026, 10, 20))
    assert payload.corrections == (Correction(item="生年月日", wrong="1990-01-02", right="1990-02-01"),)
    assert payload.halt == Halt(measure="cease", reason="unneeded")


def test_the_same_contact_in_json_is_the_same_payload(tmp_path: Path) -> None:
    yaml = written(tmp_path, CONTRACT_OPEN)
    plain = json.loads(json.dumps(load_file(yaml), default=str))
    plain["subject"]["name"] = "𠮷野 花子"
    in_json = written(tmp_path, json.dumps(plain), "file.json")

    payload = parse(Open, load_file(in_json))

    assert payload.subject.name == "𠮷野 花子"
    assert parse(Open, load_file(yaml)).received_at == payload.received_at


def test_every_fault_is_named_at_once_with_its_place_and_line(tmp_path: Path) -> None:
    text = """
rights: [disclosure, halt]
categry: customer
channel: fax
subject:
  name: "見本\\u202e 花子"
  birth_date: 2001-02-30
representative: {name: 見本 一郎}
"""

    with pytest.raises(BadInput) as caught:
        parse(Open, load_file(written(tmp_path, text)))

    found = {(fault.field, fault.line) for fault in caught.value.faults}
    assert found == {
        ("rights[1]", 2),
        ("categry", 3),
        ("channel", 4),
        ("language", 2),
        ("category", 2),
        ("subject.name", 6),
        ("subject.birth_date", 7),
        ("representative.kind", 8),
    }


def test_a_fault_says_what_would_work_in_the_readers_language() -> None:
    data = an_opening(rights=["disclosure", "halt"])

    english = faults_of(Open, data, language="en")["rights[1]"]
    japanese = faults_of(Open, data, language="ja")["rights[1]"]

    assert english.startswith("'halt' is not a right; one of purpose_notice, disclosure")
    assert japanese.startswith("'halt' は請求の種類ではありません。purpose_notice")


def _names(text: str) -> Iterator[str]:
    import string

    return (name for _, name, _, _ in string.Formatter().parse(text) if name)


def test_a_misspelt_key_is_answered_with_the_nearest_one() -> None:
    found = faults_of(Open, an_opening(subject={"name": "見本 花子", "adress": "東京都"}))

    assert found == {"subject.adress": "there is no 'adress'; did you mean address?"}


def test_keys_the_office_fills_in_itself_are_unknown_in_a_file() -> None:
    documents = [{"holder": "subject", "type": "passport", "masking": "masked", "arrived_on": "2026-01-01"}]

    assert set(faults_of(ReceiveForms, a_return(documents=documents))) == {"documents[0].arrived_on"}
    assert set(faults_of(Open, an_opening(subject={"name": "見本", "kind": "agent"}))) == {"subject.kind"}


def test_a_key_that_holds_nothing_counts_as_absent() -> None:
    payload = parse(Open, an_opening(note=None, mail_to="", representative=None, received_at=""))

    assert payload == parse(Open, an_opening())


@pytest.mark.parametrize("rights", [[], None, ["disclosure", "disclosure"], [None], "", ["Disclosure"]])
def test_a_contact_names_at_least_one_right_and_none_twice(rights: object) -> None:
    assert {field.partition("[")[0] for field in faults_of(Open, an_opening(rights=rights))} == {"rights"}


@pytest.mark.parametrize("rights", ["disclosure, halt_use", "開示、利用停止", ["開示", "利用停止"]])
def test_rights_may_stand_in_one_text_as_in_the_cell_of_a_table(rights: object) -> None:
    assert parse(Open, an_opening(rights=rights)).rights == (Right.DISCLOSURE, Right.HALT_USE)


def test_letters_to_a_representative_without_an_address_are_told_of() -> None:
    notes: list[Fault] = []
    whose = {"kind": "minor", "name": "見本 一郎"}

    parse(Open, an_opening(representative=whose, mail_to="representative"), notes=notes)
    parse(Open, an_opening(representative={**whose, "address": "東京都例町1-1"}, mail_to="representative"), notes=notes)

    assert [note.field for note in notes] == ["representative.address"]
    assert "address is not known yet" in notes[0].message


@pytest.mark.requirement("S24")
def test_mail_to_a_representative_needs_one() -> None:
    assert set(faults_of(Open, an_opening(mail_to="representative"))) == {"mail_to"}
    assert set(faults_of(Open, an_opening(representative={"name": "見本 一郎"}))) == {"representative.kind"}


@pytest.mark.requirement("S27")
def test_a_document_without_an_answer_about_masking_is_refused() -> None:
    documents = [{"holder": "subject", "type": "passport"}]

    assert set(faults_of(ReceiveForms, a_return(documents=documents))) == {"documents[0].masking"}


@pytest.mark.parametrize("paper", ["my_number_card", "health_insurance_card", "pension_notebook", "resident_record"])
def test_the_number_of_a_paper_that_nobody_may_keep_is_dropped(paper: str) -> None:
    document = {"holder": "subject", "type": paper, "masking": "masked", "number": "1234"}

    payload = parse(ReceiveForms, a_return(documents=[document]))

    assert payload.documents[0].number is None


@pytest.mark.parametrize(
    "paper", ["drivers_licence", "passport", "residence_card", "special_permanent_resident_certificate"]
)
def test_one_number_of_a_paper_has_one_spelling(paper: str) -> None:
    document = {"holder": "subject", "type": paper, "masking": "masked"}
    spellings = ["tk1234567", "TK 123-4567", "ＴＫ１２３４５６７"]

    read = {parse(ReceiveForms, a_return(documents=[{**document, "number": n}])).documents[0].number for n in spellings}

    assert read == {"TK1234567"}


def test_an_unknown_document_or_proof_is_named_with_those_there_are() -> None:
    data = a_return(
        documents=[{"holder": "subject", "type": "library_card", "masking": "masked"}], authority={"type": "letter"}
    )

    found = faults_of(ReceiveForms, data)

    assert "drivers_licence" in found["documents[0].type"]
    assert "proxy_statement" in found["authority.type"]


def test_a_time_without_a_zone_is_the_offices() -> None:
    assert parse(ReceiveForms, {"arrived_at": "2026-12-01 11:00"}).arrived_at == datetime(2026, 12, 1, 2, tzinfo=UTC)
    assert parse(ReceiveForms, {"arrived_at": "2026-12-01T11:00Z"}).arrived_at == datetime(2026, 12, 1, 11, tzinfo=UTC)


@pytest.mark.parametrize("value", ["2026-12-01", date(2026, 12, 1), 1764554400, True, "yesterday", "0001-01-01T00:00"])
def test_an_arrival_is_a_moment_and_nothing_is_guessed(value: object) -> None:
    assert set(faults_of(ReceiveForms, {"arrived_at": value})) == {"arrived_at"}


@pytest.mark.parametrize("value", [date(2026, 12, 1), "2026-12-01", "2026/12/1", "２０２６／１２／０１"])
def test_a_day_is_read_as_people_write_it(value: object) -> None:
    assert parse(MailForms, {"on": value}).on == date(2026, 12, 1)


@pytest.mark.parametrize(
    "value", ["2026-02-30", 20261201, "12/1", datetime(2026, 12, 1, tzinfo=UTC), [1], "9999-01-01"]
)
def test_what_is_no_day_is_refused(value: object) -> None:
    assert set(faults_of(MailForms, {"on": value})) == {"on"}


def test_options_of_the_command_line_may_have_their_types_already() -> None:
    payload = parse(Withdraw, {"on": date(2026, 12, 1), "how": ToldHow.PHONE})

    assert payload == Withdraw(on=date(2026, 12, 1), how=ToldHow.PHONE)
    assert parse(MailForms, {"mail_class": "simple-registered"}).mail_class is MailClass.SIMPLE_REGISTERED
    assert parse(Fulfil, {"confirm": (Right.HALT_USE,)}).confirm == (Right.HALT_USE,)
    assert parse(Fulfil, {"confirm": ("halt-use",)}).confirm == (Right.HALT_USE,)


def test_only_people_set_the_reasons_of_people() -> None:
    assert parse(Hold, {"reason": "other"}).reason is HoldReason.OTHER
    assert "set by the system" in faults_of(Hold, {"reason": "wrong_code"})["reason"]


@pytest.mark.parametrize(
    "words",
    [["unsigned"], ["form:proxy", "pages"], ["document:subject"], ["masking:passport"], ["authority", "address"], []],
)
def test_what_is_missing_is_named_in_the_words_of_the_contract(words: list[str]) -> None:
    assert parse(AskAgain, {"missing": words}).missing == tuple(words)


@pytest.mark.parametrize("word", ["signature", "form:", "form:letter", "document:neighbour", "masking:moon", "", 3])
def test_other_words_for_what_is_missing_are_refused(word: object) -> None:
    assert set(faults_of(AskAgain, {"missing": [word]})) == {"missing[0]"}
    assert "what" in faults_of(AskOverride, {"what": word, "reason": "because"})


@pytest.mark.requirement("S49")
def test_a_decision_is_read_right_by_right() -> None:
    payload = parse(
        Decide,
        {
            "outcomes": {
                "disclosure": {"outcome": "granted", "enclosures": 3},
                "halt_use": {"outcome": "refused", "ground": "no_ground_to_halt", "explanation": "一行目\r\n二行目"},
            }
        },
    )

    assert payload.outcomes == {
        Right.DISCLOSURE: RightOutcome(outcome=OutcomeName.GRANTED, enclosures=3),
        Right.HALT_USE: RightOutcome(
            outcome=OutcomeName.REFUSED, ground="no_ground_to_halt", explanation="一行目\n二行目"
        ),
    }


def test_a_decision_with_nothing_in_it_or_free_text_for_a_ground_is_refused() -> None:
    free = {"outcomes": {"disclosure": {"outcome": "refused", "ground": "Ms Example is a nuisance", "enclosures": -1}}}

    assert set(faults_of(Decide, {"outcomes": {}})) == {"outcomes"}
    assert set(faults_of(Decide, free)) == {"outcomes.disclosure.ground", "outcomes.disclosure.enclosures"}
    assert set(faults_of(Decide, {"outcomes": {"deletion": {"outcome": "granted"}}})) == {"outcomes.deletion"}


def test_an_amendment_carries_only_the_keys_it_was_given() -> None:
    payload = parse(
        Amend,
        {"why": "moved", "subject": {"address": "東京都港区港南0-0-0", "birth_date": "1990-04-01"}},
    )

    assert payload.subject == {"address": "東京都港区港南0-0-0", "birth_date": "1990-04-01"}
    assert payload.representative is None
    assert amended(Person(name="見本 花子", phone="1"), payload.subject).phone == "1"


def test_an_amendment_that_changes_nothing_or_says_no_reason_is_refused() -> None:
    assert "at least one key that changes" in faults_of(Amend, {"why": "moved"})[""]
    assert set(faults_of(Amend, {"language": "en"})) == {"why"}
    assert set(faults_of(Amend, {"why": "x", "subject": {"nam": "y"}})) == {"subject.nam"}


@pytest.mark.parametrize(
    ("person", "named"),
    [
        ({"address": None, "postcode": None, "name": ""}, {"subject.address", "subject.postcode", "subject.name"}),
        ({"phone": None, "address": "東京都港区港南0-0-0"}, {"subject.phone"}),
        ({"email": "  ", "kana": "ミホン"}, {"subject.email"}),
    ],
)
def test_an_amendment_cannot_put_nothing_in_the_place_of_what_stands(person: dict[str, Any], named: set[str]) -> None:
    found = faults_of(Amend, {"why": "住所が誤り", "subject": person})

    assert named <= set(found)
    assert all("Leave the key out" in found[place] for place in named)
    assert set(faults_of(Amend, {"why": "x", "representative": person})) >= {
        place.replace("subject", "representative") for place in named
    }


def test_a_withdrawal_without_a_day_is_today_s() -> None:
    assert parse(Withdraw, {"how": "phone"}) == Withdraw(on=None, how=ToldHow.PHONE)


def test_the_place_of_a_part_of_a_file_is_put_before_its_fields() -> None:
    assert set(faults_of(Open, an_opening(category="guest"), where="open")) == {"open.category"}


def test_every_payload_people_hand_in_can_be_read() -> None:
    kinds = {transition.payload for transition in request.transitions.values() if transition.by_staff}

    answers = [payload_or_faults(parse, kind, {}) for kind in kinds]

    assert all(answers)
    assert len(kinds) > 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What a procedure that nobody described to the border takes."""

    type: str
    weight: float
    number: int = 0
    marks: Mapping[str, int] = field(default_factory=dict)


def test_a_payload_nobody_described_is_read_by_its_types_alone() -> None:
    read = parse(Parcel, {"type": "umbrella", "weight": "1.5", "number": -20_000, "marks": {"red": 2}})

    assert read == Parcel(type="umbrella", weight=1.5, number=-20_000, marks={"red": 2})


def test_whatever_is_wrong_with_such_a_payload_is_told_at_its_place() -> None:
    with pytest.raises(BadInput) as bad:
        parse(Parcel, {"wieght": 1, "weight": "heavy", "marks": {"red": "two"}})

    told = {fault.field: fault.message for fault in bad.value.faults}
    assert told.keys() == {"wieght", "weight", "type", "marks.red"}
    assert "weight" in told["wieght"]
    assert "1.5" in told["weight"]


def test_a_text_nobody_described_may_stand_in_a_letter_and_holds_what_can_be_printed() -> None:
    with pytest.raises(BadInput) as bad:
        parse(Parcel, {"type": "\U0001f9e5", "weight": 1})

    assert [fault.field for fault in bad.value.faults] == ["type"]
