"""How the answer goes out, which steps stand before it, and what becomes of the papers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workflows.law import Regime
from workflows.office.table import Fault, Table

if TYPE_CHECKING:
    from workflows.office.procedure import OfficeProcedure

KEYS: dict[str, str] = {}
"""What each key of this part means, for docs/procedure-file.md."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """All that is said of the answer; nothing: posted to the address the evidence shows, as the source says."""


def read(top: Table) -> Answering:
    """Return what the file says of the answer."""
    return Answering()


def forbidden(whole: "OfficeProcedure", regime: Regime) -> Iterator[Fault]:
    """Yield what the law forbids of it."""
    yield from ()
