"""Tracking numbers of the post: their check digits, their lists, and the letters they belong to."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake import BadInput, load_sheet
from services.intake.tracking import Tracked, read_tracking_list
from workflows.letters import MailClass
from workflows.reading.tracking import Flaw, read_tracking

# 131-12-38385-2 and 4055-4842-4886 are published examples; RR473124829 is the example of UPU S10 with Japan's country.


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("13112383852", "131-12-38385-2"),
        ("131-12-38385-2", "131-12-38385-2"),
        (" 4055 4842 4886 ", "4055-4842-4886"),
        ("４０５５－４８４２－４８８６", "4055-4842-4886"),
        ("'405548424886", "4055-4842-4886"),
        ('="405548424886"', "4055-4842-4886"),
        ("rr473124829jp", "RR473124829JP"),
        ("RR 4731 2482 9 JP", "RR473124829JP"),
    ],
)
def test_a_number_of_the_post_is_read_however_it_is_typed(text: str, printed: str) -> None:
    assert read_tracking(text) == printed


@pytest.mark.parametrize(
    ("text", "code", "check"),
    [
        ("13112383853", "check", "2"),
        ("405548424885", "check", "6"),
        ("RR473124828JP", "check", "9"),
        ("4.05548E+11", "spreadsheet", ""),
        ("1E+11", "spreadsheet", ""),
        ("1234-5678", "shape", ""),
        ("1234567890123", "shape", ""),
        ("RR47312482JP", "shape", ""),
        ("簡易書留", "shape", ""),
    ],
)
def test_what_is_no_number_of_the_post_is_named_by_its_cause(text: str, code: str, check: str) -> None:
    assert read_tracking(text) == Flaw(code, check)


@given(st.integers(10**9, 10**11 - 1), st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_digit_is_nearly_always_seen(number: int, place: int, more: int) -> None:
    digits = f"{number}{number % 7}"
    if len(digits) not in (11, 12):
        return
    place %= len(digits)
    wrong = f"{digits[:place]}{(int(digits[place]) + more) % 10}{digits[place + 1 :]}"

    assert isinstance(read_tracking(digits), str)
    if abs(int(wrong[place]) - int(digits[place])) != 7:  # 7DR cannot see it
        assert isinstance(read_tracking(wrong), Flaw)


def listed(folder: Path, text: str, encoding: str = "utf-8") -> list[Tracked]:
    path = folder / "list.csv"
    path.write_bytes(text.encode(encoding))
    return read_tracking_list(load_sheet(path))


def faults(folder: Path, text: str) -> list[tuple[int | None, str]]:
    with pytest.raises(BadInput) as raised:
        listed(folder, text)
    return [(fault.line, fault.field) for fault in raised.value.faults]


@pytest.mark.parametrize(
    "head",
    [
        "お問い合わせ番号,お客様管理番号",
        "追跡番号,手紙の番号",
        "引受番号,管理番号",
        "Tracking Number,Letter",
        "tracking_no,LETTER NO.",
    ],
)
def test_columns_are_known_by_their_japanese_and_english_names(tmp_path: Path, head: str) -> None:
    assert listed(tmp_path, f"{head}\n13112383852,26-000001-D-01\n") == [Tracked(2, "131-12-38385-2", "26-000001-D-01")]


def test_the_posts_own_export_is_read_past_names_and_addresses(tmp_path: Path) -> None:
    head = "No,お届け先氏名,お届け先住所,お問い合わせ番号（追跡番号）,郵便種別,差出日,お客様側管理番号"
    row = '1,見本 花子,"東京都千代田区千代田1-1",131-12-38385-2,簡易書留,2026/11/10,26-000001-D-01'

    (read,) = listed(tmp_path, f"{head}\r\n{row}\r\n", "cp932")

    assert (read.letter, read.mail_class, str(read.on)) == (
        "26-000001-D-01", MailClass.SIMPLE_REGISTERED, "2026-11-10",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "追跡番号\n13112383852\n",
        "13112383852\n",
        "\n追跡番号\t氏名\n13112383852\t見本\n",
        "追跡番号;氏名\n13112383852;見本\n",
    ],
)
def test_a_list_may_be_the_numbers_alone(tmp_path: Path, text: str) -> None:
    assert [row.tracking for row in listed(tmp_path, text)] == ["131-12-38385-2"]


def test_every_fault_is_named_with_its_line(tmp_path: Path) -> None:
    text = (
        "追跡番号,手紙,種別,差出日\n"
        "13112383853,26-000001-D-01,簡易書留,2026-11-10\n"
        "4.05548E+11,26-000001-D-02,,\n"
        ",26-000001-D-03,,\n"
        "405548424886,26-000001-X-04,速達便,昨日\n"
        "13112383852,,,\n"
        "13112383852,26-000001-D-05,,\n"
        "RR473124829JP,26-000001-D-05,,\n"
        "131-12-38385-2,26-000001-D-06,,\n"
    )

    assert faults(tmp_path, text) == [
        (2, "tracking"), (3, "tracking"), (4, "tracking"), (5, "letter"), (5, "class"), (5, "on"), (6, "letter"),
        (8, "letter"), (9, "tracking"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line"), [("氏名,住所\n見本,東京\n", 1), ("追跡番号,引受番号\n1,2\n", 1), ("追跡番号\n", None), ("", 1)]
)
def test_a_list_without_numbers_says_so(tmp_path: Path, text: str, line: int | None) -> None:
    assert [where for where, _ in faults(tmp_path, text)] == [line]
