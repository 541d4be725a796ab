"""``python -m lab.bench.silent_day``: what the broker holds after a day without a worker of the letters.

A hundred letters wait, the worker of `effects` and `bulk` is dead, and a real broker (nothing else of a desk) takes
what beat and the sweep put into it: the sweep over letters runs 17,280 times, each five seconds later by the machine's
clock, which is moved, and beat's bounded scheduler rings for the heartbeats of the two queues 8,640 times each.
"""

import os
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import redis
import time_machine

from lab.broker import Broker
from models.session import migrate
from settings import PROJECT, load
from tests.office import TestOffice

LETTERS = 100
DAY = timedelta(days=1)
SILENT = ("effects", "bulk")


def main() -> int:
    """Live through the day and print what lies in the broker before and after it."""
    home = Path(tempfile.mkdtemp(prefix="mg-"))
    url = f"sqlite:///{home}/office.sqlite3"
    os.environ |= {"MADOGUCHI_HOME": str(home), "MADOGUCHI_DATABASE_URL": url}
    migrate(url)
    office = TestOffice(url, home, now=None)
    for _ in range(LETTERS):
        office.opened()
    with Broker(load({"MADOGUCHI_HOME": str(home)}), fsync=False) as server:
        client = redis.Redis(unix_socket_path=str(server.socket))
        before = int(client.info("memory")["used_memory"])
        begun = datetime.now(UTC)
        for hour in range(25):
            print(f"after {hour:2} h: {_lies_there(client, before)}", flush=True)
            if hour < 24:
                _an_hour(begun + timedelta(hours=hour), office)
    office.close()
    return 0


def _an_hour(begins: datetime, office: TestOffice) -> None:
    from tasks import letters
    from tasks.app import app
    from tasks.beat import Bounded

    beat = Bounded(app, schedule_filename=str(office.settings.home / "schedule"), lazy=True)
    for second in range(0, 3600, 5):
        with time_machine.travel(begins + timedelta(seconds=second), tick=False):
            letters.sweep.run()
            for queue in SILENT if second % 10 == 0 else ():
                entry = {"task": "heartbeats.beat", "schedule": 10.0, "kwargs": {"queue": queue}}
                entry["options"] = {"queue": queue}
                made = beat.Entry(app=app, name=f"heartbeat of {queue}", **entry)  # type: ignore[arg-type]  # ours
                beat.apply_async(made, advance=False)


def _lies_there(client: "redis.Redis", before: int) -> str:
    messages = {queue: int(str(client.llen(queue))) for queue in SILENT}
    size = sum(int(str(client.memory_usage(queue) or 0)) for queue in SILENT)
    grown = int(client.info("memory")["used_memory"]) - before
    bells = sum(b'"letters.' in message for message in client.lrange("effects", 0, -1))
    kilobytes = f"{size / 1000:.0f} kB in them, {grown / 1000:.0f} kB more in the broker"
    return f"{messages} messages ({bells} of them for letters), {kilobytes}"


if __name__ == "__main__":
    sys.path.insert(0, str(PROJECT))
    sys.exit(main())
