"""A message as it is sent: plain text in the person's language, ids and numbers, how to see the rest at the desk."""

import hashlib
from collections.abc import Iterator, Mapping
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from sqlalchemy import Row

from services.engine.office import Office
from services.mail.standing import MOST
from workflows.engine.values import Reason
from workflows.tongue import Tongue

Told = Mapping[str, Any]


def message(row: Row[Any], address: str, sender: str, tongue: Tongue, office: Office) -> EmailMessage:
    """Return a row of `models.mail` as the message to *address*; the same row always under the same Message-ID."""
    made = EmailMessage()
    made["From"] = sender
    made["To"] = address
    made["Subject"] = _subject(row, tongue, office)
    made["Date"] = format_datetime(row.ordered_at)
    made["Message-ID"] = message_id(row.key, sender, office)
    # No answering machine is to answer a machine (RFC 3834).
    made["Auto-Submitted"] = "auto-generated"
    made.set_content("\n".join(_body(row, tongue)) + "\n")  # it takes every header of the content away
    made["Content-Language"] = tongue.language
    return made


def message_id(key: str, sender: str, office: Office) -> str:
    """Return the id of a message: made of its key and of the office, so that one sent twice is known by it."""
    whose = office.founded.keys or ""
    return f"<{hashlib.sha256(f'{whose}/{key}'.encode()).hexdigest()[:40]}@{sender.rpartition('@')[2]}>"


def _subject(row: Row[Any], tongue: Tongue, office: Office) -> str:
    if row.kind == "at_once":
        numbers = list(dict.fromkeys(line["case"] for line in row.says["lines"] if line["case"]))
        shown = tongue.listed(numbers[:3]) if numbers else ""
        code = "mail.subject.at_once" if 0 < len(numbers) <= 3 else "mail.subject.several"
        return tongue.tell(code, cases=shown, count=len(row.says["lines"]))
    return tongue.tell(f"mail.subject.{row.kind}", day=office.calendar.today(row.office_at).isoformat())


def _body(row: Row[Any], tongue: Tongue) -> Iterator[str]:
    says = row.says
    if row.kind == "test":
        yield tongue.tell("mail.test")
    yield from _todos(says.get("todos", {}), tongue)
    yield from _law(says.get("law", []), tongue)
    yield from _asked(says.get("asked", []), tongue)
    yield from _notices(says.get("lines", []), tongue)
    if says.get("more"):
        yield tongue.tell("mail.more", count=says["more"])
    yield ""
    yield tongue.tell("mail.where.department" if "asked" in says else f"mail.where.{row.kind}")


def _todos(todos: Mapping[str, Told], tongue: Tongue) -> Iterator[str]:
    if todos:
        yield tongue.tell("mail.todos")
        for todo, counts in todos.items():
            yield tongue.tell("mail.todo", todo=tongue.noun(f"todo.{todo}"), **counts)
        yield ""


def _law(numbers: list[str], tongue: Tongue) -> Iterator[str]:
    if numbers:
        yield tongue.tell("mail.law", cases=tongue.listed(numbers))
        yield ""


def _asked(asked: list[Told], tongue: Tongue) -> Iterator[str]:
    if asked:
        yield tongue.tell("mail.asked")
        for one in asked:
            yield tongue.tell("mail.asked_one", case=one["case"], by=one["by"])


def _notices(lines: list[Told], tongue: Tongue) -> Iterator[str]:
    for line in lines[:MOST]:
        words = tongue.say(Reason(line["code"], line["params"]))
        times = line.get("times", 1)
        yield f"- {words}" + (tongue.tell("mail.times", times=times, since=line["first_at"][:10]) if times > 1 else "")
    if len(lines) > MOST:
        yield tongue.tell("mail.more", count=len(lines) - MOST)
