"""The steps of an office's own procedure at the command line: typed, told, and the list of papers to sign."""

from datetime import datetime, time, timedelta
from unicodedata import east_asian_width

import pytest

from tests.admin.conftest import Script, on_both
from tests.office import APPROVER, CLERK, GRANTED, LEAD, TOKYO, VERIFIER, TestOffice
from tests.own_procedure import adopts
from workflows.request.payloads import Fulfil

PROCEDURE = """
from = 2026-04-01
[answer]
class = "general_registered"
extras = ["no_forwarding"]
[[step]]
code = "doctor"
ja = "医師の意見"
en = "a doctor's opinion"
within = { weeks = 2 }
[documents.evidence]
end = "destroyed"
within = { days = 14 }
"""
WINDOWS = """
[[window]]
code = "central"
ja = "中央受付"
en = "Central reception"
"""


@on_both
@pytest.mark.usefixtures("worker")
def test_a_step_before_the_decision_is_typed_and_named_by_why(script: Script, office: TestOffice) -> None:
    adopts(office, PROCEDURE)
    case = office.verified()

    why = script.by(VERIFIER, "why", case)
    unknown = script.by(VERIFIER, "open-step", case, "--step", "committee")
    opened = script.by(VERIFIER, "open-step", case, "--step", "doctor")
    done = script.by(VERIFIER, "finish-step", case, "--step", "doctor", "--result", "agreed")
    undone = script.by(VERIFIER, "undo-step", case, "--step", "doctor", "--why", "another case")
    shown = script.by(VERIFIER, "show", case, "--json").json

    assert "step doctor stands before the decision" in " ".join(why.out.split())
    assert (unknown.status, opened.status, done.status, undone.status) == (1, 0, 0, 0)
    assert shown["course"]["steps"][0]["code"] == "doctor"
    assert shown["answer_goes"] == {
        "to": "subject", "way": "post", "class": "general_registered", "extras": ["no_forwarding"],
        "picked_unpaid": [],
    }  # fmt: skip


@on_both
@pytest.mark.usefixtures("worker")
def test_show_tells_beginning_steps_window_answer_and_papers_at_80_columns_in_both_languages(
    script: Script, office: TestOffice
) -> None:
    adopts(
        office,
        PROCEDURE.replace(
            "[answer]", '[answer]\nways = ["collected"]\ncollect = { within = { weeks = 2 }, then = "kept" }'
        )
        + WINDOWS,
    )
    case = office.verified()
    script.by(CLERK, "move-window", case, "--window", "central")
    waiting = script.by(CLERK, "show", case, "--lang", "en").out
    script.by(VERIFIER, "open-step", case, "--step", "doctor")
    open_ = script.by(CLERK, "show", case, "--lang", "en").out
    script.by(VERIFIER, "finish-step", case, "--step", "doctor", "--result", "agreed")
    office.must(case, "decide", GRANTED, by=VERIFIER)
    office.must(case, "fulfil", Fulfil(), by=APPROVER)
    office.make_letters(case)
    office.print_letters(case)
    script.by(CLERK, "tell-ready", case, "--how", "phone")
    script.by(CLERK, "hand-over", case, "--way", "collected", "--paper", "passport", "--receipt")
    script.by(CLERK, "end-papers", case, "--what", "evidence", "--end", "destroyed")
    pages = {language: script.by(CLERK, "show", case, "--lang", language).out for language in ("ja", "en")}

    assert "a doctor's opinion: not opened yet" in waiting
    assert "a doctor's opinion: opened" in open_
    said = {language: " ".join(page.split()) for language, page in pages.items()}
    for words in (
        "began with a first contact", "window Central reception", "a doctor's opinion: agreed",
        "answer goes collected at", f"told on {office.today} that it lies ready (by telephone)", "signed for (sato",
        "identity documents: destroyed on",
    ):  # fmt: skip
        assert words in said["en"], pages["en"]
    for words in ("始まり 事前の連絡", "窓口 中央受付", "医師の意見：", "賛成", "受領の署名あり", "本人確認書類："):
        assert words in said["ja"], pages["ja"]
    for page in pages.values():
        assert max(sum(2 if east_asian_width(one) in "WF" else 1 for one in line) for line in page.splitlines()) <= 80


@on_both
def test_papers_that_nobody_needs_any_more_are_a_list_to_sign_in_both_languages(
    script: Script, office: TestOffice
) -> None:
    adopts(office, PROCEDURE.replace("[[step]]", "[[step]]\nalways = false"))
    case = office.fulfilled()
    office.post_letters(case)
    before = script.by(CLERK, "disposals", "--json").json
    answered = office.today

    office.move_to(datetime.combine(office.today + timedelta(days=14), time(9, 31), TOKYO))
    office.sweep()

    by = answered + timedelta(days=14)
    row = {"case": case, "what": "evidence", "end": "destroyed", "since": answered.isoformat(), "by": by.isoformat()}
    assert before == script.by(CLERK, "disposals", "--json").json == [{**row, "overdue": False}]
    for language, words in (("en", "identity documents: destroyed"), ("ja", "本人確認書類：廃棄")):
        page = script.by(CLERK, "disposals", "--lang", language).out
        assert f"[ ] {case}" in page
        assert words in page
    assert script.by("nobody", "disposals").status == 3
    assert script.by(LEAD, "list", "--todo", "papers", "--json").json[0]["case"] == case
