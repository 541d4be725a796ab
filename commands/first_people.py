"""Of a first start: the procedure that holds, and who works in the office."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from commands.context import call, said, tongue
from commands.first_steps import Step, by_the_lead, noted, the_office
from commands.office import asker, lead_only, login, looking, writing
from services.intake.beginning import BUILT_IN, OWN_FILE, Beginning, Choosing, Part, People
from workflows.engine.hints import Hint, Hints, Seen
from workflows.engine.values import Role
from workflows.words import noun, say

if TYPE_CHECKING:
    from datetime import date

    from services.engine.office import Office
    from services.office.adopting import Wanted
    from workflows.office.reading import BadFile


# -- the procedure ---------------------------------------------------------------------------------------------------


class Procedure(Step[Choosing]):
    """Which procedure cases begin under."""

    part = Part.PROCEDURE
    kind = Choosing
    hints: ClassVar[Hints] = {
        "Choosing.use": Hint(proposed=lambda seen, place: BUILT_IN),
        "Choosing.file": Hint(
            asked=lambda seen, place: seen.beside(place, "use") == OWN_FILE, needed=lambda seen, place: True
        ),
        "Choosing.first": Hint(
            asked=lambda seen, place: seen.beside(place, "use") != BUILT_IN,
            proposed=lambda seen, place: seen.now.date().isoformat(),
        ),
    }

    def standing(self) -> str | None:
        """Return which procedure holds, where somebody chose one."""
        from services.office import procedures

        by_the_lead()
        with looking() as (_, office):
            version = procedures.counting(office.adopted, office.calendar.today(office.now))
        if version is not None:
            return said("init.procedure_is", digest=version.digest[:12], first=version.first)
        return said("init.procedure_built_in") if noted(self.part) else None

    def objects(self, place: str, value: Any, answers: Mapping[str, Any]) -> str | None:
        """Return what is wrong with a file, as soon as it is named."""
        if place != "file" or not value:
            return None
        found = _read(Choosing(use=OWN_FILE, file=str(value)))
        return None if not isinstance(found, list) else "; ".join(found)

    def wrong(self, answer: Choosing) -> list[str]:
        """Return what is wrong with the file, or why it cannot be adopted from that day."""
        if (answer.file is not None) != (answer.use == OWN_FILE):
            return [said("init.file_alone")]
        found = _read(answer)
        if isinstance(found, list) or found is None or the_office() is None:
            return found if isinstance(found, list) else []
        from services.office import adopting

        with looking() as (db, office):
            objection = None if adopting.standing(found, office) else adopting.objection(db, found, office)
        return [] if objection is None else [say(objection, call().language)]

    def do(self, answer: Choosing) -> list[str]:
        """Adopt it; the built-in one holds without."""
        from services.office import adopting, first_start

        with writing() as (db, office):
            who = asker(db, office)
            lead_only(who)
            what = _wanted(answer, office)
            if what is not None:
                adopting.adopt(db, what, who, office)
            first_start.note(db, self.part, who, office)
        if what is None:
            return [said("init.procedure_built_in")]
        return [said("init.procedure_is", digest=what.digest[:12], first=what.first), said("init.procedure_show")]

    def stands(self, answer: Choosing) -> bool:
        """Return whether it holds already."""
        from services.office import adopting

        with looking() as (_, office):
            what = _wanted(answer, office)
            stands = not office.adopted if what is None else adopting.standing(what, office) is not None
        return stands and noted(self.part)


def _read(answer: Choosing) -> "Wanted | list[str] | None":
    """Return what is to be adopted, or everything that is wrong with it; None for the built-in procedure."""
    from workflows.office.reading import BadFile

    try:
        found = _asked_for(answer, None)
    except OSError as error:
        return [said("procedure.unreadable", why=tongue().why(error))]
    if isinstance(found, BadFile):
        return [
            f"{place}: {tongue().say(reason)}" if place else tongue().say(reason) for place, reason in found.placed()
        ]
    return found


def _wanted(answer: Choosing, office: "Office") -> "Wanted | None":
    """Return what is to be adopted, from today where no day is named."""
    from workflows.office.reading import BadFile

    found = _asked_for(answer, answer.first or office.calendar.today(office.now))
    if isinstance(found, BadFile):
        raise ValueError("only what was found right is adopted")
    return found


def _asked_for(answer: Choosing, today: "date | None") -> "Wanted | BadFile | None":
    from services.intake.beginning import samples
    from services.office import procedure_file
    from services.request import procedures_told
    from settings import settings
    from workflows.office.reading import BadFile

    if answer.use == BUILT_IN:
        return None
    if answer.use == OWN_FILE:
        text = procedure_file.read(answer.file, settings())
    else:
        text = procedure_file.Text(answer.use, samples()[answer.use])
    return text if isinstance(text, BadFile) else procedures_told.wanted(text, answer.first or today)


# -- the people ------------------------------------------------------------------------------------------------------


def _alone() -> bool:
    known = the_office()
    return known is not None and known.sole


def _usual_roles(seen: Seen, place: str) -> list[str]:
    """Return a role nobody has yet; alone, one has them all."""
    usual = [Role.CLERK, Role.VERIFIER, Role.APPROVER]
    if _alone():
        return [str(role) for role in (*usual, Role.LEAD)]
    number = int(place.partition("[")[2].partition("]")[0])
    return [str(usual[number])] if number < len(usual) else []


class Staff(Step[People]):
    """Who works in the office, and whether they are enough for four eyes."""

    part = Part.STAFF
    kind = People
    hints: ClassVar[Hints] = {
        "People.staff": Hint(proposed=lambda seen, place: True),
        "Member.name": Hint(proposed=lambda seen, place: login() if _alone() else None),
        "Member.roles": Hint(proposed=_usual_roles),
    }

    def standing(self) -> str | None:
        """Return who works here, where somebody went through it or people were added otherwise."""
        from services.office import first_start

        by_the_lead()
        with looking() as (db, _):
            people = first_start.roles(db)
            gone = str(self.part) in first_start.gone_through(db)
        return said("init.people_are", names=sorted(people)) if gone or len(people) > 1 else None

    def told(self) -> Sequence[str]:
        """Say why it takes two people, or that there is one."""
        demo = (known := the_office()) is not None and known.demo
        names = said("init.names_free" if demo else "init.names_are_logins")
        return [said("init.alone_staff" if _alone() else "init.before.staff"), names]

    def objects(self, place: str, value: Any, answers: Mapping[str, Any]) -> str | None:
        """Return why somebody cannot be called so."""
        from workflows.names import name_fault

        if not place.endswith(".name"):
            return None
        others = [name for at, name in answers.items() if at.endswith("].name") and at != place]
        if value in others:
            return said("init.twice", name=value)
        with looking() as (db, _):
            others += _others(db, str(value))
        fault = name_fault(str(value), others)
        return None if fault is None else say(fault, call().language)

    def wrong(self, answer: People) -> list[str]:
        """Return names nobody may have, and those that are there twice."""
        names = [one.name for one in answer.staff]
        told = [said("init.twice", name=name) for name in dict.fromkeys(names) if names.count(name) > 1]
        if the_office() is not None:
            told += [fault for name in names if (fault := self.objects("staff[0].name", name, {}))]
        return told

    def do(self, answer: People) -> list[str]:
        """Give everybody their roles."""
        from services.office import first_start, staff

        with writing() as (db, office):
            who = asker(db, office)
            lead_only(who)
            for one in answer.staff:
                staff.add(db, one.name, one.roles, who, office.now)
            first_start.note(db, self.part, who, office)
            people = first_start.roles(db)
        told = [f"{one.name}: {_named(people[one.name])}" for one in answer.staff]
        return [*told, *_enough(people)]

    def given(self, whole: Beginning) -> People | None:
        """Return the people that a file names."""
        return None if whole.staff is None else People(staff=whole.staff)

    def stands(self, answer: People) -> bool:
        """Return whether everybody has just these roles."""
        from services.office import first_start

        with looking() as (db, _):
            people = first_start.roles(db)
        return noted(self.part) and all(people.get(one.name) == frozenset(one.roles) for one in answer.staff)

    def filed(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return the people as a file names them."""
        return data


def _others(db: Any, name: str) -> list[str]:
    from models import staff

    return [row.name for row in staff.everybody(db) if row.name != name]


def _named(roles: "frozenset[Role]") -> str:
    return tongue().listed(noun(f"role.{role}", call().language) for role in Role if role in roles)


def _enough(people: Mapping[str, frozenset[Role]]) -> list[str]:
    """Say whether the people are enough to bring a case to its answer."""
    from services.office import first_start

    if _alone():
        return [said("init.alone")]
    lacking = first_start.lacking(people.values())
    if not lacking:
        return [said("init.four_eyes_there")]
    roles = [noun(f"role.{role}", call().language) for role in lacking]
    return [
        said("init.four_eyes_lacking", roles=roles),
        *(f"  ./admin.py staff add NAME --role {role}" for role in lacking),
    ]
