"""Hostile strings from the file that is handed in to every output: the case, lists, manifests, letters, the log."""

import csv
import io
import json
from pathlib import Path

from commands.wide import width
from tests.admin.conftest import CONTACT, Script
from tests.hostile import CATEGORIES, LITERAL, REFUSED, STRINGS
from tests.office import CLERK, TestOffice
from tests.services.paper import squeezed, text_of

TAKEN = [STRINGS[category][0] for category, (verdict, _) in CATEGORIES.items() if verdict == LITERAL]
NOT_TAKEN = [STRINGS[category][0] for category, (verdict, _) in CATEGORIES.items() if verdict == REFUSED]


def test_what_is_taken_is_shown_as_it_is_and_stands_on_the_letter(
    script: Script, office: TestOffice, worker: None, tmp_path: Path
) -> None:
    numbers = {}
    for n, text in enumerate(TAKEN):
        subject = {"name": text, "postcode": "100-0001", "address": f"1-{n} {text}"}
        numbers[script.opened(subject=subject, note=f"{text}\n{text}")] = text
    office.make_letters(typeset=True)

    printed = script.by(CLERK, "print", "--out", str(tmp_path), "--json")
    listed = script.by(CLERK, "list", "--json")
    lines = script.by(CLERK, "list")

    assert (printed.status, printed.json["letters"]) == (0, len(TAKEN))
    manifest = json.loads(Path(printed.json["manifest"]).read_text("utf-8"))
    assert {item["letter"] for item in manifest["items"]} == {f"{number}-01" for number in numbers}
    assert {line["case"] for line in listed.json} == numbers.keys()
    assert all(width(line) <= 80 for line in lines.out.splitlines())
    for number, text in numbers.items():
        shown = script.by(CLERK, "show", number, "--json")
        page = script.by(CLERK, "show", number)
        (row,) = office.ask("SELECT path FROM letter WHERE number = :number", number=f"{number}-01")
        people = shown.json["people"]
        assert (people["subject"]["name"], people["note"]) == (text.strip(), f"{text}\n{text}".strip())
        assert squeezed(text) in squeezed(page.out)
        assert not any(sign < " " and sign != "\n" for sign in page.out)
        assert squeezed(text) in squeezed(text_of((office.settings.spool / row.path).read_bytes()))
        assert text not in json.dumps(manifest, ensure_ascii=False) + printed.out + printed.err + lines.out
    log = "".join(str(row) for row in office.ask("SELECT * FROM office_event"))
    assert [text for text in TAKEN if len(text) > 12 and text in log] == []


def test_what_is_not_taken_is_refused_by_field_and_code_point_and_opens_nothing(
    script: Script, office: TestOffice
) -> None:
    for text in NOT_TAKEN:
        for field in ("name", "address"):
            subject = {"name": "Jane Example", "postcode": "100-0001", "address": "1-1 Example", field: text}
            # JSON can spell half a surrogate, which no file of UTF-8 can hold.
            handed_in = script.file(json.dumps({**CONTACT, "subject": subject}))

            said = script.by(CLERK, "open", "--file", handed_in, "--json")

            assert said.status == 2, (text[:40], said)
            assert [fault["field"] for fault in said.json["faults"]] == [f"subject.{field}"]
            assert "U+" in said.json["faults"][0]["message"] or len(text) > 500 or text in STRINGS["damage"]
            assert "\x1b" not in said.out + said.err
    assert office.ask('SELECT 1 FROM "case"') == []


def test_an_import_takes_and_refuses_the_same(script: Script, office: TestOffice, worker: None) -> None:
    refused = [text for text in NOT_TAKEN if text.isprintable() or "\u202e" in text or "\x7f" in text]
    head = ["key", "rights", "category", "channel", "language", "subject.name", "subject.postcode", "subject.address"]
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow(head)
    for n, text in enumerate([*TAKEN, *refused]):
        rows.writerow([f"k{n}", "disclosure", "customer", "post", "ja", text, "100-0001", f"1-{n} Example"])

    said = script.by(CLERK, "import", script.file(table.getvalue(), "contacts.csv"), "--json")

    assert said.status == 1
    assert said.json["opened"] == len(TAKEN)
    assert [fault["field"] for fault in said.json["faults"]] == ["subject.name"] * len(refused)
    assert len(refused) >= 1
