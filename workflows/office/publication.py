"""What the office publishes of its procedure beside what follows from the other parts."""

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
class Publication:
    """Sentences of the office's own; nothing: only what the other parts say."""


def read(top: Table) -> Publication:
    """Return what the file says of it."""
    return Publication()


def forbidden(whole: "OfficeProcedure", regime: Regime) -> Iterator[Fault]:
    """Yield what the law forbids of it."""
    yield from ()
