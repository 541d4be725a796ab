"""What a procedure.toml says is said to the person: each value of a file that changes changes what they read."""

import copy
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import cache, partial
from itertools import islice, product, zip_longest
from pathlib import Path
from typing import Any

import pytest

from workflows import law
from workflows.days import day
from workflows.engine.values import Language, Role
from workflows.law.proving import Where
from workflows.law.values import RepresentativeKind, Right
from workflows.letters import DeliveryWay, MailClass, MailExtra
from workflows.office import OfficeProcedure
from workflows.office.afterwards import PapersEnd
from workflows.office.answer import AnswerAddress, AnswerTo, NotCollected, SentAgain
from workflows.office.execution import Manner
from workflows.office.money import CURRENCIES, Due, Excess, Means, Per, Receipts, Unpaid
from workflows.office.reading import PARTS, Part, digest
from workflows.office.start import Inbound, SentBy, Way
from workflows.office.table import Fault, Table
from workflows.office.times import Firmly, NotSupplied, Since, Until
from workflows.request.clauses import Situation
from workflows.request.clauses.sheets import Told, of_letter, of_sheet
from workflows.request.clauses.wording import Wording
from workflows.request.values import LetterKind

EVERYTHING = Path(__file__).with_name("everything.toml")
ON = date(2026, 11, 30)
WORDS: tuple[type[StrEnum], ...] = (
    Way, SentBy, Inbound, Right, Means, Per, Due, Excess, Receipts, Unpaid, AnswerTo, AnswerAddress, NotCollected,
    SentAgain, MailClass, MailExtra, DeliveryWay, Manner, Since, Until, Firmly, NotSupplied, PapersEnd,
    Role, Where, RepresentativeKind,
)  # fmt: skip
Place = tuple[str | int, ...]

NOT_THEIRS = {
    "from": "the day from which the office goes by the file; the foot of the sheet says it",
    "form.code": "stands in the QR code of the form",
    "form.paper": "tells that a form is one of the further papers, so that it is asked for once",
    "form.proves": "tells the rules that a form proves the right to represent",
    "paper.code": "staff type it",
    "fee.code": "the row's name in the books",
    "fee_extra.code": "the row's name in the books",
    "fee_waiver.code": "the row's name in the books",
    "step.code": "staff type it",
    "step.chased_every": "how often the office reminds itself",
    "window.code": "staff type it",
    "window.told": "who in the office hears of it",
}
"""Keys that are none of the person's business, each with the reason."""


def values() -> dict[str, Any]:
    return tomllib.loads(EVERYTHING.read_text(encoding="utf-8"))


def read(table: dict[str, Any]) -> OfficeProcedure | None:
    """Return the procedure a file of these values says; None where it cannot be read."""
    faults: list[Fault] = []
    top = Table(table, faults)
    whole = OfficeProcedure(first=top.day("from"), regime=top.optional("regime"), digest=digest(repr(table)))
    parts: dict[str, Part] = PARTS
    whole = replace(whole, **{name: part.read(top) for name, part in parts.items()})
    top.finish()
    return None if faults or (whole.regime or law.DEFAULT) not in law.names() else whole


def words_of(told: Told) -> Iterator[str]:
    for part in told.parts:
        yield f"{part.name}: {part.heading}"
        yield from (line.text for line in part.lines)
        yield from part.items
    for row in (*told.papers, *told.proofs):
        yield from (row.name, str(row.photograph), *row.notes)


def said(office: OfficeProcedure) -> Iterator[str]:
    """Yield all that anybody reads of a procedure: the sheet, and every letter, whoever asks, in both languages."""
    regime = law.regime(office.regime or law.DEFAULT)
    forms = tuple(form.code for form in office.start.forms)
    for language in Language:
        wording = Wording(language, partial(day, language=language))
        s = Situation(regime=regime, on=ON, office=office, forms=forms, published=True)
        yield from words_of(of_sheet(s, wording))
        for kind, who, by in product(LetterKind, (None, "agent"), (None, date(2027, 1, 22))):
            s = Situation(regime=regime, on=ON, office=office, kind=who, forms=forms, reply_by=by)
            yield from words_of(of_letter(kind, s, wording))


def leaves(value: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Yield each value of a file with its place; a list of words is one value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*place, key))
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        for number, inner in enumerate(value):
            yield from leaves(inner, (*place, number))
    else:
        yield place, value


def named(place: Place) -> str:
    """Return a place without the numbers of rows."""
    return ".".join(str(step) for step in place if isinstance(step, str))


def others(value: Any) -> Iterator[Any]:
    """Yield what might stand in the place of a value; whether it may is for the reader to say."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value + 1, value - 1)
    elif isinstance(value, date):
        yield value.replace(year=value.year + 1)
    elif isinstance(value, list):
        if len(value) > 1:
            yield value[:-1]
        if value and isinstance(value[0], list):
            yield [["drivers_licence", "passport"]]
        alone = value[0] if value and isinstance(value[0], list) else None
        yield [*value, ["my_number_card"]] if alone is not None else [*value, "never"]
        for word in (word for kind in WORDS for word in kind):
            yield [*value, str(word)]
            yield [str(word)]
    elif value == "all":
        yield ["disclosure"]
    else:
        yield from (word for word in (*law.names(), *CURRENCIES, *law.regime().documents) if word != value)
        yield from (str(word) for kind in WORDS for word in kind if str(word) != value)
        yield f"{value}変 changed"


def put(table: dict[str, Any], place: Place, value: Any) -> dict[str, Any]:
    changed = copy.deepcopy(table)
    inner: Any = changed
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    return changed


PLACES = [place for place, _ in leaves(values())]


@cache
def before() -> tuple[str, ...]:
    whole = read(values())
    assert whole is not None
    return tuple(said(whole))


def differs(whole: OfficeProcedure) -> bool:
    """Whether anything that is said of it is said otherwise, or more or less."""
    return any(now != then for now, then in zip_longest(said(whole), before()))


def changed(place: Place) -> Iterator[OfficeProcedure]:
    """Yield the procedures that differ from that of these tests in one value."""
    together = WITH.get(named(place), ())
    base = values()
    for key in together:
        put_out(base, (*place[:-1], key))
    for other in others(dict(leaves(values()))[place]):
        whole = read(put(base, place, other))
        if whole is not None:
            yield whole


def put_out(table: dict[str, Any], place: Place) -> None:
    inner: Any = table
    for step in place[:-1]:
        inner = inner[step]
    del inner[place[-1]]


WITH = {"paper.always": ("when_ja", "when_en")}
"""Values that cannot be otherwise while these stand beside them."""


@pytest.mark.parametrize("place", PLACES, ids=lambda place: ".".join(map(str, place)))
def test_every_value_of_a_file_is_said_to_whom_it_concerns(place: Place) -> None:
    theirs = not any(f"{named(place)}.".startswith(f"{key}.") for key in NOT_THEIRS)

    assert not theirs or any(differs(whole) for whole in islice(changed(place), 12))


def test_the_file_of_these_tests_uses_every_key_there_is() -> None:
    used = {named(place) for place in PLACES}
    assert [key for key in NOT_THEIRS if not any(f"{name}.".startswith(f"{key}.") for name in used)] == []
    missing = []
    for table in sorted({place[:end] for place in PLACES for end in range(len(place))}, key=str):
        inner: Any = values()
        for step in table:
            inner = inner[step]
        if isinstance(inner, dict):
            missing += [f"{named(table)}.{key}" for key in known_at(table) - inner.keys()]
    # A row has some keys, the next one others.
    told = {named(place) for place in PLACES}
    whole = {prefix for name in told for prefix in (name, name.rpartition(".")[0], name.split(".")[0])}
    assert sorted({key for key in missing if key.strip(".") not in whole}) == []


def known_at(place: Place) -> set[str]:
    """Return the keys the reader knows in that table: it names them where it meets one it does not know."""
    faults: list[Fault] = []
    top = Table(put(values(), (*place, "no_such_key"), 1), faults)
    for part in PARTS.values():
        part.read(top)
    top.day("from"), top.optional("regime")
    top.finish()
    known = [
        fault.reason.params.get("known", ()) for fault in faults if fault.reason.params.get("key") == "no_such_key"
    ]
    return {str(key) for keys in known for key in keys}  # type: ignore[attr-defined]
