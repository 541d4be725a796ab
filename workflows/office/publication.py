"""Sentences of the office's own, at named places of its letters and of the published sheet.

They are text and nothing else: one line each, bounded, of characters that can be printed, and set by the typesetter as
text. They add; what the law demands stands whatever they say.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from workflows.engine.values import Reason
from workflows.law import Regime
from workflows.office.said import Said
from workflows.office.table import Fault, Table

if TYPE_CHECKING:
    from workflows.office.procedure import OfficeProcedure


class Place(StrEnum):
    """Where a sentence of the office's own may stand."""

    GREETING = "greeting"
    """In the covering letter of the forms, after the thanks."""
    GUIDANCE = "guidance"
    """At the end of the guidance, under a heading that says whose it is."""
    CHECKLIST = "checklist"
    """At the end of the checklist."""
    DEFICIENCY = "deficiency"
    """In the deficiency notice, after how to send what is missing."""
    REMINDER = "reminder"
    ANSWER = "answer"
    """In the answer, after where to complain."""
    SHEET = "sheet"
    """On the published sheet, at its end."""


KEYS: dict[str, str] = {
    "own_words": "sentences of the office's own, each with `ja` and `en`, one line of at most 400 characters: "
    "`own_words.greeting` (covering letter of the forms), `guidance` (end of the guidance), `checklist`, `deficiency` "
    "(deficiency notice), `reminder`, `answer` (end of the answer), `sheet` (end of the published sheet). They add; "
    "nothing that the law demands can be left out by them",
}
"""What each key of this part means, for docs/procedure-file.md."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Sentences of the office's own by place; nothing: only what the other parts say."""

    own: Mapping[Place, Said] = field(default_factory=dict)


def read(top: Table) -> Publication:
    """Return what the file says of it."""
    return top.inner("own_words", _own) or Publication()


def _own(table: Table) -> Publication:
    found = {place: table.inner(place, lambda row: row.bilingual()) for place in Place}
    return Publication(own={place: said for place, said in found.items() if said is not None})


MOST_MARKS = 3
"""Marks set over or under one letter; more would run over the lines around it."""


def forbidden(whole: "OfficeProcedure", regime: Regime) -> Iterator[Fault]:
    """Yield the sentences that would not stay in their line."""
    for place, said in whole.publication.own.items():
        for language, text in (("ja", said.ja), ("en", said.en)):
            if _most_marks(text) > MOST_MARKS:
                params = {"key": language, "most": MOST_MARKS}
                yield Fault(f"own_words, {place}", Reason("office_publication.piled_up", params))


def _most_marks(text: str) -> int:
    most = run = 0
    for character in unicodedata.normalize("NFC", text):
        run = run + 1 if unicodedata.combining(character) or unicodedata.category(character) == "Me" else 0
        most = max(most, run)
    return most
