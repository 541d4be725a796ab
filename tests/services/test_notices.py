"""What was told is one line a case and reason, and a desk that stood still says once what was missed."""

from datetime import time
from typing import Any

from sqlalchemy import insert

from models.incident import notice
from models.session import reading
from services.office import standstill
from services.reports.health import checks
from services.reports.notices import mark_read, notices
from tests.office import LEAD, TestOffice
from workflows.engine.values import Role


def lines(office: TestOffice, *, unread: bool = True, most: int | None = None) -> list[dict[str, Any]]:
    with reading(office.engine) as db:
        return notices(db, office.at(db), "en", unread=unread, most=most)


def note(office: TestOffice) -> bool:
    return standstill.note(office.unit)


def chased(office: TestOffice, times: int) -> str:
    """Return a case whose forms nobody posts, and of which the lead was told so often."""
    case = office.opened()
    opened = office.today
    for number in range(1, times + 1):
        office.working_day(opened, 2 * number)
        office.sweep()
    return case


def test_weeks_without_anybody_leave_one_line_a_case_and_reason(office: TestOffice) -> None:
    case = chased(office, 5)
    office.make_letters(case)
    for _ in range(7):
        office.working_day(office.today, 1)
        office.sweep(letters=True)

    found = lines(office)

    told = {line["code"]: (line["case"], line["times"], line["role"]) for line in found}
    assert told == {"notice.stalled_contacted": (case, 5, "lead"), "notice.unposted": (case, 4, "lead")}
    assert [line["at"] for line in found] == sorted((line["at"] for line in found), reverse=True)
    assert next(line for line in found if line["times"] == 5)["first_at"].startswith("2026-11-11")
    assert "told 5 times" in next(line for line in found if line["times"] == 5)["text"]


def test_whoever_reads_a_line_has_read_all_it_stands_for_and_the_next_is_a_new_line(office: TestOffice) -> None:
    case = chased(office, 3)
    (line,) = lines(office)
    with office.writing() as db:
        by_a_clerk = mark_read(db, [line["id"]], [Role.CLERK], "sato", office.at(db))
        marked = mark_read(db, [line["id"]], [Role.LEAD], LEAD, office.at(db))
    unread = lines(office)
    office.working_day(office.today, 2)
    office.sweep()

    assert (by_a_clerk, marked, unread) == (0, 3, [])
    assert [(line["case"], line["times"]) for line in lines(office)] == [(case, 1)]
    assert [(line["unread"], line["times"]) for line in lines(office, unread=False)] == [(True, 1), (False, 3)]


def test_a_limit_counts_lines_and_two_letters_are_two_lines(office: TestOffice) -> None:
    cases = [office.opened() for _ in range(2)]
    for case in cases:
        office.make_letters(case)
    for _ in range(4):
        office.working_day(office.today, 1)
        office.sweep(letters=True)

    assert [line["times"] for line in lines(office)] == [2, 2]
    assert [line["times"] for line in lines(office, most=1)] == [2]


def test_the_newest_lines_are_the_first_of_all_however_many_are_asked_for(office: TestOffice) -> None:
    read_one, _ = chased(office, 3), chased(office, 2)
    about = [{"tray": tray, "since": "2026-11-09"} for tray in ("T26-0001", "T26-0002")]

    def tell(params: dict[str, str]) -> None:
        with office.writing() as db:
            row = {"role": "clerk", "code": "notice.tray_waits", "params": params, "at": office.at(db).now}
            db.execute(insert(notice), row)

    for _ in range(3):
        for params in about:
            tell(params)
        office.working_day(office.today, 1)
    with office.writing() as db:
        mine = [line["id"] for line in lines(office) if line["case"] == read_one or "T26-0001" in line["text"]]
        mark_read(db, mine, list(Role), LEAD, office.at(db))
    chased(office, 1)
    tell(about[1])

    for unread in (True, False):
        everything = lines(office, unread=unread)
        assert len(everything) == (4 if unread else 6)
        for most in range(1, len(everything) + 2):
            assert lines(office, unread=unread, most=most) == everything[:most]


def test_status_counts_cases_and_reasons_not_notices(office: TestOffice) -> None:
    chased(office, 6)

    with reading(office.engine) as db:
        found = {one.name: one for one in checks(db, office.at(db), office.settings, None)}

    assert found["notices"].detail.params == {"count": 1, "oldest": "2026-11-11"}


# -- a standstill -----------------------------------------------------------------------------------------------------


def test_a_desk_that_stood_still_says_once_what_was_missed(office: TestOffice) -> None:
    for _ in range(3):
        office.mailed()
    began, began_on = note(office), office.today
    office.working_day(began_on, 25)

    told, again = note(office), note(office)
    while office.sweep():
        pass
    office.working_day(began_on, 25, time(11))
    later = note(office)

    assert (began, told, again, later) == (False, True, False, False)
    (line,) = [line for line in lines(office) if line["code"] == "notice.stood_still"]
    assert "stood still from 2026-11-09 to 2026-12-15: 3 deadlines" in line["text"]
    with reading(office.engine) as db:
        status = {one.name: one for one in checks(db, office.at(db), office.settings, None)}
    assert status["stood_still"].note
    with office.writing() as db:
        mark_read(db, [line["id"]], [Role.LEAD], LEAD, office.at(db))
    with reading(office.engine) as db:
        assert "stood_still" not in {one.name for one in checks(db, office.at(db), office.settings, None)}


def test_a_night_is_no_standstill_and_nor_is_a_week_in_which_nothing_was_due(office: TestOffice) -> None:
    note(office)
    office.working_day(office.today, 5)
    nothing_due = note(office)
    office.mailed()
    office.working_day(office.today, 9)
    note(office)
    office.working_day(office.today, 1)

    assert (nothing_due, note(office)) == (False, False)
    assert len(office.sweep()) == 1
