"""What the documented working role of PostgreSQL can and cannot do, tried with that very role and with people's logins.

The impostor here has a database login and psql. The office's keys may lie in reach as well: `./admin.py` needs them.
"""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from models import ending, grants, staff
from models.guards import ANSWER, KEPT
from models.session import engine_for
from services.audit import doctor
from services.ending import retention
from services.engine import orders
from services.office import staff as staffing
from services.office.staff import Asker
from tests.office import APPROVER, CLERK, GRANTED, LEAD, STAFF, VERIFIER, TestOffice
from tests.roles import Login, url_of, working_role
from workflows.engine.values import Role
from workflows.request.payloads import Amend, Fulfil


@pytest.fixture
def login(postgres_url: str) -> Iterator[Login]:
    """Connect under a login of one's own in the working role, as the operators' page makes them."""
    with working_role(postgres_url) as connect:
        yield connect


@pytest.fixture
def office(postgres_url: str, home: Path) -> Iterator[TestOffice]:
    """An office on PostgreSQL, worked in as the owner."""
    made = TestOffice(postgres_url, home)
    yield made
    made.close()


def place(engine: Engine, office: TestOffice, order: orders.Wanted) -> orders.Ticket:
    assert order.case is not None
    with engine.begin() as db:
        return orders.place(db, order, order.case, office.at(db))


def wanted(case: str, transition: str, payload: Any, actor: str, member: str | None = None) -> orders.Wanted:
    return orders.Wanted(f"{case}/{transition}/{actor}/{member}", transition, payload, actor, member or actor, case)


def found(office: TestOffice) -> list[tuple[str | None, str]]:
    return [(one.case, one.what) for one in doctor.examine(office.unit, files=False)]


# -- one's own refused order in somebody else's name ----------------------------------------------------------------


def refused(office: TestOffice) -> tuple[str, orders.Ticket]:
    """Return a decided case and the refused order by which its verifier wanted to release it herself."""
    case = office.decided()
    ticket = office.place("fulfil", Fulfil(), by=VERIFIER, case=case)
    assert office.carry_out(ticket).outcome == "refused"
    return case, ticket


REWRITING = (
    "actor = 'mori', staff = 'mori', outcome = NULL, answered_at = NULL, reasons = NULL, state = NULL, seq = NULL",
    *(f"{column} = {column}" for column in KEPT),
)


def test_the_working_role_cannot_rewrite_an_order(office: TestOffice, login: Login) -> None:
    case, ticket = refused(office)
    engine = login(grants.ROLE)

    for rewriting in REWRITING:
        with pytest.raises(ProgrammingError, match="permission denied"), engine.begin() as db:
            db.execute(text(f"UPDATE command SET {rewriting} WHERE id = {ticket.command_id}"))  # noqa: S608 - our own words
    office.sweep_orders()

    assert office.case(case).state == "id_verified"


def test_the_working_role_cannot_take_an_answer_back(office: TestOffice, login: Login) -> None:
    case, ticket = refused(office)
    emptied = ", ".join(f"{name} = NULL" for name in ANSWER)
    engine = login(grants.ROLE)

    for change in (emptied, f"{emptied}, requeued = requeued + 1"):
        with pytest.raises(IntegrityError, match="never rewritten"), engine.begin() as db:
            db.execute(text(f"UPDATE command SET {change} WHERE id = {ticket.command_id}"))  # noqa: S608 - our own words
    office.sweep_orders()

    assert office.case(case).state == "id_verified"


@pytest.mark.parametrize("change", ["actor = 'mori', staff = 'mori'", "staff = 'mori'", "actor = 'mori'"])
def test_even_the_owner_s_rewriting_is_not_carried_out_and_is_named(database_url: str, home: Path, change: str) -> None:
    office = TestOffice(database_url, home)
    case, ticket = refused(office)
    emptied = "outcome = NULL, answered_at = NULL, state = NULL, seq = NULL, reasons = NULL"
    office.tamper(f"UPDATE command SET {change}, {emptied}, placed_at = office_at WHERE id = {ticket.command_id}")  # noqa: S608 - our own words
    office.tamper("UPDATE command SET placed_at = '2026-01-01 00:00:00' WHERE outcome IS NULL")

    (outcome,) = office.sweep_orders()

    (told,) = office.ask("SELECT kind, case_number, subject, fault FROM incident")
    assert (outcome.outcome, office.case(case).state) == ("set_aside", "id_verified")
    assert (told.kind, told.case_number, told.subject) == ("order", case, f"fulfil #{ticket.command_id}")
    assert "OrderAltered" in told.fault
    assert (case, "order_altered") in found(office)
    office.close()


# -- history, log, staff, cases --------------------------------------------------------------------------------------

FORBIDDEN = (
    *(
        f"DELETE FROM {table}"  # noqa: S608 - our own names
        for table in ("history", "office_event", "command", '"case"', "staff", "letter", "person")
    ),
    *(f"TRUNCATE {table} CASCADE" for table in ("history", "command", '"case"', "staff")),
    *(f"ALTER TABLE {table} DISABLE TRIGGER ALL" for table in ("history", "office_event", "command", '"case"')),
    "DROP TRIGGER command_kept ON command",
    "CREATE OR REPLACE FUNCTION command_kept() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "SET session_replication_role = replica",
    "SET SESSION AUTHORIZATION mori",
    "UPDATE history SET actor = 'mori'",
    "UPDATE office_event SET actor = 'mori'",
    "UPDATE log_head SET seq = 0, hash = ''",
    "INSERT INTO log_head VALUES (2, 0, '')",
    "UPDATE staff SET name = 'somebody'",
    "UPDATE alembic_version SET version_num = '0001'",
    "UPDATE definition SET fingerprint = 'x'",
)


def test_the_working_role_has_no_way_to_the_record(office: TestOffice, login: Login) -> None:
    office.fulfilled()
    engine = login(grants.ROLE)
    login(APPROVER)

    for deed in FORBIDDEN:
        with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), engine.begin() as db:
            db.execute(text(deed))

    assert found(office) == []


def test_before_postgresql_17_the_right_to_truncate_the_log_is_refused_by_its_trigger(
    office: TestOffice, login: Login
) -> None:
    engine = login(grants.ROLE)
    with engine_for(office.url).begin() as db:
        db.exec_driver_sql(grants.grants(160_000)[-1])

    with pytest.raises(sqlalchemy.exc.DBAPIError, match="append-only"), engine.begin() as db:
        db.execute(text("TRUNCATE office_event"))


def test_a_case_cannot_be_taken_back_by_the_working_role(office: TestOffice, login: Login) -> None:
    office.fulfilled()
    engine = login(grants.ROLE)

    with pytest.raises(IntegrityError, match="only grows"), engine.begin() as db:
        db.execute(text('UPDATE "case" SET seq = seq - 1'))


def test_staff_may_be_written_because_a_lead_adds_people_and_what_the_log_does_not_explain_is_named(
    office: TestOffice, login: Login
) -> None:
    engine = login(grants.ROLE)
    lead = Asker(LEAD, LEAD, frozenset({Role.LEAD}))
    with engine.begin() as db:
        staffing.add(db, "ogawa", [Role.CLERK], lead, office.at(db).now)
    sound = found(office)

    with engine.begin() as db:
        db.execute(text("""UPDATE staff SET roles = '["clerk", "verifier", "approver"]' WHERE name = 'sato'"""))
        db.execute(text("INSERT INTO staff VALUES ('nakano', '[\"lead\"]', true, now(), 'kudo')"))

    named = [one.detail.params["name"] for one in doctor.examine(office.unit) if one.what == "staff_unexplained"]
    assert sound == []
    assert named == ["nakano", "sato"]


# -- personal logins ------------------------------------------------------------------------------------------------


def test_a_personal_login_orders_for_itself(office: TestOffice, login: Login) -> None:
    case = office.opened()
    engine = login(CLERK)

    ticket = place(engine, office, wanted(case, "amend", Amend(why="they called"), CLERK))

    (row,) = office.ask("SELECT login FROM command WHERE id = :id", id=ticket.command_id)
    assert row.login == CLERK
    assert office.carry_out(ticket).outcome == "done"
    assert found(office) == []


IN_ANOTHER_S_NAME = (
    (APPROVER, APPROVER), (VERIFIER, APPROVER), (APPROVER, VERIFIER), (f"{APPROVER} (by {VERIFIER})", APPROVER)
)  # fmt: skip
"""The name recorded, the member whose roles would count."""


def test_a_personal_login_orders_for_nobody_else(office: TestOffice, login: Login) -> None:
    case = office.decided()
    engine = login(VERIFIER)

    for actor, member in IN_ANOTHER_S_NAME:
        with pytest.raises(ProgrammingError, match="orders for itself alone"):
            place(engine, office, wanted(case, "fulfil", Fulfil(), actor, member))

    assert office.ask("SELECT 1 FROM command WHERE transition = 'fulfil'") == []


def test_a_personal_login_whose_roles_were_taken_away_still_orders_for_nobody_else(
    office: TestOffice, login: Login
) -> None:
    case = office.opened()
    with office.writing() as db:
        staffing.remove(db, VERIFIER, Asker(LEAD, LEAD, frozenset({Role.LEAD})), office.at(db).now)
    engine = login(VERIFIER)

    with pytest.raises(ProgrammingError, match="orders for itself alone"):
        place(engine, office, wanted(case, "decide", GRANTED, APPROVER))


def test_a_personal_login_signs_the_log_for_itself_alone(office: TestOffice, login: Login) -> None:
    engine = login(CLERK)

    with engine.begin() as db:
        staff.log(db, office.at(db).now, "case_seen", CLERK, {})
    with pytest.raises(ProgrammingError, match="signs for itself alone"), engine.begin() as db:
        staff.log(db, office.at(db).now, "staff_added", LEAD, {"name": CLERK, "roles": ["lead"]})

    assert found(office) == []


IN_ANOTHER_S_NAME_WITH_SQL = (
    "UPDATE \"case\" SET released_by = 'mori', state = 'fulfilled', open = false, seq = seq + 1",
    "UPDATE \"case\" SET decided_by = 'mori'",
    "UPDATE \"case\" SET verified_by = 'sato'",
    (
        "INSERT INTO history SELECT case_id, seq + 1, form, at, 'fulfil', source, 'fulfilled', 'mori', 'order:999',"
        " definition, version, revision, details, commitment, hash, 'hash' FROM history ORDER BY seq DESC LIMIT 1"
    ),
)
"""A verifier who wants her decision released, around every rule."""


def test_a_personal_login_does_not_release_in_another_s_name_by_sql_either(office: TestOffice, login: Login) -> None:
    case = office.decided()
    engine = login(VERIFIER)

    for deed in IN_ANOTHER_S_NAME_WITH_SQL:
        with pytest.raises(ProgrammingError, match="for itself alone"), engine.begin() as db:
            db.execute(text(deed))
    in_her_own = "UPDATE \"case\" SET released_by = 'tanaka', state = 'fulfilled', open = false"
    with pytest.raises(ProgrammingError, match="only workers write case"), engine.begin() as db:
        db.execute(text(in_her_own))
    with pytest.raises(IntegrityError, match="four_eyes"):
        office.tell(in_her_own)

    assert office.case(case).state == "id_verified"


def test_only_a_lead_s_personal_login_changes_who_works_here(office: TestOffice, login: Login) -> None:
    for name in STAFF:
        engine, refusal = login(name), pytest.raises(ProgrammingError, match="only a lead")

        with nullcontext() if name == LEAD else refusal, engine.begin() as db:
            more = {*map(Role, STAFF[name]), Role.APPROVER}
            staffing.add(db, name, more, Asker(name, name, frozenset()), office.at(db).now)

    roles = {row.name: set(row.roles) for row in office.ask(select(staff.staff))}
    assert roles == {name: set(before) for name, before in STAFF.items()} | {LEAD: {"lead", "approver"}}
    assert found(office) == []


def test_a_case_goes_all_the_way_under_the_working_role(office: TestOffice, login: Login, home: Path) -> None:
    login(grants.ROLE)
    working = TestOffice(url_of(office.url, grants.ROLE), home, staffed=True)

    case = working.fulfilled()
    working.must(working.opened(), "amend", Amend(why="they called"))

    assert working.case(case).state == "fulfilled"
    assert [what for _, what in found(office)] == []
    working.close()


# -- what is kept, and what is erased ---------------------------------------------------------------------------------


def test_a_lead_under_a_personal_login_holds_and_asks_to_erase_and_a_clerk_does_not(
    office: TestOffice, login: Login
) -> None:
    case = office.in_state("withdrawn")
    office.post_letters(case)
    row, day = office.case(case), office.today
    lead, clerk = login(LEAD), login(CLERK)

    with lead.begin() as db:
        ending.hold(db, row.id, "a claim", day, LEAD, office.at(db).now)
    with pytest.raises(ProgrammingError, match="only a lead changes legal_hold"), clerk.begin() as db:
        ending.lift(db, row.id)
    with lead.begin() as db:
        lifted = ending.lift(db, row.id)
        ending.ask(db, row.id, LEAD, "asked for", office.at(db).now)
    with pytest.raises(ProgrammingError, match="only a lead changes erasure"), clerk.begin() as db:
        ending.ask(db, office.case(office.opened()).id, CLERK, "mine", office.at(db).now)
    gone = retention.sweep(office.unit)  # the workers

    assert (lifted, gone) == (True, [case])
    assert found(office) == []
