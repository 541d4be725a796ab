"""The procedure of a search: a department is asked, reminded, and answers; or the question is recalled.

Whoever has a case asks (``ask``), people of the department answer (``answer``). An answer can be taken back and more be
asked for; a question can be handed on, given more time, recalled and asked for again. Nothing waits without a next
moment: the working day after the last day reminds the department, two later the lead is told.
"""

from collections.abc import Iterator
from datetime import date

from workflows.engine.case import At, Tell
from workflows.engine.deadlines import then, working_days
from workflows.engine.jobs import Job, Jobs, Todo
from workflows.engine.machine import Machine, Refused, Start
from workflows.engine.payloads import Fired
from workflows.engine.procedure import Procedure
from workflows.engine.values import Reason, Role
from workflows.search.case import Case, Change, after
from workflows.search.figures import FIGURES
from workflows.search.payloads import Answer, Ask, AskAgain, Extend, HandOn, PutRight
from workflows.search.values import Answered

CLERK, VERIFIER, HOLDER, LEAD, SYSTEM = Role.CLERK, Role.VERIFIER, Role.HOLDER, Role.LEAD, Role.SYSTEM
MOST_WORDS = 4000
"""Characters of what is asked or answered in words: what is longer comes as a file."""

search: Machine[Change] = Machine("search", version=1, change=Change, after=after)

asked = search.state(
    "asked",
    initial=True,
    anchor="due_on",
    deadlines=[then(working_days(3), then_every=working_days(3), times=5, at_last=working_days(5)).do("escalate")],
)
answered = search.state("answered", closed=True)
recalled = search.state("recalled", closed=True)


@search.clock(
    then(working_days(1), then_every=working_days(2), times=5, at_last=working_days(5)).do("remind"), named=True
)
def _answer_due(case: Case) -> Iterator[Start]:
    """From the working day after the department's last day; more time begins it anew."""
    if case.state == asked:
        yield Start(case.due_seq, case.due_on)


# -- what may be said --------------------------------------------------------------------------------------------


def _worded(words: str | None, field: str) -> Iterator[Reason]:
    if words is not None and not words.strip():
        yield Reason("search.words_empty", {"field": field})
    if words is not None and len(words) > MOST_WORDS:
        yield Reason("search.words_too_long", {"field": field, "most": MOST_WORDS})


def _by(day: date | None, case: Case, department: str, at: At) -> date:
    """Return the last day a department has."""
    return day or at.calendar.add_working_days(at.today, case.departments[department])


def _not_past(day: date | None, at: At) -> Iterator[Reason]:
    if day is not None and day < at.today:
        yield Reason("search.day_past", {"day": day.isoformat()})


def _known(department: str, case: Case) -> Iterator[Reason]:
    if department not in case.departments:
        yield Reason("search.no_department", {"department": department, "known": sorted(case.departments)})


def _speaks(case: Case, at: At) -> Iterator[Reason]:
    """People of a department see and answer what their own one was asked, and nothing else."""
    if case.speaks_for is not None and case.speaks_for != case.department:
        yield Reason("search.not_yours", {"case": case.number})


def _case_open(case: Case, at: At) -> Iterator[Reason]:
    if not case.parent_state:
        yield Reason("search.no_case", {"case": case.parent})
    elif not case.parent_open:
        yield Reason("search.case_closed", {"case": case.parent, "state": f"state.{case.parent_state}"})


def _refused(*reasons: Iterator[Reason]) -> Refused | None:
    found = tuple(reason for each in reasons for reason in each)
    return Refused(found) if found else None


# -- the steps ----------------------------------------------------------------------------------------------------


@search.transition(
    by=[CLERK, VERIFIER], to=asked, takes=Ask, undone_by=["recall"], typed="ask CASE --department --file"
)
def ask(case: Case, p: Ask, at: At) -> Change | Refused:
    """Ask a department for what it holds about the person of a case, or to act on it."""
    wrong = _refused(_case_open(case, at), _known(p.department, case), _worded(p.what, "what"), _not_past(p.by, at))
    if wrong is not None:
        return wrong
    due = _by(p.by, case, p.department, at)
    return Change(
        facts={
            "parent": p.case, "department": p.department, "act": p.act, "due_on": due, "due_seq": case.seq + 1,
            "asked_by": at.actor.name,
        },
        said={"asked": p.what},
        notices=(Tell(HOLDER, Reason("notice.search_asked", {"case": case.number, "department": p.department,
                                                             "day": due.isoformat()})),),
        details={"parent": p.case, "department": p.department, "act": str(p.act), "due_on": due.isoformat()},
    )  # fmt: skip


@search.transition(
    asked, by=[HOLDER, CLERK], to=answered, takes=Answer, unless=[_speaks], on_hold=True,
    undone_by=["take_back", "ask_again"], typed="answer CASE --file",
)  # fmt: skip
def answer(case: Case, p: Answer, at: At) -> Change | Refused:
    """Answer for a department: what was found, and what was done where it was asked to act."""
    wrong = _refused(_worded(p.note, "note"), _worded(p.done, "done"), _fitting(case, p, at))
    if wrong is not None:
        return wrong
    told = Reason("notice.search_answered", {"case": case.parent, "search": case.number,
                                             "department": case.department, "found": f"found.{p.found}"})  # fmt: skip
    said = {name: words for name, words in (("note", p.note), ("done", p.done)) if words is not None}
    return Change(
        facts={"answered": Answered(found=p.found, by=at.actor.name, finds=p.finds, done_on=p.done_on)},
        said=said,
        notices=(Tell(CLERK, told),),
        details={
            "found": str(p.found),
            "finds": list(p.finds),
            **({"done_on": p.done_on.isoformat()} if p.done_on is not None else {}),
        },
    )


def _fitting(case: Case, p: Answer, at: At) -> Iterator[Reason]:
    """Yield what an answer contradicts or lacks."""
    if not p.found.something and p.finds:
        yield Reason("search.finds_of_nothing", {"found": f"found.{p.found}", "number": len(p.finds)})
    if p.found.something and not case.act.acts and not p.finds and not p.note:
        yield Reason("search.found_what", {"found": f"found.{p.found}"})
    if unknown := [find for find in p.finds if find not in case.finds]:
        yield Reason("search.find_unknown", {"finds": unknown, "case": case.number})
    if case.act.acts and p.found.something and (not p.done or p.done_on is None):
        yield Reason("search.done_missing", {"act": f"act.{case.act}"})
    if p.done_on is not None and p.done_on > at.today:
        yield Reason("search.done_later", {"day": p.done_on.isoformat()})


@search.transition(
    answered, by=[HOLDER, CLERK], to=asked, takes=PutRight, reopens=True, unless=[_speaks, _case_open],
    undone_by=["answer"],
)  # fmt: skip
def take_back(case: Case, p: PutRight, at: At) -> Change | Refused:
    """Take back an answer that was recorded by mistake; the question is open again, with the time it had."""
    return _refused(_worded(p.why, "why")) or Change(
        facts={"answered": None}, said={"whys": p.why}, details={"due_on": case.due_on.isoformat()}
    )


@search.transition(
    answered, by=[CLERK, VERIFIER], to=asked, takes=AskAgain, reopens=True, unless=[_case_open], undone_by=["recall"],
    typed="ask-again CASE --file",
)  # fmt: skip
def ask_again(case: Case, p: AskAgain, at: At) -> Change | Refused:
    """Ask a department that has answered for more; what it sent before stays."""
    wrong = _refused(_worded(p.what, "what"), _not_past(p.by, at), _known(case.department, case))
    if wrong is not None:
        return wrong
    due = _by(p.by, case, case.department, at)
    told = Reason("notice.search_asked", {"case": case.number, "department": case.department, "day": due.isoformat()})
    return Change(
        facts={"due_on": due, "due_seq": case.seq + 1},
        said={"asked": p.what},
        notices=(Tell(HOLDER, told),),
        details={"due_on": due.isoformat()},
    )


@search.transition(asked, by=[HOLDER, CLERK], takes=HandOn, unless=[_speaks, _case_open], undone_by=["hand_on"])
def hand_on(case: Case, p: HandOn, at: At) -> Change | Refused:
    """Hand a question on to the department that holds it in truth, which gets time of its own."""
    same = [Reason("search.same_department", {"department": p.department})] if p.department == case.department else []
    wrong = _refused(_known(p.department, case), iter(same), _worded(p.why, "why"))
    if wrong is not None:
        return wrong
    due = _by(None, case, p.department, at)
    told = Reason("notice.search_asked", {"case": case.number, "department": p.department, "day": due.isoformat()})
    return Change(
        facts={"department": p.department, "due_on": due, "due_seq": case.seq + 1},
        said={"whys": p.why},
        notices=(Tell(HOLDER, told),),
        details={"before": case.department, "department": p.department, "due_on": due.isoformat()},
    )


@search.transition(asked, by=[CLERK], takes=Extend, unless=[_case_open], undone_by=["extend"])
def extend(case: Case, p: Extend, at: At) -> Change | Refused:
    """Give a department another last day."""
    wrong = _refused(_not_past(p.by, at), _worded(p.why, "why"))
    if wrong is not None:
        return wrong
    return Change(
        facts={"due_on": p.by, "due_seq": case.seq + 1},
        said={"whys": p.why},
        details={"before": case.due_on.isoformat(), "due_on": p.by.isoformat()},
    )


@search.transition(asked, by=[CLERK, SYSTEM], to=recalled, takes=PutRight, on_hold=True, undone_by=["restore"])
def recall(case: Case, p: PutRight | Fired, at: At) -> Change | Refused:
    """Recall a question: it was asked by mistake, or nobody needs its answer any more."""
    if isinstance(p, Fired):  # the case it was asked for is closed
        return Change(details={"parent": case.parent, "closed": case.parent_state})
    return _refused(_worded(p.why, "why")) or Change(said={"whys": p.why})


@search.transition(
    recalled, by=[CLERK], to=asked, takes=PutRight, reopens=True, unless=[_case_open], undone_by=["recall"]
)
def restore(case: Case, p: PutRight, at: At) -> Change | Refused:
    """Ask a recalled question after all, with the days its department is usually given."""
    wrong = _refused(_known(case.department, case), _worded(p.why, "why"))
    if wrong is not None:
        return wrong
    due = _by(None, case, case.department, at)
    return Change(
        facts={"due_on": due, "due_seq": case.seq + 1}, said={"whys": p.why}, details={"due_on": due.isoformat()}
    )


# -- the clock ----------------------------------------------------------------------------------------------------


def _or_recall(case: Case, p: object) -> str | None:
    """Nobody is chased for a case that is closed: then the question is recalled instead."""
    return None if case.parent_open else "recall"


@search.transition(asked, by=[SYSTEM], takes=Fired, becomes=_or_recall, stands="a reminder that was given was given")
def remind(case: Case, p: Fired, at: At) -> Change:
    """Remind a department of a question whose last day is over."""
    return Change(notices=(Tell(HOLDER, _late("notice.search_reminder", case, p)),), details={"fire_no": p.fire_no})


@search.transition(asked, by=[SYSTEM], takes=Fired, becomes=_or_recall, stands="what was told was told")
def escalate(case: Case, p: Fired, at: At) -> Change:
    """Tell the department's head and the lead of a question that is not answered."""
    told = _late("notice.search_late", case, p)
    return Change(notices=(Tell(HOLDER, told), Tell(LEAD, told)), details={"fire_no": p.fire_no})


def _late(code: str, case: Case, p: Fired) -> Reason:
    return Reason(
        code,
        {
            "case": case.number, "parent": case.parent, "department": case.department,
            "day": case.due_on.isoformat(), "times": p.fire_no,
        },
    )  # fmt: skip


search.check()


def next_job(case: Case) -> Todo | None:
    """Its department answers."""
    return Todo.SEARCH if case.state == asked else None


JOBS = Jobs(next=next_job, kinds={Todo.SEARCH: Job(by=(HOLDER, CLERK), terms=("remind", "escalate"))})
PROCEDURE = Procedure(machine=search, prefix="S", jobs=JOBS, figures=FIGURES)
