"""``show``, ``why`` and ``history``: one case, looked at."""

from collections.abc import Iterator
from typing import Any

import click

from commands.context import DONE, REFUSED, Failure, call, joint, said
from commands.office import asker, case_named, find_case, looking, writing
from commands.output import answer, coloured, columns, note
from commands.shape import Command, Option
from commands.steps import short_help
from commands.wide import fold, pad, width
from workflows.engine.values import Reason
from workflows.request.procedure import request
from workflows.words import is_worded, noun, say_all


@click.command(
    "show",
    cls=Command,
    words="case.help.show",
    examples=("./admin.py show 26-000017-Y", "./admin.py show 26-000017-Y --json"),
)
@click.argument("case", metavar="CASE")
def show(case: str) -> None:
    """Show a case."""
    from commands import requeue
    from models import staff
    from services.engine import dead_letters
    from services.reports import cases as reports

    number = case_named(case)
    with writing() as (db, office):
        who = asker(db, office)
        row = find_case(db, number)
        told = reports.the_case(db, row, office, call().language)
        aside = dead_letters.of_case(db, number)
        told["set_aside"] = requeue.told(aside)
        told["people"] = reports.personal(db, row, office) if who.works_here else None
        for paper, people in zip(told["evidence"], (told["people"] or {}).pop("accepted_for", ()), strict=False):
            paper["accepted_for"] = people
        staff.log(db, office.now, "case_seen", who.name, {"case": number, "personal": who.works_here})
    answer(told, [*_page(told), *_aside(aside)])
    if not who.works_here:
        note(said("case.without_role"))


@click.command(
    "why",
    cls=Command,
    words="case.help.why",
    examples=("./admin.py why 26-000017-Y", "./admin.py why 26-000017-Y fulfil"),
)
@click.argument("case", metavar="CASE")
@click.argument("transition", metavar="[TRANSITION]", required=False)
def why(case: str, transition: str | None) -> None:
    """Say what is possible and what is missing."""
    from commands import requeue
    from services.engine import dead_letters
    from services.reports import cases as reports

    number = case_named(case)
    only = None if transition is None else _transition_named(transition)
    with looking() as (db, office):
        who = asker(db, office)
        row = find_case(db, number)
        found = reports.why(db, row, office, who.actor, only)
        aside = dead_letters.of_case(db, number)
    blocked: list[tuple[str, list[Reason]]] = found["blocked"]
    language = call().language
    document = {
        "case": number,
        "state": row.state,
        "possible": found["possible"],
        "blocked": [
            {"transition": name, "reasons": say_all(reasons, language), "codes": _codes(reasons)}
            for name, reasons in blocked
        ],
        "waits": say_all(found["waits"], language),
        "set_aside": requeue.told(aside),
        "dates": say_all(found["dates"], language),
    }
    answer(document, [*_reply(row, found, only), *_aside(aside)])


@click.command(
    "history",
    cls=Command,
    words="case.help.history",
    examples=("./admin.py history 26-000017-Y", "./admin.py history 26-000017-Y --verify"),
)
@click.argument("case", metavar="CASE")
@click.option(
    "--verify",
    cls=Option,
    is_flag=True,
    words="case.help.history.verify",
)
def history(case: str, verify: bool) -> int:
    """Show the history of a case."""
    from services.reports import cases as reports

    number = case_named(case)
    with looking() as (db, office):
        row = find_case(db, number)
        rows = reports.history(db, row, office)
        broken = reports.broken_at(db, row) if verify else None
    if broken is not None:
        raise Failure(
            REFUSED,
            "chain_broken",
            said("case.altered", number=number, broken=broken),
            seq=broken,
        )
    answer(rows, _history_lines(rows, verified=verify))
    return DONE


def _aside(found: Any) -> Iterator[str]:
    """Say what of the case is set aside, and the line that brings it back."""
    from commands.requeue import set_aside_lines

    for sentence in set_aside_lines(found):
        yield from (coloured(line, "red") for line in fold(sentence, columns()))


# -- show -----------------------------------------------------------------------------------------------------------


def _page(told: dict[str, Any]) -> Iterator[str]:
    from services.reports.words import due_words

    language = call().language
    state = noun(f"state.{told['state']}", language)
    held = said("case.on_hold") if told["hold"] else ""
    late = coloured(said("case.overdue"), "red") if told["overdue"] else ""
    yield coloured(f"{told['case']}  {state}{held}", "bold") + late
    yield from _fields(_facts(told))
    if told["deadlines"]:
        yield coloured(said("case.deadlines"), "bold")
        for deadline in told["deadlines"]:
            name = pad(due_words(deadline["name"], language), 16)
            when = pad((deadline["at"] or said("case.stands_still"))[:16].replace("T", " "), 16)
            head = f"  {when}  {name}  "
            over = said("case.passed") if deadline["passed"] else ""
            lines = fold(over + deadline["why"], max(columns() - width(head), 24))
            yield head + lines[0]
            yield from (" " * width(head) + line for line in lines[1:])
    yield from _evidence(told["evidence"])
    if told["letters"]:
        yield coloured(said("case.letters"), "bold")
        for letter in told["letters"]:
            copy = said("case.copy", copy=letter["copy"]) if letter["copy"] > 1 else ""
            kind, where = noun(f"letter.{letter['kind']}", language), noun(f"letter_state.{letter['state']}", language)
            stopped = said("case.stopped") if letter["stopped"] else ""
            yield f"  {letter['letter']}{copy}  {kind}: {where} {letter['posted_on'] or ''}".rstrip() + stopped
    yield from _people(told["people"])


def _evidence(papers: list[dict[str, Any]]) -> Iterator[str]:
    """Say of each paper whose it is, whether it counts, and what it was accepted for."""
    language = call().language
    if papers:
        yield coloured(said("case.papers"), "bold")
    for paper in papers:
        whose = said("case.authority") if paper["sort"] == "authority" else noun(paper["holder"], language)
        if not paper["still_fits"]:
            how = coloured(said("case.unfit"), "red")
        elif not paper["counts"]:
            how = said("case.uncounted")
        elif paper["address"] == "stated" and not paper["address_counts"]:
            how = coloured(said("case.address_before"), "yellow")
        else:
            how = said("case.counts")
        yield f"  {paper['arrived_on']}  {noun(paper['type'], language)} ({whose}): {how}"
        for person in paper.get("accepted_for", ()):
            words = [person[key] for key in ("name", "address", "birth_date") if person[key]]
            if words:
                for number, line in enumerate(fold(joint().join(words), max(columns() - 30, 24))):
                    lead = said("case.accepted_for") if number == 0 else ""
                    yield f"    {pad(lead, 14)}  {line}"


def _facts(told: dict[str, Any]) -> Iterator[tuple[str, str]]:
    from workflows.law import regime

    language = call().language
    yield (
        said("case.field.rights"),
        joint().join(
            noun(f"right.{right}", language) + ("" if outcome is None else f": {noun(f'outcome.{outcome}', language)}")
            for right, outcome in told["rights"].items()
        ),
    )
    hold = told["hold"]
    if hold:
        reason = noun(f"hold.{hold['code']}", language)
        yield (
            said("case.field.hold"),
            said("case.held_until", reason=reason, until=hold["until"], by=hold["by"]),
        )
    if told["linked"]:
        yield said("case.field.linked"), ", ".join(told["linked"])
    yield (
        said("case.field.received"),
        f"{told['received_at'][:16].replace('T', ' ')}  {noun('channel.' + told['channel'], language)}",
    )
    yield said("case.field.category"), noun(f"category.{told['category']}", language)
    yield said("case.field.law"), f"{regime(told['regime']).law[language]} ({told['regime']})"
    if told["representative"]:
        yield said("case.field.representative"), noun(f"kind.{told['representative']}", language)
    if told["pages_held"]:
        yield said("case.field.pages"), f"{told['pages_held']}  (./admin.py papers {told['case']} --out DIR)"
    if told["copies_destroyed"]:
        yield said("case.field.destroyed"), str(told["copies_destroyed"])
    people = [(said("case.deed.verified"), told["verified_by"]), (said("case.deed.decided"), told["decided_by"]),
              (said("case.deed.released"), told["released_by"])]  # fmt: skip
    done = [f"{deed}: {name}" for deed, name in people if name]
    if done:
        yield said("case.field.by"), joint().join(done)
    yield said("case.field.owner"), told["owner"] or "-"


def _people(people: dict[str, Any] | None) -> Iterator[str]:
    if not people:
        return
    if people.get("erased"):
        yield said("case.erased")
        return
    for party in ("subject", "representative"):
        if party in people:
            yield coloured(noun(party, call().language), "bold")
            yield from _fields(
                (noun(f"person.{key}", call().language), str(value)) for key, value in people[party].items()
            )
    if people.get("note"):
        yield coloured(said("case.note"), "bold")
        yield from (f"  {line}" for paragraph in people["note"].splitlines() for line in fold(paragraph, columns() - 2))


def _fields(pairs: Any) -> Iterator[str]:
    for name, value in pairs:
        lines = fold(value, max(columns() - 18, 24))
        yield f"  {pad(name, 14)}  {lines[0]}"
        yield from (" " * 18 + line for line in lines[1:])


# -- why ------------------------------------------------------------------------------------------------------------


def _reply(row: Any, found: dict[str, Any], only: str | None) -> Iterator[str]:
    """Answer as a colleague would: how it stands, what you can do, what is missing for the rest, what has no point."""
    from services.reports.cases import pointless, waits_for_the_hold

    possible: list[str] = found["possible"]
    blocked: list[tuple[str, list[Reason]]] = found["blocked"]
    if only is None:
        waits = [*say_all(found["dates"], call().language), *say_all(found["waits"], call().language)]
        yield from (line for sentence in (*_standing(row), *waits) for line in fold(sentence, columns()))
        if possible:
            yield said("case.possible")
            yield from _named(possible)
        else:
            yield said("case.nothing_possible")
    elif possible:
        yield said("case.possible_one", case=row.number, command=possible[0])
    elsewhere = [name for name, reasons in blocked if pointless(reasons)] if only is None else []
    held = [name for name, reasons in blocked if waits_for_the_hold(reasons)] if only is None else []
    near = [(name, reasons) for name, reasons in blocked if name not in elsewhere and name not in held]
    if near and only is None:
        yield said("case.not_yet")
    for sentences, names in _grouped(near).items():
        yield f"  {coloured(', '.join(names), 'yellow')}"
        for sentence in sentences:
            lines = fold(sentence, columns() - 6)
            yield f"    - {lines[0]}"
            yield from (f"      {line}" for line in lines[1:])
    if held:
        yield from fold(
            said("case.while_held", held=list(held)),
            columns(),
        )
    if elsewhere:
        yield from fold(
            said("case.elsewhere", elsewhere=list(elsewhere)),
            columns(),
        )


def _standing(row: Any) -> Iterator[str]:
    """Say how the case stands, whose move it is, and who holds it together with which others."""
    from services.reports.worklist import hold_of

    state = noun(f"state.{row.state}", call().language)
    move = f"{request.name}.stands.{row.state}"
    if is_worded(move):
        yield said("case.stands_so", case=row.number, state=state, move=said(move))
    else:
        yield said("case.stands", case=row.number, state=state)
    hold = hold_of(row.hold)
    if hold is None:
        return
    reason = noun(f"hold.{hold['code']}", call().language)
    if hold["by"] != "system":
        yield said("case.held_by", until=hold["until"], reason=reason, by=hold["by"])
        return
    if hold["with"]:
        yield said("case.held_by_system_with", reason=reason, cases=list(hold["with"]))
    else:
        yield said("case.held_by_system", reason=reason)


def _grouped(blocked: list[tuple[str, list[Reason]]]) -> dict[tuple[str, ...], list[str]]:
    """Return which steps the same sentences keep back, so that none is said twice."""
    found: dict[tuple[str, ...], list[str]] = {}
    for name, reasons in blocked:
        found.setdefault(tuple(say_all(reasons, call().language)), []).append(name)
    return found


def _named(commands: list[str]) -> Iterator[str]:
    known = {transition.command: transition for transition in request.transitions.values()}
    room = max(len(name) for name in commands)
    for name in commands:
        lines = fold(short_help(request, known[name], call().language), columns() - room - 4)
        yield f"  {coloured(pad(name, room), 'green')}  {lines[0]}"
        yield from (" " * (room + 4) + line for line in lines[1:])


def _codes(reasons: list[Reason]) -> list[str]:
    return list(dict.fromkeys(reason.code for reason in reasons))


def _transition_named(text: str) -> str:
    known = {t.command: name for name, t in request.transitions.items() if t.by_staff and not t.opens}
    name = known.get(text.replace("_", "-"))
    if name is None:
        raise click.BadParameter(
            said("case.no_transition", text=text, known=list(known)),
            param_hint="TRANSITION",
        )
    return name


# -- history --------------------------------------------------------------------------------------------------------


def _history_lines(rows: list[dict[str, Any]], *, verified: bool) -> Iterator[str]:
    from commands.wide import table

    language = call().language
    shown = [
        [
            str(row["seq"]),
            row["at"][:16].replace("T", " "),
            noun(f"transition.{row['transition']}", language),
            noun(f"state.{row['target']}", language),
            row["actor"],
        ]
        for row in rows
    ]
    heads = said("case.heads").split()
    yield from table(heads, shown, columns())
    if verified:
        yield coloured(said("case.unaltered"), "green")
