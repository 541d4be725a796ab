"""What is measured and what is to be reached: one row a figure, in the order of the page (PERFORMANCE's P1 to P16)."""

from lab.bench.figures import Target

NOOP = "bare Celery no-op, same settings"

TARGETS: dict[str, Target] = {
    "P1": Target("hold and resume under backlog, one message each, prefork -c2", ">= 0.6", reference=NOOP),
    "P1 open": Target("the same, opening cases (letter, person, code)", ">= 0.3", reference=NOOP),
    "P1 singly": Target("the same one at a time, two people who wait for their answers", ""),
    "P2": Target("orders under backlog, two solo workers", ">= 2.5", reference="DBOS transactional steps, 2 processes"),
    "P2 empty": Target("the same", ">= 1.7", reference="DBOS empty steps, 2 processes"),
    "P2 CPU": Target("CPU of an order, everything", "", unit="ms", reference="DBOS transactional step"),
    "P16": Target("CPU of hold or resume under backlog: worker, database, broker", "<= 2", unit="ms", reference=NOOP),
    "P16 open": Target("the same of an opening", "", unit="ms", reference=NOOP),
}
