"""A command of this release that meets what a newer one has made: it says so, and which release to run."""

import pytest

from models.person import person
from services.office import adopting
from tests.admin.conftest import Script, on_both
from tests.office import CLERK, TestOffice
from tests.own_procedure import THE_LEAD
from workflows.engine.schemas import KEY, SCHEMA
from workflows.office.reading import digest
from workflows.request.procedure import request


def test_what_newer_code_has_sealed_is_not_shown_and_the_newer_release_is_named(
    script: Script, office: TestOffice
) -> None:
    case = office.opened()
    sealed = office.keys.get(case).seal_json("person", "sealed", f"{case}/subject", {KEY: SCHEMA + 1, "of": "the next"})
    with office.writing() as db:
        db.execute(person.update().values(sealed=sealed))

    english = script.by(CLERK, "show", case, "--json")
    japanese = script.by(CLERK, "show", case, "--lang", "ja")

    assert (english.status, english.json["error"]) == (5, "older_code")
    assert "run the newer release (git pull, make setup)" in english.json["message"]
    assert "より新しい版のプログラム" in japanese.err


@pytest.mark.parametrize(
    "words", [("show",), ("why",), ("hold", "--reason", "other"), ("hold", "--reason", "other", "--dry-run")], ids=str
)
def test_a_case_under_a_newer_version_is_left_to_the_newer_release_whatever_is_asked(
    script: Script, office: TestOffice, words: tuple[str, ...]
) -> None:
    case = office.opened()
    office.tamper('UPDATE "case" SET version = :newer WHERE number = :case', newer=request.version + 1, case=case)

    english = script.by(CLERK, words[0], case, *words[1:], "--json")
    japanese = script.by(CLERK, words[0], case, *words[1:], "--lang", "ja")

    assert (english.status, english.json["error"]) == (5, "older_code")
    assert "a newer version of the procedure is in force" in english.json["message"]
    assert "手続のより新しい版" in japanese.err
    assert office.ask("SELECT id FROM command WHERE transition = 'hold'") == []


def test_bulk_decides_nothing_for_a_case_under_a_newer_version(script: Script, office: TestOffice) -> None:
    case = office.opened()
    office.tamper('UPDATE "case" SET version = :newer WHERE number = :case', newer=request.version + 1, case=case)

    said = script.by(CLERK, "bulk", "hold", "--reason", "other", "--where", "state=contacted", "--preview", "--json")

    assert (said.status, said.json["error"]) == (5, "older_code")


def test_what_nobody_foresaw_is_newer_codes_where_newer_code_works(script: Script, office: TestOffice) -> None:
    case = office.opened()
    office.tamper('UPDATE "case" SET hold = \'{"code": "of_a_release_to_come"}\' WHERE number = :case', case=case)
    ours = script.by(CLERK, "list", "--json")
    office.tell("UPDATE alembic_version SET version_num = '9999'")

    theirs = script.by(CLERK, "list", "--json")

    assert (ours.status, ours.json["error"]) == (1, "unexpected")
    assert (theirs.status, theirs.json["error"]) == (5, "older_code")


@on_both
def test_a_case_under_a_procedure_only_newer_code_can_read_is_left_to_it(script: Script, office: TestOffice) -> None:
    case, other = office.opened(), office.opened()
    text = f"from = {office.today.isoformat()}\nof_a_release_to_come = true\n"
    with office.writing() as db:
        adopting.adopt(db, adopting.Wanted(text, office.today, "jp-appi"), THE_LEAD, office.at(db))
    office.write_facts(case, procedure=digest(text))
    office.write_facts(other, procedure="0" * 64)

    newer = script.by(CLERK, "show", case, "--json")
    gone = script.by(CLERK, "show", other, "--json")
    listed = script.by(CLERK, "list", "--json")

    assert (newer.status, newer.json["error"]) == (5, "older_code")
    assert (gone.status, gone.json["error"]) == (1, "procedure_gone")
    assert (listed.status, {row["case"] for row in listed.json}) == (0, {case, other})
