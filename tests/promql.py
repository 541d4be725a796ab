"""What the alert rules ask, worked out on the numbers of one moment: as much of PromQL as they use, and no more.

The parser is promql-parser (GreptimeDB's); what it finds and this does not know is an error, never a silent yes.
"""

import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import promql_parser as parser
from prometheus_client.parser import text_string_to_metric_families

Labels = frozenset[tuple[str, str]]
Vector = dict[Labels, float]

COMPARED: Mapping[str, Callable[[float, float], bool]] = {
    "==": operator.eq, "!=": operator.ne, ">": operator.gt, "<": operator.lt, ">=": operator.ge, "<=": operator.le,
}  # fmt: skip
RECKONED: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
}  # fmt: skip
MATCHED: Mapping[str, Callable[[str, str], bool]] = {
    "Equal": lambda value, wanted: value == wanted,
    "NotEqual": lambda value, wanted: value != wanted,
    "Re": lambda value, wanted: re.fullmatch(wanted, value) is not None,
    "NotRe": lambda value, wanted: re.fullmatch(wanted, value) is None,
}


def numbers(page: str) -> dict[str, Vector]:
    """Return by name the numbers of a page in the text format, as the library of Prometheus reads it."""
    found: dict[str, Vector] = {}
    for family in text_string_to_metric_families(page):
        for sample in family.samples:
            found.setdefault(sample.name, {})[frozenset(sample.labels.items())] = sample.value
    return found


def ask(expression: str, page: Mapping[str, Vector]) -> Vector:
    """Return what an expression finds on a page."""
    found = _of(parser.parse(expression), page)
    assert isinstance(found, dict), expression
    return found


def names(expression: str) -> set[str]:
    """Return the names of the metrics an expression asks for."""
    return {str(one.name) for one in _parts(parser.parse(expression)) if isinstance(one, parser.VectorSelector)}


def _parts(node: Any) -> Iterator[Any]:
    yield node
    for name in ("lhs", "rhs", "expr", "vector_selector"):
        if (part := getattr(node, name, None)) is not None:
            yield from _parts(part)
    for part in getattr(node, "args", ()):
        yield from _parts(part)


def _of(node: Any, page: Mapping[str, Vector]) -> float | Vector:
    match node:
        case parser.NumberLiteral():
            return float(node.val)
        case parser.ParenExpr():
            return _of(node.expr, page)
        case parser.VectorSelector():
            return _selected(node, page)
        case parser.Call() if node.func.name == "absent":
            return {} if _of(node.args[0], page) else {frozenset(): 1.0}
        case parser.BinaryExpr():
            return _joined(node, _of(node.lhs, page), _of(node.rhs, page))
    raise NotImplementedError(f"the rules ask for what these tests do not know: {node}")


def _selected(node: Any, page: Mapping[str, Vector]) -> Vector:
    def fits(labels: Labels) -> bool:
        there = dict(labels)
        return all(
            MATCHED[str(one.op).rpartition(".")[2]](there.get(one.name, ""), one.value)
            for one in node.matchers.matchers
        )

    return {labels: value for labels, value in page.get(node.name, {}).items() if fits(labels)}


def _joined(node: Any, left: float | Vector, right: float | Vector) -> float | Vector:
    sign = str(node.op)
    if isinstance(left, float) and isinstance(right, float):
        return RECKONED[sign](left, right)
    assert isinstance(left, dict)
    if isinstance(right, float):
        if sign in RECKONED:
            return {labels: RECKONED[sign](value, right) for labels, value in left.items()}
        return {labels: value for labels, value in left.items() if COMPARED[sign](value, right)}
    if sign == "or":
        return {**right, **left}
    keys = _keys(str(node.modifier), right)
    there = {keys(labels) for labels in right}
    kept: Iterable[Labels] = (labels for labels in left if (keys(labels) in there) == (sign == "and"))
    if sign not in ("and", "unless"):
        raise NotImplementedError(f"the rules ask for what these tests do not know: {node}")
    return {labels: left[labels] for labels in kept}


def _keys(modifier: str, _: Vector) -> Callable[[Labels], Labels]:
    on = re.search(r"on \(([^)]*)\)", modifier)
    if on is None:
        return lambda labels: labels
    wanted = {name.strip() for name in on[1].split(",")}
    return lambda labels: frozenset(pair for pair in labels if pair[0] in wanted)
