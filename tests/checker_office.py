"""What an office's own procedure adds to the steps of a request, as the checker knows it: where each leads.

Like the rest of the checker it shares no code with the engine.
"""

OPEN = ("contacted", "forms_mailed", "forms_returned", "id_verified")
CLOSED = ("fulfilled", "refused", "withdrawn", "lapsed", "voided")
EVERY = OPEN + CLOSED


def staying(*states: str) -> set[tuple[str | None, str]]:
    """Return the ways of a step that leaves a case in each of these states."""
    return {(state, state) for state in states}


OFFICE_EDGES: dict[str, set[tuple[str | None, str]]] = {
    "chase": staying(*EVERY),
    "end_collecting": staying("fulfilled", "refused"),
    "open_step": staying(*OPEN),
    "finish_step": staying(*OPEN),
    "undo_step": staying(*OPEN),
    "undo_step_opening": staying(*OPEN),
    "move_window": staying(*OPEN),
    "acknowledge": staying(*OPEN),
    "choose_delivery": staying(*EVERY),
    "tell_ready": staying("fulfilled", "refused"),
    "undo_ready": staying("fulfilled", "refused"),
    "hand_over": staying("fulfilled", "refused"),
    "apply_execution": staying("fulfilled"),
    "carry_out": staying("fulfilled"),
    "undo_execution": staying("fulfilled"),
    "undo_application": staying("fulfilled"),
    "end_papers": staying(*CLOSED),
    "undo_papers": staying(*CLOSED),
    "record_payment": staying(*EVERY),
    "refund": staying(*EVERY),
    "undo_payment": staying(*EVERY),
    "pay_late": {("lapsed", "id_verified")},
    "undo_pay_late": {("id_verified", "lapsed")},
    "bill": staying("id_verified"),
    "bill_ahead": staying("id_verified"),
    "withdraw_bill": staying("id_verified"),
    "remind_payment": staying("id_verified"),
    "lapse_unpaid": {("id_verified", "lapsed")},
    "tell_unpaid": staying("id_verified"),
    "reinstate_unpaid": {("lapsed", "id_verified")},
}
"""Which transition leads from where to where."""
OFFICE_BECOMES = {
    "undo_step": {"undo_step_opening"},
    "undo_execution": {"undo_application"},
    "record_payment": {"pay_late"},
    "undo_payment": {"undo_pay_late"},
    "bill": {"bill_ahead"},
}
OFFICE_TAKES_BACK = {
    "undo_step": {"finish_step"},
    "undo_step_opening": {"open_step"},
    "undo_ready": {"tell_ready"},
    "undo_execution": {"carry_out"},
    "undo_application": {"apply_execution"},
    "undo_papers": {"end_papers", "record_posting", "hand_over"},
    "reinstate_unpaid": {"lapse_unpaid"},
    "undo_pay_late": {"pay_late"},
}
"""What is put right by which step, as in tests/checker.py."""
OFFICE_SYSTEM = {"chase", "end_collecting", "remind_payment", "lapse_unpaid", "tell_unpaid"}
"""The clock's own."""
