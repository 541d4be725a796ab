"""Stacks for the scanner: returned pages laid together in files, and each file made, page by page, as a picture.

What lies where is decided without a picture (``stacked``); ``make`` draws one file and may run in another process. The
letters it draws from are those in the spool, found by their path; nothing else is known of them.
"""

import hashlib
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops
from pypdfium2 import PdfDocument

from lab.post_office.cards import copy_of
from lab.post_office.chance import dice
from lab.post_office.fates import Leaf, Machine, Page, Piece
from lab.post_office.filling import Wish, blank, fill_in
from lab.post_office.hand import Hand
from lab.post_office.machines import IN_COLOUR, encoded, pictured, quality
from lab.post_office.paper import worn
from lab.post_office.sheets import Sheet, forms_in, sheet_at

MOST_PAGES = 20
_ALONE = 0.06
_MADE_AT = time.struct_time((2026, 1, 1, 0, 0, 0, 3, 1, 0))


@dataclass(frozen=True, slots=True)
class Stack:
    """One file: its name without ending, and its pages in their order."""

    name: str
    pages: tuple[Page, ...]
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Where the blank pages of a piece come from, and what its sender writes on them."""

    pdf: Path
    wish: Wish


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file, and one fingerprint for each page: of the writing on it and what it went through.

    What is printed does not count: every letter has random codes, and the same seed must give the same fingerprint.
    """

    path: Path
    stack: Stack
    fingerprints: tuple[str, ...]


def stacked(seed: int, pages: Iterable[Page], day: object) -> list[Stack]:
    """Return the day's pages shuffled into files: photographs and a few others alone, all the rest in stacks."""
    rolls = dice(seed, "stacks", day)
    shuffled = sorted(pages, key=lambda page: (page.piece, str(page.leaf), page.copy))
    rolls.shuffle(shuffled)
    alone: list[Page] = []
    piles: dict[bool, list[Page]] = {True: [], False: []}
    for page in shuffled:
        if page.wear.machine is Machine.CAMERA or rolls.random() < _ALONE:
            alone.append(page)
        else:
            piles[page.wear.machine is Machine.FAX].append(page)
    stacks: list[tuple[tuple[Page, ...], bool]] = [((page,), True) for page in alone]
    for pile in piles.values():
        while pile:
            height = rolls.randint(MOST_PAGES // 2, MOST_PAGES)
            stacks.append((tuple(pile[:height]), False))
            del pile[:height]
    rolls.shuffle(stacks)
    return [Stack(f"{day}-{number:03d}", taken, lone) for number, (taken, lone) in enumerate(stacks, 1)]


def make(stack: Stack, sources: Mapping[str, Source], seed: int, folder: Path) -> Made:
    """Draw one file into the folder. The same letters and the same seed give the same bytes."""
    pictures, marks = [], []
    for page in stack.pages:
        picture, mark = draw(page, sources[page.piece], seed)
        pictures.append(picture)
        marks.append(mark)
    rolls = dice(seed, "file", stack.name)
    first = stack.pages[0].wear
    if stack.alone:
        data, ending = encoded(pictures[0], first, rolls)
        path = folder / f"{stack.name}.{ending}"
        path.write_bytes(data)
    elif first.machine is Machine.FAX and rolls.random() < 0.5:
        path = folder / f"{stack.name}.tiff"
        pictures[0].save(path, "TIFF", save_all=True, append_images=pictures[1:], compression="group4", dpi=(200, 200))
    else:
        path = folder / f"{stack.name}.pdf"
        squeezed = {} if first.machine is Machine.FAX else {"quality": quality(first, rolls)}
        dated = {"creationDate": _MADE_AT, "modDate": _MADE_AT}
        pictures[0].save(path, "PDF", save_all=True, append_images=pictures[1:], resolution=200, **dated, **squeezed)
    return Made(path, stack, tuple(marks))


def draw(page: Page, source: Source, seed: int) -> tuple[Image.Image, str]:
    """Return the picture of one returned page, and its fingerprint."""
    name = (page.piece, page.leaf, page.copy)
    colour = page.wear.machine in IN_COLOUR
    hand = Hand.of(dice(seed, "hand", page.piece))
    rolls = dice(seed, "drawing", *name)
    seen = hashlib.sha256(repr(page.wear).encode())
    if page.leaf.paper is not None:
        sheet, leaf = Sheet(0, "", "", 1, 1), page.leaf
        picture = copy_of(leaf.paper or "", source.wish.subject, source.wish.language, rolls, colour=colour)
        seen.update(picture.tobytes())
    else:
        with PdfDocument(source.pdf) as pdf:
            sheet = _sheet(pdf, page.leaf)
            picture = blank(pdf, sheet, colour=colour)
        before = picture.copy()
        # The second copy of a page is a second copy of the same writing.
        fill_in(picture, sheet, source.wish, hand, dice(seed, "writing", page.piece, page.leaf))
        seen.update(ImageChops.difference(before, picture).tobytes())
    picture = worn(picture, sheet, page.wear, rolls)
    return pictured(picture, page.wear, rolls), seen.hexdigest()


def piece_of(name: str, path: Path, papers: Sequence[str] = ()) -> Piece:
    """Return what lies in a letter that must come back: its forms with their pages, as the letter itself shows them."""
    with PdfDocument(path) as pdf:
        counts = Counter(form for form, _ in forms_in(pdf))
    return Piece(name, counts, tuple(papers))


def _sheet(pdf: PdfDocument, leaf: Leaf) -> Sheet:
    """Return the page of the letter that this leaf was; the return slip is the last one."""
    index = len(pdf) - 1 if leaf.form is None else forms_in(pdf)[leaf.form, leaf.page]
    return sheet_at(pdf, index)
