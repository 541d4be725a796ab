"""A file imported again opens nothing again, whatever a spreadsheet has made of it meanwhile."""

import json
from pathlib import Path
from typing import Any

import pytest

from services.intake import Contact, read_contacts
from tests.admin.conftest import Script
from tests.office import CLERK, LEAD, TestOffice

FIELD = Path(__file__).parents[1] / "field"
HEAD = "key,rights,category,channel,language,subject.name,subject.phone,subject.postcode,subject.address,received_at\n"
ROW = "{key},disclosure,customer,post,ja,見本 {name},{phone},100-0001,東京都千代田区千代田1-1,{at}\n"


def imported(script: Script, file: str | Path) -> dict[str, Any]:
    said: dict[str, Any] = script.by(CLERK, "import", str(file), "--json").json
    return said


def a_row(key: str = "", name: str = "花子", phone: str = "03-0000-1234", at: str = "2026-11-20 10:15") -> str:
    return ROW.format(key=key, name=name, phone=phone, at=at)


@pytest.mark.parametrize(
    ("original", "saved_again"),
    [
        ("reimport-1-original.csv", "reimport-1-resaved-sjis.csv"),
        ("reimport-2-original.csv", "reimport-2-excel-dates.csv"),
        ("reimport-2-excel-dates.csv", "reimport-2-original.csv"),
    ],
)
def test_what_a_spreadsheet_saves_again_is_known(
    script: Script, worker: None, office: TestOffice, original: str, saved_again: str
) -> None:
    script("--as", LEAD, "clock", "--set", "2027-02-01T10:00:00+09:00")

    first = imported(script, FIELD / original)
    second = imported(script, FIELD / saved_again)

    assert (first["opened"], first["known"], first["faults"]) == (1, 0, [])
    assert (second["opened"], second["known"], second["faults"]) == (0, 1, [])


def test_keys_that_a_spreadsheet_makes_one_are_one_and_what_else_they_stand_for_is_refused(
    script: Script, worker: None
) -> None:
    said = imported(script, FIELD / "keys-1-01-1.0.csv")

    assert (said["opened"], said["known"]) == (1, 1)
    assert [(fault["line"], fault["field"]) for fault in said["faults"]] == [(n, "key") for n in (3, 4, 5, 6)]
    assert "01" in said["faults"][0]["message"]


@pytest.mark.parametrize(
    "again",
    [
        a_row("001"),
        a_row("１"),
        a_row("1.0"),
        a_row("1", phone="０３（００００）１２３４"),
        a_row("1", at="2026/11/20 10:15"),
        a_row("1", at="2026-11-20T10:15:00+09:00"),
        a_row("1").replace("見本 花子", "見本　花子"),
    ],
)
def test_a_row_with_a_key_is_known_again_however_its_cells_are_written(
    script: Script, worker: None, again: str
) -> None:
    imported(script, script.file(HEAD + a_row("1"), "contacts.csv"))

    said = imported(script, script.file(HEAD + again, "again.csv"))

    assert (said["opened"], said["known"], said["faults"]) == (0, 1, [])


@pytest.mark.parametrize(
    "other", [a_row("1", name="華子"), a_row("1", phone="03-0000-1235"), a_row("1.0", at="2026-11-19 10:15")]
)
def test_a_key_that_stands_for_another_contact_is_a_fault(script: Script, worker: None, other: str) -> None:
    imported(script, script.file(HEAD + a_row("1"), "contacts.csv"))

    said = imported(script, script.file(HEAD + other, "again.csv"))

    assert (said["opened"], said["known"]) == (0, 0)
    assert [fault["field"] for fault in said["faults"]] == ["key"]


def test_rows_an_earlier_release_accepted_are_known(script: Script, worker: None, office: TestOffice) -> None:
    keyless, keyed = script.file(HEAD + a_row(), "a.csv"), script.file(HEAD + a_row("007", name="一郎"), "b.csv")
    for file in (keyless, keyed):
        (row,) = read_contacts(file, hashed=lambda _: "whatever")
        assert isinstance(row, Contact)
        # An earlier release knew a row by its key as it was typed, else by its cells as they were written.
        cells = dict(zip(HEAD.strip().split(","), file_row(file), strict=True))
        raw = json.dumps({name: cell for name, cell in cells.items() if cell}, sort_keys=True, ensure_ascii=False)
        office.place("open", row.payload, key=cells["key"] or office.keys.lookup_hash("import", raw))

    said = [imported(script, file) for file in (keyless, keyed)]

    assert [(one["opened"], one["known"], one["faults"]) for one in said] == [(0, 1, []), (0, 1, [])]


def file_row(file: str) -> list[str]:
    return Path(file).read_text(encoding="utf-8").splitlines()[1].split(",")
