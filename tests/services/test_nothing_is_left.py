"""After a case is erased, what it held of people is nowhere: not in a file of the home, not in the database.

A case is lived through with words nobody else has, printed together with another one, scanned, asked after in a
department, printed again, and erased. Then every file and every row is looked through, PDFs by what they say.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from models import staff
from services.ending import erasing
from services.ending.erasing import Erased
from services.letters import batches, printing, prints
from services.returns import sorting
from services.returns.sorting import FormPage
from services.search import finds
from tests.office import APPROVER, GRANTED, LEAD, VERIFIER, TestOffice
from tests.people import a_person
from tests.services.paper import text_of
from tests.services.post.room import SATO, letters_of, printed
from tests.services.scans_fakes import Scanner
from tests.services.search.conftest import SALES, asking, departments
from workflows.letters import RecordPosting
from workflows.request.payloads import Fulfil, MailForms, Withdraw
from workflows.request.values import FormName, ToldHow
from workflows.search.payloads import Answer, Ask
from workflows.search.values import Found

__all__ = ["asking", "departments"]
CANARIES = ("Zyxquor", "Vrbnakk", "zyx.quor", "03-9182-7364", "Wqapzil", "Jokvex")
"""Given name, street, mail, telephone, what they said, and what a department found: each stands nowhere else."""


def words_in(office: TestOffice, *elsewhere: Path) -> dict[str, list[str]]:
    """Return where each canary stands: files of the home and of other folders, and tables of the database."""
    found: dict[str, list[str]] = {word: [] for word in CANARIES}
    for place, content in (*_files(office.settings.home, *elsewhere), *_rows(office)):
        for word in CANARIES:
            if word.encode() in content:
                found[word].append(place)
    return found


def _files(*folders: Path) -> Iterator[tuple[str, bytes]]:
    for path in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        # Words are broken over lines, and a PDF sets them in pieces.
        yield str(path), content
        if content.startswith(b"%PDF"):
            yield str(path), text_of(content).encode()


def _rows(office: TestOffice) -> Iterator[tuple[str, bytes]]:
    if office.engine.dialect.name == "sqlite":  # freed pages and the log are files, too
        yield from _files(Path(office.engine.url.database or "").parent)
    of_all = (
        "SELECT name FROM sqlite_master WHERE type = 'table'"
        if office.engine.dialect.name == "sqlite"
        else "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'"
    )
    for table in [row.name for row in office.ask(of_all)]:
        for row in office.ask(f'SELECT * FROM "{table}"'):  # noqa: S608 - a name the database gave
            yield table, repr(tuple(bytes(v) if isinstance(v, memoryview) else v for v in row)).encode()


def whoever() -> dict[str, object]:
    person = a_person(
        name="Zyxquor Sample", address="1-77 Vrbnakk, Chiyoda-ku, Tokyo", email="zyx.quor@example.com",
        phone="03-9182-7364",
    )  # fmt: skip
    return {"subject": person, "note": "Wqapzil says so"}


def lived_through(office: TestOffice, scanner: Scanner) -> tuple[str, str, str]:
    """Live two cases through, letters of both in one batch; return the one to erase, the other, and that batch."""
    case, other = office.opened(**whoever()), office.opened()
    code = office.code_of(case)
    assert code is not None
    for one in (case, other):
        office.make_letters(one, typeset=True)
    batch = printed(office, None, prints.own_folder(office.settings)).batch
    assert batch is not None
    office.must(case, "mail_forms", MailForms())
    office.must(case, "receive_forms", office.an_arrival(code))
    page = scanner.scan(office, scanner.file("")).unmatched[0].tray
    sorting.assign(page, case, FormPage(FormName.DISCLOSURE, 1), SATO, office.unit)
    office.settings.returns.mkdir(parents=True)
    (office.settings.returns / f"{case}.yaml").write_text("# Zyxquor Sample\n", encoding="utf-8")
    office.must(case, "verify_identity", by=VERIFIER)
    answered(office, case)
    return case, other, batch


def answered(office: TestOffice, case: str) -> None:
    search = office.must(None, "ask", Ask(case=case, department="sales", what="Wqapzil")).case
    with office.writing() as db:
        given = [finds.looked_into("Jokvex.txt", b"Jokvex has two accounts")]
        taken = finds.take_in(db, office.case(search), given, SALES, office.at(db))
    office.must(search, "answer", Answer(found=Found.FOUND, note="Jokvex", finds=tuple(taken)), SALES)
    office.must(case, "decide", GRANTED, VERIFIER)
    office.must(case, "fulfil", Fulfil(), APPROVER)
    office.make_letters(case, typeset=True)
    printed(office, None, prints.own_folder(office.settings))
    newest = letters_of(office, case)[-1].number
    office.must(case, "record_posting", RecordPosting(letter=newest))
    office.shred(case)
    made, _ = printing.again([newest], prints.own_folder(office.settings), SATO, office.unit)
    drafted = made[0][1].with_name(f".{made[0][1].name}.0a1b2c3d")
    drafted.write_bytes(made[0][1].read_bytes())  # as a killed writer leaves it


def erase(office: TestOffice, case: str) -> Erased:
    found = erasing.erase(office.unit, case, LEAD, "its time is over")
    assert isinstance(found, Erased), found
    return found


def test_nothing_of_an_erased_case_is_left_anywhere(asking: TestOffice, scanner: Scanner) -> None:
    case, other, batch = lived_through(asking, scanner)
    before = words_in(asking)

    erase(asking, case)

    assert {word for word, places in before.items() if places} >= {"Zyxquor", "Vrbnakk"}  # it would be seen
    assert words_in(asking) == {word: [] for word in CANARIES}
    left = {path.name for path in prints.own_folder(asking.settings).iterdir()}
    (kept,) = letters_of(asking, other)
    assert f"{kept.number}.pdf" in left, "the letter of somebody else can still be printed"
    assert f"{batch}.pdf" not in left
    assert {f"{batch}.txt", f"{batch}.json"} <= left
    (event,) = asking.ask(select(staff.office_event.c.details).where(staff.office_event.c.what == "case_erased"))
    assert batch in event.details["batches"]


def test_what_was_printed_into_another_folder_goes_where_it_is_ours(asking: TestOffice, tmp_path: Path) -> None:
    folder = tmp_path / "tray"
    case = asking.opened(**whoever())
    asking.make_letters(case, typeset=True)
    batch = printed(asking, None, folder).batch
    (row,) = letters_of(asking, case)
    asking.must(case, "mail_forms", MailForms())
    printing.again([row.number], folder, SATO, asking.unit)
    theirs = folder / "somebody.pdf"
    theirs.write_bytes(b"%PDF- not ours")
    asking.must(case, "withdraw", Withdraw(on=asking.today, how=ToldHow.PHONE))
    asking.post_letters(case)
    (folder / f"{batch}.pdf").write_bytes(b"somebody else's batch of the same name")

    erase(asking, case)

    assert {path.name for path in folder.iterdir()} == {
        f"{batch}.pdf", f"{batch}.txt", f"{batch}.json", theirs.name
    }  # fmt: skip


def test_a_batch_that_was_broken_off_hides_nothing(asking: TestOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    case = asking.opened(**whoever())
    asking.make_letters(case, typeset=True)
    with monkeypatch.context() as dies:
        dies.setattr(batches, "release", lambda folder, batch: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            printed(asking, None, prints.own_folder(asking.settings))
    asking.must(case, "mail_forms", MailForms())
    assert asking.now is not None
    asking.move_to(asking.now + timedelta(days=1))
    asking.must(case, "withdraw", Withdraw(on=asking.today, how=ToldHow.PHONE))
    asking.post_letters(case)
    hidden = list(prints.own_folder(asking.settings).rglob("*.pdf"))

    erase(asking, case)

    assert len(hidden) == 2
    assert words_in(asking) == {word: [] for word in CANARIES}
