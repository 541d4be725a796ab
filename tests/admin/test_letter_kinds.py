"""The switch of each kind of letter by the script: who may turn it, what it says, what the other commands say then."""

import pytest

from tests.admin.conftest import Script, on_both
from tests.office import CLERK, LEAD, TestOffice
from workflows.request.values import LetterKind


def kinds(script: Script, *arguments: str) -> dict[str, dict[str, object]]:
    said = script.by(CLERK, "letter-kinds", *arguments, "--json")
    assert said.status == 0, said
    return {row["kind"]: row for row in said.json}


def test_a_lead_stops_a_kind_and_starts_it_again_and_doing_it_twice_is_doing_it_once(
    script: Script, office: TestOffice
) -> None:
    stopped = script.by(LEAD, "letter-kinds", "stop", "reminder", "--reason", "wrong_wording", "--json")
    twice = script.by(LEAD, "letter-kinds", "stop", "reminder", "--reason", "law_changed", "--json")
    listed = kinds(script)
    started = script.by(LEAD, "letter-kinds", "start", "reminder", "--json")
    again = script.by(LEAD, "letter-kinds", "start", "reminder", "--json")

    assert [said.status for said in (stopped, twice, started, again)] == [0, 0, 0, 0]
    assert [said.json["changed"] for said in (stopped, twice, started, again)] == [True, False, True, False]
    assert (stopped.json["state"], stopped.json["reason_words"]) == ("stopped", "wrong wording")
    assert (listed["reminder"]["state"], listed["reminder"]["by"]) == ("stopped", f"{LEAD} (by {_login()})")
    assert listed["reminder"]["reason"] == "wrong_wording"
    assert [row["state"] for row in kinds(script, "list").values()] == ["on"] * len(LetterKind)


def _login() -> str:
    from commands.office import login

    return login()


@pytest.mark.parametrize("deed", [["stop", "reminder", "--reason", "other"], ["start", "reminder"]])
def test_only_a_lead_turns_the_switch(script: Script, office: TestOffice, deed: list[str]) -> None:
    said = script.by(CLERK, "letter-kinds", *deed, "--json")

    assert (said.status, said.json["error"]) == (1, "lead_only")
    assert office.ask("SELECT 1 FROM letter_kind") == []


def test_a_wrong_line_is_refused_and_turns_nothing(script: Script, office: TestOffice) -> None:
    for line in (
        ["stop", "reminder"],
        ["stop", "postcard", "--reason", "other"],
        ["start", "postcard"],
        ["stop", "reminder", "--reason", " "],
        ["stop", "reminder", "--reason", "two\nlines"],
    ):
        said = script.by(LEAD, "letter-kinds", *line, "--json")

        assert said.status == 2, line
        assert office.ask("SELECT 1 FROM letter_kind") == []


@pytest.mark.parametrize("language", ["ja", "en"])
def test_it_speaks_both_languages(script: Script, office: TestOffice, language: str) -> None:
    office.opened()
    office.make_letters()
    reason = "電話番号が古い" if language == "ja" else "old number"

    told = [
        script.by(LEAD, "--lang", language, "letter-kinds", *line)
        for line in (
            ["stop", "request_forms", "--reason", reason],
            ["stop", "request_forms", "--reason", reason],
            [],
            ["start", "request_forms"],
            ["start", "request_forms"],
        )
    ]

    assert [said.status for said in told] == [0] * 5
    words = (
        ["止めました", "既に止まっています", "停止", "再開しました", "止まっていません"]
        if language == "ja"
        else ["stopped", "stopped already", "stopped", "started", "not stopped"]
    )
    assert [word in said.out for word, said in zip(words, told, strict=True)] == [True] * 5
    assert all(reason in told[n].out for n in (1, 2))


@on_both
def test_the_commands_of_the_day_say_what_a_stop_keeps_back(
    script: Script, office: TestOffice, worker: None, tmp_path: object
) -> None:
    on_paper = office.opened()
    office.make_letters()
    office.print_letters(on_paper)
    kept = office.opened()
    office.make_letters()
    script.by(LEAD, "letter-kinds", "stop", "request_forms", "--reason", "wrong_layout")

    printed = script.by(CLERK, "print", "--out", str(tmp_path), "--json")
    posted = script.by(CLERK, "posted", f"{on_paper}-01", "--json")
    why = script.by(CLERK, "why", kept)
    shown = script.by(CLERK, "show", kept)
    listed = script.by(CLERK, "list")
    status = script.by(CLERK, "status", "--json")

    assert (printed.status, printed.json["batch"]) == (1, None)
    assert [one["codes"] for one in printed.json["refused"]] == [["print.stopped"]]
    assert (posted.status, posted.json[0]["outcome"], posted.json[0]["kind_stopped"]) == (0, "done", True)
    assert "a lead has stopped this kind of letter" in posted.err
    assert f"{kept}-01 (request forms) waits" in " ".join(why.out.split())
    assert "this kind is stopped" in shown.out
    assert [("(stop)" in line) for line in listed.out.splitlines() if kept in line] == [True]
    detail = next(check["detail"] for check in status.json["checks"] if check["name"] == "letter_kinds")
    assert "wrong layout" in detail
    assert "1 to be printed" in detail


@on_both
def test_the_doctor_removes_what_a_killed_worker_left(script: Script, office: TestOffice) -> None:
    office.opened()
    office.make_letters()
    sheet = next(office.settings.spool.rglob("*.pdf"))
    office.tell("UPDATE effect SET claimed_at = NULL")
    draft = sheet.with_name(f".{sheet.name}.0123456789abcdef")
    draft.write_bytes(b"half a let")

    found = script.by(LEAD, "doctor", "--json")
    refused = script.by(CLERK, "doctor", "--repair", "--json")
    mended = script.by(LEAD, "doctor", "--repair", "--json")
    after = script.by(LEAD, "doctor", "--json")

    assert (found.status, [one["what"] for one in found.json["findings"]]) == (1, ["stray_draft"])
    assert "--repair" in found.err
    assert refused.status == 1
    assert (mended.status, [one["what"] for one in mended.json["repaired"]]) == (0, ["stray_draft"])
    assert (after.status, draft.exists(), sheet.exists()) == (0, False, True)
