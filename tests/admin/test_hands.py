"""In whose hands cases are: lists of mine and nobody's, handing on one or many, who stands in, who leaves."""

from datetime import timedelta
from typing import Any

import pytest

from tests.admin.conftest import Script, details, on_both
from tests.office import APPROVER, CLERK, LEAD, VERIFIER, TestOffice


def of(office: TestOffice, *owners: str | None) -> list[str]:
    """Return a new case in the hands of each."""
    cases = [office.opened() for _ in owners]
    for case, owner in zip(cases, owners, strict=True):
        office.tell('UPDATE "case" SET owner = :owner WHERE number = :number', owner=owner, number=case)
    return cases


def listed(script: Script, by: str, *options: str) -> list[str]:
    said = script.by(by, "list", *options, "--json")
    assert said.status == 0, said
    return [line["case"] for line in said.json]


def owners(office: TestOffice) -> dict[str, str | None]:
    return {row.number: row.owner for row in office.ask('SELECT number, owner FROM "case"')}


def logged(office: TestOffice, what: str) -> list[Any]:
    return [details(row) for row in office.ask("SELECT details FROM office_event WHERE what = :what", what=what)]


@on_both
def test_a_list_shows_what_is_mine_what_is_nobodys_or_either(script: Script, office: TestOffice) -> None:
    mine, nobodys, others = of(office, CLERK, None, VERIFIER)

    assert listed(script, CLERK, "--mine") == [mine]
    assert listed(script, CLERK, "--unassigned") == [nobodys]
    assert listed(script, CLERK, "--mine", "--unassigned") == [mine, nobodys]
    assert listed(script, CLERK, "--mine", "--todo", "print") == [mine]
    assert listed(script, CLERK, "--mine", "--todo", "verify") == []
    assert script.by(CLERK, "list", "--mine", "--owner", VERIFIER).status == 2
    assert listed(script, CLERK, "--owner", VERIFIER) == [others]


def test_each_line_says_the_job_who_may_do_it_and_by_when_for_the_office_and_the_law(
    script: Script, office: TestOffice
) -> None:
    case = office.decided()

    (line,) = script.by(CLERK, "list", "--todo", "release", "--json").json
    told = script.by(CLERK, "show", case, "--json").json
    page = {language: script.by(CLERK, "show", case, "--lang", language).out for language in ("ja", "en")}

    assert line["todo"] == "release"
    assert line["who"] == {"roles": ["approver", "lead"], "not": [VERIFIER]}
    assert line["by"] == line["due_at"]
    assert set(line["legal"]) == {"name", "at", "passed"}
    assert (line["legal"]["name"], line["legal"]["passed"], line["days_left"]) == ("appi_39", False, 15)
    assert {name: told[name] for name in ("todo", "who", "by", "legal")} == {
        name: line[name] for name in ("todo", "who", "by", "legal")
    }
    assert f"not {VERIFIER}" in page["en"]
    assert f"{VERIFIER} 以外" in page["ja"]


def test_the_list_fits_eighty_columns_and_names_the_law_with_its_year(script: Script, office: TestOffice) -> None:
    from commands.wide import width

    office.decided()
    office.mailed()
    for language in ("ja", "en"):
        lines = script.by(CLERK, "list", "--lang", language).out.splitlines()
        assert max(map(width, lines)) <= 80
        legal = office.case("26-000001-D").legal_at + timedelta(hours=9)
        assert any(f"{legal:%Y-%m-%d}" in line for line in lines)


# -- handing on -----------------------------------------------------------------------------------------------------


def test_several_cases_are_given_at_once_and_taken_back(script: Script, office: TestOffice) -> None:
    first, second, third = of(office, None, VERIFIER, CLERK)

    given = script.by(LEAD, "assign", first, second, third, CLERK, "--json")
    back = script.by(LEAD, "assign", first, "--none", "--json")

    assert given.json == {
        "owner": CLERK, "count": 3, "cases": [first, second, third], "refused": [], "codes": [], "preview": False,
    }  # fmt: skip
    assert back.json == {"case": first, "owner": None}
    assert owners(office) == {first: None, second: CLERK, third: CLERK}
    assert logged(office, "cases_assigned") == [{"owner": CLERK, "before": {"": [first], VERIFIER: [second]}}]
    assert logged(office, "case_assigned") == [{"case": first, "owner": None, "before": CLERK}]


def test_whoever_has_a_case_hands_it_on_and_nobody_else_but_the_lead(script: Script, office: TestOffice) -> None:
    mine, others, nobodys = of(office, CLERK, VERIFIER, None)

    some = script.by(CLERK, "assign", mine, others, nobodys, APPROVER, "--json")
    alone = script.by(CLERK, "assign", others, APPROVER, "--json")
    again = script.by(CLERK, "assign", mine, CLERK, "--json")

    assert (some.status, some.json["cases"]) == (1, [mine])
    assert [one["case"] for one in some.json["refused"]] == [others, nobodys]
    assert (alone.status, alone.json["codes"]) == (1, ["missing_role"])
    assert again.status == 1  # it is the approver's now
    assert owners(office) == {mine: APPROVER, others: VERIFIER, nobodys: None}


@on_both
def test_cases_are_given_by_where_as_in_bulk_and_looked_at_first(script: Script, office: TestOffice) -> None:
    verify = office.returned()
    first, second = of(office, VERIFIER, CLERK)

    preview = script.by(LEAD, "assign", APPROVER, "--where", "todo=print", "--preview", "--json")
    before = owners(office)
    given = script.by(LEAD, "assign", APPROVER, "--where", f"owner={VERIFIER}", "--json")
    rest = script.by(LEAD, "assign", LEAD, "--where", "unassigned", "--json")
    wrong = script.by(LEAD, "assign", LEAD, "--where", "todo=sleep", "--json")

    assert (preview.json["cases"], preview.json["preview"]) == ([first, second], True)
    assert before == {verify: None, first: VERIFIER, second: CLERK}
    assert (given.json["cases"], rest.json["cases"]) == ([first], [verify])
    assert (wrong.status, wrong.json["error"]) == (2, "bad_input")
    assert script.by(LEAD, "assign", "nobody", "--where", f"owner={VERIFIER}").status == 3


@pytest.mark.parametrize("words", [[], [LEAD], ["26-000001-D", "--where", "open", LEAD], ["--none"]])
def test_cases_or_a_selection_must_be_named_and_not_both(script: Script, office: TestOffice, words: list[str]) -> None:
    of(office, None)

    assert script.by(LEAD, "assign", *words).status == 2


def test_a_case_that_is_not_there_gives_none_of_them(script: Script, office: TestOffice) -> None:
    (case,) = of(office, None)

    assert script.by(LEAD, "assign", case, "26-000009-Y", CLERK).status == 3
    assert owners(office) == {case: None}


# -- away -----------------------------------------------------------------------------------------------------------


@on_both
def test_a_substitute_has_the_cases_of_who_is_away_on_their_list_and_may_hand_them_on(
    script: Script, office: TestOffice
) -> None:
    (case,) = of(office, VERIFIER)
    before = listed(script, CLERK, "--mine")
    said = script.by(VERIFIER, "staff", "away", VERIFIER, "--substitute", CLERK, "--until", "2099-01-01", "--json")
    meanwhile = listed(script, CLERK, "--mine")
    back = script.by(LEAD, "staff", "back", VERIFIER, "--json")

    assert (before, meanwhile, listed(script, CLERK, "--mine")) == ([], [case], [])
    assert said.json["substitute"] == CLERK
    assert back.json == {"name": VERIFIER, "away": None}
    assert script.by(LEAD, "staff", "back", VERIFIER).status == 1
    assert [one["name"] for one in logged(office, "staff_away")] == [VERIFIER]
    assert logged(office, "staff_back") == [{"name": VERIFIER}]


@on_both
def test_whoever_stands_in_and_is_away_too_passes_it_on_and_a_circle_ends(script: Script, office: TestOffice) -> None:
    (case,) = of(office, VERIFIER)
    for name, substitute in ((VERIFIER, CLERK), (CLERK, APPROVER), (APPROVER, VERIFIER)):
        script.by(LEAD, "staff", "away", name, "--substitute", substitute)

    for name in (VERIFIER, CLERK, APPROVER):
        assert listed(script, name, "--mine") == [case]
    assert listed(script, LEAD, "--mine") == []


def test_an_absence_counts_from_its_first_day_to_its_last(script: Script, office: TestOffice) -> None:
    (case,) = of(office, VERIFIER)
    today = office.today
    first, last = today + timedelta(days=3), today + timedelta(days=4)
    script.by(LEAD, "staff", "away", VERIFIER, "--substitute", CLERK, "--from", str(first), "--until", str(last))

    seen = [listed(script, CLERK, "--mine")]
    for _ in range(2):
        script.by(LEAD, "clock", "--advance", "3d" if len(seen) == 1 else "2d")
        seen.append(listed(script, CLERK, "--mine"))

    assert seen == [[], [case], []]


def test_four_eyes_are_not_lent_with_the_cases(script: Script, office: TestOffice, worker: None) -> None:
    case = office.decided()  # verified and decided by one person, who stands in for the approver
    office.tell('UPDATE "case" SET owner = :owner WHERE number = :number', owner=APPROVER, number=case)
    script.by(LEAD, "staff", "away", APPROVER, "--substitute", VERIFIER)

    refused = script.by(VERIFIER, "fulfil", case, "--json")

    assert listed(script, VERIFIER, "--mine") == [case]
    assert (refused.status, refused.json["codes"]) == (1, ["missing_role"])


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ([VERIFIER, "--substitute", VERIFIER], 2),
        ([VERIFIER, "--substitute", "nobody"], 3),
        ([VERIFIER, "--substitute", CLERK, "--until", "2020-01-01"], 2),
        ([VERIFIER, "--substitute", CLERK, "--from", "soon"], 2),
    ],
)
def test_an_absence_that_cannot_be_is_refused(
    script: Script, office: TestOffice, words: list[str], status: int
) -> None:
    assert script.by(LEAD, "staff", "away", *words, "--json").status == status
    assert script.by(CLERK, "staff", "away", *words).status in (1, 2, 3)
    assert [one["away"] for one in script.by(LEAD, "staff", "list", "--json").json] == [None] * 4


def test_only_they_themselves_or_a_lead_say_that_somebody_is_away(script: Script, office: TestOffice) -> None:
    refused = script.by(CLERK, "staff", "away", VERIFIER, "--substitute", CLERK, "--json")

    assert (refused.status, refused.json["error"]) == (1, "lead_only")


# -- leaving --------------------------------------------------------------------------------------------------------


def test_who_leaves_hands_over_what_they_have_and_is_told_of_it_first(script: Script, office: TestOffice) -> None:
    decided = office.decided()
    answered = office.fulfilled()  # closed, and its answer is not posted
    (printing,) = of(office, VERIFIER)
    for case in (decided, answered):
        office.tell('UPDATE "case" SET owner = :owner WHERE number = :number', owner=VERIFIER, number=case)
    script.by(LEAD, "staff", "away", CLERK, "--substitute", VERIFIER)

    refused = script.by(LEAD, "staff", "remove", VERIFIER, "--json")
    kept = owners(office)
    gone = script.by(LEAD, "staff", "remove", VERIFIER, "--to", APPROVER, "--json")

    assert (refused.status, refused.json["error"]) == (1, "successor_wanted")
    assert refused.json["has"] == {
        "cases": 3,
        "todos": {"print": 2, "release": 1},
        "some": refused.json["has"]["some"],
        "unreleased": 1,
        "stands_in_for": [CLERK],
    }
    assert sorted(refused.json["has"]["some"]) == sorted([decided, answered, printing])
    assert set(kept.values()) == {VERIFIER}
    assert gone.json == {
        "name": VERIFIER, "roles": [], "active": False, "moved": 3, "to": APPROVER, "without": [CLERK],
    }  # fmt: skip
    assert set(owners(office).values()) == {APPROVER}
    assert sum(len(numbers) for one in logged(office, "cases_assigned") for numbers in one["before"].values()) == 2


def test_who_has_nothing_leaves_at_once_and_nobody_may_take_over(script: Script, office: TestOffice) -> None:
    (case,) = of(office, VERIFIER)

    assert script.by(LEAD, "staff", "remove", APPROVER, "--json").json["moved"] == 0
    assert script.by(LEAD, "staff", "remove", VERIFIER, "--to", VERIFIER).status == 1
    assert script.by(LEAD, "staff", "remove", VERIFIER, "--to", CLERK, "--to-nobody").status == 2
    assert script.by(LEAD, "staff", "remove", VERIFIER, "--to-nobody").status == 0
    assert owners(office) == {case: None}
