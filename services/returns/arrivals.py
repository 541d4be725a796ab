"""What the scanner left to be registered, case by case: all that is known of each arrival before a person looks at it.

It is read from the rows and the sealed pages, so that it is the same today, tomorrow and for whoever comes next. The
code stands on paper alone: it is read once more from the page, in the limited process.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row

from models import evidence
from models import scan as scans
from models.keys import KeyMissing
from services.engine.office import Office
from services.office import procedures
from services.request import codes
from services.returns import papers, room, store
from services.returns.pages import Unreadable
from services.returns.returned import best_code, returned
from services.returns.sorting import Masked
from services.returns.values import Matched, Returned
from workflows.engine.numbers import print_code
from workflows.request.returns import Sheet, count, marks_on
from workflows.request.values import FormName, Masking

_ANSWERS = {
    str(Masked.BURNT): Masking.MASKED,
    str(Masked.MASKED): Masking.MASKED,
    str(Masked.NOT_SHOWN): Masking.NOT_SHOWN,
}
"""What somebody said of a copy when it was sorted out of the tray."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What the scanner left of one case: ``forms`` say which pages came of each, ``answers`` what is known.

    ``answers`` stand by their places in a file of ``receive-forms``, as `services.intake.questions` takes them.
    """

    returned: Returned
    forms: tuple[Matched, ...]
    answers: dict[str, Any]


def of_case(db: Connection, row: Row[Any], office: Office) -> Arrival | None:
    """Return what waits of a case; None where every page was registered, or the scanner saw none.

    Raises:
        PageDamaged: the page that bears the code is not the one that was written.
    """
    kept = [page for page in scans.kept_of_case(db, row.id) if page.number]
    forms = [page for page in kept if page.sort == "form" and page.code_id is not None]
    if not any(not page.registered for page in forms):
        return None
    known = evidence.codes_by_id(db, {page.code_id for page in forms})
    states = {one.id: codes.worth(row, one, office) for one in known.values()}
    counts = count(Sheet(row.number, FormName(p.form), p.code_id, p.page, p.pages) for p in forms)
    best = best_code({one.code for one in counts}, states)
    procedures.meet(db, [procedures.pinned(row)])
    own = procedures.words(db, office.adopted, "form")
    printed = _printed(row, [page for page in forms if page.code_id == best], office, own)
    found = returned(row, counts, states, forms, printed)
    matched = [
        Matched(
            one.case,
            one.form,
            printed,
            known[best].round,
            states[best],
            one.pages,
            one.of,
            one.missing,
            one.doubled,
            (),
        )
        for one in counts
        if one.code == best
    ]
    return Arrival(found, tuple(matched), {**_of_forms(found, office), **_of_papers(kept, forms)})


def waiting(db: Connection) -> list[str]:
    """Return the cases that have something to be registered, those that came first first."""
    return papers.unregistered(db)


def _of_forms(found: Returned, office: Office) -> dict[str, Any]:
    arrived = found.arrived_at.astimezone(ZoneInfo(office.calendar.zone))
    answers: dict[str, Any] = {
        "arrived_at": arrived.isoformat(timespec="seconds"),
        "forms": [str(form) for form in found.forms],
        "pages": found.pages,
    }
    return {**answers, "code": found.code} if found.code else answers


def _of_papers(kept: list[Row[Any]], forms: list[Row[Any]]) -> dict[str, Any]:
    """Return what was said of the copies that were sorted out of the tray with these forms: each paper once."""
    came = min(page.scanned_at for page in forms if not page.registered)
    answers: dict[str, Any] = {}
    papers_: dict[tuple[str, str], str | None] = {}
    for page in kept:
        if page.sort == "document" and page.scanned_at >= came:
            papers_.setdefault((page.holder, page.type), page.masking)
    for number, ((holder, type_), masking) in enumerate(papers_.items()):
        at = f"documents[{number}]"
        answers |= {f"{at}?": True, f"{at}.holder": holder, f"{at}.type": type_}
        if masking in _ANSWERS:
            answers[f"{at}.masking"] = str(_ANSWERS[masking])
    return answers


def _printed(row: Row[Any], pages: list[Row[Any]], office: Office, own: Collection[str]) -> str:
    """Return the code as it is printed on one of these pages; empty where none can be read, as on one sorted by hand.

    A page that was assigned by hand bears what a person made of it: its code is theirs to type.
    """
    for page in pages:
        if page.tray is not None:
            continue
        try:
            key = store.key_of(page, row.number, office.keys)
            texts = room.read_again(store.get(office.settings.evidence, "scan_page", page, key))
        except (Unreadable, KeyMissing):
            continue
        for mark in marks_on(texts, own):
            if mark.case == row.number and mark.code is not None:
                return print_code(mark.code)
    return ""
