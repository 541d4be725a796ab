"""``find`` and ``list --names``: a caller's case in one question, told to those who may see it, and recorded."""

import io
from typing import Any

import pytest

from commands import find as finding
from commands.wide import width
from tests.admin.conftest import Script, details, on_both
from tests.office import APPROVER, CLERK, LEAD, VERIFIER, TestOffice

HANAKO = {
    "name": "見本 花子",
    "kana": "ミホン ハナコ",
    "postcode": "100-0001",
    "address": "東京都千代田区千代田1-1",
    "phone": "03-0000-5678",
    "email": "hanako@example.jp",
}
AGENT = {"kind": "agent", "name": "代理 一郎", "postcode": "100-0001", "address": "東京都千代田区丸の内9-9"}


@pytest.fixture(autouse=True)
def _worker(worker: None) -> None:
    """Every test here opens something first."""


def asked(script: Script, *more: str, by: str = CLERK, **said: Any) -> Any:
    return script.by(by, "find", "--file", script.file(said), *more)


def found(script: Script, **said: Any) -> list[str]:
    answer = asked(script, "--json", **said)
    assert answer.status == 0, answer
    return [line["case"] for line in answer.json]


@on_both
def test_a_caller_is_found_by_whatever_they_say(script: Script, office: TestOffice) -> None:
    case = script.opened(subject=HANAKO, representative=AGENT)
    other = {"name": "佐藤 良子", "kana": "サトウ ヨシコ", "phone": "03-0000-1111", "email": None}
    script.opened(subject={**HANAKO, **other, "address": "大阪府大阪市北区中之島1-1"})

    answers = [
        found(script, **said)
        for said in (
            {"name": "見"}, {"kana": "みほん"}, {"phone": "5678"}, {"email": "HANAKO@example.jp"},
            {"address": "千代田1-1"}, {"letter": f"{case}-01"}, {"letter": case.lower()}, {"any": "ﾐﾎﾝ ﾊﾅｺ"},
            {"any": "Mihon"}, {"any": f"{case}-01"}, {"any": "03-0000-5678"}, {"name": "代理"},
        )
    ]  # fmt: skip

    assert answers == [[case]] * 12
    (line,) = asked(script, "--json", name="花子").json
    assert line == {
        "case": case, "state": "contacted", "name": "見本 花子", "opened_on": line["opened_on"], "todo": "print",
        "party": "subject", "representative": None, "inquiry": False,
    }  # fmt: skip
    assert line["opened_on"] == office.today.isoformat()
    (line,) = asked(script, "--json", name="一郎").json
    assert (line["name"], line["party"], line["representative"]) == ("見本 花子", "representative", "代理 一郎")


@on_both
@pytest.mark.parametrize("who", [CLERK, VERIFIER, APPROVER, LEAD])
def test_each_look_is_recorded_with_whom_it_showed_and_without_what_was_typed(
    script: Script, office: TestOffice, who: str
) -> None:
    case = script.opened(subject=HANAKO)

    asked(script, by=who, name="花子", phone="5678")
    asked(script, by=who, any="だれでもない")

    looks = office.ask("SELECT actor, details FROM office_event WHERE what = 'people_looked_for' ORDER BY seq")
    assert [details(look) for look in looks] == [
        {"by": ["name", "phone"], "found": [case], "more": False},
        {"by": ["any"], "found": [], "more": False},
    ]
    assert looks[0].actor.startswith(f"{who} (by ")


def test_whoever_has_no_role_here_is_told_so_and_sees_nobody(script: Script, office: TestOffice) -> None:
    script.opened(subject=HANAKO)

    stranger = script("find", "--file", script.file({"name": "花子"}), "--json")
    lister = script("list", "--names", "--json")

    for said in (stranger, lister):
        assert (said.status, said.json["error"]) == (1, "not_staff")
        assert "花子" not in said.out + said.err
    assert office.ask("SELECT 1 FROM office_event WHERE what IN ('people_looked_for', 'names_listed')") == []


@on_both
@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_was_found_fits_eighty_columns(
    script: Script, office: TestOffice, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    case = script.opened(subject={**HANAKO, "name": "見本 花子" * 8}, representative={**AGENT, "name": "見本 一" * 9})
    script.by(CLERK, "inquiry", "add", "--file", script.file(
        {"channel": "phone", "language": "ja", "about": "?", "person": {"name": "見本 質問"}}
    ))  # fmt: skip

    said = asked(script, "--lang", language, name="見本")
    names = script.by(CLERK, "list", "--names", "--lang", language)

    assert case in said.out
    assert case in names.out
    assert "I26-000001-D" in said.out
    assert "見本" in names.out
    assert max(width(line) for line in (said.out + said.err + names.out).splitlines()) <= 80


def test_more_than_are_shown_and_nobody_are_said_beside_the_answer(script: Script, office: TestOffice) -> None:
    cases = [script.opened(subject={**HANAKO, "address": f"港区芝1-{n}"}) for n in (1, 2, 3)]

    some = asked(script, "--limit", "2", "--json", name="見本")
    nobody = asked(script, "--json", name="見知らぬ")

    assert [line["case"] for line in some.json] == cases[:0:-1]
    assert "the newest 2; there may be more" in some.err
    assert (nobody.status, nobody.json) == (0, [])
    assert "last four digits" in nobody.err


CANNOT_BE_LOOKED_FOR: list[tuple[dict[str, Any], str, str]] = [
    ({"name": "花" * 5000}, "name", "5000 characters"),
    ({"name": "%"}, "name", "too little"),
    ({"name": "   "}, "name", "too little"),
    ({"any": "🎉_%"}, "any", "too little"),
    ({"name": ["花子"]}, "name", "text"),
    ({"name": True}, "name", "text"),
    ({"surname": "花子"}, "surname", "there is no"),
    ({"nmae": "花子"}, "nmae", "did you mean name"),
    ({"letter": "26-000001-A-01"}, "letter", "is no number"),
    ({"name": None}, "", "say whom"),
]


def test_what_cannot_be_looked_for_is_said_with_what_would_work(script: Script) -> None:
    for said, field, word in CANNOT_BE_LOOKED_FOR:
        answer = asked(script, "--json", **said)

        assert answer.status == 2, said
        (fault,) = answer.json["faults"]
        assert fault["field"] == field
        assert word in fault["message"]
        assert "花子" not in fault["message"]


@on_both
def test_numbers_and_dates_that_yaml_or_json_made_of_what_was_typed_are_text_again(
    script: Script, office: TestOffice
) -> None:
    case = script.opened(subject=HANAKO)

    lost_its_nought = script.by(CLERK, "find", "--file", script.file('{"phone": 300005678}'), "--json")
    a_date = script.by(CLERK, "find", "--file", script.file("any: 2026-11-30\n", "a.yaml"), "--json")

    assert [line["case"] for line in lost_its_nought.json] == [case]
    assert (a_date.status, a_date.json) == (0, [])


def test_without_a_terminal_and_a_file_it_says_what_is_needed(script: Script) -> None:
    said = script.by(CLERK, "find", "--json")

    assert (said.status, said.json["error"]) == (2, "file_needed")


@on_both
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_name_typed_behind_the_command_is_not_looked_for_and_the_way_is_said(script: Script, language: str) -> None:
    said = script.by(CLERK, "find", "花子", "--lang", language, "--json")

    assert (said.status, said.json["error"]) == (2, "not_on_a_line")
    assert "./admin.py find" in said.json["message"]
    assert "花子" not in said.out + said.err


def test_at_a_terminal_it_asks(script: Script, office: TestOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    case = script.opened(subject=HANAKO)
    monkeypatch.setattr(finding, "interactive", lambda: True)
    monkeypatch.setattr("sys.stdin", io.StringIO("はなこ\n"))

    said = script.by(CLERK, "find")

    assert said.status == 0
    assert case in said.out
    assert "Whom?" in said.err


@on_both
def test_a_list_shows_the_names_when_asked_and_records_whose(script: Script, office: TestOffice) -> None:
    first, second = script.opened(subject=HANAKO), script.opened(subject={**HANAKO, "name": "佐藤 良子"})

    plain = script.by(CLERK, "list", "--json")
    named = script.by(CLERK, "list", "--names", "--json")

    assert [line.get("name") for line in plain.json] == [None, None]
    assert {line["case"]: line["name"] for line in named.json} == {first: "見本 花子", second: "佐藤 良子"}
    (look,) = office.ask("SELECT details FROM office_event WHERE what = 'names_listed'")
    assert sorted(details(look)["found"]) == sorted([first, second])
