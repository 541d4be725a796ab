"""Which machine this is, and whether a folder is one that machines share.

SQLite's write-ahead log keeps its index in memory that only one kernel shares, and remembered keys are forgotten by a
file that only processes of one machine see in time. So neither the keys nor an embedded database may lie on a network
file system; whatever the mounts say, `models.office.serve` notices a second machine.
"""

import os
import socket
from functools import cache
from pathlib import Path

from models.told import Told

NETWORK = frozenset({
    "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "fhgfs", "fuse.beegfs", "fuse.ceph", "fuse.cephfs",
    "fuse.davfs2", "fuse.gcsfuse", "fuse.glusterfs", "fuse.juicefs", "fuse.lizardfs", "fuse.mfs", "fuse.moosefs",
    "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "gfs2", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2",
    "orangefs", "smb3", "smbfs",
})  # fmt: skip
"""File systems that more than one machine can mount at the same time, as Linux calls them."""

MOUNTS = Path("/proc/self/mountinfo")
_BOOT = Path("/proc/sys/kernel/random/boot_id")


class SharedByMachines(Told, OSError):
    """What must belong to one machine lies on a file system that machines share."""


@cache
def this_machine() -> str:
    """Return what tells the kernel this process runs under from every other: all its containers are one machine."""
    try:
        return _BOOT.read_text(encoding="ascii").strip()
    except OSError:  # not Linux
        return socket.gethostname()


def machine_name() -> str:
    """Return what people call this machine; a container has a name of its own."""
    return socket.gethostname()


def network_file_system(path: Path, mounts: Path = MOUNTS) -> str | None:
    """Return the kind of network file system that *path* (or the folder it will be made in) lies on; None: a local one.

    Where the system does not tell (no Linux), None.
    """
    # Compared as texts: every command, worker and connection asks, and a container can have many mounts.
    wanted, best, kind = os.path.realpath(path) + "/", 0, None
    try:
        told = mounts.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return None
    for line in told.splitlines():
        # ID PARENT MAJOR:MINOR ROOT POINT OPTIONS [MORE...] - KIND SOURCE OPTIONS (proc(5)); blanks stand in octal.
        before, _, after = line.partition(" - ")
        words, ending = before.split(" ", 5), after.split(" ", 1)
        if len(words) < 5 or not ending[0]:
            continue
        point = _plain(words[4]).rstrip("/") + "/"
        # Of those it lies under the longest is the nearest; the later of two on one point lies above the other.
        if len(point) >= best and wanted.startswith(point):
            best, kind = len(point), ending[0]
    return kind if kind in NETWORK else None


def must_be_local(path: Path, what: str, mounts: Path = MOUNTS) -> None:
    """Return where *path* is this machine's alone. Raises SharedByMachines with a sentence about *what*."""
    kind = network_file_system(path, mounts)
    if kind is not None:
        raise SharedByMachines("keys.shared_by_machines", what=what, path=str(path), kind=kind)


def _plain(octal: str) -> str:
    if "\\" not in octal:
        return octal
    for code, sign in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        octal = octal.replace(code, sign)
    return octal
