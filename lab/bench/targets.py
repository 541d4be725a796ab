"""What is measured and what is to be reached, one row a figure in the order of the page; which module measures it."""

from lab.bench.figures import Target

MEASURES: dict[str, tuple[str, ...]] = {
    "backlog": ("P1", "P16"),
    "steps": ("P2",),
    "batches": ("P3",),
    "sweeps": ("P4",),
    "latency": ("P5",),
    "prompts": ("P6",),
    "letters": ("P7",),
    "idle_desk": ("P8",),
    "contacts": ("P9",),
    "embedded": ("P10",),
    "deciding": ("P11",),
    "growth": ("P12", "P14"),
    "accounts": ("P14",),
    "whole_way": ("P13",),
    "rush": ("P15",),
    "searches": ("P17",),
}
"""The modules of this folder and which P each measures, in the order in which they run."""

NOOP = "bare Celery no-op, same settings"
SINGLY = "orders one at a time: two people who wait for each answer"
DBOS = "DBOS transactional steps, 2 processes"
EMPTY_PYTHON = "`python -c pass`"
FIDES = "Fides 2.86: 12 privacy requests (carried over, see below)"
QUESTIONS = (
    "list", "list --overdue", "list --stalled", "list --due-within 1d", "list --owner staff1",
    "list --right correction", "list --state voided", "today", "show", "why",
    "history", "status", "notices --unread", "notices", "letters --unposted",
    "list --names", "find name", "find beginning", "find telephone", "find name and telephone",
)  # fmt: skip
"""What people ask, as P14 names it."""
ACCOUNTS = (
    "stats", "stats --by right", "stats --by month --since 2022-02-03", "forecast", "board", "retention --dry-run",
    "log", "log --looks", "log --case",
)  # fmt: skip
"""What a lead or a regulator asks, as P14 names it."""
KINDS = ("", ", SQLite")

TARGETS: dict[str, Target] = {
    "P1": Target("hold and resume under backlog, one message each, prefork -c2", ">= 0.6", reference=NOOP),
    "P1 open": Target("the same, opening cases (letter, person, code)", ">= 0.3", reference=NOOP),
    "P1 singly": Target("hold and resume one at a time: two people who wait for their answers"),
    "P2": Target("hold and resume under backlog, two solo workers", ">= 2.5", reference=DBOS),
    "P2 empty": Target("the same", ">= 1.7", reference="DBOS empty steps, 2 processes"),
    "P2 CPU": Target("CPU of an order, everything", unit="ms", reference="a DBOS transactional step"),
    "P3 timers": Target("due timers fired by one message", ">= 10", reference=SINGLY),
    "P3 bulk": Target("orders of `bulk` through the real worker", ">= 10", reference=SINGLY),
    "P3 command": Target("the whole `./admin.py bulk`", ">= 10", reference=SINGLY),
    "P3 backlog": Target("orders of `bulk` through the real worker", reference="the same orders, a message each"),
    "P3 DBOS": Target("orders of `bulk` through the real worker", ">= 20", reference=DBOS),
    "P4": Target("a sweep, a case, the same number due among many armed, PostgreSQL", "<= 1.5", unit="ms",
                 reference="among a hundredth (`--full`: a tenth) as many armed"),
    "P4 SQLite": Target("the same, SQLite", "<= 1.5", unit="ms", reference="among a hundredth (`--full`: a quarter)"),
    "P4 idle": Target("a sweep with nothing due among many armed, p99, PostgreSQL", ours="<= 5", unit="ms"),
    "P4 idle SQLite": Target("the same, SQLite", ours="<= 5", unit="ms"),
    "P5": Target("idle desk: order committed to transition committed, p50", "<= 3", unit="ms",
                 reference="the same deed called directly"),
    "P5 p95": Target("the same, p95", "<= 5", unit="ms", reference="the same deed called directly"),
    "P6 help": Target("`./admin.py --help`, the desk running", "<= 4", unit="ms", reference=EMPTY_PYTHON),
    "P6 list": Target("`list`, 50 rows, the desk running", "<= 6", unit="ms", reference=EMPTY_PYTHON),
    "P6 show": Target("`show`, the desk running", "<= 6", unit="ms", reference=EMPTY_PYTHON),
    "P6 order": Target("hold and resume, the desk running", "<= 10", unit="ms", reference=EMPTY_PYTHON),
    "P6 help alone": Target("`./admin.py --help`, no desk", "<= 5", unit="ms", reference=EMPTY_PYTHON),
    "P6 list alone": Target("`list`, 50 rows, no desk", "<= 20", unit="ms", reference=EMPTY_PYTHON),
    "P7": Target("letters of two pages (PDF/A, Japanese) through the real worker", ours=">= 150"),
    "P7 child": Target("memory of a child that makes them, at most", ours="<= 150", unit="MB"),
    "P8": Target("idle desk: memory (PSS) of everything", ours="<= 350", unit="MB"),
    "P8 CPU": Target("idle desk: CPU, in hundredths of a core", ours="<= 3", unit="%"),
    "P8 child": Target("idle desk: memory (PSS) of a child", ours="<= 45", unit="MB"),
    "P9 import": Target("`./admin.py import`: contacts opened, PostgreSQL", ours=">= 2000"),
    "P9 import SQLite": Target("the same, SQLite", ours=">= 2000"),
    "P9 verify": Target("verification of all histories in one stream: rows, PostgreSQL", ours=">= 50000"),
    "P9 command": Target("the whole `./admin.py audit verify`: rows"),
    "P9 doctor": Target("the whole `doctor --quick`, which examines everything: rows"),
    "P10": Target("hold and resume on SQLite, one solo worker", ">= 0.7", reference="the same on PostgreSQL"),
    "P10 prefork": Target("the same, prefork -c2", ">= 0.7", reference="the same on PostgreSQL"),
    "P10 wait": Target("two writers on SQLite: longest wait for a turn", ours="<= 250", unit="ms"),
    "P10 share": Target("two writers on SQLite: the slower one's orders", ">= 0.8", reference="the faster one's"),
    "P11": Target("`decide()`, median of all pairs of transition and state", ours="<= 10", unit="µs"),
    "P11 slowest": Target("`decide()`, the slowest pair", ours="<= 40", unit="µs"),
    "P12": Target("hold and resume over a large ledger", ">= 0.8", reference="over 10,000 cases"),
    "P12 open": Target("opening over a large ledger", ">= 0.8", reference="over 10,000 cases"),
    "P13": Target("the whole way from opening to id_verified: requests", ">= 10", reference=FIDES),
    **{
        f"P14 {question}": Target(f"`{question}` over a large ledger", "<= 2", "<= 50", "ms", "at 10,000 cases")
        for question in QUESTIONS
    },
    "P14 find, SQLite": Target("the slowest of these `find` over a large ledger, SQLite", ours="<= 50", unit="ms"),
    "P14 find, desk": Target("the whole `./admin.py find`, the desk running, PostgreSQL", ours="<= 300", unit="ms"),
    "P14 find, desk, SQLite": Target("the same, SQLite", ours="<= 300", unit="ms"),
    "P14 find, alone": Target("the whole `./admin.py find`, no desk, PostgreSQL", unit="ms"),
    "P14 find, alone, SQLite": Target("the same, SQLite", unit="ms"),
    **{
        f"P14 {account}{kind}": Target(
            f"`{account}` over an office of years{kind or ', PostgreSQL'}", ours="<= 2000", unit="ms",
            reference="at 10,000 cases",
        )
        for kind in KINDS for account in ACCOUNTS
    },
    **{
        f"P14 account, alone{kind}": Target(
            f"the slowest of these from prompt to prompt, no desk{kind or ', PostgreSQL'}", ours="<= 2000", unit="ms"
        )
        for kind in KINDS
    },
    **{
        f"P14 recount{kind}": Target(f"`stats --recount`: cases counted{kind or ', PostgreSQL'}",
                                     reference="at 10,000 cases")
        for kind in KINDS
    },
    **{
        f"P14 recount, longest{kind}": Target(f"the same: its longest transaction{kind or ', PostgreSQL'}", unit="ms",
                                              reference="at 10,000 cases")
        for kind in KINDS
    },
    "P15 timers": Target("a person's order while due timers drain, p95", "<= 2", unit="ms", reference="idle p95"),
    "P15 bulk": Target("a person's order while bulk orders drain, p95", "<= 2", unit="ms", reference="idle p95"),
    "P16": Target("CPU of hold or resume under backlog: worker, database, broker", "<= 2", unit="ms", reference=NOOP),
    "P16 open": Target("the same of an opening", unit="ms", reference=NOOP),
    "P17": Target("searches chased by the sweep, a deadline", "<= 1.1", unit="ms",
                  reference="requests chased by the same sweep, a deadline"),
}  # fmt: skip
