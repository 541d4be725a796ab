"""The keystore: what is sealed opens only in its place, and what is destroyed never again."""

import multiprocessing
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from multiprocessing.queues import Queue
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.keys import CaseKey, KeyDestroyed, KeyMissing, Keys, SealBroken
from models.wrapping import KeystoreDamaged

CASE, OTHER = "26-000017-Y", "26-000018-W"
PLACE = ("person", "sealed", "26-000017-Y/subject")
SECRET = "見本 花子".encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a keystore that is not there yet."""
    return tmp_path / "keys"


@pytest.fixture
def keys(folder: Path) -> Keys:
    """Return a keystore with the keys of two cases."""
    keys = Keys(folder)
    keys.make()
    keys.create([CASE, OTHER])
    return keys


def in_a_child(work: Callable[[], object]) -> object:
    """Return what *work* returns in a forked process."""
    context = multiprocessing.get_context("fork")
    answers: Queue[object] = context.Queue()
    child = context.Process(target=lambda: answers.put(work()))
    child.start()
    answer = answers.get(timeout=60)
    child.join(60)
    return answer


# -- sealing ------------------------------------------------------------------------------------------------------


def test_what_is_sealed_opens_again_in_another_process_of_the_office(keys: Keys, folder: Path) -> None:
    sealed = keys.get(CASE).seal(*PLACE, SECRET)

    assert SECRET not in sealed
    assert Keys(folder).get(CASE).open(*PLACE, sealed) == SECRET


@given(st.binary(max_size=200), st.text(max_size=20))
def test_whatever_is_sealed_opens_unchanged(plain: bytes, row: str) -> None:
    key = CaseKey(bytes(32))
    row = row.encode("utf-8", "replace").decode()

    assert key.open("person", "sealed", row, key.seal("person", "sealed", row, plain)) == plain


def test_data_for_json_opens_unchanged(keys: Keys) -> None:
    data = {"name": "髙橋 﨑子", "lines": ["一", None, 3]}
    key = keys.get(CASE)

    assert key.open_json(*PLACE, key.seal_json(*PLACE, data)) == data


def test_equal_names_are_never_sealed_to_equal_bytes(keys: Keys) -> None:
    key = keys.get(CASE)

    assert len({key.seal(*PLACE, SECRET) for _ in range(100)}) == 100


@pytest.mark.parametrize(
    "elsewhere",
    [
        ("letter", "sealed", PLACE[2]),
        ("person", "note", PLACE[2]),
        ("person", "sealed", "26-000017-Y/representative"),
        ("person", "sealed\x00", PLACE[2]),
        ("person", "", "sealed\x00" + PLACE[2]),
    ],
)
def test_what_is_sealed_for_one_place_opens_in_no_other(keys: Keys, elsewhere: tuple[str, str, str]) -> None:
    key = keys.get(CASE)
    sealed = key.seal(*PLACE, SECRET)

    with pytest.raises(SealBroken, match="another row"):
        key.open(*elsewhere, sealed)


def test_what_is_sealed_for_one_case_opens_under_no_other(keys: Keys) -> None:
    sealed = keys.get(CASE).seal(*PLACE, SECRET)

    with pytest.raises(SealBroken, match="another case"):
        keys.get(OTHER).open(*PLACE, sealed)


def test_every_altered_byte_and_every_cut_breaks_the_seal(keys: Keys) -> None:
    key = keys.get(CASE)
    sealed = key.seal(*PLACE, SECRET)
    altered = [sealed[:i] + bytes([sealed[i] ^ 1]) + sealed[i + 1 :] for i in range(len(sealed))]
    cut = [sealed[:i] for i in range(len(sealed))] + [sealed + b"\x00"]

    opened = []
    for wrong in altered + cut:
        try:
            opened.append(key.open(*PLACE, wrong))
        except SealBroken:
            continue

    assert opened == []


def test_a_commitment_tells_equal_from_different_and_nothing_else(keys: Keys) -> None:
    key = keys.get(CASE)

    assert key.commitment(SECRET) == keys.get(CASE).commitment(SECRET)
    assert len({key.commitment(SECRET), key.commitment(b"x"), keys.get(OTHER).commitment(SECRET)}) == 3
    assert len(key.commitment(SECRET)) == 64


def test_a_key_shows_nothing_of_itself_when_it_is_printed(keys: Keys) -> None:
    assert repr(keys.get(CASE)) == str(keys.get(CASE)) == "<CaseKey>"


# -- looking up ---------------------------------------------------------------------------------------------------


def test_equal_values_of_a_kind_are_found_whatever_the_process(keys: Keys, folder: Path) -> None:
    found = keys.lookup_hash("document", "123456789012")

    assert found == Keys(folder).lookup_hash("document", "123456789012")
    assert found != keys.lookup_hash("document", "123456789013")
    assert found != keys.lookup_hash("form_code", "123456789012")


def test_two_offices_hash_the_same_value_differently(tmp_path: Path) -> None:
    stores = [Keys(tmp_path / name) for name in ("one", "other")]
    for store in stores:
        store.make()

    one, other = (store.lookup_hash("document", "1") for store in stores)

    assert one != other


# -- making -------------------------------------------------------------------------------------------------------


def test_the_folder_is_readable_by_its_owner_alone(keys: Keys, folder: Path) -> None:
    keys.destroy(OTHER)

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {file.name: oct(stat.S_IMODE(file.stat().st_mode)) for file in folder.iterdir()} == dict.fromkeys(
        (file.name for file in folder.iterdir()), "0o600"
    )
    assert len((folder / "kek").read_bytes()) == len((folder / "lookup").read_bytes()) == 32


def test_making_a_key_again_keeps_the_one_there_is(keys: Keys, folder: Path) -> None:
    sealed = keys.get(CASE).seal(*PLACE, SECRET)

    keys.create([CASE, "26-000019-U"])

    assert Keys(folder).get(CASE).open(*PLACE, sealed) == SECRET
    assert Keys(folder).get("26-000019-U") is not None


def test_no_key_lies_unwrapped_on_the_disk(keys: Keys, folder: Path) -> None:
    secret = keys.get(CASE)._secret

    assert all(secret not in file.read_bytes() for file in folder.iterdir())


def test_processes_that_begin_at_once_get_one_keystore_and_one_key_per_case(folder: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from models.keys import Keys\n"
        "keys = Keys(Path(sys.argv[1])); sys.stdin.readline(); keys.make(); keys.create([sys.argv[2]])\n"
        "print(keys.get(sys.argv[2]).commitment(b'x'), keys.lookup_hash('a', 'b'))\n"
    )
    starters = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(folder), CASE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        for _ in range(4)
    ]

    for starter in starters:
        assert starter.stdin is not None
        starter.stdin.write("go\n")
        starter.stdin.flush()
    answers = {starter.communicate(timeout=60)[0] for starter in starters}

    assert len(answers) == 1
    assert answers != {""}
    assert [file.name for file in folder.iterdir() if file.name.startswith(".")] == []


def test_threads_share_a_keystore(keys: Keys) -> None:
    seen: list[bytes] = []
    numbers = [f"26-{n:06d}-X" for n in range(40)]

    def work(mine: list[str]) -> None:
        keys.create(mine)
        for number in mine:
            key = keys.get(number)
            seen.append(key.open(*PLACE, key.seal(*PLACE, SECRET)))

    threads = [threading.Thread(target=work, args=(numbers[i::4],)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert seen == [SECRET] * 40


def test_a_forked_child_uses_the_keystore_and_leaves_the_parents_alone(keys: Keys) -> None:
    before = keys.get(CASE).commitment(b"x")

    def work() -> object:
        keys.create(["26-000020-C"])
        return keys.get(CASE).commitment(b"x")

    assert in_a_child(work) == before
    assert keys.get("26-000020-C") is not None
    keys.create(["26-000021-D"])
    assert in_a_child(lambda: keys.get("26-000021-D") is not None)


def test_more_cases_than_are_remembered_are_all_found(keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.keys.REMEMBERED", 3)
    numbers = [f"26-{n:06d}-X" for n in range(10)]
    keys.create(numbers)

    first = [keys.get(number).commitment(b"x") for number in numbers]

    assert [keys.get(number).commitment(b"x") for number in numbers] == first
    assert len(set(first)) == 10


# -- destroying ---------------------------------------------------------------------------------------------------


def test_a_destroyed_key_is_never_given_again(keys: Keys, folder: Path) -> None:
    keys.get(CASE)

    keys.destroy(CASE)

    for store in (keys, Keys(folder)):
        with pytest.raises(KeyDestroyed, match=r"destroyed at 20.*erased"):
            store.get(CASE)
    assert keys.get(OTHER) is not None


def test_a_destroyed_key_is_not_made_anew(keys: Keys) -> None:
    keys.destroy(CASE)

    keys.create([CASE])

    with pytest.raises(KeyDestroyed):
        keys.get(CASE)


def test_destroying_twice_is_destroying_once(keys: Keys) -> None:
    keys.destroy(CASE)
    with pytest.raises(KeyDestroyed) as first:
        keys.get(CASE)

    keys.destroy(CASE)

    with pytest.raises(KeyDestroyed) as second:
        keys.get(CASE)
    assert str(first.value) == str(second.value)


def test_another_process_that_remembered_the_key_forgets_it(keys: Keys, folder: Path) -> None:
    elsewhere = Keys(folder)
    elsewhere.get(CASE)

    assert in_a_child(lambda: keys.destroy(CASE)) is None

    with pytest.raises(KeyDestroyed):
        elsewhere.get(CASE)
    with pytest.raises(KeyDestroyed):
        keys.get(CASE)


def test_nothing_of_a_destroyed_key_is_left_in_the_folder(keys: Keys, folder: Path) -> None:
    keys.create([f"26-{n:06d}-X" for n in range(200)])
    keys.get(CASE)
    wrapped = keys._here.database.execute("SELECT wrapped FROM case_key WHERE case_number = ?", (CASE,)).fetchone()[0]
    assert any(wrapped in file.read_bytes() for file in folder.iterdir())

    keys.destroy(CASE)

    assert [file.name for file in folder.iterdir() if wrapped in file.read_bytes()] == []


def test_a_case_that_never_was_has_no_key(keys: Keys) -> None:
    for act in (keys.get, keys.destroy):
        with pytest.raises(KeyMissing, match="there is no key of 26-999999-"):
            act("26-999999-A")


# -- damage -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["kek", "lookup"])
def test_a_lost_secret_is_reported_and_never_replaced(keys: Keys, folder: Path, name: str) -> None:
    (folder / name).unlink()

    with pytest.raises(KeystoreDamaged, match=f"{name} is gone"):
        Keys(folder).get(CASE)
    assert not (folder / name).exists()


def test_a_secret_cut_short_is_reported(keys: Keys, folder: Path) -> None:
    os.truncate(folder / "kek", 16)

    with pytest.raises(KeystoreDamaged, match="16 bytes instead of 32"):
        Keys(folder).get(CASE)


def test_a_key_copied_to_another_case_or_altered_does_not_open(keys: Keys, folder: Path) -> None:
    keys._open().database.execute(
        "UPDATE case_key SET wrapped = (SELECT wrapped FROM case_key WHERE case_number = ?) WHERE case_number = ?",
        (CASE, OTHER),
    )

    with pytest.raises(KeystoreDamaged, match=f"key of {OTHER} does not open"):
        Keys(folder).get(OTHER)
    assert Keys(folder).get(CASE) is not None
