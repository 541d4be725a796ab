"""The office as a command meets it: its database, the person who asks, the case that is meant."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from commands.context import REFUSED, UNKNOWN, UNREACHABLE, Failure, call, fails

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from clock import Look
    from services.engine.office import Office
    from services.engine.unit import UnitOfWork
    from services.office.staff import Asker


@contextmanager
def looking() -> "Iterator[tuple[Connection, Office]]":
    """Yield a connection for looking, and the office as it is. Where there is none: NoOffice, and nothing is made."""
    from models import session

    with session.looking() as db:
        yield db, office_of(db)


@contextmanager
def writing() -> "Iterator[tuple[Connection, Office]]":
    """Yield a connection inside one transaction, and the office as it is. Raises NoOffice as `looking` does.

    Ends the call where the workers are another machine's: what it sealed here, they could not open.
    """
    from models.session import transaction

    with transaction() as db:
        _served_here(db)
        yield db, office_of(db)


def own_words(group: str) -> frozenset[str]:
    """Return the words of the office's own procedures beside ours, as the border asks for them (form, paper)."""
    from services.office import procedures

    with looking() as (db, office):
        return procedures.words(db, office.adopted, group)


def unit() -> "UnitOfWork":
    """Return the unit of work of this call, for services that begin their own transactions."""
    from models import session
    from services.engine.unit import UnitOfWork

    return UnitOfWork(session.transaction, session.looking, office_of)


@contextmanager
def undone() -> "Iterator[tuple[Connection, Office]]":
    """Yield what `writing` yields; whatever is written is taken back at the end."""
    with suppress(_TakenBack), writing() as (db, office):
        yield db, office
        raise _TakenBack


class _TakenBack(Exception):
    """Ends a transaction without a trace."""


def office_of(db: "Connection", seen: "Look | None" = None) -> "Office":
    """Return the office as it is, on a connection that is open; ends the call where ``--as`` may not be said in it.

    Whoever looks is asked as well as whoever writes: an option that is passed over in silence is one that lies.
    """
    from services.engine.office import the_office

    office = the_office(db, seen)
    _speaks_as(db, office)
    _is_for_them(db)
    return office


def _is_for_them(db: "Connection") -> None:
    """End the call where somebody of another department asks for what is the office's own business; once a call."""
    if call().for_departments or call().looked_at:
        return
    from services.office.staff import identify

    if identify(db, login(), call().as_name).holds_only:
        raise fails(REFUSED, "not_for_departments", "office.not_for_departments", more={"codes": ["missing_role"]})
    call().looked_at = True


def _speaks_as(db: "Connection", office: "Office") -> None:
    """End the call where ``--as`` is not permitted in this office or names nobody; once a call."""
    name = call().as_name
    if name is None or call().as_admitted:
        return
    if not office.founded.demo:
        raise fails(REFUSED, "as_not_allowed", "office.as_refused")
    from services.office.staff import NoSuchPerson, identify

    try:
        identify(db, login(), name)
    except NoSuchPerson as unknown:
        raise no_such_person(str(unknown)) from None
    call().as_admitted = True


def _served_here(db: "Connection") -> None:
    from clock import machine_now
    from models.machine import this_machine
    from models.office import elsewhere
    from workflows.engine.values import Reason
    from workflows.words import say

    other = elsewhere(db, this_machine(), machine_now(db))
    if other is not None:
        told = say(Reason("office.served_elsewhere", {"machine": other.name}), call().language)
        raise Failure(UNREACHABLE, "served_elsewhere", told)


def asker(db: "Connection", office: "Office") -> "Asker":
    """Return who asks. Ends the call where ``--as`` is not permitted or names nobody."""
    from services.office.staff import NoSuchPerson, identify

    _speaks_as(db, office)
    try:
        return identify(db, login(), call().as_name)
    except NoSuchPerson as unknown:
        raise no_such_person(str(unknown)) from None


_admitted: list[bool] = []


def admit() -> None:
    """Let the office's own login in, and of those the counter serves whoever has a role here; end the others' call."""
    from services.office import caller

    if _admitted or caller.present().is_the_office:
        return
    from services.office.staff import identify

    with looking() as (db, _):
        who = identify(db, caller.present().login, None)
    welcome_only(who)
    _admitted.append(True)


def staff_only(who: "Asker") -> None:
    """End the call where the person has no role here."""
    if not who.works_here:
        raise fails(REFUSED, "not_staff", "office.no_role", name=who.staff)


def welcome_only(who: "Asker") -> None:
    """End the call where the person has no role here; of another department, they have what this command asks for."""
    if not (call().for_departments and who.holds_only):
        staff_only(who)


def lead_only(who: "Asker") -> None:
    """End the call where the person is not a lead."""
    if not who.is_lead():
        raise fails(REFUSED, "lead_only", "office.only_lead", more={"codes": ["missing_role"]})


def staff_member(*, lead: bool = False) -> "Asker":
    """Return who asks; ends the call where they have no role here, or are not the *lead* it takes."""
    with writing() as (db, office):
        who = asker(db, office)
    staff_only(who)
    if lead:
        lead_only(who)
    return who


def no_such_person(name: str) -> Failure:
    """Return the failure for a name nobody here has."""
    return fails(UNKNOWN, "no_such_person", "office.nobody", name=name)


def case_named(text: str, procedure: str | None = None) -> str:
    """Return the case number that was typed, as we write it; ends the call where it is none, or not of *procedure*."""
    from workflows import registry
    from workflows.engine.numbers import case_of_letter, mistyped, parse_letter_number

    number = registry.case_number_in(text)
    if number is None and (letter := parse_letter_number(text)) is not None:
        case = case_of_letter(letter)
        raise fails(UNKNOWN, "no_such_case", "office.number_of_a_letter", letter=letter, case=case)
    if number is None:
        slip = mistyped(text)
        raise fails(UNKNOWN, "no_such_case", "office.mistyped" if slip else "office.no_case_number", text=text)
    own = registry.of_number(number).name
    if procedure not in (None, own):
        raise fails(UNKNOWN, "no_such_case", "office.another_procedure", number=number, own=own, procedure=procedure)
    return number


def no_such_case(number: str, *, opening: bool = False) -> Failure:
    """Return the failure for a number under which there is no case (yet)."""
    if opening:
        return fails(UNKNOWN, "not_opened_yet", "office.not_opened_yet", number=number)
    return fails(UNKNOWN, "no_such_case", "office.no_such_case", number=number)


def find_case(db: "Connection", number: str) -> Any:
    """Return the row of a case; ends the call where there is none, or where only newer code knows its rules."""
    from models import case as cases
    from services.engine.versions import must_be_ours

    row = cases.find(db, number)
    if row is None:
        from services.reports.cases import being_opened

        raise no_such_case(number, opening=being_opened(db, number))
    must_be_ours(row)
    return row


def login() -> str:
    """Return who calls, as the operating system has it: this process's own login, or whoever the counter serves."""
    from services.office import caller

    return caller.present().login
