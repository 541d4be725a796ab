"""However long the broker was away, workers and beat are back within seconds of its return."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from kombu.exceptions import OperationalError
from kombu.utils import functional

from settings import embedded_url
from tasks.app import app
from tasks.connections import LONGEST_PAUSE, Connection

TRIES = 200
"""Ten minutes of them."""


class GaveUp(Exception):
    """The test has seen enough."""


def pauses(connect: Callable[[Any], object], monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the seconds slept between two tries, of some hundred tries to reach a broker that is away."""
    slept: list[float] = []
    monkeypatch.setattr(functional, "sleep", lambda seconds: slept.append(slept.pop() + seconds))

    def failed(_error: BaseException, _interval: float) -> None:
        slept.append(0.0)
        if len(slept) > TRIES:
            raise GaveUp

    with pytest.raises(GaveUp):
        connect(failed)
    return slept


@pytest.mark.parametrize("side", ["read", "write"])
def test_between_two_tries_to_reach_the_broker_lie_seconds_whatever_the_length_of_the_outage(
    side: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = embedded_url(home / "none.sock")
    connection = app.connection_for_read(away) if side == "read" else app.connection_for_write(away)

    # As Celery's worker and beat do it: an errback, and as many tries as the settings say.
    found = pauses(
        lambda failed: connection.ensure_connection(failed, app.conf.broker_connection_max_retries), monkeypatch
    )

    assert isinstance(connection, Connection)
    assert max(found) == LONGEST_PAUSE <= 5
    assert min(found[:-1]) > 0


def test_whoever_asks_for_shorter_pauses_or_few_tries_still_has_them(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = app.connection_for_write(embedded_url(home / "none.sock"))
    slept: list[float] = []
    monkeypatch.setattr(functional, "sleep", slept.append)

    with pytest.raises(OperationalError):
        away.ensure_connection(max_retries=2, interval_start=0, interval_step=1, interval_max=1)

    assert sum(slept) == 1
