"""Returned forms registered: each page once, sealed, under its case or in the tray."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from models.keys import KeyMissing
from models.session import transaction
from services.returns import store
from services.returns.pages import ScannedPage, Unreadable
from services.returns.register import CHUNK, MayNotScan, NotYetArrived, scan
from services.returns.values import Place
from tests.office import TestOffice
from tests.patient import patient_engine
from tests.services.pages import files_under, pages_of, tray_of
from tests.services.scans_fakes import SATO, Scanner, cover, mark
from workflows.engine.numbers import make_code
from workflows.engine.values import Actor, Role
from workflows.law.values import Right
from workflows.request.payloads import Amend
from workflows.request.returns import Next, Why
from workflows.request.values import CodeState, FormName


@pytest.mark.requirement("S18")
def test_a_form_that_came_back_whole_is_matched_and_its_pages_are_kept_sealed(
    office: TestOffice, scanner: Scanner
) -> None:
    case, code = office.mailed()
    file = scanner.file(mark(case, code, 1), mark(case, code, 2))

    found = scanner.scan(office, file)

    (form,) = found.matched
    assert (form.case, form.form, form.pages, form.of, form.missing, form.doubled) == (
        case, FormName.DISCLOSURE, 2, 2, (), (),
    )  # fmt: skip
    assert (form.state, form.code, form.places) == (CodeState.GOOD, code, (Place(file, 1), Place(file, 2)))
    assert found.clean
    rows = pages_of(office)
    assert [(row.number, row.state, row.page) for row in rows] == [("P26-000001", "kept", 1), ("P26-000002", "kept", 2)]
    lying = files_under(office.settings.evidence)
    assert [str(path.relative_to(office.settings.evidence)) for path in lying] == [row.path for row in rows]
    assert all(b"CANARY" not in path.read_bytes() and path.stat().st_mode & 0o077 == 0 for path in lying)
    key = office.keys.get(case)
    assert [store.get(office.settings.evidence, "scan_page", row, key) for row in rows] == [
        page.picture for page in scanner.pages[file]
    ]


@pytest.mark.requirement("S18")
def test_pages_of_many_cases_come_in_any_order_from_any_number_of_files(office: TestOffice, scanner: Scanner) -> None:
    (one, code), (other, its_code) = office.mailed(), office.mailed()
    first = scanner.file(mark(one, code, 2), mark(other, its_code, 1))
    second = scanner.file(mark(other, its_code, 2), mark(one, code, 1))

    found = scanner.scan(office, first, second)

    assert [(form.case, form.pages, form.missing) for form in found.matched] == [(one, 2, ()), (other, 2, ())]
    assert found.matched[0].places == (Place(first, 1), Place(second, 2))
    assert [(case.case, case.next, case.pages) for case in found.cases] == [
        (one, Next.RECEIVE, 2), (other, Next.RECEIVE, 2),
    ]  # fmt: skip


def test_what_is_missing_and_what_came_twice_is_named(office: TestOffice, scanner: Scanner) -> None:
    case, code = office.mailed()
    file = scanner.file(mark(case, code, 3, 3), mark(case, code, 1, 3), mark(case, code, 3, 3))

    found = scanner.scan(office, file)

    (form,) = found.matched
    assert (form.pages, form.of, form.missing, form.doubled) == (2, 3, (2,), (3,))
    assert found.cases[0].next is Next.RECEIVE_ASK
    assert not found.clean


def test_a_form_of_which_no_page_came_is_named(office: TestOffice, scanner: Scanner) -> None:
    case, code = office.mailed(rights=(Right.DISCLOSURE, Right.HALT_USE))

    first = scanner.scan(office, scanner.file(mark(case, code, 1, 1)))
    second = scanner.scan(office, scanner.file(mark(case, code, 1, 2, "halt")))

    assert first.matched[0].sound
    assert not first.clean
    assert [(case.absent, case.missing, case.next) for case in (*first.cases, *second.cases)] == [
        ((FormName.HALT,), ("form:halt",), Next.RECEIVE_ASK),
        ((), ("pages",), Next.RECEIVE_ASK),
    ]


def test_a_form_signed_in_an_earlier_round_need_not_come_again(office: TestOffice, scanner: Scanner) -> None:
    case, code = office.mailed(rights=(Right.DISCLOSURE, Right.HALT_USE))
    office.write_facts(case, forms={"halt": True})

    found = scanner.scan(office, scanner.file(mark(case, code, 1, 1)))

    assert (found.cases[0].absent, found.clean) == ((), True)


def test_a_page_that_comes_on_another_day_completes_its_form(office: TestOffice, scanner: Scanner) -> None:
    case, code = office.mailed()
    first = scanner.scan(office, scanner.file(mark(case, code, 1)))
    assert office.now is not None
    office.move_to(office.now + timedelta(days=1))

    second = scanner.scan(office, scanner.file(mark(case, code, 2)))

    assert first.matched[0].missing == (2,)
    assert (second.matched[0].pages, second.matched[0].missing) == (2, ())
    assert second.clean
    assert second.cases[0].arrived_at == first.arrived_at  # what counts is when the first of it arrived


def test_the_same_file_scanned_twice_registers_nothing_twice_and_says_so(office: TestOffice, scanner: Scanner) -> None:
    case, code = office.mailed()
    file = scanner.file(mark(case, code, 1), mark(case, code, 2), "", name="a.pdf")
    first = scanner.scan(office, file)
    log = "SELECT * FROM office_event"
    before = (pages_of(office), tray_of(office), files_under(office.settings.var), office.ask(log))

    second = scanner.scan(office, file)

    assert (pages_of(office), tray_of(office), files_under(office.settings.var), office.ask(log)) == before
    assert (second.matched, second.unmatched) == (first.matched, first.unmatched)
    assert first.known == ()
    assert [(page.number, page.state) for page in second.known] == [
        ("P26-000001", "kept"), ("P26-000002", "kept"), ("T26-0001", "waiting"),
    ]  # fmt: skip
    assert (first.cases[0].new, second.cases[0].new) == (True, False)
    third = scanner.scan(office, scanner.file(""))
    assert third.unmatched[0].tray == "T26-0002"  # nor is any number taken twice


def test_the_arrival_is_now_or_earlier_and_never_to_come(office: TestOffice, scanner: Scanner) -> None:
    case, code = office.mailed()
    assert office.now is not None
    earlier, file = office.now - timedelta(hours=2), scanner.file(mark(case, code, 1, 1))

    with pytest.raises(NotYetArrived):
        scanner.scan(office, file, arrived_at=office.now + timedelta(seconds=1))
    nothing = pages_of(office)
    found = scanner.scan(office, file, arrived_at=earlier)

    assert nothing == []
    assert (found.arrived_at, found.cases[0].arrived_at) == (earlier, earlier)


@pytest.mark.parametrize(
    ("role", "may"), [(Role.CLERK, True), (Role.LEAD, True), (Role.VERIFIER, False), (Role.APPROVER, False)]
)
def test_who_may_register_returns(sqlite_url: str, home: Path, scanner: Scanner, role: Role, may: bool) -> None:
    office = TestOffice(sqlite_url, home)
    file = scanner.file("")

    try:
        scanner.scan(office, file, by=Actor("somebody", frozenset({role})))
        done = True
    except MayNotScan:
        done = False

    assert done is may
    assert len(tray_of(office)) == may
    office.close()


# -- what cannot be matched -------------------------------------------------------------------------------------


@pytest.mark.requirement("F8")
def test_a_page_without_a_code_waits_in_the_tray_sealed_under_a_key_of_its_own(
    office: TestOffice, scanner: Scanner
) -> None:
    case, code = office.mailed()
    file = scanner.file(mark(case, code, 1, 1), "", "https://example.com/a-code-on-a-card")

    found = scanner.scan(office, file)

    assert [(page.tray, page.place, page.why) for page in found.unmatched] == [
        ("T26-0001", Place(file, 2), Why.NO_CODE), ("T26-0002", Place(file, 3), Why.NO_CODE),
    ]  # fmt: skip
    rows = tray_of(office)
    for row in rows:
        key = office.keys.get(row.number)
        picture = scanner.pages[file][row.file_page - 1]
        assert store.get(office.settings.tray, "tray", row, key) == picture.picture
        assert key.open("tray", "thumbnail", row.number, row.thumbnail) == picture.thumbnail
    assert all(b"CANARY" not in path.read_bytes() for path in files_under(office.settings.var))
    assert found.matched[0].sound
    assert not found.clean


def test_a_code_the_office_never_gave_out_is_foreign(office: TestOffice, scanner: Scanner) -> None:
    case, _ = office.mailed()
    file = scanner.file(
        mark(case, make_code(bytes(10)), 1), "MG1 something that was made to look like ours", cover(f"{case}-77")
    )

    found = scanner.scan(office, file)

    assert [(page.tray, page.place.page) for page in found.foreign] == [
        ("T26-0001", 1), ("T26-0002", 2), ("T26-0003", 3),
    ]  # fmt: skip
    assert (found.matched, found.unmatched) == ((), ())


def test_a_code_beside_another_case_than_its_own_is_left_to_a_person(office: TestOffice, scanner: Scanner) -> None:
    (_, code), (other, _) = office.mailed(), office.mailed()

    found = scanner.scan(office, scanner.file(mark(other, code, 1)))

    assert [page.why for page in found.unmatched] == [Why.CASE_DIFFERS]
    assert pages_of(office) == []


def test_a_page_whose_two_codes_disagree_is_left_to_a_person(office: TestOffice, scanner: Scanner) -> None:
    (one, code), (other, its_code) = office.mailed(), office.mailed()
    file = scanner.file(
        [mark(one, code, 1), mark(other, its_code, 1)],
        [mark(one, code, 1), mark(one, code, 2)],
        [mark(one, code, 1), "MG1 nonsense"],
        [mark(one, code, 1), "a code of the post office"],
    )

    found = scanner.scan(office, file)

    assert [(page.place.page, page.why) for page in found.unmatched] == [(n, Why.SEVERAL) for n in (1, 2, 3)]
    assert [form.places for form in found.matched] == [(Place(file, 4),)]


def test_our_own_cover_letter_is_recognised_kept_and_never_unmatched(office: TestOffice, scanner: Scanner) -> None:
    case, code = office.mailed()
    file = scanner.file(cover(f"{case}-01", 2), mark(case, code, 1, 1))

    found = scanner.scan(office, file)

    (page,) = found.letters
    assert (page.letter, page.case, page.number, page.of) == (f"{case}-01", case, 2, 3)
    assert found.clean
    assert [(row.sort, row.letter) for row in pages_of(office)] == [("letter", f"{case}-01"), ("form", None)]


@pytest.mark.parametrize("pages", [1, CHUNK, 2 * CHUNK + 1])
def test_of_a_file_that_cannot_be_read_to_its_end_nothing_is_left_and_the_others_go_on(
    office: TestOffice, scanner: Scanner, pages: int
) -> None:
    case, code = office.mailed()
    broken = scanner.broken(mark(case, code, 1), *[""] * (pages - 1), code="too_many_pixels")
    sound = scanner.file(mark(case, code, 1, 1))

    found = scanner.scan(office, broken, sound)

    assert [(one.file, one.code) for one in found.refused] == [(broken, "too_many_pixels")]
    assert [(form.pages, form.doubled) for form in found.matched] == [(1, ())]
    assert tray_of(office) == files_under(office.settings.tray) == []
    assert len(pages_of(office)) == len(files_under(office.settings.evidence)) == 1
    for number in range(1, pages - CHUNK + 1):
        with pytest.raises(KeyMissing):
            office.keys.get(f"T26-{number:04d}")


@pytest.mark.parametrize("first_to_end", ["the refused one", "the sound one"])
def test_two_scans_of_one_file_at_once_of_which_one_is_refused_both_end_well(
    office: TestOffice, scanner: Scanner, first_to_end: str
) -> None:
    case, code = office.mailed()
    file = scanner.file(mark(case, code, 1), mark(case, code, 2), *[""] * (CHUNK - 1))
    brought, refused, own = threading.Event(), threading.Event(), patient_engine(office.url)
    told: list[Any] = []

    def sound(path: Path) -> Iterator[ScannedPage]:
        yield from scanner.pages[path]
        if first_to_end == "the refused one":
            brought.set()
            refused.wait(60)

    def the_other() -> None:
        told.append(scan([file], SATO, replace(office.unit, begin=lambda: transaction(own)), read=sound))
        brought.set()

    other = threading.Thread(target=the_other)

    def refused_at_its_last_page(path: Path) -> Iterator[ScannedPage]:
        yield from scanner.pages[path][: CHUNK + 1]
        other.start()  # it finds our rows of the first pages there, and counts on them
        brought.wait(60)
        raise Unreadable("too_slow")

    mine = scan([file], SATO, office.unit, read=refused_at_its_last_page)
    refused.set()
    other.join(60)
    own.dispose()

    (found,) = told
    assert [one.code for one in mine.refused] == ["too_slow"]
    assert (len(found.unmatched), sum(form.pages for form in found.matched)) == (CHUNK - 1, 2)
    assert [row.state for row in pages_of(office)] == ["kept"] * 2
    assert [row.state for row in tray_of(office)] == ["waiting"] * (CHUNK - 1)
    assert len(files_under(office.settings.evidence)) == 2
    assert len(files_under(office.settings.tray)) == CHUNK - 1


# -- what a code is worth ---------------------------------------------------------------------------------------


def test_the_state_of_the_code_and_of_the_case_decide_what_is_proposed(office: TestOffice, scanner: Scanner) -> None:
    void, void_code = office.mailed()
    unposted = office.opened()
    unposted_code = office.code_of(unposted)
    returned, code = office.mailed()
    office.must(returned, "receive_forms", office.an_arrival(code))
    office.must(void, "undeliverable", undeliverable())
    office.must(void, "amend", Amend(why="moved", subject={"address": "9-9 Example, Chiyoda-ku, Tokyo"}))
    assert unposted_code is not None

    found = scanner.scan(
        office,
        scanner.file(mark(void, void_code, 1, 1), mark(unposted, unposted_code, 1, 1), mark(returned, code, 1, 1)),
    )

    assert {form.case: form.state for form in found.matched} == {
        void: CodeState.VOID, unposted: CodeState.GOOD, returned: CodeState.OLD,
    }  # fmt: skip
    assert {case.case: case.next for case in found.cases} == {
        void: Next.POST_FIRST, unposted: Next.POST_FIRST, returned: Next.RECEIVED_ALREADY,
    }  # fmt: skip
    assert not found.clean


def undeliverable() -> Any:
    from workflows.letters import ReturnReason
    from workflows.request.payloads import Undeliverable

    return Undeliverable(reason=ReturnReason.MOVED)


def test_forms_of_a_lapsed_case_propose_to_reopen_it_even_with_an_expired_code(
    office: TestOffice, scanner: Scanner
) -> None:
    case, code = office.mailed()
    posted = office.today
    office.reminded(case, posted)
    office.working_day(posted, 41)
    office.sweep()
    assert office.now is not None
    early = scanner.scan(office, scanner.file(mark(case, code, 1, 2)))
    office.move_to((office.now + timedelta(days=200)).replace(hour=10))

    late = scanner.scan(office, scanner.file(mark(case, code, 2, 2)))

    assert (early.matched[0].state, early.cases[0].next) == (CodeState.GOOD, Next.REOPEN_ASK)
    assert (late.matched[0].state, late.cases[0].next) == (CodeState.EXPIRED, Next.REOPEN)


def test_of_two_codes_of_one_case_the_better_one_is_handed_in(office: TestOffice, scanner: Scanner) -> None:
    case, old = office.mailed()
    office.must(case, "undeliverable", undeliverable())
    office.must(case, "amend", Amend(why="moved", subject={"address": "9-9 Example, Chiyoda-ku, Tokyo"}))
    new = office.code_of(case)
    office.make_letters(case)
    office.print_letters(case)
    office.must(case, "mail_forms")
    assert new is not None

    found = scanner.scan(office, scanner.file(mark(case, old, 1, 1), mark(case, new, 1, 1)))

    assert [form.state for form in found.matched] == [CodeState.VOID, CodeState.GOOD]
    (case_found,) = found.cases
    assert (case_found.code, case_found.next, case_found.pages) == (new, Next.RECEIVE, 1)


# -- crashes ----------------------------------------------------------------------------------------------------


def test_another_page_under_our_number_is_never_taken_for_ours(office: TestOffice, scanner: Scanner) -> None:
    case, code = office.mailed()
    target = office.settings.evidence / store.path_of("P26-000001")
    target.parent.mkdir(parents=True)
    target.write_bytes(b"of a database that was put aside")

    with pytest.raises(store.StoreTaken):
        scanner.scan(office, scanner.file(mark(case, code, 1, 1)))

    assert target.read_bytes() == b"of a database that was put aside"
    target.unlink()
    office.tell("DELETE FROM scan_page")


def test_a_page_of_an_erased_case_can_be_kept_nowhere_but_in_the_tray(office: TestOffice, scanner: Scanner) -> None:
    case, code = office.mailed()
    with office.writing() as db:
        from sqlalchemy import update

        from models.case import case as table

        db.execute(update(table).where(table.c.number == case).values(erased_at=office.at(db).now))

    found = scanner.scan(office, scanner.file(mark(case, code, 1, 1), cover(f"{case}-01")))

    assert [page.why for page in found.unmatched] == [Why.ERASED, Why.ERASED]


def test_nothing_personal_is_in_names_rows_or_the_office_s_log(office: TestOffice, scanner: Scanner) -> None:
    case, code = office.mailed()
    file = scanner.file(mark(case, code, 1, 1), "", name="見本花子の免許証.pdf")

    scanner.scan(office, file)

    told = str([pages_of(office), [row[:6] for row in tray_of(office)], office.ask("SELECT * FROM office_event")])
    assert "見本" not in told + str(files_under(office.settings.var))
    assert "免許" not in told
    events = office.ask("SELECT what, actor, details FROM office_event WHERE what = 'pages_scanned'")
    assert [(event.what, event.actor) for event in events] == [("pages_scanned", "sato")]
