"""What a folder of workflows/ exports as ``PROCEDURE``: all that the house must know to carry cases through it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workflows.engine.figures import Figures
from workflows.engine.jobs import Jobs
from workflows.engine.machine import BadDefinition, Machine


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure: its machine, its letters by kind (what each says), and what its cases' numbers begin with.

    ``jobs`` are what people do next in its cases, ``figures`` what these count for; ``templates`` is the folder of its
    letters' words; None: that of its name in ``templates/``. ``secret`` are the kinds of letters that nobody may read
    but whoever they go to: they are in no package.
    """

    machine: Machine[Any]
    letters: Mapping[str, type[Any]] = field(default_factory=dict)
    prefix: str = ""
    templates: Path | None = None
    jobs: Jobs = field(default_factory=Jobs)
    figures: Figures = field(default_factory=Figures)
    secret: Collection[str] = ()

    def __post_init__(self) -> None:
        """Refuse jobs that nobody could do or that no deadline gives a term. Raises BadDefinition."""
        if faults := list(self.jobs.faults(self.machine)):
            raise BadDefinition(self.machine.name, faults)

    @property
    def name(self) -> str:
        """What it is called wherever it is stored, and in the names of its tasks and commands."""
        return self.machine.name
