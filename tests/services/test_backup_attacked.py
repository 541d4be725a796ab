"""A backup that broke off, one that somebody wrote to, two at once: nothing is opened by what was left or put there."""

import errno
import hashlib
import json
import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from models import key_copies
from models.driver import sqlite_driver, writing_to
from models.files import made_secret
from models.keys import STORE, Keys
from models.session import reading
from services.backup import dumps, taking
from services.backup.taking import BackupRefused
from services.ending import copies
from settings import load
from tests.office import TestOffice
from tests.services.test_backup import codes, elsewhere, restore, taken

__all__ = ["elsewhere"]
PAGE = "T26-000001-X"


def dies(*_: object, **__: object) -> Any:
    raise SystemExit


@pytest.mark.parametrize("moment", ["the keys are copied", "the keys have their name", "both have"])
def test_what_a_killed_backup_leaves_opens_nothing_that_is_destroyed_later(
    office: TestOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    case = office.opened()
    office.keys.create([PAGE])
    place = tmp_path / "place"
    place.mkdir()
    where: dict[str, tuple[object, str]] = {
        "the keys are copied": (taking, "_check"),
        "the keys have their name": (taking, "_named"),
        "both have": (taking, "fsync_folder"),
    }
    with monkeypatch.context() as killed:
        killed.setattr(*where[moment], dies)
        killed.setattr(shutil, "rmtree", lambda *_, **__: None)  # nobody clears up after a kill
        with pytest.raises(SystemExit):
            taken(office, place / "monday")
    office.keys.destroy(PAGE)

    with reading(office.engine) as db:
        assert copies.made(db) == []
        folders = [folder for _, folder in copies.in_reach(db)]
    copies.keep_up(folders, office.keys)

    left = [store.parent for store in place.rglob(STORE)]
    assert folders == left != []
    for folder in left:
        with key_copies.reader(folder) as key_of:
            assert (key_of(PAGE), key_of(case) is None) == (None, False)
    taken(office, place / "tuesday")
    assert not list(place.glob(".*"))
    with reading(office.engine) as db:
        assert place / "tuesday.keys" in [folder for _, folder in copies.in_reach(db)]


def test_of_two_backups_at_once_the_second_is_refused(
    office: TestOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.opened()
    real = taking._check
    found: list[str] = []

    def meanwhile(of: taking.Taken) -> None:
        with pytest.raises(BackupRefused) as refused:
            taken(office, tmp_path / "monday")
        found.extend(codes(refused))
        real(of)

    monkeypatch.setattr(taking, "_check", meanwhile)
    made = taken(office, tmp_path / "monday")

    assert (found, made.fault) == (["backup.running"], None)
    assert sorted(path.name for path in tmp_path.iterdir() if "monday" in path.name) == ["monday", "monday.keys"]


def test_a_folder_that_is_elsewhere_by_a_link_is_filled_there(office: TestOffice, tmp_path: Path) -> None:
    office.opened()
    for name in ("disk", "vault"):
        (tmp_path / name).mkdir()
    (tmp_path / "today").symlink_to(tmp_path / "disk")
    (tmp_path / "today.keys").symlink_to(tmp_path / "vault" / "not yet there")

    made = taken(office, tmp_path / "today")

    assert made.folder == (tmp_path / "disk").resolve()
    assert (tmp_path / "today" / "manifest.json").is_file()
    assert (tmp_path / "today.keys" / STORE).is_file()


def listed(folder: Path, change: Callable[[list[dict[str, Any]]], None], *, keys_too: bool = False) -> None:
    """Change which files a backup lists, and what lies with its keys where somebody could write there as well."""
    document = json.loads((folder / "manifest.json").read_bytes())
    change(document["files"])
    (folder / "manifest.json").write_text(json.dumps(document))
    if keys_too:
        head = folder.with_name(f"{folder.name}.keys") / "manifest.json"
        digest = hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
        head.write_text(json.dumps({**json.loads(head.read_bytes()), "manifest": digest}))


def entry(path: str, content: bytes) -> dict[str, Any]:
    return {"path": path, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


@pytest.mark.parametrize("name", ["home/organisation.toml", "home/law/more.toml", "evidence/26/000/more.sealed"])
def test_who_can_write_to_a_backup_and_not_to_its_keys_puts_nothing_into_the_office(
    office: TestOffice, elsewhere: dict[str, str], tmp_path: Path, name: str
) -> None:
    """A department's program in organisation.toml would be run."""
    office.opened()
    out = taken(office, tmp_path / "monday").folder
    content = b'[[department]]\ncode = "x"\nja = "x"\nen = "x"\nrun = ["/tmp/theirs"]\n'
    (out / name).parent.mkdir(parents=True, exist_ok=True)
    (out / name).write_bytes(content)
    listed(out, lambda files: files.append(entry(name, content)))

    with pytest.raises(BackupRefused) as refused:
        restore(elsewhere, out)

    assert codes(refused) == ["backup.damaged"]
    assert not Path(elsewhere["MADOGUCHI_HOME"]).exists()


@pytest.mark.parametrize("name", ["home/../../theirs", "home/law/../../../theirs", "{tmp}/theirs"])
def test_no_list_of_files_reaches_out_of_the_backup(
    office: TestOffice, elsewhere: dict[str, str], tmp_path: Path, name: str
) -> None:
    office.opened()
    out = taken(office, tmp_path / "monday").folder
    path = name.format(tmp=tmp_path)
    (out / "home" / "law").mkdir(parents=True, exist_ok=True)
    (out / path).resolve().write_bytes(b"theirs")
    listed(out, lambda files: files.append(entry(path, b"theirs")), keys_too=True)

    with pytest.raises(BackupRefused) as refused:
        restore(elsewhere, out)

    assert codes(refused) == ["backup.damaged"]
    assert not load(elsewhere).home.exists()


@contextmanager
def no_file_larger(limit: int) -> Iterator[None]:
    """Let this process write no file beyond that many bytes, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_secret_of_which_the_disk_takes_a_part_is_never_there(tmp_path: Path) -> None:
    with no_file_larger(16), pytest.raises(OSError, match="too large"):
        made_secret(tmp_path / "kek.next", 32)
    left = list(tmp_path.iterdir())
    made_secret(tmp_path / "kek.next", 32)

    assert left == []
    assert (tmp_path / "kek.next").stat().st_size == 32


def test_a_disk_that_takes_no_more_is_named_by_the_file_it_would_not_take(
    tmp_path: Path, migrated_sqlite: Path
) -> None:
    keys = Keys(tmp_path / "keys")
    keys.make()
    keys.create([f"T26-{number:06}-X" for number in range(500)])
    (tmp_path / "copy").mkdir()

    with no_file_larger(16_384), pytest.raises(OSError, match="Input/output") as of_database:
        dumps._copy_sqlite(str(migrated_sqlite), tmp_path / "copy.sqlite3")
    with no_file_larger(16_384), pytest.raises(OSError, match="Input/output") as of_keys:
        key_copies.take(keys, tmp_path / "copy")

    assert of_database.value.filename == str(tmp_path / "copy.sqlite3")
    assert of_keys.value.filename == str(tmp_path / "copy" / STORE)


@pytest.mark.parametrize(
    ("sentence", "number"),
    [("database or disk is full", errno.ENOSPC), ("attempt to write a readonly database", errno.EROFS)],
)
def test_what_sqlite_says_of_the_disk_is_an_error_of_the_disk(tmp_path: Path, sentence: str, number: int) -> None:
    driver = sqlite_driver()

    with pytest.raises(OSError, match=str(tmp_path)) as found, writing_to(tmp_path):
        raise driver.OperationalError(sentence)
    with pytest.raises(driver.OperationalError, match="locked"), writing_to(tmp_path):
        raise driver.OperationalError("database is locked")

    assert found.value.errno == number
