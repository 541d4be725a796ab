"""Letters under fire: a worker killed between the file and the commit, and people's names wherever they must not be."""

import base64
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import pytest
from sqlalchemy import inspect

from models import case as cases
from services.engine.orders import Ticket
from services.letters import letter_kinds
from services.letters.making import spool_path
from services.office.staff import Asker, add
from services.search import finds
from settings import PROJECT
from tasks.bell import LOT, letter_bell, letter_bells
from tests.office import APPROVER, LEAD, VERIFIER
from tests.people import a_contact, a_licence, a_person
from tests.system.conftest import RealDesk, bell_of, until
from workflows.engine.values import Role
from workflows.law.values import OutcomeName, Right, RightOutcome
from workflows.request.payloads import Amend, Decide, Fulfil, Hold, MailForms, Withdraw
from workflows.request.values import HoldReason, LetterKind, ToldHow
from workflows.search.payloads import Answer, Ask
from workflows.search.values import Found


def test_a_worker_killed_between_the_file_and_the_commit_leaves_one_letter_with_the_same_hash(desk: RealDesk) -> None:
    for _ in range(30):
        number = _opened_without_letter(desk)
        file = desk.settings.spool / spool_path(f"{number}-01", 1)
        with ExitStack() as holding:
            _let_the_letter_be_claimed(desk, number, holding)
            until(file.exists, "the file in the spool")
            hashed = hashlib.sha256(file.read_bytes()).hexdigest()
            desk.kill("desk2")
            interrupted = not desk.made(number)
        desk.start("desk2")
        if interrupted:
            break
    else:
        pytest.fail("the commit was faster thirty times")
    desk.let_leases_pass()
    until(lambda: desk.made(number), "the letter", meanwhile=desk.hurry)

    (row,) = desk.office.ask("SELECT * FROM letter WHERE number = :number", number=f"{number}-01")
    assert (row.state, row.sha256) == ("made", hashed)
    assert hashlib.sha256(file.read_bytes()).hexdigest() == hashed
    assert [path.name for path in file.parent.iterdir() if number in path.name] == [file.name]


def _opened_without_letter(desk: RealDesk) -> str:
    """Return a case whose letter waits, since the worker that would make it stands still."""
    desk.signal("desk2", signal.SIGSTOP)
    return desk.must(None, "open", a_contact()).case


def _let_the_letter_be_claimed(desk: RealDesk, number: str, holding: ExitStack) -> None:
    """Let the worker go on, and hold what its commit needs as soon as it has claimed the letter."""
    claimed = "SELECT 1 FROM effect WHERE case_number = :case AND attempts > 0"
    if desk.office.engine.dialect.name == "postgresql":
        # The claim needs no lock of the case, the commit does.
        cases.lock(holding.enter_context(desk.office.writing()), [number])
        desk.signal("desk2", signal.SIGCONT)
    else:
        # One writer at a time: the lock is taken while the letter is typeset.
        desk.signal("desk2", signal.SIGCONT)
        until(lambda: desk.office.ask(claimed, case=number), "the claim")
        holding.enter_context(desk.office.writing())


def test_a_stopped_kind_waits_for_its_start_and_is_then_made_once_whatever_dies_meanwhile(desk: RealDesk) -> None:
    _switch(desk, stopped=True)
    try:
        kept = [desk.must(None, "open", a_contact()).case for _ in range(3)]
        other = desk.must(None, "open", a_contact()).case
        desk.must(other, "withdraw", Withdraw(on=desk.office.today, how=ToldHow.PHONE))
        confirmed = "SELECT 1 FROM letter WHERE number = :number AND state = 'made'"
        until(lambda: desk.office.ask(confirmed, number=f"{other}-02"), "the other kind's letter")
        desk.kill("desk2")
        desk.start("desk2")
        desk.ring(*(letter_bell(row.case_number, row.id) for row in _effects_of(desk, kept)))
        until(lambda: desk.redis().llen("effects") == 0, "the bells to be heard")
        waiting = [(row.state, row.attempts) for row in _effects_of(desk, kept)]
    finally:
        _switch(desk, stopped=False)
    until(lambda: all(desk.made(case) for case in kept), "what waited", meanwhile=desk.hurry)

    assert waiting == [("waiting", 0)] * 3
    assert [(row.state, row.attempts) for row in _effects_of(desk, kept)] == [("done", 1)] * 3
    incidents = desk.office.ask("SELECT case_number FROM incident WHERE kind = 'effect'")
    assert not {row.case_number for row in incidents} & set(kept)  # the desk is other tests' too


def test_letters_rung_for_in_lots_twice_are_each_made_once(desk: RealDesk) -> None:
    desk.signal("desk2", signal.SIGSTOP)
    opened = [str(desk.must(None, "open", a_contact()).case) for _ in range(LOT + 3)]
    waiting = [(row.case_number, row.id, 1) for row in _effects_of(desk, opened)]
    desk.redis().delete("effects")

    desk.ring(*letter_bells(waiting), *letter_bells(waiting))
    desk.signal("desk2", signal.SIGCONT)
    until(lambda: all(desk.made(case) for case in opened), "every letter of the lots")

    assert [(row.state, row.attempts) for row in _effects_of(desk, opened)] == [("done", 1)] * len(opened)


def _switch(desk: RealDesk, *, stopped: bool) -> None:
    kudo = Asker(LEAD, LEAD, frozenset({Role.LEAD}))
    with desk.office.writing() as db:
        if stopped:
            assert letter_kinds.stop(db, LetterKind.REQUEST_FORMS, "wrong_wording", kudo, desk.office.at(db))
        else:
            assert letter_kinds.start(db, LetterKind.REQUEST_FORMS, kudo, desk.office.at(db))


def _effects_of(desk: RealDesk, cases_of_it: list[str]) -> list[Any]:
    rows = [desk.office.ask("SELECT * FROM effect WHERE case_number = :case", case=case) for case in cases_of_it]
    return [row for (row,) in rows]


CANARIES = {
    "name": "鸚鵡 金糸雀",
    "kana": "オウム カナリヤ",
    "address": "東京都千代田区鳥籠町9-87-654",
    "phone": "03-0000-9876",
    "email": "canary.in.the.mine@example.com",
}
NOTE = "Said that the budgerigar next door must not know."
EXPLANATION = "The aviary's keeper would be endangered."
NUMBER = "CANARY0123456789"
ASKED = "Whether the parakeet's owner ever telephoned."
ANSWERED = "Two calls about the parakeet's cage."
FILE = ("calls-of-the-parakeet.csv", b"called_on,about\n2026-02-03,a cage for the parakeet of number nine\n")
DEPARTMENTS = """
[[department]]
code = "aviary"
ja = "飼育課"
en = "Aviary"

[[department]]
code = "register"
ja = "台帳"
en = "Register"
holder = "register.db"
run = ["{python}", "{script}"]
"""
# What it was asked stands in what it says, to whoever listens, and is no answer.
BABBLING = "import sys\nasked = sys.stdin.read()\nprint(asked, file=sys.stderr)\nprint('x' + asked)\n"


@pytest.mark.requirement("S35")
def test_nothing_personal_is_found_outside_the_sealed_store(desk: RealDesk) -> None:
    number = _a_whole_life(desk)
    watched = [*CANARIES.values(), NOTE, EXPLANATION, NUMBER, ASKED, ANSWERED, FILE[0], FILE[1][-30:].decode().strip()]
    code = desk.office.printed_code(number)

    places = dict(_places(desk))
    found = {(place, value) for place, content in places.items() for value in [*watched, code] if spelt(value, content)}

    assert found == set()
    assert {"redis memory", "redis file", "arguments", "desk1.log", "desk2.log", "beat.log"} <= places.keys()
    assert any(place.startswith(("table ", "file madoguchi")) for place in places)
    assert any(place.startswith("file of an answer") for place in places)
    assert spelt(number, places["redis file"])  # the search does find what is there: the case's number is no secret


def _a_whole_life(desk: RealDesk) -> str:
    """Take a case of the canary's from first contact to the answer, with a refusal and a poisoned order on the way."""
    contact = a_contact(subject=a_person(**CANARIES), note=NOTE)
    number = desk.must(None, "open", contact).case
    held = desk.office.case(number).hold is not None  # this desk has seen the canary before
    if held:
        desk.must(number, "resume", by=LEAD)
    until(lambda: desk.made(number), "the forms")
    desk.office.print_letters(number)
    desk.must(number, "mail_forms", MailForms())
    arrival = desk.office.an_arrival(desk.office.printed_code(number))
    documents = (a_licence(number=NUMBER),)
    from dataclasses import replace

    desk.must(number, "receive_forms", replace(arrival, documents=documents))
    desk.must(number, "amend", Amend(why=NOTE, subject={"phone": "03-0000-9877"}))
    desk.must(number, "verify_identity", by=VERIFIER)
    _departments_asked(desk, number)
    partly = RightOutcome(outcome=OutcomeName.PARTLY, ground="harm", explanation=EXPLANATION, enclosures=1)
    desk.must(number, "decide", Decide(outcomes={Right.DISCLOSURE: partly}), VERIFIER)
    refused = desk.answer(desk.order("fulfil", Fulfil(), VERIFIER, number))
    assert refused.outcome == "refused"
    poison = desk.order("decide", Hold(reason=HoldReason.OTHER), case=number, ring=False)  # fails each time
    desk.ring(bell_of(poison))
    desk.must(number, "fulfil", Fulfil(), APPROVER)
    for attempt in (1, 2, 3):
        until(partial(_tried, desk, poison, attempt), f"try {attempt}", meanwhile=desk.hurry)
        desk.let_leases_pass()
    assert desk.answer(poison).outcome == "set_aside"
    until(lambda: desk.made(number), "the answer")
    return number


def _departments_asked(desk: RealDesk, number: str) -> None:
    """Ask two departments: people answer with a file, a program babbles out what it was asked, and is set aside."""
    script = desk.settings.home / "babbling.py"
    script.write_text(BABBLING, encoding="utf-8")
    card = (PROJECT / "organisation.toml").read_text(encoding="utf-8")
    named = DEPARTMENTS.format(python=sys.executable, script=script)
    (desk.settings.home / "organisation.toml").write_text(card + named, encoding="utf-8")
    kudo = Asker(LEAD, LEAD, frozenset({Role.LEAD}))
    with desk.office.writing() as db:
        for name, department in (("ueda", "aviary"), ("register.db", "register")):
            add(db, name, [Role.HOLDER], kudo, desk.now(), department=department)
    people, program = (
        desk.must(None, "ask", Ask(case=number, department=department, what=ASKED)).case
        for department in ("aviary", "register")
    )
    with desk.office.writing() as db:
        taken = finds.take_in(db, desk.office.case(people), [finds.looked_into(*FILE)], "ueda", desk.office.at(db))
    desk.must(people, "answer", Answer(found=Found.FOUND, note=ANSWERED, finds=tuple(taken)), "ueda")
    gone = "SELECT fault FROM effect WHERE case_number = :case AND state = 'set_aside'"
    (row,) = until(lambda: desk.office.ask(gone, case=program), "the program's answer", meanwhile=desk.hurry)
    assert row.fault == "its answer is no JSON"


def _tried(desk: RealDesk, ticket: Ticket, times: int) -> bool:
    return bool(
        desk.office.ask("SELECT 1 FROM command WHERE id = :id AND attempts >= :n", id=ticket.command_id, n=times)
    )


def _places(desk: RealDesk) -> Iterator[tuple[str, bytes]]:
    """Yield everything outside the sealed store: what the queue, the logs, the database and the process table show."""
    client = desk.redis()
    yield "redis memory", b"\n".join(client.dump(key) or b"" for key in client.scan_iter()) + b"\n".join(client.keys())
    files = [path for path in desk.settings.broker_data.rglob("*") if path.is_file()]
    yield "redis file", b"".join(path.read_bytes() for path in files)
    for log in desk.settings.logs.iterdir():
        yield log.name, log.read_bytes()
    for path in desk.settings.finds.rglob("*.sealed"):
        yield f"file of an answer {path.name}", path.read_bytes()
    yield "beat's schedule", b"".join(p.read_bytes() for p in (desk.settings.var / "beat").iterdir())
    yield "arguments", b"\n".join(" ".join(words).encode() for words in _command_lines(desk))
    if desk.office.engine.dialect.name == "sqlite":
        for path in desk.settings.var.glob("madoguchi.sqlite3*"):
            # By another process: closing any handle on these files here would drop the locks of our own connection,
            # and the next worker would take the shared memory from under it.
            read = subprocess.run(["cat", str(path)], capture_output=True, check=True)
            yield f"file {path.name}", read.stdout
    for name in inspect(desk.office.engine).get_table_names():
        rows = desk.office.ask(f'SELECT * FROM "{name}"')  # noqa: S608 - our own tables
        said = "\n".join(repr([bytes(v) if isinstance(v, memoryview) else v for v in row]) for row in rows)
        raw = b"\n".join(bytes(v) for row in rows for v in row if isinstance(v, (bytes, memoryview)))
        yield f"table {name}", said.encode() + raw


def _command_lines(desk: RealDesk) -> Iterator[list[str]]:
    for life in desk.lives.values():
        process = psutil.Process(life.wait_started())
        for one in (process, *process.children(recursive=True)):
            yield one.cmdline()
            yield [f"{name}={value}" for name, value in one.environ().items()]
    yield [Path(f"/proc/{os.getpid()}/cmdline").read_bytes().decode(errors="replace")]


def spelt(value: str, content: bytes) -> bool:
    """Whether a text stands in this content: plainly, escaped as JSON does, in UTF-16, or inside base64."""
    needles = [value.encode(), json.dumps(value)[1:-1].encode(), value.encode("utf-16-le"), repr(value).encode()]
    needles += [json.dumps(json.dumps(value))[3:-3].encode()]
    # In base64 three bytes are four characters: a needle has three spellings; the cut ends differ, the middle does not.
    for shift in range(3):
        for plain in needles[:2]:
            coded = base64.b64encode(b"\x00" * shift + plain)
            needles.append(coded[4 : -4 - (-len(coded) % 4)] if len(coded) > 16 else coded)
    return any(needle in content for needle in needles) or any(
        needle in text for text in _decoded(content) for needle in needles[:2]
    )


def _decoded(content: bytes) -> Iterator[bytes]:
    for word in re.findall(rb"[A-Za-z0-9+/]{24,}={0,2}", content):
        try:
            yield base64.b64decode(word + b"=" * (-len(word) % 4), validate=False)
        except ValueError:
            continue


@pytest.mark.parametrize("value", ["鸚鵡 金糸雀", "canary.in.the.mine@example.com"])
def test_the_search_for_canaries_sees_through_every_spelling(value: str) -> None:
    message: dict[str, Any] = {"body": base64.b64encode(json.dumps([[], {"name": value}]).encode()).decode()}

    spellings = [value, json.dumps(value), repr({"x": value}), json.dumps(message), json.dumps(json.dumps([value]))]

    assert [spelt(value, f"...{spelling}...".encode()) for spelling in spellings] == [True] * len(spellings)
    assert not spelt(value, b"nothing of the kind")
