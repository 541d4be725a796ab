"""What a package about one case holds and does not: pages as they came, no passphrase, no other case of the house."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from models import case as cases
from models.signing import SigningKey
from services.audit import checkpoints, evidence
from services.audit.evidence import Asked
from services.reports.cases import the_case
from services.returns import papers, sorting
from services.returns.sorting import FormPage
from settings import PROJECT
from tests.office import LEAD, TestOffice
from tests.people import a_person
from tests.services.post.room import SATO
from tests.services.scans_fakes import Scanner
from tests.services.search.conftest import asking, departments
from tests.services.search.test_discs import make, passphrase, released
from workflows.request.values import FormName

__all__ = ["asking", "departments"]


def package(office: TestOffice, case: str, *, pages: bool = False) -> dict[str, bytes]:
    """Return the files of a whole package, by name."""
    checkpoints.make(office.unit)
    with office.writing() as db:
        here, row = office.at(db), cases.find(db, case)
        assert row is not None
        shown = {one.name: one.picture for one in papers.pages(db, row, SATO, here)} if pages else {}
        made = evidence.package(db, row, here, Asked(parts=evidence.PARTS, by=LEAD, why="asked"), shown)
    with zipfile.ZipFile(io.BytesIO(made.content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_the_letter_that_tells_a_passphrase_is_on_the_list_alone(asking: TestOffice) -> None:
    case = released(asking)
    make(asking)
    asking.make_letters(case, typeset=True)
    asking.print_letters(case)

    files = package(asking, case)

    listed = {one["kind"]: one for one in json.loads(files["letters.json"])}
    secret, answer = listed["disc_passphrase"], listed["disclosure_notification"]
    assert (secret["file"], secret["withheld"], bool(secret["sha256"])) == (None, True, True)
    assert (answer["file"] in files, answer["withheld"]) == (True, False)
    (word,) = {passphrase(asking, case)}
    assert not [name for name, content in files.items() if word.encode() in content or secret["letter"] in name]


HOME = {"postcode": "000-1001", "address": "東京都見本区1-1"}


@pytest.mark.parametrize(
    "other",
    [{"name": "鈴木花子"}, {"name": "鈴木一郎"}, {"name": "佐藤一郎"}],
    ids=["the person's other one", "one of the family", "a stranger at the address, who is held"],
)
def test_no_other_case_of_the_person_or_the_house_is_told(office: TestOffice, other: dict[str, str]) -> None:
    first = office.opened(subject=a_person(**{"name": "鈴木花子", "birth_date": None, **HOME}))
    second = office.opened(subject=a_person(**{**other, "birth_date": None, **HOME}))
    with office.unit.look() as db:
        row = cases.find(db, first)
        assert row is not None
        told = the_case(db, row, office.at(db), "en")
    assert second in [*told["linked"], *told["household"]]

    for one, stranger in ((first, second), (second, first)):
        files = package(office, one)
        assert not [name for name, content in files.items() if stranger.encode() in content]
        assert one in files["case.ja.txt"].decode()


def verdict(files: dict[str, bytes], folder: Path) -> dict[str, Any]:
    """Return what the script in a package says of it, without our program."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return told_by(folder / "verify_history.py", folder, ".")


def told_by(script: Path, folder: Path, what: str) -> dict[str, Any]:
    line = [sys.executable, "-I", str(script), what, "--json"]
    found = subprocess.run(line, cwd=folder, capture_output=True, check=False)
    return dict(json.loads(found.stdout))


def resigned(files: dict[str, bytes], office: TestOffice) -> None:
    """List and sign the files anew, as only the office can."""
    manifest = json.loads(files["manifest.json"])
    manifest["files"] = {name: hashlib.sha256(files[name]).hexdigest() for name in manifest["files"]}
    files["manifest.json"] = json.dumps(manifest).encode()
    with office.unit.look() as db:
        key = SigningKey(office.at(db).keys.folder)
    files["manifest.sig"] = key.sign(evidence.SIGNS + files["manifest.json"]).encode() + b"\n"


def of_history(lines: list[bytes], folder: Path) -> str:
    """Return which fault the script finds in a history, made whole again after a change."""
    *rest, end = lines
    whole = json.dumps({**json.loads(end), "sha256": hashlib.sha256(b"".join(rest)).hexdigest()}).encode()
    (folder / "history.jsonl").write_bytes(b"".join(rest) + whole + b"\n")
    said = told_by(PROJECT / "templates" / "evidence" / "verify_history.py", folder, "history.jsonl")
    return str(said["fault"]["code"])


def test_a_row_that_names_another_case_is_told_by_its_hash_and_holds_its_place(
    office: TestOffice, tmp_path: Path
) -> None:
    office.opened(subject=a_person(**{"name": "鈴木花子", "birth_date": None, **HOME}))
    case = office.opened(subject=a_person(**{"name": "鈴木花子", "birth_date": None, **HOME}))
    office.opened(subject=a_person(**{"name": "佐藤一郎", "birth_date": None, **HOME}))
    files = package(office, case)
    rows = [one for one in map(json.loads, files["history.jsonl"].splitlines()) if one["kind"] == "row"]

    (withheld,) = [one for one in rows if "withheld" in one]
    assert not {"details", "commitment"} & set(withheld)
    (kept,) = [one for one in office.ask("SELECT hash, commitment FROM history") if one.hash == withheld["hash"]]
    assert kept.commitment  # without it nobody finds the number that gives the hash
    assert verdict(files, tmp_path / "package")["withheld"] == 1
    assert verdict(files, tmp_path / "package")["ok"]

    # Exchanged, under a list that is signed anew, it does not fit what the row after it and the checkpoints say.
    other = {**files, "history.jsonl": files["history.jsonl"].replace(withheld["hash"].encode(), b"0" * 64)}
    resigned(other, office)
    assert verdict(other, tmp_path / "other")["fault"]["code"] in ("rewritten", "signed_gone")


def test_a_whole_export_withholds_no_row(office: TestOffice, tmp_path: Path) -> None:
    office.opened()
    files = package(office, office.opened(subject=a_person(**{"name": "鈴木花子", "birth_date": None, **HOME})))
    lines = files["history.jsonl"].splitlines(True)
    row = json.loads(lines[1])
    hidden = {name: said for name, said in row.items() if name not in ("details", "commitment")}
    lines[1] = json.dumps({**hidden, "withheld": ["commitment", "details"]}).encode() + b"\n"

    assert of_history(lines, tmp_path) == "altered"


def test_pages_of_papers_are_in_it_as_they_came(office: TestOffice, scanner: Scanner) -> None:
    case = office.verified()
    page = scanner.scan(office, scanner.file("")).unmatched[0].tray
    sorting.assign(page, case, FormPage(FormName.DISCLOSURE, 1), SATO, office.unit)

    files = package(office, case, pages=True)

    ((name, content),) = [(name, content) for name, content in files.items() if name.startswith("pages/")]
    assert content.startswith(b"\xff\xd8\xff")
    assert b"CANARY page 1" in content
    assert "Sample" not in name
    assert "pages" in json.loads(files["manifest.json"])["parts"]
