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
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cache
from threading import local
from typing import TYPE_CHECKING

from services.engine.trouble import Poison
from services.letters import glyphs, qr, stationery, typst_source
from services.letters.glyphs import printable
from workflows import law
from workflows.engine.numbers import parse_code, print_code
from workflows.engine.values import Language
from workflows.law.values import OutcomeName, RepresentativeKind
from workflows.request.values import Answer, FormName, LetterContent, LetterKind

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


def typeset(content: LetterContent) -> Typeset:
    """Return the letter for *content* as PDF/A-2b.

    Raises ``UnprintableText`` where a text has a character no font carries, ``TypesettingFailed`` for anything else.
    """
    formal = _refuse_unprintable(content)
    values = _values(content, formal=formal)
    pdf = _likely(content, values) or _thorough(content, values)
    return Typeset(pdf, pages_of(pdf), hashlib.sha256(pdf).hexdigest())


# What the codes of the last letter of this shape said, without number, case and form code: a letter of the same kind
# and forms nearly always has the same pages. A guess only ever saves time; the bytes do not depend on it.
_Shape = tuple[LetterKind, Language, tuple[FormName, ...], bool]
_last: dict[_Shape, tuple[str, ...]] = {}


def _shape(content: LetterContent) -> _Shape:
    return content.kind, content.language, _forms(content), content.draft


def _likely(content: LetterContent, values: Mapping[str, object]) -> bytes | None:
    """Return the letter with the codes its like had last; None where there was none or a code says something else."""
    tails = _last.get(_shape(content))
    if tails is None:
        return None
    try:
        return _compile(_source(content, values, _pictures(_head(content, tail) for tail in tails)), content.dated)
    except _CodeMissing:
        return None


def _thorough(content: LetterContent, values: Mapping[str, object]) -> bytes:
    """Return the letter in two passes: the first finds out what each code must say, the second prints them.

    Codes say which page they stand on, and how many pages there are is known only once the letter is laid out. Empty
    squares hold their places meanwhile.
    """
    says = _codes(_source(content, values, None))
    pdf = _compile(_source(content, values, _pictures(says)), content.dated)
    _last[_shape(content)] = tuple(_tail(text) for text in says)
    return pdf


def _pictures(says: Iterable[str]) -> dict[str, str]:
    return {text: qr.picture(text) for text in says}


def _tail(says: str) -> str:
    """Return what a code says of its page, without what names the letter: ``- 1/2`` or ``halt 2/2``."""
    return says.split(maxsplit=3)[3]


def _head(content: LetterContent, tail: str) -> str:
    """Return the whole text of a code of that letter, as templates/shared/layout.typ (code-text) spells it."""
    code = content.number if tail.startswith("-") else _form_code(content)
    return f"MG1 {content.case} {code} {tail}"


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
    return f"写し {copy} / COPY {copy}" if copy > 1 else None


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
    language, regime = content.language, law.regime(content.regime)
    plain_code = _form_code(content)
    forms = _forms(content)
    kind = content.representative_kind
    return {
        "content": content,
        "number": _draft_word(language) if content.draft else content.number,
        "code_plain": plain_code,
        "code_written": print_code(plain_code),
        "organisation": stationery.card(content.organisation, language),
        "address": stationery.window(content.addressee, language),
        "formal": formal,
        "forms": forms,
        "pack": tuple(form for form in forms if form is not FormName.PROXY),
        "papers": stationery.papers(regime, content.dated, language),
        "proofs": stationery.proofs(regime, kind, content.dated, language) if kind else [],
        "answers": [_told(answer, content) for answer in content.answers],
        "complaint": regime.complaint[language],
        "court": regime.court[language],
        "law": regime.law[language],
        "regulator": regime.regulator[language],
        "copy_mark": copy_mark(content.copy) or "",
    }


def _told(answer: Answer, content: LetterContent) -> dict[str, object]:
    """Return one answer as the letter tells it, its articles worded.

    A record that the law excludes reads exactly as one that is not held (APPI 33(5), Order 11): any difference would
    tell what must not be told. So for both neither ground nor wording of the ground is printed, only the fixed
    sentence of the template.
    """
    if answer.ground == "record_excluded" or answer.outcome is OutcomeName.NOT_HELD:
        answer = replace(answer, outcome=OutcomeName.NOT_HELD, ground=None, ground_article=None, ground_words=None)
    language, regime = content.language, content.regime
    return {
        "told": answer,
        "short": _surely_short(answer),
        "article": stationery.law(answer.article, regime, language),
        "ground_article": stationery.law(answer.ground_article, regime, language) if answer.ground_article else None,
    }


def _surely_short(answer: Answer) -> bool:
    """Tell whether an answer is lower than the 100 mm up to which it is kept on one page, whatever its letters' widths.

    A high estimate in millimetres: measuring it exactly costs typst a second layout (a third of a letter's time).
    """

    def lines(text: str | None, wide: int = 25) -> float:
        return 3.5 + 5.5 * (len(text) // wide + len(text.splitlines())) if text else 0

    told = (answer.ground_words, answer.explanation, answer.measure, answer.changed, answer.method)
    high = 50 + sum(lines(text) for text in told) + lines("".join(answer.passed_to))
    high += sum(12 + lines(purpose) for purpose in answer.purposes)
    for row in answer.corrections:
        high += 20 + sum(lines(text, 8) for text in (row.item, row.wrong, row.right, row.done))
    return high <= 100


def _forms(content: LetterContent) -> tuple[FormName, ...]:
    """Return the forms that go with the letter, each once; an agent never goes without the proxy statement."""
    forms = list(dict.fromkeys(content.forms))
    agent = content.representative_kind is RepresentativeKind.AGENT
    if content.kind == LetterKind.REQUEST_FORMS and agent and FormName.PROXY not in forms:
        forms.append(FormName.PROXY)
    return tuple(sorted(forms, key=list(FormName).index))


def _form_code(content: LetterContent) -> str:
    """Return the form code without hyphens; an empty text where the letter carries none."""
    if content.code is None:
        if _forms(content) and not content.draft:
            raise TypesettingFailed(f"letter {content.number} encloses forms but has no form code; order it with one")
        return ""
    code = parse_code(content.code)
    if code is None:
        raise TypesettingFailed(f"the form code of letter {content.number} fails its own check; issue a new one")
    return code


def _draft_word(language: Language) -> str:
    return "下書き" if language is Language.JA else "DRAFT"


def source(content: LetterContent) -> Sources:
    """Return the typst sources of a letter without its codes: what a bare compile of it takes."""
    return _source(content, _values(content, formal=_refuse_unprintable(content)), None)


def _source(content: LetterContent, values: Mapping[str, object], pictures: Mapping[str, str] | None) -> Sources:
    """Return the sources; without *pictures* empty squares stand for the codes, with them every code must be there."""
    template = f"request/{content.language}/{content.kind}.typ.j2"
    return typst_source.render(template, {**values, "pictures": pictures}, content.language)


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
    return typst.Compiler(input=sources, root=str(typst_source.TEMPLATES), font_paths=fonts())  # type: ignore[type-var]


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
