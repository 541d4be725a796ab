"""The pages about one case, in words: ``show``, ``why``, ``history``, and what of the case is set aside."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Row

from services.engine.store import store
from services.office import laws
from services.reports.cases import OF_ANY, pointless, waits_for_the_hold
from services.reports.course_page import course_facts
from services.reports.words import due_words
from services.reports.worklist import hold_of
from services.reports.worklist_page import job_words, who_words
from workflows import registry
from workflows.engine.values import Reason
from workflows.helps import short_help
from workflows.lines import Line, Table, field, item, title
from workflows.tongue import Tongue
from workflows.words import is_worded

Told = Mapping[str, Any]


# -- show -----------------------------------------------------------------------------------------------------------


def case_page(told: Told, tongue: Tongue) -> Iterator[Line]:
    """Say everything about a case, as ``services.reports.cases.the_case`` tells it."""
    state = tongue.noun(f"state.{told['state']}")
    held = tongue.tell("case.on_hold") if told["hold"] else ""
    late = tongue.tell("case.overdue") if told["overdue"] else ""
    yield Line(late, ((f"{told['case']}  {state}{held}", 0),), colour="red", head_colour="bold")
    for name, text in _facts(told, tongue):
        yield field(name, text)
    yield from _deadlines(told["deadlines"], tongue)
    yield from _evidence(told.get("evidence", ()), tongue)
    yield from _searches(told.get("searches", ()), tongue)
    yield from _letters(told["letters"], tongue)
    yield from _people(told, tongue)


def _deadlines(deadlines: Sequence[Told], tongue: Tongue) -> Iterator[Line]:
    if deadlines:
        yield title(tongue.tell("case.deadlines"))
    for deadline in deadlines:
        when = (deadline["at"] or tongue.tell("case.stands_still"))[:16].replace("T", " ")
        over = tongue.tell("case.passed") if deadline["passed"] else ""
        name = due_words(deadline["name"], tongue.language)
        yield Line(over + deadline["why"], ((f"  {when}", 20), (name, 18)))


def _letters(letters: Sequence[Told], tongue: Tongue) -> Iterator[Line]:
    if letters:
        yield title(tongue.tell("case.letters"))
    for letter in letters:
        copy = tongue.tell("case.copy", copy=letter["copy"]) if letter["copy"] > 1 else ""
        kind, where = tongue.noun(f"letter.{letter['kind']}"), tongue.noun(f"letter_state.{letter['state']}")
        stopped = tongue.tell("case.stopped") if letter["stopped"] else ""
        yield item(f"{letter['letter']}{copy}  {kind}: {where} {letter['posted_on'] or ''}".rstrip() + stopped)


def _searches(searches: Sequence[Told], tongue: Tongue) -> Iterator[Line]:
    """Say of each department that was asked what it answered, or by when it should."""
    if searches:
        yield title(tongue.tell("case.searches"))
    for one in searches:
        act = tongue.noun(f"act.{one['act']}")
        head = f"  {one['search']}  {one['department']} ({act}): "
        if one["open"]:
            yield Line(tongue.tell("case.search_by", day=one["by"]), ((head, 0),), "yellow")
        else:
            files = tongue.tell("case.search_files", count=one["files"]) if one["files"] else ""
            yield Line(tongue.noun(f"found.{one['found']}") + files, ((head, 0),))


def _evidence(papers: Sequence[Told], tongue: Tongue) -> Iterator[Line]:
    """Say of each paper whose it is, whether it counts, and what it was accepted for."""
    if papers:
        yield title(tongue.tell("case.papers"))
    for paper in papers:
        whose = tongue.noun(paper["holder"] or "")
        if paper["sort"] == "authority":
            whose = tongue.tell("case.authority")
        how, colour = _standing_of(paper, tongue)
        yield Line(how, ((f"  {paper['arrived_on']}  {tongue.noun(paper['type'])} ({whose}): ", 0),), colour)
        for person in paper.get("accepted_for", ()):
            words = [person[key] for key in ("name", "address", "birth_date") if person[key]]
            if words:
                yield Line(tongue.listed(words), ((f"    {tongue.tell('case.accepted_for')}", 20),))


def _standing_of(paper: Told, tongue: Tongue) -> tuple[str, str]:
    """Return whether a paper counts, in words, and the colour of that."""
    if not paper["still_fits"]:
        return tongue.tell("case.unfit"), "red"
    if not paper["counts"]:
        return tongue.tell("case.uncounted"), ""
    if paper["address"] == "stated" and not paper["address_counts"]:
        return tongue.tell("case.address_before"), "yellow"
    return tongue.tell("case.counts"), ""


def _facts(told: Told, tongue: Tongue) -> Iterator[tuple[str, str]]:
    yield from _next_job(told, tongue)
    main = registry.of_number(told["case"]) is registry.main()
    yield from _of_a_request(told, tongue) if main else _of_another(told, tongue)
    if told["pages_held"]:
        yield (
            tongue.tell("case.field.pages"),
            f"{told['pages_held']}  (./admin.py papers {told['case']} --out DIR)",
        )
    if told["copies_destroyed"]:
        yield tongue.tell("case.field.destroyed"), str(told["copies_destroyed"])
    people = [
        (tongue.tell("case.deed.verified"), told["verified_by"]),
        (tongue.tell("case.deed.decided"), told["decided_by"]),
        (tongue.tell("case.deed.released"), told["released_by"]),
    ]
    done = [f"{deed}: {name}" for deed, name in people if name]
    if done:
        yield tongue.tell("case.field.by"), tongue.listed(done)
    yield tongue.tell("case.field.owner"), told["owner"] or "-"


def _fee(told: Told, tongue: Tongue) -> str:
    """Say what the request costs, what of it is lacking or to be given back, and each entry with its number."""
    currency = {"currency": tongue.noun(f"currency.{told['currency']}")}
    parts = [tongue.tell("case.fee.owed", owed=told["owed"], paid=told["paid"], **currency)]
    parts += [
        tongue.tell(f"case.fee.{name}", amount=told[name], **currency)
        for name in ("lacking", "to_give_back")
        if told[name] not in ("0", "0.00")
    ]
    if told["bill"]:
        parts.append(tongue.tell("case.fee.bill", letter=told["bill"], day=told["pay_by"] or "-"))
    for entry in told["entries"]:
        means = tongue.noun(f"means.{entry['means']}")
        words = {"entry": entry["entry"], "amount": entry["amount"], "means": means, "day": entry["on"], **currency}
        said = tongue.tell(f"case.fee.entry_{entry['what']}", **words)
        over = "taken_back" if entry["taken_back"] else "not_taken" if entry["not_taken"] is not None else None
        parts.append(said if over is None else tongue.tell(f"case.fee.{over}", said=said))
    return "; ".join(parts)


def _next_job(told: Told, tongue: Tongue) -> Iterator[tuple[str, str]]:
    """Say what a person must do next and who may; by when, in the office's terms and the law's."""
    if told["todo"] is not None:
        job, who = job_words(told, tongue), who_words(told, tongue)
        yield tongue.tell("case.field.todo"), tongue.tell("case.todo", job=job, who=who)
    elif told["next"] is not None:
        yield tongue.tell("case.field.todo"), tongue.tell("case.nobodys", what=due_words(told["next"], tongue.language))
    by, legal = told["by"] if told["todo"] is not None else None, told["legal"]
    if by is not None:
        yield tongue.tell("case.field.by_when"), tongue.tell("case.by_office", day=by[:10], time=by[11:16])
    if legal is not None:
        code = "case.by_law_passed" if legal["passed"] else "case.by_law"
        name = due_words(legal["name"], tongue.language)
        yield (
            tongue.tell("case.field.by_law"),
            tongue.tell(code, day=legal["at"][:10], days=abs(told["days_left"]), name=name),
        )


def _of_a_request(told: Told, tongue: Tongue) -> Iterator[tuple[str, str]]:
    rights = [
        tongue.noun(f"right.{right}") + ("" if outcome is None else f": {tongue.noun(f'outcome.{outcome}')}")
        for right, outcome in told["rights"].items()
    ]
    yield tongue.tell("case.field.rights"), tongue.listed(rights)
    yield from _hold(told, tongue)
    if told["linked"]:
        yield tongue.tell("case.field.linked"), ", ".join(told["linked"])
    if told.get("fees"):
        yield tongue.tell("case.field.fee"), _fee(told["fees"], tongue)
    if told["household"]:
        yield tongue.tell("case.field.household"), ", ".join(told["household"])
    received = told["received_at"][:16].replace("T", " ")
    yield tongue.tell("case.field.received"), f"{received}  {tongue.noun('channel.' + told['channel'])}"
    yield tongue.tell("case.field.category"), tongue.noun(f"category.{told['category']}")
    yield tongue.tell("case.field.law"), f"{laws.regime(told['regime']).law[tongue.language]} ({told['regime']})"
    if told["outside_the_law"]:
        yield "", tongue.tell("case.outside_the_law", article=told["outside_the_law"])
    if told["procedure"]:
        own = {"first": told["procedure"]["from"], "digest": told["procedure"]["digest"][:12]}
        yield tongue.tell("case.field.procedure"), tongue.tell("case.own_procedure", **own)
    yield from course_facts(told, tongue)
    if told["representative"]:
        yield tongue.tell("case.field.representative"), tongue.noun(f"kind.{told['representative']}")


def _of_another(told: Told, tongue: Tongue) -> Iterator[tuple[str, str]]:
    """Say what another procedure tells of its case, each fact by the procedure's word for it."""
    yield from _hold(told, tongue)
    own = {key: value for key, value in told.items() if key not in OF_ANY | {"people", "set_aside"}}
    yield from _named(own, told["case"], tongue)


def _hold(told: Told, tongue: Tongue) -> Iterator[tuple[str, str]]:
    hold = told["hold"]
    if hold:
        reason, until, by = tongue.noun(f"hold.{hold['code']}"), hold["until"], hold["by"]
        yield tongue.tell("case.field.hold"), tongue.tell("case.held_until", reason=reason, until=until, by=by)
        yield from (("", sentence) for sentence in _why_held(hold, tongue))


def _why_held(hold: Told, tongue: Tongue) -> list[str]:
    """Say what the system found, and what lifts its hold."""
    if hold["by"] != "system":
        return []
    found = [tongue.tell(code, cases=hold["with"]) for code in hold["why"]]
    return [*found, tongue.tell("held_until_lifted", day=hold["until"])]


def _named(facts: Told, number: str, tongue: Tongue) -> Iterator[tuple[str, str]]:
    """Yield facts of a case as its procedure's store words them (``fields``), where it does.

    Else with their names: ``PROCEDURE.field.NAME`` among the procedure's words, or the name itself.
    """
    procedure = registry.of_number(number).name
    worded = getattr(store(procedure), "fields", None)
    if worded is not None:
        yield from worded(facts, tongue)
        return
    for name, value in facts.items():
        code = f"{procedure}.field.{name}"
        shown = tongue.listed(value) if isinstance(value, list) else str(value)
        yield tongue.tell(code) if is_worded(code) else name, shown


def _people(told: Told, tongue: Tongue) -> Iterator[Line]:
    people = told["people"]
    if not people:
        return
    if people.get("erased"):
        yield Line(tongue.tell("case.erased"))
        return
    if registry.of_number(told["case"]) is not registry.main():
        yield title(tongue.tell("case.personal"))
        yield from (field(name, text) for name, text in _named(people, told["case"], tongue))
        return
    for party in ("subject", "representative"):
        if party in people:
            yield title(tongue.noun(party))
            for key, value in people[party].items():
                yield field(tongue.noun(f"person.{key}"), str(value))
    if people.get("note"):
        yield title(tongue.tell("case.note"))
        yield from (item(paragraph) for paragraph in people["note"].splitlines())


# -- why ------------------------------------------------------------------------------------------------------------


def why_page(row: Row[Any], found: Told, only: str | None, tongue: Tongue) -> Iterator[Line]:
    """Answer as a colleague would: how it stands, what you can do, what is missing for the rest, what has no point.

    *found* is what ``services.reports.cases.why`` found; *only*: asked of one step alone.
    """
    possible: list[str] = found["possible"]
    blocked: list[tuple[str, list[Reason]]] = found["blocked"]
    number = row.number
    if only is None:
        yield from map(
            Line,
            [
                *_standing(row, found["stands"], tongue),
                *tongue.say_all(found["dates"]),
                *tongue.say_all(found["waits"]),
            ],
        )
        yield from _possible(possible, number, tongue)
    elif possible:
        yield Line(tongue.tell("case.possible_one", case=number, command=possible[0]))
    elsewhere = [name for name, reasons in blocked if pointless(reasons)] if only is None else []
    held = [name for name, reasons in blocked if waits_for_the_hold(reasons)] if only is None else []
    near = [(name, reasons) for name, reasons in blocked if name not in elsewhere and name not in held]
    if near and only is None:
        yield Line(tongue.tell("case.not_yet"))
    for sentences, names in _grouped(near, tongue).items():
        yield item(", ".join(names), colour="yellow")
        yield from (item(sentence, 4, mark="- ") for sentence in sentences)
    if held:
        yield Line(tongue.tell("case.while_held", held=held))
    if elsewhere:
        yield Line(tongue.tell("case.elsewhere", elsewhere=elsewhere))
    yield from _ways_back(found["put_right"], tongue)


def _ways_back(ways: Sequence[Told], tongue: Tongue) -> Iterator[Line]:
    """Say how what was recorded wrongly is put right, step by step."""
    if ways:
        yield Line(tongue.tell("case.put_right"))
    for way in ways:
        yield item(tongue.noun(f"transition.{way['transition']}"))
        yield from (item(f"./admin.py {line}", 4, mark="- ") for line in way["lines"])


def _possible(steps: Sequence[str], number: str, tongue: Tongue) -> Iterator[Line]:
    if not steps:
        yield Line(tongue.tell("case.nothing_possible"))
        return
    yield Line(tongue.tell("case.possible"))
    machine = registry.of_number(number).machine
    known = {step.command: step for step in machine.transitions.values()}
    room = max(len(step) for step in steps) + 4
    for step in steps:
        line = short_help(machine, known[step], tongue.language)
        yield Line(line, ((f"  {step}", room),), head_colour="green")


def _standing(row: Row[Any], said: str | None, tongue: Tongue) -> Iterator[str]:
    """Say how the case stands, whose move it is, and who holds it together with which others."""
    number, state = row.number, tongue.noun(f"state.{row.state}")
    move = said or f"{registry.of_number(number).machine.name}.stands.{row.state}"
    if is_worded(move):
        yield tongue.tell("case.stands_so", case=number, state=state, move=tongue.tell(move))
    else:
        yield tongue.tell("case.stands", case=number, state=state)
    hold = hold_of(row.hold)
    if hold is None:
        return
    reason, until, by = tongue.noun(f"hold.{hold['code']}"), hold["until"], hold["by"]
    if by != "system":
        yield tongue.tell("case.held_by", until=until, reason=reason, by=by)
        return
    if hold["why"]:  # it names the cases itself
        yield tongue.tell("case.held_by_system", reason=reason)
    elif hold["with"]:
        yield tongue.tell("case.held_by_system_with", reason=reason, cases=list(hold["with"]))
    else:
        yield tongue.tell("case.held_by_system", reason=reason)
    yield from _why_held(hold, tongue)


def _grouped(blocked: Sequence[tuple[str, list[Reason]]], tongue: Tongue) -> dict[tuple[str, ...], list[str]]:
    """Return which steps the same sentences keep back, so that none is said twice."""
    found: dict[tuple[str, ...], list[str]] = {}
    for name, reasons in blocked:
        found.setdefault(tuple(tongue.say_all(reasons)), []).append(name)
    return found


# -- history --------------------------------------------------------------------------------------------------------


def history_page(rows: Sequence[Told], tongue: Tongue, *, verified: bool) -> Iterator[Line | Table]:
    """Say who did what when; *verified*: that nothing of it was altered."""
    shown = [
        [
            str(row["seq"]),
            row["at"][:16].replace("T", " "),
            tongue.noun(f"transition.{row['transition']}"),
            tongue.noun(f"state.{row['target']}"),
            row["actor"],
        ]
        for row in rows
    ]
    yield Table(tongue.tell("case.heads").split(), shown)
    if verified:
        yield Line(tongue.tell("case.unaltered"), colour="green")
