"""Checkpoints: what is signed, when, and what becomes of it when writers die, keys change and backups are restored."""

import json
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from models import case as cases
from models import checkpoint, staff
from models.signing import SigningKey, SigningKeyUnfit, verifies
from services.audit import checkpoints, signed
from services.audit.checkpoints import Answered
from services.audit.signed import FILE, Line, Signed, signable
from services.engine.order import Outcome
from tests.office import LEAD, TestOffice
from workflows.engine.payloads import Nothing
from workflows.request.payloads import Amend, Hold
from workflows.request.values import HoldReason


def file_of(office: TestOffice) -> Path:
    return office.settings.checkpoints / FILE


def lines(office: TestOffice) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file_of(office).read_text("utf-8").splitlines()]


def moved(office: TestOffice, case: str) -> Outcome:
    return office.must(case, "amend", Amend(why="they called"))


def fault(office: TestOffice) -> str:
    found, _ = checkpoints.prove(office.unit)
    return "" if found.fault is None else found.fault[1].code


def test_only_what_grew_is_signed_and_nothing_where_nothing_did(office: TestOffice) -> None:
    first, second = office.opened(), office.opened()

    made = checkpoints.make(office.unit)
    again = checkpoints.make(office.unit)
    moved(office, second)
    last = checkpoints.make(office.unit)

    assert (made is not None, again, last is not None) == (True, None, True)
    written = lines(office)
    heads = {row.number: [row.number, row.seq, row.head] for row in office.ask(select(cases.case))}
    assert [[head[0] for head in line["heads"]] for line in written] == [[first, second], [second]]
    assert written[1]["heads"] == [heads[second]]
    assert [line["prev"] for line in written] == ["", signed.digest_of(written[0])]
    assert all(verifies(str(line["key"]), signable(line), str(line["signature"])) for line in written)
    (newest,) = office.ask(select(checkpoint.checkpoint))
    assert (newest.number, newest.digest) == (2, signed.digest_of(written[1]))
    assert file_of(office).stat().st_mode & 0o777 == 0o600


def test_a_row_of_the_log_alone_is_signed_too(office: TestOffice) -> None:
    checkpoints.make(office.unit)
    with office.writing() as db:
        staff.log(db, office.at(db).now, "case_seen", LEAD, {"case": None})

    made = checkpoints.make(office.unit)

    assert made is not None
    assert (made.number, made.heads) == (2, 0)


def test_more_than_a_line_holds_is_signed_in_several(office: TestOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = [office.opened() for _ in range(5)]
    monkeypatch.setattr(checkpoints, "MANY", 2)

    made = checkpoints.make(office.unit)

    written = lines(office)
    assert made is not None
    assert (made.number, made.heads) == (3, 5)
    assert [[head[0] for head in line["heads"]] for line in written] == [numbers[:2], numbers[2:4], numbers[4:]]
    assert [line["last"] for line in written] == [False, False, True]


def test_what_committed_late_is_signed_by_the_next_one_though_the_office_has_gone_on_for_long(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = office.now
    assert start is not None
    monkeypatch.setattr(checkpoints, "machine_now", lambda _: office.now)  # the two clocks are one here
    case = office.opened()
    for minutes in range(5, 65, 5):
        office.now = start + timedelta(minutes=minutes)
        moved(office, office.opened())
        checkpoints.make(office.unit)
    # Its time was read a moment before the last checkpoint, and it was committed after it.
    office.now = start + timedelta(minutes=59)
    moved(office, case)
    office.now = start + timedelta(minutes=65)
    made = checkpoints.make(office.unit)

    assert made is not None
    assert [head[0] for head in lines(office)[-1]["heads"]] == [case]  # and nothing twice


def test_an_office_whose_clock_was_set_back_signs_what_comes_then(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = office.now
    assert start is not None
    minutes = iter(range(0, 1000, 30))
    monkeypatch.setattr(checkpoints, "machine_now", lambda _: start + timedelta(minutes=next(minutes)))
    for _ in range(3):
        with office.writing() as db:
            staff.log(db, start, "clock_moved", LEAD, {})
        checkpoints.make(office.unit)
    office.now = start - timedelta(days=30)
    case = office.opened()

    made = checkpoints.make(office.unit)

    assert made is not None
    assert [head[0] for head in lines(office)[-1]["heads"]] == [case]


def test_a_writer_that_died_leaves_a_piece_that_is_told_and_nothing_is_lost(office: TestOffice) -> None:
    first = office.opened()
    checkpoints.make(office.unit)
    whole = file_of(office).read_bytes()
    second = office.opened()
    checkpoints.make(office.unit)
    torn = file_of(office).read_bytes()[:-40]
    file_of(office).write_bytes(torn)
    office.tell("DELETE FROM checkpoint")  # it died before the database was told
    read_torn = signed.read(file_of(office))

    checkpoints.make(office.unit)

    found, known = checkpoints.prove(office.unit)
    assert (read_torn.lines, read_torn.pieces, read_torn.fault) == (1, 1, None)
    assert (found.fault, known.lines, known.pieces) == (None, 2, 1)
    assert set(known.cases()) == {first, second}
    assert file_of(office).read_bytes().startswith(whole)


def test_a_whole_line_without_its_end_is_gone_on_from(office: TestOffice) -> None:
    office.opened()
    checkpoints.make(office.unit)
    file_of(office).write_bytes(file_of(office).read_bytes().rstrip(b"\n"))
    office.opened()

    checkpoints.make(office.unit)

    found, known = checkpoints.prove(office.unit)
    assert (found.fault, known.lines, known.pieces) == (None, 2, 0)


def test_a_line_that_the_database_was_not_told_of_is_gone_on_from(office: TestOffice) -> None:
    office.opened()
    checkpoints.make(office.unit)
    office.tell("DELETE FROM checkpoint")
    office.opened()

    made = checkpoints.make(office.unit)

    assert made is not None
    assert made.number == 2
    assert fault(office) == ""


def test_of_a_row_that_was_signed_twice_the_first_counts() -> None:
    known, first, second = Signed(), "aa" * 32, "bb" * 32
    for number, digest in ((1, first), (2, second)):
        known.take(
            Line(
                number=number, at="2026-11-30T00:00:00+00:00", mark=0, heads=(("26-000001-D", 5, digest),),
                log=(7, digest), last=True, key="cc" * 32, prev="", digest=digest,
            )
        )  # fmt: skip

    assert known.of("26-000001-D") == {5: (first, 1)}
    assert known.of_log() == {7: (first, 1)}


# -- keys -------------------------------------------------------------------------------------------------------------


def test_a_key_that_others_may_read_signs_nothing_until_that_is_mended(office: TestOffice) -> None:
    key = SigningKey(office.settings.keys)
    office.opened()
    key.path.chmod(0o640)

    with pytest.raises(SigningKeyUnfit) as refused:
        checkpoints.make(office.unit)
    key.path.chmod(0o600)
    made = checkpoints.make(office.unit)

    assert refused.value.reason.code == "keys.audit_open"
    assert made is not None


def test_an_office_from_before_makes_its_key_when_it_first_signs_and_never_again(office: TestOffice) -> None:
    key = SigningKey(office.settings.keys)
    key.path.unlink()
    office.opened()

    checkpoints.make(office.unit)
    key.path.unlink()
    office.opened()
    with pytest.raises(SigningKeyUnfit) as refused:
        checkpoints.make(office.unit)

    assert refused.value.reason.code == "keys.audit_gone"
    logged = office.ask(select(staff.office_event.c.details).where(staff.office_event.c.what == "audit_key_made"))
    assert [row.details["key"] for row in logged] == [lines(office)[0]["key"]]


def test_a_key_nobody_answers_for_signs_nothing_and_one_that_a_lead_made_does(office: TestOffice) -> None:
    key = SigningKey(office.settings.keys)
    office.opened()
    checkpoints.make(office.unit)
    key.replace()
    office.opened()
    with pytest.raises(SigningKeyUnfit) as refused:
        checkpoints.make(office.unit)

    checkpoints.change_key(office.unit, LEAD, "the disk was stolen")
    checkpoints.make(office.unit)

    assert refused.value.reason.code == "keys.audit_other"
    assert len({str(line["key"]) for line in lines(office)}) == 2
    assert fault(office) == ""


def test_a_file_signed_by_a_key_that_is_not_in_the_log_is_named(office: TestOffice, tmp_path: Path) -> None:
    office.opened()
    checkpoints.make(office.unit)
    other = SigningKey(tmp_path)
    other.make()
    (document,) = lines(office)
    document["key"] = other.public()
    document["signature"] = other.sign(signable(document))
    file_of(office).write_text(json.dumps(document) + "\n", "utf-8")
    office.tell("UPDATE checkpoint SET digest = :digest", digest=signed.digest_of(document))

    assert fault(office) == "audit.key_unknown"


# -- backups ----------------------------------------------------------------------------------------------------------


def test_an_older_database_is_named_until_a_lead_answers_for_what_it_lost(tmp_path: Path, sqlite_url: str) -> None:
    office = TestOffice(sqlite_url, tmp_path / "home")
    database = Path(sqlite_url.removeprefix("sqlite:///"))
    first = office.opened()
    checkpoints.make(office.unit)
    office.engine.dispose()
    shutil.copyfile(database, tmp_path / "yesterday")
    gone = office.opened()
    moved(office, first)
    checkpoints.make(office.unit)
    office.engine.dispose()
    (tmp_path / "yesterday").replace(database)

    named = fault(office)
    office.must(first, "hold", Hold(reason=HoldReason.OTHER))  # work went on before anybody saw it
    still = fault(office)
    lost = checkpoints.missing(office.unit)
    made = checkpoints.make(office.unit, Answered(tuple(lost), LEAD, "the disk failed on Tuesday"))
    office.must(first, "resume", Nothing())
    checkpoints.make(office.unit)

    assert (named, still) == ("audit.signed_gone", "audit.rewritten")
    assert {(number, seq) for number, seq, _ in lost} >= {(first, 2), (gone, 1)}
    assert made is not None
    assert fault(office) == ""
    assert lines(office)[2]["why"] == "the disk failed on Tuesday"
    # What was answered for is that alone: what is lost afterwards is named again.
    with office.as_owner() as db:
        db.execute(text("DELETE FROM history WHERE seq = 3"))
        db.execute(text('UPDATE "case" SET seq = 2, head = (SELECT hash FROM history WHERE seq = 2)'))
    assert fault(office) == "audit.signed_gone"
    office.close()
