"""The mutants of a module: each is its source with one small fault, made by the operators of mutmut.

mutmut itself puts every mutant of a function beside the function and chooses between them when it is called. What runs
while a module is imported is then out of its sight: a declared procedure, tables, defaults, properties. Here a mutant
is a whole module, to be loaded in the place of the real one, and nothing of the module is left out but what only a
type checker reads (docs/adr/0012-mutation-testing.md).
"""

import ast
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from types import CodeType

import libcst as cst
from libcst.metadata import MetadataWrapper, WhitespaceInclusivePositionProvider
from mutmut.mutation.file_mutation import Mutation, MutationVisitor
from mutmut.mutation.mutators import mutation_operators
from mutmut.mutation.pragma_handling import IgnoredCode

OUTSIDE = "(module)"
"""Where a mutant lies that is in no function and no class."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: where it lies (``Machine.check``), the lines as they were and as they are now, the whole module."""

    place: str
    line: int
    was: str
    now: str
    source: str

    @property
    def name(self) -> tuple[str, str, str]:
        """What tells it from the others: the place and the change, not the line, which moves."""
        return self.place, self.was, self.now


class _Visitor(MutationVisitor):
    """mutmut's, which also enters decorated functions and ``__new__``, and skips what only type checkers read."""

    def __init__(self) -> None:
        super().__init__(mutation_operators, IgnoredCode(set(), set(), set()))

    def _skip_node_and_children(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.FunctionDef):
            return False
        if isinstance(node, cst.AnnAssign):
            return _code(node.annotation.annotation) == "TypeAlias"
        if isinstance(node, cst.Assign) and _code(node.targets[0].target) == "__all__":
            return True  # who imports a name by name asks nothing of the list
        if isinstance(node, cst.Assign) and isinstance(node.value, cst.Call):
            return _code(node.value.func) == "TypeVar"
        return super()._skip_node_and_children(node)


def mutants(source: str) -> Iterator[Mutant]:
    """Yield every mutant of a module that compiles and is not the same program, in the order of the source."""
    wrapper = MetadataWrapper(cst.parse_module(source))
    visitor = _Visitor()
    module = wrapper.visit(visitor)
    spans = wrapper.resolve(WhitespaceInclusivePositionProvider)
    begins = [0, *accumulate(len(line) for line in source.splitlines(keepends=True))]
    places = _places(source)
    same = _compiled(source)
    for mutation in visitor.mutations:
        span = spans[mutation.original_node]
        first, last = (begins[at.line - 1] + at.column for at in (span.start, span.end))
        changed = source[:first] + _in_place(module, mutation, source[first:last]) + source[last:]
        if _compiled(changed) not in (None, same):
            line = span.start.line
            yield Mutant(_place(places, line), line, *_difference(source, changed), changed)


def _in_place(module: cst.Module, mutation: Mutation, text: str) -> str:
    """Return what to put for *text*, the original node; a node alone does not know how deep it stands."""
    node = module.code_for_node(mutation.original_node)
    depth = next(" " * n for n in range(0, 80, 4) if node.replace("\n", "\n" + " " * n) == text)
    return module.code_for_node(mutation.mutated_node).replace("\n", "\n" + depth)


def _compiled(source: str) -> CodeType | None:
    try:
        return compile(source, "<mutant>", "exec", dont_inherit=True)
    except SyntaxError:
        return None


def _places(source: str) -> list[tuple[str, int, int]]:
    """Return each function and class with its first and last line, the inner ones after the outer ones."""
    found: list[tuple[str, int, int]] = []

    def look(body: Sequence[ast.AST], outer: str) -> None:
        for node in body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                name = f"{outer}{node.name}"
                first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
                found.append((name, first, node.end_lineno or first))
                if isinstance(node, ast.ClassDef):
                    look(node.body, f"{name}.")

    look(ast.parse(source).body, "")
    return found


def _place(places: list[tuple[str, int, int]], line: int) -> str:
    inside = [name for name, first, last in places if first <= line <= last]
    return inside[-1] if inside else OUTSIDE


def _difference(before: str, after: str) -> tuple[str, str]:
    """Return the lines that went and the lines that came, without the indentation they share."""
    was, now = before.splitlines(), after.splitlines()
    while was and now and was[0] == now[0]:
        del was[0], now[0]
    while was and now and was[-1] == now[-1]:
        del was[-1], now[-1]
    return textwrap.dedent("\n".join(was)), textwrap.dedent("\n".join(now))


def _code(node: cst.BaseExpression) -> str:
    return cst.Module([]).code_for_node(node)
