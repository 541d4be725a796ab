"""Why a file is no YAML or JSON, in our words: the parsers' own are English, and name what the parser was doing.

What is looked at is the line the parser stopped at and those since what it was reading began: the cause stands there,
and is one of few. `mended` writes what an input method slips in as YAML wants it, where nothing else can be meant.
"""

import re
from collections.abc import Iterator, Mapping
from json import JSONDecodeError
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from yaml.error import MarkedYAMLError


class Trouble(NamedTuple):
    """The code of a sentence, what stands in it, and the line it is about, from 1."""

    code: str
    line: int | None
    params: Mapping[str, object] = MappingProxyType({})


# -- YAML -----------------------------------------------------------------------------------------------------------

_SIGNS: tuple[tuple[str, "re.Pattern[str]"], ...] = (
    ("syntax.tab", re.compile(r" *\t\s*\S")),
    ("syntax.wide_colon", re.compile(r"[\s\u3000]*(?:- )?[A-Za-z_]+\s*：")),
    ("syntax.wide_blank", re.compile(r"[ \t]*[\u3000\xa0]+\S|.*?:[\u3000\xa0]")),
    ("syntax.wide_brackets", re.compile(r".*?[:：\s][｛［]")),
    ("syntax.bullet_beside", re.compile(r"\s*[^\s:]+:\s+- ")),
    ("syntax.bullet", re.compile(r"\s*(?:-[^\s\-]|[・●○■*＊‐−－ー])")),
    ("syntax.sign", re.compile(r".*?[:,\[{\-]\s+(?P<sign>[@`%*&!|>?])")),
    ("syntax.no_blank", re.compile(r"\s*[A-Za-z_]+:[^\s/]")),
    ("syntax.second_colon", re.compile(r"\s*(?:- )?[^\s:\"'{\[]+ *:\s+[^\"'{\[\s][^\"']*?:(?:\s|$)")),
)
_IN_BRACES = re.compile(r"[{\[].*[，、]")
_QUOTE_GOES_ON = re.compile(r"""(?:'[^']*'|"(?:[^"\\]|\\.)*")\s*[^\s,}\]:#'"]""")


def of_yaml(text: str, error: "MarkedYAMLError") -> Trouble:
    """Return why a text is no YAML."""
    lines = text.splitlines()
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Trouble("syntax.yaml", None)
    last = min(mark.line, max(len(lines) - 1, 0))
    first = min(error.context_mark.line if error.context_mark is not None else last, last)
    problem = error.problem or ""
    if cut := _cut(lines, first, last):
        return Trouble("intake.cut_by_a_comment", cut)
    if "quoted scalar" in (error.context or ""):
        escaped = "escape" in problem
        return Trouble("syntax.escape" if escaped else "syntax.open_quote", (last if escaped else first) + 1)
    # Where a colon is missing, the parser stops at the line after.
    back = "could not find expected" in problem
    for number in range(first, last + 1) if back else dict.fromkeys((last, *range(first, last))):
        if number < len(lines) and (found := _seen(lines[number], number + 1)) is not None:
            return found
    if "expected ',' or" in problem:
        return _in_flow(lines, first, last)
    if "could not find expected ':'" in problem:
        return Trouble("syntax.no_pair", first + 1)
    misplaced = "mapping values" in problem or "block mapping" in (error.context or "")
    return Trouble("syntax.indent" if misplaced else "syntax.yaml", last + 1)


def _seen(line: str, number: int) -> Trouble | None:
    for code, pattern in _SIGNS:
        if found := pattern.match(line):
            return Trouble(code, number, found.groupdict())
    return None


def _in_flow(lines: list[str], first: int, last: int) -> Trouble:
    """Say what is wrong inside of braces or brackets."""
    for number in range(first, last + 1):
        if _IN_BRACES.search(lines[number]):
            return Trouble("syntax.wide_comma", number + 1)
        if _QUOTE_GOES_ON.search(lines[number]):
            return Trouble("syntax.quote_inside", number + 1)
    return Trouble("syntax.open_bracket", first + 1)


def _cut(lines: list[str], first: int, last: int) -> int:
    """Return the line on which a comment dropped the end of what stands in braces; 0 where none did."""
    for number, line in enumerate(lines[first : last + 1], first + 1):
        before, sign, _ = line.partition(" #")
        if sign and (before.count("{") > before.count("}") or before.count("[") > before.count("]")):
            return number
    return 0


_LINE = re.compile(r"^(?P<in>[ \t\u3000\xa0]*)(?P<bullet>- +)?(?P<key>[A-Za-z_]+)[ \u3000]*[:：](?!//)(?P<value>.*)$")
_INDENTS = str.maketrans({"\u3000": "  ", "\t": "  ", "\xa0": " "})


def mended(text: str) -> str:
    """Return a text with YAML's own signs for what an input method writes: ： and full-width blanks, tabs, no blank.

    Lines stay lines. Only for a text that cannot be read as it is: in a longer value such a sign may stand for itself.
    """
    return "\n".join(map(_mended_line, text.splitlines()))


def _mended_line(line: str) -> str:
    found = _LINE.match(line)
    if found is None:
        blanks = len(line) - len(line.lstrip(" \t\u3000\xa0"))
        return line[:blanks].translate(_INDENTS) + line[blanks:]
    value = found["value"].strip(" \t\u3000\xa0")
    return f"{found['in'].translate(_INDENTS)}{found['bullet'] or ''}{found['key']}: {value}".rstrip()


# -- JSON -----------------------------------------------------------------------------------------------------------

_WORDS = frozenset({"None", "True", "False", "TRUE", "FALSE", "NULL", "Null", "undefined", "NaN", "nil"})
_WORD = re.compile(r"[^\W\d]\w*")
_CONSTANT = re.compile(r"[:,\[]\s*(-?Infinity|NaN)")


def of_json(text: str, error: JSONDecodeError) -> Trouble:
    """Return why a text is no JSON."""
    rest = text[error.pos :].lstrip()
    if not text.strip():
        return Trouble("intake.empty_file", None)
    return Trouble(*next(_causes(text[: error.pos].rstrip()[-1:], rest, error)))


def _causes(before: str, rest: str, error: JSONDecodeError) -> Iterator[tuple[str, int | None, dict[str, object]]]:
    """Yield what may be the cause, the likeliest first."""
    line, sign = error.lineno, rest[:1]
    if error.msg.startswith("Unterminated"):
        yield "syntax.open_quote", line, {}
    if "escape" in error.msg:
        yield "syntax.json_escape", line, {}
    if error.msg.startswith("Extra data"):
        yield "syntax.json_extra", line, {}
    if not rest:
        yield "syntax.json_cut", line, {}
    if "trailing comma" in error.msg or (before == "," and sign in "}]"):
        yield "syntax.json_trailing_comma", line, {}
    if sign in "'“”„‘’「＂":
        yield "syntax.json_quotes", line, {"sign": sign}
    if rest.startswith(("//", "/*", "#")):
        yield "syntax.json_comment", line, {}
    if sign in "，：｛｝［］、":
        yield "syntax.json_wide", line, {"sign": sign}
    if word := _WORD.match(rest):
        yield ("syntax.json_word" if word[0] in _WORDS else "syntax.json_unquoted"), line, {"word": word[0][:20]}
    if "delimiter" in error.msg:
        yield ("syntax.json_comma" if "','" in error.msg else "syntax.json_colon"), line, {}
    yield "syntax.json", line, {}


def of_constant(text: str, word: str) -> Trouble:
    """Return what is said of a number that JSON does not have: NaN, Infinity."""
    found = _CONSTANT.search(text)
    line = text.count("\n", 0, found.start(1)) + 1 if found else None
    return Trouble("syntax.json_word", line, {"word": word})
