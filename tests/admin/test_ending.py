"""``erase``, ``retention``, ``legal-hold``: what leads type when personal data is to go, or to stay."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from models import key_copies
from services.ending import retention
from services.office import staff as staffing
from tests.admin.conftest import Script, on_both
from tests.office import CLERK, LEAD, TestOffice
from tests.services.paper import text_of
from workflows.request.payloads import Withdraw
from workflows.request.values import ToldHow


def closed(office: TestOffice) -> str:
    case, _ = office.mailed()
    office.must(case, "withdraw", Withdraw(on=office.today, how=ToldHow.PHONE))
    office.post_letters(case)
    return case


def answered(office: TestOffice) -> str:
    case = office.fulfilled()
    office.post_letters(case)
    return case


@on_both
def test_a_hold_is_set_shown_and_lifted_and_keeps_erase_away(script: Script, office: TestOffice) -> None:
    case = closed(office)
    until = (office.today + timedelta(days=30)).isoformat()

    held = script.by(LEAD, "legal-hold", case, "--why", "a claim", "--until", until, "--json")
    refused = script.by(LEAD, "erase", case, "--why", "asked for", "--yes", "--json")
    listed = script.by(CLERK, "legal-hold", "--json").json
    lifted = script.by(LEAD, "legal-hold", case, "--lift", "--why", "settled", "--json")
    again = script.by(LEAD, "legal-hold", case, "--lift", "--why", "settled", "--json").json
    erased = script.by(LEAD, "erase", case, "--why", "asked for", "--yes", "--json")

    assert (held.status, held.json["held"], held.json["until"]) == (0, True, until)
    assert (refused.status, refused.json["codes"]) == (1, ["erasing.held"])
    assert f"legal-hold {case} --lift" in refused.json["reasons"][0]
    assert [(one["case"], one["until"], one["ended"]) for one in listed] == [(case, until, False)]
    assert (lifted.status, lifted.json["held"], lifted.json["repeated"], again["repeated"]) == (0, False, False, True)
    assert (erased.status, erased.json["erased"], erased.json["cases"]) == (0, True, [case])


def test_nothing_is_erased_unasked_where_there_is_nobody_to_ask(script: Script, office: TestOffice) -> None:
    case = closed(office)

    said = script.by(LEAD, "erase", case, "--why", "asked for", "--json")

    assert (said.status, said.json["error"]) == (2, "not_confirmed")
    assert "--yes" in said.json["message"]
    assert office.case(case).erased_at is None


@pytest.mark.parametrize(
    "words",
    [["--why", "x"], ["--why", "x", "--lift", "--until", "2027-01-01"], ["--until", "2027-01-01"], ["--list"],
     ["--why", "x", "--until", "tomorrow-ish"], ["--why", " ", "--until", "2027-01-01"]],
)  # fmt: skip
def test_half_a_line_is_no_order(script: Script, office: TestOffice, words: list[str]) -> None:
    case = closed(office)

    assert script.by(LEAD, "legal-hold", case, *words).status == 2
    assert script.by(LEAD, "legal-hold", "--json").json == []


@pytest.mark.parametrize(
    "line",
    [["legal-hold", "CASE", "--why", "x", "--until", "2099-01-01"], ["retention"], ["retention", "--adopt"],
     ["erase", "CASE", "--why", "x", "--yes"]],
)  # fmt: skip
def test_only_a_lead_keeps_or_erases(script: Script, office: TestOffice, line: list[str]) -> None:
    case = closed(office)

    said = script.by(CLERK, *[case if word == "CASE" else word for word in line], "--json")

    assert (said.status, said.json["error"]) == (1, "lead_only")
    assert script.by(CLERK, "retention", "--dry-run").status == 0


def test_retention_shows_first_and_then_erases(script: Script, office: TestOffice) -> None:
    case = closed(office)
    office.tell('UPDATE "case" SET closed_at = :then WHERE number = :case', then="2020-01-06 01:00:00+00", case=case)

    shown = script.by(CLERK, "retention", "--dry-run", "--json").json
    still = office.case(case).erased_at
    done = script.by(LEAD, "retention", "--json").json
    read = {language: script.by(LEAD, "retention", "--dry-run", "--lang", language).out for language in ("ja", "en")}

    assert [one["case"] for one in shown["due"]] == [case]
    assert (shown["erased"], shown["dry_run"], still) == ([], True, None)
    assert (done["erased"], done["due"]) == ([case], [])
    assert "36 months" in read["en"]
    assert "36か月" in read["ja"]


@pytest.fixture
def personal(office: TestOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the script believe that the database itself knows who asks, as it does of a personal login."""
    monkeypatch.setattr(staffing, "is_personal", lambda db: True)


@on_both
def test_under_a_personal_login_the_workers_erase_and_the_call_waits(
    script: Script, office: TestOffice, personal: None
) -> None:
    case = closed(office)
    late = script.by(LEAD, "erase", case, "--why", "asked for", "--yes", "--wait", "0", "--json")

    worker = threading.Thread(target=lambda: retention.sweep(office.unit))
    worker.start()
    said = script.by(LEAD, "erase", case, "--why", "asked for", "--yes", "--json")
    worker.join()

    assert (late.status, late.json["error"]) == (4, "pending")
    assert (said.status, said.json["erased"], said.json["cases"]) == (0, True, [case])
    assert office.case(case).erased_at is not None


@on_both
def test_a_backup_is_told_and_refused_where_it_would_overwrite(
    script: Script, office: TestOffice, tmp_path: Path
) -> None:
    case = closed(office)
    out = str(tmp_path / "monday")

    made = script("backup", "--out", out, "--json")
    again = script("backup", "--out", out, "--json")
    erased = script.by(LEAD, "erase", case, "--why", "asked for", "--yes", "--json").json
    here = script("restore", out, "--json")
    nothing = script("restore", str(tmp_path / "nowhere"), "--json")

    assert (made.status, made.json["keys"], made.json["missing"], made.json["faults"]) == (0, f"{out}.keys", [], [])
    assert (again.status, again.json["error"]) == (2, "not_empty")
    assert erased["copies"] == []
    assert (here.status, here.json["error"]) == (1, "place_taken")
    assert (nothing.status, nothing.json["error"]) == (2, "no_backup")
    with key_copies.reader(Path(f"{out}.keys")) as key_of:
        assert key_of(case) is None


@on_both
def test_the_key_of_the_keys_is_changed_by_a_lead_and_on_the_record(script: Script, office: TestOffice) -> None:
    case = closed(office)
    before = (office.settings.keys / "kek").read_bytes()

    refused = script.by(CLERK, "keys", "rotate", "--json")
    done = script.by(LEAD, "keys", "rotate", "--json")

    assert (refused.status, refused.json["error"]) == (1, "lead_only")
    case_id = office.case(case).id
    lookup = {"stage": 2, "done": True, "at": case_id, "of": case_id}
    assert (done.status, done.json) == (0, {"rotated": 1, "lookup": lookup})
    assert (office.settings.keys / "lookup.2").stat().st_mode & 0o777 == 0o600
    assert (office.settings.keys / "kek").read_bytes() != before
    office.keys.get(case)
    what = [row.what for row in office.ask("SELECT what FROM office_event ORDER BY seq")]
    assert what[-4:] == ["keys_rotation_begun", "keys_rotated", "lookup_rotation_begun", "lookup_rotated"]


def test_the_list_of_papers_is_printed_for_whoever_shreds_them(
    script: Script, office: TestOffice, tmp_path: Path
) -> None:
    said = script.by(CLERK, "disposals", "--out", str(tmp_path / "papers.pdf"), "--json")

    assert (said.status, said.json) == (0, [])
    assert (tmp_path / "papers.pdf").read_bytes().startswith(b"%PDF")


@on_both
def test_a_printed_list_is_recorded_in_one_go_without_what_stayed_and_taken_back(
    script: Script, office: TestOffice, tmp_path: Path
) -> None:
    first, second, third = (answered(office) for _ in range(3))
    script.by(CLERK, "disposals", "--out", str(tmp_path / "papers.pdf"), "--json")
    printed = script.by(CLERK, "disposals", "--out", str(tmp_path / "papers.pdf"), "--json").json
    later = answered(office)
    (number,) = {one["list"] for one in printed}
    deed = ("--where", f"list={number},but={second}", "--what", "evidence", "--end", "destroyed", "--yes", "--json")

    why = ("--why", "still here", "--yes", "--json")

    shredded = script.by(CLERK, "bulk", "end-papers", *deed)
    left = [one["case"] for one in script.by(CLERK, "disposals", "--json").json]
    script.by(CLERK, "bulk", "undo-papers", "--where", f"list={number},case={third}", *deed[2:4], *why)
    back = [one["case"] for one in script.by(CLERK, "disposals", "--json").json]

    assert [item["case"] for item in shredded.json["items"]] == [first, third]
    assert shredded.json["done"] == 2
    assert left == [second, later]
    assert back == [second, third, later]
    assert f"list={number} --what evidence" in text_of((tmp_path / "papers.pdf").read_bytes())


def test_a_list_that_was_not_printed_is_named(script: Script, office: TestOffice) -> None:
    case = answered(office)
    deed = ("--what", "evidence", "--end", "destroyed", "--yes")

    unknown = script.by(CLERK, "bulk", "end-papers", "--where", "list=1", *deed)
    crooked = script.by(CLERK, "bulk", "end-papers", "--where", "list=first,case=26-000001-1", *deed)
    all_but = script.by(CLERK, "bulk", "end-papers", "--where", f"but={case}", *deed)

    assert (unknown.status, "no list has the number 1" in unknown.err) == (2, True)
    assert crooked.status == 2
    assert "the figure at the top" in crooked.err
    assert "case=26-000001-1" in crooked.err
    assert (all_but.status, "say which cases" in all_but.err) == (2, True)
