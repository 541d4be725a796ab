"""What a procedure of the office's own says, in sentences and in values, and in what two of them differ.

The sentences are those of letters and of what is published (`workflows.request.clauses`): what a lead reads before
adopting a file is what people will read.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum

from services.office.procedure_values import Differs, Said
from workflows.engine.values import Language
from workflows.law import Regime
from workflows.office import OfficeProcedure
from workflows.request.clauses import sheets
from workflows.request.clauses.values import Situation, Topic
from workflows.request.clauses.wording import Wording
from workflows.words import tell

NOTHING = "-"
"""How an empty value is shown."""
_NOT_TOLD = {"first", "digest", "regime"}
"""They say which procedure it is, not what it says."""


def sentences(procedure: OfficeProcedure, regime: Regime, on: date, language: str) -> list[Said]:
    """Return all that is published of a procedure on a day, by topic, in ``ja`` or ``en``."""
    wording = Wording(Language(language), lambda day: day.isoformat())
    found = sheets.sentences(Situation(regime=regime, on=on, office=procedure, published=True))
    return [
        Said(topic, _heading(topic, language), tuple(line.text for line in wording.lines(said)))
        for topic, said in found.items()
        if said
    ]


def _heading(topic: Topic, language: str) -> str:
    return tell(f"procedure.topic.{topic}", language)


def differences(before: list[Said], now: list[Said]) -> list[Differs]:
    """Return in which topics two procedures speak otherwise."""
    old, new = ({said.topic: said for said in each} for each in (before, now))
    found = []
    for topic in dict.fromkeys([*old, *new]):
        was = old[topic].sentences if topic in old else ()
        is_ = new[topic].sentences if topic in new else ()
        gone = tuple(one for one in was if one not in is_)
        come = tuple(one for one in is_ if one not in was)
        if gone or come:
            found.append(Differs(topic, (new.get(topic) or old[topic]).heading, gone, come))
    return found


def values(procedure: OfficeProcedure) -> dict[str, str]:
    """Return every value of a procedure by where it stands in it: ``fees.rows.1.amount``."""
    return {place: value for place, value in _values(procedure, "") if place not in _NOT_TOLD}


def changed(before: Mapping[str, str], now: Mapping[str, str]) -> list[tuple[str, str | None, str | None]]:
    """Return (where, was, is) of each value in which two procedures differ; None: there is none, or it is empty."""
    found = []
    for place in dict.fromkeys([*before, *now]):
        was, is_ = (None if values.get(place) == NOTHING else values.get(place) for values in (before, now))
        if was != is_:
            found.append((place, was, is_))
    return found


def _values(value: object, place: str) -> Iterator[tuple[str, str]]:
    """Yield what a value holds; an empty one is one word, so that it is seen when it goes."""
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _values(getattr(value, field.name), f"{place}.{field.name}" if place else field.name)
    elif isinstance(value, AbstractSet):
        yield place, ", ".join(sorted(map(_plain, value))) or NOTHING
    elif isinstance(value, (tuple, list)) and any(map(_inner, value)):
        for number, item in enumerate(value, start=1):
            yield from _values(item, f"{place}.{number}")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _values(item, f"{place}.{_plain(key)}")
    elif isinstance(value, (tuple, list)):
        yield place, ", ".join(map(_plain, value)) or NOTHING
    else:
        yield place, _plain(value)


def _inner(value: object) -> bool:
    return (is_dataclass(value) and not isinstance(value, type)) or isinstance(
        value, (tuple, list, AbstractSet, Mapping)
    )


def _plain(value: object) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value.value) if isinstance(value, Enum) else str(value)
