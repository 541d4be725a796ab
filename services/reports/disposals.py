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
    printed = "list" in found[0]
    yield Line(
        tongue.tell("disposals.foot" if printed else "disposals.foot_print" if found[1:] else "disposals.foot_one")
    )
    for line in lines(found):
        yield Line(line)


def lines(found: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return what to type when all of it is done: of a list that was printed one line, else one for each case."""
    if not found or "list" not in found[0]:
        return ["./admin.py disposals --out papers.pdf"] if len(found) > 1 else [_one(one) for one in found]
    kinds = dict.fromkeys((one["what"], one["end"]) for one in found)
    number = found[0]["list"]
    return [f"./admin.py bulk end-papers --where list={number} --what {what} --end {end}" for what, end in kinds]


def _one(one: Mapping[str, Any]) -> str:
    return f"./admin.py end-papers {one['case']} --what {one['what']} --end {one['end']}"
