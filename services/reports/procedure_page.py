"""The office's own procedure, told: what holds on a day and whence, which versions there are, what another changes."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from services.office.procedure_values import Compared, Open, Shown
from workflows.lines import Line, Table, item, title
from workflows.lines import field as fact
from workflows.tongue import Tongue

SHORT = 12
"""Characters of a digest that tell it from the others."""


def procedure_document(shown: Shown) -> dict[str, Any]:
    """Return what holds as programs read it."""
    return {
        "at": shown.at,
        "in_force": dict(shown.in_force),
        "says": [{"topic": s.topic, "heading": s.heading, "sentences": list(s.sentences)} for s in shown.says],
        "values": dict(shown.values),
        "versions": [dict(one) for one in shown.versions],
        "home": shown.home,
        "open": [open_document(each) for each in shown.kept],
    }


def open_document(kept: Open) -> dict[str, Any]:
    """Return which cases keep a procedure."""
    return {"digest": kept.digest, "cases": kept.cases, "states": dict(kept.states)}


def procedure_page(shown: Shown, tongue: Tongue) -> Iterator[str | Line | Table]:
    """Say what holds, whence, and which versions there are."""
    yield title(tongue.tell("procedure.holds", at=shown.at))
    yield fact(tongue.tell("procedure.field.whence"), _whence(shown.in_force, tongue))
    yield fact(tongue.tell("procedure.field.law"), _law(shown.in_force["regime"], tongue))
    yield ""
    for said in shown.says:
        yield title(said.heading)
        for sentence in said.sentences:
            yield item(sentence)
    if shown.versions:
        yield ""
        yield title(tongue.tell("procedure.versions"))
        yield Table(
            tongue.tell("procedure.heads").split(" "),
            [
                [one["first"], _mark(one, tongue), one["digest"][:SHORT] or tongue.tell("procedure.source"),
                 one["adopted_at"][:10], one["adopted_by"]]
                for one in shown.versions
            ],
        )  # fmt: skip
    if shown.kept:
        yield ""
        yield from _kept(shown.kept, tongue)
    if shown.home == "differs":
        yield ""
        yield tongue.tell("procedure.home_differs")


def _whence(in_force: Mapping[str, Any], tongue: Tongue) -> str:
    if not in_force["digest"]:
        if in_force["first"] is None:
            return tongue.tell("procedure.whence.source")
        return tongue.tell("procedure.whence.source_again", first=in_force["first"], by=in_force["adopted_by"])
    return tongue.tell(
        "procedure.whence.file",
        first=in_force["first"],
        at=in_force["adopted_at"][:10],
        by=in_force["adopted_by"],
        digest=in_force["digest"][:SHORT],
    )


def _law(regime: str, tongue: Tongue) -> str:
    return regime or tongue.tell("procedure.any_law")


def _mark(one: Mapping[str, Any], tongue: Tongue) -> str:
    return tongue.tell(f"procedure.version.{one['standing']}")


def _kept(kept: Iterable[Open], tongue: Tongue) -> Iterator[str | Line | Table]:
    yield title(tongue.tell("procedure.open"))
    for each in kept:
        states = tongue.listed(f"{tongue.noun(f'state.{state}')} {count}" for state, count in each.states.items())
        named = each.digest[:SHORT] or tongue.tell("procedure.source")
        yield item(tongue.tell("procedure.open_under", procedure=named, cases=each.cases, states=states))


# -- what another procedure would change ------------------------------------------------------------------------------


def compared_document(found: Compared, tongue: Tongue) -> dict[str, Any]:
    """Return what would change as programs read it."""
    return {
        "first": found.first,
        "regime": found.regime,
        "digest": found.digest,
        "before": found.before,
        "stands": found.stands,
        "reasons": [tongue.say(found.objection)] if found.objection else [],
        "codes": [found.objection.code] if found.objection else [],
        "changes": [
            {"topic": d.topic, "heading": d.heading, "gone": list(d.gone), "come": list(d.come)} for d in found.differs
        ],
        "values": [{"where": where, "was": was, "is": now} for where, was, now in found.values],
        "open": [open_document(each) for each in found.kept],
        "deadlines_moved": 0,
    }


def compared_page(found: Compared, tongue: Tongue) -> Iterator[str | Line | Table]:
    """Say what a file would change for new cases, and that the open ones keep theirs."""
    named = found.before[:SHORT] or tongue.tell("procedure.source")
    yield title(tongue.tell("procedure.for_new", first=found.first, before=named))
    if not found.differs and not found.values:
        yield item(tongue.tell("procedure.nothing_changes"))
    for each in found.differs:
        yield title(each.heading)
        for sentence in each.gone:
            yield item(sentence, mark="- ", colour="red")
        for sentence in each.come:
            yield item(sentence, mark="+ ", colour="green")
    if found.values:
        yield ""
        yield title(tongue.tell("procedure.values"))
        for where, was, now in found.values:
            yield item(f"{where}: {was or '-'} → {now or '-'}")
    yield ""
    cases = sum(each.cases for each in found.kept)
    yield title(tongue.tell("procedure.for_open"))
    yield item(tongue.tell("procedure.open_keep" if cases else "procedure.none_open", cases=cases))
    if cases:
        yield from list(_kept(found.kept, tongue))[1:]
