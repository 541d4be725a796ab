"""Who is who: one person is found however they write, a household is no fraud, strangers at one address are held."""

from pathlib import Path
from typing import Any

import pytest

from models.session import reading
from services.intake import load_file, parse
from services.reports.case_page import case_page
from services.reports.cases import the_case
from services.request.neighbours import MOST_OPENED
from tests.office import TestOffice, codes_of
from tests.people import a_contact, a_person
from tests.services.suspicions import come_back, suspicion
from workflows.request.payloads import Amend, Open
from workflows.tongue import Tongue
from workflows.words import say_all

FIELD = Path(__file__).parents[1] / "field"
HOME = {"postcode": "000-1001", "address": "東京都例示町11-1"}


def opened(office: TestOffice, name: str) -> str:
    """Return the case of a file as somebody in the office wrote it."""
    return office.must(None, "open", parse(Open, load_file(FIELD / f"namesake-{name}.yaml"))).case


def shown(office: TestOffice, case: str) -> dict[str, Any]:
    with reading(office.engine) as db:
        return the_case(db, office.case(case), office.at(db), "en")


def linked(office: TestOffice, case: str) -> list[str]:
    found: list[str] = shown(office, case)["linked"]
    return found


@pytest.mark.requirement("F6", "F7")
@pytest.mark.parametrize(
    ("one", "other"),
    [("1a-space", "1b-nospace"), ("2a-hashigodaka", "2b-takahashi"), ("4a-anna", "4b-surname-first")],
)
def test_one_person_who_writes_otherwise_is_linked_and_not_held(office: TestOffice, one: str, other: str) -> None:
    first = opened(office, one)

    second = opened(office, other)

    assert suspicion(office, second) is None
    assert linked(office, second) == [first]
    assert linked(office, first) == [second]
    assert shown(office, second)["household"] == []


@pytest.mark.requirement("F6", "F7")
def test_one_of_the_family_is_a_hint_and_not_a_hold(office: TestOffice) -> None:
    first = opened(office, "2b-takahashi")

    second = opened(office, "2c-family-member")

    assert suspicion(office, second) is None
    assert linked(office, second) == []
    assert shown(office, second)["household"] == [first]
    assert shown(office, first)["household"] == [second]


@pytest.mark.requirement("F6")
@pytest.mark.parametrize(
    ("one", "other", "held"),
    [
        ({"name": "鈴木花子"}, {"name": "鈴木 一郎"}, False),
        ({"name": "鈴木花子"}, {"name": "佐藤一郎"}, True),
        ({"name": "髙橋 一"}, {"name": "高橋 次子"}, False),
        ({"name": "高橋 一"}, {"name": "橋高 一"}, True),
        ({"name": "Anna Beispiel"}, {"name": "Beispiel, Bert"}, False),
        ({"name": "Anna Smith"}, {"name": "Anna Schmidt"}, True),
        ({"name": "上田 誠", "kana": "ウエダ マコト"}, {"name": "植田 誠", "kana": "ウエダ マコト"}, True),
        ({"name": "林花子", "kana": "ハヤシ ハナコ"}, {"name": "林田花子", "kana": "ハヤシダ ハナコ"}, True),
    ],
)
def test_only_really_different_family_names_at_one_address_are_held(
    office: TestOffice, one: dict[str, str], other: dict[str, str], held: bool
) -> None:
    first = office.opened(subject=a_person(**one, **HOME))

    second = office.opened(subject=a_person(**other, **HOME))

    assert suspicion(office, second) == (("suspected_fraud", (first,)) if held else None)
    assert shown(office, second)["household"] == [first]


MOVED = {"postcode": "000-2002", "address": "大阪府見本町2-2"}
FOUND_AGAIN: list[tuple[dict[str, Any], dict[str, Any]]] = [
    # moved, and the old spelling
    ({"name": "高橋 一", "phone": "03-0000-1234", **HOME}, {"name": "髙橋一", "phone": "+81 3 0000 1234", **MOVED}),
    ({"name": "渡辺 徹", "email": "t@example.com", **HOME}, {"name": "渡邉 徹", "email": "T@example.com", **MOVED}),
    # the room
    ({"name": "見本 花子", **HOME}, {"name": "見本 花子", **HOME, "address": "東京都例示町11-1 メゾン例示101"}),
    ({"name": "見本 花子", **HOME}, {"name": "見本 花子", **HOME, "address": "例示町11丁目1番 メゾン例示101号室"}),
    ({"name": "Anna Beispiel", "address": "Flat 3, 14-1 Sample Road, Exampleton", "postcode": "000-1004"},
     {"name": "Anna Beispiel", "address": "14-1 Sample Road, Exampleton", "postcode": "000-1004"}),
    # a middle name
    ({"name": "Anna Maria Beispiel", "birth_date": "1980-01-02", **HOME},
     {"name": "Anna Beispiel", "birth_date": "1980-01-02", **MOVED}),
    ({"name": "Anna Beispiel", "birth_date": "1980-01-02", **HOME},
     {"name": "BEISPIEL ANNA MARIA", "birth_date": "1980-01-02", **MOVED}),
    # other characters, read alike and born on one day
    ({"name": "見本 花子", "kana": "ミホン ハナコ", "birth_date": "1980-01-02", **HOME},
     {"name": "見本 はな子", "kana": "みほんはなこ", "birth_date": "1980-01-02", **MOVED}),
    ({"name": "見本 花子", "kana": "ミホン ハナコ", "birth_date": "1980-01-02", **HOME},
     {"name": "ﾐﾎﾝ ﾊﾅｺ", "birth_date": "1980-01-02", **MOVED}),
]  # fmt: skip


@pytest.mark.requirement("F6", "F7")
@pytest.mark.parametrize(("one", "other"), FOUND_AGAIN)
@pytest.mark.parametrize("turned", [False, True], ids=["", "turned"])
def test_one_person_is_counted_however_they_write_and_wherever_they_live(
    office: TestOffice, one: dict[str, Any], other: dict[str, Any], turned: bool
) -> None:
    if turned:
        one, other = other, one
    first = office.opened(subject=read(one))
    second = office.opened(subject=read(other))

    third = office.opened(subject=read(one))

    assert linked(office, first) == [second, third]
    assert linked(office, second) == [first, third]
    assert suspicion(office, third) == ("suspected_fraud", (first, second))


def read(said: dict[str, Any]) -> Any:
    contact = {"rights": ["disclosure"], "category": "customer", "channel": "post", "language": "ja", "subject": said}
    return parse(Open, contact).subject


@pytest.mark.requirement("F6", "F7")
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"name": "見本 花子", "birth_date": "1980-01-02"}, {"name": "見本 花子", "birth_date": "1991-09-30"}),
        ({"name": "見本 花子", "kana": "ミホン ハナコ"}, {"name": "見本 華子", "kana": "ミホン ハナコ"}),
        (
            {"name": "見本 花子", "kana": "ミホン ハナコ", "birth_date": "1980-01-02"},
            {"name": "見本 華子", "kana": "ミホン ハナコ", "birth_date": "1980-01-03"},
        ),
        ({"name": "Anna Maria Beispiel"}, {"name": "Berta Maria Beispiel"}),
    ],
)
def test_two_people_are_not_linked(office: TestOffice, one: dict[str, Any], other: dict[str, Any]) -> None:
    first = office.opened(subject=read({**one, **HOME}))

    second = office.opened(subject=read({**other, **HOME}))

    assert linked(office, second) == []
    assert linked(office, first) == []


@pytest.mark.requirement("F6")
@pytest.mark.parametrize(
    ("one", "other", "held"),
    [("高橋 一", "髙橋一", False), ("Anna Maria Beispiel", "Beispiel, Anna", False), ("高橋 一", "高橋 次子", True)],
)
def test_a_paper_shown_again_is_its_holders_however_the_name_is_written(
    office: TestOffice, one: str, other: str, held: bool
) -> None:
    first = come_back(office, subject=a_person(name=one))

    second = come_back(office, subject=a_person(name=other))

    assert suspicion(office, second) == (("suspected_fraud", (first,)) if held else None)


def test_people_hashed_by_the_rule_before_are_found_until_they_are_hashed_anew(office: TestOffice) -> None:
    first = office.opened(subject=a_person(name="Anna Beispiel"))
    old = office.keys.lookup_hash("name", "annabeispiel")
    office.tell("UPDATE person SET name_hash = :old, family_hash = 'old', spelling = 3", old=old)

    second = office.opened(subject=a_person(name="Anna Beispiel"))

    assert linked(office, second) == [first]


@pytest.mark.requirement("F6")
def test_of_more_people_at_one_address_than_are_opened_only_those_surely_called_otherwise_are_strangers(
    office: TestOffice,
) -> None:
    crowd = [office.opened(subject=a_person(name="佐藤 一郎", **HOME)) for _ in range(2)]
    for _ in range(MOST_OPENED):
        office.opened(subject=a_person(name="鈴木花子", **HOME))

    held = office.opened(subject=a_person(name="鈴木 次郎", **HOME))

    assert suspicion(office, held) == ("suspected_fraud", tuple(crowd))


@pytest.mark.requirement("F6", "F7")
def test_what_is_linked_or_held_says_so_at_once_with_why_until_when_and_what_lifts_it(office: TestOffice) -> None:
    first = office.opened(subject=a_person(name="鈴木 花子", **HOME))
    again = office.must(None, "open", a_contact(subject=a_person(name="鈴木花子", **HOME)))
    stranger = office.must(None, "open", a_contact(subject=a_person(name="佐藤 一郎", **HOME)))

    told = [say_all(outcome.reasons, "en") for outcome in (again, stranger)]
    hold = shown(office, stranger.case)["hold"]
    with reading(office.engine) as db:
        page = the_case(db, office.case(stranger.case), office.at(db), "ja")
    lines = "".join(line.text for line in case_page({**page, "people": None}, Tongue("ja")))

    (linked_told,) = told[0]
    assert "the same subject has a request" in linked_told
    assert first in linked_told
    assert "different family names" in told[1][0]
    assert first in told[1][0]
    assert hold["until"] in told[1][1]
    assert "resume" in told[1][1]
    assert hold["why"] == ["suspicion_shared_address"]
    assert "姓の異なる" in lines
    assert "resume" in lines


@pytest.mark.requirement("F6")
def test_an_amendment_that_holds_says_so(office: TestOffice) -> None:
    first = office.opened(subject=a_person(name="鈴木 花子", **HOME))
    second = office.opened(subject=a_person(name="佐藤 一郎"))

    outcome = office.must(second, "amend", Amend(why="moved", subject=HOME))

    assert codes_of(outcome.reasons)[-2:] == ["suspicion_shared_address", "held_until_lifted"]
    assert suspicion(office, second) == ("suspected_fraud", (first,))
