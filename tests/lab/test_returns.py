"""The demo's returns: what a scan finds otherwise is named, and the tray is emptied as a clerk sees it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from lab.demo.returns import Pack, Returns, pages_of
from lab.letters_sheet import a_letter
from lab.post_office.fates import Leaf, Machine, Piece, Ruin
from lab.stories import Scan
from services.returns.pages import Area
from services.returns.sorting import Destroyed, FormPage, Kept, PaperPage
from services.returns.values import Place, Scanned, Unmatched
from tests.services.paper import pdf_of
from workflows.engine.machine import Refused
from workflows.engine.values import Language, Reason
from workflows.law.values import Category, Right
from workflows.request.payloads import Open
from workflows.request.returns import Why
from workflows.request.values import Channel, FormName, LetterKind, Party, Person

DAY = date(2026, 11, 24)
CASE = "26-000017-Y"
CONTACT = Open(
    rights=(Right.DISCLOSURE,),
    category=Category.CUSTOMER,
    channel=Channel.POST,
    language=Language.EN,
    subject=Person(name="Jane Example", postcode="000-0101", address="2-2-1 Midoridai, Reiji-shi"),
)
MASK = (Area(0.1, 0.28, 0.78, 0.06),)


@dataclass
class PlayedScanner:
    """A scanner that finds nothing, or lays every page into the tray, and a tray that keeps or refuses."""

    in_tray: int = 0
    refuses: bool = False
    files: list[Path] = field(default_factory=list)
    assigned: list[tuple[str, FormPage | PaperPage, tuple[Area, ...]]] = field(default_factory=list)

    def scan(self, files: Sequence[Path], tick: Callable[[int, int], None]) -> Scanned:
        self.files += files
        places = [Place(file, number) for file in files for number in range(1, self.in_tray + 1)]
        lying = [Unmatched(f"T26-{number:04d}", place, Why.NO_CODE) for number, place in enumerate(places, 1)]
        return Scanned(datetime(2026, 11, 24, 2, tzinfo=UTC), unmatched=tuple(lying))

    def assign(
        self, tray: str, case: str, what: FormPage | PaperPage, areas: Sequence[Area] = ()
    ) -> Kept | Destroyed | Refused:
        self.assigned.append((case, what, tuple(areas)))
        return Refused((Reason("tray.no_forms", {"case": case}),)) if self.refuses else Kept(tray, "P26-000001", case)


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf_of(LetterKind.REQUEST_FORMS, Language.EN))
    return path


def a_pack(letter: Path, scan: Scan) -> Pack:
    return Pack(CASE, CONTACT, letter, {"forms": ["disclosure"], "signed": {"disclosure": True}}, scan)


def all_but(*kept: str) -> Iterator[str]:
    """Yield the names of all pages of forms in the letter but these."""
    forms = a_letter(LetterKind.REQUEST_FORMS, Language.EN).forms
    yield from (f"{form} {page}" for form in forms for page in range(1, 4) if f"{form} {page}" not in kept)


def test_what_the_scan_did_not_find_is_a_deviation_and_has_no_code(letter: Path, tmp_path: Path) -> None:
    scanner = PlayedScanner()
    returns = Returns(scanner, tmp_path / "returns", "en")

    codes = returns.bring([a_pack(letter, Scan(Machine.FAX, missing=tuple(all_but("disclosure 1"))))], DAY)

    assert codes == {}
    assert f"scanned returns: a form was not found: {CASE} disclosure" in returns.wrong
    assert [file.parent for file in scanner.files] == [tmp_path / "returns"]
    assert returns.files == 1


@pytest.mark.parametrize("refuses", [False, True])
def test_the_tray_is_emptied_as_a_clerk_sees_it_and_a_refusal_is_named(
    refuses: bool, letter: Path, tmp_path: Path
) -> None:
    scanner = PlayedScanner(in_tray=2, refuses=refuses)
    returns = Returns(scanner, tmp_path / "returns", "en")
    scan = Scan(
        missing=tuple(all_but("disclosure 2")),
        unreadable={"disclosure 2": Ruin.BLACKENED},
        copies={"resident_record": MASK},
    )

    returns.bring([a_pack(letter, scan)], DAY)

    assert sorted(scanner.assigned, key=lambda one: len(one[2])) == [
        (CASE, FormPage(FormName.DISCLOSURE, 2, 2), ()),
        (CASE, PaperPage("resident_record", Party.SUBJECT), MASK),
    ]
    assert len(returns.wrong) == (2 if refuses else 0)


def test_an_envelope_holds_what_its_story_says_and_no_page_more(letter: Path) -> None:
    piece = Piece(CASE, {FormName.DISCLOSURE: 2}, ("passport",), slip=False)
    scan = Scan(Machine.FAX, ("disclosure 1",), {"disclosure 2": Ruin.TORN}, {"passport": MASK})

    pages = list(pages_of(a_pack(letter, scan), piece))

    assert [page.leaf for page in pages] == [Leaf(FormName.DISCLOSURE, 2), Leaf(paper="passport")]
    assert [page.wear.ruin for page in pages] == [Ruin.TORN, None]
    assert {page.wear.machine for page in pages} == {Machine.FAX}
