"""Pages sorted out of the tray: assigned to a case, with what must not be kept burnt black first, or destroyed.

The order of steps of an assignment, and what a crash after each of them leaves:

1. ONE transaction looks at case, page and paper, and writes a row for the page, ``arriving``. A crash here is a
   rollback.
2. The picture is opened under the tray's key, masked in the limited process, sealed under the case's key and written
   under its number. A crash here leaves a row that arrives and a page that still waits: whoever assigns it again begins
   anew, and what was written goes.
3. ONE transaction writes that the page is kept and has left the tray. Then its key and the original go (`tray.clear`);
   a crash before that is made good by the next look into the tray.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from models import case as cases
from models import evidence, staff
from models import scan as scans
from models.keys import KeyMissing, KeystoreBusy
from services.engine.loading import load
from services.engine.office import Office
from services.engine.unit import UnitOfWork
from services.office import laws
from services.returns import lying, room, store, tray
from services.returns.pages import Area
from workflows.engine.machine import Refused
from workflows.engine.values import Actor, Reason, Role
from workflows.law.law import Paper
from workflows.request import forms
from workflows.request.returns import copies_needed
from workflows.request.values import FormName, Party

Mask = Callable[[bytes, Sequence[Area]], tuple[bytes, bytes]]

PAGES = scans.scan_page
_SAME_FORM = select(PAGES.c.pages).where(PAGES.c.state == "kept")
_NEWEST_CODE = select(evidence.form_code).order_by(evidence.form_code.c.id.desc()).limit(1)


class Discard(StrEnum):
    """Why a page in the tray was destroyed."""

    NOT_OURS = "not_ours"
    BLANK = "blank"
    DUPLICATE = "duplicate"
    ILLEGIBLE = "illegible"
    MY_NUMBER_BACK = "my_number_back"  # nobody may keep it: My Number Act 20
    OTHER = "other"


class Masked(StrEnum):
    """What was done with what must be blocked out on a paper, answered by a person."""

    BURNT = "burnt"  # by us, in the picture
    MASKED = "masked"  # it came blocked out
    NOT_SHOWN = "not_shown"


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page of a form whose code could not be read."""

    form: FormName
    page: int
    of: int | None = None


@dataclass(frozen=True, slots=True)
class PaperPage:
    """A page of an identity document or of a proof of the right to represent. ``back``: of a card, its back."""

    type: str
    holder: Party
    answer: Masked | None = None
    back: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """The page is kept under a number of its own, and has left the tray."""

    tray: str
    number: str
    case: str


@dataclass(frozen=True, slots=True)
class Destroyed:
    """The page is gone."""

    tray: str
    reason: Discard


class MayNotSort(PermissionError):
    """The person has no role that may sort the tray; ``reason`` says which ones have."""

    def __init__(self) -> None:
        """Keep the reason."""
        self.reason = Reason("missing_role", {"roles": [f"role.{Role.CLERK}", f"role.{Role.VERIFIER}"]})
        super().__init__(self.reason.code)


def may_sort(who: Actor) -> None:
    """Raise MayNotSort where the person may not."""
    if not who.may_act_as([Role.CLERK, Role.VERIFIER]):
        raise MayNotSort


def destroy(number: str, reason: Discard, who: Actor, unit: UnitOfWork) -> Destroyed:
    """Destroy a page in the tray with its key; what remains is the record that it was there and why it went.

    Raises:
        MayNotSort: the person is neither clerk nor verifier.
        NoSuchPage, NotWaiting: there is nothing to destroy.
    """
    may_sort(who)
    tray.clear(unit)
    with unit.begin() as db:
        office = unit.office(db)
        tray.waiting_row(db, number, lock=True)
        _end(db, number, "destroyed", who, office, reason=str(reason))
        staff.log(db, office.now, "tray_destroyed", who.name, {"tray": number, "reason": str(reason)})
    tray.clear(unit)
    return Destroyed(number, reason)


def assign(
    number: str,
    case: str,
    what: FormPage | PaperPage,
    who: Actor,
    unit: UnitOfWork,
    *,
    areas: Sequence[Area] = (),
    mask: Mask = room.mask,
) -> Kept | Destroyed | Refused:
    """Put a page of the tray to a case, the *areas* burnt in first; nothing of the original is left.

    The back of a My Number card is destroyed instead, whatever else is said of it.

    Raises:
        MayNotSort: the person is neither clerk nor verifier.
        NoSuchPage, NotWaiting: it is not in the tray.
        LookupError: there is no such case.
        PageDamaged, Unreadable: the picture cannot be opened; the page stays where it is.
        StoreTaken: another page lies in the evidence store under its number.
    """
    may_sort(who)
    if isinstance(what, PaperPage) and what.type == "my_number_card" and what.back:
        return destroy(number, Discard.MY_NUMBER_BACK, who, unit)
    tray.clear(unit)
    with unit.begin() as db:
        office = unit.office(db)
        row = cases.lock(db, [case]).get(case)
        if row is None:
            raise LookupError(case)
        page = tray.waiting_row(db, number, lock=True)
        reasons = _against(db, row, page, what, areas, office)
        if reasons:
            return Refused(tuple(reasons))
        broken_off = _forget_pending(db, number)
        (kept,), _ = scans.next_numbers(db, office.calendar.today(office.now).year, kept=1)
        db.execute(insert(PAGES), _arriving(db, kept, row, page, what, areas, who, office))
    for earlier in broken_off:
        _drop(earlier, office)
    try:
        own = _own_key(kept, office) if isinstance(what, PaperPage) else case
        picture = store.get(office.settings.tray, "tray", page, office.keys.get(number))
        picture = mask(picture, areas)[0] if areas else picture
        there = store.put(office.settings.evidence, "scan_page", kept, picture, office.keys.get(own))
    except BaseException:
        with unit.begin() as db:
            _forget_pending(db, number)
        raise  # no file of ours is there: it is written last, or another one had the name
    with unit.begin() as db:
        office = unit.office(db)
        cases.lock(db, [case])
        tray.waiting_row(db, number, lock=True)
        if scans.keep(db, [there.written(kept)]) != 1:
            raise tray.NotWaiting(number, "assigned")  # somebody else began anew with it, and is faster
        lying.tell(db, [row.id], office)
        _end(db, number, "assigned", who, office)
        said = {"tray": number, "page": kept, "case": case, **_said(what, areas)}
        staff.log(db, office.now, "tray_assigned", who.name, said)
    tray.clear(unit)
    return Kept(number, kept, case)


def against(
    number: str, case: str, what: FormPage | PaperPage, who: Actor, unit: UnitOfWork, *, areas: Sequence[Area]
) -> tuple[Reason, ...]:
    """Return why a page could not be kept like this, before anybody draws on it; raises as `assign`.

    *areas* stand for those that will be drawn.
    """
    may_sort(who)
    with unit.look() as db:
        row = cases.find(db, case)
        if row is None:
            raise LookupError(case)
        return tuple(_against(db, row, tray.waiting_row(db, number), what, areas, unit.office(db)))


def _own_key(number: str, office: Office) -> str:
    """Make the key of a copy, on the disk before anything is sealed under it. Raises StoreTaken.

    The number was given out just now: whatever lies under it already is of a time before the database was restored.
    """
    if (office.settings.evidence / store.path_of(number)).exists():
        raise store.StoreTaken(number)
    office.keys.create([number])
    try:
        office.keys.get(number)
    except KeyMissing:  # destroyed with a page that had this number before
        raise store.StoreTaken(number) from None
    return number


def _drop(number: str, office: Office) -> None:
    """Take away the file of an assignment that was broken off, and its key where it has one of its own."""
    with suppress(KeyMissing, KeystoreBusy):  # busy: the key is gone, and only SQLite's log is emptied later
        office.keys.destroy(number)
    (office.settings.evidence / store.path_of(number)).unlink(missing_ok=True)


def _end(db: Connection, number: str, state: str, who: Actor, office: Office, *, reason: str | None = None) -> None:
    db.execute(
        update(scans.tray)
        .where(scans.tray.c.number == number)
        .values(state=state, thumbnail=None, ended_at=office.now, ended_by=who.name, reason=reason)
    )


def _forget_pending(db: Connection, number: str) -> list[str]:
    """Take away the rows of assignments of this page that were broken off; return their numbers."""
    gone = delete(PAGES).where(PAGES.c.tray == number, PAGES.c.state == "arriving").returning(PAGES.c.number)
    return list(db.execute(gone).scalars())


# -- the rules --------------------------------------------------------------------------------------------------


def paper_of(row: Row[Any], type_: str, page: Row[Any], office: Office) -> Paper | None:
    """Return the table's row for a paper of this kind on the day it arrived; an old one where it is listed no more."""
    rules = laws.of_case(row.facts["regime"], row.number)
    found = rules.paper(type_, office.calendar.today(page.arrived_at))
    return found if found is not None else next(iter(rules.documents.get(type_, ())), None)


def papers_known(regime: str) -> list[str]:
    """Return the codes of every paper that may be assigned under this law."""
    rules = laws.regime(regime)
    proofs = {proof.type for proof in rules.papers.proofs}
    return sorted({*rules.documents, *proofs})


def _against(
    db: Connection, row: Row[Any], page: Row[Any], what: FormPage | PaperPage, areas: Sequence[Area], office: Office
) -> list[Reason]:
    """Return why this page may not be kept like this."""
    if row.erased_at is not None:
        return [Reason("tray.case_erased", {"case": row.number})]
    if isinstance(what, PaperPage) and not copies_needed(load(db, [row], office)[row.number].case):
        return [Reason("tray.copies_not_needed", {"case": row.number})]
    if isinstance(what, FormPage):
        case = load(db, [row], office)[row.number].case
        if forms.unknown(case, [what.form]):
            known = [form.code for form in case.office.start.forms]
            return [Reason("form_unknown", {"form": str(what.form), "known": known, "case": row.number})]
        began = row.facts["rounds"] or forms.began_with_them(case)
        return [] if began else [Reason("tray.no_forms", {"case": row.number})]
    params: dict[str, object] = {"tray": page.number, "document": noun_of(what.type)}
    known = papers_known(row.facts["regime"])
    if what.type not in known:
        near = get_close_matches(what.type, known, n=3)
        codes = ", ".join(dict.fromkeys([*near, *known]))  # as they are typed, the likeliest first
        return [Reason("tray.unknown_paper", {**params, "known": codes})]
    paper = paper_of(row, what.type, page, office)
    if paper is None:
        return []
    if paper.never:
        return [Reason("tray.never_kept", params)]
    if paper.masks and what.answer is None and not areas:
        return [Reason("tray.masking_unanswered", {**params, "items": list(paper.masks)})]
    return []


def noun_of(type_: str) -> str:
    """Return the word for a paper: "other" alone has several senses."""
    return "document.other" if type_ == "other" else type_


def _arriving(
    db: Connection,
    kept: str,
    row: Row[Any],
    page: Row[Any],
    what: FormPage | PaperPage,
    areas: Sequence[Area],
    who: Actor,
    office: Office,
) -> dict[str, Any]:
    common = {
        "number": kept,
        "case_id": row.id,
        "round": row.facts["rounds"],
        "arrived_at": page.arrived_at,
        "scanned_at": office.now,
        "by": who.name,
        "tray": page.number,
        "state": "arriving",
    }
    if isinstance(what, PaperPage):
        answer = Masked.BURNT if areas else what.answer
        return {
            **common,
            "sort": "document",
            "holder": str(what.holder),
            "type": what.type,
            "masking": None if answer is None else str(answer),
        }
    code = db.execute(_NEWEST_CODE.where(evidence.form_code.c.case_id == row.id)).one_or_none()
    same = _SAME_FORM.where(PAGES.c.case_id == row.id, PAGES.c.form == what.form)
    of = max([what.of or what.page, what.page, *db.execute(same).scalars()])
    return {
        **common,
        "sort": "form",
        "code_id": None if code is None else code.id,
        "form": str(what.form),
        "page": what.page,
        "pages": of,
        "masking": str(Masked.BURNT) if areas else None,
    }


def _said(what: FormPage | PaperPage, areas: Sequence[Area]) -> dict[str, object]:
    if isinstance(what, FormPage):
        return {"form": str(what.form), "of_form": what.page, "burnt": len(areas)}
    answer = Masked.BURNT if areas else what.answer
    return {"document": what.type, "holder": str(what.holder), "masking": answer, "burnt": len(areas)}
