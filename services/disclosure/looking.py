"""What departments found for a case, looked at: the list, a page as it is or as it goes out. Looks are recorded."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from models import search, staff
from models.keys import KeyMissing
from services.disclosure import parts
from services.disclosure.treating import Standing, standing, treatment_of
from services.engine.office import Office
from services.returns import room
from services.returns.pages import Unreadable
from services.search.store import name_of
from workflows.disclosure.values import PICTURES, Mask, Treatment
from workflows.engine.values import Actor


@dataclass(frozen=True, slots=True)
class Paper:
    """One file that an answer named, as a reader's list shows it; ``name`` is None where it was erased."""

    find: str
    search: str
    department: str
    act: str
    name: str | None
    kind: str
    pages: int
    sha256: str
    treatment: Treatment

    @property
    def standing(self) -> str:
        """How it stands, as a noun: enclosed, withheld, or neither yet."""
        return "undecided" if self.treatment.choice is None else str(self.treatment.choice)


class NoPages(Exception):
    """A table has no pages to look at: it is written as a file."""


def papers(db: Connection, row: Row[Any], who: Actor, office: Office) -> list[Paper]:
    """Return what departments found for a request, in the order it came; that somebody looks is in the office's log."""
    found = search.finds_of_parent(db, row.id)
    staff.log(db, office.now, "finds_listed", who.name, {"case": row.number, "finds": [one.number for one in found]})
    return [_paper(one, office) for one in found]


def _paper(row: Row[Any], office: Office) -> Paper:
    try:
        name = name_of(row, row.search, office)
    except KeyMissing:
        name = None
    return Paper(
        row.number, row.search, row.department, row.facts["act"], name, row.kind, row.pages, row.sha256,
        treatment_of(row),
    )  # fmt: skip


def page(
    db: Connection, number: str, place: int, who: Actor, office: Office, *, outgoing: bool, drawing: bool = False
) -> bytes:
    """Return a page of a file as a picture: as it is, or with *outgoing* as it goes out; the look is recorded first.

    Raises NoSuchFind, NoPages, Unreadable, PageDamaged, KeyMissing; LookupError where there is no such page.
    """
    at = standing(db, number, office)
    if at.row.kind not in PICTURES:
        raise NoPages(number)
    if not 1 <= place <= (len(at.treatment.parts) if outgoing else at.row.pages):
        raise LookupError(place)
    how = {"case": at.case, "find": number, "page": place, "outgoing": outgoing, "drawing": drawing}
    staff.log(db, office.now, "find_page_seen", who.name, how)
    if outgoing:
        return parts.opened(at.treatment.parts[place - 1], office.keys.get(at.search), office.settings.finds)
    return _drawn(at, place, office)


def _drawn(at: Standing, place: int, office: Office) -> bytes:
    content = parts.original(at.row, at.search, office)
    for drawn in room.drawn(content, place):
        return drawn.picture
    raise Unreadable("damaged")


def mask_document(mask: Mask) -> dict[str, Any]:
    """Return a mask as programs read it."""
    told: dict[str, Any] = {"mask": mask.number, "ground": mask.ground, "by": mask.by}
    if mask.area:
        return {**told, "page": mask.page, "area": [part / 100 for part in mask.area]}
    return {**told, "row": mask.row, "column": mask.column}


def document(paper: Paper) -> dict[str, Any]:
    """Return a file as programs read it."""
    return {
        "find": paper.find,
        "search": paper.search,
        "department": paper.department,
        "name": paper.name,
        "kind": paper.kind,
        "pages": paper.pages,
        "sha256": paper.sha256,
        "state": paper.standing,
        "ground": paper.treatment.ground,
        "by": paper.treatment.by,
        "masks": [mask_document(mask) for mask in paper.treatment.masks],
    }
