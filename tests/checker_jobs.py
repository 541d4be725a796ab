"""The checker's own idea of whose turn it is: the next job of people in each request, from state, letters and papers.

Like the rest of the checker it shares no code with the engine.
"""

import json
from typing import Any

from tests.ledger import Ledger

MAILINGS = ("request_forms", "deficiency_notice")


def jobs(ledger: Ledger) -> None:
    """Blame every request whose row says another next job than its state, its letters and its papers do."""
    letters_of = ledger.by_case("letter")
    unregistered = {
        page["case_id"]
        for page in ledger.tables["scan_page"]
        if page["sort"] == "form" and page["state"] == "kept" and not page["registered"]
    }
    for case in ledger.tables["case"]:
        if case["definition"] != "request" or case["erased_at"] is not None:
            continue
        newest: dict[str, dict[str, Any]] = {}
        for letter in sorted(letters_of.get(case["id"], []), key=lambda one: int(one["copy"])):
            newest[letter["number"]] = letter
        lies = case["id"] in unregistered
        if lies != (case["scanned_at"] is not None):
            ledger.blame("I11", case["number"], "says otherwise than its pages whether they are registered")
        expected = _turn(case, list(newest.values()), lies=lies)
        if case["todo"] not in expected:
            ledger.blame("I11", case["number"], f"its next job is {case['todo']}, and should be {expected}")


def _turn(case: dict[str, Any], letters: list[dict[str, Any]], *, lies: bool) -> tuple[str | None, ...]:
    hold, facts = _read(case["hold"]), _read(case["facts"]) or {}
    mail = _mail(letters)
    if not case["open"]:
        return ("register",) if case["state"] == "lapsed" and lies else _closed(mail, letters, facts)
    if case["state"] == "forms_mailed" and lies:
        return ("register",)
    if hold is not None and hold["by"] == "system":
        return ("hold",)
    if case["state"] == "contacted":
        mailing = _mail([one for one in letters if one["kind"] in MAILINGS and one["round"] == facts["rounds"]])
        return (mailing or mail or (None if hold else "notice"),)
    if case["state"] == "forms_mailed" or hold is not None:
        return (mail,)
    if case["state"] == "id_verified" and _waits_for_money(facts.get("account"), letters):
        return (mail,)
    if any(step.get("done_on") is None for step in _course(facts).get("steps", ())):
        return ("step",) if case["verified_by"] is not None else ("verify", "decide", "release")
    own = ("step",) if facts.get("procedure") else ()  # it may stand before the decision by the office's own file
    if case["decided_by"] is not None:
        return ("release",)
    return ("decide", *own) if case["state"] == "id_verified" else ("verify", "decide")


def _course(facts: dict[str, Any]) -> dict[str, Any]:
    return facts.get("course") or {}


def _closed(mail: str | None, letters: list[dict[str, Any]], facts: dict[str, Any]) -> tuple[str | None, ...]:
    """Return whose turn it is once a case is closed: an answer may wait to be fetched, and something may follow it."""
    course, own = _course(facts), bool(facts.get("procedure"))
    if mail == "post" and own:
        ways = {(_read(one["envelope"]) or {}).get("way", "post") for one in letters if one["state"] == "printed"}
        way = (course.get("chosen") or {}).get("way") or min(ways)
        if way in ("collected", "viewed"):
            told = course.get("ready") or course.get("not_collected")
            return (None, "papers", "carry_out") if told else ("hand_over",)
    if mail is None and own:
        return (None, "carry_out", "papers")
    if mail is None and any(told["what"] == "papers:evidence" for told in course.get("chased") or ()):
        return (None, "papers")  # told that the time of paper is up; signed for, or not yet
    return ("notice", None) if mail == "notice" and own else (mail,)


def _waits_for_money(account: dict[str, Any] | None, letters: list[dict[str, Any]]) -> bool:
    """Whether a bill is out, or lies here, and less was paid since than it asks for."""
    bill = None if account is None else account.get("bill")
    if account is None or bill is None:
        return False
    letter = next((one for one in letters if one["number"] == bill["letter"]), None)
    if letter is None or letter["state"] in ("void", "returned"):
        return False
    since = [
        entry["amount"]
        for entry in account["entries"]
        if entry["seq"] > bill["seq"] and entry["what"] == "payment" and "undone" not in entry
        and entry.get("not_taken") is None
    ]  # fmt: skip
    return int(sum(since)) < int(bill["amount"])


def _mail(letters: list[dict[str, Any]]) -> str | None:
    states = {letter["state"] for letter in letters}
    if states & {"ordered", "made"}:
        return "print"
    if "printed" in states:
        return "post"
    back = any(letter["state"] == "returned" and letter["kind"] not in MAILINGS for letter in letters)
    return "notice" if back else None


def _read(stored: Any) -> Any:
    return json.loads(stored) if isinstance(stored, str) else stored
