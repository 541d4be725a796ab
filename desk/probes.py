"""Two questions to this machine: whether a port is free, and whether a process lives."""

import os
import socket


def is_free(port: int) -> bool:
    """Whether Flower could listen on this port now."""
    with socket.socket() as probe:
        # As Flower's server does: the last one's closed connections are no obstacle.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def is_alive(pid: int) -> bool:
    """Whether there is a process of this id, whoever owns it."""
    if pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
