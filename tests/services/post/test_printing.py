"""The post room prints: each letter once, whatever crash; again only as a marked copy."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument
from sqlalchemy import Connection, select

from models.incident import incident
from models.session import reading
from models.staff import office_event
from services.letters import batches, post, printing
from services.letters.printing import MayNotPrint, NoSuchLetter, Printed
from tests.office import CLERK, TestOffice
from tests.services.post.room import MOVED, SATO, letters_of, made, printed, states
from workflows.engine.values import Actor, Language, Role
from workflows.letters import RecordPosting


def text_of(pdf: Path) -> list[str]:
    with PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


# -- printing -----------------------------------------------------------------------------------------------------


def test_a_batch_is_one_merged_pdf_the_single_letters_and_a_manifest(office: TestOffice, folder: Path) -> None:
    numbers = [f"{made(office, typeset=True, language=language)}-01" for language in (Language.JA, Language.EN)]

    result = printed(office, None, folder / "out")

    assert (result.batch, result.letters, result.refused) == ("B26-0001", 2, ())
    assert sorted(path.name for path in (folder / "out").iterdir()) == sorted(
        ["B26-0001.pdf", "B26-0001.json", "B26-0001.txt", *(f"{number}.pdf" for number in numbers)]
    )
    assert result.merged is not None
    assert result.manifest is not None
    manifest = json.loads(result.manifest.read_text(encoding="utf-8"))
    assert [item["letter"] for item in manifest["items"]] == numbers
    assert manifest["merged"]["sha256"] == hashlib.sha256(result.merged.read_bytes()).hexdigest()
    for item in manifest["items"]:
        single = folder / "out" / item["file"]
        assert hashlib.sha256(single.read_bytes()).hexdigest() == item["sha256"]
    pages = text_of(result.merged)
    assert len(pages) == result.pages == manifest["pages"]
    assert numbers[1] in pages[manifest["items"][1]["first_page"] - 1]


def test_printed_letters_are_recorded_with_their_batch_and_time_in_the_log(office: TestOffice, folder: Path) -> None:
    case = made(office)

    printed(office, None, folder)

    (row,) = letters_of(office, case)
    assert (row.state, row.batch, row.printed_at) == ("printed", "B26-0001", office.now)
    with reading(office.engine) as db:
        events = {row.what: row for row in db.execute(select(office_event))}
    assert events["letters_printed"].actor == CLERK
    assert events["letters_printed"].details["letters"] == 1
    assert events["batch_released"].details == {"batch": "B26-0001"}


def test_printing_again_finds_nothing_and_writes_nothing(office: TestOffice, folder: Path) -> None:
    made(office)
    printed(office, None, folder)
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}

    result = printed(office, None, folder)

    assert (result.batch, result.letters, result.merged) == (None, 0, None)
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_only_the_letters_named_are_printed_and_each_refusal_names_its_letter(
    one_office: TestOffice, folder: Path
) -> None:
    wanted, other, unmade = made(one_office), made(one_office), one_office.opened()
    first = printed(one_office, [f"{other}-01"], folder / "first")

    result = printed(one_office, [f"{wanted}-01", f"{other}-01", f"{unmade}-01"], folder / "second")

    assert (first.batch, result.batch, result.letters) == ("B26-0001", "B26-0002", 1)
    assert {(one.letter, one.reason.code) for one in result.refused} == {
        (f"{other}-01", "print.printed_already"),
        (f"{unmade}-01", "print.not_made"),
    }
    assert states(one_office, wanted) == ["printed"]


def test_a_letter_nobody_knows_stops_the_whole_call(one_office: TestOffice, folder: Path) -> None:
    case = made(one_office)

    with pytest.raises(NoSuchLetter) as unknown:
        printed(one_office, [f"{case}-01", f"{case}-07"], folder)

    assert unknown.value.numbers == (f"{case}-07",)
    assert states(one_office, case) == ["made"]


def test_who_is_no_clerk_prints_nothing(one_office: TestOffice, folder: Path) -> None:
    case = made(one_office)
    approver = Actor("approver", frozenset({Role.APPROVER}))

    with pytest.raises(MayNotPrint):
        printing.print_letters(None, folder, approver, one_office.unit, one_office.engine, language="ja")

    assert states(one_office, case) == ["made"]


def test_an_altered_file_is_refused_by_name_and_becomes_one_incident(office: TestOffice, folder: Path) -> None:
    good, bad = made(office), made(office)
    (row,) = letters_of(office, bad)
    spooled = office.settings.spool / row.path
    spooled.write_bytes(spooled.read_bytes() + b"\n")

    result = printed(office, None, folder)
    again = printed(office, None, folder)

    assert (result.letters, again.letters) == (1, 0)
    assert [(one.letter, one.reason.code) for one in result.refused] == [(f"{bad}-01", "print.damaged")]
    assert (states(office, good), states(office, bad)) == (["printed"], ["made"])
    with reading(office.engine) as db:
        assert [(r.kind, r.case_number) for r in db.execute(select(incident))] == [("letter", bad)]


def test_a_void_letter_is_never_printed(office: TestOffice, folder: Path) -> None:
    case = made(office)
    office.must(case, "amend", MOVED)
    office.make_letters()

    result = printed(office, [f"{case}-01", f"{case}-02"], folder)

    assert states(office, case) == ["void", "printed"]
    assert [(one.letter, one.reason.code) for one in result.refused] == [(f"{case}-01", "print.void")]
    assert not (folder / f"{case}-01.pdf").exists()


def test_a_letter_that_becomes_void_while_the_batch_is_made_is_left_out(office: TestOffice, folder: Path) -> None:
    stays, goes = (made(office, typeset=True) for _ in range(2))

    def amended(done: int, of: int) -> None:
        if done == of == 2:
            office.must(goes, "amend", MOVED)

    result = printed(office, None, folder, tick=amended)

    assert (result.letters, [one.letter for one in result.refused]) == (1, [f"{goes}-01"])
    assert (states(office, stays), states(office, goes)) == (["printed"], ["void", "ordered"])
    assert result.merged is not None
    assert not any(f"{goes}-01" in page for page in text_of(result.merged))


@pytest.mark.parametrize("letters", [batches.CHUNK + 1])
def test_a_batch_of_several_chunks_keeps_every_page_in_order(folder: Path, letters: int) -> None:
    singles = []
    for number in range(letters):
        with PdfDocument.new() as document:
            document.new_page(100 + number, 200)
            path = folder / f"{number}.pdf"
            document.save(path)
        singles.append(path)

    batches.merge(folder / "merged.pdf", singles)

    with PdfDocument(folder / "merged.pdf") as merged:
        assert [round(page.get_width()) for page in merged] == [100 + number for number in range(letters)]


# -- printing broken off ------------------------------------------------------------------------------------------


class Crash(BaseException):
    """The process is gone: nothing catches this."""


SETTLED, RESERVED, RECORDED, TOLD = range(4)
"""The transactions of a print run, in their order."""


def broken_off(office: TestOffice, folder: Path, at: int, *, committed: bool) -> None:
    """Begin a print run that dies in its transaction number *at*, just before or just after it is committed."""
    count = iter(range(100))

    @contextmanager
    def dying() -> Iterator[Connection]:
        last = next(count) == at
        with office.writing() as db:
            yield db
            if last and not committed:
                raise Crash
        if last:
            raise Crash

    with pytest.raises(Crash):
        printing.print_letters(None, folder, SATO, replace(office.unit, begin=dying), office.engine, language="ja")


@pytest.mark.parametrize(("at", "committed"), [(RESERVED, True), (RECORDED, False)])
def test_a_crash_before_the_recording_leaves_nothing_that_looks_finished(
    office: TestOffice, folder: Path, at: int, committed: bool
) -> None:
    case = made(office)
    broken_off(office, folder, at, committed=committed)
    seen = list(folder.glob("[!.]*"))

    result = printed(office, None, folder)

    assert seen == []
    assert (result.batch, result.letters, result.earlier) == ("B26-0002", 1, ())
    assert states(office, case) == ["printed"]
    assert not list(folder.glob(".*"))
    assert not list(folder.glob("B26-0001*"))


def test_a_crash_after_the_recording_is_finished_by_the_next_run_and_printed_once(
    office: TestOffice, folder: Path
) -> None:
    case = made(office)
    broken_off(office, folder, RECORDED, committed=True)
    seen, recorded = list(folder.glob("[!.]*")), states(office, case)

    second = printed(office, None, folder / "elsewhere")
    third = printed(office, None, folder)

    assert (seen, recorded) == ([], ["printed"])
    assert (second.batch, second.letters) == (None, 0)
    assert second.earlier == (printing.Earlier("B26-0001", "finished", folder / "B26-0001.pdf", 1),)
    assert (folder / "B26-0001.pdf").exists()
    assert (folder / f"{case}-01.pdf").exists()
    assert third == Printed()


@pytest.mark.parametrize("renamed", [1, 3])
def test_a_crash_between_the_names_is_finished_by_the_next_run(
    one_office: TestOffice, folder: Path, monkeypatch: pytest.MonkeyPatch, renamed: int
) -> None:
    case = made(one_office)
    rename = Path.replace
    done: list[Path] = []

    def breaking(self: Path, target: Path) -> Path:
        if len(done) == renamed:
            raise Crash
        done.append(target)
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", breaking)
        with pytest.raises(Crash):
            printed(one_office, None, folder)
    seen = {path.name for path in folder.glob("[!.]*")}

    result = printed(one_office, None, folder)

    assert "B26-0001.pdf" not in seen
    assert [one.became for one in result.earlier] == ["finished"]
    assert {path.name for path in folder.iterdir()} == {
        "B26-0001.pdf", "B26-0001.json", "B26-0001.txt", f"{case}-01.pdf",
    }  # fmt: skip


def test_a_crash_after_the_names_is_said_and_not_printed_twice(office: TestOffice, folder: Path) -> None:
    made(office)
    broken_off(office, folder, TOLD, committed=False)

    result = printed(office, None, folder)

    assert (result.batch, [one.became for one in result.earlier]) == (None, ["found"])


def test_a_recorded_batch_whose_folder_is_gone_is_named_until_its_letters_are_posted(
    one_office: TestOffice, folder: Path
) -> None:
    case = made(one_office)
    broken_off(one_office, folder / "stick", RECORDED, committed=True)
    (folder / "stick").rename(folder / "taken away")

    told = [printed(one_office, None, folder / "out").earlier for _ in range(2)]
    one_office.must(case, "record_posting", RecordPosting(letter=f"{case}-01"))
    after = printed(one_office, None, folder / "out").earlier

    assert [[(one.batch, one.became) for one in each] for each in told] == [[("B26-0001", "unknown")]] * 2
    assert after == ()


def test_two_print_runs_at_a_time_do_not_share_letters(office: TestOffice, folder: Path) -> None:
    made(office)
    refused = []

    def another(done: int, of: int) -> None:
        with pytest.raises(batches.PressBusy):
            printed(office, None, folder / "other")
        refused.append(done)

    result = printed(office, None, folder / "mine", tick=another)

    assert (refused, result.letters) == ([1], 1)


# -- printing again -----------------------------------------------------------------------------------------------


def test_a_second_print_is_marked_on_each_page_and_recorded_and_changes_nothing(
    office: TestOffice, folder: Path
) -> None:
    case = made(office, typeset=True)
    printed(office, None, folder)
    before = letters_of(office, case)

    prints, refused = printing.again([f"{case}-01"] * 2, folder, SATO, office.unit)
    more, _ = printing.again([f"{case}-01"], folder, SATO, office.unit)

    assert refused == []
    assert [path.name for _, path, _ in (*prints, *more)] == [f"{case}-01.reprint2.pdf", f"{case}-01.reprint3.pdf"]
    pages = text_of(more[0][1])
    assert len(pages) == before[0].pages
    assert all("REPRINT 3" in page for page in pages)
    assert letters_of(office, case) == before
    with reading(office.engine) as db:
        logged = [row.details for row in db.execute(select(office_event)) if row.what == "letter_printed_again"]
    assert logged == [{"letter": f"{case}-01", "print": count, "folder": str(folder)} for count in (2, 3)]


def test_what_was_never_printed_or_is_void_is_not_printed_again(one_office: TestOffice, folder: Path) -> None:
    case = made(one_office)
    one_office.must(case, "amend", MOVED)
    other = made(one_office)

    prints, refused = printing.again([f"{case}-01", f"{case}-02", f"{other}-01"], folder, SATO, one_office.unit)

    assert prints == []
    assert [(one.letter, one.reason.code) for one in refused] == [
        (f"{case}-01", "print.void"),
        (f"{case}-02", "print.not_made"),
        (f"{other}-01", "print.not_printed_yet"),
    ]


# -- the list -----------------------------------------------------------------------------------------------------


def test_the_list_shows_every_letter_with_its_life(office: TestOffice) -> None:
    posted, waiting = office.mailed()[0], made(office)

    with reading(office.engine) as db:
        everything = list(post.letters(db))
        unposted = list(post.letters(db, unposted=True))
        of_case = list(post.letters(db, case=posted))

    assert [row["letter"] for row in everything] == [f"{posted}-01", f"{waiting}-01"]
    assert [row["letter"] for row in unposted] == [f"{waiting}-01"]
    assert of_case == everything[:1]
    row = everything[0]
    assert (row["state"], row["posted_at"], row["kind"], row["language"]) == (
        "posted", "2026-11-09", "request_forms", "en",
    )  # fmt: skip
    assert row["pages"] >= 1
    assert len(row["sha256"]) == 64
