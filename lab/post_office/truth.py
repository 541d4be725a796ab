"""What a scan must find in files the virtual post office made, held against what it did find."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lab.post_office.fates import Found, Page, Piece, must_be_found
from lab.post_office.stacks import Made
from services.returns.values import Place, Scanned
from workflows.request.values import CodeState, FormName


@dataclass(frozen=True, slots=True)
class Deviation:
    """Something the scan told otherwise than it was. ``kind`` is a key of the words of the round trip."""

    kind: str
    about: str
    wanted: object = None
    found: object = None


@dataclass(frozen=True, slots=True)
class Truth:
    """What lies in the files of one day: ``pieces`` by case, ``pages`` by place, codes that are not good by case."""

    pieces: Mapping[str, Piece]
    pages: Mapping[tuple[Path, int], Page]
    states: Mapping[str, CodeState]

    @classmethod
    def of(
        cls, pieces: Iterable[Piece], made: Iterable[Made], states: Mapping[str, CodeState] | None = None
    ) -> "Truth":
        """Return the truth about these files. A piece is named by its case."""
        pages = {(one.path, number): page for one in made for number, page in enumerate(one.stack.pages, 1)}
        return cls({piece.name: piece for piece in pieces}, pages, states or {})

    @property
    def tray(self) -> set[tuple[Path, int]]:
        """Where the pages lie that nobody but a person can tell: codes destroyed, or none printed."""
        return {place for place, page in self.pages.items() if not page.readable}

    @property
    def forms(self) -> dict[tuple[str, FormName], Found]:
        """What must be found of each form."""
        return must_be_found(self.pieces.values(), self.pages.values())


def deviations(truth: Truth, scanned: Scanned) -> list[Deviation]:
    """Return everything the scan told otherwise than it was; nothing where it told the truth and no more."""
    return [
        *_forms(truth, scanned),
        *_places(truth, scanned),
        *_tray(truth, scanned),
        *(Deviation("refused_file", f"{one.file.name}: {one.code}") for one in scanned.refused),
        *(Deviation("known_page", _named(one.place)) for one in scanned.known),
    ]


def read_rightly(truth: Truth, scanned: Scanned) -> set[tuple[Path, int]]:
    """Return where the pages lie that were told to be what they are."""
    return {place for place, told in _told(scanned) if place in truth.pages and told == _is(truth.pages[place])}


def by_distortion(truth: Truth, read: set[tuple[Path, int]]) -> dict[str, tuple[int, int]]:
    """Return for each distortion how many of how many pages with a code were read."""
    of: Counter[str] = Counter()
    good: Counter[str] = Counter()
    for place, page in truth.pages.items():
        if page.leaf.coded:
            of.update(page.wear.distortions)
            if place in read:
                good.update(page.wear.distortions)
    return {name: (good[name], count) for name, count in of.items()}


def _forms(truth: Truth, scanned: Scanned) -> Iterator[Deviation]:
    wanted = truth.forms
    told = {(one.case, one.form): one for one in scanned.matched}
    for key in wanted.keys() - told.keys():
        yield Deviation("form_not_found", " ".join(key))
    for key in told.keys() - wanted.keys():
        yield Deviation("form_from_nowhere", " ".join(key))
    for key in wanted.keys() & told.keys():
        one = told[key]
        if (found := Found(one.of, one.missing, one.doubled)) != wanted[key]:
            yield Deviation("form_otherwise", " ".join(key), wanted[key], found)
        state = truth.states.get(one.case, CodeState.GOOD)
        if one.state is not state:
            yield Deviation("code_otherwise", " ".join(key), state, one.state)


def _places(truth: Truth, scanned: Scanned) -> Iterator[Deviation]:
    told = dict(_told(scanned))
    for place, page in truth.pages.items():
        if page.readable and told.get(place) != _is(page):
            yield Deviation("page_otherwise", _at(place), _is(page), told.get(place))
    for place in told.keys() - truth.pages.keys():
        yield Deviation("page_from_nowhere", _at(place))


def _tray(truth: Truth, scanned: Scanned) -> Iterator[Deviation]:
    lying = Counter((one.place.file, one.place.page) for one in scanned.unmatched)
    for place in truth.tray - lying.keys():
        yield Deviation("not_in_tray", _at(place))
    for place, often in lying.items():
        if place not in truth.tray or often > 1:
            yield Deviation("in_tray", _at(place))
    for one in scanned.foreign:
        yield Deviation("foreign_page", _named(one.place))


def _told(scanned: Scanned) -> Iterator[tuple[tuple[Path, int], tuple[str, str]]]:
    """Yield what each matched page was told to be: its case, and its form or, for a page of a letter, a dash."""
    for form in scanned.matched:
        for place in form.places:
            yield (place.file, place.page), (form.case, form.form)
    for letter in scanned.letters:
        yield (letter.place.file, letter.place.page), (letter.case, "-")


def _is(page: Page) -> tuple[str, str]:
    return page.piece, page.leaf.form or "-"


def _at(place: tuple[Path, int]) -> str:
    return f"{place[0].name}, {place[1]}"


def _named(place: Place) -> str:
    return _at((place.file, place.page))


def fingerprint(made: Sequence[Made]) -> str:
    """Return one fingerprint of all files: the same for the same seed, whatever codes the letters carry."""
    import hashlib

    seen = hashlib.sha256()
    for one in sorted(made, key=lambda made: made.path.name):
        seen.update("\n".join((one.path.name, *one.fingerprints)).encode())
    return seen.hexdigest()
