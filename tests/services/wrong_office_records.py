"""The steps that an office's own procedure brings, recorded wrongly; and what puts each right.

`OFFICE_RECORDED` and `OFFICE_PAYLOADS` go on from `tests/services/wrong_records.py`.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from tests.office import LEAD, TOKYO, TestOffice
from tests.own_procedure import adopts
from tests.people import a_licence
from workflows.letters import DeliveryWay, RecordPosting, UndoPosting
from workflows.office.afterwards import PaperKind, PapersEnd
from workflows.office.execution import Manner
from workflows.request.course import StepResult
from workflows.request.course_payloads import (
    Acknowledge,
    ApplyExecution,
    CarryOut,
    ChooseDelivery,
    EndPapers,
    FinishStep,
    HandOver,
    MoveWindow,
    OpenStep,
    TellReady,
    UndoPapers,
    UndoStep,
)
from workflows.request.payloads import TakeBack, Void, Withdraw
from workflows.request.values import ToldHow, VoidReason

WHY = "a slip of the finger"
TEXT = """
from = 2026-04-01
[answer]
ways = ["post", "collected"]
[answer.collect]
within = { weeks = 2 }
then = "post"
[times]
promise = [{ within = { working_days = 2 }, from = "contact", until = "acknowledgement" }]
[[step]]
code = "doctor"
ja = "医師の意見"
en = "a doctor's opinion"
within = { weeks = 2 }
always = false
[[window]]
code = "osaka"
ja = "大阪支店"
en = "the Osaka branch"
told = ["verifier"]
[[window]]
code = "kobe"
ja = "神戸支店"
en = "the Kobe branch"
[execution]
within = { days = 14 }
apply_within = { days = 30 }
[documents.evidence]
end = "destroyed"
"""
"""Steps, windows, ways, a second stage and papers, none of which stands in the way of an ordinary answer."""


def _in(office: TestOffice, state: str) -> str:
    adopts(office, TEXT)
    return office.in_state(state)


def _stepped(office: TestOffice, state: str, *, done: bool = False) -> str:
    """Return a case in a state, with a step opened while it could be, and done."""
    adopts(office, TEXT)
    case = office.in_state(state)
    office.must(case, "open_step", OpenStep(step="doctor"))
    if done:
        office.must(case, "finish_step", FinishStep(step="doctor", result=StepResult.AGREED))
    return case


def _opened_step(office: TestOffice, state: str) -> str:
    return _stepped(office, state)


def _finished_step(office: TestOffice, state: str) -> str:
    return _stepped(office, state, done=True)


def _unopened_step(office: TestOffice, state: str) -> str:
    case = _stepped(office, state)
    office.must(case, "undo_step", UndoStep(step="doctor", why=WHY))
    return case


def _undone_step(office: TestOffice, state: str) -> str:
    case = _stepped(office, state, done=True)
    office.must(case, "undo_step", UndoStep(step="doctor", why=WHY))
    return case


def _moved(office: TestOffice, state: str) -> str:
    case = _in(office, state)
    office.must(case, "move_window", MoveWindow(window="osaka"))
    return case


def _acknowledged(office: TestOffice, state: str) -> str:
    case = _in(office, state)
    office.must(case, "acknowledge", Acknowledge(how=ToldHow.PHONE))
    return case


def _chosen(office: TestOffice, state: str) -> str:
    case = _in(office, state)
    office.must(case, "choose_delivery", ChooseDelivery(way=DeliveryWay.COLLECTED))
    return case


def _printed(office: TestOffice, state: str) -> str:
    case = _chosen(office, state)
    office.make_letters(case)
    office.print_letters(case)
    return case


def _ready(office: TestOffice, state: str) -> str:
    case = _printed(office, state)
    office.must(case, "tell_ready", TellReady(how=ToldHow.PHONE))
    return case


def _uncollected(office: TestOffice, state: str) -> str:
    case = _ready(office, state)
    office.move_to(datetime.combine(office.today + timedelta(days=14), time(9, 31), TOKYO))
    office.sweep(letters=True)
    return case


def _unready(office: TestOffice, state: str) -> str:
    case = _ready(office, state)
    office.must(case, "undo_ready", TakeBack(why=WHY))
    return case


def _handed(office: TestOffice, state: str) -> str:
    case = _ready(office, state)
    office.must(case, "hand_over", HandOver(way=DeliveryWay.COLLECTED, paper="passport", receipt=True))
    return case


def _answer(office: TestOffice, case: str) -> str:
    return f"{case}-0{office.case(case).letters}"


def _told(office: TestOffice, state: str) -> str:
    case = _in(office, state)
    office.make_letters(case)
    office.print_letters(case)
    office.must(case, "record_posting", RecordPosting(letter=_answer(office, case)))
    return case


def _applied(office: TestOffice, state: str) -> str:
    case = _told(office, state)
    office.must(case, "apply_execution", ApplyExecution(manner=Manner.POST))
    return case


def _carried(office: TestOffice, state: str) -> str:
    case = _applied(office, state)
    office.must(case, "carry_out", CarryOut(manner=Manner.POST))
    return case


def _uncarried(office: TestOffice, state: str) -> str:
    case = _carried(office, state)
    office.must(case, "undo_execution", TakeBack(why=WHY))
    return case


def _unapplied(office: TestOffice, state: str) -> str:
    case = _applied(office, state)
    office.must(case, "undo_execution", TakeBack(why=WHY))
    return case


def _with_papers(office: TestOffice, state: str) -> str:
    """Return a case in a closed state to which papers came."""
    if state in ("fulfilled", "refused"):
        return _told(office, state)
    adopts(office, TEXT)
    case, code = office.mailed()
    too_old = a_licence(expires_on=date(2026, 1, 31))
    office.must(case, "receive_forms", replace(office.an_arrival(code), documents=(too_old,)))
    if state == "withdrawn":
        office.must(case, "withdraw", Withdraw(on=office.today, how=ToldHow.PHONE))
    else:
        office.must(case, "ask_again")
        office.must(case, "void", Void(reason=VoidReason.MISTAKE), by=LEAD)
    return case


def _ended(office: TestOffice, state: str) -> str:
    case = _with_papers(office, state)
    office.must(case, "end_papers", EndPapers(what=PaperKind.EVIDENCE, end=PapersEnd.DESTROYED))
    return case


def _unended(office: TestOffice, state: str) -> str:
    case = _ended(office, state)
    office.must(case, "undo_papers", UndoPapers(what=PaperKind.EVIDENCE, why=WHY))
    return case


OFFICE_RECORDED: dict[str, Callable[[TestOffice, str], str]] = {
    "open_step": _opened_step,
    "finish_step": _finished_step,
    "undo_step": _undone_step,
    "undo_step_opening": _unopened_step,
    "move_window": _moved,
    "acknowledge": _acknowledged,
    "choose_delivery": _chosen,
    "tell_ready": _ready,
    "end_collecting": _uncollected,
    "undo_ready": _unready,
    "hand_over": _handed,
    "apply_execution": _applied,
    "carry_out": _carried,
    "undo_execution": _uncarried,
    "undo_application": _unapplied,
    "end_papers": _ended,
    "undo_papers": _unended,
}
OFFICE_PAYLOADS: dict[str, Callable[[TestOffice, str], Any]] = {
    "open_step": lambda *_: OpenStep(step="doctor"),
    "finish_step": lambda *_: FinishStep(step="doctor", result=StepResult.OBJECTED),
    "undo_step": lambda *_: UndoStep(step="doctor", why=WHY),
    "undo_step_opening": lambda *_: UndoStep(step="doctor", why=WHY),
    "move_window": lambda *_: MoveWindow(window="kobe"),
    "acknowledge": lambda *_: Acknowledge(how=ToldHow.EMAIL),
    "choose_delivery": lambda *_: ChooseDelivery(way=DeliveryWay.COLLECTED),
    "tell_ready": lambda *_: TellReady(how=ToldHow.EMAIL),
    "undo_ready": lambda *_: TakeBack(why=WHY),
    "undo_posting": lambda office, case: UndoPosting(letter=_answer(office, case), why=WHY),
    "apply_execution": lambda *_: ApplyExecution(manner=Manner.VIEWING),
    "carry_out": lambda *_: CarryOut(manner=Manner.ELECTRONIC),
    "undo_execution": lambda *_: TakeBack(why=WHY),
    "undo_application": lambda *_: TakeBack(why=WHY),
    "end_papers": lambda *_: EndPapers(what=PaperKind.EVIDENCE, end=PapersEnd.RETURNED),
    "undo_papers": lambda *_: UndoPapers(what=PaperKind.EVIDENCE, why=WHY),
}
OFFICE_CANNOT_BE = {
    ("end_papers", "lapsed"): "a case lapses where nothing came",
    ("undo_papers", "lapsed"): "a case lapses where nothing came",
}
