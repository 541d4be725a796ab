"""The departments of the sample office: whom it may ask, the database one of them is, what became of it all."""

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from lab.demo.office import DemoOffice, Instruction
from lab.demo.own import CARD
from lab.stories import Step, dated
from models import search
from models.case import case
from models.history import history
from services.departments.known import Department, departments
from services.disclosure import parts
from services.intake import parse
from services.returns.pages import Area
from settings import PROJECT, Settings
from workflows.engine.values import Reason
from workflows.search.payloads import Answer, Ask
from workflows.search.procedure import PROCEDURE

FOLDER = "departments"
"""Of the samples: departments.toml, customers.sql, people.yaml, files, and contacts and stories as beside it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of the questions to one department, counted; ``files`` came with its answers."""

    department: Department
    asked: int
    found: int
    nothing: int
    recalled: int
    reminded: int
    told: int
    files: int


def settle_in(folder: Path, ours: Settings) -> None:
    """Add the departments to the office's card, and make the database one of them is; nothing where there are none."""
    given = folder / FOLDER / "departments.toml"
    if not given.exists():
        return
    customers = ours.home / "customers.sqlite3"
    with sqlite3.connect(customers) as made:
        made.executescript((folder / FOLDER / "customers.sql").read_text(encoding="utf-8"))
    made.close()
    card = ours.home / CARD
    base = (card if card.exists() else PROJECT / CARD).read_text(encoding="utf-8")
    added = given.read_text(encoding="utf-8").replace("{customers}", f"sqlite:///{customers}")
    card.write_text(f"{base}\n{added}", encoding="utf-8")


def instruction(
    office: DemoOffice, number: str, searches: Mapping[str, str], step: Step, day: date, samples: Path
) -> Instruction:
    """Return the order by which a department is asked for the case *number*, or answers. Raises BadInput."""
    of = str(step.of)
    given: dict[str, Any] = dated(dict(step.file or {}), day)
    language = office.settings.lang
    if step.do == "ask":
        asks = parse(Ask, {"case": number, "department": of, **given}, language=language)
        return Instruction("ask", asks, step.by, prefix=PROCEDURE.prefix)
    files = [samples / FOLDER / "files" / name for name in step.attach]
    taken = office.take_in(searches[of], files, of)
    answer = parse(Answer, {**given, "finds": taken}, language=language)
    return Instruction("answer", answer, step.by, searches[of], department=of)


def choose(office: DemoOffice, number: str, search: str, step: Step) -> Sequence[Reason]:
    """See to what goes out of what a department sent; return why not, nothing where it was done.

    A part is blacked out, all of it let go out, or the disc of the case *number* written, into a folder of its letter.
    """
    if step.do == "disc":
        return office.write_disc(number, step.by)
    told = dict(step.file or {})
    areas = [Area(*(float(side) / 100 for side in percent)) for percent in told.get("areas", ())]
    masks = parts.masks_from(areas, int(told.get("page", 1)), str(told.get("ground", "")), "")
    return office.choose(search, masks, step.by)


def counted(office: DemoOffice) -> Sequence[Asked]:
    """Return what became of all questions, a department a row; nothing where none was asked."""
    rows = office.ask(select(case.c.id, case.c.state, case.c.facts).where(case.c.definition == PROCEDURE.name))
    steps = office.ask(
        select(history.c.case_id, history.c.transition).where(history.c.case_id.in_([row.id for row in rows]))
    )
    done = Counter((row.case_id, row.transition) for row in steps)
    files = Counter(row.case_id for row in office.ask(select(search.find.c.case_id)))
    found = []
    for code, one in departments().items():
        mine = [row for row in rows if row.facts["department"] == code]
        if mine:
            answers = [row.facts["answered"]["found"] for row in mine if row.state == "answered"]
            found.append(
                Asked(
                    department=one,
                    asked=len(mine),
                    found=sum(answer in ("found", "partly") for answer in answers),
                    nothing=sum(answer not in ("found", "partly") for answer in answers),
                    recalled=sum(row.state == "recalled" for row in mine),
                    reminded=sum(done[row.id, "remind"] for row in mine),
                    told=sum(done[row.id, "escalate"] for row in mine),
                    files=sum(files[row.id] for row in mine),
                )
            )
    return found
