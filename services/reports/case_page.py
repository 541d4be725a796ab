"""The pages about one case, in words: ``show``, ``why``, ``history``, and what of the case is set aside."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Row

from services.reports.cases import pointless, waits_for_the_hold
from services.reports.words import due_words
from services.reports.worklist import hold_of
from workflows import registry
from workflows.engine.values import Reason
from workflows.law import regime
from workflows.words.admin.steps import short_help
from workflows.words.lines import Line, Table, field, item, title
from workflows.words.tongue import Tongue

Told = Mapping[str, Any]


# -- show -----------------------------------------------------------------------------------------------------------


def case_page(told: Told, tongue: Tongue) -> Iterator[Line]:
    """Say everything about a case, as ``services.reports.cases.the_case`` tells it."""
    state = tongue.noun(f"state.{told['state']}")
    held = tongue.tell("on_hold") if told["hold"] else ""
    late = tongue.tell("overdue") if told["overdue"] else ""
    yield Line(late, ((f"{told['case']}  {state}{held}", 0),), colour="red", head_colour="bold")
    for name, text in _facts(told, tongue):
        yield field(name, text)
    yield from _deadlines(told["deadlines"], tongue)
    yield from _evidence(told["evidence"], tongue)
    yield from _letters(told["letters"], tongue)
    yield from _people(told["people"], tongue)


def _deadlines(deadlines: Sequence[Told], tongue: Tongue) -> Iterator[Line]:
    if deadlines:
        yield title(tongue.tell("deadlines"))
    for deadline in deadlines:
        when = (deadline["at"] or tongue.tell("stands_still"))[:16].replace("T", " ")
        over = tongue.tell("passed") if deadline["passed"] else ""
        name = due_words(deadline["name"], tongue.language)
        yield Line(over + deadline["why"], ((f"  {when}", 20), (name, 18)))


def _letters(letters: Sequence[Told], tongue: Tongue) -> Iterator[Line]:
    if letters:
        yield title(tongue.tell("letters"))
    for letter in letters:
        copy = tongue.tell("copy", copy=letter["copy"]) if letter["copy"] > 1 else ""
        kind, where = tongue.noun(f"letter.{letter['kind']}"), tongue.noun(f"letter_state.{letter['state']}")
        stopped = tongue.tell("this_kind_is_stopped") if letter["stopped"] else ""
        yield item(f"{letter['letter']}{copy}  {kind}: {where} {letter['posted_on'] or ''}".rstrip() + stopped)


def _evidence(papers: Sequence[Told], tongue: Tongue) -> Iterator[Line]:
    """Say of each paper whose it is, whether it counts, and what it was accepted for."""
    if papers:
        yield title(tongue.tell("papers"))
    for paper in papers:
        whose = tongue.noun(paper["holder"] or "")
        if paper["sort"] == "authority":
            whose = tongue.tell("right_to_represent")
        how, colour = _standing_of(paper, tongue)
        yield Line(how, ((f"  {paper['arrived_on']}  {tongue.noun(paper['type'])} ({whose}): ", 0),), colour)
        for person in paper.get("accepted_for", ()):
            words = [person[key] for key in ("name", "address", "birth_date") if person[key]]
            if words:
                yield Line(tongue.listed(words), ((f"    {tongue.tell('accepted_for')}", 20),))


def _standing_of(paper: Told, tongue: Tongue) -> tuple[str, str]:
    """Return whether a paper counts, in words, and the colour of that."""
    if not paper["still_fits"]:
        return tongue.tell("no_longer_fits_what_is_stated"), "red"
    if not paper["counts"]:
        return tongue.tell("does_not_count"), ""
    if paper["address"] == "stated" and not paper["address_counts"]:
        return tongue.tell("counts_but_shows_the_address_before"), "yellow"
    return tongue.tell("counts"), ""


def _facts(told: Told, tongue: Tongue) -> Iterator[tuple[str, str]]:
    rights = [
        tongue.noun(f"right.{right}") + ("" if outcome is None else f": {tongue.noun(f'outcome.{outcome}')}")
        for right, outcome in told["rights"].items()
    ]
    yield tongue.tell("rights"), tongue.listed(rights)
    hold = told["hold"]
    if hold:
        reason, until, by = tongue.noun(f"hold.{hold['code']}"), hold["until"], hold["by"]
        yield (
            tongue.tell("hold"),
            tongue.tell("until_by", reason=reason, until=until, by=by),
        )
    if told["linked"]:
        yield tongue.tell("linked"), ", ".join(told["linked"])
    received = told["received_at"][:16].replace("T", " ")
    yield tongue.tell("received"), f"{received}  {tongue.noun('channel.' + told['channel'])}"
    yield tongue.tell("category"), tongue.noun(f"category.{told['category']}")
    yield tongue.tell("law"), f"{regime(told['regime']).law[tongue.language]} ({told['regime']})"
    if told["representative"]:
        yield tongue.tell("represented_by"), tongue.noun(f"kind.{told['representative']}")
    if told["pages_held"]:
        yield (
            tongue.tell("pages_held"),
            f"{told['pages_held']}  (./admin.py papers {told['case']} --out DIR)",
        )
    if told["copies_destroyed"]:
        yield tongue.tell("copies_destroyed"), str(told["copies_destroyed"])
    people = [
        (tongue.tell("verified"), told["verified_by"]),
        (tongue.tell("decided"), told["decided_by"]),
        (tongue.tell("released"), told["released_by"]),
    ]
    done = [f"{deed}: {name}" for deed, name in people if name]
    if done:
        yield tongue.tell("by"), tongue.listed(done)
    yield tongue.tell("owner"), told["owner"] or "-"


def _people(people: Told | None, tongue: Tongue) -> Iterator[Line]:
    if not people:
        return
    if people.get("erased"):
        yield Line(tongue.tell("the_personal_data_is_erased"))
        return
    for party in ("subject", "representative"):
        if party in people:
            yield title(tongue.noun(party))
            for key, value in people[party].items():
                yield field(tongue.told(f"person_{key}", key), str(value))
    if people.get("note"):
        yield title(tongue.tell("note"))
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
            Line, [*_standing(row, tongue), *tongue.say_all(found["dates"]), *tongue.say_all(found["waits"])]
        )
        yield from _possible(possible, tongue)
    elif possible:
        step = possible[0]
        yield Line(tongue.tell("is_possible_now", number=number, step=step))
    elsewhere = [name for name, reasons in blocked if pointless(reasons)] if only is None else []
    held = [name for name, reasons in blocked if waits_for_the_hold(reasons)] if only is None else []
    near = [(name, reasons) for name, reasons in blocked if name not in elsewhere and name not in held]
    if near and only is None:
        yield Line(tongue.tell("not_yet"))
    for sentences, names in _grouped(near, tongue).items():
        yield item(", ".join(names), colour="yellow")
        yield from (item(sentence, 4, mark="- ") for sentence in sentences)
    if held:
        steps = tongue.listed(held)
        yield Line(tongue.tell("not_while_on_hold", steps=steps))
    if elsewhere:
        steps = tongue.listed(elsewhere)
        yield Line(tongue.tell("not_from_here", steps=steps))


def _possible(steps: Sequence[str], tongue: Tongue) -> Iterator[Line]:
    if not steps:
        yield Line(tongue.tell("there_is_nothing_for_you_to"))
        return
    yield Line(tongue.tell("you_can_now"))
    known = {step.command: step for each in registry.procedures() for step in each.machine.transitions.values()}
    room = max(len(step) for step in steps) + 4
    for step in steps:
        ja, en = short_help(known[step])
        yield Line(ja if tongue.language == "ja" else en, ((f"  {step}", room),), head_colour="green")


def _standing(row: Row[Any], tongue: Tongue) -> Iterator[str]:
    """Say how the case stands, whose move it is, and who holds it together with which others."""
    number, state = row.number, tongue.noun(f"state.{row.state}")
    stands = tongue.told(f"stands_{row.state}")
    yield tongue.tell("x", number=number, state=state, stands=stands)
    hold = hold_of(row.hold)
    if hold is None:
        return
    reason, until, by = tongue.noun(f"hold.{hold['code']}"), hold["until"], hold["by"]
    if by != "system":
        yield tongue.tell("it_is_on_hold_until_by", until=until, reason=reason, by=by)
        return
    cases = tongue.listed(hold["with"])
    related = tongue.tell("with", cases=cases) if cases else ""
    yield tongue.tell("the_system_holds_it_for_the", reason=reason, related=related)


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
    yield Table(tongue.tell("no_when_what_state_who").split(), shown)
    if verified:
        yield Line(tongue.tell("nothing_was_altered"), colour="green")
