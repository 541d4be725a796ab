"""What beat rings for, and how often. Beat only rings: each sweep is idempotent and looks at the database itself.

Two beats, none for an hour, or five change nothing but the load. No bell expires: that would hold one machine's clock
against another's, and two seconds between them silenced everything. What bounds a queue nobody reads is `MOST`.
"""

from typing import Any

from tasks.queues import QUEUES


def _entry(task: str, seconds: float, queue: str, kwargs: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "task": task,
        "schedule": seconds,
        "kwargs": kwargs or {},
        "options": {"queue": queue},
    }


SCHEDULE: dict[str, dict[str, Any]] = {
    # Reminders may be at most 60 s late, and a demo lives through 60 days in two minutes: nothing due costs 0.1 ms.
    "due timers": _entry("timers.sweep", 2.0, "clock"),
    "unposted letters": _entry("timers.watch_letters", 5.0, "clock"),
    "pages in the tray": _entry("scans.watch_tray", 60.0, "clock"),
    "copies nobody needs": _entry("scans.destroy_copies", 30.0, "clock"),
    "what nobody may keep any more": _entry("ending.sweep", 30.0, "clock"),
    "a new key of look-ups": _entry("keys.sweep", 30.0, "clock"),
    "figures to be counted": _entry("figures.count", 60.0, "clock"),
    # An order whose bell was lost waits 3 s and then for this.
    "unanswered orders": _entry("orders.sweep", 2.0, "clock"),
    "letters to be made": _entry("letters.sweep", 5.0, "clock"),
    "mail to staff": _entry("mail.sweep", 5.0, "clock"),
    "what else leaves the house": _entry("outgoing.sweep", 5.0, "clock"),
    # Where thousands grew it takes a second or two: nobody's order waits behind it.
    "what was recorded, signed": _entry("audit.checkpoint", 300.0, "bulk"),
    # Red within 30 s of a queue that is consumed no more: three beats.
    **{f"heartbeat of {queue}": _entry("heartbeats.beat", 10.0, queue, {"queue": queue}) for queue in QUEUES},
}
