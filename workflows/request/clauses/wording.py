"""Clauses in words: sentences in one language, put together into the parts of a letter or of a published sheet."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from workflows.engine.values import Language
from workflows.office.said import Said
from workflows.request.clauses.values import Both, Either, Noun, Or, Running, Sentence, Together
from workflows.words import noun, tell

Day = Callable[[date], str]
"""How a day is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One sentence as it is printed; ``strong``: it stands out; ``starts``: it begins a paragraph."""

    text: str
    strong: bool = False
    starts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a sheet: its name, its heading, its running sentences, then a list."""

    name: str
    heading: str = ""
    lines: tuple[Line, ...] = ()
    items: tuple[str, ...] = ()


OWN = "said.own"
"""Sentences of the office's own: one may have been written without its full stop, and others come after it."""
WITH_STOP = {"said_proof.why"}
"""Sentences that put a full stop after what an office wrote, which may have its own."""
_STOPS = {Language.JA: "。", Language.EN: "."}


def _ended(text: str, language: Language) -> str:
    """Return a sentence with its full stop."""
    return text if not text or text[-1] in "。．.！!？?）)：:" else text + _STOPS[language]


_JOINTS = {
    Either: {Language.JA: "、または", Language.EN: ", or "},
    Together: {Language.JA: "と", Language.EN: " and "},
    Running: {Language.JA: "", Language.EN: " "},
}


@dataclass(frozen=True, slots=True)
class Wording:
    """One language, and how it writes days."""

    language: Language
    day: Day

    def line(self, sentence: Sentence) -> Line:
        """Return a sentence in words."""
        return Line(text=self.text(sentence), strong=sentence.strong, starts=sentence.starts)

    def lines(self, sentences: Iterable[Sentence]) -> tuple[Line, ...]:
        """Return sentences in words, doubles left out."""
        return tuple(dict.fromkeys(map(self.line, sentences)))

    def text(self, sentence: Sentence) -> str:
        """Return the text of a sentence."""
        params = {name: self._value(value) for name, value in sentence.params.items()}
        if sentence.code == OWN:
            params = {name: _ended(str(value), self.language) for name, value in params.items()}
        if sentence.code in WITH_STOP:
            params = {name: str(value).rstrip("。.") for name, value in params.items()}
        return tell(sentence.code, self.language, **params)

    def texts(self, sentences: Iterable[Sentence]) -> tuple[str, ...]:
        """Return the texts of sentences, doubles left out."""
        return tuple(dict.fromkeys(map(self.text, sentences)))

    def items(self, sentences: Iterable[Sentence]) -> tuple[str, ...]:
        """Return the texts of what stands in a list, each with a capital letter."""
        return tuple(text[:1].upper() + text[1:] for text in self.texts(sentences))

    def _value(self, value: object) -> object:
        if isinstance(value, Both) and self.language is Language.EN:
            return f"{noun(value, Language.EN)} ({noun(value, Language.JA)})"
        if isinstance(value, Noun):
            return noun(value, self.language)
        if isinstance(value, Sentence):
            return self.text(value)
        if isinstance(value, Said):
            return value[self.language]
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, Or):
            return self._one_of([str(self._value(item)) for item in value])
        if isinstance(value, Either | Together | Running):
            return _JOINTS[type(value)][self.language].join(str(self._value(item)) for item in value)
        if isinstance(value, (list, tuple)):
            return self._joined([str(self._value(item)) for item in value])
        return value

    def _one_of(self, words: list[str]) -> str:
        """Return words of which one will do: a、bまたはc; a, b or c."""
        comma, last = ("、", "または") if self.language is Language.JA else (", ", " or ")
        return last.join([*([comma.join(words[:-1])] if len(words) > 1 else []), *words[-1:]])

    def _joined(self, words: list[str]) -> str:
        """Return words joined as a sentence does: a、b; a, b and c."""
        if self.language is Language.JA or len(words) < 2:
            return "、".join(words)
        return f"{', '.join(words[:-1])} and {words[-1]}"
