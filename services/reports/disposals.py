"""The papers that nobody needs any more, told as a list to tick and to sign."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workflows.lines import Line
from workflows.tongue import Tongue


def page(found: Sequence[Mapping[str, Any]], tongue: Tongue) -> Iterator[Line]:
    """Say the list: a box, what is to be done with what, and a line for whoever did it."""
    if not found:
        yield Line(tongue.tell("disposals.none"))
        return
    yield Line(tongue.tell("disposals.head"))
    for one in found:
        what, end = tongue.noun(f"paper_kind.{one['what']}"), tongue.noun(f"papers_end.{one['end']}")
        code = "disposals.line_late" if one["overdue"] else "disposals.line"
        yield Line(
            tongue.tell(code, case=one["case"], what=what, end=end, by=one["by"]),
            colour="red" if one["overdue"] else "",
        )
    yield Line(tongue.tell("disposals.foot"))
