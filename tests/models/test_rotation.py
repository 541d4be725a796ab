"""The key-encryption key is changed while everybody reads and writes, and goes on where it was killed."""

import threading
from pathlib import Path
from typing import Any

import pytest

from models import key_copies, rotation
from models import keys as keystore
from models.driver import sqlite_driver
from models.keys import STORE, KeyDestroyed, Keys, KeystoreBusy
from models.rotation import rotate
from models.wrapping import KEK, NEXT, KeystoreDamaged, Wrapping

CASES = [f"26-{serial:06d}-X" for serial in range(1, 451)]


@pytest.fixture
def keys(home: Path) -> Keys:
    """A keystore with some hundred keys, one of them destroyed."""
    made = Keys(home / "keys")
    made.make()
    made.create(CASES)
    made.destroy(CASES[3])
    return made


def sealed(keys: Keys) -> dict[str, bytes]:
    return {case: keys.get(case).seal("t", "c", case, case.encode()) for case in CASES if case != CASES[3]}


def wrapped(folder: Path) -> dict[str, bytes]:
    database = sqlite_driver().connect(folder / STORE)
    found = dict(database.execute("SELECT case_number, wrapped FROM case_key WHERE wrapped IS NOT NULL"))
    database.close()
    return found


def all_open(keys: Keys, told: dict[str, bytes]) -> bool:
    return all(keys.get(case).open("t", "c", case, seal) == case.encode() for case, seal in told.items())


def test_everything_is_wrapped_by_another_key_and_opens_as_before(keys: Keys) -> None:
    told, before, old = sealed(keys), wrapped(keys.folder), (keys.folder / KEK).read_bytes()

    done = rotate(keys)

    after, new = wrapped(keys.folder), (keys.folder / KEK).read_bytes()
    assert done == len(CASES) - 1
    assert new != old
    assert not (keys.folder / NEXT).exists()
    assert before.keys() == after.keys()
    assert not set(before.values()) & set(after.values())
    assert all_open(Keys(keys.folder), told)
    assert all_open(keys, told), "and for whoever had it open"
    with pytest.raises(KeyDestroyed):
        Keys(keys.folder).get(CASES[3])
    (keys.folder / KEK).write_bytes(old)
    with pytest.raises(KeystoreDamaged):
        Keys(keys.folder).get(CASES[0])


def test_nothing_of_the_old_wrapping_is_left_in_the_folder(keys: Keys) -> None:
    before = list(wrapped(keys.folder).values())

    rotate(keys)

    left = b"".join(path.read_bytes() for path in keys.folder.iterdir())
    assert not [blob for blob in before if blob in left]


def test_it_can_be_done_again_and_a_keystore_that_never_was_is_read_by_older_releases(keys: Keys) -> None:
    assert {blob[0] for blob in wrapped(keys.folder).values()} == {1}
    told = sealed(keys)

    first, second = rotate(keys), rotate(keys)

    assert (first, second) == (len(CASES) - 1, len(CASES) - 1)
    assert all_open(Keys(keys.folder), told)


@pytest.mark.parametrize("times", [0, 1, 2])
@pytest.mark.parametrize("step", ["_begin", "_some", "_finish"])
def test_killed_anywhere_it_is_readable_and_goes_on(
    keys: Keys, monkeypatch: pytest.MonkeyPatch, step: str, times: int
) -> None:
    told = sealed(keys)
    real, seen = getattr(rotation, step), []

    def dies(*arguments: Any) -> Any:
        seen.append(1)
        if len(seen) > times:
            raise SystemExit
        return real(*arguments)

    with monkeypatch.context() as killed:
        killed.setattr(rotation, step, dies)
        if times == 0 or step == "_some":
            with pytest.raises(SystemExit):
                rotate(keys)
    halfway = Keys(keys.folder)
    halfway.create(["26-900001-X"])
    late = halfway.get("26-900001-X").seal("t", "c", "26-900001-X", b"26-900001-X")
    assert all_open(Keys(keys.folder), told)

    rotate(Keys(keys.folder))

    assert all_open(Keys(keys.folder), {**told, "26-900001-X": late})
    assert not (keys.folder / NEXT).exists()
    heads = {blob[:5] for blob in wrapped(keys.folder).values()}
    assert heads == {Wrapping(keys.folder).head}


def test_readers_and_writers_go_on_meanwhile(keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    told, made, faults = sealed(keys), [], []
    ended = threading.Event()
    monkeypatch.setattr(rotation, "LOT", 20)
    for module in (keystore, rotation):  # three who never pause: whose turn it is, is left to chance
        monkeypatch.setattr(module, "PATIENCE_SECONDS", 120)

    def work(number: int) -> None:
        mine = Keys(keys.folder)
        turn = 0
        while not ended.is_set():
            turn += 1
            case = f"26-{800_000 + number * 10_000 + turn:06d}-X"
            try:
                mine.create([case])
                made.append((case, mine.get(case).seal("t", "c", case, case.encode())))
                fresh = Keys(keys.folder)
                old = CASES[(turn * 37) % 400 + 10]
                assert fresh.get(old).open("t", "c", old, told[old]) == old.encode()
            except Exception as fault:  # noqa: BLE001 - told below
                faults.append(fault)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(3):
            rotate(Keys(keys.folder))
    finally:
        ended.set()
        for thread in threads:
            thread.join()

    assert faults == []
    assert made
    assert all_open(Keys(keys.folder), {**told, **dict(made)})


def test_of_two_who_change_it_at_once_one_comes_to_the_end_and_both_are_told_so(keys: Keys) -> None:
    others: list[int] = []
    told = sealed(keys)

    mine = rotate(keys, lambda _: others.append(rotate(Keys(keys.folder))) if not others else None)

    assert mine + others[0] == len(CASES) - 1
    assert not (keys.folder / NEXT).exists()
    assert all_open(Keys(keys.folder), told)


def test_the_old_key_is_written_over_before_the_new_one_takes_its_name(
    keys: Keys, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told, old = sealed(keys), (keys.folder / KEK).read_bytes()

    def dies(*_: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as killed:
        killed.setattr(Path, "rename", dies)
        with pytest.raises(SystemExit):
            rotate(keys)
    left = b"".join(path.read_bytes() for path in keys.folder.iterdir())
    key_copies.take(Keys(keys.folder), tmp_path)

    assert old not in left
    assert all_open(Keys(keys.folder), told)
    assert key_copies.check(tmp_path) == len(told)
    rotate(Keys(keys.folder))
    assert all_open(Keys(keys.folder), told)


def test_while_somebody_reads_what_the_old_key_wrapped_it_stays(keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    told, old = sealed(keys), (keys.folder / KEK).read_bytes()
    monkeypatch.setattr(rotation, "PATIENCE_SECONDS", 0)
    reader = sqlite_driver().connect(keys.folder / STORE, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM case_key").fetchone()

    with pytest.raises(KeystoreBusy):
        rotate(keys)
    reader.close()

    assert (keys.folder / KEK).read_bytes() == old
    assert all_open(Keys(keys.folder), told)
    rotate(keys)
    assert not (keys.folder / NEXT).exists()


def test_a_full_disk_is_named_and_once_there_is_room_keys_are_made(keys: Keys) -> None:
    late, store = [f"26-{serial:06d}-X" for serial in range(700_000, 701_000)], keys._open().database
    store.execute("PRAGMA max_page_count = 1")

    with pytest.raises(KeystoreBusy) as refused:
        keys.create(late)
    store.execute("PRAGMA max_page_count = 100000")
    keys.create(late)

    assert refused.value.reason.code == "keys.full"
    assert all(Keys(keys.folder).get(case) for case in late)


def test_a_copy_from_before_opens_by_its_own_key(keys: Keys, tmp_path: Path) -> None:
    told = sealed(keys)
    (tmp_path / "copy").mkdir()
    key_copies.take(keys, tmp_path / "copy")

    rotate(keys)

    assert key_copies.check(tmp_path / "copy") == len(told)
    (tmp_path / "later").mkdir()
    key_copies.take(keys, tmp_path / "later")
    assert key_copies.check(tmp_path / "later") == len(told)
