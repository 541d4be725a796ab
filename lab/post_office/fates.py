"""What happens to a letter and to what comes back: decided by dice alone, without a picture, a file or a clock.

Many lives can be decided so without making one picture (that is what ``paper`` and ``machines`` do). A piece of mail is
named by whoever asks, and its fate depends on the seed and that name only, not on who asked before.
"""

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from lab.post_office.chance import dice, one_of
from workflows.letters import ReturnReason
from workflows.request.values import FormName


class Ending(StrEnum):
    """How the journey of a letter ends."""

    RETURNED = "returned"
    NEVER_ANSWERED = "never_answered"
    LOST_ON_THE_WAY_OUT = "lost_on_the_way_out"
    LOST_ON_THE_WAY_BACK = "lost_on_the_way_back"
    UNDELIVERABLE = "undeliverable"


class Machine(StrEnum):
    """What makes a picture of a returned page."""

    SCANNER = "scanner"
    COLOUR_SCANNER = "colour_scanner"
    WORN_COPY = "worn_copy"
    FAX = "fax"
    CAMERA = "camera"


class Spoil(StrEnum):
    """What befell one of the codes of a page; the other one must do."""

    COFFEE = "coffee"
    PEN = "pen"


class Ruin(StrEnum):
    """How every code of a page became unreadable."""

    BLACKENED = "blackened"
    TORN = "torn"
    SOAKED = "soaked"
    PASTED_OVER = "pasted_over"


class Corner(StrEnum):
    """A corner of a page."""

    TOP_LEFT = "top_left"
    TOP_RIGHT = "top_right"
    BOTTOM_LEFT = "bottom_left"
    BOTTOM_RIGHT = "bottom_right"


@dataclass(frozen=True, slots=True)
class Wear:
    """What a page went through until it was a picture. ``skew`` is in degrees, ``turned`` by quarters."""

    machine: Machine
    turned: int = 0
    skew: float = 0.0
    creased: bool = False
    dog_ear: Corner | None = None
    spoil: Spoil | None = None
    spoilt_code: int = 0
    ruin: Ruin | None = None

    @property
    def distortions(self) -> tuple[str, ...]:
        """The names under which a report counts this page."""
        names: list[str] = [self.machine]
        names += [f"turned_{self.turned}"] if self.turned else []
        names += ["skewed"] if abs(self.skew) > 0.8 else []
        names += ["creased"] if self.creased else []
        names += ["dog_ear"] if self.dog_ear else []
        names += [self.spoil] if self.spoil else []
        return tuple([*names, self.ruin] if self.ruin else names)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of a piece: of a form, the return slip (``form`` and ``paper`` None), or a copy of an identity paper."""

    form: FormName | None = None
    page: int = 1
    paper: str | None = None

    @property
    def coded(self) -> bool:
        """Whether a code of ours is printed on it."""
        return self.paper is None


@dataclass(frozen=True, slots=True)
class Page:
    """A leaf that came back, as it came: whose, which, the how-manieth of its kind, and what it went through."""

    piece: str
    leaf: Leaf
    copy: int
    wear: Wear

    @property
    def readable(self) -> bool:
        """Whether a machine must be able to tell what it is."""
        return self.leaf.coded and self.wear.ruin is None


@dataclass(frozen=True, slots=True)
class Envelope:
    """What lies in one envelope, ``day`` days after the letter was posted. ``outdated``: an older round's forms."""

    piece: str
    day: int
    pages: tuple[Page, ...]
    signed: bool = True
    outdated: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A letter that was posted: how many pages each of its forms has, which papers are to come, if a slip is in it."""

    name: str
    forms: Mapping[FormName, int]
    papers: tuple[str, ...] = ()
    slip: bool = True

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """Everything that ought to come back."""
        forms = [Leaf(form, page) for form, pages in self.forms.items() for page in range(1, pages + 1)]
        return (*forms, *([Leaf()] if self.slip else []), *(Leaf(paper=paper) for paper in self.papers))


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a piece. ``day``: when it comes back undelivered. ``reason``: why. Else the ``envelopes``."""

    piece: str
    ending: Ending
    day: int | None = None
    reason: ReturnReason | None = None
    envelopes: tuple[Envelope, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Odds:
    """How often things happen, as parts of one. Invented, but not unlike the post: nobody has measured them."""

    lost_out: float = 0.003
    undeliverable: float = 0.02
    never_answered: float = 0.12
    lost_back: float = 0.003
    # Posted again because the sender thought the first was lost.
    returned_twice: float = 0.01
    late: float = 0.04
    unsigned: float = 0.05
    outdated: float = 0.01
    paper_missing: float = 0.08
    page_missing: float = 0.03
    page_doubled: float = 0.02
    ruined: float = 0.01
    spoilt: float = 0.06
    creased: float = 0.4
    dog_eared: float = 0.1
    mixed_up: float = 0.01
    machines: Mapping[Machine, float]


_MACHINES = {
    Machine.SCANNER: 0.5,
    Machine.COLOUR_SCANNER: 0.14,
    Machine.WORN_COPY: 0.14,
    Machine.FAX: 0.12,
    Machine.CAMERA: 0.1,
}
USUAL = Odds(machines=_MACHINES)
ROUND_TRIP = Odds(
    lost_out=0,
    undeliverable=0,
    never_answered=0,
    lost_back=0,
    returned_twice=0,
    late=0,
    unsigned=0.05,
    outdated=0.02,
    paper_missing=0.08,
    page_missing=0.05,
    page_doubled=0.05,
    ruined=0.05,
    spoilt=0.15,
    creased=0.4,
    dog_eared=0.12,
    mixed_up=0.03,
    machines=_MACHINES,
)
"""Everything comes back; one in ten with a page too few or too many, one in twenty with a page nobody can read."""

_OUT_DAYS = {1: 45, 2: 40, 3: 12, 5: 2, 8: 1}
_BACK_DAYS = {1: 40, 2: 42, 3: 14, 6: 3, 11: 1}
_REASONS = {
    ReturnReason.UNKNOWN_ADDRESS: 5,
    ReturnReason.MOVED: 3,
    ReturnReason.UNCLAIMED: 3,
    ReturnReason.REFUSED: 1,
}
_UNCLAIMED_AFTER = 10
# When a case has lapsed for good: forty working days and the new year between them.
_LATE = (58, 130)


def fate(seed: int, piece: Piece, odds: Odds = USUAL) -> Fate:
    """Return what becomes of a piece. The same seed and piece give the same fate."""
    rolls = dice(seed, "journey", piece.name)
    out = one_of(rolls, _OUT_DAYS)
    thinking = min(40, round(rolls.lognormvariate(1.7, 0.8)))
    back = one_of(rolls, _BACK_DAYS)
    ending = one_of(
        rolls,
        {
            Ending.LOST_ON_THE_WAY_OUT: odds.lost_out,
            Ending.UNDELIVERABLE: odds.undeliverable,
            Ending.NEVER_ANSWERED: odds.never_answered,
            Ending.LOST_ON_THE_WAY_BACK: odds.lost_back,
            Ending.RETURNED: 1 - odds.lost_out - odds.undeliverable - odds.never_answered - odds.lost_back,
        },
    )
    if ending is Ending.UNDELIVERABLE:
        reason = one_of(rolls, _REASONS)
        kept = _UNCLAIMED_AFTER if reason is ReturnReason.UNCLAIMED else 0
        return Fate(piece.name, ending, out + kept + back, reason)
    if ending is not Ending.RETURNED:
        return Fate(piece.name, ending)
    day = rolls.randint(*_LATE) if rolls.random() < odds.late else out + thinking + back
    envelopes = [_envelope(seed, piece, odds, day, 0)]
    if rolls.random() < odds.returned_twice:
        envelopes.append(_envelope(seed, piece, odds, day + rolls.randint(1, 9), len(envelopes)))
    return Fate(piece.name, ending, envelopes=tuple(envelopes))


def _envelope(seed: int, piece: Piece, odds: Odds, day: int, number: int) -> Envelope:
    """Return what somebody puts into one envelope, and what each page goes through."""
    rolls = dice(seed, "envelope", piece.name, number)
    leaves = list(piece.leaves)
    papers = [leaf for leaf in leaves if leaf.paper is not None]
    if papers and rolls.random() < odds.paper_missing:
        leaves.remove(rolls.choice(papers))
    forms = [leaf for leaf in leaves if leaf.form is not None]
    copies = Counter(leaves)
    chance = rolls.random()
    if forms and chance < odds.page_missing:
        copies[rolls.choice(forms)] -= 1
    elif forms and chance < odds.page_missing + odds.page_doubled:
        copies[rolls.choice(forms)] += 1
    there = [leaf for leaf in forms if copies[leaf]]
    ruined = rolls.choice(there) if there and rolls.random() < odds.ruined else None
    pages = [
        Page(piece.name, leaf, copy, wear(dice(seed, "wear", piece.name, number, leaf, copy), leaf, odds))
        for leaf in leaves
        for copy in range(1, copies[leaf] + 1)
    ]
    if ruined is not None:
        pages = [_ruined(page, rolls) if page.leaf == ruined and page.copy == 1 else page for page in pages]
    signed, outdated = rolls.random() >= odds.unsigned, rolls.random() < odds.outdated
    return Envelope(piece.name, day, tuple(pages), signed, outdated)


def _ruined(page: Page, rolls: random.Random) -> Page:
    return replace(page, wear=replace(page.wear, ruin=rolls.choice(list(Ruin)), spoil=None))


def wear(rolls: random.Random, leaf: Leaf, odds: Odds = USUAL) -> Wear:
    """Return what one page goes through. Only a page with two codes has one of them spoilt."""
    machine = one_of(rolls, odds.machines)
    skewed = rolls.gauss(0, 1.1) if machine is not Machine.CAMERA else rolls.gauss(0, 2.0)
    spoilt = leaf.form is not None and rolls.random() < odds.spoilt
    return Wear(
        machine,
        turned=one_of(rolls, {0: 55, 180: 25, 90: 10, 270: 10}),
        skew=round(max(-4.0, min(4.0, skewed)), 2),
        creased=rolls.random() < odds.creased,
        dog_ear=rolls.choice(list(Corner)) if rolls.random() < odds.dog_eared else None,
        spoil=rolls.choice(list(Spoil)) if spoilt else None,
        spoilt_code=rolls.randrange(2),
    )


def mixed_up(seed: int, envelopes: Sequence[Envelope], odds: Odds = USUAL) -> list[Envelope]:
    """Return the envelopes after some people put a page of somebody else's into theirs. No page is lost or made."""
    lying = [list(envelope.pages) for envelope in envelopes]
    for giver, envelope in enumerate(envelopes):
        rolls = dice(seed, "mixed up", envelope.piece, envelope.day)
        if len(envelopes) > 1 and lying[giver] and rolls.random() < odds.mixed_up:
            taker = (giver + rolls.randrange(1, len(envelopes))) % len(envelopes)
            lying[taker].append(lying[giver].pop(rolls.randrange(len(lying[giver]))))
    return [replace(envelope, pages=tuple(pages)) for envelope, pages in zip(envelopes, lying, strict=True)]


@dataclass(frozen=True, slots=True)
class Found:
    """What must be found of one form of one piece: how many pages it has, which are missing, which came twice."""

    pages: int
    missing: tuple[int, ...]
    doubled: tuple[int, ...]


def must_be_found(pieces: Iterable[Piece], pages: Iterable[Page]) -> dict[tuple[str, FormName], Found]:
    """Return the truth about these pages: each form of which at least one page can be read, with what is wrong."""
    seen = Counter((page.piece, page.leaf) for page in pages if page.readable and page.leaf.form is not None)
    truth: dict[tuple[str, FormName], Found] = {}
    for piece in pieces:
        for form, count in piece.forms.items():
            times = [seen[piece.name, Leaf(form, number)] for number in range(1, count + 1)]
            if any(times):
                missing = tuple(number for number, often in enumerate(times, 1) if not often)
                doubled = tuple(number for number, often in enumerate(times, 1) if often > 1)
                truth[piece.name, form] = Found(count, missing, doubled)
    return truth
