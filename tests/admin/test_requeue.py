"""What was set aside: seen by ``incidents``, ``why`` and ``show``, brought back by ``requeue``."""

import json
from typing import Any

from models.session import reading
from services.letters import making, typesetting
from tests.admin.conftest import Script, on_both
from tests.office import APPROVER, CLERK, LEAD, TestOffice
from tests.trouble import broken
from workflows.letters import LetterContent
from workflows.request.payloads import Amend


def fails(_: LetterContent) -> typesetting.Typeset:
    raise typesetting.UnprintableText("the subject's name", ["\U000f0000"])


def effect_of(office: TestOffice, case: str) -> Any:
    return office.ask("SELECT * FROM effect WHERE case_number = :case ORDER BY id", case=case)[0]


def a_dead_letter(office: TestOffice) -> str:
    case = office.opened()
    assert making.make(effect_of(office, case).id, office.unit, fails) == "set_aside"
    return case


def a_dead_order(office: TestOffice, case: str) -> int:
    ticket = office.place("amend", Amend(why="they called"), case=case)
    (kept,) = office.ask("SELECT sealed FROM command WHERE id = :id", id=ticket.command_id)
    office.tamper("UPDATE command SET sealed = :junk, placed_at = office_at WHERE id = :id", junk=b"x" * 60,
                id=ticket.command_id)  # fmt: skip
    office.tamper("UPDATE command SET placed_at = '2026-01-01 00:00:00' WHERE id = :id", id=ticket.command_id)
    office.sweep_orders()
    office.tamper("UPDATE command SET sealed = :sealed WHERE id = :id", sealed=kept.sealed, id=ticket.command_id)
    return ticket.command_id


@on_both
def test_a_letter_set_aside_is_told_of_and_comes_back(script: Script, office: TestOffice) -> None:
    case = a_dead_letter(office)
    said = script("incidents", "--open", "--json").json
    why = script.by(CLERK, "why", case, "--json").json
    shown = script.by(CLERK, "show", case)

    brought = script.by(LEAD, "requeue", f"{case}-01", "--why", "the font is there", "--json")
    made = making.make(effect_of(office, case).id, office.unit)

    assert [(one["kind"], one["case"], one["subject"], one["closed_at"]) for one in said] == [
        ("effect", case, f"{case}-01", None)
    ]
    assert said[0].keys() >= {"id", "at", "fault"}
    assert why["set_aside"][0]["run"] == f"./admin.py requeue {case}-01 --why TEXT"
    assert f"requeue {case}-01" in shown.out.replace("\n", " ")
    assert (brought.status, brought.json["count"], made) == (0, 1, "made")
    assert script("incidents", "--open", "--json").json == []
    assert script("incidents", "--json").json[0]["closed_by"].startswith(LEAD)
    assert script.by(CLERK, "why", case, "--json").json["set_aside"] == []


@on_both
def test_an_order_comes_back_by_its_number_and_a_case_brings_all_of_its_own(script: Script, office: TestOffice) -> None:
    case = a_dead_letter(office)
    order = a_dead_order(office, case)
    other = a_dead_order(office, case)

    one = script.by(LEAD, "requeue", f"#{order}", "--why", "mended", "--json").json
    rest = script.by(LEAD, "requeue", case, "--why", "mended", "--json").json
    again = script.by(LEAD, "requeue", case, "--why", "mended", "--json")
    outcomes = office.sweep_orders()

    assert [entry["subject"] for entry in one["requeued"]] == [f"amend #{order}"]
    assert {entry["subject"] for entry in rest["requeued"]} == {f"amend #{other}", f"{case}-01"}
    assert (again.status, again.json["count"]) == (0, 0)
    assert [outcome.outcome for outcome in outcomes] == ["done", "done"]
    logged = office.ask("SELECT details FROM office_event WHERE what = 'requeued'")
    assert ["mended" in json.dumps(row.details) for row in logged] == [True] * 3


@on_both
def test_all_brings_everything_back_a_case_s_deadline_too(script: Script, office: TestOffice) -> None:
    letter, bad = a_dead_letter(office), office.opened()
    with broken(office, bad):
        with reading(office.engine) as db:
            due = office.case(bad).due_at
            assert due > office.at(db).now
        office.move_to(due.replace(minute=45))
        office.sweep()
    before = {(one["kind"], one["case"]) for one in script("incidents", "--open", "--json").json}

    brought = script.by(LEAD, "requeue", "--all", "--why", "mended", "--json").json
    fired = [outcome.case for outcome in office.sweep()]

    assert before == {("effect", letter), ("timer", bad)}
    assert {(one["kind"], one["case"]) for one in brought["requeued"]} == before
    assert bad in fired
    assert script("incidents", "--open", "--json").json == []


def test_only_a_lead_brings_back_and_says_why(script: Script, office: TestOffice) -> None:
    case = a_dead_letter(office)

    refused = script.by(APPROVER, "requeue", f"{case}-01", "--why", "mended")
    without = script.by(LEAD, "requeue", f"{case}-01")
    neither = script.by(LEAD, "requeue", "--why", "mended")
    both = script.by(LEAD, "requeue", case, "--all", "--why", "mended")
    empty = script.by(LEAD, "requeue", case, "--why", " ")
    unknown = [script.by(LEAD, "requeue", name, "--why", "x").status for name in ("#99", "26-999999-X-01", "nonsense")]

    assert (refused.status, without.status, neither.status, both.status, empty.status) == (1, 2, 2, 2, 2)
    assert unknown == [3, 3, 3]
    assert effect_of(office, case).state == "set_aside"
