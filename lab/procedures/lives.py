"""Cases lived through under a file, from first contact to answer, and what their letters said on the way.

The office is a real one on SQLite, with sealed people, orders and letters; only printer, post and people are played.
Every main path begins with something missing, so that the one notice tells all that the file asks for.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from lab.procedures.branches import lives
from lab.procedures.file import Written
from lab.procedures.heard import Heard, heard, published
from lab.procedures.page import RAN, Tried
from lab.procedures.steps import Asking, Life, NotLived
from lab.procedures.told import untold
from models.session import migrate
from services.office import adopting
from tests.office import TestOffice
from tests.own_procedure import adopts
from workflows.engine.values import Language
from workflows.law.values import Right
from workflows.office.reading import BadFile, read_procedure
from workflows.office.start import Way
from workflows.words import say


@dataclass(slots=True)
class Lived:
    """One life of a case: what its letters said, or why it broke off."""

    letters: list[Heard] = field(default_factory=list)
    why: str = RAN


def trials(read: Sequence[Written], on_row: Callable[[int, int], None] = lambda done, of: None) -> list[Tried]:
    """Try every row, each in an office of its own."""
    found = []
    with _template() as template:
        for number, one in enumerate(read, start=1):
            with _office(template) as office:
                found.append(trial(one, office))
            on_row(number, len(read))
    return found


def trial(read: Written, office: TestOffice) -> Tried:
    """Adopt the file of a row in an office and live its main path and every branch."""
    faults = faults_of(read)
    if faults:
        return Tried(read, faults, {})
    adopts(office, read.text)
    return Tried(read, (), {name: live(read, name, office).why for name in lives(read)})


def faults_of(read: Written) -> tuple[str, ...]:
    """Return what is wrong with the file of a row."""
    found = read_procedure(read.text, read.row.id, adopting.regimes())
    if not isinstance(found, BadFile):
        return ()
    return tuple(f"{fault.place}: {say(fault.reason, 'en')}" for fault in found.faults)


def live(read: Written, name: str, office: TestOffice) -> Lived:
    """Live one life of a row's file; what the letters do not tell of the facts makes it fail."""
    lived = Lived()
    known = tuple(Right(right) for right in read.row.rights if right in list(Right)) or (Right.DISCLOSURE,)
    language = Language.JA if read.row.country == "JP" else Language.EN
    try:
        life = Life(office, read.text, name, asked=Asking(known, language))
        lived.letters = [heard(content) for content in life.whole_way()]
        if life.way is not Way.CONTACT:
            lived.letters.insert(0, published(life.whole, life.law, office.today, language))
    except NotLived as broken:
        lived.why = str(broken)
        return lived
    missing = untold(read, name, lived.letters)
    if missing:
        lived.why = "its letters do not tell " + "; ".join(missing)
    return lived


@contextmanager
def _template() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="mg-"))
    migrate(f"sqlite:///{folder / 'template.sqlite3'}")
    yield folder / "template.sqlite3"
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _office(template: Path) -> Iterator[TestOffice]:
    folder = Path(tempfile.mkdtemp(prefix="mg-"))
    file = folder / "office.sqlite3"
    shutil.copyfile(template, file)
    office = TestOffice(f"sqlite:///{file}", folder)
    yield office
    office.close()
    shutil.rmtree(folder, ignore_errors=True)
