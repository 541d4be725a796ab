"""Numbers of cases and letters, and the codes on forms: what is accepted, and which slips of the pen are found."""

import string
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_37_36

from workflows.engine.numbers import (
    RANDOM_BYTES,
    case_number,
    case_of_letter,
    inquiry_number,
    letter_number,
    make_code,
    mistyped,
    parse_case_number,
    parse_code,
    parse_inquiry_number,
    parse_letter_number,
    print_code,
)

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
years = st.integers(2000, 2099)
serials = st.integers(1, 999_999_999)
LIKE = {"0": "O", "1": "IL"}
randoms = st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES)


def test_the_seventeenth_case_of_2026_has_the_number_the_contract_shows() -> None:
    assert case_number(2026, 17) == "26-000017-Y"


@given(years, serials)
def test_every_case_number_is_read_back_and_agrees_with_the_reference_implementation(year: int, serial: int) -> None:
    number = case_number(year, serial)

    assert parse_case_number(number) == number
    assert mod_37_36.is_valid(number.replace("-", ""))


@given(years, serials, st.data())
def test_every_single_wrong_character_in_a_case_number_is_found(year: int, serial: int, data: st.DataObject) -> None:
    number = case_number(year, serial)
    place = data.draw(st.sampled_from([i for i, character in enumerate(number) if character != "-"]))

    accepted = [
        wrong
        for character in string.digits + string.ascii_uppercase
        if (wrong := number[:place] + character + number[place + 1 :]) != number and parse_case_number(wrong)
    ]

    # What is read as the very digit that stands there is no wrong character: an O for a 0.
    assert set(accepted) <= {number[:place] + like + number[place + 1 :] for like in LIKE.get(number[place], "")}
    assert not {wrong for wrong in accepted if parse_case_number(wrong) != number}


def test_of_exchanged_neighbours_only_a_few_of_characters_in_sequence_pass() -> None:
    tried = 0
    passed: list[tuple[str, str]] = []

    for serial in range(1, 20_000, 7):
        digits = case_number(2026, serial).replace("-", "")
        for i in range(len(digits) - 1):
            wrong = digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]
            if wrong != digits:
                tried += 1
                if parse_case_number(f"{wrong[:2]}-{wrong[2:8]}-{wrong[8:]}"):
                    passed.append((digits[i], digits[i + 1]))

    assert all(abs(int(left) - int(right)) == 1 for left, right in passed)
    assert len(passed) < tried / 100


@pytest.mark.parametrize(
    "typed",
    [
        "26-000017-Y",
        "26-000017-y",
        "  26-000017-Y\n",
        "２６-０００017-Ｙ",
        "２６ー０００017−ｙ",
        "26－000017－Y　",
        "26–000017–Y",
    ],
)
def test_a_case_number_is_read_however_it_is_typed(typed: str) -> None:
    assert parse_case_number(typed) == "26-000017-Y"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-",
        "26-000017-X",
        "26-000017",
        "26-17-Y",
        "26000017X",
        "260000-17Y",
        "26-00-0017-Y",
        "26-000017-Y-01",
        "26-٠٠٠٠17-Y",
        "26-0000000-" + mod_37_36.calc_check_digit("260000000"),
        "26-0000017-" + mod_37_36.calc_check_digit("260000017"),
        "26-000000-" + mod_37_36.calc_check_digit("26000000"),
        "x" * 100_000,
        "26-000017-ſ",
        "\ud800",
    ],
)
def test_what_is_no_case_number_is_not_read_as_one(typed: str) -> None:
    assert parse_case_number(typed) is None


@given(st.text())
def test_reading_never_fails_whatever_is_typed(typed: str) -> None:
    for parse in (parse_case_number, parse_letter_number, parse_code):
        assert parse(typed) is None or parse(str(parse(typed))) == parse(typed)


def test_the_million_and_first_case_of_a_year_gets_a_longer_number_and_no_other_cases() -> None:
    number = case_number(2026, 1_000_001)

    assert number.startswith("26-1000001-")
    assert parse_case_number(number) == number


@pytest.mark.parametrize(("year", "serial"), [(1999, 1), (2100, 1), (26, 1), (2026, 0), (2026, -1), (2026, 10**9)])
def test_a_year_or_serial_that_cannot_be_written_is_refused(year: int, serial: int) -> None:
    with pytest.raises(ValueError, match=r"runs from|holds the years"):
        case_number(year, serial)


@pytest.mark.parametrize(("ordinal", "end"), [(1, "-01"), (42, "-42"), (99, "-99"), (100, "-100"), (1234, "-1234")])
def test_a_letter_has_its_cases_number_and_an_ordinal(ordinal: int, end: str) -> None:
    case = case_number(2026, 17)

    number = letter_number(case, ordinal)

    assert number == case + end
    assert parse_letter_number(f" {number.lower()} ") == number
    assert case_of_letter(number) == case


@given(years, serials, st.integers(1, 9999))
def test_hyphens_may_be_left_out_and_letters_typed_for_digits(year: int, serial: int, ordinal: int) -> None:
    case = case_number(year, serial)
    short, digits, check = case.split("-")
    misread = digits.replace("0", "O").replace("1", "l")

    parted = (f"{short}{digits}{check}", f"{short} {digits} {check}", f"{short}-{digits}{check}")
    read = (f"{short}{digits}-{check}", f"{short}-{misread}-{check}", f"{short}{misread}{check}".lower())
    for typed in (*parted, *read):
        assert parse_case_number(typed) == case
    inquiry, letter = inquiry_number(year, serial), letter_number(case_number(year, serial, "S"), ordinal)
    assert parse_inquiry_number(inquiry.replace("-", "")) == inquiry
    assert parse_letter_number(letter) == letter


@given(years, st.integers(1, 99_999), st.integers(1, 9999))
def test_a_letter_number_without_hyphens_is_no_case_number(year: int, serial: int, ordinal: int) -> None:
    letter = letter_number(case_number(year, serial), ordinal)

    assert parse_letter_number(letter.replace("-", "")) == letter
    assert parse_case_number(letter.replace("-", "")) is None
    assert parse_case_number(letter) is None


@pytest.mark.parametrize(
    ("typed", "slip"),
    [
        ("26-000017-X", True),
        ("26000017X", True),
        ("26-000071-Y", True),
        ("I26-000001-A", True),
        ("26-000017-X-01", True),
        ("２６ー００００１７ーＸ", True),
        ("17", False),
        ("26-17-Y", False),
        ("sato", False),
        ("0000-0000-0000-0000-Z", False),
        ("", False),
    ],
)
def test_what_looks_like_a_number_and_is_none_is_mistyped(typed: str, slip: bool) -> None:
    assert mistyped(typed) is slip


@pytest.mark.parametrize(
    "typed", ["26-000017-Y", "26-000017-X-01", "26-000017-Y-1", "26-000017-Y-001", "26-000017-Y-00", "26-000017-Y-", ""]
)
def test_what_is_no_letter_number_is_not_read_as_one(typed: str) -> None:
    assert parse_letter_number(typed) is None


@pytest.mark.parametrize("ordinal", [0, -1, 10_000])
def test_an_ordinal_that_cannot_be_written_is_refused(ordinal: int) -> None:
    with pytest.raises(ValueError, match="runs from 1"):
        letter_number("26-000017-Y", ordinal)


@given(randoms)
def test_every_form_code_is_read_back_and_agrees_with_the_reference_implementation(random: bytes) -> None:
    code = make_code(random)

    assert len(code) == 17
    assert mod_37_36.is_valid(code, alphabet=CROCKFORD)
    assert parse_code(code) == code
    assert parse_code(print_code(code)) == code


@given(randoms, randoms)
def test_two_form_codes_are_equal_only_if_their_random_bytes_are(one: bytes, other: bytes) -> None:
    assert (make_code(one) == make_code(other)) == (one == other)


@given(randoms, st.integers(0, 16))
def test_every_single_wrong_character_in_a_form_code_is_found(random: bytes, place: int) -> None:
    code = make_code(random)

    accepted = [
        wrong
        for character in CROCKFORD
        if (wrong := code[:place] + character + code[place + 1 :]) != code and parse_code(wrong)
    ]

    assert accepted == []


@given(randoms, st.integers(0, 15))
def test_exchanged_neighbours_in_a_form_code_pass_only_if_they_are_neighbours_in_the_alphabet_too(
    random: bytes, place: int
) -> None:
    code = make_code(random)
    left, right = code[place], code[place + 1]

    read = parse_code(code[:place] + right + left + code[place + 2 :])

    assert read in (None, code) or abs(CROCKFORD.index(left) - CROCKFORD.index(right)) in (1, 31)


def test_a_form_code_is_printed_in_groups_of_four() -> None:
    assert print_code(make_code(bytes(10))) == "0000-0000-0000-0000-Z"


@given(randoms)
def test_letters_that_look_like_digits_are_read_as_those(random: bytes) -> None:
    code = make_code(random)
    written = print_code(code).replace("0", "O").replace("1", "l").lower()

    assert parse_code(written) == code
    assert parse_code(written.replace("l", "i").replace("-", " ")) == code
    assert parse_code("".join(chr(ord(c) + 0xFEE0) if c.isalnum() else "ー" for c in written)) == code


@pytest.mark.parametrize("typed", ["", "0000-0000-0000-0000", "0000-0000-0000-0000-U", "0000-0000-0000-0000-ZZ"])
def test_what_is_no_form_code_is_not_read_as_one(typed: str) -> None:
    assert parse_code(typed) is None


@pytest.mark.parametrize("length", [0, 9, 11])
def test_a_form_code_is_never_made_of_too_few_random_bytes(length: int) -> None:
    with pytest.raises(ValueError, match="10 random bytes"):
        make_code(bytes(length))


@given(years, serials)
def test_every_inquiry_number_is_read_back_and_is_no_case_number(year: int, serial: int) -> None:
    number = inquiry_number(year, serial)

    assert parse_inquiry_number(f" {number.lower()} ") == number
    assert mod_37_36.is_valid(number.replace("-", ""))
    assert parse_case_number(number) is None
    assert parse_inquiry_number(case_number(year, serial)) is None


@given(years, serials, st.data())
def test_a_wrong_digit_in_an_inquiry_number_is_found(year: int, serial: int, data: st.DataObject) -> None:
    number = inquiry_number(year, serial)
    place = data.draw(st.sampled_from([at for at, character in enumerate(number[:-1]) if character.isdigit()]))
    digit = data.draw(st.sampled_from([other for other in string.digits if other != number[place]]))

    assert parse_inquiry_number(f"{number[:place]}{digit}{number[place + 1 :]}") is None


@pytest.mark.parametrize(
    "typed", ["", "I", "I26", "I26-", "I26-000000-0", "26-000017-Y", "I26-0000000001-5", "I٢٦-000001-D"]
)
def test_what_is_no_inquiry_number_is_not_read_as_one(typed: str) -> None:
    assert parse_inquiry_number(typed) is None


def test_the_module_needs_no_other_so_that_the_script_starts_at_once() -> None:
    before_and_after = (
        "import sys; a = set(sys.modules); import workflows.engine.numbers; print(sorted(set(sys.modules) - a))"
    )

    loaded = subprocess.run([sys.executable, "-c", before_and_after], capture_output=True, text=True, check=True).stdout

    assert loaded.strip() == "['workflows', 'workflows.engine', 'workflows.engine.numbers']"
