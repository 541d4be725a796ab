"""The parts of a first start: what each asks, what is wrong with an answer, and carrying it out.

A part is carried out by the services that the command of its own calls (``office found``, ``procedure adopt``,
``staff add``, ``calendar add``), in one transaction or by one file that appears whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace as changed
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from commands.context import call, said, tongue
from commands.office import asker, lead_only, login, looking, writing
from services.intake.beginning import Beginning, Card, Found, Part
from workflows.engine.hints import Hint, Hints, Seen, never
from workflows.words import say, say_all

if TYPE_CHECKING:
    from models.founding import Founding
    from settings import Says

Answer = TypeVar("Answer")


class NotTheLead(Exception):
    """The rest is for somebody else to do: the ``lead``."""

    def __init__(self, lead: str) -> None:
        """Keep who."""
        super().__init__(lead)
        self.lead = lead


class Step(Generic[Answer]):
    """One part. ``kind`` is the class of its answers, ``hints`` what is proposed."""

    part: Part
    kind: type[Answer]
    hints: ClassVar[Hints] = MappingProxyType({})

    def __init__(self, *, replace: bool = False) -> None:
        """Take whether what is there may be written over: the sample of a card, the test letter."""
        self.replace = replace

    def standing(self) -> str | None:
        """Return what stands already; None where the part is to be done."""
        raise NotImplementedError

    def told(self) -> Sequence[str]:
        """Return what is said before the first question."""
        return [said(f"init.before.{self.part}")]

    def objects(self, place: str, value: Any, answers: Mapping[str, Any]) -> str | None:
        """Return what is wrong with one answer."""
        return None

    def wrong(self, answer: Answer) -> list[str]:
        """Return everything that is wrong with the whole."""
        return []

    def do(self, answer: Answer) -> list[str]:
        """Carry it out; return what is to be said."""
        raise NotImplementedError

    def given(self, whole: Beginning) -> Answer | None:
        """Return the answers that a file holds for it."""
        found: Answer | None = getattr(whole, self.part)
        return found

    def stands(self, answer: Answer) -> bool:
        """Return whether all is as the answers want it."""
        return False

    def filed(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return its answers as a file holds them."""
        return {str(self.part): data}

    def asked(self, *, instructed: bool) -> Answer:
        """Ask, until nothing is wrong and the person sends it; *instructed*: how to answer is said first.

        Raises Left, click.Abort.
        """
        from commands.asking import Conversation, Subject
        from services.intake import BadInput, parse

        def attempt(data: dict[str, Any]) -> Any:
            try:
                return self.wrong(parse(self.kind, data, language=call().language))
            except BadInput as bad:
                return bad.faults

        subject = Subject(self.kind, "init", f"init.{self.part}", self.hints or {"": Hint()}, self.filed)
        talk = Conversation(subject, Seen(None, _now(), call().language), instructed=instructed, objects=self.objects)
        return parse(self.kind, talk.held(attempt), language=call().language)


def steps(*, replace: bool = False, again: bool = False) -> list[Step[Any]]:
    """Return all parts in their order; *again*: the test letter alone, whether there is one or not."""
    from commands.first_days import Calendar, Letter
    from commands.first_people import Procedure, Staff

    if again:
        return [Letter(replace=True)]
    kinds: list[type[Step[Any]]] = [Organisation, Office, Procedure, Staff, Calendar, Letter]
    return [kind(replace=replace) for kind in kinds]


def _now() -> Any:
    """Return the office's time; the machine's, in our zone, where there is no office yet."""
    from zoneinfo import ZoneInfo

    from clock import machine_now
    from commands.interview import here
    from services.intake.scalars import OFFICE_ZONE

    if the_office() is None:
        return machine_now().astimezone(ZoneInfo(OFFICE_ZONE))
    with looking() as (_, office):
        return here(office)


def the_office() -> "Founding | None":
    """Return what the office here was founded as; None where there is none."""
    from services.office.founding import look
    from settings import settings

    return look(settings().database_url)


def by_the_lead() -> None:
    """End the call where the person is no lead of the office."""
    with looking() as (db, office):
        lead_only(asker(db, office))


# -- the organisation's card -----------------------------------------------------------------------------------------


def _usual(name: str) -> Any:
    """Return a look that proposes what the sample card says."""

    def proposed(seen: Seen, place: str) -> Any:
        from services.letters.card_file import sample

        return getattr(sample().card, name)

    return proposed


class Organisation(Step[Card]):
    """The office's card, which every letter carries: organisation.toml in the home."""

    part = Part.ORGANISATION
    kind = Card
    hints: ClassVar[Hints] = {
        "Organisation.unit_ja": Hint(proposed=_usual("unit_ja")),
        "Organisation.unit_en": Hint(proposed=_usual("unit_en")),
        "Organisation.hours_ja": Hint(proposed=_usual("hours_ja")),
        "Organisation.hours_en": Hint(proposed=_usual("hours_en")),
        "Organisation.officer_en": Hint(
            asked=lambda seen, place: bool(seen.beside(place, "officer_ja")), needed=lambda seen, place: True
        ),
        "Organisation.years": Hint(proposed=lambda seen, place: "western"),
        "Organisation.seal": Hint(proposed=lambda seen, place: "none"),
        # Told from the name, and a file may say otherwise.
        "Organisation.we_ja": Hint(asked=never),
        "Organisation.country": Hint(proposed=lambda seen, place: "JP"),
        "Card.policies": Hint(proposed=lambda seen, place: [seen.now.date().isoformat()]),
        "Card.regime": Hint(proposed=lambda seen, place: "jp-appi"),
    }

    def standing(self) -> str | None:
        """Return whose card lies in the home; ends the call where it cannot be read."""
        found = self._own()
        return None if found is None else said("init.card_is", name=found.card.name_ja, path=self._path())

    def told(self) -> Sequence[str]:
        """Say what the card is for, and that the sample gives way to it."""
        return [*super().told(), *([said("init.sample_gives_way", path=self._path())] if self._path().exists() else [])]

    def objects(self, place: str, value: Any, answers: Mapping[str, Any]) -> str | None:
        """Return what is wrong with a number, or whether the return address is too long to stand above the window."""
        from services.intake.people import check_person
        from services.intake.scalars import Reading
        from services.letters.profile import objection

        if value and place in ("postcode", "phone"):
            reading = Reading(call().language)
            check_person(answers, {place: value, "country": answers.get("country")}, "", reading)
            if reading.faults:
                return reading.faults[0].message

        if place.partition("_")[0] not in ("name", "address", "postcode", "country"):
            return None
        fault = objection({**answers, place: value})
        return None if fault is None else say(fault, call().language)

    def wrong(self, answer: Card) -> list[str]:
        """Return what is wrong with the card: in words, and when a letter is really made with it."""
        from services.letters.profile import BadProfile, read

        if not self.replace and self._in_the_way(answer):
            return [said("init.card_in_the_way", path=self._path())]
        try:
            read(self._text(answer), self._path())
        except BadProfile as bad:
            return say_all(bad.reasons, call().language)
        return _not_made(answer)

    def do(self, answer: Card) -> list[str]:
        """Write the file."""
        from services.letters import profile
        from services.office.caller import write_whole

        path = self._path()
        write_whole(path, self._text(answer).encode())
        profile.forget()
        return [said("init.card_written", path=path)]

    def stands(self, answer: Card) -> bool:
        """Return whether the home's file says just this."""
        found = self._own()
        return found is not None and self._same(answer, found)

    def _same(self, answer: Card, found: Any) -> bool:
        from services.letters.profile import read

        return bool(read(self._text(answer), self._path()) == changed(found, departments=(), plans=()))

    def _in_the_way(self, answer: Card) -> bool:
        found = self._own()
        if found is not None:
            return not self._same(answer, found)
        from commands.context import interactive

        return self._path().exists() and not interactive()

    def _own(self) -> Any:
        """Return what the office's own file says; None where there is none, or the sample in its place."""
        from commands.output import tell_faults
        from services.intake import Fault
        from services.letters.card_file import own
        from services.letters.profile import BadProfile
        from settings import settings

        try:
            return own(settings())
        except BadProfile as bad:
            told = say_all(bad.reasons, call().language)
            raise tell_faults([Fault(str(self._path()), one) for one in told]) from None

    def _path(self) -> Any:
        from services.letters.card_file import place
        from settings import settings

        return place(settings())

    def _text(self, answer: Card) -> str:
        from services.letters.card_file import text_of

        return text_of(answer, answer.policies, answer.regime)


def _not_made(card: Card) -> list[str]:
    """Return why no letter could be made with this card: what stands in it does not fit on the paper."""
    from services.letters.typesetting import TypesettingFailed
    from services.office import laws
    from services.request import first_letter
    from workflows.engine.values import Language
    from workflows.office import SOURCE

    for language in Language:
        try:
            first_letter.made(card, SOURCE, laws.regime(card.regime), max(card.policies), language)
        except TypesettingFailed:
            return [said("init.card_does_not_fit", language=tongue().noun(f"language.{language}"))]
    return []


# -- the office itself -----------------------------------------------------------------------------------------------


def _says() -> "Says":
    from settings import settings

    return settings().says


class Office(Step[Found]):
    """What the office is, with its keys and its lead: founding."""

    part = Part.OFFICE
    kind = Found
    hints: ClassVar[Hints] = {
        "Found.lead": Hint(proposed=lambda seen, place: login(), needed=lambda seen, place: True),
        "Found.practice": Hint(
            asked=lambda seen, place: _says().demo is None, implied=lambda seen, place: _says().demo
        ),
        "Found.alone": Hint(asked=lambda seen, place: _says().sole is None, implied=lambda seen, place: _says().sole),
        "Found.residency": Hint(
            asked=lambda seen, place: _says().residency is None,
            implied=lambda seen, place: _says().residency,
            proposed=lambda seen, place: "JP",
        ),
    }

    def standing(self) -> str | None:
        """Return since when there is an office, and who leads it; ends the call of whoever is none of its leads."""
        known = the_office()
        if known is None:
            return None
        by_the_lead()
        return said("init.office_is", lead=known.lead, at=known.founded_at.date())

    def told(self) -> Sequence[str]:
        """Say what cannot be changed later, and where the keys will lie."""
        from settings import settings, shown

        where = {"keys": settings().keys, "database": shown(settings().database_url)}
        return [*super().told(), said("init.before.keys", **where)]

    def objects(self, place: str, value: Any, answers: Mapping[str, Any]) -> str | None:
        """Return why somebody cannot be the lead."""
        from workflows.names import name_fault

        fault = name_fault(str(value)) if place == "lead" else None
        return None if fault is None else say(fault, call().language)

    def wrong(self, answer: Found) -> list[str]:
        """Return where the environment, or the office that is there, says otherwise."""
        from commands.founding import nobodys_login
        from services.engine.office import SaysOtherwise, agree
        from workflows.names import name_fault

        lead = answer.lead or login()
        if fault := name_fault(lead):
            return [say(fault, call().language)]
        if not answer.practice and lead != login() and nobodys_login(lead):
            return [said("init.no_such_login", name=lead)]
        given = {"demo": answer.practice, "sole": answer.alone, "residency": answer.residency}
        against = [name for name, value in given.items() if getattr(_says(), name) not in (None, value)]
        if against:
            return [said("init.environment", variables=[_VARIABLES[name] for name in against])]
        known = the_office()
        try:
            if known is not None:
                agree(self._words(answer), known)
        except SaysOtherwise:
            return [said("init.founded_otherwise")]
        return []

    def do(self, answer: Found) -> list[str]:
        """Found the office. Raises NotTheLead where its lead is somebody else than whoever asks."""
        from clock import machine_now
        from commands.context import REFUSED, Failure
        from services.office.founding import CannotFound, establish
        from settings import settings

        house = changed(settings(), says=self._words(answer))
        try:
            establish(house, answer.lead or login(), login(), machine_now())
        except CannotFound as no:
            why = say(no.reason, call().language)
            raise Failure(REFUSED, no.reason.code.rpartition(".")[2], why, codes=[no.reason.code]) from None
        with looking() as (db, office):
            if not asker(db, office).is_lead():
                raise NotTheLead(answer.lead or login())
        told = [said("init.founded", keys=settings().keys), said("init.keys_apart")]
        return [*told, said("init.alone" if answer.alone else "init.four_eyes")]

    def stands(self, answer: Found) -> bool:
        """Return whether there is an office."""
        return the_office() is not None

    def _words(self, answer: Found) -> "Says":
        from settings import Says

        clock = _says().clock or ("shifted" if answer.practice else "system")
        return Says(demo=answer.practice, clock=clock, sole=answer.alone, residency=answer.residency)


_VARIABLES = {"demo": "MADOGUCHI_ALLOW_AS", "sole": "MADOGUCHI_SOLE", "residency": "MADOGUCHI_RESIDENCY"}


def noted(part: Part) -> bool:
    """Return whether somebody has gone through a part."""
    from services.office import first_start

    with looking() as (db, _):
        return str(part) in first_start.gone_through(db)


def note(part: Part) -> None:
    """Record that a part was gone through."""
    from services.office import first_start

    with writing() as (db, office):
        first_start.note(db, part, asker(db, office), office)
