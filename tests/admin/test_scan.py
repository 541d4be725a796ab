"""Returned forms by the script: real letters made, drawn as pictures, mixed up, scanned, sorted and registered."""

import os
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image
from pypdfium2 import PdfDocument

from commands.wide import width
from tests.admin.conftest import Script, details, on_both
from tests.office import APPROVER, CLERK, VERIFIER, TestOffice
from workflows.request.payloads import MailForms

FORM_PAGES = (3, 4)
"""Where the form lies in a pack of one form: behind the cover letter, before the return label."""


class Pack:
    """The letter that was posted; a page of it is drawn, as a scanner sees it, when it is asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __getitem__(self, page: int) -> Image.Image:
        with PdfDocument(self._path) as document:
            drawn: Image.Image = document[page].render(scale=200 / 72).to_pil().convert("L")
            return drawn


def mailed(office: TestOffice) -> tuple[str, Pack]:
    """Return a case whose real forms are in the post, and their pages."""
    case = office.opened()
    office.make_letters(case, typeset=True)
    office.print_letters(case)
    office.must(case, "mail_forms", MailForms())
    (path,) = (office.settings.spool / row.path for row in office.ask("SELECT path FROM letter") if case in row.path)
    return case, Pack(path)


def picture(folder: Path, name: str, image: Image.Image, turned: int = 0) -> str:
    image.rotate(turned, expand=True, fillcolor=255).save(folder / name, compress_level=1)
    return str(folder / name)


def pile(folder: Path, name: str, *images: Image.Image) -> str:
    images[0].save(folder / name, "PDF", save_all=True, append_images=images[1:], resolution=200)
    return str(folder / name)


def a_card(dots: int = 100) -> Image.Image:
    """Return a page without any code of ours: grey noise on white, as a copied card may look.

    A sheet of A4 at so many dots an inch: in one of 200 the reader looks four times as long for a code in vain.
    """
    page = Image.new("L", (round(8.27 * dots), round(11.695 * dots)), 255)
    page.paste(Image.effect_noise((round(4.5 * dots), 3 * dots), 90), (round(1.5 * dots), 2 * dots))
    return page


def filled_in(file: str, **more: Any) -> None:
    """Do what a person does to the file that was laid ready."""
    path = Path(file)
    given = yaml.safe_load(path.read_text("utf-8"))
    given["signed"] = dict.fromkeys(given["forms"], True)
    path.write_text(yaml.safe_dump({**given, **more}, allow_unicode=True), "utf-8")


@on_both
@pytest.mark.requirement("S18")
def test_mixed_returns_are_scanned_sorted_and_registered_with_the_lines_that_are_shown(
    script: Script, office: TestOffice, worker: None, tmp_path: Path
) -> None:
    (one, its), (other, others) = mailed(office), mailed(office)
    first = pile(tmp_path, "pile.pdf", others[FORM_PAGES[1]], its[FORM_PAGES[0]], a_card(), its[0])
    second = picture(tmp_path, "photo.png", its[FORM_PAGES[1]], turned=90)

    found = script.by(CLERK, "scan", first, second, "--json")

    assert found.status == 1  # a page is missing and one waits in the tray
    forms = {form["case"]: form for form in found.json["matched"]}
    assert {case: (form["pages"], form["missing"], form["state"]) for case, form in forms.items()} == {
        one: (2, [], "good"), other: (1, [1], "good"),
    }  # fmt: skip
    assert [(page["tray"], page["file"], page["page"]) for page in found.json["unmatched"]] == [("T26-0001", first, 3)]
    assert [(page["letter"], page["number"]) for page in found.json["letters"]] == [(f"{one}-01", 1)]
    assert (found.json["foreign"], found.json["refused"], found.json["known"]) == ([], [], [])
    cases = {case["case"]: case for case in found.json["cases"]}
    assert (cases[one]["proposal"], cases[other]["proposal"]) == ("receive", "receive_ask")

    unfilled = script.by(CLERK, *shlex.split(forms[one]["next"])[1:])
    filled_in(cases[one]["file"])
    received = script.by(CLERK, *shlex.split(forms[one]["next"])[1:], "--json")

    assert unfilled.status == 2  # what only a person can see is not guessed
    assert (received.status, received.json["state"]) == (0, "forms_returned")
    assert office.case(one).hold is None

    again = script.by(CLERK, "scan", first, second, "--json")
    assert len(again.json["known"]) == 5
    assert {case["case"]: case["proposal"] for case in again.json["cases"]} == {
        one: "received_already", other: "receive_ask",
    }  # fmt: skip


@on_both
@pytest.mark.requirement("S27", "F8")
def test_a_copied_card_is_looked_at_masked_and_kept(script: Script, office: TestOffice, tmp_path: Path) -> None:
    case, _ = mailed(office)
    script.by(CLERK, "scan", picture(tmp_path, "card.png", a_card(200)))

    listed = script.by(CLERK, "tray", "list", "--json")
    looked = script.by(VERIFIER, "tray", "show", "T26-0001", "--out", str(tmp_path / "look.jpg"), "--json")
    line = ("tray", "assign", "t26-0001", case, "--document", "drivers_licence", "--holder", "subject", "--json")
    unanswered = script.by(VERIFIER, *line)
    kept = script.by(VERIFIER, *line, "--mask", "15,15,60,30")
    papers = script.by(VERIFIER, "papers", case, "--out", str(tmp_path / "papers"), "--json")
    shown = script.by(CLERK, "show", case, "--json")

    assert [(row["tray"], row["why"], row["near"]) for row in listed.json] == [("T26-0001", "no_code", None)]
    assert looked.status == 0
    assert (tmp_path / "look.jpg").stat().st_mode & 0o077 == 0
    with Image.open(tmp_path / "look.jpg") as picture_of_it:
        assert min(picture_of_it.convert("L").crop((300, 400, 1200, 1000)).tobytes()) < 100
    assert (unanswered.status, unanswered.json["codes"]) == (1, ["tray.masking_unanswered"])
    assert (kept.status, kept.json["page"]) == (0, "P26-000001")
    (page,) = papers.json
    assert (page["sort"], Path(page["file"]).stat().st_mode & 0o077) == ("document", 0)
    with Image.open(page["file"]) as picture_of_it:
        assert max(picture_of_it.convert("L").crop((320, 420, 1180, 980)).tobytes()) < 60
    assert shown.json["pages_held"] == 1
    events = office.ask("SELECT what, details FROM office_event ORDER BY seq")
    assert [event.what for event in events if event.what.startswith(("tray", "papers", "pages"))] == [
        "pages_scanned", "tray_seen", "tray_assigned", "papers_seen",
    ]  # fmt: skip
    (assigned,) = (details(event) for event in events if event.what == "tray_assigned")
    assert (assigned["masking"], assigned["burnt"]) == ("burnt", 1)


@on_both
def test_a_page_in_the_tray_becomes_a_page_of_a_form_or_is_destroyed(
    script: Script, office: TestOffice, tmp_path: Path
) -> None:
    case, pages = mailed(office)
    script.by(CLERK, "scan", pile(tmp_path, "pile.pdf", pages[FORM_PAGES[0]], a_card(), a_card()))

    kept = script.by(CLERK, "tray", "assign", "T26-0001", case, "--form", "disclosure", "--page", "2", "--json")
    gone = script.by(CLERK, "tray", "destroy", "T26-0002", "--reason", "blank", "--json")
    twice = script.by(CLERK, "tray", "destroy", "T26-0002", "--reason", "blank", "--json")
    nobody = script.by(CLERK, "tray", "destroy", "T26-0099", "--reason", "blank", "--json")
    empty = script.by(CLERK, "tray", "list", "--json")
    again = script.by(CLERK, "scan", str(tmp_path / "pile.pdf"), "--json")

    assert (kept.status, kept.json["outcome"]) == (0, "assigned")
    assert (gone.status, gone.json["reason"]) == (0, "blank")
    assert (twice.status, twice.json["codes"]) == (1, ["tray.destroyed"])
    assert nobody.status == 3
    assert empty.json == []
    assert (again.status, again.json["matched"][0]["missing"], again.json["unmatched"]) == (0, [], [])


@pytest.mark.parametrize("language", ["en", "ja"])
def test_what_people_read_fits_the_screen_and_names_no_person(
    script: Script, office: TestOffice, tmp_path: Path, language: str
) -> None:
    case, pages = mailed(office)
    person = office.ask('SELECT count(*) FROM "case"')[0][0]
    scanned = pile(tmp_path, "pile.pdf", pages[FORM_PAGES[0]], pages[FORM_PAGES[0]], a_card(), pages[1])
    (tmp_path / "notes.txt").write_text("no picture", "utf-8")

    told = script.by(CLERK, "scan", scanned, str(tmp_path / "notes.txt"), "--lang", language)
    listed = script.by(CLERK, "tray", "list", "--lang", language)

    assert (told.status, listed.status, person) == (1, 0, 1)
    lines = [*told.out.splitlines(), *listed.out.splitlines()]
    assert {line for line in lines if width(line) > 80 and "--file" not in line} == set()
    for word in (case, "T26-0001", "receive-forms", "ask-again", f"{case}-01", "notes.txt"):
        assert word in told.out
    everything = told.out + told.err + listed.out
    assert "Sample" not in everything
    assert "scan.not_a_picture" not in everything  # each refusal has its sentence
    ready = (office.settings.returns / f"{case}.yaml").read_text("utf-8")
    assert "Sample" not in ready
    assert (office.settings.returns / f"{case}.yaml").stat().st_mode & 0o077 == 0


def test_the_file_laid_ready_never_writes_over_what_somebody_filled_in(
    script: Script, office: TestOffice, tmp_path: Path
) -> None:
    case, pages = mailed(office)
    first = script.by(CLERK, "scan", picture(tmp_path, "1.png", pages[FORM_PAGES[0]]), "--json").json["cases"][0]
    filled_in(first["file"])
    filled = Path(first["file"]).read_bytes()

    known = script.by(CLERK, "scan", str(tmp_path / "1.png"), "--json").json["cases"][0]
    second = script.by(CLERK, "scan", picture(tmp_path, "2.png", pages[FORM_PAGES[1]]), "--json").json["cases"][0]

    assert Path(first["file"]).read_bytes() == filled
    assert known["file"] == first["file"]
    assert Path(second["file"]).name == f"{case}.2.yaml"
    assert yaml.safe_load(Path(second["file"]).read_text("utf-8"))["pages"] == 2
    again = script.by(CLERK, "scan", str(tmp_path / "2.png"), "--json").json["cases"][0]
    assert again["file"] == second["file"]


def test_every_fault_of_the_line_is_named_at_once_and_nothing_is_registered(
    script: Script, office: TestOffice, tmp_path: Path
) -> None:
    sound = picture(tmp_path, "card.png", a_card())

    line = (sound, str(tmp_path / "gone.pdf"), str(tmp_path), "--arrived-at", "yesterday", "--json")
    wrong = script.by(CLERK, "scan", *line)
    future = script.by(CLERK, "scan", sound, "--arrived-at", "2099-01-01T10:00", "--json")

    assert wrong.status == 2
    assert [fault["field"] for fault in wrong.json["faults"]] == [
        str(tmp_path / "gone.pdf"), str(tmp_path), "--arrived-at",
    ]  # fmt: skip
    assert (future.status, [fault["field"] for fault in future.json["faults"]]) == (2, ["--arrived-at"])
    assert office.ask("SELECT * FROM tray") == []


def test_where_nothing_can_be_written_the_same_scan_does_it_later(
    script: Script, office: TestOffice, tmp_path: Path
) -> None:
    card = picture(tmp_path, "card.png", a_card())
    office.settings.var.mkdir(parents=True, exist_ok=True)
    office.settings.tray.write_text("a file stands where the folder should be", "utf-8")

    blocked = script.by(CLERK, "scan", card, "--json")
    office.settings.tray.unlink()
    done = script.by(CLERK, "scan", card, "--json")

    assert (blocked.status, blocked.json["error"]) == (1, "not_written")
    assert [page["tray"] for page in done.json["unmatched"]] == ["T26-0001"]
    assert (done.json["known"], len(office.ask("SELECT * FROM tray"))) == ([], 1)


def test_an_interrupted_scan_says_so_and_the_next_one_goes_on(
    script: Script, office: TestOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = picture(tmp_path, "card.png", a_card())

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "link", interrupted)
        said = script.by(CLERK, "scan", card, "--json")
    done = script.by(CLERK, "scan", card, "--json")

    assert (said.status, said.json["error"]) == (130, "interrupted")
    assert "again" in said.json["message"]
    assert [page["tray"] for page in done.json["unmatched"]] == ["T26-0001"]


DOES_NOT_SAY: list[tuple[list[str], list[str]]] = [
    ([], ["--form"]),
    (["--form", "halt", "--document", "passport"], ["--form"]),
    (["--form", "halt"], ["--page"]),
    (["--document", "passport"], ["--holder"]),
    (["--form", "halt", "--page", "3", "--of", "2"], ["--of"]),
    (["--form", "halt", "--page", "1", "--mask", "90,0,20,5", "--masked"], ["--mask", "--mask"]),
    (["--form", "halt", "--page", "1", "--mask", "left", "--mask", "1,2,3"], ["--mask", "--mask"]),
]


def test_a_line_that_does_not_say_what_a_page_is_is_refused(script: Script, office: TestOffice) -> None:
    case = office.opened()
    for more, fields in DOES_NOT_SAY:
        said = script.by(CLERK, "tray", "assign", "T26-0001", case, *more, "--json")

        assert (said.status, [fault["field"] for fault in said.json["faults"]]) == (2, fields), more


@pytest.mark.parametrize(
    "line",
    [
        ("tray", "show", "T26-0001", "--out", "OUT"),
        ("tray", "destroy", "T26-0001", "--reason", "blank"),
        ("scan", "CARD"),
    ],
)
def test_who_may_not_is_refused_and_nothing_happens(
    script: Script, office: TestOffice, tmp_path: Path, line: tuple[str, ...]
) -> None:
    card = picture(tmp_path, "card.png", a_card())
    script.by(CLERK, "scan", card)
    before = office.ask("SELECT number, state FROM tray")
    out = tmp_path / "out.jpg"

    said = script.by(APPROVER, *(word.replace("CARD", card).replace("OUT", str(out)) for word in line), "--json")

    assert (said.status, said.json["codes"]) == (1, ["missing_role"])
    assert office.ask("SELECT number, state FROM tray") == before
    assert not out.exists()


@on_both
def test_the_morning_count_names_what_was_scanned_and_not_registered(
    script: Script, office: TestOffice, tmp_path: Path
) -> None:
    case, pages = mailed(office)
    script.by(CLERK, "scan", pile(tmp_path, "pile.pdf", *(pages[page] for page in FORM_PAGES)))

    checks = {check["name"]: check for check in script("status", "--json").json["checks"]}

    assert case in checks["returns"]["detail"]
    assert checks["returns"]["ok"] is True


def test_no_picture_ever_lies_on_the_disk_in_the_clear(script: Script, office: TestOffice, tmp_path: Path) -> None:
    _, pages = mailed(office)

    script.by(CLERK, "scan", pile(tmp_path, "pile.pdf", pages[FORM_PAGES[0]], a_card()))

    sealed = [path for path in office.settings.var.rglob("*") if path.is_file() and "spool" not in path.parts]
    assert len([path for path in sealed if path.suffix == ".sealed"]) == 2
    for path in sealed:
        content = path.read_bytes()
        assert not content.startswith((b"\xff\xd8\xff", b"\x89PNG", b"%PDF")), path
        # Whole words of a format: four bytes alone may stand in what is sealed by chance.
        assert all(word not in content for word in (b"\xff\xd8\xff\xe0\x00\x10JFIF", b"\x89PNG\r\n\x1a\n")), path
