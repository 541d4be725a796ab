"""The desk's own broker without a desk, for tests and benches: it ends when whoever started it does (desk/leash.py)."""

from typing import Self

from desk.broker import program
from desk.processes import Running
from settings import Settings, embedded_socket, embedded_url


class Broker:
    """A broker that runs by itself: ``with Broker(settings) as broker: broker.url``."""

    def __init__(self, settings: Settings, *, fsync: bool = True) -> None:
        """Start it and return when it answers."""
        self._program = program(settings, fsync=fsync)
        self.socket = embedded_socket(settings.broker_data)
        self.url = embedded_url(self.socket)
        self._running = Running(self._program)
        self._running.wait_ready()

    @property
    def pid(self) -> int:
        """The server's process id."""
        return self._running.pid

    def stop(self) -> None:
        """End the server; what was queued stays in its file."""
        self._running.stop()

    def restart(self) -> None:
        """End the server and start it again on the same data."""
        self.stop()
        self._running = Running(self._program)
        self._running.wait_ready()

    def __enter__(self) -> Self:
        """Return the running broker."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self.stop()
