"""A first contact asked for question by question, for a person at a terminal who has no file."""

from collections.abc import Iterable
from typing import Any

from commands.context import interactive, said
from workflows.engine.values import Language
from workflows.law.values import Category, RepresentativeKind, Right
from workflows.request.values import Channel
from workflows.words import noun


def ask_for_contact() -> dict[str, Any] | None:
    """Return what was answered, as ``open --file`` would hold it; None where nobody can be asked."""
    if not interactive():
        return None
    contact: dict[str, Any] = {
        "rights": _several(said("asking.rights"), "right", Right),
        "category": _one(said("asking.category"), "category", Category),
        "channel": _one(said("asking.channel"), "channel", Channel),
        "language": _one(said("asking.language"), "language", Language),
        "subject": _person(said("asking.subject")),
    }
    kind = _one(said("asking.representative_none"), "kind", RepresentativeKind, needed=False)
    if kind is not None:
        contact["representative"] = {"kind": kind, **_person(said("asking.representative"))}
    known = _text(said("asking.on_record"), default="no")
    return {**contact, "address_on_record": known, "note": _text(said("asking.note"))}


def _person(who: str) -> dict[str, str]:
    fields = {
        "name": said("asking.person.name"),
        "kana": said("asking.person.kana"),
        "postcode": said("asking.person.postcode"),
        "address": said("asking.person.address"),
        "phone": said("asking.person.phone"),
        "email": said("asking.person.email"),
        "birth_date": said("asking.person.birth_date"),
    }
    return {field: _text(f"{who}: {words}") for field, words in fields.items()}


def _one(question: str, group: str, words: Iterable[str], *, needed: bool = True) -> str | None:
    choices = _offered(question, group, words)
    while True:
        chosen = _chosen(_text(question), choices)
        if len(chosen) == 1:
            return chosen[0]
        if not chosen and not needed:
            return None


def _several(question: str, group: str, words: Iterable[str]) -> list[str]:
    choices = _offered(question, group, words)
    while True:
        chosen = _chosen(_text(question), choices)
        if chosen:
            return chosen


def _offered(question: str, group: str, words: Iterable[str]) -> list[str]:
    import click

    from commands.context import call

    choices = [str(word) for word in words]
    click.echo(f"{question}:", err=True)
    for number, word in enumerate(choices, 1):
        click.echo(f"  {number}  {noun(f'{group}.{word}', call().language)} ({word})", err=True)
    return choices


def _chosen(text: str, choices: list[str]) -> list[str]:
    """Return what numbers and words stand for; nothing where one of them stands for nothing."""
    found = []
    for part in text.replace(",", " ").split():
        if part.isdigit() and 0 < int(part) <= len(choices):
            found.append(choices[int(part) - 1])
        elif part in choices:
            found.append(part)
        else:
            return []
    return found


def _text(question: str, default: str = "") -> str:
    import click

    from services.office import caller

    with caller.present().at_a_question():
        return str(click.prompt(question, default=default, show_default=bool(default), err=True))
