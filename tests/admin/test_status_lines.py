"""What stands beside a red or yellow line of ``status``: run as it is, and the line is green again.

What helps elsewhere (a server, another machine) is asked here for its words alone, and mended by hand; what takes a
desk of real processes is in tests/system/test_status_and_back.py.
"""

import shlex
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, update

from clock import machine_now
from models import founding, rotation
from models import office as office_table
from models.incident import notice
from models.keys import Keys
from models.wrapping import KeystoreDamaged
from services.audit import checkpoints
from services.backup.taking import take
from settings import settings
from tests.admin.conftest import Script, on_both
from tests.admin.statuses import bad, heard, line, run, seen
from tests.office import CLERK, LEAD, TestOffice
from workflows.request.payloads import Withdraw
from workflows.request.values import ToldHow


@pytest.fixture
def office(office: TestOffice, monkeypatch: pytest.MonkeyPatch) -> TestOffice:
    """The office of the script, heard of a moment ago, in a folder of its own."""
    monkeypatch.chdir(settings().home)
    heard(office)
    return office


# -- there and back by one line --------------------------------------------------------------------------------------


def test_an_office_where_nothing_is_wrong_has_nothing_to_run(script: Script, office: TestOffice) -> None:
    office.opened()
    office.make_letters()
    checkpoints.make(office.unit)

    assert bad(script) == set()
    assert all((one["run"] is None) == (one["ok"] and not one["note"]) for one in seen(script).values())


def test_checkpoints_are_signed_by_the_line_beside_them(script: Script, office: TestOffice) -> None:
    office.opened()
    office.make_letters()
    office.tamper("UPDATE command SET placed_at = '2026-01-01 00:00:00'")
    before = bad(script)

    status = run(script, line(script, "checkpoints"))

    assert (before, status, bad(script)) == ({"checkpoints"}, 0, set())


def test_keys_others_can_read_are_closed_by_the_line_beside_them(script: Script, office: TestOffice) -> None:
    folder = office.settings.keys
    folder.chmod(0o750)
    (folder / "lookup").chmod(0o644)
    before = bad(script)

    status = run(script, line(script, "keys"))

    assert (before, status, bad(script)) == ({"keys"}, 0, set())
    assert (folder / "lookup").stat().st_mode & 0o777 == 0o600


def test_the_key_that_signs_is_closed_by_the_line_beside_the_checkpoints(script: Script, office: TestOffice) -> None:
    office.opened()
    office.make_letters()
    checkpoints.make(office.unit)
    (office.settings.keys / "audit").chmod(0o644)
    before = bad(script)

    status = run(script, line(script, "checkpoints"))

    assert (before, status, bad(script)) == ({"checkpoints", "keys"}, 0, set())


def test_a_lost_key_that_signs_is_named_and_well_once_it_is_back(script: Script, office: TestOffice) -> None:
    office.opened()
    office.make_letters()
    checkpoints.make(office.unit)
    key, aside = office.settings.keys / "audit", office.settings.home / "aside"
    key.rename(aside)
    gone = line(script, "checkpoints")
    status = run(script, gone)
    key.write_bytes(b"short")
    key.chmod(0o600)
    damaged = line(script, "checkpoints")
    aside.rename(key)

    assert (gone, status) == (f"ls -lA {office.settings.keys}", 0)
    assert damaged == "./admin.py doctor --quick"
    assert bad(script) == set()


def test_keys_that_are_not_mounted_are_named_and_well_once_they_are(script: Script, office: TestOffice) -> None:
    keys, aside = office.settings.keys, office.settings.home / "aside"
    keys.rename(aside)
    without = seen(script)["keys"]
    keys.mkdir(mode=0o700)
    empty = seen(script)["keys"]
    keys.rmdir()
    aside.rename(keys)

    assert without["run"] == empty["run"] == f"mount {keys}"
    assert "Never make new ones" in without["detail"]
    assert bad(script) == set()


def test_a_part_of_the_keys_comes_back_from_the_newest_copy_in_reach(
    script: Script, office: TestOffice, tmp_path: Path
) -> None:
    case = office.opened()
    office.make_letters()
    take(office.unit, tmp_path / "monday", tmp_path / "vault", LEAD, machine_now())
    checkpoints.make(office.unit)
    (office.settings.keys / "lookup").unlink()
    before = bad(script)

    typed = line(script, "keys")
    status = run(script, typed)

    assert (before, status, bad(script)) == ({"keys"}, 0, set())
    assert typed == f"cp -np {tmp_path}/vault/lookup {office.settings.keys}"
    assert script.by(CLERK, "show", case).status == 0
    for path in (tmp_path / "vault").iterdir():
        path.unlink()
    (office.settings.keys / "lookup").rename(tmp_path / "lookup")
    assert line(script, "keys") == f"ls -lA {office.settings.keys}"
    (tmp_path / "lookup").rename(office.settings.keys / "lookup")
    assert bad(script) == set()


def test_a_key_from_before_it_was_changed_is_not_taken_for_the_one_that_is_gone(
    script: Script, office: TestOffice, tmp_path: Path
) -> None:
    case, kek = office.opened(), office.settings.keys / "kek"
    office.make_letters()
    take(office.unit, tmp_path / "monday", tmp_path / "before", LEAD, machine_now())
    checkpoints.make(office.unit)
    rotation.rotate(office.keys)
    kek.rename(tmp_path / "kek")
    assert line(script, "keys") == f"ls -lA {office.settings.keys}"

    kek.write_bytes((tmp_path / "before" / "kek").read_bytes())
    kek.chmod(0o600)
    wrong = bad(script)
    with pytest.raises(KeystoreDamaged):  # nothing is wrapped by what opens nothing
        Keys(office.settings.keys).create(["26-900000-X"])
    (tmp_path / "kek").rename(kek)
    take(office.unit, tmp_path / "tuesday", tmp_path / "after", LEAD, machine_now())
    kek.write_bytes((tmp_path / "before" / "kek").read_bytes())
    typed = line(script, "keys")

    assert (wrong, typed) == ({"keys"}, f"cp -p {tmp_path}/after/kek {office.settings.keys}")
    assert run(script, typed) == 0
    for content in (b"cut", bytes(32)):
        (office.settings.keys / "lookup").write_bytes(content)
        assert line(script, "keys") == f"cp -p {tmp_path}/after/lookup {office.settings.keys}"
    assert run(script, line(script, "keys")) == 0
    laid_ready = office.settings.keys / "lookup.2"
    laid_ready.write_bytes(b"cut")
    laid_ready.chmod(0o600)
    assert (bad(script), line(script, "keys")) == ({"keys"}, f"ls -lA {office.settings.keys}")
    laid_ready.unlink()
    assert bad(script) == set()
    assert script.by(CLERK, "show", case).status == 0


def test_a_kind_of_letter_is_started_by_the_line_beside_it(script: Script, office: TestOffice) -> None:
    kind = "disclosure_notification"
    assert script.by(LEAD, "letter-kinds", "stop", kind, "--reason", "wrong_wording").status == 0
    before = bad(script)

    status = run(script, line(script, "letter_kinds"))

    assert (before, status, bad(script)) == ({"letter_kinds"}, 0, set())


def test_what_was_missed_is_read_by_the_line_beside_it(script: Script, office: TestOffice) -> None:
    params = {"since": "2026-11-09", "until": "2026-12-15", "due": 3}
    with office.writing() as db:
        row = {"role": "lead", "code": "notice.stood_still", "params": params, "at": office.at(db).now}
        db.execute(insert(notice), row)
    before, looked = bad(script), run(script, line(script, "notices"))
    after_looking = bad(script)

    status = run(script, line(script, "stood_still"))

    assert before == after_looking == {"notices", "stood_still"}
    assert (looked, status, bad(script)) == (0, 0, set())


def withdrawn(office: TestOffice) -> str:
    case, _ = office.mailed()
    office.must(case, "withdraw", Withdraw(on=office.today, how=ToldHow.PHONE))
    office.post_letters(case)
    return case


@on_both
def test_what_should_have_been_erased_is_by_the_line_beside_it(script: Script, office: TestOffice) -> None:
    withdrawn(office)
    checkpoints.make(office.unit)
    with office.as_owner() as db:
        office_table.set_offset(db, office_table.offset(db) + 1200 * 86400 * 10**6)
    before = seen(script)["retention"]

    status = run(script, line(script, "retention"))

    assert (before["ok"], before["run"], status) == (False, "./admin.py retention", 0)
    assert seen(script)["retention"]["ok"]


def test_a_hold_past_its_day_is_listed_by_the_line_beside_it_and_ended(script: Script, office: TestOffice) -> None:
    case = withdrawn(office)
    until = (office.today + timedelta(days=1)).isoformat()
    assert script.by(LEAD, "legal-hold", case, "--why", "a claim", "--until", until).status == 0
    assert script.by(LEAD, "clock", "--advance", "3d").status == 0
    check = seen(script)["retention"]

    status = run(script, check["run"])
    script.by(LEAD, "legal-hold", case, "--lift", "--why", "settled")

    assert (check["ok"], check["note"], check["run"], status) == (True, True, "./admin.py legal-hold --list", 0)
    assert not seen(script)["retention"]["note"]


# -- backups ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def real(office: TestOffice, monkeypatch: pytest.MonkeyPatch) -> TestOffice:
    """The same office, no demo: one that needs backups."""
    monkeypatch.delenv("MADOGUCHI_ALLOW_AS")
    monkeypatch.setenv("MADOGUCHI_HOME", str(settings().home))
    settings.cache_clear()
    with office.as_owner() as db:
        db.execute(update(founding.founding).values(demo=False))
    return office


def here(script: Script, typed: str) -> int:
    return script(*shlex.split(typed)[1:]).status if typed.startswith("./admin.py") else run(script, typed)


def test_the_first_backup_is_made_by_the_line_beside_it(script: Script, real: TestOffice) -> None:
    real.opened()
    real.make_letters()
    checkpoints.make(real.unit)
    new = seen(script)["backup"]
    real.tamper("UPDATE command SET placed_at = '2026-01-01 00:00:00'")
    late = seen(script)["backup"]

    status = here(script, late["run"])

    assert [(one["ok"], one["note"]) for one in (new, late)] == [(True, True), (False, False)]
    assert late["run"].startswith(f"./admin.py backup --out {real.settings.home}.backup/20")
    assert status == 0
    assert seen(script)["backup"] | {"detail": ""} == {
        "name": "backup", "ok": True, "detail": "", "note": False, "run": None,
    }  # fmt: skip


def test_an_old_backup_has_the_line_that_makes_the_next_one_beside_it(
    script: Script, real: TestOffice, tmp_path: Path
) -> None:
    real.opened()
    real.make_letters()
    checkpoints.make(real.unit)
    checks = []
    for days in (31, 8, 2):
        made = machine_now() - timedelta(days=days)
        take(real.unit, tmp_path / "out" / f"{days}", tmp_path / "vault" / f"{days}", LEAD, made)
        checks.append(seen(script)["backup"])
        if days == 31:
            assert here(script, checks[0]["run"]) == 0
            assert not (tmp_path / "vault" / "31").exists()
            checks.append(seen(script)["backup"])
    (real.settings.home / "organisation.toml").write_text("backup_days = 1\n", encoding="utf-8")
    checks.append(seen(script)["backup"])

    status = here(script, checks[-1]["run"])

    assert [(one["ok"], one["note"]) for one in checks] == [
        (False, False), (False, False), (False, False), (True, True), (False, False),
    ]  # fmt: skip
    assert checks[0]["run"] == f"rm -r {tmp_path}/vault/31"
    assert checks[1]["run"].startswith(f"./admin.py backup --out {tmp_path}/out/20")
    assert f" --keys {tmp_path}/vault/20" in checks[1]["run"]
    assert status == 0
    assert seen(script)["backup"]["run"] is None
