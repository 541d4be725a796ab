"""The tray: what nobody could match is sorted by a person, masked before it is kept, and nothing of it is left."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from inspect import signature
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from models import scan as scans
from models.keys import KeyDestroyed
from models.session import reading
from services.reports.notices import notices
from services.returns import papers, room, sorting, store, tray
from services.returns.pages import Area, ScannedPage, Unreadable
from services.returns.sorting import Destroyed, Discard, FormPage, Kept, Masked, PaperPage, papers_known
from tests.office import LEAD, VERIFIER, TestOffice, codes_of
from tests.services.scans_fakes import SATO, Scanner, mark
from workflows.engine.machine import Refused
from workflows.engine.values import Actor, Language, Role
from workflows.request.returns import Why
from workflows.request.values import FormName, Party
from workflows.words import say

TANAKA = Actor(VERIFIER, frozenset({Role.VERIFIER}))
LICENCE = PaperPage("drivers_licence", Party.SUBJECT, Masked.NOT_SHOWN)
EVERYTHING = [Area(0, 0, 1, 1)]


def black(picture: bytes, areas: Sequence[Area]) -> tuple[bytes, bytes]:
    """Play the masking: what the picture showed is gone."""
    return b"\xff\xd8\xffblack", b"\xff\xd8\xffsmall"


def assign(office: TestOffice, number: str, case: str, what: Any, **more: Any) -> Any:
    return sorting.assign(number, case, what, more.pop("by", SATO), office.unit, **more)


def row_of(office: TestOffice, number: str = "T26-0001") -> Any:
    return office.ask("SELECT * FROM tray WHERE number = :number", number=number)[0]


def kept_of(office: TestOffice, case: str) -> list[Any]:
    with reading(office.engine) as db:
        return scans.kept_of_case(db, office.case(case).id)


def files_under(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def in_the_tray(office: TestOffice, scanner: Scanner, pages: int = 1) -> str:
    """Return a case whose forms are in the post, with so many pages in the tray."""
    case, _ = office.mailed()
    scanner.scan(office, scanner.file(*[""] * pages))
    return case


# -- looking ----------------------------------------------------------------------------------------------------


def test_the_list_says_which_matched_page_lay_near(office: TestOffice, scanner: Scanner) -> None:
    (one, code), (other, its_code) = office.mailed(), office.mailed()
    scanner.scan(office, scanner.file("", mark(one, code, 1), "", "", mark(other, its_code, 2), ""), scanner.file(""))

    with reading(office.engine) as db:
        found = tray.waiting(db, office.at(db))

    assert [(page.file_page, page.near and (page.near.case, page.near.page)) for page in found] == [
        (1, (one, 1)), (3, (one, 1)), (4, (one, 1)), (6, (other, 2)), (1, None),
    ]  # fmt: skip
    assert {page.why for page in found} == {Why.NO_CODE}
    assert not any(page.overdue for page in found)


def test_each_look_is_recorded_and_shows_the_page(office: TestOffice, scanner: Scanner) -> None:
    in_the_tray(office, scanner)
    (page,) = next(iter(scanner.pages.values()))

    with office.writing() as db:
        whole = tray.look(db, "T26-0001", SATO, office.at(db))
        small = tray.look(db, "T26-0001", SATO, office.at(db), thumbnail=True)

    assert (whole, small) == (page.picture, page.thumbnail)
    events = office.ask("SELECT actor, details FROM office_event WHERE what = 'tray_seen' ORDER BY seq")
    assert [event.actor for event in events] == ["sato", "sato"]


@pytest.mark.parametrize("deed", ["look", "destroy", "assign"])
def test_what_is_not_in_the_tray_is_said(office: TestOffice, scanner: Scanner, deed: str) -> None:
    case = in_the_tray(office, scanner)
    sorting.destroy("T26-0001", Discard.BLANK, SATO, office.unit)

    def do(number: str) -> None:
        if deed == "look":
            with office.writing() as db:
                tray.look(db, number, SATO, office.at(db))
        elif deed == "destroy":
            sorting.destroy(number, Discard.BLANK, SATO, office.unit)
        else:
            assign(office, number, case, FormPage(FormName.DISCLOSURE, 1))

    with pytest.raises(tray.NotWaiting, match="T26-0001"):
        do("T26-0001")
    with pytest.raises(tray.NoSuchPage):
        do("T26-0009")


# -- destroying -------------------------------------------------------------------------------------------------


def test_a_destroyed_page_is_gone_with_its_key_and_the_record_says_why(office: TestOffice, scanner: Scanner) -> None:
    in_the_tray(office, scanner)

    done = sorting.destroy("T26-0001", Discard.NOT_OURS, TANAKA, office.unit)

    row = row_of(office)
    assert done == Destroyed("T26-0001", Discard.NOT_OURS)
    assert (row.state, row.reason, row.ended_by, row.thumbnail) == ("destroyed", "not_ours", VERIFIER, None)
    assert row.cleared_at is not None
    assert files_under(office.settings.tray) == []
    with pytest.raises(KeyDestroyed):
        office.keys.get("T26-0001")


def test_a_crash_between_the_record_and_the_destruction_is_made_good_by_the_next_look(
    office: TestOffice, scanner: Scanner
) -> None:
    in_the_tray(office, scanner)
    office.tell("UPDATE tray SET state = 'destroyed', reason = 'blank', thumbnail = NULL")

    first = tray.clear(office.unit)
    second = tray.clear(office.unit)

    assert (first, second) == (["T26-0001"], [])
    assert files_under(office.settings.tray) == []
    with pytest.raises(KeyDestroyed):
        office.keys.get("T26-0001")


@pytest.mark.parametrize("role", [Role.APPROVER, Role.SYSTEM])
def test_who_may_not_sort_changes_nothing(office: TestOffice, scanner: Scanner, role: Role) -> None:
    case = in_the_tray(office, scanner)
    somebody = Actor("somebody", frozenset({role}))

    with pytest.raises(sorting.MayNotSort):
        sorting.destroy("T26-0001", Discard.BLANK, somebody, office.unit)
    with pytest.raises(sorting.MayNotSort):
        assign(office, "T26-0001", case, LICENCE, by=somebody)

    assert row_of(office).state == "waiting"


# -- assigning --------------------------------------------------------------------------------------------------


def test_a_page_of_a_form_whose_code_was_spoilt_completes_its_form(office: TestOffice, scanner: Scanner) -> None:
    case, code = office.mailed()
    first = scanner.scan(office, scanner.file(mark(case, code, 1), ""))

    done = assign(office, "T26-0001", case, FormPage(FormName.DISCLOSURE, 2))
    again = scanner.scan(office, *scanner.pages)

    assert done == Kept("T26-0001", "P26-000002", case)
    assert first.matched[0].missing == (2,)
    assert (again.matched[0].pages, again.matched[0].missing, again.clean) == (2, (), True)
    assert [page.state for page in again.known] == ["kept", "assigned"]


@pytest.mark.requirement("S27", "F8")
def test_a_paper_with_something_to_mask_is_not_kept_without_an_answer(office: TestOffice, scanner: Scanner) -> None:
    case = in_the_tray(office, scanner)

    refused = assign(office, "T26-0001", case, PaperPage("drivers_licence", Party.SUBJECT))
    free = assign(office, "T26-0001", case, PaperPage("residence_card", Party.SUBJECT))

    assert isinstance(refused, Refused)
    assert codes_of(refused.reasons) == ["tray.masking_unanswered"]
    assert refused.reasons[0].params["items"] == ["registered_domicile"]
    assert isinstance(free, Kept)  # nothing on it must be blocked out
    assert [row.masking for row in kept_of(office, case)] == [None]


@pytest.mark.parametrize(
    ("answer", "areas", "stored"),
    [(Masked.MASKED, [], "masked"), (Masked.NOT_SHOWN, [], "not_shown"), (None, EVERYTHING, "burnt")],
)
def test_each_of_the_three_answers_is_kept_with_the_page(
    office: TestOffice, scanner: Scanner, answer: Masked | None, areas: list[Area], stored: str
) -> None:
    case = in_the_tray(office, scanner)

    assign(office, "T26-0001", case, PaperPage("drivers_licence", Party.SUBJECT, answer), areas=areas, mask=black)

    (row,) = kept_of(office, case)
    assert (row.sort, row.type, row.holder, row.masking, row.by) == (
        "document", "drivers_licence", "subject", stored, "sato",
    )  # fmt: skip


@pytest.mark.requirement("S27", "F8")
def test_what_is_masked_is_burnt_in_before_it_is_kept_and_nothing_of_the_original_is_left(
    sqlite_url: str, home: Path, tmp_path: Path
) -> None:
    office = TestOffice(sqlite_url, home)
    case, _ = office.mailed()
    original = a_picture()
    path = tmp_path / "licence.jpg"
    path.write_bytes(original)
    scanner = Scanner(tmp_path)
    scanner.pages[path] = [ScannedPage(1, (), original, original[:500], 800, 600)]
    scanner.scan(office, path)
    row, key = row_of(office), office.keys.get("T26-0001")
    sealed = (office.settings.tray / row.path).read_bytes()

    assign(office, "T26-0001", case, PaperPage("drivers_licence", Party.SUBJECT), areas=[Area(0.25, 0.25, 0.5, 0.5)])

    (kept,) = kept_of(office, case)
    shown = store.get(office.settings.evidence, "scan_page", kept, office.keys.get(kept.number))
    with Image.open(BytesIO(shown)) as picture:
        grey = picture.convert("L")
        burnt, rest = grey.crop((210, 160, 590, 440)).tobytes(), grey.crop((10, 10, 180, 130)).tobytes()
    assert max(burnt) < 40
    assert min(rest) > 200
    everything = [path.read_bytes() for path in files_under(home)]
    for part in (original[100:160], sealed[40:100], shown[100:160]):
        assert not any(part in content for content in everything)
    with pytest.raises(KeyDestroyed):
        office.keys.get("T26-0001")
    assert key is not None
    assert row_of(office).thumbnail is None
    office.close()


def a_picture() -> bytes:
    """Return a white page with noise in its middle, so that its bytes are like no other's."""
    picture = Image.new("L", (800, 600), 255)
    picture.paste(Image.effect_noise((400, 300), 120), (200, 150))
    out = BytesIO()
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()


@pytest.mark.requirement("F8")
def test_the_back_of_a_my_number_card_is_destroyed_and_recorded_never_kept(
    office: TestOffice, scanner: Scanner
) -> None:
    case = in_the_tray(office, scanner)

    done = assign(office, "T26-0001", case, PaperPage("my_number_card", Party.SUBJECT, Masked.MASKED, back=True))

    assert done == Destroyed("T26-0001", Discard.MY_NUMBER_BACK)
    assert (row_of(office).state, row_of(office).reason) == ("destroyed", "my_number_back")
    assert kept_of(office, case) == []
    assert files_under(office.settings.tray) == files_under(office.settings.evidence) == []
    (event,) = office.ask("SELECT actor, details FROM office_event WHERE what = 'tray_destroyed'")
    assert "my_number_back" in str(event.details)


@pytest.mark.parametrize(
    ("what", "code"),
    [
        (PaperPage("library_card", Party.SUBJECT), "tray.unknown_paper"),
        (PaperPage("notification_card", Party.SUBJECT, Masked.MASKED), "tray.never_kept"),
    ],
)
def test_a_paper_that_is_none_is_refused_and_stays_in_the_tray(
    office: TestOffice, scanner: Scanner, what: PaperPage, code: str
) -> None:
    case = in_the_tray(office, scanner)

    refused = assign(office, "T26-0001", case, what)

    assert isinstance(refused, Refused)
    assert codes_of(refused.reasons) == [code]
    assert row_of(office).state == "waiting"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_paper_that_is_none_is_told_with_the_codes_that_can_be_typed_the_likeliest_first(
    office: TestOffice, scanner: Scanner, language: Language
) -> None:
    case = in_the_tray(office, scanner)

    refused = assign(office, "T26-0001", case, PaperPage("licence", Party.SUBJECT))

    assert isinstance(refused, Refused)
    codes = say(refused.reasons[0], language).removesuffix("。").rpartition("：" if language == "ja" else ": ")[2]
    assert "drivers_licence" in codes.split(", ")[:5]
    assert sorted(codes.split(", ")) == papers_known("jp-appi")


def test_a_picture_that_cannot_be_masked_stays_where_it_is(office: TestOffice, scanner: Scanner) -> None:
    case = in_the_tray(office, scanner)

    def broken(picture: bytes, areas: Sequence[Area]) -> tuple[bytes, bytes]:
        raise Unreadable("damaged")

    with pytest.raises(Unreadable):
        assign(office, "T26-0001", case, LICENCE, areas=EVERYTHING, mask=broken)

    assert row_of(office).state == "waiting"
    assert office.ask("SELECT * FROM scan_page") == []
    assert files_under(office.settings.evidence) == []


def test_a_page_of_others_under_our_number_is_neither_taken_for_ours_nor_removed(
    office: TestOffice, scanner: Scanner
) -> None:
    case = in_the_tray(office, scanner)
    lying = office.settings.evidence / store.path_of("P26-000001")
    lying.parent.mkdir(parents=True)
    lying.write_bytes(b"of a database that was put aside")

    with pytest.raises(store.StoreTaken):
        assign(office, "T26-0001", case, LICENCE)
    again = assign(office, "T26-0001", case, LICENCE)

    assert lying.read_bytes() == b"of a database that was put aside"
    assert again == Kept("T26-0001", "P26-000002", case)
    lying.unlink()


class Crash(BaseException):
    """The process is gone: nothing catches this."""


@pytest.mark.parametrize("committed", [False, True])
def test_a_crash_at_any_transaction_of_an_assignment_loses_nothing_and_doubles_nothing(
    office: TestOffice, scanner: Scanner, committed: bool
) -> None:
    from contextlib import contextmanager

    case = in_the_tray(office, scanner, pages=8)
    numbers = [row.number for row in office.ask("SELECT number FROM tray ORDER BY id")]
    crashes = 0
    for at, number in enumerate(numbers):
        count = iter(range(100))

        @contextmanager
        def dying(count: Any = count, at: int = at) -> Any:
            last = next(count) == at
            with office.writing() as db:
                yield db
                if last and not committed:
                    raise Crash
            if last:
                raise Crash

        try:
            sorting.assign(number, case, LICENCE, SATO, replace(office.unit, begin=dying))
        except Crash:
            crashes += 1
            if row_of(office, number).state == "waiting":
                assign(office, number, case, LICENCE)
    tray.clear(office.unit)

    assert crashes >= 4
    assert {row.state for row in office.ask("SELECT state FROM tray")} == {"assigned"}
    assert sorted(row.tray for row in kept_of(office, case)) == numbers
    assert len(office.ask("SELECT * FROM scan_page")) == len(numbers)
    assert len(files_under(office.settings.evidence)) == len(numbers)
    assert files_under(office.settings.tray) == []


# -- telling ----------------------------------------------------------------------------------------------------


def test_a_page_that_waits_for_more_than_a_working_day_is_told_once(office: TestOffice, scanner: Scanner) -> None:
    in_the_tray(office, scanner)

    def told() -> int:
        with office.writing() as db:
            return tray.tell(db, office.at(db))

    assert office.now is not None
    same_day = told()
    office.move_to(office.now + timedelta(days=2))
    later = [told(), told()]

    assert (same_day, later) == (0, [1, 0])
    with reading(office.engine) as db:
        (page,) = tray.waiting(db, office.at(db))
        assert (page.age_days, page.overdue) == (2, True)
        said = [n for n in notices(db, office.at(db), "en") if n["code"] == "notice.tray_waits"]
        assert tray.overdue(db, office.at(db)) == 1
    assert [(notice["role"], "T26-0001" in notice["text"]) for notice in said] == [("clerk", True)]


def test_what_was_scanned_and_not_registered_is_counted_in_the_morning(office: TestOffice, scanner: Scanner) -> None:
    (case, code), (other, its_code) = office.mailed(), office.mailed()
    scanner.scan(office, scanner.file(mark(case, code, 1, 1), mark(other, its_code, 1, 1)))

    def unregistered() -> list[str]:
        with reading(office.engine) as db:
            return papers.unregistered(db)

    before = unregistered()
    office.must(case, "receive_forms", office.an_arrival(code))
    after = unregistered()
    office.must(other, "receive_forms", office.an_arrival(its_code, proven=False))
    office.must(other, "ask_again")
    asked = unregistered()
    next_code = office.code_of(other)
    office.make_letters(other)
    office.print_letters(other)
    office.must(other, "mail_forms")
    assert office.now is not None
    assert next_code is not None
    office.move_to(office.now + timedelta(days=1))
    scanner.scan(office, scanner.file(mark(other, next_code, 1, 1)))

    assert (before, after, asked, unregistered()) == ([case, other], [other], [], [other])


def test_the_pages_of_a_case_are_counted_and_each_look_is_recorded(office: TestOffice, scanner: Scanner) -> None:
    case, code = office.mailed()
    file = scanner.file(mark(case, code, 1, 1), "")
    scanner.scan(office, file)
    assign(office, "T26-0001", case, LICENCE)

    with office.writing() as db:
        row = office.case(case)
        opened = list(papers.pages(db, row, TANAKA, office.at(db)))
        held = papers.held(db, row.id)

    assert [page.name for page in opened] == ["P26-000001-disclosure-1.jpg", "P26-000002-drivers_licence-subject.jpg"]
    assert [page.picture for page in opened] == [page.picture for page in scanner.pages[file]]
    assert held == 2
    (event,) = office.ask("SELECT actor, details FROM office_event WHERE what = 'papers_seen'")
    assert event.actor == VERIFIER


def test_the_pages_of_an_erased_case_can_be_read_by_nobody(office: TestOffice, scanner: Scanner) -> None:
    case, code = office.mailed()
    scanner.scan(office, scanner.file(mark(case, code, 1, 1)))
    office.keys.destroy(case)

    with pytest.raises(papers.Erased), office.writing() as db:
        list(papers.pages(db, office.case(case), TANAKA, office.at(db)))


def test_the_lead_may_sort_too_and_the_real_masking_is_the_default() -> None:
    sorting.may_sort(Actor(LEAD, frozenset({Role.LEAD})))

    assert signature(sorting.assign).parameters["mask"].default is room.mask
