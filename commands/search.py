"""``search``: what is written for searches beside the steps of their procedure: lists, a look, an answer with files."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from commands.context import DONE, PENDING, REFUSED, WRONG, call, fails, said, tongue
from commands.disclosing import COMMANDS as DISCLOSING
from commands.office import asker, case_named, find_case, looking, staff_only, writing
from commands.output import answer as told
from commands.output import tell_faults
from commands.places import Place, placed
from commands.shape import Command, command, option
from commands.telling import sentences
from workflows.engine.values import Role
from workflows.search.procedure import PROCEDURE

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from commands.ordering import Prepare, Step
    from services.engine.office import Office
    from services.office.staff import Asker
    from services.search.finds import Given


def _theirs(db: "Connection", who: "Asker") -> str | None:
    """Return the department somebody answers for; None where they may see all. Ends the call of whoever is nobody."""
    from models import staff

    if Role.HOLDER not in who.roles:
        staff_only(who)
        return None
    return str(staff.named(db, [who.staff])[who.staff].department)


@command(
    "list", words="search.help.list", for_departments=True,
    examples=("./admin.py search list", "./admin.py search list --case 26-000017-Y --all"),
)  # fmt: skip
@option("--department", metavar="CODE", words="search.option.department")
@option("--case", metavar="CASE", words="search.option.case")
@option("--all", "every", is_flag=True, words="search.option.all")
def list_(department: str | None, case: str | None, every: bool) -> None:
    """List searches."""
    from models import search
    from services.search.pages import line_of, list_page

    parent = None if case is None else case_named(case, "request")
    with looking() as (db, office):
        own = _theirs(db, asker(db, office))
        if own is not None and department not in (None, own):
            raise fails(REFUSED, "not_yours", "search.only_yours", department=own)
        rows = search.listed(db, department=own or department, parent=parent, every=every)
        lines = [line_of(row, office) for row in rows]
    told(lines, list_page(lines, tongue()))


@command(
    "show", words="search.help.show", for_departments=True, examples=("./admin.py search show S26-000001-X",)
)  # fmt: skip
@click.argument("case", metavar="SEARCH")
def show(case: str) -> None:
    """Show what a department is asked and answered; the look is recorded."""
    from models import staff
    from services.engine.loading import load
    from services.search.pages import one_page
    from services.search.store import STORE

    number = case_named(case, PROCEDURE.name)
    with writing() as (db, office):
        who = asker(db, office)
        row = _seen(db, who, number)
        shown = STORE.shown(db, load(db, [row], office)[number], office)
        personal = STORE.personal(db, row, office)
        staff.log(db, office.now, "case_seen", who.name, {"case": number, "personal": True})
    told(
        {"search": number, "state": row.state, **shown, "said": personal},
        one_page(shown, personal, number, row.state, tongue()),
    )


def _seen(db: "Connection", who: "Asker", number: str) -> "Row[Any]":
    """Return a search that this person may see; ends the call where it is another department's."""
    row: Row[Any] = find_case(db, number)
    own = _theirs(db, who)
    if own is not None and row.facts["department"] != own:
        raise fails(REFUSED, "not_yours", "search.not_yours", more={"codes": ["search.not_yours"]}, case=number)
    return row


@command(
    "file", words="search.help.file", for_departments=True,
    examples=("./admin.py search file S26-000001-X F26-000001 --out accounts.pdf",),
)  # fmt: skip
@click.argument("case", metavar="SEARCH")
@click.argument("number", metavar="FILE")
@option("--out", required=True, metavar="F", type=Place(folder=False), words="search.option.out")
def file(case: str, number: str, out: str) -> None:
    """Write a file that came with an answer; the look is recorded."""
    from models import search, staff
    from services.office import caller
    from services.search import finds

    name, target = case_named(case, PROCEDURE.name), placed(out)
    with writing() as (db, office):
        who = asker(db, office)
        row = _seen(db, who, name)
        one = search.one_find(db, number.strip().upper())
        if one is None or one.case_id != row.id or one.destroyed_at is not None:
            raise fails(3, "no_such_file", "search.no_such_file", file=number, case=name)
        content = finds.content(one, name, office)
        staff.log(db, office.now, "find_seen", who.name, {"case": name, "find": one.number})
    caller.present().write_whole(target, content)
    told({"file": one.number, "out": str(target), "sha256": one.sha256}, [str(target)])


@click.command(
    "answer", cls=Command, words="search.help.answer", for_departments=True,
    examples=(
        "./admin.py search answer S26-000001-X --attach accounts.pdf --attach calls.csv",
        "./admin.py search answer S26-000001-X --file answer.yaml",
    ),
    file="found: found            # found | partly | nothing_held | not_ours\n"
    "note: two accounts, one closed\nfiles: [accounts.pdf, calls.csv]\n"
    "done: calls stopped      # where it was asked to act\ndone_on: 2026-12-01",
)  # fmt: skip
@click.argument("case", metavar="SEARCH")
@option("--file", "file_", metavar="FILE", type=Place(dash=True), words="transitions.option.file")
@option("--attach", metavar="FILE", multiple=True, type=Place(), words="search.option.attach")
@option("--key", metavar="KEY", words="transitions.option.key")
@option("--wait", metavar="SECONDS", type=click.FloatRange(min=0), default=10.0, words="transitions.option.wait")
@option("--dry-run", is_flag=True, words="transitions.option.dry_run")
def answer(case: str, file_: str | None, attach: tuple[str, ...], key: str | None, wait: float, dry_run: bool) -> int:
    """Answer for a department; files are taken in first, and forgotten where the answer is refused."""
    from commands.interview import NotPossible
    from commands.ordering import Step, give, try_out
    from services.intake import BadInput, parse
    from services.search import finds

    number = case_named(case, PROCEDURE.name)
    with looking() as (db, office):
        _seen(db, asker(db, office), number)
    read = _read(file_)
    given = _given([*((read or {}).pop("files", None) or ()), *attach])
    try:
        data = _asked(number, given) if read is None else read
        payload = parse(_ANSWER.payload, data, language=call().language)
    except NotPossible as no:
        return no.status
    except BadInput as bad:
        raise tell_faults(bad.faults, file_ if file_ not in (None, "-") else "") from None
    step = Step(PROCEDURE, _ANSWER, payload, number)
    if dry_run:
        return try_out(step, _with(given))
    taken: list[str] = []
    if given:
        with writing() as (db, office):
            who = asker(db, office)
            row = _seen(db, who, number)
            if row.state == "asked":
                taken = finds.take_in(db, row, given, who.name, office)
    step = step._replace(payload=replace(payload, finds=tuple(taken)))
    status = give(step, key=key, wait=wait)
    if status not in (DONE, PENDING) and taken:
        with writing() as (db, office):
            finds.forget(db, taken, office)
    return status


_ANSWER = PROCEDURE.machine.transitions["answer"]


def _with(given: "list[Given]") -> "Prepare":
    """Return what enters the files an answer would come with, to try it out; none is written."""
    from services.search import finds

    def prepare(db: "Connection", office: "Office", step: "Step") -> "Step":
        who = asker(db, office)
        row = _seen(db, who, str(step.case))
        taken = finds.take_in(db, row, given, who.name, office, kept=False) if row.state == "asked" else []
        return step._replace(payload=replace(step.payload, finds=tuple(taken)))

    return prepare


def _read(source: str | None) -> dict[str, Any] | None:
    """Return what the file of an answer holds; None where there is none."""
    from services.intake import Fault, load_file
    from services.search import finds

    if not source:
        return None
    read = dict(load_file(source, language=call().language))
    files = read.get("files") or []
    if "finds" in read:
        raise tell_faults([Fault("finds", said("search.files_not_finds"))], source if source != "-" else "")
    if not isinstance(files, list) or not all(isinstance(path, str) for path in files):
        raise tell_faults([Fault("files", said("search.files_listed", most=finds.MOST_FILES))])
    return read


def _asked(number: str, given: "list[Given]") -> dict[str, Any]:
    """Return what a person at the terminal answers."""
    from commands.interview import step_asked

    asked = step_asked(PROCEDURE, _ANSWER, number, {}, _with(given))
    if asked is None:
        raise fails(WRONG, "file_needed", "transitions.file_needed", command="search answer")
    return asked


def _given(paths: list[str]) -> "list[Given]":
    """Return the files that go with an answer, looked into; every one that cannot be taken is named."""
    from services.intake import Fault
    from services.returns import room
    from services.returns.pages import Unreadable
    from services.search import finds

    if len(paths) > finds.MOST_FILES:
        raise tell_faults([Fault("files", said("search.files_listed", most=finds.MOST_FILES))])
    found, faults = [], []
    for position, path in enumerate(paths):
        try:
            found.append(finds.looked_into(placed(path).name, room.content_of(placed(path)), call().language))
        except Unreadable as odd:
            faults.append(Fault(f"files[{position}]", said(f"scan.{odd.code}")))
    if faults:
        raise tell_faults(faults)
    return found


@command("plan", words="search.help.plan", examples=("./admin.py search plan 26-000017-Y",))
@click.argument("case", metavar="CASE")
@option("--wait", metavar="SECONDS", type=click.FloatRange(min=0), default=10.0, words="transitions.option.wait")
def plan(case: str, wait: float) -> int:
    """Ask every department that the office's plan names for such a case."""
    import uuid

    from services.departments import planning
    from services.engine.orders import Wanted
    from tasks.client import Client
    from workflows.law.values import Category, Right

    number, client = case_named(case, "request"), Client(writing)

    def wanted(db: Any, office: Any) -> list[Wanted]:
        who = asker(db, office)
        staff_only(who)
        facts = find_case(db, number).facts
        measure = (facts["halt"] or {}).get("measure")
        rights = [Right(right) for right in facts["rights"]]
        asks = planning.asked(number, Category(facts["category"]), rights, facts["language"], measure)
        if not asks:
            raise fails(REFUSED, "no_plan", "search.no_plan", category=f"category.{facts['category']}", case=number)
        return [Wanted(uuid.uuid4().hex, "ask", ask, who.name, who.staff, None, PROCEDURE.prefix) for ask in asks]

    client.accept(wanted)
    client.notify()
    client.wait(wait)
    outcomes = [(ticket, client.outcome(ticket)) for ticket in client.tickets]
    lines = [
        {
            "search": ticket.case,
            "outcome": "pending" if outcome is None else outcome.outcome,
            "reasons": [] if outcome is None else sentences(outcome.reasons),
        }
        for ticket, outcome in outcomes
    ]
    told(lines, [f"{line['search']}: {line['outcome']} {' '.join(line['reasons'])}".rstrip() for line in lines])
    if any(outcome is None for _, outcome in outcomes):
        return PENDING
    return DONE if all(outcome is not None and outcome.outcome == "done" for _, outcome in outcomes) else REFUSED


@command(
    "try", words="search.help.try",
    examples=("./admin.py search try crm", "./admin.py search try crm --search S26-000001-X"),
)  # fmt: skip
@click.argument("department", metavar="DEPARTMENT")
@option("--search", "search_", metavar="SEARCH", words="search.option.search")
def try_(department: str, search_: str | None) -> None:
    """Show what a department's program would be asked; nothing is started."""
    import json

    from models import staff
    from services.departments.known import departments
    from services.search import outgoing

    known = departments()
    if department not in known or not known[department].is_program:
        programs = [one.code for one in known.values() if one.is_program]
        raise fails(3, "no_program", "search.no_program", department=department, known=programs)
    asked = outgoing.sample(known[department])
    with writing() as (db, office):
        who = asker(db, office)
        staff_only(who)
        if search_ is not None:
            row = find_case(db, case_named(search_, PROCEDURE.name))
            asked = outgoing.question(db, row, known[department], office)
            staff.log(db, office.now, "case_seen", who.name, {"case": row.number, "personal": True})
    if "sql" in asked:  # whoever looks need not know how to get in
        asked["sql"] = {**asked["sql"], "url": "…"}
    document = {"run": list(outgoing.command(known[department])), "asked": asked}
    told(document, json.dumps(document, ensure_ascii=False, indent=2).splitlines())


COMMANDS: Mapping[str, click.Command] = {
    "list": list_,
    "show": show,
    "file": file,
    "answer": answer,
    "plan": plan,
    "try": try_,
    **DISCLOSING,
}
