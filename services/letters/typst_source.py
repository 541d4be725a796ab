"""From a template of words to typst source: nothing a stranger wrote is ever read as markup.

Three walls: every value a template puts out becomes a string literal unless a filter of ours made it source; inside the
literal every sign that means something to typst is written as a code point, which is harmless in a string and in
running text alike, should a template use the wrong filter; and an undefined name is an error.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from services.letters import glyphs, stationery
from services.letters.declared import TEMPLATES, Kind
from workflows.engine.values import Language

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.runtime import Context

_SIGN = re.compile(r"[\x00-\x1f!-/:-@\[-`{-~\x7f]")
_WORD = re.compile(r"[a-z][a-z0-9_-]*")


class Source(str):
    """Text that is typst source already; everything else a template puts out becomes a string literal."""

    __slots__ = ()


# Where a rendered letter is cut in two: what it holds, and how it is printed. No text of a letter can hold this line,
# because in a literal each of its signs is a code point.
_CUT = Source("// ---- cut here ----")


def render(kind: Kind, values: Mapping[str, object], language: Language) -> dict[str, bytes]:
    """Return the sources of a letter by their paths, with what its procedure keeps outside our own folder."""
    template = _environment(kind.procedure, kind.folder).get_template(kind.template(language))
    data, _, printed = template.render(values, lang=language, cut=_CUT).partition(_CUT)
    return {"main.typ": printed.encode(), "letter.typ": data.encode(), **_brought(kind.procedure, kind.folder)}


def render_page(template: str, values: Mapping[str, object], language: Language) -> dict[str, bytes]:
    """Return the source of a page that is no letter: a template below our own folder, under the same walls."""
    page = _environment("", TEMPLATES).get_template(template)
    data, cut, printed = page.render(values, lang=language, cut=_CUT).partition(_CUT)
    return {"main.typ": printed.encode(), "letter.typ": data.encode()} if cut else {"main.typ": data.encode()}


@cache
def _brought(procedure: str, folder: Path) -> dict[str, bytes]:
    """Return the sources a procedure brings along: the typesetter sees no folder but `TEMPLATES`."""
    if folder.is_relative_to(TEMPLATES):
        return {}
    return {f"{procedure}/{path.relative_to(folder)}": path.read_bytes() for path in sorted(folder.rglob("*.typ"))}


def literal(text: str) -> Source:
    """Return *text* as a typst string literal: whatever it holds, it is printed and not obeyed."""
    return Source('"' + _SIGN.sub(lambda sign: f"\\u{{{ord(sign[0]):x}}}", glyphs.breakable(text)) + '"')


def finalize(value: object) -> str:
    """Return what a template puts out in running text: source as it is, text as a literal; nothing else is let in.

    The semicolon ends the expression, so that a bracket or a dot after it is text again.
    """
    if isinstance(value, Source):
        return value
    if isinstance(value, str):
        return f"#{literal(value)};"
    raise TypeError(f"a template put out {type(value).__name__}; give it a filter (number, flag, day, codes)")


def _number(value: object) -> Source:
    return Source(str(int(str(value))))


def _flag(value: object) -> Source:
    return Source("true" if value else "false")


def _word(value: object) -> Source:
    """Let a word of ours stand in the source as it is: the name of an enumeration's member, part of a path."""
    if not _WORD.fullmatch(str(value)):
        raise ValueError(f"{value!r} is no word of ours and cannot stand in a template's source")
    return Source(str(value))


def _codes(values: Sequence[str]) -> Source:
    return Source("(" + "".join(f"{literal(value)}, " for value in values) + ")")


def _maybe(value: str | None) -> Source:
    return Source("none") if value is None else literal(value)


def _rows(values: Sequence[object]) -> Source:
    """Return dataclasses of texts, yes-or-no and lists of texts as an array of dictionaries by the fields' names."""
    return Source("(" + "".join(f"{_row(value)}, " for value in values) + ")")


def _row(value: object) -> Source:
    if not is_dataclass(value):
        raise TypeError(f"{type(value).__name__} is no row; give the filter dataclasses")
    cells = ((field.name, getattr(value, field.name)) for field in fields(value))
    return Source("(" + "".join(f"{name}: {_cell(cell)}, " for name, cell in cells) + ")")


def _cell(value: object) -> Source:
    if isinstance(value, bool):
        return _flag(value)
    return literal(value) if isinstance(value, str) else _codes(value)  # type: ignore[arg-type] # refused there


def _lines(values: Sequence[Any], language: Language) -> Source:
    """Return sentences as running text: each has a ``text``, may be ``strong``, and may begin a paragraph."""
    joint = "" if language is Language.JA else " "
    shown = ""
    for each in values:
        printed = f"#strong-text({literal(each.text)});" if each.strong else f"#{literal(each.text)};"
        shown += ("\n\n" if each.starts else joint) + printed if shown else printed
    return Source(shown)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _pictures(values: Mapping[str, str] | None) -> Source:
    """Return our own drawings (never anybody's text) as a dictionary of strings; none where they are not known yet."""
    if values is None:
        return Source("none")
    if not values:
        return Source("(:)")  # () would be an empty array
    return Source("(" + "".join(f"{_quoted(key)}: {_quoted(drawing)}, " for key, drawing in values.items()) + ")")


@cache
def _environment(procedure: str, folder: Path) -> "Environment":
    """Return what finds the templates of a procedure under its name, and those that all share."""
    from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined, pass_context

    environment = Environment(
        loader=ChoiceLoader([PrefixLoader({procedure: FileSystemLoader(folder)}), FileSystemLoader(TEMPLATES)]),
        undefined=StrictUndefined,
        # Not HTML: the escaping is `finalize`, which knows typst.
        autoescape=False,  # noqa: S701
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )

    @pass_context
    def day(context: "Context", value: date) -> str:
        return stationery.day(value, context["lang"], context["content"].organisation.years)

    @pass_context
    def lines(context: "Context", values: Sequence[Any]) -> Source:
        return _lines(values, context["lang"])

    filters: dict[str, Any] = {
        "code": literal, "codes": _codes, "day": day, "flag": _flag, "lines": lines, "maybe": _maybe,
        "number": _number, "pictures": _pictures, "rows": _rows, "word": _word,
    }  # fmt: skip
    environment.filters.update(filters)
    return environment
