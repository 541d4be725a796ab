"""What a package about one case holds and does not: pages as they came, no passphrase, no other case of the house."""

import io
import json
import zipfile

import pytest

from models import case as cases
from services.audit import checkpoints, evidence
from services.audit.evidence import Asked
from services.reports.cases import the_case
from services.returns import papers, sorting
from services.returns.sorting import FormPage
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
        assert {name for name, content in files.items() if stranger.encode() in content} <= {"history.jsonl"}
        assert one in files["case.ja.txt"].decode()


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
