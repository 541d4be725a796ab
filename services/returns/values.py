"""What a scan found: the values of its answer, all of them immutable. No picture and nothing personal is in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from services.returns.pages import Half
from workflows.law.values import Right
from workflows.request.returns import Next, Why
from workflows.request.values import CodeState, FormName


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stood: in which of the files, on which of its pages, counted from 1, and on which half of it."""

    file: Path
    page: int
    half: Half | None = None


@dataclass(frozen=True, slots=True)
class Matched:
    """One form that came back: ``pages`` different pages of ``of`` are held, whenever they were scanned.

    ``code`` is as printed; ``places`` are those of its pages in this call.
    """

    case: str
    form: FormName
    code: str
    round: int
    state: CodeState
    pages: int
    of: int
    missing: tuple[int, ...]
    doubled: tuple[int, ...]
    places: tuple[Place, ...]

    @property
    def sound(self) -> bool:
        """Whether every page came once and the code is good."""
        return self.state is CodeState.GOOD and not self.missing and not self.doubled


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A page that a person must look at; it waits in the tray."""

    tray: str
    place: Place
    why: Why


@dataclass(frozen=True, slots=True)
class Foreign:
    """A page that looks like ours and bears a code the office never gave out; it waits in the tray too."""

    tray: str
    place: Place


@dataclass(frozen=True, slots=True)
class LetterPage:
    """A page of a letter of ours that is no form: a cover letter that came back in the envelope."""

    letter: str
    case: str
    place: Place
    number: int
    of: int


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that could not be read to its end; nothing of it is registered. ``code`` is `Unreadable`'s."""

    file: Path
    code: str


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page that was registered by an earlier scan, under ``number`` (P… is kept, T… went to the tray)."""

    number: str
    state: str
    place: Place


@dataclass(frozen=True, slots=True)
class Returned:
    """A case whose forms came back, and what is proposed for it. ``code`` (as printed) is the best that came.

    ``arrived_at`` is when the first page under that code arrived; ``pages`` are all different pages under it;
    ``absent`` the forms of which no page came, though the case needs them and none was handed in signed before.
    ``boxes`` are the rights on each form that came, ``mandates`` those that are proxy statements, ``called`` what each
    form is called, as a sentence takes it. ``means`` are how a fee may be paid that is to come with them; none: no fee.
    """

    case: str
    state: str
    on_hold: bool
    next: Next
    code: str
    code_state: CodeState
    forms: tuple[FormName, ...]
    pages: int
    lacks_pages: bool
    absent: tuple[FormName, ...]
    arrived_at: datetime
    new: bool
    boxes: Mapping[FormName, tuple[Right, ...]] = field(default_factory=dict)
    mandates: tuple[FormName, ...] = ()
    called: Mapping[FormName, object] = field(default_factory=dict)
    means: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """What to ask for again, in the words of ``ask-again --missing``."""
        return (*(["pages"] if self.lacks_pages else []), *(f"form:{form}" for form in self.absent))


@dataclass(frozen=True, slots=True)
class Scanned:
    """All that a scan found; of ``blank`` pages nothing is kept."""

    arrived_at: datetime
    matched: tuple[Matched, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()
    foreign: tuple[Foreign, ...] = ()
    letters: tuple[LetterPage, ...] = ()
    refused: tuple[RefusedFile, ...] = ()
    known: tuple[KnownPage, ...] = ()
    cases: tuple[Returned, ...] = ()
    blank: tuple[Place, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether there is nothing to look at: every page known, every form there and whole, every code good."""
        if self.unmatched or self.foreign or self.refused:
            return False
        return all(form.sound for form in self.matched) and not any(case.absent for case in self.cases)
