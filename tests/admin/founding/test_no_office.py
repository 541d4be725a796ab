"""Where no office was founded every command says so, and leaves nothing behind."""

import json
from pathlib import Path
from typing import Any

import pytest

from commands.main import names
from commands.office import login
from tests.admin.founding.places import Calling, rows

CASE = "26-000001-D"
OPERANDS = {
    "audit": ["verify"],
    "ask-again": [CASE, "--missing", "pages"],
    "assign": [CASE, "hanako"],
    "acknowledge": [CASE, "--how", "phone"],
    "apply-execution": [CASE, "--manner", "post"],
    "backup": ["--out", "saved"],
    "bulk": ["void", "--where", "state=contacted", "--reason", "mistake"],
    "calendar": ["list"],
    "carry-out": [CASE, "--manner", "post"],
    "draft": [CASE, "--out", "draft.pdf"],
    "end-papers": [CASE, "--what", "forms", "--end", "destroyed"],
    "erase": [CASE, "--why", "its time is over", "--yes"],
    "evidence": [CASE, "--out", "case.zip"],
    "extend": [CASE, "--reason", "complexity"],
    "finish-step": [CASE, "--step", "doctor", "--result", "agreed"],
    "hand-over": [CASE, "--way", "email"],
    "board": ["--out", "board.html"],
    "hold": [CASE, "--reason", "other"],
    "inquiry": ["list"],
    "keys": ["rotate"],
    "legal-hold": ["--list"],
    "letter-kinds": ["list"],
    "mail-again": [CASE, "--why", "lost"],
    "move": ["--to", "sqlite:////nowhere/there.sqlite3"],
    "move-window": [CASE, "--window", "osaka"],
    "open-step": [CASE, "--step", "doctor"],
    "override": [CASE, "--what", "pages", "--reason", "seen"],
    "papers": [CASE, "--out", "papers"],
    "posted": [f"{CASE}-01"],
    "print": ["--out", "printed"],
    "mail": ["list"],
    "procedure": ["show"],
    "record-payment": [CASE, "--means", "stamps", "--amount", "500"],
    "record-posting": [CASE, "--letter", f"{CASE}-01"],
    "record-return": [CASE, "--letter", f"{CASE}-01", "--reason", "moved"],
    "refund": [CASE, "--means", "stamps", "--amount", "500", "--why", "too much"],
    "reinstate": [CASE, "--why", "a slip"],
    "requeue": ["--all", "--why", "mended"],
    "retention": ["--dry-run"],
    "returned": [f"{CASE}-01", "--reason", "moved"],
    "search": ["list"],
    "staff": ["add", "hanako", "--role", "clerk"],
    "tell-ready": [CASE, "--how", "phone"],
    "tray": ["list"],
    "unask": [CASE, "--why", "a slip"],
    "undo-execution": [CASE, "--why", "a slip"],
    "undo-papers": [CASE, "--what", "forms", "--why", "a slip"],
    "undo-ready": [CASE, "--why", "a slip"],
    "undo-step": [CASE, "--step", "doctor", "--why", "a slip"],
    "unverify": [CASE, "--why", "a slip"],
    "undeliverable": [CASE, "--reason", "moved"],
    "void": [CASE, "--reason", "mistake"],
    "withdraw-bill": [CASE, "--why", "a slip"],
    "withdraw": [CASE, "--on", "2026-11-09", "--how", "phone"],
}
WITHOUT = {
    "clock",
    "disposals",
    "doctor",
    "fees",
    "forecast",
    "incidents",
    "metrics",
    "letters",
    "list",
    "log",
    "notices",
    "plan",
    "stats",
    "status",
    "office",
    "today",
}
# No office is needed to see the procedure, to ask about none, or to begin one.
EVERYWHERE = {"init", "restore", "completion", "diagram"}
FILES: dict[str, Any] = {
    "open": {"rights": ["disclosure"], "category": "customer", "channel": "post", "language": "ja",
             "subject": {"name": "見本 花子"}},
    "amend": {"why": "moved", "language": "en"},
    "find": {"name": "見本"},
    "correct-answer": {"why": "a slip", "outcomes": {"disclosure": {"outcome": "not_held"}}},
    "decide": {"outcomes": {"disclosure": {"outcome": "not_held"}}},
    "receive-forms": {"arrived_at": "2026-11-09T11:00:00+09:00", "forms": ["disclosure"], "pages": 1},
    "reopen": {"arrived_at": "2026-11-09T11:00:00+09:00", "forms": ["disclosure"], "pages": 1},
}  # fmt: skip


def line_of(name: str, folder: Path) -> list[str]:
    """Return a call of that command that would do something in an office."""
    if name in WITHOUT:
        return [name]
    if name in ("import", "scan"):
        file = folder / f"{name}.csv"
        file.write_text("rights,category,channel,language,subject.name\ndisclosure,customer,post,ja,見本\n", "utf-8")
        return [name, str(file)]
    if name in FILES:
        file = folder / f"{name}.json"
        file.write_text(json.dumps(FILES[name], ensure_ascii=False), "utf-8")
        code = ["--code", "PJG6-135F-WF1W-HTZ8-2"] if name == "receive-forms" else []
        return [name, *([] if name in ("open", "find") else [CASE]), *code, "--file", str(file)]
    return [name, *OPERANDS.get(name, [CASE])]


def test_in_an_empty_place_every_command_is_exit_5_and_leaves_nothing(
    call: Calling, place: dict[str, str], home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    answers = {}

    for name in sorted(set(names()) - EVERYWHERE):
        answers[name] = call(*line_of(name, tmp_path), "--json", **place)

    assert {name: (said.status, said.json.get("error")) for name, said in answers.items()} == dict.fromkeys(
        answers, (5, "no_office")
    )
    assert list(home.iterdir()) == list((tmp_path / "here").iterdir()) == []
    if place:
        assert rows(place, home, "SELECT 1 FROM pg_tables WHERE schemaname = 'public'") == []
    else:
        assert all(str(home / "office" / "var") in said.json["message"] for said in answers.values())


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_office_here_is_said_with_the_place_in_both_languages(call: Calling, home: Path, language: str) -> None:
    said = call("list", "--lang", language)

    assert said.status == 5
    assert str(home / "office") in said.err
    assert ("ここに窓口はありません" if language == "ja" else "no office here") in said.err
    assert all(line in said.err for line in ("./admin.py init", "office found --lead", "./admin.py restore DIR"))


def test_a_schema_without_an_office_is_no_office(call: Calling, home: Path, database_url: str) -> None:
    said = call("list", "--json", DATABASE_URL=database_url)

    assert (said.status, said.json["error"]) == (5, "no_office")
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("mistyped", ["HOME", "DATABASE_URL", "KEYS"])
def test_a_mistyped_place_founds_nothing(call: Calling, home: Path, mistyped: str) -> None:
    call("office", "found", "--lead", login())
    wrong = {
        "HOME": str(home / "ofice"),
        "DATABASE_URL": f"sqlite:///{home}/office/var/madoguhci.sqlite3",
        "KEYS": str(home / "kyes"),
    }
    contact = home / "contact.json"
    contact.write_text(json.dumps(FILES["open"], ensure_ascii=False), "utf-8")
    before = {*home.rglob("*")}

    said = call("open", "--file", str(contact), "--wait", "0", "--json", **{mistyped: wrong[mistyped]})

    assert (said.status, said.json["error"]) == (5, "keystore" if mistyped == "KEYS" else "no_office")
    assert [
        path for path in sorted(home.rglob("*")) if path not in before and path.name != "madoguchi.sqlite3.turn"
    ] == []


def test_as_is_refused_by_every_command_of_an_office_that_is_no_demo(call: Calling, home: Path, tmp_path: Path) -> None:
    """An option that is passed over in silence lies: whoever looks is told as well as whoever writes."""
    call("office", "found", "--lead", login())
    answers = {}

    for name in sorted(set(names()) - EVERYWHERE):
        answers[name] = call("--as", "somebody", *line_of(name, tmp_path), "--json")

    told = {name: (said.status, said.json.get("error")) for name, said in answers.items()}
    assert told == dict.fromkeys(answers, (1, "as_not_allowed"))
