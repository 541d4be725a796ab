"""What an answer encloses of what departments found, what it holds back, and what it says they did."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from workflows.disclosure.values import PICTURES, File, Part
from workflows.law.law import Regime
from workflows.law.values import OutcomeName, Right, RightOutcome
from workflows.letters import SealedFile
from workflows.request import searches
from workflows.request.searches import Searched

FOLDER = "found"
"""Under which folder the typesetter finds what is enclosed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that goes out: ``place`` is its number among all of the letter, counted from 1.

    ``department`` is named in the letter's language; ``search`` is the search it came with, under whose key its
    ``parts`` are sealed. ``masked``: part of it is blacked out. ``on_disc``: it is not printed.
    """

    place: int
    find: str
    search: str
    right: Right
    department: str
    kind: str
    pages: int
    masked: bool = False
    on_disc: bool = False
    parts: tuple[Part, ...] = ()

    @property
    def is_table(self) -> bool:
        """Whether it is printed as cells and not as pictures of pages."""
        return self.kind not in PICTURES

    def sealed(self) -> Iterator[SealedFile]:
        """Yield its parts, each under the name the typesetter finds it by."""
        for number, part in enumerate(self.parts, 1):
            name = f"{FOLDER}/{self.place}-{number}.{'json' if self.is_table else 'svg'}"
            yield SealedFile(name=name, key=self.search, number=part.number, path=part.path, sha256=part.sha256,
                             size=part.size or None)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack:
    """What does not go out, and why: the black parts of enclosure ``place``, or (None) a whole file.

    ``article`` is written as the law's file does.
    """

    department: str
    kind: str
    pages: int
    words: str
    article: str
    place: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneBy:
    """What a department did: the kind of act, the day, and what it said of it."""

    department: str
    act: str
    on: date
    what: str | None = None


def enclosures(
    asked: Iterable[Searched],
    outcomes: Mapping[Right, RightOutcome | None],
    discs: Iterable[Right],
    names: Mapping[str, str],
) -> tuple[Enclosure, ...]:
    """Return what goes out, right by right in the order they came; of rights in *discs* on a disc."""
    asked, on_disc = tuple(asked), frozenset(discs)
    found: list[Enclosure] = []
    for right, outcome in outcomes.items():
        if outcome is None or outcome.outcome not in (OutcomeName.GRANTED, OutcomeName.PARTLY):
            continue
        for search, file in searches.files(asked, right):
            if file.enclosed:
                found.append(_enclosure(len(found) + 1, right, search, file, names, on_disc=right in on_disc))
    return tuple(found)


def _enclosure(
    place: int, right: Right, search: Searched, file: File, names: Mapping[str, str], *, on_disc: bool
) -> Enclosure:
    return Enclosure(
        place=place,
        find=file.number,
        search=search.number,
        right=right,
        department=names.get(search.department, search.department),
        kind=file.kind,
        pages=file.pages,
        masked=bool(file.treatment.masks),
        on_disc=on_disc,
        parts=file.treatment.parts,
    )


def held_back(
    asked: Iterable[Searched],
    right: Right,
    enclosed: Iterable[Enclosure],
    regime: Regime,
    names: Mapping[str, str],
    language: str,
) -> tuple[HeldBack, ...]:
    """Return what is held back of what was found for a right, each ground of each file once."""
    places = {one.find: one.place for one in enclosed}
    return tuple(
        HeldBack(
            department=names.get(search.department, search.department),
            kind=file.kind,
            pages=file.pages,
            words=regime.grounds[code].words(language),
            article=regime.grounds[code].article_for(right),
            place=places.get(file.number) if file.enclosed else None,
        )
        for search, file in searches.files(asked, right)
        if file.treatment.choice is not None
        for code in file.treatment.grounds
    )


def done(asked: Iterable[Searched], right: Right, names: Mapping[str, str]) -> tuple[DoneBy, ...]:
    """Return what departments did for a right, in the order they did it."""
    return tuple(
        DoneBy(department=names.get(one.department, one.department), act=one.act, on=one.done_on, what=one.done)
        for one in searches.done(asked, right)
        if one.done_on is not None
    )
