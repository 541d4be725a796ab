"""A dozen packs through real letters, real pixels, the real reading and the real register; and that a lie is seen.

Two days' mail, one on each kind of database, that hold between them all that can befall a pack: pages missing, doubled,
without a code left, from every machine. ``make round-trip`` sends five hundred, and MADOGUCHI_TEST_PACKS says how many
a day here.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from lab.post_office.fates import ROUND_TRIP, Machine, Odds, Piece, fate, mixed_up
from lab.post_office.filling import Wish
from lab.post_office.people import papers_of, request_of
from lab.post_office.stacks import Made, Source, make, piece_of, stacked
from lab.post_office.truth import Truth, by_distortion, deviations, read_rightly
from services.returns.register import scan
from services.returns.values import Foreign, Place, Scanned, Unmatched
from tests.checker import assert_sound
from tests.office import CLERK, MONDAY, TestOffice
from workflows.engine.values import Actor, Role
from workflows.request.payloads import MailForms
from workflows.request.returns import Next, Why

PACKS = int(os.environ.get("MADOGUCHI_TEST_PACKS", "6"))
DAYS = [25, 24]
"""Seeds: of the first forty the two whose few pages have the most befall them between them."""
# The slip that most people leave out, papers without a code, and colour take time and show nothing more here.
ODDS: Odds = replace(
    ROUND_TRIP,
    outdated=0,
    machines={
        Machine.SCANNER: 0.6,
        Machine.WORN_COPY: 0.18,
        Machine.FAX: 0.14,
        Machine.COLOUR_SCANNER: 0.04,
        Machine.CAMERA: 0.04,
    },
)
ENCLOSES, SENDS_SLIP = 24, 10


@dataclass(frozen=True)
class Trip:
    office: TestOffice
    pieces: list[Piece]
    made: list[Made]
    truth: Truth
    scanned: Scanned


@pytest.fixture(scope="module", params=DAYS)
def trip(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trip]:
    """The packs of a day, posted, filled in, shuffled, and scanned back; on each kind of database in turn."""
    seed: int = request.param
    folder = tmp_path_factory.mktemp("returns")
    office, url = an_office(request, folder, seed)
    opened = [request_of(seed, index, MONDAY.date()) for index in range(PACKS)]
    cases = [office.must(None, "open", one).case for one in opened]
    office.make_letters(typeset=True)
    spool = {row.number: office.settings.spool / row.path for row in office.ask("SELECT number, path FROM letter")}
    pieces, sources = [], {}
    for index, (case, asked) in enumerate(zip(cases, opened, strict=True)):
        assert case is not None
        office.print_letters(case)
        office.must(case, "mail_forms", MailForms())
        piece = piece_of(case, spool[f"{case}-01"], papers_of(seed, index) if index % ENCLOSES == 0 else ())
        pieces.append(replace(piece, slip=index % SENDS_SLIP == 0))
        wish = Wish(
            language=asked.language, subject=asked.subject, representative=asked.representative,
            rights=asked.rights, day=MONDAY.date() + timedelta(days=3), forms=tuple(piece.forms),
        )  # fmt: skip
        sources[case] = Source(spool[f"{case}-01"], wish)
    envelopes = [envelope for piece in pieces for envelope in fate(seed, piece, ODDS).envelopes]
    pages = [page for envelope in mixed_up(seed, envelopes, ODDS) for page in envelope.pages]
    made = [make(stack, sources, seed, folder) for stack in stacked(seed, pages, "mail")]
    office.move_to(MONDAY + timedelta(days=7))
    who = Actor(CLERK, frozenset({Role.CLERK}))
    scanned = scan([one.path for one in made], who, office.unit)
    yield Trip(office, pieces, made, Truth.of(pieces, made), scanned)
    assert_sound(url, office.settings.spool, office.told, settled=False)
    office.close()


def an_office(request: pytest.FixtureRequest, folder: Path, seed: int) -> tuple[TestOffice, str]:
    import shutil

    if seed % 2:
        file = folder / "office.sqlite3"
        shutil.copyfile(request.getfixturevalue("migrated_sqlite"), file)
        url = f"sqlite:///{file}"
    else:
        server: Any = request.getfixturevalue("postgres")
        url = server.create(request.getfixturevalue("migrated_postgres"))
        request.addfinalizer(lambda: server.drop(url))
    return TestOffice(url, folder / "home"), url


@pytest.mark.timeout(1800)
@pytest.mark.requirement("S18")
def test_nothing_is_mixed_up_everything_missing_is_named_and_the_unreadable_lies_in_the_tray(trip: Trip) -> None:
    assert deviations(trip.truth, trip.scanned) == []

    # And the run was one that could have gone wrong.
    assert len(trip.pieces) == PACKS
    assert trip.truth.tray
    assert any(form.missing or form.doubled for form in trip.truth.forms.values())
    assert {one.path.suffix for one in trip.made} >= {".pdf", ".jpg"}
    # One trip, looked at once: workers that share these tests would each play it again.
    every_page_with_a_code_left_is_read(trip)
    whole_returns_are_proposed_for_receiving_and_those_with_a_gap_for_asking(trip)
    a_scan_that_lies_is_found_out(trip)


def every_page_with_a_code_left_is_read(trip: Trip) -> None:
    read = read_rightly(trip.truth, trip.scanned)

    counts = by_distortion(trip.truth, read)

    ruined = {"blackened", "torn", "soaked", "pasted_over"}
    lost = {name: (good, of) for name, (good, of) in counts.items() if good < of and name not in ruined}
    coded = [page for page in trip.truth.pages.values() if page.readable]
    assert len(read) == len(coded)
    # A page that was ruined counts among those that were skewed or creased, and is not read.
    assert all(of - good <= len(trip.truth.tray) for good, of in lost.values())


def whole_returns_are_proposed_for_receiving_and_those_with_a_gap_for_asking(trip: Trip) -> None:
    gaps = {case for (case, _), form in trip.truth.forms.items() if form.missing}

    for one in trip.scanned.cases:
        assert one.next is (Next.RECEIVE_ASK if one.case in gaps else Next.RECEIVE)
    assert {row.state for row in trip.office.ask('SELECT state FROM "case"')} == {"forms_mailed"}


def a_scan_that_lies_is_found_out(trip: Trip) -> None:
    truth, told = trip.truth, trip.scanned
    form = next(one for one in told.matched if not one.missing and not one.doubled)
    others = tuple(one for one in told.matched if one is not form)
    tray = told.unmatched[0]
    elsewhere = replace(form, case="26-999999-X")

    def kinds(lie: Scanned) -> set[str]:
        return {one.kind for one in deviations(truth, lie)}

    assert kinds(replace(told, matched=others)) >= {"form_not_found", "page_otherwise"}
    assert kinds(replace(told, matched=(elsewhere, *others))) >= {"form_from_nowhere", "page_otherwise"}
    assert "form_otherwise" in kinds(replace(told, matched=(replace(form, missing=(9,)), *others)))
    assert "form_otherwise" in kinds(replace(told, matched=(replace(form, doubled=(1,)), *others)))
    assert "not_in_tray" in kinds(replace(told, unmatched=told.unmatched[1:]))
    more = Unmatched("T26-999999-X", form.places[0], Why.NO_CODE)
    assert "in_tray" in kinds(replace(told, unmatched=(*told.unmatched, more)))
    assert "in_tray" in kinds(replace(told, unmatched=(*told.unmatched, tray)))
    assert "foreign_page" in kinds(replace(told, foreign=(Foreign("T26-999999-X", Place(Path("x"), 1)),)))
