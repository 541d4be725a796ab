"""Whether mail to people who work here goes out. It stops nothing else, so nobody would notice."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import Connection

from clock import machine_now
from models import mail
from services.engine.office import Office
from services.reports.health_check import Check, age
from workflows.engine.values import Reason

LATE = timedelta(minutes=10)


def mail_goes_out(db: Connection, office: Office) -> Iterator[Check]:
    """Look for messages that wait too long, and for people whom the server refuses."""
    oldest, count, fault = mail.waiting(db)
    refused = mail.refused(db)
    if oldest is not None and machine_now(db) - oldest > LATE:
        since = age(machine_now(db) - oldest)
        code = "health.mail_waits" if office.settings.smtp_url else "health.mail_waits_for_a_server"
        yield Check("mail", ok=False, detail=Reason(code, {"count": count, "since": since, "fault": fault or "-"}))
    elif refused:
        name = next(iter(refused))
        params = {"count": sum(refused.values()), "name": name}
        yield Check("mail", ok=False, detail=Reason("health.mail_refused", params))
    elif office.settings.smtp_url is None:
        yield Check("mail", ok=True, detail=Reason("health.mail_off"))
    else:
        yield Check("mail", ok=True, detail=Reason("health.mail", {"count": count}))
