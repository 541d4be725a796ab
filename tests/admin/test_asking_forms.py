"""A request that comes with its forms, taken up at a terminal: every question to the end, in both languages."""

from tests.admin.conftest import Script
from tests.admin.test_asking import NAME, Talker, person, talk, the_case
from tests.office import CLERK, VERIFIER, TestOffice
from tests.own_forms import EVERY_WAY
from tests.own_procedure import adopts

OFFERING = """
[answer]
ways = ["post", "collected"]
chosen = ["addressee_only"]
collect = { within = { weeks = 2 }, then = "kept" }
[[window]]
code = "central"
ja = "中央受付"
en = "Central reception"
"""
__all__ = ["talk"]


def test_a_request_on_a_form_of_its_own_is_asked_for_to_the_end_and_can_be_verified(
    talk: Talker, office: TestOffice, script: Script
) -> None:
    adopts(office, EVERY_WAY + OFFERING)

    with talk("open") as said:
        said.through({
            "how the request begins": "own_download", "subject, name": NAME, "window": "central",
            "subject, address": "東京都千代田区千代田1-1",
            "class of post it": "3",
            "wish for the answer, how": "1", "wish for the answer, class": "2", "wish for the answer": "y",
            "expires on": "2099-04-01", "blocking out": "not_shown",
        })  # fmt: skip

    assert said.status == 0, said.seen
    assert "Enter sends it" in said.seen
    case = the_case(office)
    shown = script.by(CLERK, "show", case, "--json").json
    assert (shown["state"], shown["began"], shown["window"]["window"]) == ("forms_returned", "own_download", "central")
    assert (shown["answer_goes"]["way"], shown["answer_goes"]["class"]) == ("post", "addressee_only")
    assert person(script, case)["name"] == NAME
    verified = script.by(VERIFIER, "verify-identity", case, "--json")
    assert (verified.status, verified.json["state"]) == (0, "id_verified"), verified.err


def test_a_seal_that_is_not_there_and_a_line_put_right_are_answered_as_they_are(
    talk: Talker, office: TestOffice, script: Script
) -> None:
    adopts(office, EVERY_WAY)

    with talk("open", lang="ja") as said:
        said.through({
            "請求の始まり方": "own_download", "本人・氏名": NAME, "本人・住所": "東京都千代田区千代田1-1",
            "必要な印": "n", "有効期限": "2099-04-01", "黒塗り": "not_shown",
        })  # fmt: skip

    assert said.status == 0, said.seen
    refused = script.by(VERIFIER, "verify-identity", the_case(office), "--json")
    assert refused.json["codes"] == ["form_unsealed"]
