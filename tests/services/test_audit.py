"""Whoever owns the database can change anything; the doctor and the auditors' recipes name it.

Each tampering is done past triggers and foreign keys. The recipes are run as they stand in docs/auditing.md.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, text

from lab.postgres import Postgres, database_of
from models import case as cases
from models import staff
from services.audit import doctor
from services.office import staff as staffing
from services.office.staff import Asker
from tests.office import APPROVER, CLERK, LEAD, VERIFIER, TestOffice
from tests.services.auditing import apart, recipes
from workflows.engine.values import Actor, Role
from workflows.request.payloads import Amend, Fulfil
from workflows.words import say

KUDO = Asker(LEAD, LEAD, frozenset({Role.LEAD}))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def sound(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> TestOffice:
    """An office with a fulfilled case (1), a mailed one (2) and a fresh one (3), and some rows in its log."""
    home = tmp_path_factory.mktemp("office")
    if request.param == "sqlite":
        shutil.copyfile(request.getfixturevalue("migrated_sqlite"), home / "office.sqlite3")
        url = f"sqlite:///{home / 'office.sqlite3'}"
    else:
        server: Postgres = request.getfixturevalue("postgres")
        url = server.create(request.getfixturevalue("migrated_postgres"))
    made = TestOffice(url, home)
    made.must(made.decided(), "fulfil", Fulfil(), APPROVER)
    mailed, _ = made.mailed()
    with made.writing() as db:
        now = made.at(db).now
        staff.log(db, now, "case_seen", CLERK, {"case": mailed, "personal": True})
        staffing.add(db, "ogawa", [Role.CLERK], KUDO, now)
        staffing.remove(db, "ogawa", KUDO, now)
    made.do(made.opened(), "fulfil", by=VERIFIER)  # refused
    made.make_letters()
    made.close()
    return made


@pytest.fixture
def office(sound: TestOffice, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[TestOffice]:
    """A copy of that office, to be tampered with."""
    home = tmp_path / "home"
    shutil.copytree(sound.settings.home, home)
    if sound.url.startswith("sqlite"):
        made = TestOffice(f"sqlite:///{home / 'office.sqlite3'}", home, staffed=True)
        yield made
        made.close()
        return
    server: Postgres = request.getfixturevalue("postgres")
    made = TestOffice(server.create(database_of(sound.url)), home, staffed=True)
    yield made
    made.close()
    server.drop(made.url)


def found(office: TestOffice) -> list[doctor.Finding]:
    return list(doctor.examine(office.unit))


def codes(office: TestOffice) -> set[str]:
    return {one.what for one in found(office)}


def said(office: TestOffice) -> str:
    """Return what the recipes that found something say."""
    told = recipes(office)
    return "\n".join(words for status, words in told if status)


def test_a_sound_office_has_no_finding_and_every_recipe_verifies(office: TestOffice) -> None:
    assert found(office) == []
    assert [status for status, _ in recipes(office, apart)] == [0, 0, 0]
    assert recipes(office) == recipes(office, apart)


# -- with SQL ---------------------------------------------------------------------------------------------------------

Tampering = tuple[str, str, str]
DONE = "id = (SELECT min(id) FROM command WHERE transition = 'verify_identity')"
TAMPERINGS: dict[str, Tampering] = {
    # what was done: (statements, what the doctor calls it, what the recipe says)
    "the actor of an order that was done": (
        f"UPDATE command SET actor = 'mori' WHERE {DONE}",  # noqa: S608 - our own words
        "order_altered",
        "disagree",
    ),
    "the case of an order": (
        f'UPDATE command SET case_number = (SELECT number FROM "case" WHERE id = 2) WHERE {DONE}',  # noqa: S608 - our own words
        "order_altered",
        "nobody gave",
    ),
    "an order that was done gone": (
        f"DELETE FROM command WHERE {DONE}",  # noqa: S608 - our own words
        "order_never_given",
        "nobody gave",
    ),
    "a refused order called done": (
        "UPDATE command SET outcome = 'done' WHERE outcome = 'refused'", "order_without_history", "was done, but",
    ),
    "roles given by hand": (
        "UPDATE staff SET roles = '[\"verifier\", \"approver\"]' WHERE name = 'tanaka'", "staff_unexplained", "tanaka",
    ),
    "somebody who was removed, active again": (
        "UPDATE staff SET active = true WHERE name = 'ogawa'", "staff_unexplained", "ogawa",
    ),
    "a member of staff gone": ("DELETE FROM staff WHERE name = 'sato'", "staff_unexplained", "sato"),
    "a member of staff put in": (
        "INSERT INTO staff SELECT 'nori', roles, active, added_at, '', NULL, NULL, NULL FROM staff WHERE name = 'kudo'",
        "staff_unexplained",
        "nori",
    ),
    "a row of the log changed": ("UPDATE office_event SET actor = 'mori' WHERE seq = 2", "log_broken", "event 2"),
    "a row of the log gone": ("DELETE FROM office_event WHERE seq = 3", "log_broken", "event 3"),
    "the end of the log cut": (
        "DELETE FROM office_event WHERE seq = (SELECT max(seq) FROM office_event)", "log_cut", "end of the office's",
    ),
    "the end of the log cut, the head with it": (
        (
            "DELETE FROM office_event WHERE seq > 5; UPDATE log_head SET seq = 5,"
            " hash = (SELECT hash FROM office_event WHERE seq = 5)"
        ),
        "log_forgotten",
        "knows another one",
    ),
    "the end of the log cut, the head with it, the cases blinded": (
        (
            "DELETE FROM office_event WHERE seq > 5; UPDATE log_head SET seq = 5,"
            " hash = (SELECT hash FROM office_event WHERE seq = 5); UPDATE \"case\" SET log_seq = 0"
        ),
        "log_forgotten",
        "knows another one",
    ),
    "a row of the log that is no object": (
        "UPDATE office_event SET details = '[]' WHERE seq = 2", "log_broken", "event 2",
    ),
    "a repair in the log that is no object": (
        "UPDATE office_event SET what = 'doctor_repaired', details = '[]' WHERE seq = 2", "log_broken", "event 2",
    ),
    "a whole history gone, its case says so": (
        "DELETE FROM history WHERE case_id = 2; UPDATE \"case\" SET seq = 0, head = '' WHERE id = 2",
        "history_cut",
        "row 1: altered, missing",
    ),
    "a case gone": ('DELETE FROM "case" WHERE id = 2', "case_missing", "the case or the end of its history is missing"),
    "a step in the clock's name": (
        "UPDATE history SET cause = 'timer:fulfil:1:1', actor = 'system' WHERE transition = 'fulfil'",
        "not_the_clock",
        "the case or the end of its history is missing",
    ),
    "a letter's step gone": (
        "UPDATE letter SET seq = 9 WHERE case_id = 3", "history_cut", "letter knows row 9",
    ),
}  # fmt: skip


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_what_the_owner_of_the_database_changed_is_named_by_the_doctor_and_by_the_auditors(
    office: TestOffice, tampering: str
) -> None:
    statements, what, words = TAMPERINGS[tampering]
    with office.as_owner() as db:
        for statement in statements.split("; "):
            db.execute(text(statement))

    assert what in codes(office)
    assert words in said(office)


# -- forgers who make every hash fit again ----------------------------------------------------------------------------


def forge_the_log(db: Connection) -> None:
    """Give every row of the log the hash that fits, from the first to the last."""
    before = ""
    for row in list(db.execute(select(staff.office_event).order_by(staff.office_event.c.seq))):
        digest = staff.chain({**row._mapping, "prev_hash": before})
        change = {"before": before, "digest": digest, "seq": row.seq}
        db.execute(text("UPDATE office_event SET prev_hash = :before, hash = :digest WHERE seq = :seq"), change)
        before = digest


def changed(db: Connection) -> None:
    db.execute(text("UPDATE office_event SET actor = 'mori' WHERE seq = 2"))
    forge_the_log(db)


def put_in(db: Connection) -> None:
    last = db.execute(text("SELECT max(seq) FROM office_event")).scalar_one()
    for seq in range(last, 2, -1):
        db.execute(text("UPDATE office_event SET seq = :new WHERE seq = :seq"), {"new": seq + 1, "seq": seq})
    row = {"seq": 3, "at": 0, "what": "case_seen", "actor": "mori", "details": {}, "prev_hash": "", "hash": ""}
    db.execute(staff.office_event.insert(), row)
    forge_the_log(db)


def taken_out(db: Connection) -> None:
    db.execute(text("DELETE FROM office_event WHERE seq = 5"))
    for row in list(db.execute(text("SELECT seq FROM office_event WHERE seq > 5 ORDER BY seq"))):
        db.execute(text("UPDATE office_event SET seq = :new WHERE seq = :seq"), {"new": row.seq - 1, "seq": row.seq})
    forge_the_log(db)


@pytest.mark.parametrize("forgery", [changed, put_in, taken_out])
@pytest.mark.parametrize("with_head", [False, True])
def test_a_log_whose_hashes_were_all_made_to_fit_is_found_by_its_head_and_by_the_cases(
    office: TestOffice, forgery: Callable[[Connection], None], with_head: bool
) -> None:
    with office.as_owner() as db:
        forgery(db)
        if with_head:
            last = "(SELECT {} FROM office_event ORDER BY seq DESC LIMIT 1)"
            fitting = f"seq = {last.format('seq')}, hash = {last.format('hash')}"
            db.execute(text(f"UPDATE log_head SET {fitting}"))  # noqa: S608 - our own words

    named = codes(office)
    assert named & {"log_cut", "log_forgotten"} == ({"log_forgotten"} if with_head else {"log_cut", "log_forgotten"})
    assert "log_broken" not in named
    assert "office" in said(office)


@pytest.mark.parametrize(("seq", "digest"), [("0", "''"), ("5", "(SELECT hash FROM office_event WHERE seq = 5)")])
def test_a_look_at_a_case_can_be_hidden_as_the_auditors_page_says_it_can(
    office: TestOffice, seq: str, digest: str
) -> None:
    (last,) = office.ask(select(staff.log_head))
    with office.writing() as db:
        staff.log(db, office.at(db).now, "case_seen", CLERK, {"case": number_of(office, 2), "personal": True})
    office.must(number_of(office, 3), "amend", Amend(why="they called"))
    with office.as_owner() as db:
        db.execute(text("DELETE FROM office_event WHERE seq > :seq"), {"seq": last.seq})
        db.execute(text("UPDATE log_head SET seq = :seq, hash = :hash"), {"seq": last.seq, "hash": last.hash})

    assert "log_forgotten" in codes(office)
    with office.as_owner() as db:
        blinded = f'UPDATE "case" SET log_seq = {seq}, log_hash = {digest} WHERE id = 3'  # noqa: S608 - our own words
        db.execute(text(blinded))
    assert codes(office) == set()
    assert [status for status, _ in recipes(office)] == [0, 0, 0]


def test_a_history_cut_with_everything_that_fits_is_known_by_the_orders(office: TestOffice) -> None:
    (last,) = office.ask("SELECT seq, prev_hash, source FROM history WHERE case_id = 1 ORDER BY seq DESC LIMIT 1")
    with office.as_owner() as db:
        db.execute(text("DELETE FROM history WHERE case_id = 1 AND seq = :seq"), {"seq": last.seq})
        back = {"seq": last.seq - 1, "head": last.prev_hash, "state": last.source}
        db.execute(text('UPDATE "case" SET seq = :seq, head = :head, state = :state, released_by = NULL, open = true'
                        " WHERE id = 1"), back)  # fmt: skip

    case = office.ask('SELECT number FROM "case" WHERE id = 1')[0].number
    assert {(case, "order_without_history"), (case, "history_cut")} <= {(one.case, one.what) for one in found(office)}
    assert "the end of its history is missing" in said(office)


def test_a_reminder_cut_from_a_history_is_known_by_its_letter(office: TestOffice) -> None:
    from datetime import timedelta

    assert office.now is not None
    office.move_to(office.now + timedelta(days=16))
    while office.sweep():
        pass
    (last,) = office.ask("SELECT * FROM history WHERE case_id = 2 ORDER BY seq DESC LIMIT 1")
    (reminder,) = office.ask("SELECT number, seq FROM letter WHERE case_id = 2 AND kind = 'reminder'")
    assert (last.transition, last.seq) == ("remind", reminder.seq)
    with office.as_owner() as db:
        db.execute(text("DELETE FROM history WHERE case_id = 2 AND seq = :seq"), {"seq": last.seq})
        db.execute(text('UPDATE "case" SET seq = seq - 1, head = :head WHERE id = 2'), {"head": last.prev_hash})

    assert "history_cut" in codes(office)
    assert f"letter knows row {last.seq}" in said(office)


def test_a_lead_made_by_who_was_none_is_named_though_every_row_fits(office: TestOffice) -> None:
    with office.as_owner() as db:
        db.execute(text("UPDATE staff SET roles = '[\"verifier\", \"lead\"]' WHERE name = 'tanaka'"))
    with office.writing() as db:
        staff.log(db, office.at(db).now, "staff_added", VERIFIER, {"name": VERIFIER, "roles": ["verifier", "lead"]})

    assert codes(office) == {"staff_by_no_lead"}


# -- wiped ------------------------------------------------------------------------------------------------------------


def wipe(db: Connection, number: str, *spared: str) -> None:
    """Remove every row of a case and of its orders, but for those tables."""
    from models.session import load_tables

    (case_id,) = db.execute(select(cases.case.c.id).where(cases.case.c.number == number)).scalars()
    for table in reversed(load_tables().sorted_tables):
        if table.name in spared:
            continue
        for column, value in (("case_id", case_id), ("case_number", number)):
            if column in table.c:
                db.execute(table.delete().where(table.c[column] == value))
    db.execute(cases.case.delete().where(cases.case.c.id == case_id))


def number_of(office: TestOffice, case_id: int) -> str:
    return str(office.ask('SELECT number FROM "case" WHERE id = :id', id=case_id)[0].number)


@pytest.mark.parametrize(
    ("spared", "what", "words"),
    [
        ("command", "case_missing", "the case or the end of its history is missing"),
        ("letter", "case_row_missing", "letter knows row"),
        ("history", "case_row_missing", "history knows row"),
    ],
)
def test_a_case_wiped_whole_is_known_by_whatever_was_forgotten(
    office: TestOffice, spared: str, what: str, words: str
) -> None:
    with office.as_owner() as db:
        wipe(db, number_of(office, 1), spared)

    assert what in codes(office)
    assert words in said(office)


def test_a_case_wiped_with_all_its_orders_is_known_by_the_log_and_by_its_letters_in_the_spool(
    office: TestOffice,
) -> None:
    number = number_of(office, 2)
    with office.as_owner() as db:
        wipe(db, number)

    assert {(number, "case_wiped"), (None, "unknown_file")} <= {(one.case, one.what) for one in found(office)}
    assert f"{number}: the office's log names it, but there is no such case" in said(office)


def test_a_case_wiped_without_a_trace_leaves_a_number_that_is_nobody_s(office: TestOffice) -> None:
    number = number_of(office, 1)
    fresh = codes(office)
    with office.as_owner() as db:
        db.execute(text("DELETE FROM office_event WHERE what = 'never'"))
        wipe(db, number)
        db.execute(text("UPDATE command SET placed_at = '2026-01-01 00:00:00'"))
    for file in office.settings.spool.rglob(f"{number}*"):
        file.unlink()

    assert fresh == set()
    assert (number, "number_unused") in {(one.case, one.what) for one in found(office)}
    assert f"{number[:9]}: given out, but there is neither a case nor an order" in said(office)


def test_a_number_whose_opening_broke_off_is_answered_for_once_by_a_lead(office: TestOffice) -> None:
    (unused,) = office.reserve()
    newest = office.reserve()
    office.opened()
    office.make_letters()
    early = codes(office)
    office.tamper("UPDATE command SET placed_at = '2026-01-01 00:00:00'")

    before = sorted(one.case or "" for one in found(office) if one.what == "number_unused")
    actor = Actor(LEAD, frozenset({Role.LEAD}))
    mended = doctor.repair([*before, number_of(office, 1)], office.unit, actor)
    again = doctor.repair(before, office.unit, actor)

    logged = office.ask(select(staff.office_event).where(staff.office_event.c.what == "doctor_repaired"))
    assert early == set()  # the newest numbers may be on their way
    assert before == sorted([unused, *newest])
    assert [(one.case, one.what) for one in mended] == [(one, "number_unused") for one in before]
    assert [(row.actor, row.details["case"]) for row in logged[:2]] == [(LEAD, one) for one in before]
    assert codes(office) == set()
    assert again == []
    assert [status for status, _ in recipes(office)] == [0, 0, 0]


def test_the_words_of_every_new_finding_say_what_they_name(office: TestOffice) -> None:
    with office.as_owner() as db:
        changed(db)
        db.execute(text("UPDATE staff SET active = false WHERE name = 'sato'"))

    told = {one.what: (say(one.detail, "ja"), say(one.detail, "en")) for one in found(office)}
    assert "sato" in told["staff_unexplained"][0]
    assert "sato" in told["staff_unexplained"][1]


def test_an_amended_case_is_sound_when_its_order_was_set_aside_and_came_back(office: TestOffice) -> None:
    from models import command

    case = office.opened()
    ticket = office.place("amend", Amend(why="they called"), case=case)
    with office.writing() as db:
        office.set_aside(db, ticket.command_id, "broken")
    with office.writing() as db:
        assert command.requeue(db, ticket.command_id)
    office.carry_out(ticket)
    office.make_letters()

    assert found(office) == []
    assert [status for status, _ in recipes(office)] == [0, 0, 0]
