"""``python -m lab.bench.due_timers``: a hundred thousand deadlines due at once, on the worker that takes orders too.

A real desk on SQLite (embedded broker, the solo worker, beat). One case waits; copies of it, all due since an hour, are
put beside it. Then, for SECONDS (120), somebody gives an order every half second: how long each takes, and how long the
worker's queues go without a heartbeat. CASES says how many are due.
"""

import os
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from models.session import migrate
from tests.people import a_contact
from tests.system.conftest import RealDesk
from workflows.engine.numbers import case_number
from workflows.request.payloads import Amend

CASES, SECONDS = int(os.environ.get("CASES", "100000")), float(os.environ.get("SECONDS", "120"))
FIRST = 200_000
"""The serial number of the first copy."""


def main() -> int:
    """Run and print the figures."""
    home = Path(tempfile.mkdtemp(prefix="mg-"))
    (home / "var").mkdir(mode=0o700)
    url = f"sqlite:///{home}/var/madoguchi.sqlite3"
    migrate(url)
    desk = RealDesk(url, home)
    try:
        desk.start("broker", "desk1", "beat")
        desk.open_the_office()
        wanted = desk.must(None, "open", a_contact()).case
        waits = desk.must(None, "open", a_contact()).case
        desk.stop("beat")
        _copy(desk, waits, CASES)
        desk.start("beat")
        _watch(desk, wanted)
    finally:
        desk.close()
    return 0


def _copy(desk: RealDesk, number: str, count: int) -> None:
    """Copy a case and its deadlines so often, each due since an hour."""
    case = desk.office.case(number)
    due = (desk.now() - timedelta(hours=1)).strftime("%Y-%m-%d %H:%M:%S.%f")
    with desk.office.as_owner() as db:
        db.execute(text("CREATE TEMP TABLE copies (id INTEGER, number TEXT)"))
        serials = [{"id": FIRST + n, "number": case_number(2026, FIRST + n)} for n in range(count)]
        db.execute(text("INSERT INTO copies VALUES (:id, :number)"), serials)
        for table, own, changed in (
            ("case", "id", {"id": "copies.id", "number": "copies.number", "due_at": ":due"}),
            ("timer", "case_id", {"case_id": "copies.id", "due_at": ":due"}),
        ):
            columns = [row.name for row in db.execute(text(f"SELECT name FROM pragma_table_info('{table}')"))]  # noqa: S608
            names = ", ".join(f'"{name}"' for name in columns)
            values = ", ".join(changed.get(name, f'one."{name}"') for name in columns)
            asked = (
                f'INSERT INTO "{table}" ({names}) SELECT {values} FROM copies JOIN "{table}" one ON one.{own} = :own'  # noqa: S608
            )
            more = " WHERE one.letter IS NULL" if table == "timer" else ""
            db.execute(text(asked + more), {"own": case.id, "due": due})


def _watch(desk: RealDesk, case: str) -> None:
    begun, waits, silence = time.monotonic(), [0.0], {"commands": 0.0, "clock": 0.0}
    beats = dict.fromkeys(silence, ("", begun))
    while time.monotonic() < begun + SECONDS:
        given = time.monotonic()
        desk.answer(desk.order("amend", Amend(why="they called"), case=case))
        waits.append(time.monotonic() - given)
        while time.monotonic() < given + 0.5:
            for queue, (last, since) in beats.items():
                (row,) = desk.office.ask("SELECT max(at) AS at FROM heartbeat WHERE queue = :queue", queue=queue)
                now = time.monotonic()
                silence[queue] = max(silence[queue], now - since)
                beats[queue] = (last, since) if str(row.at) == last else (str(row.at), now)
            time.sleep(0.05)  # another process writes them
    (row,) = desk.office.ask("SELECT count(*) AS fired FROM history WHERE cause LIKE 'timer:%'")
    waits.sort()
    print(f"{CASES} due, {row.fired} fired in {SECONDS:.0f} s, load {os.getloadavg()[0]:.1f}")
    print(f"{len(waits) - 1} orders: median {waits[len(waits) // 2]:.2f} s, longest {waits[-1]:.2f} s")
    print("longest without a heartbeat: " + ", ".join(f"{queue} {longest:.1f} s" for queue, longest in silence.items()))


if __name__ == "__main__":
    sys.exit(main())
