"""Mail to people who work here: the sweep orders what is to be told and rings; the worker of effects sends."""

from datetime import datetime

from services.mail import ordering, sending
from tasks.app import SILENT, app
from tasks.bell import ring
from tasks.heartbeats import alive
from tasks.publish import Bell
from tasks.unit import UNIT

_rung: list[datetime | None] = [None]
"""When this process rang last."""


@app.task(name="mail.sweep", goes_to="clock", **SILENT)
def sweep() -> int:
    """Order what is to be mailed, and ring where something waits to be sent."""
    ordered = ordering.order(UNIT)
    moment = sending.to_ring(UNIT, _rung[0])
    if moment is not None and ring([Bell("mail.send", f"mail.send.{moment:%H%M%S}", "effects", {})]):
        _rung[0] = moment
    return ordered


@app.task(name="mail.send", goes_to="effects", time_limit=240, soft_time_limit=230)
def send() -> int:
    """Send what waits."""
    alive("effects")
    return sending.send(UNIT)
