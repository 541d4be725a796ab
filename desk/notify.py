"""What a service manager is told by the process it started (systemd, sd_notify(3)): one datagram, where it asks for it.

Everywhere else nothing happens. What we start in turn must not speak in our name: `ENVIRONMENT` is kept from it.
"""

import os
import socket
from contextlib import suppress

ENVIRONMENT = ("NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID")
READY, WELL, STOPPING = "READY=1", "WATCHDOG=1", "STOPPING=1"


def notify(word: str) -> None:
    """Say a word; where nobody listens, or he who did has gone, that is no trouble of ours."""
    address = os.environ.get(ENVIRONMENT[0], "")
    if not address:
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as to:
        # A name that begins with @ lies in no folder. One who does not read must not hold us up.
        to.setblocking(False)
        to.sendto(word.encode("ascii"), f"\0{address[1:]}" if address.startswith("@") else address)


def is_asked_for() -> bool:
    """Whether a service manager waits for our words."""
    return bool(os.environ.get(ENVIRONMENT[0]))
