"""YAML and JSON as people write them: read without executing anything, bounded, every key once, with line numbers.

YAML is taken event by event, so that nothing nests or repeats itself beyond its bounds, and only as far as a form needs
it: mappings, lists and scalars. Numbers stay text, because a postcode or a telephone number may begin with a nought and
YAML 1.1 would read it as octal; days become days, true and false become those, null and empty mean absent.
"""

import json
import re
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from services.intake import syntax
from services.intake.encodings import decoded
from services.intake.faults import BadInput, Fault, quoted
from services.intake.text import name_of
from services.office import caller
from workflows.tongue import Tongue
from workflows.words import tell

if TYPE_CHECKING:
    from yaml.events import Event, ScalarEvent

MOST_BYTES = 1_000_000
MOST_DEPTH = 12
# Null is a name: where it is none, whoever reads the field takes it for nothing.
_NULL = frozenset({"", "~", "null", "NULL"})
# One blank before #, or a number after it: flat # 5. Comments stand apart, by two blanks or more.
_CUT = re.compile(r"(?: |\s+(?=#\s?[0-9０-９]))#")
# An input method's signs for YAML's own make part of a key of what stands before and behind it.
_SLIPPED = re.compile("^[\u3000\xa0\u200b\ufeff]|：")
# True may be somebody's name: whoever reads a field of yes or no knows it as text too.
_FLAGS = {"true": True, "false": False}
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[-+][0-9]{2}:[0-9]{2})?"
)


class FileData(dict[str, Any]):
    """What a file holds, and ``lines``: at which line of it each field stands.

    ``cut`` are the fields of which YAML may have dropped a part as a comment.
    """

    def __init__(self, data: Mapping[str, Any], lines: Mapping[str, int], cut: Collection[str] = ()) -> None:
        """Keep all three."""
        super().__init__(data)
        self.lines = lines
        self.cut = cut


def load_file(source: str | Path, stdin: BinaryIO | None = None, *, language: str = "en") -> FileData:
    """Return the mapping in a YAML or JSON file, or on *stdin* where *source* is ``-``. Raises BadInput."""
    content = _bytes(source, stdin, language)
    if len(content) > MOST_BYTES:
        raise _bad("intake.too_big", language, most=f"{MOST_BYTES:,}")
    text = decoded(content, language).removeprefix("\ufeff")
    return _from_json(text, language) if _is_json(text, str(source)) else _from_yaml(text, language)


def _bytes(source: str | Path, stdin: BinaryIO | None, language: str) -> bytes:
    """Return the content, but no more than a byte beyond what is allowed."""
    try:
        if str(source) == "-":
            return (stdin or sys.stdin.buffer).read(MOST_BYTES + 1)
        with caller.reading(source) as handle, open(handle, "rb", closefd=False) as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise _bad("intake.unreadable", language, name=quoted(source), why=Tongue(language).why(error)) from error


def _told(trouble: syntax.Trouble, language: str) -> BadInput:
    return BadInput([Fault("", tell(trouble.code, language, **trouble.params), trouble.line)])


def _bad(code: str, language: str, line: int | None = None, place: str = "", **params: object) -> BadInput:
    return BadInput([Fault(place, tell(code, language, **params), line)])


# -- JSON ---------------------------------------------------------------------------------------------------------


def _is_json(text: str, name: str) -> bool:
    """Tell JSON from YAML's own braces: YAML would take the halves of a JSON surrogate pair for two characters."""
    return name.lower().endswith(".json") or re.match(r'\s*\{\s*("|\})', text) is not None


def _from_json(text: str, language: str) -> FileData:
    doubled: list[str] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        mapping = dict(pairs)
        if len(mapping) < len(pairs):
            keys = [key for key, _ in pairs]
            doubled.extend(key for key in mapping if keys.count(key) > 1)
        return mapping

    def no_number(constant: str) -> None:
        raise _told(syntax.of_constant(text, constant), language)

    try:
        # A line break inside of a text is what people paste; it means itself.
        data = json.loads(text, object_pairs_hook=once, parse_constant=no_number, parse_int=str, strict=False)
    except json.JSONDecodeError as error:
        raise _told(syntax.of_json(text, error), language) from None
    except RecursionError:
        raise _bad("intake.too_deep", language) from None
    if doubled:
        raise BadInput(Fault(quoted(key)[1:-1], tell("intake.doubled_key", language)) for key in dict.fromkeys(doubled))
    if not isinstance(data, dict) or not data:
        raise _bad("intake.empty_file", language)
    return FileData(data, _lines_of_json(text, language))


def _lines_of_json(text: str, language: str) -> dict[str, int]:
    """Return the lines of fields. JSON is nearly YAML; where it is not, faults name the field alone."""
    try:
        return dict(_from_yaml(text, language).lines)
    except BadInput:
        return {}


# -- YAML ---------------------------------------------------------------------------------------------------------


def _from_yaml(text: str, language: str) -> FileData:
    try:
        return _parsed(text, language)
    except BadInput as bad:
        # Only what cannot be read as it stands is read with YAML's signs for those of an input method.
        plain = syntax.mended(text)
        if plain == text:
            raise
        try:
            return _parsed(plain, language)
        except BadInput as told:
            # Where the whole is no mapping at all, what is left to mend says more.
            raise (bad if bad.faults[0].line else told) from None


def _parsed(text: str, language: str) -> FileData:
    import yaml  # late: 17 ms that an option on the command line need not wait for

    loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    reading = _Yaml(iter(()), language, text.splitlines())
    try:
        reading.events = iter(yaml.parse(text, Loader=loader))
        data = reading.document()
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1 if isinstance(error.position, int) else None
        raise _bad("intake.control", language, line, character=_character(error.character)) from None
    except yaml.MarkedYAMLError as error:
        raise _told(syntax.of_yaml(text, error), language) from None
    except UnicodeEncodeError:  # half a surrogate pair in the text itself
        raise _bad("intake.not_utf8", language) from None
    if reading.faults:
        raise BadInput(reading.faults)
    if not isinstance(data, dict) or not data:
        raise _bad("intake.empty_file", language)
    return FileData(data, reading.lines, reading.cut)


def _character(code: object) -> str:
    return name_of(code if isinstance(code, str) else chr(code) if isinstance(code, int) else "\ufffd")


class _Yaml:
    """Builds plain data from the events of one YAML document."""

    def __init__(self, events: "Iterator[Event]", language: str, text: Sequence[str]) -> None:
        self.events = events
        self.language = language
        self.text = text
        self.cut: set[str] = set()
        self.lines: dict[str, int] = {}
        self.faults: list[Fault] = []

    def document(self) -> Any:
        """Return the first document; a second one is a fault."""
        from yaml import events

        data: Any = None
        documents = 0
        for event in self.events:
            if isinstance(event, events.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._bad("intake.several_documents", event)
            elif isinstance(event, events.NodeEvent):
                data = self._value(event, "", 0)
        return data

    def _value(self, event: "Event", place: str, depth: int) -> Any:
        from yaml import events

        self.lines.setdefault(place, _line(event))
        if isinstance(event, events.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise self._bad("intake.no_anchors", event, place)
        tagged = getattr(event, "tag", None)
        if tagged is not None and tagged != "!":
            raise self._bad("intake.no_tags", event, place)
        if depth > MOST_DEPTH:
            raise self._bad("intake.too_deep", event, place)
        if isinstance(event, events.ScalarEvent):
            if event.implicit[0] and self._is_cut(event):
                self.cut.add(place)
            return _scalar(event)
        if isinstance(event, events.SequenceStartEvent):
            return self._list(place, depth)
        return self._mapping(place, depth)

    def _list(self, place: str, depth: int) -> list[Any]:
        from yaml import events

        items: list[Any] = []
        for event in self.events:
            if isinstance(event, events.SequenceEndEvent):
                break
            items.append(self._value(event, f"{place}[{len(items)}]", depth + 1))
        return items

    def _mapping(self, place: str, depth: int) -> dict[str, Any]:
        from yaml import events

        mapping: dict[str, Any] = {}
        for event in self.events:
            if isinstance(event, events.MappingEndEvent):
                break
            if not isinstance(event, events.ScalarEvent):
                raise self._bad("intake.key_not_text", event, place)
            key = event.value
            if _SLIPPED.search(key):
                raise self._bad("syntax.wide_colon" if "：" in key else "syntax.wide_blank", event, place)
            field = f"{place}.{key}" if place else key
            line = _line(event)
            if key in mapping:
                self.faults.append(Fault(field, tell("intake.doubled_key", self.language), line))
            self.lines.setdefault(field, line)
            mapping[key] = self._value(next(self.events), field, depth + 1)
        return mapping

    def _is_cut(self, event: "ScalarEvent") -> bool:
        """Tell whether what stands behind a plain value on its line may belong to it."""
        mark = event.end_mark
        if mark is None or mark.line >= len(self.text):
            return False
        rest = self.text[mark.line][mark.column :]
        found = _CUT.match(rest)
        return found is not None and (event.value != "" or rest[found.end() :].strip()[:1].isdigit())

    def _bad(self, code: str, event: "Event", place: str = "") -> BadInput:
        return _bad(code, self.language, _line(event), place)


def _line(event: "Event") -> int:
    """Return the line an event begins at, from 1."""
    return event.start_mark.line + 1 if event.start_mark is not None else 1


def _scalar(event: "ScalarEvent") -> Any:
    """Return what a scalar means; in quotes, or written as a block, it is text and nothing else."""
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text in _NULL:
        return None
    if text in _FLAGS:
        return _FLAGS[text]
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
        if _MOMENT.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        # 2026-02-30: left as it is, so that the fault names the field.
        return text
    return text
