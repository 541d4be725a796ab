"""Shorter ways of two steps: every right granted without a file, and a pack of returns registered in one go.

These options stand beside those made from the procedure (commands/transitions.py) and never reach an order: what they
stand for is put together here, and given as any other order.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from commands.context import said
from commands.office import asker, find_case, looking, staff_only
from commands.output import tell_faults
from commands.places import Place
from commands.shape import Option

if TYPE_CHECKING:
    from commands.transitions import Ways
    from workflows.engine.machine import Transition
    from workflows.engine.procedure import Procedure


class Shorthand(NamedTuple):
    """The options of a shorter way; ``data`` is what a file would hold, or ``walk`` carries everything out itself."""

    options: tuple[click.Option, ...]
    data: "Callable[[str | None, Mapping[str, Any]], dict[str, Any] | None] | None" = None
    walk: "Callable[[str | None, Mapping[str, Any], Ways], int | None] | None" = None


def of(procedure: "Procedure", transition: "Transition") -> Shorthand | None:
    """Return the shorter way of a step, where it has one."""
    make = _MADE.get((procedure.name, transition.name))
    return None if make is None else make()


def taken(short: Shorthand, given: dict[str, Any]) -> dict[str, Any]:
    """Take the options of a shorter way out of those of the step."""
    return {str(option.name): given.pop(str(option.name)) for option in short.options}


# -- decide --granted ------------------------------------------------------------------------------------------------


def _deciding() -> Shorthand:
    return Shorthand(
        (
            Option(["--granted"], is_flag=True, words="shorthand.help.granted"),
            Option(["--enclosures"], metavar="N", type=click.IntRange(0, 10_000), words="shorthand.help.enclosures"),
        ),
        data=_granted,
    )


def _granted(case: str | None, given: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the decision that grants every right of a case; None where it is not asked for."""
    from services.engine.loading import load
    from services.intake import Fault
    from workflows.request.asking import all_granted
    from workflows.request.rights import discloses

    enclosures = given["enclosures"]
    if not given["granted"]:
        if enclosures is not None:
            raise tell_faults([Fault("--enclosures", said("shorthand.with_granted"))])
        return None
    if case is None:
        return {}
    with looking() as (db, office):
        staff_only(asker(db, office))
        rights = load(db, [find_case(db, case)], office)[case].case.rights
    sent = any(map(discloses, rights))
    if sent and enclosures is None:
        raise tell_faults([Fault("--enclosures", said("shorthand.how_many"))])
    if enclosures and not sent:
        raise tell_faults([Fault("--enclosures", said("shorthand.nothing_sent"))])
    return all_granted(rights, enclosures)


# -- receive-forms --scanned -----------------------------------------------------------------------------------------


def _receiving() -> Shorthand:
    return Shorthand(
        (
            Option(["--scanned"], is_flag=True, words="shorthand.help.scanned"),
            Option(["--out"], metavar="DIR", type=Place(file=False), words="shorthand.help.out"),
        ),
        walk=_scanned,
    )


def _scanned(case: str | None, given: Mapping[str, Any], ways: "Ways") -> int | None:
    from commands.scanned import walk
    from services.intake import Fault

    if given["scanned"]:
        return walk(case, given["out"], ways)
    if given["out"]:
        raise tell_faults([Fault("--out", said("shorthand.with_scanned"))])
    return None


_MADE: Mapping[tuple[str, str], Callable[[], Shorthand]] = {
    ("request", "decide"): _deciding,
    ("request", "receive_forms"): _receiving,
}
