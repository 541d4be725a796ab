"""From a template of words to typst source: nothing a stranger wrote is ever read as markup.

Three walls: every value a template puts out becomes a string literal unless a filter of ours made it source; inside the
literal every sign that means something to typst is written as a code point, which is harmless in a string and in
running text alike, should a template use the wrong filter; and an undefined name is an error.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from services.letters import glyphs, stationery
from workflows.engine.values import Language
from workflows.request.values import LetterKind

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.runtime import Context

TEMPLATES = Path(__file__).parent.parent.parent / "templates"

# An unbroken run this long may not fit between the margins. Breaks are then allowed inside it, without a hyphen: what
# was written is what stands there. Japanese breaks anywhere except beside these signs, of which a run could be typed.
_LONG_WORD = re.compile(r"[^\s\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U000e01ef]{24,}")
_STUCK_SIGNS = re.compile(
    "[、。，．・：；？！ー々ゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ「」『』（）［］｛｝〈〉《》【】〔〕…‥―]{12,}"
)
_BREAK = "\u200b"
_SIGN = re.compile(r"[\x00-\x1f!-/:-@\[-`{-~\x7f]")
_WORD = re.compile(r"[a-z][a-z0-9_-]*")


class Source(str):
    """Text that is typst source already; everything else a template puts out becomes a string literal."""

    __slots__ = ()


# Where a rendered letter is cut in two: what it holds, and how it is printed. No text of a letter can hold this line,
# because in a literal each of its signs is a code point.
_CUT = Source("// ---- cut here ----")


def render(template: str, values: Mapping[str, object], language: Language) -> dict[str, bytes]:
    """Return the sources of a letter by their paths. *template* is a path inside the folder of templates."""
    data, _, printed = _environment().get_template(template).render(values, lang=language, cut=_CUT).partition(_CUT)
    return {"main.typ": printed.encode(), "letter.typ": data.encode()}


def letters_without_words() -> list[tuple[LetterKind, Language]]:
    """Return the kinds of letters that lack their template in a language."""
    there = {path.relative_to(TEMPLATES / "request") for path in (TEMPLATES / "request").glob("*/*.typ.j2")}
    return [(kind, lang) for lang in Language for kind in LetterKind if Path(lang) / f"{kind}.typ.j2" not in there]


def literal(text: str) -> Source:
    """Return *text* as a typst string literal: whatever it holds, it is printed and not obeyed."""
    return Source('"' + _SIGN.sub(lambda sign: f"\\u{{{ord(sign[0]):x}}}", breakable(text)) + '"')


def breakable(text: str) -> str:
    """Return *text* as it is set: nothing invisible, and breaks allowed inside what no line may hold."""
    return _STUCK_SIGNS.sub(_breakable, _LONG_WORD.sub(_breakable, glyphs.plain(text)))


def _breakable(found: re.Match[str]) -> str:
    return _BREAK.join(found[0])


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


def _papers(lines: Sequence[stationery.PaperLine]) -> Source:
    return Source(
        "("
        + "".join(
            f"(name: {literal(line.name)}, photograph: {_flag(line.photograph)}, notes: {_codes(line.notes)}), "
            for line in lines
        )
        + ")"
    )


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
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
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
        return stationery.day(value, context["lang"])

    filters: dict[str, Any] = {
        "code": literal, "codes": _codes, "day": day, "flag": _flag, "maybe": _maybe, "number": _number,
        "papers": _papers, "pictures": _pictures, "word": _word,
    }  # fmt: skip
    environment.filters.update(filters)
    return environment
