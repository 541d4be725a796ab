"""Files as they come: every encoding of Japan, other kinds of file, YAML and JSON that are none, one cause told once.

What single values become stands in tests/services/kinds.py.
"""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.intake import BadInput, Contact, Fault, load_file, parse, read_contacts
from services.intake.encodings import decoded, looks_japanese
from services.intake.faults import gathered
from services.intake.scalars import _SURELY_FITS, _SURELY_FITS_IN_FIVE
from services.letters import window
from tests.services.handed_in import an_opening, written
from workflows.reading import names
from workflows.request.payloads import Inquiry, Open, ReceiveForms

YAML = "rights: [disclosure]\ncategory: customer\nchannel: post\nlanguage: ja\n"
ENGLISH = re.compile(r"\b(?:expected|found|token|expecting|delimiter|mapping|No such|directory|denied|line \d)\b")


def hash_of(row: str) -> str:
    """Stand in for the keystore's keyed hash, which is short."""
    return f"hash of {len(row)}"


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        *(
            (encoding, "見本 花子")
            for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "euc_jp", "iso2022_jp")
        ),
        *(("cp932", name) for name in ("見本 花子", "髙橋 﨑子", "見本　太郎", "齋藤 驍")),
    ],
)
def test_a_file_is_read_however_it_was_saved(tmp_path: Path, encoding: str, name: str) -> None:
    text = f"{YAML}subject: {{name: {name}, address: 東京都例町1-1}}\n"

    assert parse(Open, load_file(written(tmp_path, text.encode(encoding)))).subject.name == name


@pytest.mark.parametrize(
    ("text", "encoding", "japanese"),
    [
        ("Jörg Müller, Bäckerstraße", "mac_roman", False),
        ("Иван Петров, ул. Ленина", "cp1251", False),
        ("why：引っ越し", "cp932", True),
        ("齋藤 驍", "cp932", True),
        ("ﾐﾎﾝ ﾊﾅｺ", "cp932", True),
        ("Tシャツ A棟 コーポB 東京都", "cp932", True),
    ],
)
def test_what_comes_out_of_an_encoding_must_be_what_people_write(text: str, encoding: str, japanese: bool) -> None:
    read = text.encode(encoding).decode("cp932", "replace")

    assert looks_japanese(read) is japanese


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("a: 김철수 서울특별시 강남구\n", "euc_kr"),
        ("a: Иван Петров, ул. Ленина 5\n", "cp1251"),
        ("a: 王小明，台北市大安區忠孝東路\n", "big5"),
        ("a: Γιώργος Παπαδόπουλος\n", "cp1253"),
        ("a: François Élodie\n", "mac_roman"),
    ],
)
def test_what_another_country_saved_is_refused_and_never_read_as_japanese(text: str, encoding: str) -> None:
    with pytest.raises(BadInput, match="neither UTF-8 nor Shift_JIS"):
        decoded(text.encode(encoding), "en")


@pytest.mark.parametrize(
    ("written_as", "read"),
    [("SW1A 1AA", "SW1A 1AA"), ("10115.0", "10115"), ("1.0115E+04", None), ("1,23E+08", None)],
)
def test_a_postcode_abroad_that_a_spreadsheet_rounded_is_lost(written_as: str, read: str | None) -> None:
    subject = {"name": "Ann", "address": "1 Sample Street", "country": "GB", "postcode": written_as}

    if read is None:
        with pytest.raises(BadInput, match="a number a spreadsheet has rounded"):
            parse(Open, an_opening(subject=subject))
    else:
        assert parse(Open, an_opening(subject=subject)).subject.postcode == read


@pytest.mark.parametrize("letters", ["Jörg Müller", "Weiß, André", "Łódź Ñandú", "Čapek"])
def test_what_western_windows_share_is_read_and_what_they_do_not_is_refused(letters: str) -> None:
    for encoding in ("cp1250", "cp1252"):
        try:
            content = f"a: {letters}\n".encode(encoding)
        except UnicodeEncodeError:
            continue
        if letters in ("Jörg Müller", "Weiß, André"):
            assert decoded(content, "en") == f"a: {letters}\n"
        else:
            with pytest.raises(BadInput):
                decoded(content, "en")


@pytest.mark.parametrize(
    ("begins", "says"),
    [
        (b"PK\x03\x04\x14", "spreadsheet or word processor"),
        (b"\xd0\xcf\x11\xe0\xa1", "old Excel"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\xef\xbb\xbf<!DOCTYPE html>", "a web page"),
        (b"{\\rtf1\\ansi", "RTF"),
    ],
)
def test_a_file_of_another_kind_is_named_as_what_it_is(tmp_path: Path, begins: bytes, says: str) -> None:
    path = written(tmp_path, begins + bytes(200), "contacts.csv")

    for read in (load_file, lambda one: list(read_contacts(one, hashed=hash_of))):
        with pytest.raises(BadInput, match=says) as caught:
            read(path)
        assert len(caught.value.faults) == 1


CAUSES = [
    ("subject: ｛name: 見本｝\n", 1, "full-width brackets"),
    ("subject: {name: 見本， kana: ミホン}\n", 1, "full-width comma"),
    ("note: - 電話\n", 1, '"- " after the colon'),
    ("rights:\n・開示\n・訂正\n", 2, "begin each with a hyphen and a blank"),
    ("rights:\n-開示\n-訂正\n", 2, "begin each with a hyphen and a blank"),
    ("name: @hana\n", 1, "may not begin with @"),
    ("name: `hana`\n", 1, "may not begin with `"),
    ("name: %hana\n", 1, "may not begin with %"),
    ("name: *hana\n", 1, "put one that begins so in"),
    ("note: 電話: 夜\n", 1, "a colon and a blank inside the value"),
    ("a: 1\nb:\n  c: 1\n   d: 1\n", 4, "further in or out"),
    ("a: 1\nただの文章です\nb: 2\n", 2, "no pair"),
    ('name: "見本\nkana: ミホン\n', 1, "a quote that begins here is never closed"),
    ("subject: {name: 'O'Neil'}\n", 1, "a quote ends before the value does"),
    ("rights: [disclosure\ncategory: customer\n", 1, "brackets that begin here"),
    ('note: "C:\\data"\n', 1, "means something else"),
    ("note: a\x07b\n", 1, "U+0007 is a control character"),
    ('{"a": 1,}', 1, "a comma follows the last entry"),
    ('{"a": [1, 2,]}', 1, "a comma follows the last entry"),
    ('{"a": 1 "b": 2}', 1, "a comma is missing"),
    ('{"a" 1}', 1, "no colon after the key"),
    ('{"a": None}', 1, "None is not JSON"),
    ('{"a": -Infinity}', 1, "-Infinity is not JSON"),
    ('{"a": "x"} {"a": "y"}', 1, "after the end of the JSON"),
    ('{"a": 1', 1, "ends too early"),
    ('{"a": "x', 1, "never closed"),
    ('{"a": 1, // say\n"b": 2}', 1, "no comments"),
    ('{"a": “x”}', 1, "has “ for a quote"),
    ('{"a": 1，"b": 2}', 1, "full-width ，"),
    ('{"a": 1, b: 2}', 1, "b is not in quotes"),
    ('{"a": "\\q"}', 1, "stands before what JSON does not know"),
    ("{\"a\": 'x'}", 1, "has ' for a quote"),
]


@pytest.mark.parametrize(("text", "line", "says"), CAUSES, ids=lambda one: f"{one!a:.25}")
def test_a_file_that_cannot_be_read_has_one_cause_its_place_and_what_would_work(
    tmp_path: Path, text: str, line: int | None, says: str
) -> None:
    told = {}
    for language in ("en", "ja"):
        with pytest.raises(BadInput) as caught:
            parse(Open, load_file(written(tmp_path, text), language=language), language=language)
        told[language] = caught.value.faults

    assert len(told["en"]) == len(told["ja"]) == 1
    assert says in told["en"][0].message
    if line is not None:
        assert told["en"][0].line == line
    assert not ENGLISH.search(told["ja"][0].message)


def test_signs_of_an_input_method_are_read_as_yamls_own(tmp_path: Path) -> None:
    head = "rights：[disclosure]\ncategory:customer\nchannel:　post\nlanguage：ja\n"
    text = f"{head}subject：\n　name：見本 花子\n\taddress: 例\n"
    tabs = text.replace("　name", "\tname").encode("cp932")

    for content in (text.replace("\taddress", "　address"), tabs):
        payload = parse(Open, load_file(written(tmp_path, content)))
        assert (payload.subject.name, payload.subject.address, payload.category) == ("見本 花子", "例", "customer")


def test_what_can_be_read_as_it_stands_keeps_its_full_width_colons(tmp_path: Path) -> None:
    text = YAML + "subject: {name: 見本}\nnote: |\n  折り返し：夜\n  tel：03\n"

    assert parse(Open, load_file(written(tmp_path, text))).note == "折り返し：夜\ntel：03"


def test_a_file_that_is_not_there_is_told_of_in_the_readers_language(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere", tmp_path):
        for read in (load_file, lambda one, language: list(read_contacts(one, hashed=str, language=language))):
            with pytest.raises(BadInput) as caught:
                read(path, language="ja")
            assert not ENGLISH.search(str(caught.value).replace(str(tmp_path), ""))


def test_papers_forms_and_masks_are_read_in_japanese_words() -> None:
    paper = {"holder": "本人", "type": "運転免許証", "masking": "マスク済", "address": "別の住所"}
    arrived = {"arrived_at": "2026-12-01T11:00", "forms": "開示、委任状", "method": "書面"}

    payload = parse(ReceiveForms, {**arrived, "documents": [paper, {**paper, "type": "パスポート"}]})

    assert payload.forms == ("disclosure", "proxy")
    assert payload.method == "paper"
    assert [(one.type, one.masking, one.address) for one in payload.documents] == [
        ("drivers_licence", "masked", "other"),
        ("passport", "masked", "other"),
    ]


@pytest.mark.parametrize("kind", [Open, Inquiry])
def test_what_belongs_to_a_person_but_is_not_indented_is_told_once(kind: type) -> None:
    data = {"channel": "phone", "language": "ja", "about": "x", "name": "見本", "phone": "03-0000-0001"}

    with pytest.raises(BadInput) as caught:
        parse(kind, data if kind is Inquiry else an_opening(name="見本", address="東京都", subject=None))

    assert len(caught.value.faults) == 1
    assert "tell of a person" in caught.value.faults[0].message


def test_one_cause_in_many_rows_is_said_once_with_its_lines() -> None:
    spoilt = [Fault("subject.phone", "is rounded.", line) for line in (2, 3, 4, 6, 9)]
    others = [Fault("subject.name", "is needed.", 3), Fault("", "is cut.", None)]

    assert gathered([*spoilt, *others]) == [
        "is cut.",
        "2-4, 6, 9: subject.phone: is rounded.",
        "3: subject.name: is needed.",
    ]
    assert gathered(spoilt[:2]) == ["2: subject.phone: is rounded.", "3: subject.phone: is rounded."]


def test_a_row_that_lacks_most_of_what_a_contact_needs_is_one_fault(tmp_path: Path) -> None:
    table = "rights,category,channel,language,subject.name\ndisclosure,customer,post,ja,見本\n合計,1,,,\n"

    rows = list(read_contacts(written(tmp_path, table, "contacts.csv"), hashed=hash_of))

    assert isinstance(rows[0], Contact)
    assert [(row.line, row.message[:15]) for row in rows[1:] if isinstance(row, Fault)] == [(3, "is no contact: ")]


LETTERS = st.text(st.sampled_from("WM@ %Ail1見本花子ヶー々〇ぁア"), min_size=1, max_size=40)


@given(LETTERS)
@settings(max_examples=300)
def test_what_surely_fits_in_the_window_does(text: str) -> None:
    if _SURELY_FITS_IN_FIVE.fullmatch(text):
        assert window.lines(text, window.ADDRESS_SIZE) <= 5
    if _SURELY_FITS.fullmatch(text):
        assert window.lines(text + window.AFTER_NAME, window.NAME_SIZE) == 1


@given(st.text(st.sampled_from("山田太郎花子鵜殿林一二三マリアはなこ"), min_size=1, max_size=4))
def test_a_name_of_japanese_letters_alone_is_never_refused_for_its_signs(name: str) -> None:
    assert names.flaw(name) is None
