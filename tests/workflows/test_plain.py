"""Plain data: whatever a payload holds comes back from it unchanged."""

import inspect
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows import letters
from workflows.engine import payloads as engine_payloads
from workflows.engine.codec import from_plain, to_plain
from workflows.law.values import RepresentativeKind, Right
from workflows.request import letters as request_letters
from workflows.request import payloads, values
from workflows.request.kept import amended

KINDS: list[type] = [
    kind
    for module in (values, payloads, engine_payloads, letters, request_letters)
    for _, kind in inspect.getmembers(module, inspect.isclass)
    if is_dataclass(kind) and kind.__module__ == module.__name__
]
TOKYO = ZoneInfo("Asia/Tokyo")
# Hypothesis takes its bounds without a zone.
# From 1952 on: two moments that are equal never compare as equal across zones in a repeated hour, and Japan had summer
# time until 1951.
FIRST, LAST = (datetime(year, 1, 1, tzinfo=UTC).replace(tzinfo=None) for year in (1952, 2200))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def anything(hint: Any) -> st.SearchStrategy[Any]:
    """Return values of a type hint as the dataclasses use them."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        # Nothing first: it ends what holds another of its kind.
        return st.one_of(*[anything(one) for one in sorted(arguments, key=lambda one: one is not NoneType)])
    if origin is tuple:
        return st.lists(anything(arguments[0]), max_size=3).map(tuple)
    if origin is Mapping:
        return st.dictionaries(anything(arguments[0]), anything(arguments[1]), max_size=3)
    if hint is object:
        return json_values
    if hint is NoneType:
        return st.none()
    if hint is datetime:
        return st.datetimes(FIRST, LAST, timezones=st.sampled_from([UTC, TOKYO]))
    if isinstance(hint, type) and is_dataclass(hint):
        return st.deferred(lambda: built(hint))
    return st.from_type(hint)


@cache
def built(kind: type) -> st.SearchStrategy[Any]:
    """Return values of a dataclass."""
    hints = get_type_hints(kind)
    given_fields = {name: anything(hints[name]) for name in hints if name in {field.name for field in fields(kind)}}
    return st.builds(kind, **given_fields)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@given(data=st.data())
@settings(max_examples=25)
def test_every_value_comes_back_from_plain_data_unchanged(kind: type, data: st.DataObject) -> None:
    value = data.draw(anything(kind))

    stored = json.dumps(to_plain(value))
    back: object = from_plain(kind, json.loads(stored))

    assert back == value
    assert json.dumps(to_plain(back)) == stored


def test_every_payload_is_among_the_values_tried() -> None:
    assert {"Open", "ReceiveForms", "Nothing", "Fired", "RequestLetter", "Person"} <= {kind.__name__ for kind in KINDS}


def test_what_is_none_is_left_out_unless_its_default_is_something_else() -> None:
    person = values.Person(name="見本 花子", country=None)

    plain = to_plain(person)

    assert plain == {"name": "見本 花子", "country": None}
    assert from_plain(values.Person, plain) == person


def test_the_same_moment_in_two_zones_is_the_same_plain_data() -> None:
    tokyo = payloads.ReceiveForms(arrived_at=datetime(2026, 12, 1, 11, tzinfo=TOKYO))
    utc = payloads.ReceiveForms(arrived_at=datetime(2026, 12, 1, 2, tzinfo=UTC))

    assert to_plain(tokyo) == to_plain(utc)


def test_words_become_strings_and_nothing_else() -> None:
    plain = to_plain(payloads.Fulfil(confirm=(Right.HALT_USE,)))

    assert [type(word) for word in plain["confirm"]] == [str]


def test_a_time_without_a_zone_is_never_stored() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        to_plain(payloads.ReceiveForms(arrived_at=LAST))


def test_a_key_of_another_version_is_refused_and_not_dropped() -> None:
    with pytest.raises(ValueError, match="MailForms has no 'courier'"):
        from_plain(payloads.MailForms, {"tracking": "1", "courier": "fox"})


def test_a_missing_field_is_named() -> None:
    with pytest.raises(ValueError, match="Withdraw needs 'how'"):
        from_plain(payloads.Withdraw, {"on": "2026-12-01"})


def test_an_unknown_word_is_refused() -> None:
    with pytest.raises(ValueError, match="'maybe' is not a valid"):
        from_plain(payloads.Void, {"reason": "maybe"})


def test_free_data_that_json_cannot_hold_is_refused() -> None:
    with pytest.raises(TypeError, match="date is no plain data"):
        to_plain(payloads.Amend(why="moved", subject={"birth_date": date(1990, 1, 1)}))


@dataclass(frozen=True)
class Unclear:
    """A dataclass whose plain form could not be read back."""

    value: int | str


@dataclass(frozen=True)
class Strange:
    """A dataclass with a type that has no plain form."""

    value: timedelta


@pytest.mark.parametrize(("value", "where"), [(Unclear(1), "Unclear.value"), (Strange(timedelta(1)), "Strange.value")])
def test_a_field_that_could_not_be_read_back_is_refused_before_it_is_written(value: object, where: str) -> None:
    with pytest.raises(TypeError, match=where):
        to_plain(value)


def test_amending_a_person_replaces_the_keys_given_and_no_others() -> None:
    before = values.Person(name="見本 花子", address="東京都千代田区千代田1-1", phone="03-0000-0000")

    after = amended(before, {"address": "東京都港区港南0-0-0", "birth_date": "1990-04-01"})

    assert after == values.Person(
        name="見本 花子", address="東京都港区港南0-0-0", phone="03-0000-0000", birth_date=date(1990, 4, 1)
    )
    assert amended(None, {"name": "見本 一郎", "kind": "minor"}).kind is RepresentativeKind.MINOR


def test_a_zone_with_odd_seconds_survives() -> None:
    moment = datetime(2026, 12, 1, 11, tzinfo=timezone(timedelta(hours=9, seconds=7)))

    plain = to_plain(payloads.ReceiveForms(arrived_at=moment))

    assert from_plain(payloads.ReceiveForms, plain).arrived_at == moment
