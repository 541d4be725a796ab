"""Laws of an office's own, in ``law/`` of its home: found, refused with every fault, gone, never in another's place."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.office import laws
from tests.admin.conftest import CONTACT, Script
from tests.office import CLERK, TestOffice
from tests.trouble import let_backoff_pass
from workflows import law, words
from workflows.engine.deadlines import Count, Unit
from workflows.law.values import Right
from workflows.words import noun

CITY = """
# A city whose ordinance has fourteen days in place of thirty (APPI 108).
name = "jp-city"
based_on = "jp-public"

[answer]
article = "83(1)"
days = 14
"""


@pytest.fixture
def folder(fresh: Path) -> Iterator[Path]:
    """The folder of an office's own laws."""
    made = fresh / "law"
    made.mkdir()
    yield made
    shutil.rmtree(made, ignore_errors=True)
    forget()


def forget() -> None:
    """Let the next question read the files again, as a process does that is started anew."""
    law._regime.cache_clear()
    laws._faults.cache_clear()
    words._FURTHER.clear()


def written(folder: Path, text: str, name: str = "jp_city.toml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    forget()
    return file


@pytest.mark.requirement("S33")
def test_a_file_in_the_home_is_a_law_that_says_only_in_what_it_differs(
    folder: Path, script: Script, office: TestOffice, worker: None
) -> None:
    written(folder, CITY)

    case = script.opened(**{**CONTACT, "regime": "jp-city", "rights": ["disclosure"]})

    city, public = law.regime("jp-city"), law.regime("jp-public")
    assert law.names()[-1] == "jp-city"
    assert office.case(case).facts["regime"] == "jp-city"
    assert city.answer is not None
    assert city.answer.span == Count(14, Unit.CALENDAR_DAYS)
    assert city.grounds.keys() == public.grounds.keys()
    assert city.rights.keys() == public.rights.keys() == {
        Right.DISCLOSURE, Right.CORRECTION, Right.HALT_USE, Right.HALT_PROVISION,
    }  # fmt: skip
    assert "(jp-city)" in script("show", case).out


def test_every_fault_of_a_law_of_its_own_is_named_and_nothing_is_opened(
    folder: Path, script: Script, office: TestOffice, worker: None
) -> None:
    old = script.opened()
    written(folder, CITY.replace("days = 14", "days = 0").replace('"jp-city"', '"jp-town"') + "\ncolour = 1\n")

    said = script.by(CLERK, "open", "--file", script.file(CONTACT))
    doctor = script.by(CLERK, "doctor", "--json")

    assert said.status == 2
    for fault in ("days is 0; write a whole number", "name is 'jp-town'", "colour is not known here"):
        assert fault in said.err
    assert "Nothing was accepted." in said.err
    assert office.ask("SELECT count(*) AS n FROM command")[0].n == 1  # the one of before
    assert [found["what"] for found in doctor.json["findings"] if found["what"] == "bad_law"] == ["bad_law"]
    assert script("show", old).status == 0  # the others go on


def test_a_law_of_its_own_never_takes_the_place_of_one_that_is_shipped(
    folder: Path, script: Script, office: TestOffice, worker: None
) -> None:
    written(folder, CITY.replace("jp-city", "jp-appi"), "jp_appi.toml")

    assert law.regime("jp-appi").action is not None
    assert law.names().count("jp-appi") == 1
    said = script.by(CLERK, "open", "--file", script.file(CONTACT))
    assert (said.status, "a law of that name is shipped and stays in force" in said.err) == (2, True)


@pytest.mark.requirement("S33")
def test_a_case_whose_law_is_gone_is_left_alone_until_the_file_is_back(
    folder: Path, script: Script, office: TestOffice, worker: None
) -> None:
    file = written(folder, CITY)
    theirs = script.opened(**{**CONTACT, "regime": "jp-city", "rights": ["disclosure"]})
    ours = script.opened()
    kept = file.read_text(encoding="utf-8")
    file.unlink()
    forget()

    shown, listed = script("show", theirs), script("list", "--json")
    doctor = script.by(CLERK, "doctor", "--json")
    amended = script.by(CLERK, "amend", ours, "--file", script.file({"why": "moved", "note": "later"}), "--json")

    assert shown.status == 2
    assert f"the law of {theirs}, jp-city, is not here (jp_city.toml in {folder})" in shown.err
    assert "put the file back and everything goes on" in shown.err
    assert {line["case"] for line in listed.json} == {theirs, ours}
    assert [(found["case"], found["what"]) for found in doctor.json["findings"]] == [(theirs, "law_gone")]
    assert amended.status == 0

    written(folder, kept)
    assert script("show", theirs).status == 0
    assert [
        found for found in script.by(CLERK, "doctor", "--json").json["findings"] if found["what"] == "law_gone"
    ] == []


def test_a_law_that_was_changed_underneath_its_cases_is_named_by_why_and_doctor_until_it_is_put_back(
    folder: Path, script: Script, office: TestOffice, worker: None
) -> None:
    kept = written(folder, CITY).read_text(encoding="utf-8")
    theirs = script.opened(**{**CONTACT, "regime": "jp-city", "rights": ["disclosure"]})

    def told() -> tuple[bool, list[str]]:
        findings = script.by(CLERK, "doctor", "--json").json["findings"]
        why = " ".join(script.by(CLERK, "why", theirs, "--lang", "en").out.split())
        return f"the law of {theirs}, jp-city, says was changed" in why, [found["what"] for found in findings]

    written(folder, f"# a remark changes nothing\n{kept}")
    assert told() == (False, [])
    written(folder, kept.replace("days = 14", "days = 15"))
    assert told() == (True, ["law_changed"])
    written(folder, kept)
    assert told() == (False, [])


def test_the_clock_passes_over_a_case_whose_law_is_gone_and_its_letters_wait(
    folder: Path, sqlite_url: str, fresh: Path
) -> None:
    office = TestOffice(sqlite_url, fresh)
    file = written(folder, CITY)
    theirs, ours = office.opened(regime="jp-city"), office.opened()
    file.unlink()
    forget()
    office.working_day(office.today, 3)

    made = office.make_letters(theirs, typeset=True)
    told = office.sweep()

    assert made == ["later"]
    assert {outcome.case for outcome in told} == {ours}
    assert office.ask("SELECT id FROM incident") == []

    written(folder, CITY)
    let_backoff_pass(office)
    assert {outcome.case for outcome in office.sweep()} == {theirs}
    assert office.make_letters(theirs, typeset=True) == ["made"]
    office.close()


CARD = """
[[document]]
code = "library_card"
article = "municipal ordinance on libraries"
photograph = false
address = "yes"
masks = []
"""


def test_papers_that_only_its_own_law_knows_are_called_as_it_calls_them(
    folder: Path, script: Script, office: TestOffice, worker: None
) -> None:
    text = CITY.replace('based_on = "jp-public"', 'based_on = "jp-public"\nevidence = ["evidence_jp", "evidence_city"]')
    written(folder, CARD, "evidence_city.toml")
    written(folder, text)

    nameless = script.by(CLERK, "open", "--file", script.file(CONTACT))
    written(folder, CARD + 'ja = "図書館利用者カード"\nen = "library card"\n', "evidence_city.toml")
    named = script.by(CLERK, "open", "--file", script.file(CONTACT))

    assert (nameless.status, named.status) == (2, 0)
    assert "library_card has no words; write ja and en in its row" in nameless.err
    assert "library_card" in law.regime("jp-city").documents
    assert [noun("library_card", language) for language in ("ja", "en")] == ["図書館利用者カード", "library card"]
