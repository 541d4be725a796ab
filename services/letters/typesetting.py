"""Letters and forms as PDF/A: a template of words (Jinja2) becomes a source, the source a PDF (typst).

The same content gives the same bytes, for ever on the same release: no clock, no random identifier, fonts from wheels
and none of the system's. Names and addresses enter the source as string literals and as nothing else
(``services.letters.typst_source``).

Typst must never be loaded in a process that forks afterwards: its threads do not survive, and every child hangs. It is
imported when the first letter is set, so workers that only move cases never load it.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from threading import local
from typing import TYPE_CHECKING

from services.engine.trouble import Poison
from services.letters import declared, glyphs, qr, stationery, typst_source
from services.letters.glyphs import printable
from workflows.engine.values import Language
from workflows.letters import LetterContent, UnfitContent
from workflows.words import tell

if TYPE_CHECKING:
    import typst

__all__ = ["Typeset", "TypesettingFailed", "UnprintableText", "copy_mark", "merge", "printable", "typeset"]

# Sources of typst by their paths; "main.typ" is compiled, and what it imports lies here or in the folder of templates.
Sources = Mapping[str, bytes]

_OURS = "madoguchi: "
_MISSING = "no picture of a code"
_NO_GLYPH = re.compile(r"the text `\"(.*)\"` could not be displayed", re.DOTALL)


class TypesettingFailed(Exception):
    """The letter could not be made; the message says why and is free of personal data."""


class _CodeMissing(TypesettingFailed):
    """A code says something else than was guessed."""


class UnprintableText(TypesettingFailed, Poison):
    """A text has characters that no font of ours carries; ``field`` is where, ``characters`` are which."""

    def __init__(self, field: str, characters: Sequence[str]) -> None:
        self.field = field
        self.characters = tuple(characters)
        listed = ", ".join(glyphs.named(character) for character in characters)
        verb = "is" if len(self.characters) == 1 else "are"
        super().__init__(f"{field}: {listed} {verb} in no font we carry; write it with other characters")


@dataclass(frozen=True, slots=True)
class Typeset:
    """A finished letter."""

    pdf: bytes
    pages: int
    sha256: str


def typeset(content: LetterContent, files: Sources | None = None) -> Typeset:
    """Return the letter for *content* as PDF/A-2b; *files* are what is printed behind it, by name (`content.files`).

    Raises ``UnprintableText`` where a text has a character no font carries, ``TypesettingFailed`` for anything else.
    """
    formal = _refuse_unprintable(content)
    values = _values(content, formal=formal)
    # What is printed behind a letter is as long as it is: nothing tells what the codes of the last one say of it.
    pdf = _thorough(content, values, files) if files else _likely(content, values) or _thorough(content, values)
    return Typeset(pdf, pages_of(pdf), hashlib.sha256(pdf).hexdigest())


def typeset_page(template: str, values: Mapping[str, object], language: Language, dated: date) -> Typeset:
    """Return a page that is no letter and bears no code, as PDF/A-2b; *values* are what its template names.

    Raises ``UnprintableText`` and ``TypesettingFailed`` as `typeset` does.
    """
    pdf = _compile(typst_source.render_page(template, values, language), dated)
    return Typeset(pdf, pages_of(pdf), hashlib.sha256(pdf).hexdigest())


def typeset_blank(template: str, content: LetterContent) -> Typeset:
    """Return what goes with a letter that nobody is sent, by a template of its own: without number, window and codes.

    Raises ``UnprintableText`` and ``TypesettingFailed`` as `typeset` does.
    """
    values = _values(content, formal=_refuse_unprintable(content))
    return typeset_page(template, {**values, "pictures": {}}, content.language, content.dated)


# What the codes of the last letter of this shape said, without number, case and form code: a letter of the same kind
# and enclosures nearly always has the same pages. A guess only ever saves time; the bytes do not depend on it.
_Shape = tuple[str, Language, tuple[str, ...], bool]
_last: dict[_Shape, tuple[str, ...]] = {}


def _shape(content: LetterContent) -> _Shape:
    return content.kind, content.language, content.enclosures(), content.draft


def _likely(content: LetterContent, values: Mapping[str, object]) -> bytes | None:
    """Return the letter with the codes its like had last; None where there was none or a code says something else."""
    tails = _last.get(_shape(content))
    if tails is None:
        return None
    try:
        return _compile(_source(content, values, _pictures(_head(content, tail) for tail in tails)), content.dated)
    except _CodeMissing:
        return None


def _thorough(content: LetterContent, values: Mapping[str, object], files: Sources | None = None) -> bytes:
    """Return the letter in two passes: the first finds out what each code must say, the second prints them.

    Codes say which page they stand on, and how many pages there are is known only once the letter is laid out. Empty
    squares hold their places meanwhile.
    """
    behind = files or {}
    says = _codes({**_source(content, values, None), **behind})
    pdf = _compile({**_source(content, values, _pictures(says)), **behind}, content.dated)
    if not behind:
        _last[_shape(content)] = tuple(_tail(text) for text in says)
    return pdf


def _pictures(says: Iterable[str]) -> dict[str, str]:
    return {text: qr.picture(text) for text in says}


def _tail(says: str) -> str:
    """Return what a code says of its page, without what names the letter: ``- 1/2`` or ``halt 2/2``."""
    return says.split(maxsplit=3)[3]


def _head(content: LetterContent, tail: str) -> str:
    """Return the whole text of a code of that letter, as templates/shared/layout.typ (code-text) spells it."""
    return f"MG1 {content.case} {content.in_codes_of(tail.split(maxsplit=1)[0])} {tail}"


def merge(pdfs: Sequence[bytes]) -> bytes:
    """Return one PDF with the pages of all, in their order: a batch for the printer.

    The merged file is a convenience and never what is hashed or kept; it makes no claim to be PDF/A.
    """
    from io import BytesIO

    import pypdfium2

    with pypdfium2.PdfDocument.new() as batch:
        for pdf in pdfs:
            with pypdfium2.PdfDocument(pdf) as single:
                batch.import_pages(single)
        out = BytesIO()
        batch.save(out)
    return out.getvalue()


def copy_mark(copy: int) -> str | None:
    """Return what stands on each page of the *copy*-th print of a letter; nothing on the original (1)."""
    return " / ".join(tell("letters.copy", language, copy=copy) for language in Language) if copy > 1 else None


def _refuse_unprintable(content: LetterContent) -> bool:
    """Raise for the first text that cannot be printed; return whether the font of the body carries all of them."""
    texts = stationery.texts(content)
    whole = "\n".join(texts.values())  # looked at as one; only where something is missing, where it stands
    if printable(whole):
        for field, text in texts.items():
            if missing := printable(text):
                raise UnprintableText(field, missing)
    return glyphs.fits_mincho(whole)


def _values(content: LetterContent, *, formal: bool) -> dict[str, object]:
    """Return what the templates may name, all of it derived from the content and from dated data alone."""
    language = content.language
    try:
        own = content.named_for_templates()
    except UnfitContent as unfit:
        raise TypesettingFailed(str(unfit)) from None
    return {
        **own,
        "content": content,
        "number": _draft_word(language) if content.draft else content.number,
        "organisation": stationery.card(content.organisation, language),
        "address": stationery.window(content.addressee, language, content.organisation.country),
        "we": content.organisation.we,
        "formal": formal,
        "copy_mark": copy_mark(content.copy) or "",
    }


def _draft_word(language: Language) -> str:
    return tell("letters.draft", language)


def source(content: LetterContent) -> Sources:
    """Return the typst sources of a letter without its codes: what a bare compile of it takes."""
    return _source(content, _values(content, formal=_refuse_unprintable(content)), None)


def _source(content: LetterContent, values: Mapping[str, object], pictures: Mapping[str, str] | None) -> Sources:
    """Return the sources; without *pictures* empty squares stand for the codes, with them every code must be there."""
    return typst_source.render(declared.kind(content.kind), {**values, "pictures": pictures}, content.language)


@cache
def fonts() -> "typst.Fonts":
    """Return our fonts and none of the system's, read once in a process."""
    import typst

    paths = (*glyphs.gothic_fonts(), glyphs.mincho_font())
    # Folders, not files: typst finds no font where it is given a file.
    folders = sorted({str(path.parent) for path in paths})
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def _compiler(sources: Sources | None = None) -> "typst.Compiler":
    import typst

    # The stub of typst knows no dictionary of sources.
    return typst.Compiler(input=sources, root=str(declared.TEMPLATES), font_paths=fonts())  # type: ignore[type-var]


_mine = local()


def _kept() -> "typst.Compiler":
    """Return the compiler of this thread: one that is kept has read the templates already, and cannot be shared."""
    if not hasattr(_mine, "compiler"):
        _mine.compiler = _compiler()
    kept: typst.Compiler = _mine.compiler
    return kept


def _codes(sources: Sources) -> list[str]:
    """Return what each code of the letter says, from a first layout."""
    try:
        found = json.loads(_compiler(sources).query("<code>", field="value", format="json"))
    except RuntimeError as error:  # a query raises this, not the TypstError made from it
        raise _failure(str(error)) from None
    return list(dict.fromkeys(str(says) for says in found))


def _compile(sources: Sources, dated: date) -> bytes:
    """Return the PDF, dated at the start of the letter's own day in UTC: with a clock each run would differ."""
    import typst

    moment = int(datetime.combine(dated, time(), UTC).timestamp())
    try:
        pdf = _kept().compile(
            input=sources,  # type: ignore[type-var]
            format="pdf",
            pdf_standards=["a-2b"],
            timestamp=moment,
        )
    except typst.TypstError as error:
        raise _failure(error.message) from None
    if not isinstance(pdf, bytes):
        raise TypesettingFailed("typst returned no PDF")
    return pdf


def _failure(complaint: str) -> TypesettingFailed:
    """Return our error for one of typst's. Only a missing glyph makes typst repeat a text of the letter."""
    if missing := _NO_GLYPH.search(complaint):
        return UnprintableText("the letter", [missing[1]])
    _, ours, message = complaint.partition(_OURS)
    if message.startswith(_MISSING):
        return _CodeMissing(message)
    return TypesettingFailed(message if ours else f"typst refused the template: {complaint}")


def pages_of(pdf: bytes) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)
