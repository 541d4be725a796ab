"""Keys and embedded databases belong to one machine: a network file system is told from the mounts, and refused."""

from pathlib import Path

import pytest

from models.keys import Keys, KeystoreAbsent
from models.machine import MOUNTS, SharedByMachines, must_be_local, network_file_system
from models.session import engine_for
from services.engine.trouble import Kind, kind_of


def mounts(folder: Path, **kinds: str) -> Path:
    """Return a list of mounts, as Linux tells them: the root is a disk, each folder named below *folder* of a kind."""
    lines = ["22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw"]
    for number, (name, kind) in enumerate(kinds.items(), 23):
        point = str(folder / name.replace("_", "/")).replace(" ", "\\040")
        lines.append(
            f"{number} 22 0:{number} / {point} rw,relatime shared:{number} - {kind} server:/export rw,vers=4.2"
        )
    told = folder / "mountinfo"
    told.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return told


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "fuse.sshfs", "ceph", "ocfs2"])
def test_a_keystore_on_a_network_file_system_is_neither_made_nor_opened(tmp_path: Path, kind: str) -> None:
    Keys(tmp_path / "office" / "keys", mounts(tmp_path)).make()
    told = mounts(tmp_path, office=kind)

    with pytest.raises(SharedByMachines, match=rf"keys/ .* network file system \({kind}\)"):
        Keys(tmp_path / "office" / "keys", told).lookup_hash("kind", "value")
    with pytest.raises(SharedByMachines):
        Keys(tmp_path / "office" / "other", told).make()

    assert not (tmp_path / "office" / "other").exists()


def test_a_keystore_on_a_disk_of_this_machine_works_beside_a_network_drive(tmp_path: Path) -> None:
    told = mounts(tmp_path, spool="nfs4", office_keysafe="nfs4", office="ext4")

    keys = Keys(tmp_path / "office" / "keys", told)
    keys.make()
    keys.create(["26-000017-Y"])

    assert keys.get("26-000017-Y").open("t", "c", "r", keys.get("26-000017-Y").seal("t", "c", "r", b"x")) == b"x"


def test_an_embedded_database_on_a_network_file_system_is_refused(tmp_path: Path) -> None:
    told = mounts(tmp_path, office="nfs4")

    with pytest.raises(SharedByMachines, match="the database"):
        engine_for(f"sqlite:///{tmp_path / 'office' / 'madoguchi.sqlite3'}", mounts=told)
    engine_for(f"sqlite:///{tmp_path / 'madoguchi.sqlite3'}", mounts=told).dispose()
    engine_for("postgresql+psycopg://db.example.com/office", mounts=told).dispose()  # not ours to look at


def test_the_mount_that_counts_is_the_nearest_and_the_latest(tmp_path: Path) -> None:
    told = mounts(tmp_path, a="nfs", a_b="tmpfs", a_b_c="cifs")
    twice = "90 22 0:90 / {point} rw - {kind} x rw\n"
    over = tmp_path / "over"
    over.write_text("".join(twice.format(point=tmp_path, kind=kind) for kind in ("nfs", "ext4")), "utf-8")

    found = [network_file_system(tmp_path / name, told) for name in (".", "a/x", "a/b/x", "a/b/c/d/e", "ab")]

    assert found == [None, "nfs", None, "cifs", None]
    assert network_file_system(tmp_path / "x", over) is None


def test_a_folder_with_a_blank_or_behind_a_link_is_found(tmp_path: Path) -> None:
    told = mounts(tmp_path, **{"the drive": "smb3"})
    (tmp_path / "the drive").mkdir()
    (tmp_path / "keys").symlink_to(tmp_path / "the drive")

    assert network_file_system(tmp_path / "the drive" / "keys", told) == "smb3"
    assert network_file_system(tmp_path / "keys", told) == "smb3"


def test_where_the_system_lists_no_mounts_nothing_is_refused(tmp_path: Path) -> None:
    must_be_local(tmp_path, "keys/", tmp_path / "nothing")


def test_the_disk_of_these_tests_is_told_by_the_real_list() -> None:
    assert not MOUNTS.exists() or " - " in MOUNTS.read_text(encoding="utf-8")
    must_be_local(Path("/"), "the root")


@pytest.mark.parametrize("error", [SharedByMachines("keys/ lie on nfs"), KeystoreAbsent("no keys in keys/")])
def test_keys_that_are_mounted_wrongly_or_not_at_all_are_trouble_that_passes(error: OSError) -> None:
    assert kind_of(error) is Kind.TRANSIENT
