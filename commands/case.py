"""``show``, ``why`` and ``history``: one case, looked at."""

from difflib import get_close_matches

import click

from commands.context import DONE, REFUSED, call, fails, said, tongue
from commands.office import asker, case_named, find_case, looking, writing
from commands.output import answer, note
from commands.shape import command, option
from commands.telling import codes, sentences
from workflows.engine.values import Reason


@command("show", words="case.help.show")
@click.argument("case", metavar="CASE")
def show(case: str) -> None:
    """Show a case."""
    from models import staff
    from services.engine import dead_letters
    from services.reports import cases as reports
    from services.reports.case_page import case_page
    from services.reports.incidents import set_aside, set_aside_page

    number = case_named(case)
    with writing() as (db, office):
        who = asker(db, office)
        row = find_case(db, number)
        told = reports.the_case(db, row, office, call().language)
        aside = dead_letters.of_case(db, number)
        told["set_aside"] = set_aside(aside)
        told["people"] = reports.personal(db, row, office) if who.works_here else None
        for paper, people in zip(
            told.get("evidence", ()), (told["people"] or {}).pop("accepted_for", ()), strict=False
        ):
            paper["accepted_for"] = people
        staff.log(db, office.now, "case_seen", who.name, {"case": number, "personal": who.works_here})
    answer(told, [*case_page(told, tongue()), *set_aside_page(aside, tongue())])
    if not who.works_here:
        note(said("case.without_role"))


@command("why", words="case.help.why")
@click.argument("case", metavar="CASE")
@click.argument("transition", metavar="[TRANSITION]", required=False)
def why(case: str, transition: str | None) -> None:
    """Say what is possible and what is missing."""
    from services.engine import dead_letters
    from services.reports import cases as reports
    from services.reports.case_page import why_page
    from services.reports.incidents import set_aside, set_aside_page

    number = case_named(case)
    only = None if transition is None else _transition_named(transition, number)
    with looking() as (db, office):
        who = asker(db, office)
        row = find_case(db, number)
        found = reports.why(db, row, office, who.actor, only)
        aside = dead_letters.of_case(db, number)
    blocked: list[tuple[str, list[Reason]]] = found["blocked"]
    document = {
        "case": number,
        "state": row.state,
        "possible": found["possible"],
        "blocked": [
            {"transition": name, "reasons": sentences(reasons), "codes": codes(reasons)} for name, reasons in blocked
        ],
        "waits": sentences(found["waits"]),
        "set_aside": set_aside(aside),
        "dates": sentences(found["dates"]),
        "put_right": found["put_right"],
    }
    answer(document, [*why_page(row, found, only, tongue()), *set_aside_page(aside, tongue())])


@command("history", words="case.help.history")
@click.argument("case", metavar="CASE")
@option("--verify", is_flag=True, words="case.help.history.verify")
def history(case: str, verify: bool) -> int:
    """Show the history of a case."""
    from services.reports import cases as reports
    from services.reports.case_page import history_page

    number = case_named(case)
    with looking() as (db, office):
        row = find_case(db, number)
        rows = reports.history(db, row, office)
        broken = reports.broken_at(db, row) if verify else None
    if broken is not None:
        raise fails(REFUSED, "chain_broken", "case.altered", more={"seq": broken}, number=number, broken=broken)
    answer(rows, history_page(rows, tongue(), verified=verify))
    return DONE


def _transition_named(text: str, number: str) -> str:
    from workflows.registry import of_number

    steps = of_number(number).machine.transitions
    known = {step.command: name for name, step in steps.items() if step.by_staff and not step.opens}
    name = known.get(text.replace("_", "-"))
    if name is None:
        listed = tongue().listed(get_close_matches(text, known, n=5) or known)
        raise click.BadParameter(said("case.no_transition", text=text, known=listed), param_hint="TRANSITION")
    return name
