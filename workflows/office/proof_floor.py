"""What is refused of what an office says of identity and representation, each with the article."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from workflows.law import Regime
from workflows.office.table import Fault

if TYPE_CHECKING:
    from workflows.office.procedure import OfficeProcedure


def forbidden(whole: "OfficeProcedure", regime: Regime) -> Iterator[Fault]:
    """Yield what the law forbids of it."""
    yield from ()
