"""Some stories come back through real pixels: filled in by the virtual post office, mixed into stacks, scanned, sorted.

What was put into an envelope is known here alone; the office is told files. It must find the same again by itself
(``wrong``), and the code it found is the one that is typed in. What lands in the tray a clerk sees, and assigns.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Protocol

from lab.demo.words import say
from lab.post_office.chance import dice
from lab.post_office.fates import Leaf, Machine, Odds, Page, Piece, Wear, wear
from lab.post_office.filling import Wish
from lab.post_office.stacks import Made, Source, make, piece_of, stacked
from lab.post_office.truth import Truth, deviations
from lab.post_office.words import say as say_deviation
from lab.stories import Scan
from services.returns.pages import Area
from services.returns.sorting import Destroyed, FormPage, Kept, PaperPage
from services.returns.values import Scanned
from workflows.engine.machine import Refused
from workflows.request.payloads import Open
from workflows.request.values import Party

SEED = 1


class Scanner(Protocol):
    """What of the office is needed here."""

    def scan(self, files: Sequence[Path], tick: Callable[[int, int], None]) -> Scanned:
        """Put files through the scanner."""

    def assign(
        self, tray: str, case: str, what: FormPage | PaperPage, areas: Sequence[Area] = ()
    ) -> Kept | Destroyed | Refused:
        """Put a page of the tray to a case."""


@dataclass(frozen=True, slots=True)
class Pack:
    """One envelope: whose, the printed letter it answers, what its step says is in it, and how it comes."""

    case: str
    contact: Open
    letter: Path
    told: Mapping[str, Any]
    scan: Scan


class Returns:
    """The returns of one run: ``files`` that were scanned, ``cases`` they were of, and whatever was ``wrong``."""

    def __init__(self, office: Scanner, folder: Path, language: str) -> None:
        """Take note; nothing is drawn yet."""
        self.folder = folder
        self.files = 0
        self.cases: list[str] = []
        self.wrong: list[str] = []
        self._office = office
        self._language = language

    def bring(self, packs: Sequence[Pack], day: date) -> dict[str, str]:
        """Let these envelopes arrive, scan them mixed, empty the tray; return the codes the scan found, by case."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        pieces = {pack.case: _piece(pack) for pack in packs}
        sources = {pack.case: Source(pack.letter, _wish(pack, pieces[pack.case], day)) for pack in packs}
        pages = [page for pack in packs for page in pages_of(pack, pieces[pack.case])]
        made = [make(stack, sources, SEED, self.folder) for stack in stacked(SEED, pages, day)]
        scanned = self._office.scan([one.path for one in made], lambda _done, _of: None)
        truth = Truth.of(pieces.values(), made)
        self._compare(truth, scanned)
        self._sort(truth, scanned, {pack.case: pack for pack in packs})
        self._count(made, packs)
        return {one.case: one.code for one in scanned.cases}

    def _compare(self, truth: Truth, scanned: Scanned) -> None:
        """Hold what was found against what was put in."""
        for one in deviations(truth, scanned):
            what = say_deviation(one.kind, self._language, about=one.about, wanted=one.wanted, found=one.found)
            self.wrong.append(say("scanned_otherwise", self._language, what=what))

    def _sort(self, truth: Truth, scanned: Scanned, packs: Mapping[str, Pack]) -> None:
        """Empty the tray, as a clerk does who sees each page: to its case, what must not be kept burnt black."""
        for one in scanned.unmatched:
            page = truth.pages[one.place.file, one.place.page]
            if page.leaf.form is not None:
                of = truth.pieces[page.piece].forms[page.leaf.form]
                kept = self._office.assign(one.tray, page.piece, FormPage(page.leaf.form, page.leaf.page, of))
            else:
                paper = page.leaf.paper or ""
                areas = packs[page.piece].scan.copies.get(paper, ())
                kept = self._office.assign(one.tray, page.piece, PaperPage(paper, Party.SUBJECT), areas)
            if not isinstance(kept, Kept):
                self.wrong.append(say("not_sorted", self._language, tray=one.tray, case=page.piece))

    def _count(self, made: Sequence[Made], packs: Sequence[Pack]) -> None:
        self.files += len(made)
        self.cases += [pack.case for pack in packs]


def pages_of(pack: Pack, piece: Piece) -> Iterator[Page]:
    """Yield the pages that lie in an envelope, each as it comes out of the scanner."""
    machine = Machine(pack.scan.machine)
    usual = Odds(machines={machine: 1}, spoilt=0, dog_eared=0)
    for leaf in piece.leaves:
        if _name(leaf) in pack.scan.missing:
            continue
        rolls = dice(SEED, "wear", pack.letter.name, leaf)
        # A copy has no code to stand it upright by, and its mask is where the clerk sees it.
        worn = wear(rolls, leaf, usual) if leaf.coded else Wear(machine)
        yield Page(piece.name, leaf, 1, replace(worn, ruin=pack.scan.unreadable.get(_name(leaf))))


def _name(leaf: Leaf) -> str:
    return f"{leaf.form} {leaf.page}"


def _piece(pack: Pack) -> Piece:
    return replace(piece_of(pack.case, pack.letter, tuple(pack.scan.copies)), slip=False)


def _wish(pack: Pack, piece: Piece, day: date) -> Wish:
    """Return what the sender writes on the forms."""
    documents = [one["type"] for one in pack.told.get("documents", ())]
    return Wish(
        language=pack.contact.language,
        subject=pack.contact.subject,
        representative=pack.contact.representative,
        rights=pack.contact.rights,
        day=day - timedelta(days=2),
        forms=tuple(piece.forms),
        documents=tuple(documents),
        signed=all(pack.told.get("signed", {}).values()),
        electronic=pack.told.get("method") == "electronic",
    )
