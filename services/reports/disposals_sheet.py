"""The papers nobody needs any more as a sheet of paper: each with a box to tick, and room for the day and a name."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.letters import glyphs
from services.letters.typst_source import literal
from services.reports.disposals import lines
from workflows.tongue import Tongue

_PAGE = """
#set page(paper: "a4", margin: (x: 14mm, y: 18mm), footer: align(right, text(8pt, context counter(page).display())))
#set text(font: ("Noto Sans", "Noto Sans JP"), size: 9.5pt)
#set document(title: {title})
#text(15pt, {title})
#v(1mm)
#text(9pt, {told})
#v(3mm)
#table(
  columns: (8mm, 27mm, 1fr, 20mm, 21mm, 21mm, 22mm, 27mm), inset: 5pt, stroke: 0.5pt + luma(120),
  align: horizon,
  table.header({heads}),
{rows}
)
{typed}
#v(6mm)
#grid(columns: (1fr, 1fr), column-gutter: 10mm, {signed}, {checked})
"""
_BOX = "box(width: 4mm, height: 4mm, stroke: 0.6pt)"
_LINE = "stack(spacing: 9mm, {words}, line(length: 100%, stroke: 0.5pt))"
COLUMNS = ("done", "case", "what", "end", "since", "by", "day", "name")


def sheet(found: Sequence[Mapping[str, Any]], made_on: str, tongue: Tongue) -> bytes:
    """Return the list, with the number it has (``list``), as a PDF of A4 sheets; its head comes again on each."""
    import typst  # late: whoever only looks at the list need not load a typesetter

    def say(code: str, **params: object) -> str:
        return str(literal(tongue.tell(f"disposals.sheet.{code}", **params)))

    rows = [
        [
            _BOX, str(literal(one["case"])), str(literal(tongue.noun(f"paper_kind.{one['what']}"))),
            str(literal(tongue.noun(f"papers_end.{one['end']}"))), str(literal(one["since"])), _by(one), "[]", "[]",
        ]
        for one in found
    ]  # fmt: skip
    source = _PAGE.format(
        title=say("title"),
        told=say("told", day=made_on, count=len(found), list=found[0]["list"] if found else ""),
        heads=", ".join(f"text(8pt, {say(f'head_{name}')})" for name in COLUMNS),
        rows="\n".join(f"  {', '.join(row)}," for row in rows),
        typed=_typed(say("typed"), lines(found)) if found else "",
        signed=_LINE.format(words=f"text(9pt, {say('signed')})"),
        checked=_LINE.format(words=f"text(9pt, {say('checked')})"),
    )
    folders = sorted({str(path.parent) for path in glyphs.gothic_fonts()})
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    made = typst.Compiler(input=source.encode(), font_paths=fonts).compile(format="pdf")
    if not isinstance(made, bytes):
        raise TypeError("typst returned no PDF")
    return made


def _typed(words: str, typed: Sequence[str]) -> str:
    """Return what to type when all of it is done."""
    said = "\n".join(f"#block(text(8pt, {literal(one)}))" for one in typed)
    return f"#v(3mm)\n#text(9pt, {words})\n{said}"


def _by(one: Mapping[str, Any]) -> str:
    """Return the last day, heavy where it is over."""
    day = literal(one["by"])
    return f'text(weight: "bold", {day})' if one["overdue"] else str(day)
