"""The border: every kind of what a spreadsheet, a keyboard and a person do to data, and the page that tells of it."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.intake import BadInput, Contact, Fault, load_file, parse, read_contacts
from services.intake.text import tidy
from tests.office import TestOffice
from tests.services import kinds
from tests.services.handed_in import an_opening, faults_of, payload_or_faults, written
from tests.services.inputs import KINDS, Input
from tests.services.kinds import BY_THE_RULES, FIELD, FILES, hashed, of_file, of_input, page
from workflows.reading import telephones
from workflows.reading.damage import damage
from workflows.reading.names import without_honorifics
from workflows.reading.postcodes import Postcode, japanese
from workflows.request.payloads import Amend, Open

HEAD = "rights,category,channel,language,subject.name,subject.kana,subject.address\n"
ROW = "disclosure,customer,post,ja,見本 花子,ミホン ハナコ,東京都例町1-1\n"


@pytest.mark.parametrize("name", FILES)
def test_every_line_of_a_file_becomes_what_the_table_says(name: str) -> None:
    found = of_file(name)

    assert found.keys() == FILES[name].keys()
    for line, wanted in FILES[name].items():
        if wanted.startswith("!"):
            assert found[line].startswith("!")
            assert wanted[1:] in found[line]
        else:
            assert found[line] == wanted


@pytest.mark.parametrize("one", [one for kind in KINDS for one in kind.inputs], ids=lambda one: f"{one.written!a:.30}")
def test_every_further_input_becomes_what_the_table_says(one: Input, tmp_path: Path) -> None:
    found = of_input(one, tmp_path)

    if one.becomes.startswith("!"):
        assert found.startswith("!")
        assert one.becomes[1:] in found
    else:
        assert found == one.becomes


def test_every_kind_has_at_least_two_further_inputs_and_every_file_stands_in_a_table() -> None:
    assert [kind.title for kind in KINDS if len(kind.inputs) < 2] == []
    assert {path.name for path in FIELD.iterdir()} == FILES.keys() | BY_THE_RULES.keys()


def test_the_page_says_what_is_read(tmp_path: Path) -> None:
    assert kinds.PAGE.read_text(encoding="utf-8") == page(tmp_path), "run: .venv/bin/python -m tests.services.kinds"


@pytest.mark.parametrize("name", BY_THE_RULES)
def test_what_cannot_be_true_of_a_contact_is_refused_by_the_rules(office: TestOffice, name: str) -> None:
    office.move_to(datetime(2027, 1, 27, 11, tzinfo=ZoneInfo("Asia/Tokyo")))
    path = FIELD / name
    rows = list(read_contacts(path, hashed=hashed)) if path.suffix == ".csv" else [None]
    payloads = [row.payload if isinstance(row, Contact) else parse(Open, load_file(path)) for row in rows]

    refused = [" ".join(reason.code for reason in office.do(None, "open", each).reasons) for each in payloads]

    assert refused == list(BY_THE_RULES[name].values())


# -- tables -----------------------------------------------------------------------------------------------------------


def rows_of(folder: Path, content: str | bytes) -> list[Contact | Fault]:
    """Return what a table yields."""
    return list(read_contacts(written(folder, content, "contacts.csv"), hashed=hashed))


def named(rows: list[Contact | Fault]) -> list[str]:
    """Return the names of those who were read."""
    return [row.payload.subject.name for row in rows if isinstance(row, Contact)]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp932", "euc_jp", "iso2022_jp"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_table_is_read_however_it_was_saved(tmp_path: Path, encoding: str, end: str) -> None:
    rows = rows_of(tmp_path, (HEAD + ROW * 2).replace("\n", end).encode(encoding))

    assert named(rows) == ["見本 花子"] * 2
    assert [row.line for row in rows] == [2, 3]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("first", ["", "sep={}\r\n", "\n\n", "\ufeff"])
def test_a_table_is_read_whatever_separates_its_cells(tmp_path: Path, separator: str, first: str) -> None:
    text = first.format(separator) + (HEAD + ROW).replace(",", separator)

    assert named(rows_of(tmp_path, text)) == ["見本 花子"]


@pytest.mark.parametrize("end", ["\x1a", "\x1a\x1a", "\r\n\x1a\r\n", "\x1a\x00\x00"])
def test_what_dos_writes_at_the_end_of_a_file_is_no_row(tmp_path: Path, end: str) -> None:
    assert len(rows_of(tmp_path, HEAD + ROW + end)) == 1


def test_the_same_character_inside_a_file_ends_nothing(tmp_path: Path) -> None:
    first, second = rows_of(tmp_path, HEAD + ROW.replace("見本", "見\x1a本") + ROW)

    assert isinstance(first, Fault)
    assert "U+001A" in first.message
    assert named([second]) == ["見本 花子"]


def test_half_width_kana_alone_in_shift_jis_are_no_cyrillic_letters(tmp_path: Path) -> None:
    head = "rights,category,channel,language,subject.name,subject.kana\n"
    kana = f"{head}disclosure,customer,post,en,Mio Sample,ﾐｵ\n".encode("cp932")
    latin = f"{head}disclosure,customer,post,en,José Müller,\n".encode()

    (of_kana,), (of_latin,) = rows_of(tmp_path, kana), rows_of(tmp_path, latin)

    assert isinstance(of_kana, Contact)
    assert of_kana.payload.subject.kana == "ミオ"
    assert named([of_latin]) == ["José Müller"]


def test_columns_are_known_by_their_japanese_names_and_parts_of_a_value_are_joined(tmp_path: Path) -> None:
    head = "管理番号,請求の種類,区分,受付方法,言語,姓,名,フリガナ,郵便番号,都道府県,市区町村,番地,建物名,備考\n"
    row = "7,開示,お客様,電話,日本語,見本,花子,ﾐﾎﾝ ﾊﾅｺ,1000001,東京都,千代田区,例町1-1,メゾン例101,至急\n"

    (contact,) = rows_of(tmp_path, (head + row).encode("cp932"))

    assert isinstance(contact, Contact)
    subject = contact.payload.subject
    assert (contact.key, subject.name, subject.kana) == ("7", "見本 花子", "ミホン ハナコ")
    assert (subject.postcode, subject.address) == ("100-0001", "東京都千代田区例町1-1 メゾン例101")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("見本 花子,100-0001,東京都\n", "names no column that is known"),
        ("foo,bar\n1,2\n", "names no column that is known"),
        ("氏名,住所\n見本,東京都\n", "columns are missing: rights, category, channel, language"),
        ("氏名,氏名,rights,category,channel,language\n", "stands there twice"),
        ("", "must name the columns"),
    ],
)
def test_a_header_that_is_none_has_one_fault_with_its_cause(tmp_path: Path, content: str, says: str) -> None:
    with pytest.raises(BadInput) as caught:
        rows_of(tmp_path, content)

    (fault,) = caught.value.faults
    assert says in fault.message


def test_a_row_cut_short_before_its_address_is_one_fault_and_empty_cells_at_the_end_may_be_missing(
    tmp_path: Path,
) -> None:
    head = HEAD.strip() + ",subject.phone,note\n"
    whole, cut = "disclosure,customer,post,ja,見本,,東京都例町1-1", "メゾン例101"

    rows = rows_of(tmp_path, f"{head}{whole}\n{cut}\n{whole},,,,,\n")

    assert len(named(rows)) == 2
    assert [(fault.line, fault.message[:27]) for fault in rows if isinstance(fault, Fault)] == [
        (3, "has 1 cells for 9 columns: "),
    ]


def test_blanks_after_every_comma_are_no_shift(tmp_path: Path) -> None:
    assert named(rows_of(tmp_path, (HEAD + ROW).replace(",", ", "))) == ["見本 花子"]


@pytest.mark.parametrize(("one", "other"), [("1", "01"), ("１", "1.0"), ("0007", "7"), ("a-1", " a-1")])
def test_keys_that_a_spreadsheet_makes_one_of_are_one(tmp_path: Path, one: str, other: str) -> None:
    head, row = f"key,{HEAD}", f",{ROW}"

    rows = rows_of(tmp_path, head + one + row + other + row)

    assert len({row.key for row in rows if isinstance(row, Contact)}) == 1


# -- YAML -------------------------------------------------------------------------------------------------------------

CONTACT = "rights: [disclosure]   # what\ncategory: customer # customer | shareholder\nchannel: post\nlanguage: ja\n"


@pytest.mark.parametrize(
    "subject",
    [
        "{name: Ann, address: 12 Sample Street, Apt # 5, Exampleton}\nnote: x",
        "{name: Ann, address: 12 Sample Street # 5 Exampleton}",
        "\n  name: Ann\n  address: #5 Sample Street",
        "\n  name: Ann\n  address: 12 Sample Street   #301",
        "\n  name: 見本 # 花子",
    ],
)
def test_a_value_that_yaml_may_have_cut_is_refused_at_its_line(tmp_path: Path, subject: str) -> None:
    with pytest.raises(BadInput, match="YAML takes what follows # for a comment") as caught:
        parse(Open, load_file(written(tmp_path, f"{CONTACT}subject: {subject}\n")))

    assert len(caught.value.faults) == 1
    assert (caught.value.faults[0].line or 0) >= 5


@pytest.mark.parametrize("address", ['"12 Sample Street, Apt # 5"', "12 Sample Street, Apt#5   # the old one"])
def test_a_value_in_quotes_and_a_comment_that_stands_apart_are_read(tmp_path: Path, address: str) -> None:
    payload = parse(Open, load_file(written(tmp_path, f"{CONTACT}subject:\n  name: Ann\n  address: {address}\n")))

    assert (payload.subject.address or "").startswith("12 Sample Street")


def test_a_comma_in_braces_is_named_as_what_it_is(tmp_path: Path) -> None:
    file = load_file(written(tmp_path, CONTACT + "subject: {name: Ann, address: 12 Sample Street, Apt 5}\n"))

    assert "a comma inside { }" in faults_of(Open, file)["subject.Apt 5"]


def test_what_other_yaml_turns_into_something_else_stays_what_was_written(tmp_path: Path) -> None:
    subject = "\n  name: Null\n  country: NO\n  postcode: 0150\n  phone: +47 22 00 00 00\n  kana: Null"
    payload = parse(Open, load_file(written(tmp_path, f"{CONTACT}note: 1:30\nsubject: {subject}\n")))

    assert (payload.subject.name, payload.subject.country, payload.subject.postcode) == ("Null", "NO", "0150")
    assert (payload.note, payload.subject.kana, payload.subject.phone) == ("1:30", None, "+47 22 00 00 00")


# -- what goes beyond one cell ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written_as", "address", "read"),
    [
        ("600001", "北海道札幌市例1-1", "060-0001"),
        ("10-0001", "秋田県例1-1", "010-0001"),
        ("10010", "1 Rei, Sapporo, Hokkaido", "001-0010"),
        ("600001", "東京都例町1-1", None),
        ("600001", None, None),
    ],
)
def test_a_nought_is_put_back_where_the_address_says_so(written_as: str, address: str | None, read: str | None) -> None:
    found = japanese(written_as, address)

    assert (found.text if isinstance(found, Postcode) else None) == read


def test_what_was_mended_is_said() -> None:
    notes: list[Fault] = []
    subject = {"name": "見本 花子 様", "postcode": "600001", "address": "北海道札幌市例1-1", "phone": "312345678"}

    parse(Open, an_opening(subject={**subject, "kana": "なし"}), notes=notes)

    assert {note.field: note.message for note in notes} == {
        "subject.name": "read without “様”.",
        "subject.kana": "'なし' read as empty.",
        "subject.postcode": "read as 060-0001.",
        "subject.phone": "read as 03-1234-5678.",
    }


def test_an_amendment_without_a_country_keeps_what_it_cannot_judge() -> None:
    change = {"postcode": "9414219", "phone": "020 7946 0017"}
    japan = {"postcode": "〒１００−０００１", "phone": "+81 3 0000 0001"}

    assert parse(Amend, {"why": "moved", "subject": change}).subject == change
    assert parse(Amend, {"why": "moved", "subject": japan}).subject == {
        "postcode": "100-0001",
        "phone": "03-0000-0001",
    }
    assert "says that there is nothing" in faults_of(Amend, {"why": "x", "subject": {"phone": "なし"}})["subject.phone"]


NAMES = st.text(
    st.characters(min_codepoint=0x3041, max_codepoint=0x3096)
    | st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA0)
    | st.sampled_from("髙﨑𠮷神ÄÖÜäöüßéèêçñåøæłżřšžÁÍÓÚ’'-. ー々〆"),
    min_size=1,
    max_size=8,
)


@pytest.mark.parametrize(
    "name", ["千見邊", "邊千見", "邊見花子", "邉齋驍", "渡邊太一", "蘭縺譁", "饗庭", "騎西", "鷲尾譲"]
)
def test_rare_kanji_side_by_side_are_no_damage(name: str) -> None:
    assert damage(name, name=True) is None


@given(NAMES)
@settings(max_examples=400)
def test_a_name_of_kana_kanji_and_latin_letters_is_hardly_ever_damage(name: str) -> None:
    told = damage(tidy(name), name=True)

    # Kanji that nobody has side by side may make bytes of UTF-8; nothing else may be taken for damage.
    assert told is None or told.code == "intake.mojibake"


@given(st.lists(st.sampled_from("見本花子高橋鈴木佐藤田中東京都千代区あいうえおカキクケコ"), min_size=2, max_size=8))
def test_what_was_read_in_the_wrong_encoding_is_always_told(letters: list[str]) -> None:
    text = "".join(letters)
    read_wrong = text.encode().decode("cp1252", "replace").replace("\ufffd", "")

    assert damage(text, name=True) is None
    assert damage(read_wrong, name=True) is not None
    with suppress(UnicodeDecodeError):
        assert damage(text.encode().decode("cp932"), name=True) is not None


@given(st.text(max_size=30))
@settings(max_examples=200)
def test_taking_honorifics_away_twice_is_taking_them_away_once(text: str) -> None:
    once = without_honorifics(text).text

    assert without_honorifics(once).text in once


@given(st.binary(max_size=200))
@settings(max_examples=200)
def test_whatever_the_bytes_of_a_table_the_answer_is_rows_or_faults(tmp_path_factory: object, content: bytes) -> None:
    path = Path(str(tmp_path_factory.getbasetemp())) / "any.csv"  # type: ignore[attr-defined]
    path.write_bytes(HEAD.encode() + content)

    answer = payload_or_faults(lambda: list(read_contacts(path, hashed=hashed)))

    assert all(isinstance(row, Contact | Fault) for row in answer)


@given(
    st.from_regex(r"(?:03-[0-9]|06-[1-9])[0-9]{3}-[0-9]{4}|0(?:[579]0-[0-9]|80-[1-9])[0-9]{3}-[0-9]{4}", fullmatch=True)
)
@settings(max_examples=100)
def test_a_number_taken_as_it_is_written_is_what_the_library_would_write(number: str) -> None:
    assert telephones.read(number, "JP") == telephones.read(f" {number}", "JP") == telephones.Telephone(number)
