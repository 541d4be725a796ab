"""What was chosen for a file that a department found: enclosed or withheld, what is masked on it, and by whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

SCALE = 10_000
"""Places on a page are whole numbers of this: what is stored is compared exactly."""
PICTURES = frozenset({"pdf", "picture"})
"""The kinds of files whose pages go out as pictures; the others are tables of cells."""


class Choice(StrEnum):
    """Whether a file goes out with the answer."""

    ENCLOSED = "enclosed"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mask:
    """What is blacked out of a file, and on which ground.

    Of pictures an ``area`` (left, top, width, height in `SCALE` of the page) of a ``page``; of a table the cells of a
    ``row``, of a ``column`` or where the two cross. All are counted from 1.

    ``number`` is counted within the file and never given again; ``ground`` is a code of the regime.
    """

    number: int
    ground: str
    by: str
    page: int | None = None
    area: tuple[int, ...] = ()
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A sealed file of what goes out: one page as a picture, or a whole table; masks are burnt in.

    ``number`` is what it is sealed to, ``path`` where it lies in the store of finds. ``size`` is a picture's in pixels:
    its width and its height.
    """

    number: str
    path: str
    sha256: str
    sealed_sha256: str
    size: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """What was chosen for one file.

    ``parts`` are what goes out as it stands now. ``masked_by`` keeps whoever ever masked or unmasked it, ``last_mask``
    the last number given.
    """

    choice: Choice | None = None
    ground: str | None = None
    by: str | None = None
    masks: tuple[Mask, ...] = ()
    last_mask: int = 0
    masked_by: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def grounds(self) -> tuple[str, ...]:
        """The grounds on which something of it, or all of it, does not go out; each once."""
        if self.choice is Choice.WITHHELD:
            return () if self.ground is None else (self.ground,)
        return tuple(dict.fromkeys(mask.ground for mask in self.masks))

    @property
    def hands(self) -> Iterator[str]:
        """Whoever chose or masked: who did does not release it."""
        if self.by is not None:
            yield self.by
        yield from self.masked_by


UNTREATED = Treatment()


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that came with an answer, as far as the rules care."""

    number: str
    kind: str
    pages: int
    treatment: Treatment = UNTREATED

    @property
    def enclosed(self) -> bool:
        """Whether it goes out."""
        return self.treatment.choice is Choice.ENCLOSED

    @property
    def withheld(self) -> bool:
        """Whether it was decided that nothing of it goes out."""
        return self.treatment.choice is Choice.WITHHELD
