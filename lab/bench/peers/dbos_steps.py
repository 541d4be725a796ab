"""DBOS's side of P2: durable workflows of five steps each, run by several threads. It knows nothing of the product.

``dbos_steps.py MODE FIRST COUNT THREADS CASES_URL SYSTEM_URL``. MODE is ``transactional``: a step locks a row, checks
its state, updates it and writes one row of history, in one transaction with DBOS's own record of the step; or
``empty``: a durable step that does nothing. FIRST is the number of the first case (and workflow). It says ``ready``
when it is warm, begins at a line on its standard input, and says at the end as JSON how many steps it made, from when
to when. ``dbos_steps.py tables COUNT CASES_URL`` makes the tables with so many cases.
"""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import sqlalchemy as sa

STEPS = 5
WARM = 3
NEXT = {
    "contacted": "forms_mailed",
    "forms_mailed": "forms_returned",
    "forms_returned": "id_verified",
    "id_verified": "fulfilled",
    "fulfilled": "contacted",
}

metadata = sa.MetaData()
case = sa.Table(
    "step_case",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("changed_at", sa.DateTime(timezone=True)),
)
history = sa.Table(
    "step_history",
    metadata,
    sa.Column("case_id", sa.BigInteger, primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("was", sa.Text, nullable=False),
    sa.Column("is", sa.Text, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
)
# Built once: a statement built anew for each step would only slow the peer down.
_locked = sa.select(case.c.state, case.c.seq).where(case.c.id == sa.bindparam("number")).with_for_update()
_changed = (
    sa.update(case)
    .where(case.c.id == sa.bindparam("number"), case.c.seq == sa.bindparam("before"))
    .values(state=sa.bindparam("now_in"), seq=sa.bindparam("after"), changed_at=sa.bindparam("moment"))
)
_written = sa.insert(history).inline()


def advance(session: Any, number: int) -> None:
    """Carry out one transition of a case."""
    state, seq = session.execute(_locked, {"number": number}).one()
    now = datetime.now(UTC)
    new = {"now_in": NEXT[state], "after": seq + 1, "moment": now}
    if session.execute(_changed, {"number": number, "before": seq, **new}).rowcount != 1:
        raise RuntimeError(f"case {number} was changed by somebody else")
    row = {"case_id": number, "seq": seq + 1, "was": state, "is": NEXT[state], "actor": "clerk", "at": now}
    session.execute(_written, row)


def tables(count: int, url: str) -> None:
    """Make the tables and so many cases."""
    made = sa.create_engine(url)
    metadata.create_all(made)
    with made.begin() as db:
        every = "INSERT INTO step_case SELECT g, 'contacted', 0, now() FROM generate_series(1, :count) g"
        db.execute(sa.text(every), {"count": count})


def main() -> None:
    """Do what the command line says."""
    if sys.argv[1] == "tables":
        tables(int(sys.argv[2]), sys.argv[3])
        return
    mode, (cases_url, system_url) = sys.argv[1], sys.argv[5:7]
    first, count, threads = (int(word) for word in sys.argv[2:5])
    dbos: Any = import_module("dbos")  # only its own environment has it
    dbos.DBOS(
        config={
            "name": "steps",
            "system_database_url": system_url,
            "sys_db_pool_size": max(20, threads + 4),
            "log_level": "ERROR",
            "enable_otlp": False,
        }
    )
    source = dbos.SQLAlchemyDatasource.create(cases_url, engine_kwargs={"pool_size": threads + 4})

    @source.transaction(isolation_level="READ COMMITTED")  # type: ignore[untyped-decorator]
    def transition(number: int) -> None:
        advance(source.sql_session(), number)

    @dbos.DBOS.step()  # type: ignore[untyped-decorator]
    def nothing(number: int) -> None:
        """Do nothing."""

    step = {"transactional": transition, "empty": nothing}[mode]

    @dbos.DBOS.workflow()  # type: ignore[untyped-decorator]
    def walk(number: int) -> None:
        for _ in range(STEPS):
            step(number)

    dbos.DBOS.launch()
    for number in range(first, first + WARM):
        walk(number)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    began = time.time()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(walk, range(first + WARM, first + WARM + count)))
    sys.stdout.write(json.dumps({"steps": STEPS * count, "began": began, "ended": time.time()}) + "\n")
    sys.stdout.flush()
    dbos.DBOS.destroy()


if __name__ == "__main__":
    main()
