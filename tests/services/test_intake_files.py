"""The border: files people hand in, one payload each, and the CSV of an import."""

import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.intake import BadInput, Contact, Fault, load_file, load_sheet, read_contacts
from services.intake.contacts import columns
from tests.services.handed_in import payload_or_faults, written
from workflows.law.values import Right
from workflows.request.payloads import Open

# -- files --------------------------------------------------------------------------------------------------------


def test_a_file_is_also_read_from_the_standard_input() -> None:
    assert load_file("-", io.BytesIO(b"a: b"))["a"] == "b"


def test_numbers_keep_their_noughts_and_days_are_days(tmp_path: Path) -> None:
    data = load_file(
        written(tmp_path, "phone: 0312345670\npages: 2\non: 2026-12-01\nday: 2026-02-30\nname: '2026-12-01'")
    )

    assert data == {
        "phone": "0312345670",
        "pages": "2",
        "on": date(2026, 12, 1),
        "day": "2026-02-30",
        "name": "2026-12-01",
    }


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    assert set(load_file(written(tmp_path, "\ufeffrights: [disclosure]"))) == {"rights"}


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        ("a: 1\nb: [1\nc: 2", 2, "brackets that begin here"),
        ("a: 1\n\ta: 2", 2, "begins with a tab"),
        ("a: 1\nb: \x07", 2, "U+0007"),
        ("a: 1\na: 2", 2, "twice"),
        ("s:\n  n: 1\n  n: 2", 3, "twice"),
        ("a: &x 1\nb: *x", 1, "anchors"),
        ("a: !!python/object/apply:os.system [ls]", 1, "tags"),
        ("a: 1\n---\na: 1", 2, "second document"),
        ("? [a]\n: 1", 1, "key must be text"),
        ("a: " + "[" * 50, 1, "nested too deeply"),
        ("", None, "no keys"),
        ("- a", None, "no keys"),
        ("just words", None, "no keys"),
        (b"a: \xff\xfe\xff", None, "neither UTF-8 nor Shift_JIS"),
        ("a: 見\nb: ".encode() + b"\xff\n", 2, "another encoding"),
        ('{"a": 1,\n"b": }', 2, "is no JSON"),
        ('{"a": 1, "a": 2}', None, "twice"),
        ('{"a": NaN}', 1, "NaN is not JSON"),
        ('{"a":' * 50_000, None, "nested too deeply"),
        ("a: " + "x" * 1_000_001, None, "larger than 1,000,000 bytes"),
    ],
)
def test_a_malformed_file_is_refused_with_its_line(
    tmp_path: Path, content: str | bytes, line: int | None, says: str
) -> None:
    with pytest.raises(BadInput) as caught:
        load_file(written(tmp_path, content))

    (fault,) = caught.value.faults
    assert fault.line == line
    assert says in fault.message


def test_a_file_that_is_not_there_is_a_fault_and_not_a_crash(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.yaml", tmp_path):
        with pytest.raises(BadInput, match="cannot be read"):
            load_file(path)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
@settings(max_examples=300)
def test_whatever_the_bytes_the_answer_is_a_mapping_or_a_fault(content: bytes) -> None:
    assert payload_or_faults(load_file, "-", io.BytesIO(content))


# -- the CSV of an import -----------------------------------------------------------------------------------------

HEADER = "rights,category,channel,language,subject.name,subject.address,key\n"


def hashed(text: str) -> str:
    """Stand in for the keystore's keyed hash."""
    import hashlib

    return hashlib.sha256(text.encode()).hexdigest()


def rows_of(folder: Path, content: str | bytes, **options: Any) -> list[Contact | Fault]:
    """Return what a CSV file yields."""
    return list(read_contacts(written(folder, content, "contacts.csv"), hashed=hashed, **options))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_contacts_are_read_whatever_excel_saved(tmp_path: Path, encoding: str) -> None:
    text = HEADER + "disclosure;halt_use,customer,post,ja,髙橋 花子,東京都千代田区千代田1-1,k-1\n\n"

    (contact,) = rows_of(tmp_path, text.replace("\n", "\r\n").encode(encoding))

    assert isinstance(contact, Contact)
    assert (contact.line, contact.key) == (2, "k-1")
    assert contact.payload.subject.name == "髙橋 花子"
    assert contact.payload.rights == (Right.DISCLOSURE, Right.HALT_USE)


def test_a_bad_row_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    text = (
        HEADER
        + 'disclosure,customer,post,ja,"見本\n?子",,k-1\n'
        + "disclosure,customer,post,ja,見本 一郎,,k-2\n"
        + "halt,guest,post,ja,見本 次郎,,k-3\n"
        + "disclosure,customer,post,ja,見本 三郎,,k-4,too,many\n"
        + "disclosure,customer,post,ja\n"
    )

    rows = rows_of(tmp_path, text)

    assert [row.line for row in rows if isinstance(row, Contact)] == [4]
    assert [(row.line, row.field) for row in rows if isinstance(row, Fault)] == [
        (2, "subject.name"),
        (5, "rights[0]"),
        (5, "category"),
        (6, ""),
        (7, ""),
    ]


def test_a_wrong_column_is_named_with_the_nearest_and_nothing_is_read(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        rows_of(tmp_path, "rights,subject.nmae,subject.nmae,language,language\nx,y,z,ja,ja\n", language="en")

    assert {(fault.field, fault.line) for fault in caught.value.faults} == {("subject.nmae", 1), ("language", 1)}
    assert "did you mean subject.name?" in str(caught.value)


def test_a_row_without_a_key_gets_one_from_what_it_says(tmp_path: Path) -> None:
    first = rows_of(tmp_path, "rights,category,channel,language,subject.name\ndisclosure,customer,post,ja,見本 花子\n")
    moved = rows_of(tmp_path, "category,channel,language,subject.name,rights\ncustomer,post,ja,見本 花子 ,disclosure\n")
    other = rows_of(tmp_path, "category,channel,language,subject.name,rights\ncustomer,post,ja,見本 華子,disclosure\n")

    keys = [row.key for rows in (first, moved, other) for row in rows if isinstance(row, Contact)]

    assert keys[0] == keys[1] != keys[2]
    assert "見本" not in "".join(keys)


@pytest.mark.parametrize("content", ["", "\n", ",,,\n", b"\xff\xfe\x00\x81\xff"])
def test_a_file_that_is_no_csv_of_contacts_is_refused(tmp_path: Path, content: str | bytes) -> None:
    with pytest.raises(BadInput):
        rows_of(tmp_path, content)


def test_a_quote_never_closed_is_a_fault_at_its_line(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, HEADER + 'disclosure,customer,post,ja,"見本\n')

    assert [(type(row), row.line) for row in rows] == [(Fault, 2)]


def test_every_column_of_an_import_can_be_read_and_every_field_has_one(tmp_path: Path) -> None:
    cells = {
        "key": "k",
        "rights": "disclosure",
        "category": "customer",
        "channel": "post",
        "language": "ja",
        "received_at": "2026/11/20 10:15",
        "mail_to": "representative",
        "address_on_record": "true",
        "note": "note",
        "regime": "eu-gdpr",
        "representative.kind": "agent",
        "began": "letter",
        "arrived_at": "2026/11/20 11:00",
        "forms": "disclosure",
        "pages": "2",
        "signed": "true",
        "sealed": "true",
        "delivery.way": "post",
        "delivery.mail_class": "addressee_only",
        "delivery.paid": "true",
        "method": "paper",
    }
    special = {
        "country": "JP",
        "email": "a@example.com",
        "birth_date": "1990/4/1",
        "postcode": "100-0001",
        "phone": "03-0000-0001",
    }
    row = [cells.get(name) or special.get(name.partition(".")[2], "x") for name in columns()]

    (contact,) = rows_of(tmp_path, ",".join(columns()) + "\n" + ",".join(row) + "\n")

    assert isinstance(contact, Contact)
    assert contact.payload.representative is not None
    assert contact.payload.representative.birth_date == date(1990, 4, 1)
    assert contact.payload.received_at is not None
    assert contact.payload.received_at.utcoffset() == timedelta(hours=9)
    brought = {
        "arrived_at",
        "forms",
        "pages",
        "signed",
        "sealed",
        "method",
    }  # with a request that begins with its forms
    of_open = set(Open.__dataclass_fields__) - {"came"}
    assert {name.partition(".")[0] for name in columns()} == {"key", *of_open, *brought}


def test_contacts_are_read_one_by_one(tmp_path: Path) -> None:
    row = "disclosure,customer,post,ja,見本 花子,,\n"
    path = written(tmp_path, HEADER + row * 3, "contacts.csv")

    contacts = read_contacts(path, hashed=hashed)
    first = next(contacts)

    assert isinstance(first, Contact)
    assert [contact.line for contact in contacts] == [3, 4]


@pytest.mark.parametrize(
    ("text", "rows"),
    [("a,b\n1,2\n3,4\n", 3), ('a,b\r\n"1\r\n1",2\r\n3,4', 3), ('a\n"say ""yes""\nor no"\n', 2), ("", 0), ("a", 1)],
)
def test_the_bar_of_an_import_knows_its_rows(tmp_path: Path, text: str, rows: int) -> None:
    assert load_sheet(written(tmp_path, text, "contacts.csv")).rows == rows
