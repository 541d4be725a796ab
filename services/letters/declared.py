"""The kinds of letters of all procedures: whose each is, what it says, and where its words stand.

A procedure declares its kinds (`workflows.engine.procedure.Procedure.letters`); the name of a kind is its own in the
whole house. Its words stand in the procedure's folder of templates, one file a language:
``<procedure>/<language>/<kind>.typ.j2``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.engine.trouble import Poison
from settings import PROJECT
from workflows import registry
from workflows.engine import codec
from workflows.engine.machine import BadDefinition
from workflows.engine.procedure import Procedure
from workflows.engine.schemas import FORMS
from workflows.engine.values import Language
from workflows.letters import LetterContent, RecordPosting, RecordReturn

TEMPLATES = PROJECT / "templates"


class UnknownKind(Poison):
    """No procedure of this house declares letters of that kind."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of letter: the procedure that sends it, what it says, and the folder of that procedure's templates.

    ``secret``: nobody but whoever it goes to may read it.
    """

    name: str
    procedure: str
    content: type[LetterContent]
    folder: Path
    secret: bool = False

    def template(self, language: Language) -> str:
        """Return the path of its words, beginning with the name of the procedure."""
        return f"{self.procedure}/{self._file(language)}"

    def has_words(self, language: Language) -> bool:
        """Whether it can be written in that language."""
        return (self.folder / self._file(language)).is_file()

    def _file(self, language: Language) -> str:
        return f"{language}/{self.name}.typ.j2"


def kinds() -> dict[str, Kind]:
    """Return every kind by its name, in the order of the procedures. Raises BadDefinition where two share a name."""
    found: dict[str, Kind] = {}
    for procedure in registry.procedures():
        own = {str(name): _kind(procedure, str(name), content) for name, content in procedure.letters.items()}
        if shared := sorted(found.keys() & own.keys()):
            raise BadDefinition(procedure.name, [f"{name}: a letter of {found[name].procedure}" for name in shared])
        found |= own
    return found


def _kind(procedure: Procedure, name: str, content: type[LetterContent]) -> Kind:
    folder = procedure.templates or TEMPLATES / procedure.name
    return Kind(name, procedure.name, content, folder, secret=name in procedure.secret)


def kind(name: str) -> Kind:
    """Return the kind of that name. Raises UnknownKind."""
    found = kinds().get(name)
    if found is None:
        raise UnknownKind(f"no letter is called {name}")
    return found


def content_of(procedure: str, stored: Mapping[str, Any]) -> LetterContent:
    """Return what a letter says, as `codec.written` wrote it for a case of that procedure.

    Raises NewerForm where newer code wrote it, UnknownKind where the procedure declares no such letter.
    """
    FORMS.number_of(stored)
    declared = kinds().get(str(stored.get("kind")))
    if declared is None or declared.procedure != procedure:
        raise UnknownKind(f"{procedure} sends no such letter")
    return codec.read(declared.content, stored)


def without_words() -> list[tuple[Kind, Language]]:
    """Return the kinds that lack their template in a language."""
    return [(one, language) for one in kinds().values() for language in Language if not one.has_words(language)]


def check() -> None:
    """Refuse a procedure that orders letters it cannot write in each language, or of which nobody could record the way.

    Raises BadDefinition.
    """
    unwritable = {one.name for one, _ in without_words()}
    for procedure in registry.procedures():
        procedure.machine.check(letters=[name for name in procedure.letters if name not in unwritable])
        for payload in (RecordPosting, RecordReturn) if procedure.letters else ():
            transition_for(procedure.name, payload)


def transition_for(procedure: str, payload: type[RecordPosting | RecordReturn]) -> str:
    """Return the transition by which a procedure records that a letter was posted, or came back.

    Raises BadDefinition where it has none, or several.
    """
    transitions = registry.procedure(procedure).machine.transitions.values()
    names = [transition.name for transition in transitions if transition.payload is payload]
    if len(names) != 1:
        raise BadDefinition(
            procedure, [f"needs exactly one transition that takes {payload.__name__}, has {len(names)}"]
        )
    return names[0]


class PutsNothingRight(LookupError):
    """A procedure knows no step that puts right what was recorded of its letters."""


def righting_for(procedure: str, payload: type[Any]) -> str:
    """Return the transition by which a procedure puts right what was recorded of a letter.

    Where another one takes the same order, it is one that this one becomes. Raises PutsNothingRight.
    """
    transitions = registry.procedure(procedure).machine.transitions.values()
    names = [each.name for each in transitions if each.payload is payload]
    if not names:
        raise PutsNothingRight(procedure)
    return next((each.name for each in transitions if each.name in names and each.becomes is not None), names[0])
