"""The doctor holds adopted procedures against the office's log, and cases against the procedures they name."""

from services.audit import doctor
from services.audit.chains import one_moment, verify
from services.audit.doctor import Finding
from services.office import adopting
from tests.office import LEAD, TestOffice
from tests.own_procedure import THE_LEAD, adopts
from workflows.engine.values import Actor
from workflows.office.reading import digest

TODAY = "from = 2026-11-09\n"


def found(office: TestOffice) -> list[tuple[str | None, str]]:
    """Return what the doctor finds, but for the number of places a fault shows at."""
    told: list[Finding] = list(doctor.examine(office.unit))
    return [(one.case, one.what) for one in told if one.what.startswith(("procedure", "log"))]


def test_an_office_with_a_procedure_of_its_own_is_whole(office: TestOffice) -> None:
    adopts(office, TODAY)
    office.opened()

    assert list(doctor.examine(office.unit)) == []


def test_an_adoption_nobody_logged_and_a_text_that_was_altered_are_found(office: TestOffice) -> None:
    adopts(office, TODAY)
    adopts(office, f"# another\n{TODAY}")
    office.tamper("UPDATE adopted_procedure SET text = '# altered' WHERE number = 1")
    office.tamper("UPDATE adopted_procedure SET first = '2026-11-10' WHERE number = 2")

    assert found(office) == [(None, "procedure_altered"), (None, "procedure_unexplained")]
    with one_moment(office.unit) as db:
        assert verify(db).fault is not None


def test_an_adoption_that_is_gone_is_found_by_the_log(office: TestOffice) -> None:
    adopts(office, TODAY)
    office.tamper("DELETE FROM adopted_procedure")

    assert found(office) == [(None, "procedure_unexplained")]


def test_a_case_whose_procedure_is_not_stored_is_found_and_the_others_are_looked_at(office: TestOffice) -> None:
    adopts(office, TODAY)
    case, other = office.opened(), office.opened()
    office.write_facts(case, procedure="f" * 64)
    office.tamper('UPDATE "case" SET due_at = NULL WHERE number = :other', other=other)

    told = [(one.case, one.what) for one in doctor.examine(office.unit)]
    mended = doctor.repair([case, other], office.unit, Actor(LEAD, frozenset()))

    assert told == [(case, "procedure_missing"), (case, "procedure_differs"), (other, "due_at_differs")]
    assert [(one.case, one.what) for one in mended] == [(other, "due_at_differs")]


def test_a_case_that_names_another_procedure_than_its_history_does_is_found(office: TestOffice) -> None:
    before = office.opened()
    digest = adopts(office, TODAY)
    during = office.opened()
    office.write_facts(before, procedure=digest)
    office.write_facts(during, procedure="")

    assert found(office) == [(before, "procedure_differs"), (during, "procedure_differs")]


def test_a_text_only_newer_code_can_read_is_said(office: TestOffice) -> None:
    newer = f"{TODAY}of_a_release_to_come = true\n"
    case = office.opened()
    with office.writing() as db:
        adopting.adopt(db, adopting.Wanted(newer, office.today, "jp-appi"), THE_LEAD, office.at(db))
    office.write_facts(case, procedure=digest(newer))

    assert found(office) == [
        (case, "procedure_missing"), (case, "procedure_differs"), (None, "procedure_unreadable"),
    ]  # fmt: skip
