"""The checker finds every kind of damage: each is done with plain SQL behind the engine's back, guards taken away."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from lab.postgres import Postgres
from models.guards import wanted_triggers
from tests.checker import canonical, check
from tests.ledger import sqlite
from tests.office import APPROVER, TestOffice
from workflows.request.payloads import Amend, Fulfil

Damage = tuple[str, str | Callable[[Any, Path], None]]

GUARDS = f"""
{"".join(f"DROP TRIGGER {name};" for name in sorted(wanted_triggers("sqlite")))}
PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF;
"""


@pytest.fixture(scope="module")
def sound(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestOffice]:
    """An office in which everything is in order: a fulfilled case (1), a reminded one (2) and a fresh one (3)."""
    home = tmp_path_factory.mktemp("office")
    (home / "var").mkdir()
    file = home / "var" / "office.sqlite3"
    shutil.copyfile(migrated_sqlite, file)
    office = TestOffice(f"sqlite:///{file}", home)
    fill(office)
    yield office
    office.close()


def fill(office: TestOffice) -> None:
    from datetime import timedelta

    from models import staff

    office.must(office.decided(), "fulfil", Fulfil(), APPROVER)
    case, _ = office.mailed()
    assert office.now is not None
    office.move_to(office.now + timedelta(days=16))
    office.sweep()
    office.opened()
    office.do(case, "amend", Amend(why="they called"))
    office.do(case, "fulfil", Fulfil(), APPROVER)
    office.make_letters()
    _, code = office.mailed()
    scan_something(office, str(code))
    with office.writing() as db:
        for n in range(3):
            staff.log(db, office.at(db).now, "case_seen", "sato", {"n": n})


def scan_something(office: TestOffice, code: str) -> None:
    """Register a page of a form and two of which one waits in the tray and one has left it."""
    from services.returns import sorting
    from tests.services.scans_fakes import SATO, Scanner, mark

    case = office.ask('SELECT number FROM "case" ORDER BY id DESC')[0].number
    folder = office.settings.home / "scanner"
    folder.mkdir(parents=True, exist_ok=True)
    scanner = Scanner(folder)
    scanner.scan(office, scanner.file(mark(case, code, 1, 1), "", ""))
    sorting.destroy("T26-0002", sorting.Discard.BLANK, SATO, office.unit)


def rechained(change: str) -> Callable[[Any, Path], None]:
    """Return a forger's damage: rows changed, and every hash made to fit again."""
    import hashlib
    import json

    def forge(db: Any, _: Path) -> None:
        db.execute(change)
        db.row_factory = sqlite.Row
        cases = {row["id"]: row["number"] for row in db.execute('SELECT id, number FROM "case"')}
        heads: dict[int, str] = {}
        for row in db.execute("SELECT * FROM history ORDER BY case_id, seq").fetchall():
            full = {**dict(row), "details": json.loads(row["details"]), "case": cases[row["case_id"]]}
            full["prev_hash"] = heads.get(row["case_id"], "")
            hashed = hashlib.sha256(canonical(full)).hexdigest()
            key = (full["prev_hash"], hashed, row["case_id"], row["seq"])
            db.execute("UPDATE history SET prev_hash = ?, hash = ? WHERE case_id = ? AND seq = ?", key)
            heads[row["case_id"]] = hashed
        for case_id, head in heads.items():
            db.execute('UPDATE "case" SET head = ? WHERE id = ?', (head, case_id))

    return forge


def spoilt(pattern: str, content: bytes | None) -> Callable[[Any, Path], None]:
    """Return damage to the first file of the spool, or a file that does not belong there."""

    def spoil(_: Any, spool: Path) -> None:
        if content is None:
            next(iter(sorted(spool.rglob(pattern)))).unlink()
        elif "*" in pattern:
            next(iter(sorted(spool.rglob(pattern)))).write_bytes(content)
        else:
            (spool / pattern).write_bytes(content)

    return spoil


def beside(store: str, content: bytes | None, name: str = "*.sealed") -> Callable[[Any, Path], None]:
    """Return damage to the first file of a store beside the spool, or a file that does not belong there."""
    return lambda db, spool: spoilt(name, content)(db, spool.parent / store)


DAMAGES: dict[str, Damage] = {
    "an order lost": ("I1", "DELETE FROM command WHERE id = 1"),
    "an order never answered": ("I1", "UPDATE command SET outcome = NULL WHERE id = 1"),
    "a refusal without a reason": ("I1", "UPDATE command SET reasons = '[]' WHERE outcome = 'refused'"),
    "an order set aside where nobody sees it": (
        "I1",
        "UPDATE command SET outcome = 'set_aside' WHERE outcome = 'refused'",
    ),
    "an order said to be done": ("I1", "UPDATE command SET outcome = 'done' WHERE outcome = 'refused'"),
    "a refused order done": ("I1", "UPDATE command SET outcome = 'refused', reasons = '[[1]]' WHERE id = 1"),
    "a row missing": ("I2", "DELETE FROM history WHERE case_id = 1 AND seq = 2"),
    "the tail cut": ("I2", 'DELETE FROM history WHERE case_id = 1 AND seq = (SELECT seq FROM "case" WHERE id = 1)'),
    "a case set back": ("I2", 'UPDATE "case" SET seq = seq - 1 WHERE id = 2'),
    "a case in another state": ("I2", "UPDATE \"case\" SET state = 'contacted' WHERE id = 2"),
    "a closed case called open": ("I2", 'UPDATE "case" SET open = 1 WHERE id = 1'),
    "a step skipped": ("I2", rechained("UPDATE history SET transition = 'fulfil' WHERE transition = 'receive_forms'")),
    "a source that is no target": ("I2", rechained("UPDATE history SET source = 'lapsed' WHERE seq = 3")),
    "a reminder by a person": ("I2", rechained("UPDATE history SET actor = 'sato' WHERE transition = 'remind'")),
    "a letter lost": ("I3", spoilt("*.pdf", None)),
    "a letter changed": ("I3", spoilt("*.pdf", b"%PDF another")),
    "a letter nobody ordered": ("I3", spoilt("stray.pdf", b"%PDF")),
    "a letter never made": ("I3", "UPDATE effect SET state = 'waiting' WHERE id = 1"),
    "a letter said to be made": ("I3", "UPDATE letter SET path = NULL, sha256 = NULL WHERE id = 1"),
    "a letter's words not wiped": ("I3", "UPDATE effect SET sealed = x'00' WHERE id = 1"),
    "a page lost": ("I3", beside("evidence", None)),
    "a page changed": ("I3", beside("evidence", b"another")),
    "a page in the tray lost": ("I3", beside("tray", None)),
    "a page nobody registered": ("I3", beside("tray", b"stray", "stray.sealed")),
    "a page that never came": (
        "I3",
        "UPDATE scan_page SET state = 'arriving', path = NULL, sha256 = NULL, sealed_sha256 = NULL",
    ),
    "a page registered twice": (
        "I3",
        "UPDATE tray SET file_hash = (SELECT file_hash FROM scan_page), file_page = 1 WHERE id = 1",
    ),
    "a page assigned to nobody": ("I3", "UPDATE tray SET state = 'assigned' WHERE id = 2"),
    "a page that left the tray and lies there": ("I3", "UPDATE tray SET cleared_at = NULL WHERE id = 2"),
    "an effect gone": ("I3", "DELETE FROM effect WHERE id = 1"),
    "a void letter still to be made": (
        "I3",
        "UPDATE letter SET state = 'void' WHERE id = 1; UPDATE effect SET state = 'waiting' WHERE id = 1",
    ),
    "a row changed": ("I4", "UPDATE history SET actor = 'mori' WHERE case_id = 1 AND seq = 2"),
    "a detail changed": ("I4", "UPDATE history SET details = '{}' WHERE case_id = 1 AND seq = 4"),
    "a time changed": ("I4", "UPDATE history SET at = at + 1 WHERE case_id = 2 AND seq = 1"),
    "another head": ("I4", "UPDATE \"case\" SET head = 'x' WHERE id = 3"),
    "the office's log changed": ("I4", "UPDATE office_event SET actor = 'mori' WHERE seq = 2"),
    "a row of the office's log missing": ("I4", "DELETE FROM office_event WHERE seq = 1"),
    "the end of the office's log cut": ("I4", "DELETE FROM office_event WHERE seq > 5"),
    "the end of the office's log cut, its head with it": (
        "I4",
        (
            "DELETE FROM office_event WHERE seq > 2; UPDATE log_head SET seq = 2,"
            " hash = (SELECT hash FROM office_event WHERE seq = 2)"
        ),
    ),
    "roles the log does not explain": ("I4", "UPDATE staff SET roles = '[\"approver\"]' WHERE name = 'sato'"),
    "a reminder at night": ("I5", rechained("UPDATE history SET at = at + 43200000000 WHERE transition = 'remind'")),
    "two reminders for one firing": (
        "I5",
        (
            "INSERT INTO letter (number, copy, ordinal, case_id, seq, kind, language, state, ordered_at) "
            "SELECT number || 'x', copy, 9, case_id, seq, kind, language, state, ordered_at FROM letter "
            "WHERE kind = 'reminder'"
        ),
    ),
    "a release by who verified": ("I8", 'UPDATE "case" SET released_by = verified_by WHERE id = 1'),
    "a release by nobody": ("I8", 'UPDATE "case" SET released_by = NULL WHERE id = 1'),
    "a release of one's own work": (
        "I8",
        rechained("UPDATE history SET actor = 'tanaka' WHERE transition = 'fulfil'"),
    ),
    "a release by who was never checked": (
        "I8",
        rechained("UPDATE history SET transition = 'amend' WHERE transition = 'verify_identity'"),
    ),
    "an open case without a next moment": ("I10", "DELETE FROM timer WHERE case_id = 3"),
    "a timer of a state that was left": ("I10", "UPDATE timer SET entry_seq = 0 WHERE case_id = 3 AND scope = 'state'"),
    "a next moment that is none": ("I10", "UPDATE \"case\" SET due_at = '2031-01-01 00:00:00' WHERE id = 3"),
}


def test_an_office_in_order_gives_no_finding(sound: TestOffice) -> None:
    assert check(sound.url, sound.settings.spool, sound.told) == []


@pytest.mark.parametrize("damage", DAMAGES)
def test_each_kind_of_damage_is_found(sound: TestOffice, tmp_path: Path, damage: str) -> None:
    invariant, deed = DAMAGES[damage]
    original = sqlite.connect(f"file:{sound.url.removeprefix('sqlite:///')}?mode=ro", uri=True)
    file, spool = tmp_path / "office.sqlite3", tmp_path / "spool"
    for store in ("spool", "evidence", "tray"):
        shutil.copytree(sound.settings.var / store, tmp_path / store)
    with sqlite.connect(file) as copy:
        original.backup(copy)
        copy.executescript(GUARDS)
        if isinstance(deed, str):
            copy.executescript(deed)
        else:
            deed(copy, spool)
        copy.commit()
    copy.close()
    original.close()

    findings = check(f"sqlite:///{file}", spool, sound.told)

    assert invariant in {finding.invariant for finding in findings}, findings


def test_damage_is_found_on_postgresql_too(postgres: Postgres, migrated_postgres: str, home: Path) -> None:
    url = postgres.create(migrated_postgres)
    office = TestOffice(url, home)
    fill(office)
    before = check(url, office.settings.spool, office.told)
    statements = [
        "ALTER TABLE history DISABLE TRIGGER USER",
        "ALTER TABLE history DROP CONSTRAINT uq_history_case_id_cause",
        (
            "UPDATE history SET cause = (SELECT h.cause FROM history h"
            " WHERE h.case_id = history.case_id AND h.seq = 1) WHERE case_id = 1 AND seq = 2"
        ),
        "DELETE FROM timer WHERE case_id = 3",
    ]
    with psycopg.connect(url.replace("postgresql+psycopg", "postgresql"), autocommit=True) as db:
        for statement in statements:
            db.execute(statement.encode())

    after = check(url, office.settings.spool, office.told)

    assert before == []
    assert {"I1", "I2", "I4", "I10"} <= {finding.invariant for finding in after}
    assert any("happened twice" in finding.what for finding in after)
    office.close()
    postgres.drop(url)
