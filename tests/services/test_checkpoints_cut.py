"""A file of checkpoints that somebody cut, emptied or put an older copy of in its place: going on would hide it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from clock import machine_now
from models import checkpoint
from models.session import reading
from services.audit import checkpoints, signed
from services.audit.checkpoints import Answered, CheckpointsCut
from services.reports.health_proof import proof
from tests.office import LEAD, TestOffice
from workflows.words import say


def signed_thrice(office: TestOffice) -> tuple[Path, list[bytes]]:
    """Return the file in which three checkpoints stand, and its lines."""
    for _ in range(3):
        office.opened()
        assert checkpoints.make(office.unit) is not None
    path = office.settings.checkpoints / signed.FILE
    return path, path.read_bytes().splitlines(keepends=True)


def health(office: TestOffice) -> tuple[bool, str]:
    with reading(office.engine) as db:
        ((ok, detail),) = [(one.ok, one.detail) for one in proof(db, office.at(db), machine_now(db))]
    return ok, say(detail, "en")


CUTS: dict[str, Callable[[list[bytes]], bytes | None]] = {
    "an older copy": lambda lines: b"".join(lines[:2]),
    "cut in the middle of a line": lambda lines: b"".join(lines)[:-20],
    "empty": lambda lines: b"",
    "gone": lambda lines: None,
}


@pytest.mark.parametrize("cut", CUTS)
def test_nothing_is_signed_after_a_file_that_was_cut_until_a_lead_answers(office: TestOffice, cut: str) -> None:
    path, lines = signed_thrice(office)
    assert health(office)[0]
    content = CUTS[cut](lines)
    path.unlink()
    if content is not None:
        path.write_bytes(content)
        path.chmod(0o600)
    office.opened()

    with pytest.raises(CheckpointsCut):
        checkpoints.make(office.unit)
    ok, words = health(office)
    fault = checkpoints.prove(office.unit)[0].fault

    assert (ok, "3 were signed" in words, "--restored --why" in words) == (False, True, True)
    assert fault is not None
    assert fault[1].code == "audit.checkpoints_cut"
    with reading(office.engine) as db:
        newest = checkpoint.newest(db)
    assert newest is not None
    assert newest.number == 3

    assert checkpoints.make(office.unit, Answered((), LEAD, "the disk broke")) is not None
    assert (checkpoints.prove(office.unit)[0].fault, health(office)[0]) == (None, True)
    assert [row.actor for row in office.ask("SELECT actor FROM office_event WHERE what = 'history_given_up'")] == [LEAD]


def test_a_file_that_is_put_back_is_gone_on_with(office: TestOffice) -> None:
    path, lines = signed_thrice(office)
    path.write_bytes(lines[0])
    office.opened()
    with pytest.raises(CheckpointsCut):
        checkpoints.make(office.unit)
    path.write_bytes(b"".join(lines))

    made = checkpoints.make(office.unit)

    assert made is not None
    assert (made.number, checkpoints.prove(office.unit)[0].fault) == (4, None)


def test_another_line_under_the_newest_number_is_no_line_to_go_on_from(office: TestOffice) -> None:
    path, lines = signed_thrice(office)
    path.write_bytes(b"".join(lines[:2]))
    checkpoints.make(office.unit, Answered((), LEAD, "a third one in its place"))
    ours = path.read_bytes()
    office.opened()
    path.write_bytes(b"".join(lines))

    with pytest.raises(CheckpointsCut):
        checkpoints.make(office.unit)
    path.write_bytes(ours)

    assert checkpoints.make(office.unit) is not None
