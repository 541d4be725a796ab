"""Where mail to staff goes, who may say so, and what became of it, as typed."""

from tests.admin.conftest import Script
from tests.office import APPROVER, CLERK, LEAD, TestOffice


def test_mail_goes_where_the_person_or_a_lead_says_and_the_log_holds_no_address(
    script: Script, office: TestOffice
) -> None:
    own = script.by(CLERK, "staff", "mail", CLERK, "sato@office.example", "--language", "ja", "--json")
    another = script.by(CLERK, "staff", "mail", LEAD, "sato@office.example", "--json")
    leads = script.by(LEAD, "staff", "mail", APPROVER, "mori@office.example", "--json")
    ended = script.by(CLERK, "staff", "mail", CLERK, "--none", "--json")

    assert own.json == {"name": CLERK, "email": "sato@office.example", "language": "ja"}
    assert (another.status, leads.status, ended.status) == (1, 0, 0)
    told = {one["name"]: (one["email"], one["language"]) for one in script.by(LEAD, "staff", "list", "--json").json}
    assert told[CLERK] == (None, None)
    assert told[APPROVER] == ("mori@office.example", None)
    logged = office.ask("SELECT details FROM office_event WHERE what = 'staff_mail'")
    assert len(logged) == 3
    assert all("@" not in str(row.details) for row in logged)


NO_ADDRESS: list[tuple[list[str], str]] = [
    (["kudo"], "bad_address"),
    (["kudo@office.example,sato@office.example"], "bad_address"),
    (["Kudo <kudo@office.example>"], "bad_address"),
    (["kudo@office.example\nBcc: x@y.example"], "bad_address"),
    (["工藤@office.example"], "bad_address"),
    ([], "usage"),
    (["kudo@office.example", "--none"], "usage"),
]


def test_what_is_no_address_is_named(script: Script) -> None:
    for given, code in NO_ADDRESS:
        said = script.by(LEAD, "staff", "mail", LEAD, *given, "--json")

        assert (said.status, said.json["error"]) == (2, code), given


def test_a_test_message_is_ordered_listed_and_tried_again(script: Script, office: TestOffice) -> None:
    nowhere = script.by(LEAD, "mail", "test", CLERK, "--json")
    script.by(LEAD, "staff", "mail", CLERK, "sato@office.example")

    ordered = script.by(CLERK, "mail", "test", CLERK, "--json")
    others = script.by(CLERK, "mail", "test", LEAD, "--json")
    office.tell("UPDATE mail SET state = 'refused', fault = '550'")
    refused = script.by(CLERK, "mail", "list", "--lang", "en")
    again = script.by(LEAD, "mail", "again", CLERK, "--json")

    assert (nowhere.status, nowhere.json["error"]) == (1, "no_address")
    assert ordered.json == {"name": CLERK, "ordered": True}
    assert others.status == 1
    assert "refused" in refused.out
    assert "550" in refused.out
    assert again.json == {"name": CLERK, "again": 1}
    (line,) = script.by(CLERK, "mail", "list", "--json").json
    assert (line["state"], line["fault"], line["kind"]) == ("waiting", None, "test")
