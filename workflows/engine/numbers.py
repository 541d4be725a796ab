"""The numbers people read aloud and type: of a case, of a letter, and the code printed on a form.

Each carries a check character after ISO/IEC 7064, the hybrid systems MOD M+1,M (MOD 37,36 for a case, MOD 33,32 for a
form code). Every single wrong character is found, and every exchange of two neighbours except a few (1 in M) of those
between characters that follow each other in the alphabet.

The check is written here in a few lines because every start of the admin script needs it and python-stdnum takes 40 ms
to import; the tests hold it against python-stdnum. Nothing here is random: a form code is given its random bytes.
"""

_ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Crockford's base 32 leaves out I, L, O and U, so that nothing on paper can be read in two ways.
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS_CROCKFORD = str.maketrans("ILO", "110")
# What a Japanese keyboard gives for a hyphen: prolonged sound mark, minus, dashes. NFKC alone leaves them as they are.
_HYPHENS = str.maketrans(dict.fromkeys("ー‐‑‒–—―−─ｰ", "-"))

RANDOM_BYTES = 10
"""How many random bytes a form code takes: 80 bits, 16 characters."""

_CODE_LENGTH = 16
CODE_CHARACTERS = _CODE_LENGTH + 1
"""Of a form code, its check character included."""
_SERIAL_DIGITS = 6
_LONGEST_SERIAL = 9
_LONGEST_ORDINAL = 4
_LONGEST_TEXT = 64


def case_number(year: int, serial: int, prefix: str = "") -> str:
    """Return the number of the *serial*-th case of *year* (2000 to 2099): ``26-000017-Y``, ``S26-000001-X``.

    Past 999,999 the serial takes as many digits as it needs; the check character covers them all, and the prefix of a
    procedure whose numbers have one (capital letters).
    """
    if not 2000 <= year <= 2099:
        raise ValueError(f"a case number holds the years 2000 to 2099, not {year}")
    if not 1 <= serial < 10**_LONGEST_SERIAL:
        raise ValueError(f"a serial number runs from 1 to {10**_LONGEST_SERIAL - 1}, not {serial}")
    short, digits = f"{year % 100:02d}", f"{serial:0{_SERIAL_DIGITS}d}"
    return f"{prefix}{short}-{digits}-{_check_character(prefix + short + digits, _ALPHANUMERIC)}"


def parse_case_number(text: str, prefix: str = "") -> str | None:
    """Return the case number as we write it, or nothing where *text* is none (its check character included).

    Small letters, full-width characters and blanks around it are accepted, hyphens may be left out, and in the serial
    O is read as 0, I and L as 1.
    """
    plain = _plain(text)
    if not plain.startswith(prefix):
        return None
    parts = _parts_of_number(plain.removeprefix(prefix))
    if parts is None:
        return None
    year, serial, check = parts
    serial = serial.translate(_READ_AS_CROCKFORD)
    if not (_is_digits(year) and _is_digits(serial) and len(year) == 2):
        return None
    if not _SERIAL_DIGITS <= len(serial) <= _LONGEST_SERIAL or int(serial) == 0:
        return None
    if len(serial) > _SERIAL_DIGITS and serial.startswith("0"):
        return None
    if check != _check_character(prefix + year + serial, _ALPHANUMERIC):
        return None
    return f"{prefix}{year}-{serial}-{check}"


def mistyped(text: str) -> bool:
    """Whether *text* has the shape of a number of ours, of a case, an inquiry or a letter, and is none.

    A character of it is wrong, then: the check character does not fit the rest.
    """
    plain = _plain(text).replace("-", "").replace(" ", "")
    digits = plain[len(_letters_before(plain)) :].translate(_READ_AS_CROCKFORD)
    return _SERIAL_DIGITS + 3 <= len(digits) <= _LONGEST_SERIAL + 7 and _is_digits(digits[: _SERIAL_DIGITS + 2])


def _parts_of_number(rest: str) -> tuple[str, str, str] | None:
    """Return year, serial and check character, with or without what stands between them."""
    words = rest.replace("-", " ").split()
    if len(words) == 3:
        return words[0], words[1], words[2]
    whole = "".join(words)
    if len(words) == 1 or (len(words) == 2 and 2 in (len(words[0]), 1 + len(words[1]))):
        return whole[:2], whole[2:-1], whole[-1:]
    return None


def inquiry_number(year: int, serial: int) -> str:
    """Return the number of the *serial*-th inquiry of *year*: ``I26-000001-5``; its check covers the I too."""
    return case_number(year, serial, "I")


def parse_inquiry_number(text: str) -> str | None:
    """Return the inquiry number as we write it, or nothing where *text* is none. Read as leniently as a case number."""
    return parse_case_number(text, "I")


def letter_number(case: str, ordinal: int) -> str:
    """Return the number of the *ordinal*-th letter of a case: ``26-000017-Y-01``, three digits beyond 99."""
    if not 1 <= ordinal < 10**_LONGEST_ORDINAL:
        raise ValueError(f"a letter's ordinal runs from 1 to {10**_LONGEST_ORDINAL - 1}, not {ordinal}")
    return f"{case}-{ordinal:02d}"


def parse_letter_number(text: str) -> str | None:
    """Return the letter number as we write it, or nothing where *text* is none. Read as leniently as a case number."""
    plain = _plain(text)
    case_part, hyphen, ordinal = plain.rpartition("-")
    if hyphen:
        return _letter_of(case_part, ordinal)
    cuts = (_letter_of(plain[:-length], plain[-length:]) for length in range(2, _LONGEST_ORDINAL + 1))
    return next((letter for letter in cuts if letter is not None), None)


def _letter_of(case_part: str, ordinal: str) -> str | None:
    if not _is_digits(ordinal) or len(ordinal) > _LONGEST_ORDINAL or int(ordinal) == 0:
        return None
    case = parse_case_number(case_part, _letters_before(case_part))
    if case is None or ordinal != f"{int(ordinal):02d}":
        return None
    return f"{case}-{ordinal}"


def _letters_before(number: str) -> str:
    return number[: len(number) - len(number.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))]


def case_of_letter(letter: str) -> str:
    """Return the case number inside a letter number as we write it."""
    return letter.rpartition("-")[0]


def make_code(random: bytes) -> str:
    """Return a form code of 17 characters, without hyphens, from exactly ``RANDOM_BYTES`` unguessable bytes.

    The bytes come from ``secrets.token_bytes``: who returns a form proves that it was posted to them, so a code that
    could be guessed would prove nothing.
    """
    if len(random) != RANDOM_BYTES:
        raise ValueError(f"a form code takes {RANDOM_BYTES} random bytes, not {len(random)}")
    number = int.from_bytes(random, "big")
    body = "".join(_CROCKFORD[number >> shift & 31] for shift in range(5 * (_CODE_LENGTH - 1), -1, -5))
    return body + _check_character(body, _CROCKFORD)


def print_code(code: str) -> str:
    """Return a form code as it is printed: ``XXXX-XXXX-XXXX-XXXX-X``."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def parse_code(text: str) -> str | None:
    """Return a form code without hyphens, or nothing where *text* cannot be one.

    Small letters, hyphens, blanks and full-width characters do not matter; I and L are read as 1, O as 0.
    """
    code = "".join(_plain(text).replace("-", "").split()).translate(_READ_AS_CROCKFORD)
    if len(code) != _CODE_LENGTH + 1 or not set(code) <= set(_CROCKFORD):
        return None
    if code[-1] != _check_character(code[:-1], _CROCKFORD):
        return None
    return code


def _check_character(body: str, alphabet: str) -> str:
    """Return the check character of *body*. ISO/IEC 7064:2003, hybrid systems."""
    modulus = len(alphabet)
    product = modulus
    for character in body:
        total = (product + alphabet.index(character)) % modulus or modulus
        product = total * 2 % (modulus + 1)
    return alphabet[(1 - product) % modulus]


def _is_digits(text: str) -> bool:
    # str.isdigit alone would accept the digits of every script.
    return text.isascii() and text.isdigit()


def _plain(text: str) -> str:
    """Return *text* in capitals, half width, with plain hyphens, without blanks around it; nothing if absurdly long."""
    if len(text) > _LONGEST_TEXT:
        return ""
    if not text.isascii():
        import unicodedata  # late: nearly everything typed is ASCII, and the script's start is counted in milliseconds

        text = unicodedata.normalize("NFKC", text.translate(_HYPHENS))
        if not text.isascii():
            # Upper-casing would turn foreign letters into ours: a dotless i into I.
            return ""
    return text.strip().upper()
