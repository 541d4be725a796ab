"""The queues, and how every program of ours speaks to the broker. Light: beat and Flower need no more."""

from pathlib import Path
from typing import Any

QUEUES = ("commands", "clock", "effects", "bulk")

MOST = 30
"""How many messages may wait in a queue before beat adds none."""

TRANSPORT_OPTIONS: dict[str, Any] = {
    # Without a limit a publish hung for ten minutes on a broker that was half open.
    "socket_timeout": 5,
    "socket_connect_timeout": 5,
    "socket_keepalive": True,
    # Finds a dead connection in 15 s instead of 50 s.
    "health_check_interval": 10,
    "retry_on_timeout": False,
    # Longer than any task may run, so that nothing is delivered again while it still runs.
    "visibility_timeout": 600,
    # What a killed worker had taken comes back within seconds, not after 100.
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    # Whoever was killed while bringing back held the lock for it, which takes milliseconds.
    "unacked_mutex_expire": 15,
    # In turn, not by rank: by rank, a thousand imported orders would silence the clock, and letters the bulk queue.
    "queue_order_strategy": "round_robin",
}


def heard_file(run: Path, node: str, queue: str) -> Path:
    """Return the file that the worker of that node name touches with each of its heartbeats of a queue."""
    return run / f"heard-{node.split('@', maxsplit=1)[0]}-{queue}"
