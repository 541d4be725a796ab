"""A backup while the office works, and the way back: nothing is lost, nothing is read that was erased since."""

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select

from clock import machine_now
from lab.postgres import Postgres
from models import case as cases
from models import disc, ending, key_copies
from models.keys import KeyMissing
from models.letter import letter
from models.session import reading
from services.audit import chains, checkpoints, doctor, signed
from services.backup import dumps, restoring, taking
from services.backup.restoring import Restored
from services.backup.taking import BackupRefused, Taken
from services.ending import copies, erasing
from services.reports import cases as reports
from settings import load
from tests.office import LEAD, MONDAY, TestOffice
from tests.services.scans_fakes import Scanner
from tests.services.search.conftest import asking, departments
from tests.services.test_nothing_is_left import CANARIES, lived_through, words_in
from workflows.request.payloads import Withdraw
from workflows.request.values import ToldHow

__all__ = ["asking", "departments"]
Back = Callable[..., TestOffice]
KINDS = ("case/2026", "case/S2026", "inquiry/2026", "scan/2026", "tray/2026", "batch/2026", "find/2026")


def taken(office: TestOffice, out: Path) -> Taken:
    return taking.take(office.unit, out, out.with_name(f"{out.name}.keys"), LEAD, machine_now())


@pytest.fixture
def elsewhere(office: TestOffice, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """The settings of an empty place with a database of the same kind."""
    home = tmp_path / "elsewhere"
    told = {"MADOGUCHI_HOME": str(home)}
    server: Postgres | None = None
    if office.engine.dialect.name == "postgresql":
        server = request.getfixturevalue("postgres")
        told["MADOGUCHI_DATABASE_URL"] = server.create()
    yield told
    if server is not None:
        server.drop(told["MADOGUCHI_DATABASE_URL"])


def restore(elsewhere: dict[str, str], out: Path, **more: Any) -> Restored:
    given = {"former": None, "leap": 100, "by": "operator", "now": machine_now(), **more}
    return restoring.restore(load(elsewhere), out, out.with_name(f"{out.name}.keys"), **given)


@pytest.fixture
def back(elsewhere: dict[str, str]) -> Iterator[Back]:
    """Bring a backup back and work in it; erased again is what was erased since, as the command does."""
    made: list[TestOffice] = []

    def bring(out: Path, **more: Any) -> TestOffice:
        restore(elsewhere, out, **more)
        settings = load(elsewhere)
        office = TestOffice(settings.database_url, settings.home, staffed=True)
        made.append(office)
        with reading(office.engine) as db:
            closed, _ = restoring.unreadable(db, settings.keys)
        for number in closed:
            erasing.erase(office.unit, number, LEAD, "erased since", anyway=True)
        return office

    yield bring
    for office in made:
        office.close()


def test_everything_comes_back_and_the_numbers_leap(
    asking: TestOffice, scanner: Scanner, back: Back, tmp_path: Path
) -> None:
    case, other, _ = lived_through(asking, scanner)
    letters = {path.name: path.read_bytes() for path in asking.settings.spool.rglob("*.pdf")}
    out = tmp_path / "monday"

    made = taken(asking, out)
    found = back(out)

    assert (made.fault, made.missing) == (None, [])
    with reading(asking.engine) as before, reading(found.engine) as after:
        told = [reports.personal(db, row.case(case), row.at(db)) for db, row in ((before, asking), (after, found))]
        assert chains.verify(after).fault is None
        assert dumps.rows(after).keys() == dumps.rows(before).keys()
    assert told[0] == told[1]
    assert {path.name: path.read_bytes() for path in found.settings.spool.rglob("*.pdf")} == letters
    assert not list(doctor.examine(found.unit))
    number = found.opened()
    assert int(number[3:9]) == 100 + int(max(case, other)[3:9]) + 1
    assert [row.what for row in found.ask("SELECT what FROM office_event WHERE what LIKE 'office_restored'")]


@pytest.mark.parametrize("since", [datetime(2026, 12, 30, tzinfo=UTC), datetime(2028, 1, 5, tzinfo=UTC)])
def test_no_number_that_paper_may_bear_is_given_again(
    office: TestOffice, back: Back, tmp_path: Path, since: datetime
) -> None:
    """Of cases, searches, pages, batches and inquiries, of years that begin meanwhile; and of letters in each case."""
    case, other = office.opened(), office.opened()
    office.make_letters(case)
    taken(office, tmp_path / "monday")

    def work(at: TestOffice) -> set[str]:
        for each in (case, other):
            at.must(each, "withdraw", Withdraw(on=MONDAY.date(), how=ToldHow.PHONE))
        given = {row.number for row in at.ask(select(letter.c.number).where(letter.c.ordinal > 1))}
        with at.writing() as db:
            given |= {f"{kind} {cases.count_on(db, kind)}" for kind in KINDS for _ in range(3)}
            given |= set(cases.reserve_numbers(db, 2027, 3)) | set(cases.reserve_numbers(db, 2028, 3, "S"))
        return given

    before, found = work(office), back(tmp_path / "monday", leap=10, now=since)
    after = work(found)

    assert len(before) == len(after) == 2 + 3 * len(KINDS) + 6
    if since.year == 2028:
        assert before & after == set()
    else:
        assert not [number for number in before & after if not number.startswith("S28")]
    assert {f"{case}-22", f"{other}-22"} <= after
    assert list(doctor.examine(found.unit)) == []
    taken(found, tmp_path / "tuesday")


def test_what_was_signed_comes_back_as_far_as_the_database_does(
    asking: TestOffice, back: Back, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking.opened()
    first = checkpoints.make(asking.unit)
    copied = dumps.copied

    @contextmanager
    def slowly(url: str, folder: Path) -> Iterator[Connection]:
        """Let more be recorded and signed between the copy of the database and that of the file."""
        with copied(url, folder) as db:
            asking.opened()
            assert checkpoints.make(asking.unit) is not None
            yield db

    monkeypatch.setattr(dumps, "copied", slowly)
    made = taken(asking, tmp_path / "monday")
    found = back(tmp_path / "monday")

    assert first is not None
    assert made.fault is None
    known = signed.read(found.settings.checkpoints / signed.FILE)
    assert (known.lines, known.fault) == (1, None)
    assert checkpoints.prove(found.unit)[0].fault is None
    assert checkpoints.make(found.unit) is not None
    assert checkpoints.prove(found.unit)[0].fault is None


def test_nothing_personal_lies_in_a_backup_without_its_keys(
    asking: TestOffice, scanner: Scanner, tmp_path: Path
) -> None:
    lived_through(asking, scanner)
    out = tmp_path / "monday"

    taken(asking, out)

    for folder in (out, tmp_path / "monday.keys"):
        for path in folder.rglob("*"):
            assert not path.is_file() or not [word for word in CANARIES if word.encode() in path.read_bytes()], path
            assert path.stat().st_mode & 0o077 == 0
    assert not [path for path in out.rglob("*") if path.is_file() and path.read_bytes().startswith(b"%PDF")]


def test_what_is_to_go_on_a_disc_is_sealed_too_and_comes_back(office: TestOffice, back: Back, tmp_path: Path) -> None:
    case = office.opened()
    made = b"PK a table called Jokvex.csv"
    row = {"letter": f"{case}-01", "files": 1, "path": "26/000/one.zip", "sha256": hashlib.sha256(made).hexdigest()}
    with office.writing() as db:
        db.execute(insert(disc.disc), {**row, "case_id": office.case(case).id, "bytes": len(made)})
    file = office.settings.discs / "26" / "000" / "one.zip"
    file.parent.mkdir(parents=True)
    file.write_bytes(made)

    taken(office, tmp_path / "monday")
    found = back(tmp_path / "monday")

    assert not [path for path in (tmp_path / "monday").rglob("*.sealed") if b"Jokvex" in path.read_bytes()]
    assert (found.settings.discs / "26" / "000" / "one.zip").read_bytes() == made


@pytest.mark.parametrize("how", ["in_reach", "former_keys"])
def test_what_was_erased_since_is_not_read_in_a_restored_backup(
    asking: TestOffice, scanner: Scanner, back: Back, tmp_path: Path, how: str
) -> None:
    case, other, _ = lived_through(asking, scanner)
    out = tmp_path / "yesterday"
    keys = taken(asking, out).keys
    kept = tmp_path / "vault"
    if how == "former_keys":  # the copy of the keys was carried away before
        keys.rename(kept)
    erasing.erase(asking.unit, case, LEAD, "its time is over")
    if how == "former_keys":
        kept.rename(keys)

    found = back(out, former=asking.settings.keys if how == "former_keys" else None)

    with pytest.raises(KeyMissing):
        found.keys.get(case)
    found.keys.get(other)
    assert words_in(found, out, keys) == {word: [] for word in CANARIES}
    with reading(found.engine) as db:
        assert reports.personal(db, found.case(case), found.at(db)) == {"erased": True}
        assert chains.verify(db).fault is None
        assert ending.undone(db) == []
    assert not list(doctor.examine(found.unit))


def test_a_key_of_a_page_destroyed_later_is_destroyed_in_the_copies_too(office: TestOffice, tmp_path: Path) -> None:
    case = office.opened()
    office.keys.create(["T26-0001"])
    keys = taken(office, tmp_path / "monday").keys
    office.keys.destroy("T26-0001")
    with reading(office.engine) as db:
        folders = [folder for _, folder in copies.in_reach(db)]

    left = copies.keep_up(folders, office.keys)

    with key_copies.reader(keys) as key_of:
        assert (left, key_of("T26-0001"), key_of(case) is None) == ([], None, False)


def test_it_is_one_moment_however_much_is_done_meanwhile(office: TestOffice, back: Back, tmp_path: Path) -> None:
    for _ in range(5):
        office.opened()
    ended = threading.Event()

    def work() -> None:
        while not ended.is_set():
            office.make_letters(office.opened())

    clerk = threading.Thread(target=work)
    clerk.start()
    try:
        taken(office, tmp_path / "monday")
    finally:
        ended.set()
        clerk.join()
    found = back(tmp_path / "monday")

    count = len(office.ask(select(cases.case.c.id)))
    assert 5 <= len(found.ask(select(cases.case.c.id))) <= count
    assert [one.what for one in doctor.examine(found.unit)] == []
    for row in found.ask(select(cases.case.c.number)):
        found.keys.get(row.number)


@pytest.mark.parametrize("step", ["_keys", "_files", "_database", "give_names"])
def test_a_restore_that_is_killed_goes_on_when_it_is_called_again(
    office: TestOffice,
    elsewhere: dict[str, str],
    back: Back,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
) -> None:
    case = office.opened()
    office.make_letters(case)
    taken(office, tmp_path / "monday")
    owner = restoring._Place if step == "give_names" else restoring
    real = getattr(owner, step)

    def dies(*arguments: Any) -> None:
        if step != "give_names":
            real(*arguments)
        raise SystemExit

    with monkeypatch.context() as killed:
        killed.setattr(owner, step, dies)
        with pytest.raises(SystemExit):
            restore(elsewhere, tmp_path / "monday")

    found = back(tmp_path / "monday")

    assert restore(elsewhere, tmp_path / "monday").already
    assert [row.number for row in found.ask(select(cases.case.c.number))] == [case]
    assert found.ask("SELECT value FROM counter WHERE name = 'case/2026'")[0].value == 101
    assert len(found.ask("SELECT 1 FROM office_event WHERE what = 'office_restored'")) == 1
    assert not list(doctor.examine(found.unit))


def codes(refused: pytest.ExceptionInfo[BackupRefused]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def test_what_cannot_be_a_backup_is_refused_and_nothing_is_left(office: TestOffice, tmp_path: Path) -> None:
    office.opened()
    full = tmp_path / "full"
    full.mkdir()
    (full / "somebody's").touch()
    found = []
    for out, keys in (
        (full, tmp_path / "k"), (tmp_path / "d", full), (office.settings.var / "d", tmp_path / "k"),
        (tmp_path / "d", office.settings.keys / "d"), (tmp_path / "d", tmp_path / "d" / "keys"),
        (tmp_path / "d", tmp_path / "d"),
    ):  # fmt: skip
        with pytest.raises(BackupRefused) as refused:
            taking.take(office.unit, out, keys, LEAD, machine_now())
        found += codes(refused)

    assert found == ["backup.not_empty"] * 2 + ["backup.inside"] * 2 + ["backup.not_apart"] * 2
    assert sorted(path.name for path in tmp_path.iterdir() if path.name in ("d", "k", "full")) == ["full"]


def test_a_backup_that_breaks_off_leaves_nothing(
    office: TestOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.opened()
    (tmp_path / "place").mkdir()
    with monkeypatch.context() as full:
        full.setattr(key_copies, "check", lambda folder: (_ for _ in ()).throw(OSError(28, "full")))
        with pytest.raises(OSError, match="full"):
            taken(office, tmp_path / "place" / "monday")

    assert list((tmp_path / "place").iterdir()) == []
    assert not office.ask("SELECT 1 FROM office_event WHERE what = 'backup_made'")


def test_what_is_not_whole_or_not_theirs_is_not_restored(
    office: TestOffice, elsewhere: dict[str, str], tmp_path: Path
) -> None:
    case = office.opened()
    office.make_letters(case)
    out, other = tmp_path / "monday", tmp_path / "tuesday"
    taken(office, out)
    taken(office, other)
    found = []
    with pytest.raises(BackupRefused) as refused:
        restoring.restore(
            load(elsewhere), out, tmp_path / "tuesday.keys", former=None, leap=1, by="x", now=machine_now()
        )
    found += codes(refused)
    with pytest.raises(BackupRefused) as refused:
        restore(elsewhere, tmp_path)
    found += codes(refused)
    letter = next(other.rglob("*.pdf.sealed"))
    letter.write_bytes(letter.read_bytes()[:-1])
    with pytest.raises(BackupRefused) as refused:
        restore(elsewhere, other)
    found += codes(refused)
    manifest = json.loads((out / "manifest.json").read_bytes())
    (out / "manifest.json").write_text(json.dumps({**manifest, "revision": "9999"}))
    with pytest.raises(BackupRefused) as refused:
        restore(elsewhere, out)
    found += codes(refused)

    assert found == ["backup.keys_of_another", "backup.no_backup", "backup.damaged", "backup.newer"]
    assert not Path(elsewhere["MADOGUCHI_HOME"]).exists()


def test_a_place_that_is_taken_is_left_as_it_is(office: TestOffice, tmp_path: Path) -> None:
    office.opened()
    taken(office, tmp_path / "monday")
    here = {"MADOGUCHI_HOME": str(office.settings.home), "MADOGUCHI_DATABASE_URL": office.url}
    office.settings.spool.mkdir(parents=True, exist_ok=True)

    with pytest.raises(BackupRefused) as refused:
        restore(here, tmp_path / "monday")

    assert codes(refused) == ["backup.place_taken"]
    assert len(office.ask(select(cases.case.c.id))) == 1


def test_a_file_that_is_gone_is_named_and_the_rest_is_backed_up(office: TestOffice, tmp_path: Path) -> None:
    for _ in range(2):
        office.make_letters(office.opened())
    lost, kept = sorted(office.settings.spool.rglob("*.pdf"))
    letter = lost.read_bytes()
    lost.unlink()

    made = taken(office, tmp_path / "monday")

    assert [Path(path).name for path in made.missing] == [lost.name]
    assert [path.name for path in (tmp_path / "monday").rglob("*.pdf.sealed")] == [f"{kept.name}.sealed"]
    lost.write_bytes(letter)
