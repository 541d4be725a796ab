"""A command of this release that meets what a newer one has sealed: it says so, and which release to run."""

from models.person import person
from tests.admin.conftest import Script
from tests.office import CLERK, TestOffice
from workflows.engine.schemas import KEY, SCHEMA


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
