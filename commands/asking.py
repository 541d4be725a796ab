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
        "rights": _several(said("請求の種類（番号を空白で区切って）", "rights (numbers, with blanks)"), "right", Right),
        "category": _one(said("本人の区分", "category"), "category", Category),
        "channel": _one(said("受付方法", "channel"), "channel", Channel),
        "language": _one(said("手紙の言葉", "language of letters"), "language", Language),
        "subject": _person(said("本人", "the subject")),
    }
    kind = _one(
        said("代理人（いなければ空のまま）", "representative (empty: none)"), "kind", RepresentativeKind, needed=False
    )
    if kind is not None:
        contact["representative"] = {"kind": kind, **_person(said("代理人", "the representative"))}
    known = _text(
        said("住所は既に届出のあるものですか（yes / no）", "is the address the one on record (yes / no)"), default="no"
    )
    return {**contact, "address_on_record": known, "note": _text(said("メモ", "note"))}


def _person(who: str) -> dict[str, str]:
    fields = {
        "name": said("氏名", "name"),
        "kana": said("かな", "kana"),
        "postcode": said("郵便番号", "postcode"),
        "address": said("住所", "address"),
        "phone": said("電話", "telephone"),
        "email": said("メール", "e-mail"),
        "birth_date": said("生年月日（未成年のとき。2010-04-01 の形）", "birth date (of a minor; like 2010-04-01)"),
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

    return str(click.prompt(question, default=default, show_default=bool(default), err=True))
