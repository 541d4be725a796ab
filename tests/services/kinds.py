"""What a spreadsheet, a keyboard and a person do to data: every kind, what was handed in, and what is read or said.

``python -m tests.services.kinds`` writes docs/what-is-read.md from this; tests/services/test_kinds.py holds the border
to it. Of each kind there is a file in ``field/`` and further inputs beside it. What is read is written as the value;
what is refused as ``!`` and words of the English message.
"""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from services.intake import BadInput, Contact, Fault, load_file, parse, read_contacts
from services.intake.keys import RowKeys
from settings import PROJECT
from tests.services.inputs import KINDS, Input
from workflows.request.payloads import Open

FIELD = Path(__file__).parent / "field"
PAGE = PROJECT / "docs" / "what-is-read.md"

FILES: dict[str, dict[int, str]] = {
    "address-alt-enter.csv": {2: "subject.address: 東京都例町51-1 メゾン例示101"},
    "comma-shift.csv": {
        2: "!has 5 cells for 8 columns",
        3: "!a comma inside a value has shifted the columns",
        4: "!has 9 cells for 8 columns",
    },
    "country-code-shape.csv": {2: "!is not in the table of countries", 3: "subject.country: GB"},
    "dos-eof.csv": {2: "subject.name: 終端 二"},
    "excel-booleans.csv": {2: "address_on_record: True", 3: "address_on_record: False"},
    "excel-time-one-digit-hour.csv": {
        2: "received_at: 2027-01-05T09:05+09:00",
        3: "received_at: 2027-01-05T09:05+09:00",
        4: "received_at: 2027-01-05T10:05+09:00",
    },
    "honorific-in-name.csv": {2: "subject.name: 見本 花代"},
    "japanese-headers.csv": {1: "!columns are missing: category, channel, language"},
    "keys-1-01-1.0.csv": dict.fromkeys(range(2, 8), "key: 1"),
    "lossy-characters.csv": {
        2: "!? stands where a character was lost",
        3: "!〓 stands where a character was lost",
        4: "!&#39658; is HTML for U+9AEA",
        5: "!UTF-8 read as Windows-1252",
        6: "!UTF-8 read as Shift_JIS",
    },
    "phones-spoilt.csv": {
        2: "!a number a spreadsheet has rounded",
        3: "subject.phone: 03-1234-5678",
        4: "subject.phone: 03-0000-0001; subject.email: A@example.com",
        5: "subject.phone: None; subject.email: None",
        6: "!representative.kind: is needed",
        7: "!representative.name: is needed",
        8: "mail_to: representative",
        9: "representative.kind: minor",
    },
    "postcodes-jp-broken.csv": {
        2: "!has not seven figures",
        3: "!a number a spreadsheet has rounded",
        4: "!a postcode of Japan has seven figures",
        5: "subject.postcode: 100-0001",
        6: "subject.postcode: 100-0001",
        7: "subject.postcode: 060-0001",
        8: "subject.postcode: 060-0001",
        9: "subject.postcode: 100-0001",
        10: "!a postcode of Japan has seven figures",
        11: "!a postcode of Japan has seven figures",
        12: "subject.postcode: 000-0001",
    },
    "semicolon.csv": {2: "subject.name: Mihon Goro; key: t05a"},
    "sep-line.csv": {3: "subject.name: 見本 七郎; key: t07a"},
    "spreadsheet-error-values.csv": {
        2: "!#N/A is an error of a spreadsheet",
        3: "!#### is what a column too narrow shows",
        4: "!#REF! is an error of a spreadsheet",
        5: "!'NULL' says that there is nothing",
        6: "!is a date or figures alone",
    },
    "windows-1252-german.csv": {
        2: "subject.name: Jörg Müller; address_on_record: True",
        3: "subject.address: Dürerweg 5; address_on_record: False",
    },
    "mac-roman.csv": {0: "!is neither UTF-8 nor Shift_JIS"},
    "windows-1251-russian.csv": {0: "!is neither UTF-8 nor Shift_JIS"},
    "shift-jis-lost-byte.csv": {2: "!a part of a character was lost in Shift_JIS"},
    "nec-ibm-characters.csv": {2: "subject.name: 髙﨑①Ⅲ 花子; subject.address: 東京都例町１～２－３∥"},
    "two-encodings.csv": {7: "!is in another encoding than what stands before it"},
    "cut-off.csv": {2: "!ends in the middle of a character: it was cut off"},
    "workbook-itself.csv": {0: "!is a file of a spreadsheet"},
    "web-page.csv": {0: "!is a web page"},
    "title-above-columns.csv": {4: "subject.name: 見本 花子"},
    "headers-of-a-form.csv": {
        2: "key: 1; subject.name: 見本 花子; subject.kana: ミホン ハナコ; subject.phone: 090-1234-5678; "
        "subject.birth_date: 1980-01-02"
    },
    "headers-of-google-forms.csv": {2: "received_at: 2026-11-05T09:05+09:00; rights: disclosure, halt_use"},
    "semicolons-and-mark.csv": {2: "subject.name: 見本 花子"},
    "row-of-totals.csv": {
        2: "subject.name: 見本 花子",
        3: "subject.name: 見本 花子",
        4: "!is no contact: channel, language, subject.name are empty",
    },
    "quote-inside.csv": {2: "!a quote ends before the value does", 3: "subject.name: 見本 花子"},
    "shift-jis.yaml": {1: "subject.name: 髙﨑①～－∥ 花子"},
    "utf-16.yaml": {1: "subject.name: 見本 花子"},
    "full-width-indent.yaml": {1: "subject.name: 見本 花子"},
    "full-width-colons.yaml": {5: "!has a full-width colon"},
    "no-blank-after-colon.yaml": {1: "category: customer"},
    "colon-in-a-value.yaml": {6: "!a colon and a blank inside the value"},
    "dash-in-a-value.yaml": {6: '!has "- " after the colon'},
    "quote-inside.yaml": {5: "!a quote ends before the value does"},
    "not-indented.yaml": {6: "!name, address tell of a person"},
    "keys-in-japanese.yaml": {1: "!holds no key that is known"},
    "a-man-called-true.yaml": {1: "subject.name: True"},
    "rights-in-one-text.yaml": {1: "rights: disclosure, halt_use"},
    "address-of-two-lines.yaml": {8: "!(a line break); write the value on one line"},
    "trailing-comma.json": {2: "!a comma follows the last entry"},
    "nan.json": {1: "!NaN is not JSON"},
    "key-twice.json": {0: "!stands there twice"},
    "mark.json": {1: "subject.name: 見本 花子"},
    "yaml-hash-in-address.yaml": {8: "!YAML takes what follows # for a comment"},
}
"""What each line of a file becomes."""

BY_THE_RULES: dict[str, dict[int, str]] = {
    "birth-in-future.csv": {2: "contact.not_born", 3: "contact.before_the_law contact.before_birth"},
    "adult-with-minor-representative.yaml": {1: "contact.of_age"},
    "unborn-subject.yaml": {1: "contact.not_born"},
}
"""What the border reads and the rules refuse, by the codes of their reasons (on 27 January 2027)."""


STORIES = {
    "a case lapses on the morning of its last day": "test_the_whole_last_day_that_the_letter_tells_is_theirs",
    "two reminders lie in one tray": "test_a_reminder_still_unposted_is_not_followed_by_another",
    "a desk that was off reminds twice": "test_a_desk_down_over_two_reminder_days_makes_one_reminder",
}


def hashed(text: str) -> str:
    """Stand in for the keystore's keyed hash."""
    return f"hash of {len(text)}"


def of_file(name: str) -> dict[int, str]:
    """Return what each line of a file becomes, as `FILES` writes it."""
    found: dict[int, str] = {}
    for line, told in _told(FIELD / name):
        wanted = FILES[name].get(line, "")
        found[line] = told if isinstance(told, str) else "; ".join(_shown(told, wanted))
    return found


def _told(path: Path) -> Iterator[tuple[int, str | Contact]]:
    rows: list[Contact | Fault]
    try:
        rows = list(read_contacts(path, hashed=hashed)) if path.suffix == ".csv" else [_contact(path)]
    except BadInput as bad:
        rows = [*bad.faults]
    for row in rows:
        yield row.line or 0, f"!{row.field}: {row.message}" if isinstance(row, Fault) else row


def _contact(path: Path) -> Contact:
    return Contact(1, RowKeys(""), parse(Open, load_file(path)))


def _shown(contact: Contact, wanted: str) -> Iterator[str]:
    for part in wanted.split("; "):
        place = part.partition(":")[0]
        yield f"{place}: {contact.key if place == 'key' else plain(contact.payload, place)}"


def plain(payload: Open, place: str) -> str:
    """Return one value of a contact as it is written here."""
    value: Any = payload
    for name in place.split("."):
        value = getattr(value, name)
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return value.isoformat() if isinstance(value, date) else str(value)


CONTACT = {
    "rights": "disclosure",
    "category": "customer",
    "channel": "post",
    "language": "ja",
    "subject.name": "見本 花子",
    "subject.address": "東京都例町1-1",
}


def of_input(one: Input, folder: Path) -> str:
    """Return what one further input becomes in a cell of a table: the value, or ! and the message."""
    import csv

    path = folder / "cell.csv"
    cells = {**CONTACT, one.field: one.written}
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([cells.keys(), cells.values()])
    (row,) = read_contacts(path, hashed=hashed)
    return f"!{row.message}" if isinstance(row, Fault) else plain(row.payload, one.field)


def page(folder: Path) -> str:
    """Return docs/what-is-read.md."""
    lines = [
        "# What is read of what people and spreadsheets write",
        "",
        "What can be read for sure is read right, and said where figures or words were put in or left out. What is",
        "ambiguous or damaged is refused with its reason: nothing is guessed. Made by `python -m tests.services.kinds`",
        "from [what the tests try](../tests/services/inputs.py) and [its files](../tests/services/field).",
        "",
    ]
    for kind in KINDS:
        lines += [f"## {kind.title}", "", "| field | written | read, or said |", "|---|---|---|"]
        lines += [_line(each.field, each.written, of_input(each, folder)) for each in kind.inputs] + [""]
    lines += ["## Whole files", "", "| file | line | read, or said |", "|---|---|---|"]
    for name in FILES:
        lines += [_line(name, str(line), told) for line, told in of_file(name).items()]
    for name, refused in BY_THE_RULES.items():
        lines += [_line(name, str(line), f"refused by the rules: {code}") for line, code in refused.items()]
    lines += ["", "## What is no data", "", "| story | shown by |", "|---|---|"]
    lines += [f"| {story} | {shown_by(test)} |" for story, test in STORIES.items()]
    return "\n".join(lines) + "\n"


def shown_by(test: str) -> str:
    """Return a link to a test. Raises LookupError where there is none of that name."""
    path = PROJECT / "tests" / "services" / "test_days_told.py"
    if f"def {test}(" not in path.read_text(encoding="utf-8"):
        raise LookupError(test)
    return f"[`{test}`](../tests/services/test_days_told.py)"


def _line(*cells: str) -> str:
    shown = [cell.replace("|", "\\|").encode("unicode_escape").decode() if _hidden(cell) else cell for cell in cells]
    first, second, third = (f"`{cell}`" if number < 2 else cell for number, cell in enumerate(shown))
    told = f"**refused**: {third[1:].removeprefix(': ')}" if third.startswith("!") else f"`{third}`"
    return f"| {first} | {second} | {told} |"


def _hidden(cell: str) -> bool:
    return any(not one.isprintable() and one != "\u3000" for one in cell)


def main() -> None:
    """Write the page."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        PAGE.write_text(page(Path(folder)), encoding="utf-8")


if __name__ == "__main__":
    main()
