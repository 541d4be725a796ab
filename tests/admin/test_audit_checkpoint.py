"""``audit checkpoint`` and ``audit key``: what was recorded is signed from outside the database, and stays so."""

import gzip
import json
from pathlib import Path

from models.signing import verifies
from services.audit.signed import FILE, signable
from tests.admin.conftest import Script, on_both
from tests.office import CLERK, LEAD, TestOffice


def file_of(office: TestOffice) -> Path:
    return office.settings.checkpoints / FILE


def test_what_was_recorded_is_signed_verified_and_signed_no_second_time(script: Script, office: TestOffice) -> None:
    office.opened()

    before = script.by(CLERK, "audit", "verify", "--lang", "en")
    made = script.by(CLERK, "audit", "checkpoint", "--json")
    again = script.by(CLERK, "audit", "checkpoint", "--lang", "en")
    verified = script.by(CLERK, "audit", "verify", "--json")

    assert "there are no checkpoints yet" in before.err
    assert (made.status, made.json["made"], made.json["number"], made.json["heads"]) == (0, True, 1, 1)
    assert (again.status, again.out) == (0, "nothing was recorded since the last checkpoint.\n")
    assert (verified.status, verified.json["checkpoints"]["lines"]) == (0, 1)
    shown = script.by(CLERK, "audit", "key", "--json").json
    (line,) = map(json.loads, file_of(office).read_text("utf-8").splitlines())
    assert verifies(shown["key"], signable(line), line["signature"])
    assert shown["pem"].startswith("-----BEGIN PUBLIC KEY-----")


def test_a_key_others_can_read_is_said_with_what_to_do(script: Script, office: TestOffice) -> None:
    office.opened()
    (office.settings.keys / "audit").chmod(0o644)

    said = script.by(CLERK, "audit", "checkpoint", "--lang", "en")

    assert said.status == 1
    assert "chmod 600" in said.err


def test_another_key_takes_a_lead_and_a_reason(script: Script, office: TestOffice) -> None:
    office.opened()
    script.by(CLERK, "audit", "checkpoint")

    by_clerk = script.by(CLERK, "audit", "key", "--new", "--why", "leaked", "--json")
    without = script.by(LEAD, "audit", "key", "--new", "--json")
    unasked = script.by(LEAD, "audit", "key", "--new", "--why", "leaked", "--json")
    done = script.by(LEAD, "audit", "key", "--new", "--why", "leaked", "--yes", "--json")
    signed = script.by(LEAD, "audit", "checkpoint", "--json")
    verified = script.by(LEAD, "audit", "verify", "--json")

    assert (by_clerk.status, without.status, done.status, signed.status) == (1, 2, 0, 0)
    assert (unasked.status, unasked.json["error"]) == (2, "not_confirmed")
    assert signed.json["made"] is True
    assert (verified.status, verified.json["checkpoints"]["lines"]) == (0, 2)


@on_both
def test_what_a_restored_database_lost_is_named_until_a_lead_answers_for_it(script: Script, office: TestOffice) -> None:
    office.opened()
    last = office.opened()
    script.by(CLERK, "audit", "checkpoint")
    with office.as_owner() as db:
        for statement in (
            'DELETE FROM history WHERE case_id = (SELECT max(id) FROM "case")',
            'DELETE FROM "case" WHERE id = (SELECT max(id) FROM "case")',
        ):
            db.exec_driver_sql(statement)

    named = script.by(CLERK, "audit", "verify", "--json", "--lang", "en")
    by_clerk = script.by(CLERK, "audit", "checkpoint", "--restored", "--why", "the disk failed")
    without = script.by(LEAD, "audit", "checkpoint", "--restored")
    restored = ("audit", "checkpoint", "--restored", "--why", "the disk failed", "--json")
    unasked = script.by(LEAD, *restored)
    done = script.by(LEAD, *restored, "--yes")
    told = script.by(CLERK, "audit", "verify", "--lang", "en")

    assert (named.status, named.json["fault"]["case"]) == (1, last)
    assert "there is no such case" in named.json["fault"]["message"]
    assert (by_clerk.status, without.status, unasked.status, done.status) == (1, 2, 2, 0)
    assert unasked.json["error"] == "not_confirmed"
    assert done.json["given_up"] == 1
    assert "a backup was restored" in told.err
    assert last not in told.out


def test_the_whole_history_is_carried_away_as_lines_by_a_lead_alone(
    script: Script, office: TestOffice, tmp_path: Path
) -> None:
    case = office.opened()
    plain, packed = tmp_path / "history.jsonl", tmp_path / "history.jsonl.gz"

    by_clerk = script.by(CLERK, "audit", "verify", "--export", str(plain))
    done = script.by(LEAD, "audit", "verify", "--export", str(plain), "--json")
    script.by(LEAD, "audit", "verify", "--export", str(packed))

    assert (by_clerk.status, done.status, done.json["export"]) == (1, 0, str(plain))
    lines = [json.loads(line) for line in plain.read_text("utf-8").splitlines()]
    assert [line["kind"] for line in lines[:3]] == ["office", "row", "case"]
    assert (lines[1]["case"], lines[1]["transition"], lines[-1]["kind"], lines[-1]["rows"]) == (case, "open", "end", 1)
    assert len(gzip.decompress(packed.read_bytes()).splitlines()) == len(lines) + 1  # that it was exported is logged
    assert office.ask("SELECT 1 FROM office_event WHERE what = 'history_exported'")


def test_an_export_of_what_does_not_verify_is_whole_all_the_same(
    script: Script, office: TestOffice, tmp_path: Path
) -> None:
    for _ in range(3):
        office.opened()
    office.tamper("UPDATE history SET actor = 'somebody' WHERE case_id = (SELECT min(case_id) FROM history)")
    out = tmp_path / "history.jsonl"

    said = script.by(LEAD, "audit", "verify", "--export", str(out), "--json")

    assert said.status == 1
    assert json.loads(out.read_text("utf-8").splitlines()[-1])["rows"] == 3
