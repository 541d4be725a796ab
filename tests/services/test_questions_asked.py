"""The questions a person is asked are the fields of the payload: none forgotten, each worded, each read as a file's."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields as fields_of_dataclass
from dataclasses import is_dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from commands.transitions import by_file
from services.intake import parse
from services.intake.questions import Question, Sort, assembled, fields_of, places, plan, read_answer
from tests.people import a_contact, a_licence
from workflows.engine.codec import written
from workflows.engine.hints import Seen
from workflows.engine.numbers import make_code, print_code
from workflows.law import regime
from workflows.law.values import RepresentativeKind, Right
from workflows.letters import DeliveryWay, MailClass, MailExtra
from workflows.office import OfficeProcedure
from workflows.office.applied import applied
from workflows.office.reading import read_procedure
from workflows.registry import hints, procedures
from workflows.request.asking import HINTS
from workflows.request.case import Case
from workflows.request.course_payloads import ChooseDelivery
from workflows.request.payloads import Decide, Inquiry, Open, ReceiveForms
from workflows.request.procedure import request
from workflows.request.values import FormName, Party
from workflows.search.payloads import Answer, Ask
from workflows.search.payloads import AskAgain as MoreOfADepartment
from workflows.words import is_worded

NOW = datetime(2026, 12, 2, 14, 30, tzinfo=UTC)
UNASKED = {"Open.regime"}
"""What only a file says: the law is the office's usual one."""
ASKED = [
    *dict.fromkeys(each.payload for each in request.transitions.values() if each.by_staff and by_file(each)),
    Inquiry,
]
TYPED = {
    Sort.DAY: "2028-04-01", Sort.MOMENT: "2026-12-02 10:00", Sort.NUMBER: "2", Sort.TEXT: "見本", Sort.FLAG: True,
    Sort.TEXTS: ["A", "B"],
}  # fmt: skip


def a_case(**more: Any) -> Case:
    given: dict[str, Any] = {
        "number": "26-000001-D", "state": "forms_mailed", "seq": 3, "entered_seq": 3, "entered_on": date(2026, 11, 20),
        "opened_on": date(2026, 11, 18), "regime": regime("jp-appi"), "rights": {Right.DISCLOSURE: None},
        "addresses": frozenset({Party.SUBJECT}),
    }  # fmt: skip
    return Case(**{**given, **more})


AGENT = a_case(
    rights={Right.DISCLOSURE: None, Right.CORRECTION: None, Right.HALT_USE: None},
    representative=RepresentativeKind.AGENT,
)
VERIFIED = replace(AGENT, state="id_verified")
SEVERAL = read_procedure(
    """
from = 2026-11-01
[[identity]]
enough = [[{ of = "photo", original = true }]]
reason_ja = "なりすましの防止"
reason_en = "against impostors"
[[representative]]
kind = "relative"
degree = 2
proofs = [["proxy_statement", "subject_seal_certificate", { of = "kinship_register", original = true }]]
""",
    "procedure.toml",
    {"jp-appi": regime("jp-appi")},
)
assert isinstance(SEVERAL, OfficeProcedure)
A_RELATIVE = a_case(
    representative=RepresentativeKind.RELATIVE, office=SEVERAL, regime=applied(regime("jp-appi"), SEVERAL)
)
CHARGING = read_procedure(
    """
    from = 2026-12-01
    answer_postage = { rights = ["disclosure"], stamps = 460, envelope = true }
    fee_shortage = { ask = true }
    fee_extra = [{ code = "express", amount = 300, ja = "速達", en = "express" }]
    [[fee]]
    rights = ["disclosure"]
    amount = 500
    per = "item"
    by = ["money_order"]
    money_order_issued_within_months = 6
    [[fee]]
    rights = ["disclosure"]
    amount = "estimated"
    plus = [{ per = "page", amount = 10 }]
    by = ["cash"]
    due = "with_answer"
    """,
    "procedure.toml",
    {"jp-appi": regime("jp-appi")},
)
assert isinstance(CHARGING, OfficeProcedure)


def answered(kind: type, case: Case | None, say: Mapping[str, Any]) -> tuple[list[Question], dict[str, Any]]:
    """Answer everything: as *say* has it by place, else as proposed, else by something that fits."""
    answers: dict[str, Any] = {}
    asked: list[Question] = []
    for _ in range(200):
        implied: dict[str, Any] = {}
        asked = list(plan(kind, HINTS, Seen(case, NOW, "ja", answers), implied))
        if not asked or asked[-1].place in answers:
            return asked, assembled(asked, answers, implied)
        answers[asked[-1].place] = _answer(asked[-1], say)
    raise AssertionError(f"asked on and on: {[one.place for one in asked][-5:]}")


def _answer(question: Question, say: Mapping[str, Any]) -> Any:
    if question.place in say:
        return say[question.place]
    value = question.proposed
    if value is None and question.choices:
        value = [question.choices[0]] if question.sort is Sort.CHOICES else question.choices[0]
    if value is None:
        value = TYPED[question.sort] if question.needed else None
    return None if value is None else read_answer(question, value, "en")


def every_field(kind: type, where: str = "") -> Iterator[str]:
    """Yield every field a file for this payload may hold, and those of the things in it."""
    for field in fields_of(kind, where):
        yield field.where
        inner = field.kind or (field.inner.kind if field.inner is not None else None)
        if inner is not None:
            yield from every_field(inner, field.where)


@pytest.mark.parametrize("kind", ASKED, ids=lambda kind: kind.__name__)
def test_every_field_of_a_file_is_asked_for_by_a_name_in_both_languages(kind: type) -> None:
    assert [where for where in every_field(kind) if not is_worded(f"request.asked.{where}")] == []


@pytest.mark.parametrize("kind", [Ask, Answer, MoreOfADepartment])
def test_so_is_every_field_of_what_departments_are_asked_and_answer(kind: type) -> None:
    fields = set(every_field(kind)) - {"Ask.case", "Answer.finds"}

    assert [where for where in fields if not is_worded(f"search.asked.{where}")] == []


OF_ONES_OWN = {
    *(f"ReceiveForms.{name}" for name in ("way", "came_by", "papers", "circumstances", "window", "delivery")),
    *(f"ChooseDelivery.{name}" for name in ("way", "mail_class", "extras", "paid")),
}
"""Asked where the office's own procedure knows several ways, classes of post or further papers."""


def test_nothing_a_file_may_hold_is_never_asked() -> None:
    everyone = dict.fromkeys(("person?", "representative?"), True)
    seen: dict[Any, Sequence[tuple[Case | None, Mapping[str, Any]]]] = {
        Open: [(None, everyone), (None, {**everyone, "representative.kind": "lawyer"})],
        Inquiry: [(None, everyone)],
        ReceiveForms: [
            (AGENT, {"documents[0].type": type_, "authority?": True}) for type_ in ("passport", "seal_certificate")
        ] + [
            (a_case(representative=RepresentativeKind.ADULT_WARD), {"authority?": True}),
            (a_case(representative=RepresentativeKind.MINOR), {"authority?": True}),
            (a_case(office=CHARGING), {"fees[0].means": "money_order"}),
            (A_RELATIVE, {"documents[0].type": "passport", "proofs?": True, "proofs[0].type": "kinship_register"}),
            (A_RELATIVE, {"proofs?": True, "proofs[0].type": "subject_seal_certificate"}),
        ],
        Decide: [
            (VERIFIED, {f"outcomes.{right}.outcome": name})
            for right in VERIFIED.rights for name in ("granted", "refused", "alternative")
        ] + [
            (replace(VERIFIED, method="paper"), {}),
            (a_case(state="id_verified", office=CHARGING), {}),
            (VERIFIED, {"outcomes.disclosure.outcome": "refused", "outcomes.disclosure.ground": "other_procedure"}),
        ],
    }  # fmt: skip
    for kind, ways in seen.items():
        reached = {question.field.where for case, say in ways for question in answered(kind, case, say)[0]}

        # What came with a request that begins with its forms is asked as what comes back is.
        elsewhere = {*every_field(ReceiveForms), "Open.began", "Open.window"} if kind is Open else OF_ONES_OWN
        assert set(every_field(kind)) - UNASKED - elsewhere <= reached | set(_things(kind)), kind.__name__


OFFERING = read_procedure(
    """
    from = 2026-12-01
    answer = { chosen = ["addressee_only"], chosen_extras = ["express"], chosen_if_paid = true }
    [[window]]
    code = "central"
    ja = "中央受付"
    en = "Central reception"
    """,
    "procedure.toml",
    {"jp-appi": regime("jp-appi")},
)
assert isinstance(OFFERING, OfficeProcedure)


@pytest.mark.parametrize(
    ("kind", "case"), [(Open, a_case(state="", office=OFFERING)), (ReceiveForms, a_case(office=OFFERING))]
)
def test_the_window_and_the_way_of_the_answer_are_asked_for_where_the_office_offers_a_choice(
    kind: Any, case: Case
) -> None:
    say = {
        "subject.name": "見本 花子", "window": "central", "delivery?": True, "delivery.mail_class": "addressee_only",
        "delivery.extras": ["express"], "delivery.paid": True,
    }  # fmt: skip
    _, data = answered(kind, case, say)

    read = parse(kind, data)
    assert read.window == "central"
    assert read.delivery == ChooseDelivery(
        way=DeliveryWay.POST, mail_class=MailClass.ADDRESSEE_ONLY, extras=(MailExtra.EXPRESS,), paid=True
    )
    assert not {"window", "delivery?"} & {
        question.place for question in answered(kind, a_case(state=case.state), {})[0]
    }


def _things(kind: type) -> Iterator[str]:
    """Yield the fields that are things themselves, which are asked for by their parts."""
    for field in fields_of(kind):
        if field.kind is not None or (field.inner is not None and field.inner.kind is not None):
            yield field.where
        if field.sort is Sort.KEYED:
            yield field.where


@pytest.mark.parametrize(
    ("kind", "case", "say"),
    [
        (Open, None, {"subject.name": "見本 花子"}),
        (Open, None, {"subject.name": "見本 花子", "representative?": True}),
        (Inquiry, None, {"person?": True}),
        (ReceiveForms, a_case(), {}),
        (ReceiveForms, AGENT, {}),
        (ReceiveForms, replace(AGENT, representative=RepresentativeKind.MINOR), {}),
        (Decide, replace(a_case(), state="id_verified"), {}),
        (Decide, VERIFIED, {}),
        (Decide, replace(VERIFIED, state="forms_returned"), {}),
        (Decide, VERIFIED, {"outcomes.halt_use.outcome": "alternative", "outcomes.correction.outcome": "refused"}),
    ],
)  # fmt: skip
def test_what_is_proposed_makes_a_file_that_can_be_read(kind: type, case: Case | None, say: dict[str, Any]) -> None:
    _, data = answered(kind, case, say)

    assert parse(kind, data) is not None


def test_the_ordinary_return_is_what_the_case_asks_for() -> None:
    known = {
        "arrived_at": "2026-12-01 11:00",
        "forms": ["disclosure"],
        "pages": 2,
        "code": print_code(make_code(bytes(10))),
    }
    say = {**known, "documents[0].masking": "not_shown"}

    _, data = answered(ReceiveForms, a_case(), say)

    received = parse(ReceiveForms, data)
    assert (received.forms, received.rights) == ((FormName.DISCLOSURE,), (Right.DISCLOSURE,))
    assert received.signed == {FormName.DISCLOSURE: True}
    (licence,) = received.documents
    assert (licence.holder, licence.type, licence.photo, licence.name_matches) == (
        Party.SUBJECT, "drivers_licence", True, True,
    )  # fmt: skip


def test_what_cannot_be_answered_by_enter_is_what_only_a_person_sees() -> None:
    """Nobody presses Enter and has said that what must be blocked out is: the law's table says where it is asked."""
    asked, _ = answered(ReceiveForms, a_case(), {})
    open_ = {question.field.where for question in asked if question.needed and question.proposed is None}

    assert {"Document.masking", "Document.expires_on"} <= open_
    asked, data = answered(ReceiveForms, a_case(), {"documents[0].type": "driving_record_certificate"})
    assert "documents[0].masking" not in {question.place for question in asked}
    assert data["documents"][0]["masking"] == "not_shown"


def test_a_halt_is_confirmed_by_a_yes_and_never_by_enter() -> None:
    asked, _ = answered(Decide, VERIFIED, {})
    (confirmed,) = [question for question in asked if question.place == "outcomes.halt_use.confirmed"]

    assert (confirmed.needed, confirmed.proposed) == (True, None)


def test_only_outcomes_and_grounds_that_fit_are_offered() -> None:
    early = replace(VERIFIED, state="forms_returned")

    asked, _ = answered(Decide, early, {})

    offered = {question.place: question.choices for question in asked}
    assert offered["outcomes.disclosure.outcome"] == ("refused",)
    assert set(offered["outcomes.disclosure.ground"]) >= {"identity_not_proven", "method_not_followed"}
    assert "harm" not in offered["outcomes.disclosure.ground"]


def test_the_answers_of_an_order_stand_at_the_places_of_the_questions() -> None:
    contact = a_contact()
    say = places(written(contact))

    _, data = answered(Open, None, {**say, "representative?": False})

    assert parse(Open, data).subject == contact.subject
    assert places({"documents": [written(a_licence())]})["documents[0].type"] == "drivers_licence"
    assert places({"documents": []}) == {}


def test_every_hint_is_of_a_field_there_is() -> None:
    known = {where for kind in ASKED for where in every_field(kind)} | {kind.__name__ for kind in ASKED}

    assert [name for name in HINTS if name not in known and not name.startswith("representative.")] == []
    assert [each.name for each in procedures() if hints(each.name) is None and each.name == "request"] == []
    assert all(is_dataclass(kind) and fields_of_dataclass(kind) for kind in ASKED)
