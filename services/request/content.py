"""What a letter of a request says: its whole content, fixed in the transaction that orders it.

Nothing is rendered here. The content is sealed into the effect that will make the letter, so that a later amendment
cannot change what was ordered and a crash cannot make it twice in two ways.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from services.departments.known import departments
from services.engine.office import Office
from services.letters.profile import organisation
from services.request.facts import day
from workflows.days import day as day_in_words
from workflows.engine.values import Language, Reason
from workflows.law.values import Category, ExtendReason, Right
from workflows.letters import Addressee, Letter, Years
from workflows.office import SOURCE, OfficeProcedure
from workflows.request import clocks, delivery, enclosing, execution, papers_after, statement
from workflows.request import rights as right_rules
from workflows.request.case import Case, OrderLetter
from workflows.request.enclosing import Enclosure
from workflows.request.kept import Matter
from workflows.request.letters import OwnForm, RequestLetter
from workflows.request.values import Answer, Correction, LetterKind, Party, Person
from workflows.words import say_all

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def compose(
    order: OrderLetter,
    letter: Letter,
    facts: dict[str, Any],
    case: Case,
    people: dict[Party, Person],
    matter: Matter,
    code: str | None,
    office: Office,
    disc: tuple[str, str] | None = None,
) -> RequestLetter:
    """Return all that this letter says. ``facts`` are the case's as they will be stored.

    ``disc`` is (the letter a disc goes with, its passphrase), for the letter that tells it.
    """
    language = Language(facts["language"])
    answer = order.kind == LetterKind.DISCLOSURE_NOTIFICATION
    party = delivery.addressee(case) if answer or order.kind == LetterKind.DISC_PASSPHRASE else case.mail_to
    to = people[party]
    subject, representative = people[Party.SUBJECT], people.get(Party.REPRESENTATIVE)
    today, card = office.calendar.today(office.now), organisation()
    content = RequestLetter(
        number=letter.number,
        case=case.number,
        kind=LetterKind(order.kind),
        language=language,
        dated=today,
        addressee=_to(to, card.country),
        organisation=card,
        regime=case.regime.name,
        subject_name=subject.name,
        representative_name=representative.name if representative is not None else None,
        # Who nobody proved to represent the subject is not called so in an answer.
        representative_kind=None if answer and case.verified_by is None else case.representative,
        addressed_to=party,
        category=Category(facts["category"]),
        rights=tuple(case.rights),
        forms=order.forms,
        code=code,
        round=order.round or case.rounds,
        first_contact_on=case.opened_on,
        posted_on=case.posted_on,
        reply_by=letter.told,
        answer_by=_answer_by(order, case, office),
        missing=tuple(say_all((_with_days(each, language, card.years) for each in order.missing), language)),
        extend_reason=ExtendReason(reason) if (reason := facts.get("extend_reason")) else None,
        withdrawn_on=day(facts.get("withdrawn_on")),
        adds_to=_adds_to(letter, case),
        disc_of=None if disc is None else disc[0],
        passphrase=None if disc is None else disc[1],
        **(_answered(case, facts, matter, language, office) if answer else {}),
        sample=office.founded.demo,
        copy=letter.copy,
    )
    return content if case.office is SOURCE else _of_the_office(content, order, case)


def _with_days(reason: Reason, language: Language, years: Years) -> Reason:
    """Return a sentence whose days are written as letters write them; reasons keep them as 2026-11-24."""
    return Reason(reason.code, {name: _day_told(value, language, years) for name, value in reason.params.items()})


def _day_told(value: object, language: Language, years: Years) -> object:
    if isinstance(value, str) and _DAY.fullmatch(value):
        return day_in_words(date.fromisoformat(value), language, years)
    return value


def _to(to: Person, home: str) -> Addressee:
    return Addressee(name=to.name, postcode=to.postcode, address=to.address or "", country=to.country or home)


def _of_the_office(content: RequestLetter, order: OrderLetter, case: Case) -> RequestLetter:
    """Return a letter with what follows from the office's own procedure."""
    years = content.organisation.years
    money = statement.of(case, content.kind, content.number, content.dated, content.language, years)
    content = replace(content, own_forms=own_forms(order.forms, case.office, content.language), money=money)
    return replace(content, told=content.told_under(case.office))


def own_forms(codes: Iterable[str], office: OfficeProcedure, language: Language) -> tuple[OwnForm, ...]:
    """Return those of these forms that are not the source's, as they are printed."""
    found = [form for code in codes if (form := office.start.form(code)) is not None]
    return tuple(OwnForm.of(form, office, language) for form in found if form != SOURCE.start.form(form.code))


def _going(case: Case) -> dict[str, Any]:
    """Return how an answer goes, where the office's own procedure says it."""
    if case.office == SOURCE:
        return {}
    goes = delivery.going(case)
    return {
        "way": goes.way,
        "mail_class": goes.mail_class,
        "extras": goes.extras,
        "returned": papers_after.returns(case),
        "later": execution.rights(case),
    }


def _adds_to(letter: Letter, case: Case) -> str | None:
    """Return the mailing that a letter brings a form after."""
    own = case.round_letter
    return own.number if own is not None and letter.number in case.supplements else None


def _dated(number: str | None, case: Case) -> Any:
    """Return the day that stands on a letter of the case."""
    return next((letter.ordered_on for letter in case.letters if letter.number == number), None)


def _answer_by(order: OrderLetter, case: Case, office: Office) -> Any:
    """Return the last day of an extended answer, where the regime counts one."""
    return clocks.answer_by(case, office.calendar) if order.kind == LetterKind.EXTENSION_NOTICE else None


def _answered(case: Case, facts: dict[str, Any], matter: Matter, language: Language, office: Office) -> dict[str, Any]:
    """Return what the notification alone says: each right's answer, what it encloses, what it corrects, how it goes."""
    found = _found(case, matter, language)
    return {
        "answers": tuple(_answer(right, case, facts, matter, language, office, found) for right in case.rights),
        "encloses": found,
        "corrects": case.corrects,
        "corrects_dated": _dated(case.corrects, case),
        **_going(case),
    }


def _found(case: Case, matter: Matter, language: Language) -> tuple[Enclosure, ...]:
    """Return the files of departments that go with the answer; on a disc where that is how it is disclosed."""
    on_disc = right_rules.on_discs(case.rights, case.method)
    return enclosing.enclosures(case.searches, matter.outcomes, on_disc, _departments(case, language))


def _departments(case: Case, language: Language) -> dict[str, str]:
    """Return the names of the departments that were asked; none is looked up where nobody was."""
    return {one.code: one.name(language) for one in departments().values()} if case.searches else {}


def _answer(
    right: Right,
    case: Case,
    facts: dict[str, Any],
    matter: Matter,
    language: Language,
    office: Office,
    found: tuple[Enclosure, ...],
) -> Answer:
    """Return the section of the notification for one right, with the words its ground has in law."""
    outcome = matter.outcomes[right]
    ground = case.regime.grounds[outcome.ground] if outcome.ground else None
    shown = case.regime.shown(ground) if ground is not None else None
    purposes: tuple[str, ...] = ()
    if right is Right.PURPOSE_NOTICE and outcome.outcome in ("granted", "partly"):
        today, we = office.calendar.today(office.now), organisation().we
        purposes = right_rules.purposes(Category(facts["category"]), language, today, we)
    names, granted = _departments(case, language), outcome.outcome in ("granted", "partly")
    corrections: tuple[Correction, ...] = ()
    if right is Right.CORRECTION:
        corrections = matter.corrections
    return Answer(
        right=right,
        outcome=outcome.outcome,
        article="" if clocks.outside_the_law(case) else right_rules.article(right, case.regime, case.halt),
        ground=outcome.ground,
        ground_article=shown.article_for(right) if shown is not None and not clocks.outside_the_law(case) else None,
        ground_words=shown.words(language) if shown is not None else None,
        explanation=outcome.explanation,
        enclosures=outcome.enclosures,
        method=right_rules.told_method(right, outcome, case.method),
        changed=outcome.changed,
        corrections=corrections,
        measure=outcome.measure,
        purposes=purposes,
        passed_to=outcome.passed_to,
        held_back=enclosing.held_back(case.searches, right, found, case.regime, names, language) if granted else (),
        done=enclosing.done(case.searches, right, names) if granted else (),
    )
