"""The border: what a file or a command line may hold, and how everything wrong with it is said at once."""

import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.intake import BadInput, Contact, Fault, load_file, parse, read_contacts
from services.intake.contacts import columns
from services.intake.text import flaw, tidy
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


def an_opening(**changes: Any) -> dict[str, Any]:
    """Return the plain data of a first contact that has no faults; keys given replace or add."""
    data: dict[str, Any] = {
        "rights": ["disclosure"],
        "category": "customer",
        "channel": "post",
        "language": "ja",
        "subject": {"name": "見本 花子", "address": "東京都千代田区千代田1-1"},
    }
    return {**data, **changes}


def a_return(**changes: Any) -> dict[str, Any]:
    """Return the plain data of forms that came back."""
    return {"arrived_at": "2026-12-01T11:00:00+09:00", **changes}


def faults_of(kind: type, data: dict[str, Any], **options: Any) -> dict[str, str]:
    """Return every fault found, by its field."""
    with pytest.raises(BadInput) as caught:
        parse(kind, data, **options)
    return {fault.field: fault.message for fault in caught.value.faults}


def payload_or_faults(read: Callable[..., Any], *arguments: object) -> Any:
    """Return what is read, or its faults; anything else that is raised is a bug and fails the test."""
    try:
        return read(*arguments)
    except BadInput as bad:
        return bad.faults


def written(folder: Path, content: str | bytes, name: str = "file.yaml") -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# -- payloads -----------------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("rights", [[], None, ["disclosure", "disclosure"], [None], "disclosure", ["Disclosure"]])
def test_a_contact_names_at_least_one_right_and_none_twice(rights: object) -> None:
    assert {field.partition("[")[0] for field in faults_of(Open, an_opening(rights=rights))} == {"rights"}


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
        {"why": "moved", "subject": {"address": "東京都港区港南0-0-0", "birth_date": "1990-04-01", "phone": None}},
    )

    assert payload.subject == {"address": "東京都港区港南0-0-0", "birth_date": "1990-04-01"}
    assert payload.representative is None
    assert amended(Person(name="見本 花子", phone="1"), payload.subject).phone == "1"


def test_an_amendment_that_changes_nothing_or_says_no_reason_is_refused() -> None:
    assert "at least one key that changes" in faults_of(Amend, {"why": "moved"})[""]
    assert set(faults_of(Amend, {"language": "en"})) == {"why"}
    assert set(faults_of(Amend, {"why": "x", "subject": {"nam": "y"}})) == {"subject.nam"}


def test_the_place_of_a_part_of_a_file_is_put_before_its_fields() -> None:
    assert set(faults_of(Open, an_opening(category="guest"), where="open")) == {"open.category"}


def test_every_payload_people_hand_in_can_be_read() -> None:
    kinds = {transition.payload for transition in request.transitions.values() if transition.by_staff}

    answers = [payload_or_faults(parse, kind, {}) for kind in kinds]

    assert all(answers)
    assert len(kinds) > 10


# -- text ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("見本\u202e花子", "U+202E RIGHT-TO-LEFT OVERRIDE is a control character"),
        ("見本\x00花子", "U+0000 is a control character"),
        ("見本\n花子", "U+000A is a control character"),
        ("見本\x1b[31m", "U+001B is a control character"),
        ("見本\u2028花子", "U+2028 LINE SEPARATOR is a control character"),
        ("見本\u200b花子", "U+200B ZERO WIDTH SPACE is an invisible character"),
        ("\ufeff見本", "U+FEFF ZERO WIDTH NO-BREAK SPACE is an invisible character"),
        ("見本\U000e0041", "U+E0041 TAG LATIN CAPITAL LETTER A is an invisible character"),
        ("\u3164", "U+3164 HANGUL FILLER"),
        ("\u2800 \u200d", "U+2800 BRAILLE PATTERN BLANK"),
        ("見本\ud842", "U+D842 is half of a surrogate pair"),
        ("見本\ue000", "U+E000 is a private-use character"),
        ("見本\ufffd", "U+FFFD REPLACEMENT CHARACTER"),
        ("見本\uffff", "U+FFFF"),
    ],
)
def test_a_name_that_cannot_be_printed_is_refused_with_its_code_point(name: str, message: str) -> None:
    assert message in faults_of(Open, an_opening(subject={"name": name}))["subject.name"]
    assert message in faults_of(Open, an_opening(subject={"name": "見本", "address": name}))["subject.address"]


@pytest.mark.parametrize(
    "name",
    [
        "髙橋 﨑子",
        "葛\U000e0100城 花子",
        "𠮷野 太郎",
        "O'Brien, Seán",
        "Łukasz Żółć",
        "神 \ufa19",
        "ｶﾅ ﾀﾛｳ",
        "{{7*7}} <script>",
        "=HYPERLINK('x')",
        "山田　太郎",
    ],
)
def test_a_name_is_kept_as_it_is_written(name: str) -> None:
    assert parse(Open, an_opening(subject={"name": name})).subject.name == name


def test_equal_names_become_equal_bytes() -> None:
    composed, apart = "ガブリエル José", "カ\u3099ブリエル Jose\u0301"

    assert parse(Open, an_opening(subject={"name": f"  {apart}\t"})).subject.name == composed


@given(st.text(max_size=50))
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(
    st.text(
        alphabet=st.characters(
            categories=("L", "N", "P", "S"), exclude_characters="\u115f\u1160\u3164\uffa0\u2800\ufffd"
        )
    )
)
def test_letters_digits_and_signs_are_never_refused(text: str) -> None:
    assert flaw(text) is None


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (an_opening(subject={"name": "あ" * 201}), "subject.name"),
        (an_opening(subject={"name": "見本", "address": "あ" * 501}), "subject.address"),
        (an_opening(note="あ" * 10_001), "note"),
        (an_opening(subject={"name": " "}), "subject.name"),
        (an_opening(subject={"name": "見本", "email": "hanako"}), "subject.email"),
        (an_opening(subject={"name": "見本", "email": "a@example.com\nBcc: b@example.com"}), "subject.email"),
        (an_opening(subject={"name": "見本", "country": "Japan"}), "subject.country"),
        (an_opening(subject="見本 花子"), "subject"),
        (an_opening(address_on_record=1), "address_on_record"),
    ],
)
def test_each_field_has_its_bounds(data: dict[str, Any], field: str) -> None:
    assert set(faults_of(Open, data)) == {field}


def test_the_longest_of_each_is_accepted() -> None:
    subject = {"name": "あ" * 50, "address": "い" * 150, "kana": "う" * 200}

    payload = parse(Open, an_opening(subject=subject, note="う" * 10_000))

    assert (len(payload.subject.name), len(payload.subject.address or ""), len(payload.note or "")) == (50, 150, 10_000)


def test_postcodes_and_telephones_are_kept_in_half_width() -> None:
    subject = {
        "name": "見本",
        "postcode": "１００ー０００１",
        "phone": "０３−００００−００００",
        "email": "ａ@example.com",
    }

    read = parse(Open, an_opening(subject=subject)).subject

    assert (read.postcode, read.phone, read.email) == ("100-0001", "03-0000-0000", "a@example.com")


leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates() | st.datetimes()
wild = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "type", "x"]), inner),
)


@given(st.dictionaries(st.sampled_from([*Open.__dataclass_fields__, *ReceiveForms.__dataclass_fields__]), wild))
@settings(max_examples=200)
def test_whatever_is_handed_in_the_answer_is_a_payload_or_faults(data: dict[str, Any]) -> None:
    for kind in (Open, Amend, ReceiveForms, Decide):
        answer = payload_or_faults(parse, kind, data)

        assert isinstance(answer, kind) or "".join(map(str, answer)).encode()


# -- files --------------------------------------------------------------------------------------------------------


def test_a_file_is_also_read_from_the_standard_input() -> None:
    assert load_file("-", io.BytesIO(b"a: b"))["a"] == "b"


def test_numbers_keep_their_noughts_and_days_are_days(tmp_path: Path) -> None:
    data = load_file(
        written(tmp_path, "phone: 0312345670\npages: 2\non: 2026-12-01\nday: 2026-02-30\nname: '2026-12-01'")
    )

    assert data == {
        "phone": "0312345670",
        "pages": "2",
        "on": date(2026, 12, 1),
        "day": "2026-02-30",
        "name": "2026-12-01",
    }


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    assert set(load_file(written(tmp_path, "\ufeffrights: [disclosure]"))) == {"rights"}


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        ("a: 1\nb: [1\nc: 2", 3, "cannot be understood"),
        ("a: 1\n\ta: 2", 2, "cannot be understood"),
        ("a: 1\nb: \x07", 2, "U+0007"),
        ("a: 1\na: 2", 2, "twice"),
        ("s:\n  n: 1\n  n: 2", 3, "twice"),
        ("a: &x 1\nb: *x", 1, "anchors"),
        ("a: !!python/object/apply:os.system [ls]", 1, "tags"),
        ("a: 1\n---\na: 1", 2, "second document"),
        ("? [a]\n: 1", 1, "key must be text"),
        ("a: " + "[" * 50, 1, "nested too deeply"),
        ("", None, "no keys"),
        ("- a", None, "no keys"),
        ("just words", None, "no keys"),
        (b"a: \x8c\xa9", 1, "UTF-8"),
        (b"a: 1\nb: \xff", 2, "UTF-8"),
        ('{"a": 1,\n"b": }', 2, "cannot be understood"),
        ('{"a": 1, "a": 2}', None, "twice"),
        ('{"a": NaN}', None, "NaN"),
        ('{"a":' * 50_000, None, "nested too deeply"),
        ("a: " + "x" * 1_000_001, None, "larger than 1,000,000 bytes"),
    ],
)
def test_a_malformed_file_is_refused_with_its_line(
    tmp_path: Path, content: str | bytes, line: int | None, says: str
) -> None:
    with pytest.raises(BadInput) as caught:
        load_file(written(tmp_path, content))

    (fault,) = caught.value.faults
    assert fault.line == line
    assert says in fault.message


def test_a_file_that_is_not_there_is_a_fault_and_not_a_crash(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.yaml", tmp_path):
        with pytest.raises(BadInput, match="cannot be read"):
            load_file(path)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
@settings(max_examples=300)
def test_whatever_the_bytes_the_answer_is_a_mapping_or_a_fault(content: bytes) -> None:
    assert payload_or_faults(load_file, "-", io.BytesIO(content))


# -- the CSV of an import -----------------------------------------------------------------------------------------

HEADER = "rights,category,channel,language,subject.name,subject.address,key\n"


def hashed(text: str) -> str:
    """Stand in for the keystore's keyed hash."""
    import hashlib

    return hashlib.sha256(text.encode()).hexdigest()


def rows_of(folder: Path, content: str | bytes, **options: Any) -> list[Contact | Fault]:
    """Return what a CSV file yields."""
    return list(read_contacts(written(folder, content, "contacts.csv"), hashed=hashed, **options))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_contacts_are_read_whatever_excel_saved(tmp_path: Path, encoding: str) -> None:
    text = HEADER + "disclosure;halt_use,customer,post,ja,髙橋 花子,東京都千代田区千代田1-1,k-1\n\n"

    (contact,) = rows_of(tmp_path, text.replace("\n", "\r\n").encode(encoding))

    assert isinstance(contact, Contact)
    assert (contact.line, contact.key) == (2, "k-1")
    assert contact.payload.subject.name == "髙橋 花子"
    assert contact.payload.rights == (Right.DISCLOSURE, Right.HALT_USE)


def test_a_bad_row_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    text = (
        HEADER
        + 'disclosure,customer,post,ja,"見本\n花子",,k-1\n'
        + "disclosure,customer,post,ja,見本 一郎,,k-2\n"
        + "halt,guest,post,ja,見本 次郎,,k-3\n"
        + "disclosure,customer,post,ja,見本 三郎,,k-4,too,many\n"
        + "disclosure,customer,post,ja\n"
    )

    rows = rows_of(tmp_path, text)

    assert [row.line for row in rows if isinstance(row, Contact)] == [4]
    assert [(row.line, row.field) for row in rows if isinstance(row, Fault)] == [
        (2, "subject.name"),
        (5, "rights[0]"),
        (5, "category"),
        (6, ""),
        (7, "subject"),
    ]


def test_a_wrong_column_is_named_with_the_nearest_and_nothing_is_read(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        rows_of(tmp_path, "rights,subject.nmae,subject.nmae,language,language\nx,y,z,ja,ja\n", language="en")

    assert {(fault.field, fault.line) for fault in caught.value.faults} == {("subject.nmae", 1), ("language", 1)}
    assert "did you mean subject.name?" in str(caught.value)


def test_a_row_without_a_key_gets_one_from_what_it_says(tmp_path: Path) -> None:
    first = rows_of(tmp_path, "rights,category,channel,language,subject.name\ndisclosure,customer,post,ja,見本 花子\n")
    moved = rows_of(tmp_path, "category,channel,language,subject.name,rights\ncustomer,post,ja,見本 花子 ,disclosure\n")
    other = rows_of(tmp_path, "category,channel,language,subject.name,rights\ncustomer,post,ja,見本 華子,disclosure\n")

    keys = [row.key for rows in (first, moved, other) for row in rows if isinstance(row, Contact)]

    assert keys[0] == keys[1] != keys[2]
    assert "見本" not in "".join(keys)


@pytest.mark.parametrize("content", ["", "\n", ",,,\n", b"\xff\xfe\x00\x81\xff"])
def test_a_file_that_is_no_csv_of_contacts_is_refused(tmp_path: Path, content: str | bytes) -> None:
    with pytest.raises(BadInput):
        rows_of(tmp_path, content)


def test_a_quote_never_closed_is_a_fault_at_its_line(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, HEADER + 'disclosure,customer,post,ja,"見本\n')

    assert [(type(row), row.line) for row in rows] == [(Fault, 2)]


def test_every_column_of_an_import_can_be_read_and_every_field_has_one(tmp_path: Path) -> None:
    cells = {
        "key": "k",
        "rights": "disclosure",
        "category": "customer",
        "channel": "post",
        "language": "ja",
        "received_at": "2026/11/20 10:15",
        "mail_to": "representative",
        "address_on_record": "true",
        "note": "note",
        "regime": "eu-gdpr",
        "representative.kind": "agent",
    }
    special = {"country": "JP", "email": "a@example.com", "birth_date": "1990/4/1"}
    row = [cells.get(name) or special.get(name.partition(".")[2], "x") for name in columns()]

    (contact,) = rows_of(tmp_path, ",".join(columns()) + "\n" + ",".join(row) + "\n")

    assert isinstance(contact, Contact)
    assert contact.payload.representative is not None
    assert contact.payload.representative.birth_date == date(1990, 4, 1)
    assert contact.payload.received_at is not None
    assert contact.payload.received_at.utcoffset() == timedelta(hours=9)
    assert {name.partition(".")[0] for name in columns()} == {"key", *Open.__dataclass_fields__}


def test_contacts_are_read_one_by_one(tmp_path: Path) -> None:
    row = "disclosure,customer,post,ja,見本 花子,,\n"
    path = written(tmp_path, HEADER + row * 3, "contacts.csv")

    contacts = read_contacts(path, hashed=hashed)
    first = next(contacts)

    assert isinstance(first, Contact)
    assert [contact.line for contact in contacts] == [3, 4]


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("見本 \U00012000子", "U+12000"),
        ("\U00031350", "U+31350"),
        ("می\u200cخواهم", "U+0645"),
        ("A \U0001f9ff", "U+1F9FF"),
    ],
)
def test_a_name_no_font_carries_is_refused_by_its_character_before_a_case_is_opened(name: str, named: str) -> None:
    faults = faults_of(Open, an_opening(subject={"name": name}))

    assert named in faults["subject.name"]


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
