"""``plan``: exit 0 where a start would go through, 1 and the reason where it would not."""

from sqlalchemy import update

from models.office import definition
from services.engine import upgrades
from tests.admin.conftest import Script, on_both
from tests.office import CLERK, MONDAY, TestOffice
from workflows.request.procedure import request


def start(office: TestOffice) -> None:
    with office.writing() as db:
        upgrades.check_start(db, request, MONDAY)


def test_a_checkout_with_the_recorded_shape_would_start(script: Script, office: TestOffice) -> None:
    start(office)
    office.opened()

    said = script.by(CLERK, "plan", "--json")

    assert said.status == 0
    assert (said.json["starts"], said.json["open"], said.json["adopted"], said.json["codes"]) == (True, 1, 0, [])
    assert said.json["recorded"] == [{"version": request.version, "fingerprint": request.fingerprint}]


@on_both
def test_a_checkout_that_would_not_start_is_exit_1_and_says_what_would_work(script: Script, office: TestOffice) -> None:
    start(office)
    with office.writing() as db:
        db.execute(update(definition).values(fingerprint="another"))

    said = script.by(CLERK, "plan", "--json")
    english = script.by(CLERK, "plan")
    japanese = script.by(CLERK, "plan", "--lang", "ja")

    assert (said.status, said.json["starts"], said.json["codes"]) == (1, False, ["definition_changed"])
    assert "Raise the version" in english.err
    assert "版の番号を上げる" in japanese.err


def test_an_older_checkout_is_told_which_version_is_in_force(script: Script, office: TestOffice) -> None:
    start(office)
    with office.writing() as db:
        db.execute(update(definition).values(version=7))

    said = script.by(CLERK, "plan", "--json")

    assert said.json["codes"] == ["older_definition"]
    assert "version 8" in said.json["reasons"][0]
