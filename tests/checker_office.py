"""What an office's own procedure adds to the steps of a request, as the checker knows it: where each leads.

Like the rest of the checker it shares no code with the engine.
"""

OPEN = ("contacted", "forms_mailed", "forms_returned", "id_verified")
CLOSED = ("fulfilled", "refused", "withdrawn", "lapsed", "voided")


def _staying(*states: str) -> set[tuple[str | None, str]]:
    return {(state, state) for state in states}


OFFICE_EDGES: dict[str, set[tuple[str | None, str]]] = {
    "open_step": _staying("forms_returned", "id_verified"),
    "finish_step": _staying(*OPEN),
    "undo_step": _staying(*OPEN),
    "move_window": _staying(*OPEN),
    "acknowledge": _staying(*OPEN),
    "choose_delivery": _staying(*OPEN, *CLOSED),
    "tell_ready": _staying("fulfilled", "refused"),
    "undo_ready": _staying("fulfilled", "refused"),
    "hand_over": _staying("fulfilled", "refused"),
    "apply_execution": _staying("fulfilled"),
    "carry_out": _staying("fulfilled"),
    "undo_execution": _staying("fulfilled"),
    "end_papers": _staying(*CLOSED),
    "undo_papers": _staying(*CLOSED),
}
"""Which transition leads from where to where."""
