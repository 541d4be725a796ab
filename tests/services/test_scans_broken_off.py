"""Scans that break off, come twice, or run at once: no page is lost and none is there twice."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from models.session import transaction
from services.returns.register import CHUNK, scan
from tests.office import TestOffice
from tests.patient import patient_engine
from tests.services.pages import files_under, pages_of, tray_of
from tests.services.scans_fakes import SATO, Scanner, cover, mark


class Crash(BaseException):
    """The process is gone: nothing catches this."""


def broken_off(office: TestOffice, scanner: Scanner, file: Path, at: int, *, committed: bool) -> bool:
    """Scan and die in transaction number *at*, just before or just after it is committed; False: it never came."""
    count = iter(range(1000))

    @contextmanager
    def dying() -> Iterator[Connection]:
        last = next(count) == at
        with office.writing() as db:
            yield db
            if last and not committed:
                raise Crash
        if last:
            raise Crash

    try:
        scan([file], SATO, replace(office.unit, begin=dying), read=scanner.read)
    except Crash:
        return True
    return False


@pytest.mark.parametrize("committed", [False, True])
def test_a_crash_at_any_transaction_loses_no_page_and_doubles_none(
    office: TestOffice, scanner: Scanner, committed: bool
) -> None:
    case, code = office.mailed()
    file = scanner.file(mark(case, code, 1), "", cover(f"{case}-01"), mark(case, code, 2), *[""] * CHUNK)
    crashes = 0

    while broken_off(office, scanner, file, crashes, committed=committed):
        crashes += 1
    found = scanner.scan(office, file)

    assert crashes > 6
    assert [(form.pages, form.missing, form.doubled) for form in found.matched] == [(2, (), ())]
    assert len(found.unmatched) == 1 + CHUNK
    assert {row.state for row in pages_of(office)} == {"kept"}
    assert {row.state for row in tray_of(office)} == {"waiting"}
    assert len(pages_of(office)) == 3
    assert len(tray_of(office)) == 1 + CHUNK
    for folder, rows in ((office.settings.evidence, pages_of(office)), (office.settings.tray, tray_of(office))):
        assert {str(path.relative_to(folder)) for path in files_under(folder)} == {row.path for row in rows}


@pytest.mark.parametrize("written", [0, 1, 2, 5])
def test_a_crash_between_two_files_is_finished_by_the_next_scan(
    office: TestOffice, scanner: Scanner, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    case, code = office.mailed()
    file = scanner.file(mark(case, code, 1), "", mark(case, code, 2))
    link = os.link
    done: list[Any] = []

    def breaking(draft: Any, target: Any) -> None:
        if len(done) == written and written < 3:
            raise Crash
        link(draft, target)
        done.append(target)
        if len(done) == 3 and written == 5:  # the last file is there, and its row does not know
            raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(os, "link", breaking)
        with pytest.raises(Crash):
            scanner.scan(office, file)
    states = {row.state for row in (*pages_of(office), *tray_of(office))}

    found = scanner.scan(office, file)

    assert states == {"arriving"}
    assert (found.matched[0].pages, len(found.unmatched)) == (2, 1)
    assert len(files_under(office.settings.evidence)) == 2
    assert len(files_under(office.settings.tray)) == 1


def scanned_at_once(office: TestOffice, scanner: Scanner, *files: Path) -> list[BaseException]:
    """Let a clerk for each of these files scan it at the same time; return what went wrong."""
    start = threading.Barrier(len(files))
    faults: list[BaseException] = []

    def clerk(file: Path) -> None:
        own = patient_engine(office.url)
        start.wait(60)
        try:
            scan([file], SATO, replace(office.unit, begin=lambda: transaction(own)), read=scanner.read)
        except BaseException as fault:  # noqa: BLE001 - the test looks at it
            faults.append(fault)
        own.dispose()

    threads = [threading.Thread(target=clerk, args=(file,)) for file in files]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return faults


def test_two_clerks_who_scan_the_same_file_at_once_register_it_once(office: TestOffice, scanner: Scanner) -> None:
    case, code = office.mailed()
    file = scanner.file(mark(case, code, 1), "", mark(case, code, 2), *[""] * 4)

    faults = scanned_at_once(office, scanner, file, file)

    assert faults == []
    assert [(row.page, row.state) for row in pages_of(office)] == [(1, "kept"), (2, "kept")]
    assert [row.state for row in tray_of(office)] == ["waiting"] * 5


def test_clerks_who_scan_at_once_never_wait_for_each_other_in_a_circle(office: TestOffice, scanner: Scanner) -> None:
    case, code = office.mailed()
    form, several = mark(case, code, 1, 1), 6 * CHUNK
    files = [scanner.file(*[form, ""] * several), scanner.file(*["", form] * several)]

    faults = scanned_at_once(office, scanner, *files)

    assert faults == []
    assert {row.state for row in (*pages_of(office), *tray_of(office))} == {"kept", "waiting"}
    assert len(pages_of(office)) == len(tray_of(office)) == 2 * several
