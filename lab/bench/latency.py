"""``make bench``: how long a person waits at an idle desk, beside what the machine itself takes for less.

Prompt to prompt: whole runs of ``./admin.py`` against ``python -c pass`` (the medians and their ratio). Commit to
commit: from the order's commit to the transition's, through the real broker and worker, against the same deed called
directly. The rounds of what is compared are taken in turn, so that a drift of the machine hits both.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping

from rich.console import Console
from rich.table import Table

from settings import PROJECT, load

ROUNDS = 15
ORDERS = 200
CONTACT = """
rights: [disclosure]
category: customer
channel: post
language: ja
subject: {name: 見本 計測, postcode: 100-0001, address: 東京都千代田区千代田1-1}
"""


def main() -> int:
    """Start a desk of its own, measure, and print the table."""
    from desk.opening import open_the_office
    from desk.supervisor import Desk

    with tempfile.TemporaryDirectory(prefix="mg-bench-") as home:
        environ = {"MADOGUCHI_HOME": home, "MADOGUCHI_LANG": "en", "MADOGUCHI_FLOWER_PORT": "0"}
        if url := os.environ.get("MADOGUCHI_DATABASE_URL"):
            environ["MADOGUCHI_DATABASE_URL"] = url
        os.environ.update(environ)
        open_the_office(load(environ))
        with Desk(load(environ), with_flower=True) as desk:
            desk.wait_ready(60)
            case = opened(environ)
            commands = _prompt_to_prompt(environ, case)
            through, direct = _commit_to_commit(case)
    _show(commands, through, direct)
    return 0


def _run(arguments: list[str], environ: Mapping[str, str], given: str = "") -> str:
    """Run a command as its user would and return what it says; a failure ends the measurement."""
    ran = subprocess.run(
        arguments, env={**os.environ, **environ}, cwd=PROJECT, input=given, capture_output=True, text=True, check=False
    )
    if ran.returncode != 0:
        raise SystemExit(f"{' '.join(arguments)} ended with {ran.returncode}: {ran.stderr}")
    return ran.stdout


def opened(environ: Mapping[str, str]) -> str:
    """Open a case as a clerk does; return its number."""
    said = _run(["./admin.py", "open", "--file", "-", "--json"], environ, CONTACT)
    return str(json.loads(said)["case"])


def _prompt_to_prompt(environ: Mapping[str, str], case: str) -> dict[str, list[float]]:
    """Return the seconds of each command, round by round."""
    deeds: dict[str, Callable[[int], list[str]]] = {
        "python -c pass": lambda _: [sys.executable, "-c", "pass"],
        "./admin.py --help": lambda _: ["./admin.py", "--help"],
        "./admin.py list": lambda _: ["./admin.py", "list"],
        "./admin.py hold, resume": lambda n: ["./admin.py", *_turn(n, case)],
    }
    seconds: dict[str, list[float]] = {name: [] for name in deeds}
    for number in range(ROUNDS):
        for name, command in deeds.items():
            start = time.perf_counter()
            _run(command(number), environ)
            seconds[name].append(time.perf_counter() - start)
    if ROUNDS % 2:
        _run(["./admin.py", "resume", case], environ)
    return seconds


def _turn(number: int, case: str) -> list[str]:
    return ["hold", case, "--reason", "other"] if number % 2 == 0 else ["resume", case]


def _commit_to_commit(case: str) -> tuple[list[float], list[float]]:
    """Return the seconds from commit to commit: through broker and worker, and called directly."""
    from clock import office_now
    from models.session import transaction
    from services.engine import orders
    from services.engine.office import the_office
    from tasks.bell import order_bell, ring
    from workflows.engine.payloads import Nothing
    from workflows.request.payloads import Hold
    from workflows.request.values import HoldReason

    def placed(number: int) -> orders.Ticket:
        payload = Hold(reason=HoldReason.OTHER) if number % 2 == 0 else Nothing()
        transition = "hold" if number % 2 == 0 else "resume"
        with transaction() as db:
            office = the_office(db, office_now(db))
            who = _me()
            wanted = orders.Wanted(f"bench-{os.getpid()}-{number}", transition, payload, who, who, case)
            return orders.place(db, wanted, case, office)

    through: list[float] = []
    direct: list[float] = []
    # Pairs (hold, resume) in turn through the queue and directly.
    for number in range(2 * ORDERS):
        queued = (number // 2) % 2 == 0
        ticket = placed(number)
        start = time.perf_counter()
        if queued:
            ring([order_bell(ticket.transition, ticket.task_id, case, ticket.command_id)])
            _await(ticket.command_id)
        else:
            with transaction() as db:
                orders.carry_out_one(db, ticket.command_id, the_office(db, office_now(db)))
        (through if queued else direct).append(time.perf_counter() - start)
    return through, direct


def _await(command_id: int) -> None:
    from models.session import reading
    from services.engine.orders import answer_of

    while True:
        with reading() as db:
            if answer_of(db, command_id) is not None:
                return
        time.sleep(0.0005)


def _me() -> str:
    import pwd

    return pwd.getpwuid(os.getuid()).pw_name


def _show(commands: Mapping[str, list[float]], through: list[float], direct: list[float]) -> None:
    base = statistics.median(commands["python -c pass"])
    table = Table(title=f"An idle desk, {os.cpu_count()} cores, Python {platform.python_version()}")
    for title in ("what", "median ms", "p95 ms", "ratio"):
        table.add_column(title, justify="left" if title == "what" else "right")
    for name, seconds in commands.items():
        table.add_row(name, *_figures(seconds), f"{statistics.median(seconds) / base:.1f} x")
    table.add_row("the deed called directly", *_figures(direct), "1.0 x")
    ratio = statistics.median(through) / statistics.median(direct)
    table.add_row("order committed to transition committed", *_figures(through), f"{ratio:.1f} x")
    Console().print(table)


def _figures(seconds: list[float]) -> tuple[str, str]:
    ordered = sorted(seconds)
    return f"{statistics.median(ordered) * 1000:.1f}", f"{ordered[int(len(ordered) * 0.95)] * 1000:.1f}"


if __name__ == "__main__":
    sys.exit(main())
