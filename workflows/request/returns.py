"""What a scanned page is, what of a form came back, and what to do next. Pure: what the database knows comes in.

A page is of a form or of a letter of ours only where it bears exactly one mark, and the database knows its code or
number as that case's. Everything else goes to the tray, where a person looks at it; nothing is guessed.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from workflows.request.case import Case
from workflows.request.marks import Mark, read_mark
from workflows.request.values import CodeState, FormName

OURS = "MG1 "
"""How every code of ours begins, and how one begins that was made to look like ours."""


def copies_needed(case: Case) -> bool:
    """Whether copies of identity documents must still be kept: until the answer is posted, or none is owed any more.

    What need not be used any longer is erased without delay (APPI 22). A lapsed case can be taken up again.
    """
    if case.state in ("withdrawn", "voided"):
        return False
    return case.state not in ("fulfilled", "refused") or not case.answered


class Why(StrEnum):
    """Why a page is in the tray."""

    NO_CODE = "no_code"
    FOREIGN = "foreign"  # it looks like ours, but the office never gave this code out
    SEVERAL = "several"  # two codes that do not say the same
    CASE_DIFFERS = "case_differs"  # the code is of another case than the one beside it
    ERASED = "erased"  # the case's key is destroyed: nothing can be kept of it any more


class Next(StrEnum):
    """What is proposed for a case whose forms came back."""

    RECEIVE = "receive"
    RECEIVE_ASK = "receive_ask"
    RECEIVE_HELD = "receive_held"
    POST_FIRST = "post_first"
    REOPEN = "reopen"
    REOPEN_ASK = "reopen_ask"
    REOPEN_HELD = "reopen_held"
    RECEIVED_ALREADY = "received_already"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Known:
    """What the database knows of a code: whose it is, in which round, what it is worth now."""

    id: int
    case: str
    round: int
    state: CodeState
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a page is: a form's page (``mark`` and ``known``), a letter's page (``mark`` alone), or one for the tray.

    ``named`` are the cases whose code or number it bears, whatever else is wrong with it: it may be theirs.
    """

    mark: Mark | None = None
    known: Known | None = None
    why: Why | None = None
    named: frozenset[str] = field(default=frozenset(), compare=False)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a form that is held."""

    case: str
    form: FormName
    code: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Count:
    """What is held of one form under one code: ``pages`` different pages of ``of``."""

    case: str
    form: FormName
    code: int
    pages: int
    of: int
    missing: tuple[int, ...]
    doubled: tuple[int, ...]


def marks_on(texts: Iterable[str], own: Collection[str] = ()) -> frozenset[Mark]:
    """Return the marks of ours on a page, each once: every page bears its own two times.

    *own* are the forms that the office has of its own.
    """
    return frozenset(mark for text in texts if (mark := read_mark(text, own)) is not None)


def judge(
    texts: Collection[str], codes: Mapping[str, Known], letters: Mapping[str, bool], own: Collection[str] = ()
) -> Verdict:
    """Return what a page is. *letters* are the letters there are, and whether their case is erased."""
    marks = marks_on(texts, own)
    named = {mark.case for mark in marks} | {
        codes[mark.code].case for mark in marks if mark.code is not None and mark.code in codes
    }
    pretended = any(text.startswith(OURS) and read_mark(text, own) is None for text in texts)
    return replace(_judged(marks, codes, letters, pretended=pretended), named=frozenset(named))


def _judged(
    marks: frozenset[Mark], codes: Mapping[str, Known], letters: Mapping[str, bool], *, pretended: bool
) -> Verdict:
    if len(marks) > 1 or (marks and pretended):
        return Verdict(why=Why.SEVERAL)
    if not marks:
        return Verdict(why=Why.FOREIGN if pretended else Why.NO_CODE)
    (mark,) = marks
    if mark.letter is not None:
        if mark.letter not in letters:
            return Verdict(mark, why=Why.FOREIGN)
        return Verdict(mark, why=Why.ERASED if letters[mark.letter] else None)
    known = codes.get(mark.code or "")
    if known is None:
        return Verdict(mark, why=Why.FOREIGN)
    if known.case != mark.case:
        return Verdict(mark, known, Why.CASE_DIFFERS)
    return Verdict(mark, known, Why.ERASED if known.erased else None)


def count(sheets: Iterable[Sheet]) -> list[Count]:
    """Return what came of each form: in whatever order and from however many files, one form is one form."""
    forms: dict[tuple[str, int, FormName], list[Sheet]] = {}
    for sheet in sheets:
        forms.setdefault((sheet.case, sheet.code, sheet.form), []).append(sheet)
    counts = []
    for (case, code, form), found in sorted(forms.items(), key=lambda item: (*item[0][:2], _rank(item[0][2]))):
        times = Counter(sheet.page for sheet in found)
        of = max(sheet.pages for sheet in found)
        missing = tuple(page for page in range(1, of + 1) if page not in times)
        doubled = tuple(sorted(page for page, often in times.items() if often > 1))
        counts.append(Count(case, form, code, len(times), of, missing, doubled))
    return counts


def _rank(form: FormName) -> tuple[int, str]:
    """The source's forms in their order, then those of an office's own set by their names."""
    known = list(FormName)
    return (known.index(form), "") if form in known else (len(known), str(form))


def propose(case_state: str, codes: Collection[CodeState], *, complete: bool) -> Next:
    """Return what fits a case whose forms came back under codes of these states; *complete*: no page is missing."""
    held_for_good = not (CodeState.GOOD in codes or (case_state == "lapsed" and CodeState.EXPIRED in codes))
    if case_state == "contacted":
        return Next.POST_FIRST
    if case_state == "forms_mailed":
        if held_for_good:
            return Next.RECEIVE_HELD
        return Next.RECEIVE if complete else Next.RECEIVE_ASK
    if case_state == "lapsed":
        if held_for_good:
            return Next.REOPEN_HELD
        return Next.REOPEN if complete else Next.REOPEN_ASK
    if case_state in ("forms_returned", "id_verified"):
        return Next.RECEIVED_ALREADY
    return Next.CLOSED
