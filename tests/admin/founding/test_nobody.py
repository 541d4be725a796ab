"""Who is nobody to an office: the login of its services and of its machines, whatever a call says."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DatabaseError

from commands.office import login
from models.founding import NoOffice
from models.session import engine_for, transaction
from services.engine.office import the_office
from tests.admin.founding.places import Calling
from tests.office import MONDAY


@pytest.fixture
def logins(postgres_url: str) -> Iterator[Callable[[str], str]]:
    """Make database logins that may do all work; gives the URL under which each comes in."""
    owner = engine_for(postgres_url)
    made: list[str] = []

    def make(name: str) -> str:
        with owner.begin() as db:
            db.exec_driver_sql(f'CREATE ROLE "{name}" LOGIN')
            db.exec_driver_sql(f'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "{name}"')
            db.exec_driver_sql(f'GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO "{name}"')
            db.exec_driver_sql(f'GRANT TRUNCATE ON office_event TO "{name}"')
        made.append(name)
        return make_url(postgres_url).set(username=name).render_as_string(hide_password=False)

    yield make
    with owner.begin() as db:
        for name in made:
            db.exec_driver_sql(f'DROP OWNED BY "{name}"')
            db.exec_driver_sql(f'DROP ROLE "{name}"')
    owner.dispose()


def test_the_services_login_is_nobody_and_people_come_in_under_their_own(
    call: Calling, postgres_url: str, logins: Callable[[str], str]
) -> None:
    lead, clerk, stranger = logins("mg_hanako"), logins("mg_jiro"), logins("mg_taro")
    service = make_url(postgres_url).username or ""

    itself = call("office", "found", "--lead", service, "--json", DATABASE_URL=postgres_url)
    founded = call("office", "found", "--lead", "mg_hanako", "--json", DATABASE_URL=postgres_url)
    orders = call("staff", "add", "mg_taro", "--role", "lead", "--json", DATABASE_URL=postgres_url)
    added = call("staff", "add", "mg_jiro", "--role", "clerk", "--json", DATABASE_URL=lead)
    staffed = [
        call("staff", "add", name, "--role", "clerk", "--json", DATABASE_URL=lead) for name in (service, login())
    ]
    by_clerk = call("letter-kinds", "--json", DATABASE_URL=clerk)
    by_stranger = call("letter-kinds", "--json", DATABASE_URL=stranger)
    status = call("status", "--json", DATABASE_URL=postgres_url)

    assert (itself.status, itself.json["error"]) == (1, "lead_is_service")
    assert (founded.status, added.status, by_clerk.status) == (0, 0, 0)
    assert (orders.status, orders.json["error"]) == (1, "lead_only")
    assert [(said.status, said.json["codes"]) for said in staffed] == [(2, ["name.service"])] * 2
    assert (by_stranger.status, by_stranger.json["error"]) == (1, "not_staff")
    assert status.status == 1  # looked at by anybody; the desk does not run


def test_a_database_login_never_acts_as_the_login_of_the_machine(
    call: Calling, postgres_url: str, logins: Callable[[str], str]
) -> None:
    stranger = logins("mg_taro")
    call("office", "found", "--lead", login(), DATABASE_URL=postgres_url)

    shared = call("letter-kinds", "--json", DATABASE_URL=postgres_url)
    personal = call("letter-kinds", "--json", DATABASE_URL=stranger)

    assert shared.status == 0  # where nobody has a login of the database, the machine's counts
    assert (personal.status, personal.json["error"]) == (1, "not_staff")


def test_who_has_a_database_login_is_nobody_under_the_services(
    call: Calling, postgres_url: str, logins: Callable[[str], str]
) -> None:
    call("office", "found", "--lead", login(), DATABASE_URL=postgres_url)
    own = logins(login())

    shared = call("letter-kinds", "--json", DATABASE_URL=postgres_url)
    personal = call("letter-kinds", "--json", DATABASE_URL=own)

    assert (shared.status, shared.json["error"]) == (1, "not_staff")
    assert personal.status == 0


def test_a_worker_makes_the_login_it_runs_under_nobodys(
    call: Calling, postgres_url: str, logins: Callable[[str], str], home: Path
) -> None:
    from services.office.founding import CannotFound, at_work
    from settings import Says

    lead, workers = logins("mg_hanako"), logins("mg_workers")
    call("office", "found", "--lead", "mg_hanako", DATABASE_URL=postgres_url)

    def starts(url: str) -> None:
        engine = engine_for(url)
        try:
            with transaction(engine) as db:
                at_work(db, Says(), "mg-machine", MONDAY)
        finally:
            engine.dispose()

    starts(workers)
    staffed = [
        call("staff", "add", name, "--role", "clerk", "--json", DATABASE_URL=lead)
        for name in ("mg_workers", "mg-machine")
    ]
    with pytest.raises(CannotFound) as refused:
        starts(lead)
    locking_out = engine_for(workers)
    with pytest.raises(DatabaseError, match="under itself alone"), transaction(locking_out) as db:
        db.execute(text("INSERT INTO service_login VALUES ('mg_hanako', 'database', now())"))
    locking_out.dispose()

    assert [said.json["codes"] for said in staffed] == [["name.service"]] * 2
    assert refused.value.reason.code == "office.staff_is_service"


def test_the_first_command_makes_nobody_the_lead(call: Calling, place: dict[str, str]) -> None:
    call("office", "found", "--lead", "hanako", **place)

    said = call("staff", "add", login(), "--role", "lead", "--json", **place)

    assert (said.status, said.json["error"]) == (1, "lead_only")
    assert [one["name"] for one in call("staff", "list", "--json", **place).json] == ["hanako"]


def test_no_deed_of_the_house_goes_on_without_an_office(database_url: str) -> None:
    engine = engine_for(database_url)

    with pytest.raises(NoOffice), transaction(engine) as db:
        the_office(db)

    engine.dispose()
