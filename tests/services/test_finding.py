"""People are found by an index over what is sealed: kept as they change, gone when they go, and nothing in clear."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event, select

from models import command, word
from models.keys import Keys
from models.person import person
from models.session import reading
from models.word import inquiry_word, person_word
from services.audit import doctor
from services.engine import orders
from services.engine.office import Office
from services.office.staff import Asker
from services.request import finding, inquiries
from services.request.finding import Looked
from tests.office import CLERK, LEAD, MONDAY, TestOffice
from tests.people import a_contact
from workflows.engine.values import Actor, Language, Role
from workflows.law.values import RepresentativeKind
from workflows.request.found_by import asked, found_by
from workflows.request.payloads import Amend, Inquiry, Void
from workflows.request.values import Channel, Party, Person, VoidReason

HERE = "東京都千代田区千代田1-1"
KUDO = Actor(LEAD, frozenset({Role.LEAD}))


def hanako(**more: Any) -> Person:
    return Person(**{"name": "鈴木 花子", "kana": "スズキ ハナコ", "postcode": "100-0001", "address": HERE, **more})


def agent(**more: Any) -> Person:
    named = {"name": "代理 一郎", "kind": RepresentativeKind.AGENT, "postcode": "100-0001", "address": "丸の内9-9"}
    return Person(**{**named, **more})


def looked(office: TestOffice, number: str | None = None, *, most: int = 50, **said: str) -> Looked:
    with reading(office.engine) as db:
        return finding.look(db, asked(said) if said else None, number, office.at(db), most)


def found(office: TestOffice, number: str | None = None, **said: str) -> list[str]:
    return [hit.row.number for hit in looked(office, number, most=50, **said).hits]


def words(office: TestOffice, case: str) -> dict[int, set[int]]:
    with reading(office.engine) as db:
        return word.of_these(db, person_word, [office.case(case).id]).get(office.case(case).id, {})


def wanted(office: TestOffice, known: Mapping[Party, Person]) -> dict[int, set[int]]:
    with reading(office.engine) as db:
        made = finding.words_of_all(known, office.at(db))
    return {party: set(each) for party, each in made.items() if each}


def test_the_newest_are_found_first_open_or_closed_and_of_either_party(office: TestOffice) -> None:
    first = office.opened(subject=hanako(address="中央区銀座1-1"))
    closed = office.in_state("voided")
    office.must(first, "void", Void(reason=VoidReason.MISTAKE), LEAD)
    second = office.opened(subject=hanako())
    third = office.opened(subject=Person(name="見本 太郎", address="港区芝1-1"), representative=agent(name="鈴木 花子"))

    hits = looked(office, name="花子 鈴木").hits

    assert [hit.row.number for hit in hits] == [third, second, first]
    assert [(hit.name, hit.party, hit.met) for hit in hits] == [
        ("見本 太郎", Party.REPRESENTATIVE, "鈴木 花子"),
        ("鈴木 花子", Party.SUBJECT, "鈴木 花子"),
        ("鈴木 花子", Party.SUBJECT, "鈴木 花子"),
    ]
    assert closed not in found(office, name="鈴木")


def test_all_that_is_asked_for_is_to_be_true_of_one_person(office: TestOffice) -> None:
    case = office.opened(subject=hanako(phone="03-1234-5678"), representative=agent(phone="03-9999-0000"))

    assert found(office, name="鈴木", phone="5678") == [case]
    assert found(office, name="代理", phone="0000") == [case]
    assert found(office, name="鈴木", phone="0000") == []


def test_a_number_finds_the_case_of_a_letter_of_a_case_and_an_inquiry(office: TestOffice) -> None:
    case = office.opened(subject=hanako())
    inquiry = inquired(office, hanako(name="見本 三郎"))

    assert found(office, case) == [case]
    assert found(office, inquiry) == [inquiry]
    assert found(office, case, name="鈴木") == [case]
    assert found(office, case, name="佐藤") == []


def inquired(office: TestOffice, who: Person | None) -> str:
    said = Inquiry(channel=Channel.PHONE, language=Language.JA, about="どう使っていますか。", person=who)

    @contextmanager
    def writing() -> Iterator[tuple[Connection, Office]]:
        with office.writing() as db:
            yield db, office.at(db)

    row = inquiries.add(writing, said, Asker(CLERK, CLERK, frozenset({Role.CLERK})))
    return str(row.number)  # type: ignore[union-attr]


def test_what_is_amended_is_found_by_what_is_new_alone(office: TestOffice) -> None:
    case = office.opened(subject=hanako(phone="03-1234-5678"), representative=agent())

    office.must(case, "amend", Amend(why="married", subject={"name": "佐藤 花子", "kana": "サトウ ハナコ"}))

    changed = hanako(name="佐藤 花子", kana="サトウ ハナコ", phone="03-1234-5678")
    assert found(office, name="鈴木") == []
    assert found(office, name="サトー") == found(office, phone="5678") == found(office, name="代理") == [case]
    assert words(office, case) == wanted(office, {Party.SUBJECT: changed, Party.REPRESENTATIVE: agent()})


def test_a_representative_who_is_dropped_is_found_no_more_and_one_who_comes_is(office: TestOffice) -> None:
    case = office.opened(subject=hanako(), representative=agent())

    office.must(case, "amend", Amend(why="dismissed", drop_representative=True))
    dropped = found(office, name="代理"), set(words(office, case))
    new = {"name": "後見 良子", "kind": "agent", "postcode": "100-0001", "address": "丸の内8-8"}
    office.must(case, "amend", Amend(why="another one", representative=new))

    assert dropped == ([], {0})
    assert found(office, name="後見") == [case]


def test_whoever_is_erased_is_not_found_and_their_words_go(office: TestOffice) -> None:
    case = office.opened(subject=hanako(), representative=agent())
    kept = office.opened(subject=hanako(address="中央区銀座1-1"))
    with office.writing() as db:
        word.erase(db, person_word, office.case(case).id)

    assert words(office, case) == {}
    assert found(office, name="鈴木") == [kept]


def test_of_an_erased_case_not_even_words_that_were_left_find_anybody(office: TestOffice) -> None:
    case, without_key = (office.opened(subject=hanako(address=f"中央区銀座1-{n}")) for n in (1, 2))
    office.tell('UPDATE "case" SET erased_at = :now WHERE number = :case', now=MONDAY + timedelta(days=1), case=case)
    office.keys.destroy(without_key)

    looking = looked(office, name="鈴木")
    told = {(one.case, one.what) for one in doctor.examine(office.unit, files=True)}
    quick = {(one.case, one.what) for one in doctor.examine(office.unit, files=False)}
    doctor.repair([case, without_key], office.unit, KUDO)

    assert (looking.hits, looking.closed) == ([], 1)
    assert {(case, "words_differ"), (without_key, "words_differ")} <= told
    assert (case, "words_differ") in quick
    assert words(office, case) == words(office, without_key) == {}


def test_more_than_are_shown_is_said(office: TestOffice) -> None:
    cases = [office.opened(subject=hanako(address=f"中央区銀座1-{n}")) for n in range(1, 5)]

    some, all_of_them = looked(office, most=3, name="鈴木"), looked(office, most=4, name="鈴木")

    assert ([hit.row.number for hit in some.hits], some.more) == (cases[:0:-1], True)
    assert (len(all_of_them.hits), all_of_them.more) == (4, False)


def test_who_begins_alike_and_is_not_meant_is_opened_only_so_far(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted_one = office.opened(subject=Person(name="Constantinos Alpha", address="1-1 Example"))
    for n in range(5):
        office.opened(subject=Person(name="Constantinides Beta", address=f"2-{n} Example"))
    within = looked(office, name="Constantino")
    monkeypatch.setattr(finding, "LOT", 2)
    monkeypatch.setattr(finding, "MOST_OPENED", 4)

    beyond = looked(office, name="Constantino")

    assert [hit.row.number for hit in within.hits] == [wanted_one]
    assert (beyond.hits, beyond.more) == ([], True)
    assert found(office, name="Constantinos Alpha") == [wanted_one]


def test_an_inquiry_is_found_until_a_case_came_of_it(office: TestOffice) -> None:
    number = inquired(office, hanako(name="質問 花子", kana=None))
    silent = inquired(office, None)

    before = found(office, name="質問")
    office.tell("UPDATE inquiry SET state = 'promoted' WHERE number = :number", number=number)

    assert before == [number]
    assert found(office, name="質問") == []
    assert found(office, silent) == [silent]


# -- what the doctor knows ------------------------------------------------------------------------------------------


def test_who_was_there_before_the_index_is_told_and_made_to_be_found(office: TestOffice) -> None:
    """As after an upgrade: no migration can open what is sealed."""
    case = office.opened(subject=hanako(), representative=agent())
    number = inquired(office, hanako(name="質問 花子"))
    before = words(office, case)
    office.tell("DELETE FROM person_word")
    office.tell("DELETE FROM inquiry_word")

    lost = found(office, name="花子")
    told = [{(one.case, one.what) for one in doctor.examine(office.unit, files=files)} for files in (True, False)]
    mended = [{(one.case, one.what) for one in doctor.repair([case, number], office.unit, KUDO)} for _ in range(2)]

    assert lost == []
    assert told == [{(case, "words_differ"), (number, "words_differ")}] * 2
    assert mended[0] == {(case, "words_differ"), (number, "words_differ")}
    assert words(office, case) == before
    assert found(office, name="花子") == [case, number]
    assert list(doctor.examine(office.unit)) == []


@pytest.mark.parametrize(
    "tampering",
    ["DELETE FROM person_word WHERE word = (SELECT min(word) FROM person_word)",
     "UPDATE person_word SET word = word + 1 WHERE word = (SELECT min(word) FROM person_word)",
     "INSERT INTO person_word (word, case_id, party) SELECT 1, case_id, 0 FROM person"],
)  # fmt: skip
def test_a_word_that_was_taken_changed_or_added_is_told(office: TestOffice, tampering: str) -> None:
    case = office.opened(subject=hanako())
    before = words(office, case)
    office.tell(tampering)

    told = [(one.case, one.what) for one in doctor.examine(office.unit)]
    doctor.repair([case], office.unit, KUDO)

    assert told == [(case, "words_differ")]
    assert words(office, case) == before


def test_words_of_no_case_are_told(office: TestOffice) -> None:
    office.opened(subject=hanako())
    office.tell("INSERT INTO person_word (word, case_id, party) VALUES (1, 4711, 0)")

    told = [(one.what, one.detail.params["table"]) for one in doctor.examine(office.unit)]

    assert told == [("case_row_missing", "person_word")]
    office.tell("DELETE FROM person_word WHERE case_id = 4711")


# -- what lies in the database --------------------------------------------------------------------------------------


def test_nothing_a_person_is_found_by_lies_in_clear_and_another_key_gives_other_words(
    office: TestOffice, database_url: str
) -> None:
    who = hanako(phone="03-1234-5678", email="hanako@example.jp")
    case = office.opened(subject=who)
    inquired(office, who)
    texts = {text for _, text in found_by(who) if len(text) > 6}  # four figures may stand in sealed bytes by chance

    stored = "".join(
        str(list(row)) for table in (person_word, inquiry_word, person) for row in office.ask(select(table))
    )
    file = office.engine.url.database if database_url.startswith("sqlite") else None
    raw = b"" if file is None else open_all(file)

    assert [text for text in texts if text in stored or text.encode() in raw] == []
    assert len(words(office, case)[0]) == len(found_by(who))
    others = Keys(office.settings.keys.with_name("other-keys"))
    others.make()
    assert words(office, case)[0].isdisjoint(others.lookup_numbers("find", (f"{w}/{t}" for w, t in found_by(who))))


def open_all(file: str) -> bytes:
    return b"".join(each.read_bytes() for each in Path(file).parent.glob(f"{Path(file).name}*"))


def test_opening_a_batch_writes_the_words_in_one_statement_a_table(office: TestOffice) -> None:
    placed = [office.place("open", a_contact()).command_id for _ in range(8)]
    sent: list[str] = []
    event.listen(office.engine, "before_cursor_execute", lambda *given: sent.append(given[2]))

    with office.writing() as db:
        opened = orders.carry_out_all(db, list(command.by_ids(db, placed).values()), office.at(db))

    assert [one.outcome for one in opened] == ["done"] * 8
    assert len([sql for sql in sent if "person_word" in sql]) == 1
