"""Whom an office asks for whose data follows from its plan; where it says so, as soon as somebody is verified."""

from pathlib import Path

import pytest

from models import command, search
from models.session import reading
from services.departments import planning
from services.engine import orders
from services.letters import profile
from services.letters.profile import BadProfile
from settings import PROJECT
from tests.office import VERIFIER, TestOffice
from tests.services.search.conftest import DEPARTMENTS
from workflows.law.values import Category, Right
from workflows.search.values import Act

PLAN = """
[[search_plan]]
category = "customer"
departments = ["sales", "support"]
what_ja = "本人に関する記録"
what_en = "every record about the person"
when_verified = true
"""


def card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plan: str) -> None:
    file = tmp_path / "planned.toml"
    file.write_text((PROJECT / "organisation.toml").read_text(encoding="utf-8") + DEPARTMENTS + plan, encoding="utf-8")
    monkeypatch.setattr(profile, "_path", lambda: file)


def carried_out(office: TestOffice) -> None:
    """Carry out what waits."""
    for order in office.ask(command.command.select().where(command.command.c.outcome.is_(None))):
        with office.writing() as db:
            orders.carry_out_one(db, order.id, office.at(db))


def test_departments_are_asked_as_soon_as_somebody_is_verified(
    asking: TestOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card(tmp_path, monkeypatch, PLAN)
    case = asking.returned()
    before = asking.ask(search.search.select())

    asking.must(case, "verify_identity", by=VERIFIER)
    carried_out(asking)
    with reading(asking.engine) as db:
        rows = search.listed(db, parent=case)

    assert not before
    assert sorted((row.department, row.facts["act"], row.facts["asked_by"]) for row in rows) == [
        ("sales", "look", VERIFIER),
        ("support", "look", VERIFIER),
    ]


def test_without_a_plan_nobody_is_asked(asking: TestOffice) -> None:
    asking.verified()
    carried_out(asking)

    assert asking.ask(search.search.select()) == []


@pytest.mark.parametrize(
    ("rights", "measure", "acts"),
    [
        ((Right.PURPOSE_NOTICE,), None, []),
        ((Right.DISCLOSURE, Right.PROVISION_RECORDS), None, [Act.LOOK, Act.PROVISION_RECORDS]),
        ((Right.HALT_USE,), "erase", [Act.ERASE]),
        ((Right.HALT_USE, Right.HALT_PROVISION), "cease", [Act.CEASE, Act.CEASE_PROVISION]),
        ((Right.CORRECTION,), None, [Act.CORRECT]),
    ],
)
def test_what_departments_are_asked_to_do_follows_from_the_rights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rights: tuple[Right, ...], measure: str | None, acts: list[Act]
) -> None:
    card(tmp_path, monkeypatch, PLAN)

    asks = planning.asked("26-000001-D", Category.CUSTOMER, rights, "ja", measure)

    assert [ask.act for ask in asks if ask.department == "sales"] == acts
    assert planning.asked("26-000001-D", Category.EMPLOYEE, rights, "ja", measure) == []


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        ('category = "customer"', 'category = "customers"', "profile.plan_category"),
        ('["sales", "support"]', '["billing"]', "profile.plan_departments"),
        ('["sales", "support"]', "[]", "profile.plan_departments"),
        ("when_verified = true", 'when_verified = "yes"', "profile.plan_flag"),
        ('what_en = "every record about the person"', "", "profile.plan_text"),
        ("when_verified = true", "verified = true", "profile.plan_unknown"),
    ],
)
def test_a_plan_that_cannot_be_used_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, was: str, becomes: str, fault: str
) -> None:
    card(tmp_path, monkeypatch, PLAN.replace(was, becomes))

    with pytest.raises(BadProfile) as bad:
        planning.plans()

    assert [reason.code for reason in bad.value.reasons] == [fault]
