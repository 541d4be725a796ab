"""The checker's own idea of a search: which step leads from where to where."""

STATES = ("asked", "answered", "recalled")


SEARCHES: dict[str, set[tuple[str | None, str]]] = {
    "ask": {(None, "asked")},
    "answer": {("asked", "answered")},
    "take_back": {("answered", "asked")},
    "ask_again": {("answered", "asked")},
    "recall": {("asked", "recalled")},
    "restore": {("recalled", "asked")},
    **{name: {("asked", "asked")} for name in ("hand_on", "extend", "remind", "escalate")},
    **{name: {(state, state) for state in STATES} for name in ("recount", "adopt")},
}
