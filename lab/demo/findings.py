"""What came of it, read from the database: whether every case ended as its story says, and what the table counts."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Table, func, select

from lab.demo.office import DemoOffice
from lab.demo.telling import Telling, Told
from lab.demo.words import say
from models.case import case
from models.history import history
from models.incident import incident, notice
from models.letter import letter
from models.scan import scan_page, tray
from models.timer import timer
from workflows.letters import LetterState
from workflows.request.procedure import request
from workflows.words import say as say_reason

_LEFT_THE_HOUSE = (LetterState.POSTED, LetterState.RETURNED)
_UNPOSTED = (LetterState.ORDERED, LetterState.MADE, LetterState.PRINTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scans:
    """What came through the scanner: ``matched`` by their codes, the others sorted out of the ``tray`` by a clerk."""

    files: int
    pages: int
    matched: int
    tray: int
    masked: int
    destroyed: int


@dataclass(frozen=True, slots=True)
class Numbers:
    """The counts of the table at the end."""

    cases: Mapping[str, int]
    # (right, ending) -> requests
    rights: Mapping[tuple[str, str], int]
    # (kind, language) -> letters posted
    posted: Mapping[tuple[str, str], int]
    pages: Mapping[str, int]
    returned: Mapping[str, int]
    notices: int
    held: int
    several_rounds: int
    history: int


def deviations(telling: Telling) -> list[str]:
    """Return a sentence for everything that went otherwise than the stories say; nothing where all went well."""
    found = [*telling.deviations, *telling.returns.wrong]
    for tale in telling.tales:
        if not tale.broken:
            found += _otherwise(telling.office, tale, telling.language)
    found += _left_over(telling.office, telling.language)
    found += _not_put_away(telling.office, telling.language)
    return [*found, *_doctors_findings(telling.office, telling.language)]


def _otherwise(office: DemoOffice, tale: Told, language: str) -> Iterable[str]:
    story, about = tale.story, {"story": tale.story.name, "case": tale.case}
    (row,) = office.ask(select(case.c.state).where(case.c.number == tale.number))
    if row.state != story.ends:
        yield say("ended_otherwise", language, wanted=f"state.{story.ends}", found=f"state.{row.state}", **about)
    letters = office.letters_of([tale.case])
    sent = [one.kind for one in letters if one.copy == 1 and one.state in _LEFT_THE_HOUSE]
    if sent != list(story.letters):
        wanted, found = ([f"letter.{kind}" for kind in kinds] for kinds in (story.letters, sent))
        yield say("letters_otherwise", language, wanted=wanted, found=found, **about)
    for one in letters:
        if one.state in _UNPOSTED:
            yield say("still_lying", language, letter=one.number, state=f"letter_state.{one.state}")


def _left_over(office: DemoOffice, language: str) -> Iterable[str]:
    """Yield what is still to come, or was set aside, although every story has ended."""
    names = office.ask(
        select(case.c.number, timer.c.name).join(case, case.c.id == timer.c.case_id).where(~case.c.open).distinct()
    )
    if names:
        yield say("still_due", language, names=", ".join(f"{row.number} {row.name}" for row in names))
    for row in office.ask(select(incident)):
        yield say("incident", language, what=f"{row.kind} {row.case_number or ''} {row.subject}", fault=row.fault)


def _not_put_away(office: DemoOffice, language: str) -> Iterable[str]:
    """Yield the scanned pages that still wait in the tray, and copies kept of cases that have their answer."""
    for row in office.ask(select(tray.c.number).where(tray.c.state == "waiting")):
        yield say("still_in_tray", language, tray=row.number)
    copies = select(scan_page.c.number, case.c.number.label("case_number")).join(case, case.c.id == scan_page.c.case_id)
    answered = case.c.state.in_(["fulfilled", "refused"])
    for row in office.ask(copies.where(scan_page.c.sort == "document", scan_page.c.cleared_at.is_(None), answered)):
        yield say("copy_kept", language, page=row.number, case=row.case_number)


def _doctors_findings(office: DemoOffice, language: str) -> Iterable[str]:
    """Yield what the doctor finds: every history, deadline and file in the spool held against everything else."""
    for one in office.examine():
        yield f"{one.case or '-'} {one.what}: {say_reason(one.detail, language)}"


def numbers(office: DemoOffice) -> Numbers:
    """Return the counts of everything that happened."""
    rows = office.ask(select(case.c.number, case.c.facts, case.c.state).where(case.c.definition == request.name))
    rights: Counter[tuple[str, str]] = Counter()
    for row in rows:
        rights.update((right, row.state) for right in row.facts["rights"])
    letters = office.ask(
        select(letter.c.kind, letter.c.language, letter.c.pages, letter.c.state).where(
            letter.c.state.in_(_LEFT_THE_HOUSE)
        )
    )
    pages: Counter[str] = Counter()
    for one in letters:
        pages[one.kind] += one.pages
    return Numbers(
        cases=Counter(row.state for row in rows),
        rights=rights,
        posted=Counter((one.kind, one.language) for one in letters),
        pages=pages,
        returned=Counter(one.kind for one in letters if one.state == LetterState.RETURNED),
        notices=_count(office, notice),
        held=_held(office),
        several_rounds=sum(row.facts["rounds"] > 1 for row in rows),
        history=_count(office, history),
    )


def scans(telling: Telling) -> Scans | None:
    """Return the counts of the returns that were scanned, if there were any."""
    if not telling.returns.cases:
        return None
    kept = telling.office.ask(select(scan_page.c.tray, scan_page.c.masking, scan_page.c.cleared_at))
    matched, in_tray = sum(row.tray is None for row in kept), _count(telling.office, tray)
    return Scans(
        files=telling.returns.files,
        pages=matched + in_tray,
        matched=matched,
        tray=in_tray,
        masked=sum(row.masking == "burnt" for row in kept),
        destroyed=sum(row.cleared_at is not None for row in kept),
    )


def _held(office: DemoOffice) -> int:
    """Return how many cases the system held: those resumed that no person had put on hold."""
    rows = office.ask(
        select(history.c.case_id, history.c.transition).where(history.c.transition.in_(["hold", "resume"]))
    )
    by_person = {row.case_id for row in rows if row.transition == "hold"}
    return len({row.case_id for row in rows} - by_person)


def _count(office: DemoOffice, table: Table) -> int:
    (row,) = office.ask(select(func.count()).select_from(table))
    return int(row[0])


def kinds(posted: Mapping[tuple[str, str], int], order: Sequence[str]) -> list[str]:
    """Return the kinds of letter that were posted, in their usual order."""
    return [kind for kind in order if any(posted.get((kind, language)) for language in ("ja", "en"))]
