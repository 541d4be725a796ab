"""Reading a procedure.toml: one reader a part, then what is refused of the whole by the law and good sense.

Each part's module has three things: ``read(top)``, which asks the file for the part's keys; ``forbidden(whole,
regime)``, which yields what must not be, with the article in the sentence, once everything is known; and ``KEYS``, what
each key means, for docs/procedure-file.md. All faults of a file are told at once.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Protocol, cast

from workflows.engine.values import Reason
from workflows.law import DEFAULT, Regime
from workflows.office import afterwards, answer, execution, fees, proof, publication, start, steps, times
from workflows.office.procedure import OfficeProcedure
from workflows.office.table import Fault, Table

NAME = "procedure.toml"
"""What the file is called in the home."""
KEYS = {
    "from": "the first day it is in force: a case opened from that day on begins under it, the others keep theirs",
    "regime": "the law it is written for; left out, the office's usual one (organisation.toml)",
}


class Part(Protocol):
    """What each part's module offers."""

    KEYS: Mapping[str, str]

    def read(self, top: Table) -> Any:
        """Return the part as the file has it."""

    def forbidden(self, whole: OfficeProcedure, regime: Regime) -> Iterator[Fault]:
        """Yield what must not be, each with its place and the article."""


PARTS: dict[str, Part] = {
    name: cast(Part, module)
    for name, module in {
        "start": start,
        "fees": fees,
        "proof": proof,
        "answer": answer,
        "times": times,
        "desks": steps,
        "execution": execution,
        "papers": afterwards,
        "publication": publication,
    }.items()
}
"""The parts of a procedure, by their names in `OfficeProcedure`."""


@dataclass(frozen=True, slots=True)
class BadFile:
    """What is wrong with a file: everything at once, each fault with its place in it."""

    name: str
    faults: tuple[Fault, ...]

    def placed(self) -> list[tuple[str, Reason]]:
        """Return (``procedure.toml, fee 2 (stamps)``, what is wrong) of each fault."""
        return [(f"{self.name}, {fault.place}" if fault.place else self.name, fault.reason) for fault in self.faults]


def read_procedure(
    text: str, name: str, regimes: Mapping[str, Regime], usual: str = DEFAULT
) -> OfficeProcedure | BadFile:
    """Return the procedure a file's text says, or everything that is wrong with it.

    *usual* names the regime of a file that names none. Never raises, whatever the text.
    """
    whole = parse(text, name)
    if isinstance(whole, BadFile):
        faults, found = list(whole.faults), None
    else:
        faults, found = [], whole
    regime = regimes.get((found and found.regime) or usual)
    if found is not None and regime is None:
        faults.append(
            Fault(
                "", Reason("office_file.no_regime", {"regime": repr(found.regime or usual), "known": sorted(regimes)})
            )
        )
    elif found is not None and regime is not None:
        faults += [fault for part in PARTS.values() for fault in part.forbidden(found, regime)]
    return found if found is not None and not faults else BadFile(name, tuple(faults))


def parse(text: str, name: str = NAME) -> OfficeProcedure | BadFile:
    """Return what a text says, without asking whether the law allows it: what was adopted once stays readable."""
    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        return BadFile(name, (Fault("", Reason("office_file.no_toml", {"error": str(error)})),))
    faults: list[Fault] = []
    top = Table(values, faults)
    whole = OfficeProcedure(first=top.day("from", required=True), regime=top.optional("regime"), digest=digest(text))
    whole = replace(whole, **{part: module.read(top) for part, module in PARTS.items()})
    top.finish()
    return BadFile(name, tuple(faults)) if faults else whole


def digest(text: str) -> str:
    """Return the SHA-256 of a text, by which a case names the procedure it began under."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
