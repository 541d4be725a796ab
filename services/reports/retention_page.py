"""What is due to be erased, what is held and what comes, told."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workflows.lines import Line, item, title
from workflows.tongue import Tongue


def retention_page(found: Mapping[str, Any], tongue: Tongue) -> Iterator[Line]:
    """Say the periods, what was erased just now, and what is due, held and to come."""
    yield Line(tongue.tell("retention.periods", **found["periods"]))
    if found["given"] is not None:
        yield Line(tongue.tell("retention.given", **found["given"], cases=found["given_due"]), colour="yellow")
    if found["erased"]:
        yield Line(tongue.tell("retention.erased", cases=tongue.listed(found["erased"])))
    due = [tongue.tell("retention.due_line", **one) for one in found["due"]]
    yield from _part("retention.due", [[line] for line in due], tongue)
    yield from _part("retention.held", [_held(one, tongue) for one in found["held"]], tongue)
    if found["more"]:
        yield Line(tongue.tell("retention.more", number=found["more"]), colour="yellow")
    coming = [tongue.tell("retention.coming_line", **one) for one in found["coming"]]
    yield from _part("retention.coming", [[line] for line in coming], tongue)
    if found["holds"]:
        yield title(tongue.tell("retention.holds"))
        yield from holds_page(found["holds"], tongue)


def _held(one: Mapping[str, Any], tongue: Tongue) -> list[str]:
    return [tongue.tell("retention.due_line", **one), *tongue.say_all(one["against"])]


def _part(name: str, groups: Sequence[Sequence[str]], tongue: Tongue) -> Iterator[Line]:
    yield title(tongue.tell(name))
    if not groups:
        yield item(tongue.tell("retention.nothing"))
    for first, *more in groups:
        yield item(first)
        yield from (item(line, indent=6) for line in more)


def holds_page(found: Sequence[Mapping[str, Any]], tongue: Tongue) -> Iterator[Line]:
    """Say each legal hold; those whose day has passed stand out."""
    if not found:
        yield Line(tongue.tell("retention.no_holds"))
    for one in found:
        yield item(tongue.tell("retention.hold", **one), colour="yellow" if one["ended"] else "")
