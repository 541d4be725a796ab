"""Requests that bring their own forms, by the script: one command, one file; and what is said of a way that is none."""

from typing import Any

from models.session import reading
from tests.admin.conftest import CONTACT, Script, on_both
from tests.office import CLERK, VERIFIER, TestOffice
from tests.own_forms import every_way


def came(office: TestOffice) -> str:
    """Return the moment at which something came: now."""
    with reading(office.engine) as db:
        return office.at(db).now.isoformat()


def a_file(office: TestOffice, **changes: Any) -> dict[str, Any]:
    """Return the file of a request that came in the post on the office's own form."""
    contact = {name: value for name, value in CONTACT.items() if name not in ("channel", "address_on_record")}
    return {
        **contact,
        "rights": ["disclosure"],
        "began": "own-download",
        "arrived_at": came(office),
        "forms": ["request"],
        "signed": {"request": True},
        "sealed": {"request": True},
        "documents": [
            {
                "holder": "subject", "type": "drivers_licence", "photo": True, "expires_on": "2099-04-01",
                "address": "stated", "name_matches": True, "masking": "not_shown",
            }
        ],
        **changes,
    }  # fmt: skip


def test_a_request_on_its_own_form_is_one_command(script: Script, worker: None, office: TestOffice) -> None:
    every_way(office)

    said = script.by(CLERK, "open", "--file", script.file(a_file(office)), "--json")
    verified = script.by(VERIFIER, "verify-identity", said.json["case"], "--json")

    assert (said.status, said.json["state"], said.json["letters"]) == (0, "forms_returned", [])
    assert (verified.status, verified.json["state"]) == (0, "id_verified")


def test_it_can_be_tried_out_and_told_why_not(script: Script, worker: None, office: TestOffice) -> None:
    every_way(office)

    tried = script.by(CLERK, "open", "--file", script.file(a_file(office)), "--dry-run", "--json")
    faxed = script.by(CLERK, "open", "--file", script.file(a_file(office, began="fax")), "--dry-run", "--lang", "ja")

    assert (tried.status, tried.json["state"]) == (0, "forms_returned")
    assert faxed.status == 1
    assert "ファクスでのご請求は、誤送信を防ぐためお受けしていません。" in faxed.err
    assert script.by(CLERK, "inquiry", "list", "--json").json == []


def test_what_comes_by_a_way_that_is_not_taken_is_kept_as_an_inquiry_with_the_words_to_answer_it_by(
    script: Script, worker: None, office: TestOffice
) -> None:
    every_way(office)
    file = script.file(a_file(office, began="fax", language="en"))

    faxed = script.by(CLERK, "open", "--file", file, "--key", "once", "--json")
    again = script.by(CLERK, "open", "--file", file, "--key", "once", "--json")
    (line,) = script.by(CLERK, "inquiry", "list", "--json").json
    told = script.by(CLERK, "inquiry", "show", line["inquiry"], "--json").json
    closed = script.by(CLERK, "inquiry", "answered", line["inquiry"], "--json")

    assert (faxed.status, faxed.json["codes"], again.status) == (1, ["way_not_accepted"], 1)
    assert (faxed.json["inquiry"], "inquiry" in again.json) == (line["inquiry"], False)
    assert "We take no request by fax: it might reach somebody else." in told["about"]
    assert "it is taken by a first contact" in told["about"]
    assert told["person"]["name"]
    assert closed.json["state"] == "answered"


def test_a_form_that_is_none_is_a_fault_of_the_file(script: Script, worker: None, office: TestOffice) -> None:
    every_way(office)
    wrong = a_file(office, forms=["reqest"], signed={}, code="PJG6-135F-WF1W-HTZ8-2")

    said = script.by(CLERK, "open", "--file", script.file(wrong), "--json")

    assert said.status == 2
    assert {fault["field"] for fault in said.json["faults"]} == {"forms[0]", "code"}


@on_both
def test_many_of_them_come_in_a_table(script: Script, worker: None, office: TestOffice) -> None:
    every_way(office)
    table = (
        "rights,category,language,subject.name,subject.address,began,arrived_at,forms,signed\n"
        f"disclosure,customer,ja,見本 太郎,東京都千代田区千代田1-2,own_download,{came(office)},request,yes\n"
        "disclosure,customer,ja,見本 次郎,東京都千代田区千代田1-3,,,,\n"
    )

    said = script.by(CLERK, "import", script.file(table, "many.csv"), "--json")

    assert said.json["opened"] == 1
    assert [fault["field"] for fault in said.json["faults"]] == ["channel"]


@on_both
def test_a_paper_of_the_offices_own_is_asked_for_by_its_name(script: Script, worker: None, office: TestOffice) -> None:
    every_way(office)
    case = script.by(CLERK, "open", "--file", script.file(a_file(office)), "--json").json["case"]

    unknown = script.by(CLERK, "ask-again", case, "--missing", "paper:nothing", "--json")
    asked = script.by(CLERK, "ask-again", case, "--missing", "paper:consent", "--json")

    assert unknown.status == 2
    assert (asked.status, asked.json["state"]) == (0, "contacted")


def test_nobody_is_told_to_type_what_the_office_does_not_take(script: Script, worker: None, office: TestOffice) -> None:
    case = script.opened()

    told = script.by(CLERK, "why", case, "--json").json

    assert not {"open-with-forms", "receive-own-forms", "undo-own-arrival"} & set(told["possible"])
    assert "receive-forms" not in told["possible"]
