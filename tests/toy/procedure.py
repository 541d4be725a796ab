"""Lost property (遺失物): a thing is handed in, its owner gets a letter, and it is given back or kept."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from workflows import letters
from workflows.engine import case as engine
from workflows.engine.case import At, Tell
from workflows.engine.deadlines import every, then, working_days
from workflows.engine.jobs import Job, Jobs, Todo, Within
from workflows.engine.machine import Machine, Refused, Start
from workflows.engine.numbers import letter_number
from workflows.engine.payloads import Fired, Nothing
from workflows.engine.procedure import Procedure
from workflows.engine.values import Language, Reason, Role
from workflows.letters import Letter, LetterContent, LetterFate, LetterOrder, LetterState, RecordPosting, RecordReturn

KEPT_AFTER = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class HandIn:
    """A thing that was found, and the owner whose name and address were on it."""

    what: str
    owner: str
    address: str
    postcode: str | None = None
    language: Language = Language.JA


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundNotice(LetterContent):
    """What the owner is told: which thing lies here, and until when."""

    what: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(engine.Case):
    """One thing; ``letters`` are the notices to its owner."""

    letters: tuple[Letter, ...] = ()
    seen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(engine.Change):
    """What a step writes beside: letters that are ordered, and what becomes of those there are."""

    letters: tuple[LetterOrder, ...] = ()
    fates: tuple[LetterFate, ...] = ()
    seen: bool = False


def after_change(case: Case, target: str, change: Change, at: At) -> Case:
    """Return the case as it stands once the change is written."""
    fates = {fate.number: fate.state for fate in change.fates}
    known = [replace(letter, state=fates.get(letter.number, letter.state)) for letter in case.letters]
    for order in change.letters:
        ordinal = len(known) + 1
        known.append(Letter(letter_number(case.number, ordinal), ordinal, order.kind, LetterState.ORDERED))
    return engine.after(case, target, change, at, letters=tuple(known), seen=case.seen or change.seen)


toy: Machine[Change] = Machine("toy", version=1, change=Change, after=after_change)

handed_in = toy.state(
    "handed_in",
    initial=True,
    deadlines=[then(working_days(5), then_every=working_days(5), times=2, at_last=working_days(10)).do("look_again")],
)
given_back = toy.state("given_back", closed=True)
kept = toy.state("kept", closed=True)


@toy.clock(every(working_days(1), times=1, then=working_days(2)).do("look_again", name="notice_unposted"), stops=False)
def _lies_unposted(case: Case) -> Iterator[Start]:
    """A notice that was made and not posted."""
    for letter in case.letters:
        if letter.made_on is not None and letter.state in (LetterState.MADE, LetterState.PRINTED):
            yield Start(letter.entry, letter.made_on, letter.number)


@toy.transition(by=[Role.CLERK], to=handed_in, takes=HandIn, letters=["found_notice"])
def hand_in(case: Case, p: HandIn, at: At) -> Change | Refused:
    """Take in a thing that was found, and write to its owner."""
    if not p.what.strip():
        return Refused((Reason("toy.what_is_it", {}),))
    return Change(letters=(LetterOrder(kind="found_notice"),), details={"language": str(p.language)})


@toy.transition(handed_in, by=[Role.CLERK], to=given_back, takes=Nothing)
def give_back(case: Case, p: Nothing, at: At) -> Change:
    """Give the thing back to its owner."""
    return Change(seen=True)


def _long_enough(case: Case, at: At) -> Iterator[Reason]:
    first = at.calendar.add_working_days(case.opened_on, KEPT_AFTER)
    if at.today < first:
        yield Reason("toy.too_early", {"day": first.isoformat()})


@toy.transition(handed_in, by=[Role.APPROVER], to=kept, takes=Nothing, unless=[_long_enough])
def keep(case: Case, p: Nothing, at: At) -> Change:
    """Keep the thing: nobody came for it in time."""
    return Change()


@toy.transition(handed_in, given_back, kept, by=[Role.SYSTEM], takes=Fired)
def look_again(case: Case, p: Fired, at: At) -> Change:
    """Tell the lead of a thing that still lies here, or of a notice that was not posted."""
    tell = Tell(Role.LEAD, Reason("notice.toy_lies_here", {"case": case.number, "times": p.fire_no}))
    return Change(notices=(tell,), details={"fire_no": p.fire_no})


def _fate(case: Case, number: str, of: LetterState) -> Letter | None:
    return next((letter for letter in case.letters if letter.number == number and letter.state is of), None)


@toy.transition(handed_in, given_back, kept, by=[Role.CLERK], takes=RecordPosting)
def record_posting(case: Case, p: RecordPosting, at: At) -> Change | Refused:
    """Record that the notice went into the post."""
    letter = _fate(case, p.letter, LetterState.PRINTED)
    if letter is None:
        return Refused((Reason("toy.no_such_notice", {"letter": p.letter}),))
    fate = LetterFate(number=letter.number, state=LetterState.POSTED, on=p.on or at.today,
                      mail_class=p.mail_class or letters.MailClass.ORDINARY)  # fmt: skip
    return Change(fates=(fate,), details={"letter": letter.number})


@toy.transition(handed_in, given_back, kept, by=[Role.CLERK], takes=RecordReturn)
def record_return(case: Case, p: RecordReturn, at: At) -> Change | Refused:
    """Record that the post brought the notice back."""
    letter = _fate(case, p.letter, LetterState.POSTED)
    if letter is None:
        return Refused((Reason("toy.no_such_notice", {"letter": p.letter}),))
    fate = LetterFate(number=letter.number, state=LetterState.RETURNED, on=p.on or at.today, reason=p.reason)
    return Change(fates=(fate,), details={"letter": letter.number})


LETTERS = {"found_notice": FoundNotice}
toy.check(letters=LETTERS)


def next_job(case: Case) -> Todo | None:
    """Its notice is printed and posted; then it waits for its owner, and in the end somebody decides."""
    states = {letter.state for letter in case.letters}
    if states & {LetterState.ORDERED, LetterState.MADE}:
        return Todo.PRINT
    if LetterState.PRINTED in states:
        return Todo.POST
    return Todo.NOTICE if LetterState.RETURNED in states and case.state == handed_in else None


JOBS = Jobs(
    next=next_job,
    kinds={
        Todo.PRINT: Job(by=(Role.CLERK,), terms=("notice_unposted", "look_again")),
        Todo.POST: Job(by=(Role.CLERK,), terms=("notice_unposted",)),
        Todo.NOTICE: Job(by=(Role.APPROVER,), terms=(Within(3, since="opened_on"),)),
    },
)

PROCEDURE = Procedure(
    machine=toy, letters=LETTERS, prefix="T", templates=Path(__file__).parent / "templates", jobs=JOBS
)
