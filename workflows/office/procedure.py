"""One published procedure of an office, put together from its parts."""

from dataclasses import dataclass, field
from datetime import date

from workflows.law.proving import ProofRules
from workflows.office.afterwards import PapersAfter
from workflows.office.answer import Answering
from workflows.office.execution import Executing
from workflows.office.fees import Fees
from workflows.office.publication import Publication
from workflows.office.start import Start
from workflows.office.steps import Desks
from workflows.office.times import Times


@dataclass(frozen=True, kw_only=True)
class OfficeProcedure:
    """What an office publishes of its procedure. ``first`` is the day it is in force from; None: it always was.

    ``regime`` None: the office's usual one. ``digest`` is the SHA-256 of the file it was read from, empty for SOURCE.
    """

    first: date | None = None
    regime: str | None = None
    digest: str = ""
    start: Start = field(default_factory=Start)
    fees: Fees = field(default_factory=Fees)
    proof: ProofRules = field(default_factory=ProofRules)
    answer: Answering = field(default_factory=Answering)
    times: Times = field(default_factory=Times)
    desks: Desks = field(default_factory=Desks)
    execution: Executing = field(default_factory=Executing)
    papers: PapersAfter = field(default_factory=PapersAfter)
    publication: Publication = field(default_factory=Publication)


SOURCE = OfficeProcedure()
"""The procedure of the mission's source (S1-S52), which holds where an office adopted none of its own."""
