"""The commands that are written, by section; those made from the procedures' transitions come before them (steps.py).

The help page lists them without importing any; ``table.NAME`` is the one line it says of each.
"""

from typing import NamedTuple


class Row(NamedTuple):
    """Where a command is found."""

    section: str
    module: str
    attribute: str


STEPS = "steps"
"""The section of the transitions."""
OTHERS = "others"
"""The section of the procedures beside the main one."""
SECTIONS = (STEPS, OTHERS, "looks", "post", "office")

WRITTEN: dict[str, Row] = {
    "today": Row("looks", "commands.today", "today"),
    "list": Row("looks", "commands.worklist", "list_"),
    "find": Row("looks", "commands.find", "find"),
    "show": Row("looks", "commands.case", "show"),
    "why": Row("looks", "commands.case", "why"),
    "history": Row("looks", "commands.case", "history"),
    "notices": Row("looks", "commands.notices", "notices"),
    "board": Row("looks", "commands.board", "board"),
    "forecast": Row("looks", "commands.forecast", "forecast"),
    "stats": Row("looks", "commands.stats", "stats"),
    "fees": Row("looks", "commands.fees", "fees"),
    "diagram": Row("looks", "commands.diagram", "diagram"),
    "letters": Row("post", "commands.post", "letters"),
    "print": Row("post", "commands.post", "print_"),
    "posted": Row("post", "commands.post", "posted"),
    "returned": Row("post", "commands.post", "returned"),
    "draft": Row("post", "commands.post", "draft"),
    "scan": Row("post", "commands.scan", "scan"),
    "tray": Row("post", "commands.tray", "tray"),
    "papers": Row("post", "commands.tray", "papers"),
    "disposals": Row("post", "commands.disposals", "disposals"),
    "erase": Row("office", "commands.erase", "erase"),
    "backup": Row("office", "commands.backup", "backup"),
    "restore": Row("office", "commands.backup", "restore"),
    "move": Row("office", "commands.moving", "move"),
    "keys": Row("office", "commands.keys", "keys"),
    "retention": Row("office", "commands.retention", "retention"),
    "legal-hold": Row("office", "commands.legal_hold", "legal_hold"),
    "letter-kinds": Row("post", "commands.letter_kinds", "letter_kinds"),
    "init": Row("office", "commands.init", "init"),
    "import": Row("office", "commands.importing", "import_"),
    "assign": Row("office", "commands.hands", "assign"),
    "staff": Row("office", "commands.staff", "staff"),
    "office": Row("office", "commands.founding", "office"),
    "mail": Row("office", "commands.mail", "mail"),
    "clock": Row("office", "commands.clock", "clock"),
    "inquiry": Row("office", "commands.inquiry", "inquiry"),
    "plan": Row("office", "commands.plan", "plan"),
    "bulk": Row("office", "commands.bulk", "bulk"),
    "procedure": Row("office", "commands.procedure", "procedure"),
    "calendar": Row("office", "commands.calendar", "calendar"),
    "doctor": Row("office", "commands.status", "doctor"),
    "evidence": Row("office", "commands.evidence", "evidence"),
    "audit": Row("office", "commands.audit", "audit"),
    "log": Row("office", "commands.log", "log"),
    "metrics": Row("office", "commands.metrics", "metrics"),
    "incidents": Row("office", "commands.requeue", "incidents"),
    "requeue": Row("office", "commands.requeue", "requeue"),
    "status": Row("office", "commands.status", "status"),
    "completion": Row("office", "commands.completion", "completion"),
}
