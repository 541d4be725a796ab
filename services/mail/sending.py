"""Sending what was ordered: one worker at a time for each message, each within the hour it is of use.

A message is claimed, handed over, and closed under its claim; a worker that dies in between has it handed over again,
under the same Message-ID. A server that is away lets everything wait with a growing pause; one that breaks off at a
message lets that one wait; one that refuses an address has that person's messages set apart until the address is put
right (`again`). What nobody needs any more (an older
morning, a word a day old that the morning repeats) is dropped: a server that comes back after a week floods nobody.
"""

import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from smtplib import SMTP
from typing import Any

from sqlalchemy import Row

from clock import machine_now
from models import mail, staff
from models.incident import fault_of
from services.engine.office import Office
from services.engine.outbox import HEARD
from services.engine.unit import UnitOfWork
from services.mail import server as servers
from services.mail.messages import message
from services.mail.ordering import FRESH
from workflows.tongue import Tongue

LEASE = mail.LEASE
MOST = 20
FIRST_PAUSE = timedelta(seconds=15)
LAST_PAUSE = timedelta(minutes=10)
BROKEN_OFF = 3
"""How often the server may end the conversation before the rest waits for the next time."""


def to_ring(unit: UnitOfWork, rung_at: datetime | None) -> datetime | None:
    """Return the moment of a bell to be rung because something may be sent, None where none is.

    After one at *rung_at* only where the queue was consumed since: else that bell still lies there.
    """
    with unit.look() as db:
        if unit.office(db).settings.smtp_url is None:
            return None
        here = machine_now(db)
        if not mail.due(db, now=here, lease=here - LEASE, most=1):
            return None
        heard = db.execute(HEARD).scalar_one()
        return here if rung_at is None or (heard is not None and heard > rung_at) else None


def send(unit: UnitOfWork) -> int:
    """Send what may be sent now, a bounded lot; return how many the server took."""
    with unit.begin() as db:
        office = unit.office(db)
        url = office.settings.smtp_url
        here = machine_now(db)
        claimed = [] if url is None else [
            row for row in mail.due(db, now=here, lease=here - LEASE, most=MOST) if mail.claim(db, row, here)
        ]  # fmt: skip
        people = {row.name: row for row in staff.everybody(db) if row.active}
    if url is None or not claimed:
        return 0
    wanted = [row for row in claimed if _is_wanted(row, people, office)]
    _drop([row for row in claimed if row not in wanted], unit)
    return _handed_over(wanted, people, servers.server(url), office, unit) if wanted else 0


def _is_wanted(row: Row[Any], people: Mapping[str, Row[Any]], office: Office) -> bool:
    """Whether the person still has an address, and the message still says what is not said elsewhere."""
    person = people.get(row.name)
    if person is None or person.email is None:
        return False
    if row.kind == "morning":
        return office.calendar.today(row.office_at) == office.calendar.today(office.now)
    return bool(row.office_at > office.now - FRESH)


def _drop(rows: Sequence[Row[Any]], unit: UnitOfWork) -> None:
    if rows:
        with unit.begin() as db:
            for row in rows:
                mail.end(db, row, "dropped", machine_now(db))


def _handed_over(
    rows: Sequence[Row[Any]], people: Mapping[str, Row[Any]], to: servers.Server, office: Office, unit: UnitOfWork
) -> int:
    """Hand over what can be handed over; return how many the server took.

    A message at which the server ends the conversation is put back with a growing pause, those behind it with the
    shortest: so whoever's mail breaks it off keeps nobody else's.
    """
    left, sent, fault = list(rows), 0, None
    until = time.monotonic() + servers.LONGEST
    for _ in range(BROKEN_OFF):
        talking = False
        try:
            with servers.talking(to, until) as line:
                talking = True
                # A server that says 421 has hung up; one that is slow is given a turn's time, for all together.
                while left and line.sock is not None and not servers.over(until):
                    state, fault = _tried(line, left[0], people[left[0].name], to, office)
                    _settle(left.pop(0), state, fault, unit)
                    sent += state == "sent"
        except Exception as error:
            fault = servers.fault_of(error)
            over = not talking or not isinstance(error, servers.TROUBLE)
            for row in left if over else left[:1]:
                _settle(row, "later", fault, unit)
            left = [] if over else left[1:]
            if not isinstance(error, servers.TROUBLE):  # our own time is over, or a fault of ours
                raise
        if not left or servers.over(until):
            break
    for row in left:
        _settle(row, "behind", fault, unit)
    return sent


def _tried(line: SMTP, row: Row[Any], person: Row[Any], to: servers.Server, office: Office) -> tuple[str, str | None]:
    """Hand over one message; return what became of it. Raises OSError where the conversation is over."""
    try:
        made = message(row, person.email, to.sender, Tongue(person.language or office.settings.lang), office)
    except Exception as error:  # noqa: BLE001 - one that cannot be worded keeps none of the others
        return "refused", fault_of(error)
    try:
        servers.hand_over(line, made)
    except servers.Refused as refused:
        return "refused", str(refused)
    except servers.Later as later:
        return "later", str(later)
    return "sent", None


def _settle(row: Row[Any], state: str, fault: str | None, unit: UnitOfWork) -> None:
    with unit.begin() as db:
        now = machine_now(db)
        if state in ("later", "behind"):
            mail.put_back(db, row, now + (pause(row.attempts) if state == "later" else FIRST_PAUSE), fault or "")
        else:
            mail.end(db, row, state, now, fault)


def pause(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts before this one."""
    return min(FIRST_PAUSE * (1 << min(attempts, 10)), LAST_PAUSE)
