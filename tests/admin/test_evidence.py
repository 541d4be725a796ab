"""``evidence``: what it holds and does not, and that it is verified by the script inside it, without us."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from models import case as cases
from models.signing import SigningKey, as_pem
from services.audit import checkpoints, evidence
from services.audit.evidence import Asked
from services.reports.cases import personal
from tests.admin.conftest import Script, on_both
from tests.office import APPROVER, CLERK, LEAD, TestOffice
from workflows.request.payloads import Fulfil


def answered(office: TestOffice) -> str:
    """Return a case that was answered, its letters made and posted."""
    case = office.decided()
    office.must(case, "fulfil", Fulfil(), APPROVER)
    office.make_letters()
    return case


def unpacked(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as package:
        return {name: package.read(name) for name in package.namelist()}


def verified(folder: Path, *more: str) -> tuple[int, dict[str, Any]]:
    """Run the script that lies in an unpacked package, with nothing of ours within its reach."""
    line = [sys.executable, "-I", "verify_history.py", ".", "--json", *more]
    done = subprocess.run(line, cwd=folder, capture_output=True, text=True, timeout=60, env={"LANG": "C"}, check=False)
    return done.returncode, json.loads(done.stdout)


def test_a_case_is_given_account_of_and_verified_by_what_lies_beside_it(
    script: Script, office: TestOffice, tmp_path: Path
) -> None:
    case, other = answered(office), office.opened()
    out, folder = tmp_path / "case.zip", tmp_path / "unpacked"

    by_clerk = script.by(CLERK, "evidence", case, "--out", str(out))
    done = script.by(LEAD, "evidence", case, "--out", str(out), "--why", "asked by the commission", "--json")
    files = unpacked(out)
    zipfile.ZipFile(out).extractall(folder)
    (tmp_path / "key.pem").write_text(as_pem(SigningKey(office.settings.keys).public()), "ascii")
    status, said = verified(folder, "--key", str(tmp_path / "key.pem"))

    assert (by_clerk.status, done.status, done.json["sound"]) == (1, 0, True)
    assert (status, said["ok"], said["cases"], said["lines"]) == (0, True, 1, 1)
    assert said["rows"] == office.ask('SELECT seq FROM "case" WHERE number = :number', number=case)[0].seq
    assert {name for name in files if "/" not in name} == {
        "README.en.txt", "README.ja.txt", "case.en.txt", "case.ja.txt", "checkpoints.jsonl", "dates.json",
        "decisions.json", "history.jsonl", "key.pem", "letters.json", "manifest.json", "manifest.sig", "people.json",
        "verify_history.py",
    }  # fmt: skip
    assert "fulfilled" in files["case.en.txt"].decode().splitlines()[0]
    sent = [one for one in json.loads(files["letters.json"]) if one["file"]]
    assert len(sent) == len([name for name in files if name.startswith("letters/")]) > 0
    assert files[sent[0]["file"]].startswith(b"%PDF")
    assert json.loads(files["people.json"])[APPROVER]["roles"] == ["approver"]
    decided = json.loads(files["decisions.json"])
    assert (decided["released_by"], bool(decided["steps"])) == (APPROVER, True)
    assert json.loads(files["manifest.json"])["why"] == "asked by the commission"
    # Nothing of any other case, and nobody's name outside the letters.
    assert "開示等" in files["case.ja.txt"].decode() or "履歴" in files["case.ja.txt"].decode()
    outside = b"".join(content for name, content in files.items() if not name.startswith("letters/"))
    assert other.encode() not in outside
    with office.unit.look() as db:
        row = cases.find(db, case)
        assert row is not None
        name = str(personal(db, row, office.at(db))["subject"]["name"])
    assert name.encode() not in outside
    logged = office.ask("SELECT actor, details FROM office_event WHERE what = 'evidence_made'")
    assert [row.actor.split()[0] for row in logged] == [LEAD]


def test_only_what_was_asked_for_is_in_it(script: Script, office: TestOffice, tmp_path: Path) -> None:
    case = answered(office)
    out, folder = tmp_path / "case.zip", tmp_path / "unpacked"

    done = script.by(LEAD, "evidence", case, "--out", str(out), "--part", "history", "dates")
    files = unpacked(out)
    zipfile.ZipFile(out).extractall(folder)

    assert done.status == 0
    assert not [name for name in files if name.startswith(("letters", "pages", "people", "decisions", "case."))]
    assert verified(folder)[0] == 0


@on_both
def test_pages_of_papers_take_a_reason(script: Script, office: TestOffice, tmp_path: Path) -> None:
    case = answered(office)

    without = script.by(LEAD, "evidence", case, "--out", str(tmp_path / "case.zip"), "--pages", "--json")
    done = script.by(LEAD, "evidence", case, "--out", str(tmp_path / "case.zip"), "--pages", "--why", "asked", "--json")

    assert (without.status, done.status) == (2, 0)
    assert office.ask("SELECT 1 FROM office_event WHERE what = 'papers_seen'")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("letters.json", b"[]", "file_other"),
        ("people.json", None, "file_gone"),
        ("more.txt", b"more", "file_added"),
        ("manifest.json", b"", "list_unsigned"),
    ],
)
def test_a_package_that_was_changed_is_named(
    script: Script, office: TestOffice, tmp_path: Path, name: str, content: bytes | None, code: str
) -> None:
    out, folder = tmp_path / "case.zip", tmp_path / "unpacked"
    script.by(LEAD, "evidence", answered(office), "--out", str(out))
    zipfile.ZipFile(out).extractall(folder)
    place = folder / name
    if content is None:
        place.unlink()
    else:
        place.write_bytes(content or place.read_bytes().replace(b'"demo"', b'"demo" '))

    status, said = verified(folder)

    assert (status, said["fault"]["code"]) == (1, code)


def test_a_letter_that_is_not_the_one_made_is_in_no_package(script: Script, office: TestOffice, tmp_path: Path) -> None:
    case = answered(office)
    office.tell("UPDATE letter SET state = 'printed', printed_at = made_at WHERE state = 'made'")
    for file in office.settings.spool.rglob("*.pdf"):
        file.chmod(0o600)
        file.write_bytes(b"another")

    done = script.by(LEAD, "evidence", case, "--out", str(tmp_path / "case.zip"), "--lang", "en")

    assert done.status == 1
    assert "is not the one that was made" in done.err


def test_the_same_case_at_the_same_moment_gives_the_same_bytes(tmp_path: Path, sqlite_url: str) -> None:
    office = TestOffice(sqlite_url, tmp_path / "home")
    case = answered(office)
    checkpoints.make(office.unit)
    asked = Asked(parts=evidence.PARTS, by=LEAD, why=None)

    with office.unit.look() as db:
        row = cases.find(db, case)
        assert row is not None
        made = [evidence.package(db, row, office.at(db), asked).content for _ in range(2)]

    assert made[0] == made[1]
    assert {entry.date_time[0] for entry in zipfile.ZipFile(io.BytesIO(made[0])).infolist()} == {1980}
    office.close()
