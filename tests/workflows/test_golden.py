"""Stored values outlive the code that wrote them: every golden file is read with today's code, for ever."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, make_dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any

import pytest

from tests.golden import KINDS, every_form, golden, shapes
from workflows.engine.codec import from_plain, read, to_plain, written
from workflows.engine.schemas import KEY, SCHEMA, Change, Forms, NewerForm, PartOf
from workflows.engine.values import Language
from workflows.law.values import RepresentativeKind, Right
from workflows.request import payloads, values
from workflows.request.kept import Matter, WhyGiven
from workflows.request.letters import RequestLetter
from workflows.request.values import Person

HANAKO = Person(
    name="見本 花子",
    kana="ミホン ハナコ",
    postcode="100-0001",
    address="1-5 Example, Chiyoda-ku, Tokyo",
    phone="03-0000-0000",
    email="hanako@example.com",
    birth_date=date(1990, 4, 1),
)


def stored(number: int, what: str, having: str = "") -> Any:
    """Return the first value of that kind in the golden file of a form that has *having* in it."""
    return next(
        one for kind, one in golden(number).values if kind == what and having in json.dumps(one, ensure_ascii=False)
    )


def leaves(plain: Any) -> set[str]:
    if isinstance(plain, Mapping):
        return {leaf for value in plain.values() for leaf in leaves(value)} | {str(key) for key in plain}
    return {leaf for value in plain for leaf in leaves(value)} if isinstance(plain, list) else {repr(plain)}


# -- the golden files -----------------------------------------------------------------------------------------------


def test_there_is_a_golden_file_of_every_form_up_to_the_one_this_code_writes() -> None:
    assert every_form() == list(range(SCHEMA + 1))


def test_whoever_changes_what_is_stored_raises_the_number_of_the_form() -> None:
    assert shapes() == golden(SCHEMA).shapes, (
        "what is stored has another shape than the golden file of this form: raise SCHEMA in "
        "workflows/engine/schemas.py, add to CHANGES what readers of older forms must know, and run "
        "python -m tests.golden"
    )


def test_every_kind_of_value_that_is_stored_is_in_the_golden_file_whole_and_with_no_more_than_it_needs() -> None:
    kinds = [what for what, _ in golden(SCHEMA).values]

    assert sorted(kinds) == sorted([*KINDS, *KINDS])


@pytest.mark.parametrize("number", every_form())
def test_every_value_of_a_form_is_read_by_this_code_and_nothing_of_it_is_lost(number: int) -> None:
    for what, one in golden(number).values:
        value: Any = read(KINDS[what], one)

        again = written(value)
        assert leaves({name: item for name, item in one.items() if name != KEY}) <= leaves(again), what
        assert read(KINDS[what], json.loads(json.dumps(again))) == value


def test_the_values_of_the_release_before_forms_had_numbers_say_what_they_said() -> None:
    amended = read(payloads.Amend, stored(0, "order:amend"))
    arrival = read(payloads.ReceiveForms, stored(0, "order:receive_forms"))
    letter = read(RequestLetter, stored(0, "letter"))
    refusal = read(Matter, stored(0, "matter", "danger"))
    inquiry = read(payloads.Inquiry, stored(0, "inquiry"))

    assert read(payloads.Open, stored(0, "order:open", "見本 花子")).subject == HANAKO
    assert amended == payloads.Amend(why="moved house", subject={"address": "2-2 Example, Minato-ku, Tokyo"})
    assert arrival.arrived_at == datetime(2026, 11, 9, 0, 30, tzinfo=UTC)
    assert [(paper.type, paper.judged) for paper in arrival.documents] == [("drivers_licence", None)]
    assert (letter.number, letter.language, letter.rights) == ("26-000011-9-01", Language.EN, (Right.DISCLOSURE,))
    assert (letter.addressee.name, letter.reply_by) == ("Sample Aaabc", date(2027, 1, 12))
    assert refusal.outcomes[Right.DISCLOSURE].explanation == "Another person would be put in danger."
    assert read(Matter, stored(0, "matter", "moved house")).reasons == (WhyGiven(seq=2, why="moved house"),)
    assert inquiry.person == Person(name="Sample Asker", email="asker@example.com")


def test_the_values_of_form_1_say_what_they_said() -> None:
    whole, least = (read(Person, one) for what, one in golden(1).values if what == "person")
    matter = read(Matter, stored(1, "matter", "formerly"))

    assert least == Person(name="見本 name")
    assert whole == Person(
        name="見本 name", kana="見本 kana", postcode="見本 postcode", address="見本 address", country="見本 country",
        phone="見本 phone", email="見本 email", birth_date=date(2026, 11, 9), kind=RepresentativeKind.AGENT,
    )  # fmt: skip
    assert (matter.note, matter.reasons) == ("見本 note", (WhyGiven(seq=3, why="見本 why"),))
    assert [(one.party, one.until, one.person) for one in matter.formerly] == [(values.Party.REPRESENTATIVE, 3, whole)]
    assert matter.outcomes[Right.HALT_PROVISION].enclosures == 3


# -- a release to come ----------------------------------------------------------------------------------------------
# Each changes the person; the golden values of both forms hold people, alone, inside a first contact and as a part.


def a_person_of_the_next_release(*, without: str = "", **fields: Any) -> type:
    kept: list[Any] = [
        ("name", str),
        ("birth_date", date | None, None),
        *((name, hint) for name, hint in fields.items()),
    ]
    older: list[Any] = [
        (name, str | None, None) for name in ("kana", "postcode", "address", "country", "phone", "email", "kind")
    ]
    told = [each for each in older if each[0] != without]
    return make_dataclass("Person", [*kept, *told], frozen=True, kw_only=True)


def next_release(*changes: Change) -> Forms:
    return Forms(SCHEMA + 1, changes)


Release = tuple[type, Change, Callable[[Any], object], object]
RELEASES: dict[str, Release] = {
    "a field that is no more": (
        a_person_of_the_next_release(without="phone"),
        Change(since=SCHEMA + 1, of="Person", dropped=("phone",)),
        lambda person: hasattr(person, "phone"),
        False,
    ),
    "a field of another name": (
        a_person_of_the_next_release(without="phone", telephone=str | None),
        Change(since=SCHEMA + 1, of="Person", renamed={"phone": "telephone"}),
        lambda person: person.telephone,
        "03-0000-0000",
    ),
    "a field of another type": (
        a_person_of_the_next_release(without="phone", phone=tuple[str, ...]),
        Change(since=SCHEMA + 1, of="Person", turned={"phone": lambda phone: [phone]}),
        lambda person: person.phone,
        ("03-0000-0000",),
    ),
    "a field more that is required": (
        a_person_of_the_next_release(seen=bool),
        Change(since=SCHEMA + 1, of="Person", added={"seen": False}),
        lambda person: person.seen,
        False,
    ),
}


@pytest.mark.parametrize("name", RELEASES)
def test_a_release_that_says_what_it_changed_reads_what_was_stored_before(name: str) -> None:
    person, change, look, wanted = RELEASES[name]
    contact = make_dataclass("Contact", [("subject", person)], frozen=True)
    whole = {"subject": stored(0, "order:open", "見本 花子")["subject"]}

    found: Any = read(contact, whole, next_release(change))

    assert (found.subject.name, found.subject.birth_date) == (HANAKO.name, HANAKO.birth_date)
    assert look(found.subject) == wanted


@pytest.mark.parametrize("name", RELEASES)
def test_a_release_that_does_not_say_so_cannot_read_it(name: str) -> None:
    person = RELEASES[name][0]
    plain = stored(0, "order:open", "見本 花子")["subject"]

    if name == "a field of another type":  # taken letter by letter: wrong without a complaint, so the tests must say it
        misread: Any = read(person, plain, next_release())
        assert misread.phone == tuple("03-0000-0000")
        return
    with pytest.raises(ValueError, match=r"Person (has no|needs) '(phone|telephone|seen)'"):
        read(person, plain, next_release())


@dataclass(frozen=True, kw_only=True)
class Amend:
    """An amendment as the next release has it: some fields of a person without a telephone."""

    why: str
    subject: Annotated[Mapping[str, object], PartOf(Person)] | None = None


def test_some_fields_of_a_person_are_brought_up_too_and_nothing_is_added_to_them() -> None:
    change = Change(since=SCHEMA + 1, of="Person", renamed={"address": "lives_at"}, added={"seen": False})

    found = read(Amend, stored(0, "order:amend"), next_release(change))

    assert found.subject == {"lives_at": "2-2 Example, Minato-ku, Tokyo"}


def test_an_amendment_of_today_marks_the_fields_of_a_person_it_carries() -> None:
    change = Change(since=SCHEMA + 1, of="Person", dropped=("address",))

    found = read(payloads.Amend, stored(0, "order:amend"), next_release(change))

    assert found == payloads.Amend(why="moved house", subject={})


def test_people_inside_lists_and_mappings_are_brought_up() -> None:
    person = RELEASES["a field that is no more"][0]
    former = make_dataclass("Former", [("party", str), ("until", int), ("person", person)], frozen=True)
    kind = make_dataclass("Kept", [("formerly", tuple[former, ...]), ("by_name", Mapping[str, person])], frozen=True)  # type: ignore[valid-type]
    hanako = to_plain(HANAKO)
    plain = {"formerly": [{"party": "subject", "until": 4, "person": hanako}], "by_name": {"花子": hanako}}

    found: Any = read(kind, plain, next_release(RELEASES["a field that is no more"][1]))

    assert (found.formerly[0].person.name, found.by_name["花子"].name) == (HANAKO.name, HANAKO.name)


def test_changes_of_several_releases_are_made_one_after_the_other_and_only_those_that_came_since() -> None:
    changes = [
        Change(since=3, of="Person", turned={"telephone": lambda number: f"<{number}>"}),
        Change(since=2, of="Person", renamed={"phone": "telephone"}, turned={"telephone": lambda number: f"t{number}"}),
    ]
    person = a_person_of_the_next_release(without="phone", telephone=str | None)
    newest, plain = Forms(3, changes), to_plain(HANAKO)
    of_form_2 = {KEY: 2, **{name: value for name, value in plain.items() if name != "phone"}, "telephone": "t1"}

    told: list[Any] = [read(person, one, newest) for one in (plain, {KEY: 1, **plain}, of_form_2)]

    assert [one.telephone for one in told] == ["<t03-0000-0000>", "<t03-0000-0000>", "<t1>"]


def test_what_newer_code_wrote_is_not_read_and_not_called_broken() -> None:
    newer = written(HANAKO, next_release())

    with pytest.raises(NewerForm, match=f"form {SCHEMA + 1} is newer"):
        read(Person, newer)


@pytest.mark.parametrize("number", ["1", None, True, -1, 1.0])
def test_a_number_that_is_none_is_refused(number: object) -> None:
    with pytest.raises(ValueError, match="is none"):
        read(Person, {**to_plain(HANAKO), KEY: number})


def test_a_change_of_a_form_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="since form 9"):
        Forms(2, [Change(since=9, of="Person")])


def test_no_field_may_have_the_name_under_which_the_number_stands() -> None:
    taken = make_dataclass("Taken", [(KEY, int)])

    with pytest.raises(TypeError, match=r"Taken\.schema: this name is taken"):
        from_plain(taken, {KEY: 1})
