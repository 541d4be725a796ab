"""The post room by the script: print, posted, returned, draft, and the exit statuses scripts rely on."""

import json
from pathlib import Path

from pypdfium2 import PdfDocument
from sqlalchemy import select

from models.staff import office_event
from tests.admin.conftest import Script, on_both
from tests.office import APPROVER, CLERK, VERIFIER, TestOffice


def made(office: TestOffice) -> str:
    """Return a case whose first letter is made."""
    case = office.opened()
    office.make_letters(case)
    return case


def test_a_letter_goes_from_the_list_to_the_printer_and_into_the_post(
    script: Script, office: TestOffice, worker: None, tmp_path: Path
) -> None:
    case = made(office)
    waiting = script("letters", "--unposted", "--json")

    printed = script.by(CLERK, "print", "--out", str(tmp_path / "out"), "--json")
    posted = script.by(CLERK, "posted", "--batch", printed.json["batch"], "--json")

    assert [row["state"] for row in waiting.json] == ["made"]
    assert (printed.status, printed.json["letters"], printed.json["refused"]) == (0, 1, [])
    assert Path(printed.json["merged"]).parent == tmp_path / "out"
    assert json.loads(Path(printed.json["manifest"]).read_text("utf-8"))["items"][0]["letter"] == f"{case}-01"
    assert posted.status == 0
    (row,) = posted.json
    assert (row["letter"], row["outcome"], row["state"], row["case_state"]) == (
        f"{case}-01", "done", "posted", "forms_mailed",
    )  # fmt: skip


@on_both
def test_printing_twice_prints_once_and_another_print_is_marked(
    script: Script, office: TestOffice, tmp_path: Path
) -> None:
    case = made(office)
    script.by(CLERK, "print", "--out", str(tmp_path))

    second = script.by(CLERK, "print", "--out", str(tmp_path), "--json")
    named = script.by(CLERK, "print", f"{case}-01", "--out", str(tmp_path), "--json")
    again = script.by(CLERK, "print", "--again", f"{case}-01", "--out", str(tmp_path), "--json")

    assert (second.status, second.json["batch"], second.json["letters"]) == (0, None, 0)
    assert (named.status, named.json["refused"][0]["codes"]) == (1, ["print.printed_already"])
    assert again.status == 0
    with PdfDocument(again.json["merged"]) as reprint:
        assert all("REPRINT 2" in page.get_textpage().get_text_range() for page in reprint)


def test_without_a_folder_it_prints_into_the_houses_own(script: Script, office: TestOffice) -> None:
    made(office)

    printed = script.by(CLERK, "print", "--json")

    assert Path(printed.json["merged"]).parent == office.settings.var / "print"
    assert Path(printed.json["merged"]).stat().st_mode & 0o077 == 0


def test_who_may_not_print_is_refused_and_nothing_is_written(
    script: Script, office: TestOffice, tmp_path: Path
) -> None:
    made(office)

    said = script.by(APPROVER, "print", "--out", str(tmp_path / "out"), "--json")

    assert (said.status, said.json["codes"]) == (1, ["missing_role"])
    assert not (tmp_path / "out").exists()


def test_the_same_key_answers_with_the_earlier_outcome_for_letters_and_batches(
    script: Script, office: TestOffice, worker: None, tmp_path: Path
) -> None:
    made(office)
    made(office)
    batch = script.by(CLERK, "print", "--out", str(tmp_path), "--json").json["batch"]

    first = script.by(CLERK, "posted", "--batch", batch, "--key", "monday", "--json")
    second = script.by(CLERK, "posted", "--batch", batch, "--key", "monday", "--json")
    other = script.by(CLERK, "posted", "--batch", batch, "--key", "monday", "--class", "simple_registered", "--json")
    keyless = script.by(CLERK, "posted", "--batch", batch, "--json")

    assert [first.status, second.status, other.status, keyless.status] == [0, 0, 2, 3]
    assert [row["repeated"] for row in (*first.json, *second.json)] == [False, False, True, True]
    assert [row["outcome"] for row in second.json] == ["done", "done"]


def test_one_refused_of_many_is_exit_1_and_the_others_are_done(
    script: Script, office: TestOffice, worker: None, tmp_path: Path
) -> None:
    ready, unprinted = made(office), office.opened()
    script.by(CLERK, "print", "--out", str(tmp_path))

    said = script.by(CLERK, "posted", f"{ready}-01", f"{unprinted}-01", "--json")

    assert said.status == 1
    assert [(row["outcome"], row["codes"]) for row in said.json] == [("done", []), ("refused", ["not_printed"])]


def test_without_a_worker_a_posting_is_accepted_and_exit_4(script: Script, office: TestOffice, tmp_path: Path) -> None:
    case = made(office)
    script.by(CLERK, "print", "--out", str(tmp_path))

    said = script.by(CLERK, "posted", f"{case}-01", "--wait", "0", "--json")

    assert said.status == 4
    assert [(row["outcome"], row["state"]) for row in said.json] == [("pending", "printed")]


CANNOT_BE_MEANT = [
    (["posted", "26-000099-0-01"], 3),
    (["posted", "nonsense"], 3),
    (["posted", "--batch", "B26-0404"], 3),
    (["posted"], 2),
    (["posted", "26-000099-0-01", "--batch", "B26-0001"], 2),
    (["posted", "--batch", "B26-0001", "--tracking", "1234"], 2),
    (["posted", "--batch", "B26-0001", "--on", "yesterday"], 2),
    (["returned", "26-000099-0-01", "--reason", "moved"], 3),
    (["returned", "26-000099-0-01", "--reason", "lost"], 2),
    (["letters", "--case", "26-000099-0"], 3),
    (["print", "26-000099-0-01"], 3),
    (["draft", "26-000099-0", "--out", "draft.pdf"], 3),
]


def test_what_cannot_be_meant_has_its_exit_status(script: Script, office: TestOffice) -> None:
    for arguments, status in CANNOT_BE_MEANT:
        assert script.by(CLERK, *arguments).status == status, arguments


def test_a_returned_letter_brings_its_case_back(script: Script, office: TestOffice, worker: None) -> None:
    case, _ = office.mailed()

    said = script.by(CLERK, "returned", f"{case}-01", "--reason", "moved", "--json")

    assert said.status == 0
    assert [(row["state"], row["case_state"]) for row in said.json] == [("returned", "contacted")]


def test_a_draft_is_a_pdf_without_number_and_says_what_is_missing_before(
    script: Script, office: TestOffice, tmp_path: Path
) -> None:
    undecided, decided = office.verified(), office.decided()
    target = tmp_path / "draft.pdf"

    early = script.by(VERIFIER, "draft", undecided, "--out", str(tmp_path / "early.pdf"), "--json")
    said = script.by(VERIFIER, "draft", decided, "--out", str(target), "--json")

    assert (early.status, early.json["codes"]) == (1, ["right_undecided"])
    assert not (tmp_path / "early.pdf").exists()
    assert said.status == 0
    with PdfDocument(target) as draft:
        text = "".join(page.get_textpage().get_text_range() for page in draft)
    assert "DRAFT" in text
    assert f"{decided}-" not in text
    seen = office.ask(select(office_event.c.details).where(office_event.c.what == "draft_made"))
    assert [row.details for row in seen] == [{"case": decided}]
