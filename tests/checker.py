"""The independent checker: reads the database and the spool and says which promise is broken, and where.

It shares no code with the engine: raw SQL, the standard library's hashes, and the procedure's edges and the history's
canonical form written down here a second time, by hand. What the engine believes of itself is worth nothing here.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.checker_jobs import jobs
from tests.checker_money import money
from tests.checker_office import CLOSED, EVERY, OFFICE_EDGES, OFFICE_SYSTEM, OPEN
from tests.checker_office import staying as _staying
from tests.checker_scans import scans
from tests.checker_searches import SEARCHES
from tests.checker_ways import BECOMES, TAKES_BACK
from tests.ledger import Finding, Ledger, read

EDGES: dict[str, set[tuple[str | None, str]]] = {
    "open": {(None, "contacted")},
    "open_with_forms": {(None, "forms_returned")},
    "amend": _staying(*OPEN),
    "mail_forms": {("contacted", "forms_mailed")},
    "undeliverable": {("forms_mailed", "contacted")},
    "receive_forms": {("forms_mailed", "forms_returned")},
    "receive_own_forms": {("contacted", "forms_returned")},
    "undo_own_arrival": {("forms_returned", "contacted")},
    "ask_again": {("forms_returned", "contacted")},
    "unverify": {("id_verified", "forms_returned")},
    "verify_identity": {("forms_returned", "id_verified")},
    "decide": _staying("id_verified", "forms_returned"),
    "fulfil": {("id_verified", "fulfilled")},
    "refuse": {("id_verified", "refused"), ("forms_returned", "refused")},
    "withdraw": {(state, "withdrawn") for state in OPEN},
    "void": {("contacted", "voided"), ("forms_mailed", "voided"), ("forms_returned", "voided")},
    "remind": _staying("forms_mailed"),
    "put_off": _staying("forms_mailed", "id_verified"),  # something lies in the house: nobody may say that nothing came
    "escalate": _staying(*EVERY),  # of a closed case: its letters and the law's own date
    "lapse": {("forms_mailed", "lapsed")},
    "give_up_waiting": {("forms_mailed", "forms_returned")},
    "reopen": {("lapsed", "forms_returned")},
    "hold": _staying(*OPEN),
    "resume": _staying(*OPEN),
    "extend": _staying(*OPEN),
    "record_posting": _staying(*EVERY),
    "record_return": _staying(*EVERY),
    "post_again": _staying(*CLOSED),
    "override": _staying("forms_returned", "id_verified", "fulfilled"),  # of the last two the fee alone
    "approve": _staying("forms_returned", "id_verified", "fulfilled"),
    "undo_posting": _staying(*EVERY),
    "undo_mailing": {("forms_mailed", "contacted")},
    "amend_posting": _staying(*EVERY),
    "undo_return": _staying(*EVERY),
    "undo_undeliverable": {("contacted", "forms_mailed")},
    "receive_again": {(state, "forms_returned") for state in OPEN},
    "undo_arrival": {("forms_returned", "forms_mailed")},
    "undo_reopening": {("forms_returned", "lapsed")},
    "unask": {("contacted", "forms_returned")},
    "mail_again": {("forms_mailed", "contacted")},
    "correct_answer": {("fulfilled", "id_verified"), ("refused", "id_verified")},
    "correct_refusal": {("refused", "forms_returned")},
    "undo_correction": {("id_verified", "fulfilled"), ("forms_returned", "fulfilled")},
    "undo_correction_of_refusal": {("id_verified", "refused"), ("forms_returned", "refused")},
    "undo_mail_again": {("contacted", "forms_mailed")},
    "reinstate": {(state, "contacted") for state in ("withdrawn", "voided", "lapsed")},
    "reinstate_papers": {(state, "forms_returned") for state in ("withdrawn", "voided")},
    **OFFICE_EDGES,
    "recount": _staying(*EVERY),
    "adopt": _staying(*EVERY),
}
"""Section 4 of the procedure: which transition leads from where to where."""

SYSTEM_ONLY = {"remind", "put_off", "escalate", "lapse", "give_up_waiting", "recount", "adopt", *OFFICE_SYSTEM}


@dataclass(frozen=True, slots=True)
class Ways:
    """What one procedure allows: which transition leads from where to where, which are the clock's, what is open."""

    edges: Mapping[str, set[tuple[str | None, str]]]
    system_only: Collection[str]
    open: Collection[str]


WAYS: dict[str, Ways] = {
    "request": Ways(EDGES, SYSTEM_ONLY, OPEN),
    "search": Ways(SEARCHES, {"remind", "escalate", "recount", "adopt"}, {"asked"}),
}
"""By the name of the procedure; a test that brings one of its own says here what it allows."""

ON_PAPER = ("made", "printed", "posted", "returned")


def check(url: str, spool: Path, told: Iterable[str] = (), *, settled: bool = True) -> list[Finding]:
    """Return every broken promise; nothing if all are kept.

    ``told`` are the keys of orders that were acknowledged to somebody. ``settled`` says that the office has come to
    rest: then nothing may wait any more.
    """
    ledger = Ledger(read(url), spool)
    _orders(ledger, told, settled=settled)
    _transitions(ledger)
    _letters(ledger, settled=settled)
    scans(ledger, settled=settled)
    _chains(ledger)
    _reminders(ledger)
    _four_eyes(ledger)
    _next_moments(ledger)
    jobs(ledger)
    money(ledger)
    return ledger.findings


def assert_sound(url: str, spool: Path, told: Iterable[str] = (), *, settled: bool = True) -> None:
    """Fail with every broken promise in words."""
    findings = check(url, spool, told, settled=settled)
    assert not findings, "\n".join(f"{f.invariant} {f.where}: {f.what}" for f in findings)


# -- I1: no order is lost -----------------------------------------------------------------------------------------


def _orders(ledger: Ledger, told: Iterable[str], *, settled: bool) -> None:  # noqa: C901 - one question after another
    orders = ledger.tables["command"]
    stored = {order["key"]: order for order in orders}
    numbers = {case["id"]: case["number"] for case in ledger.tables["case"]}
    caused = {(numbers.get(row["case_id"]), row["cause"]): row for row in ledger.tables["history"]}
    aside = {row["subject"] for row in ledger.tables["incident"] if row["kind"] == "order"}
    for key in told:
        if key not in stored:
            ledger.blame("I1", key, "was acknowledged and is nowhere")
    for order in orders:
        row = caused.pop((order["case_number"], f"order:{order['id']}"), None)
        who = f"order {order['id']} ({order['transition']})"
        if order["outcome"] == "done":
            if row is None:
                ledger.blame("I1", who, "is said to be done, but the history knows nothing of it")
            elif (row["seq"], row["target"]) != (order["seq"], order["state"]):
                ledger.blame("I1", who, "was answered with another row than the one it caused")
            elif row["transition"] not in {order["transition"], *BECOMES.get(order["transition"], ())}:
                ledger.blame("I1", who, f"did {row['transition']} instead")
        elif row is not None:
            ledger.blame("I1", who, f"is {order['outcome'] or 'unanswered'}, but the history shows it done")
        elif order["outcome"] in ("refused", "set_aside"):
            if not order["reasons"]:
                ledger.blame("I1", who, f"is {order['outcome']} without a reason")
            if order["outcome"] == "set_aside" and f"{order['transition']} #{order['id']}" not in aside:
                ledger.blame("I1", who, "was set aside where nobody sees it")
        elif order["outcome"] is None and settled:
            ledger.blame("I1", who, "is still unanswered")
    for number, cause in caused:
        if cause.startswith("order:"):
            ledger.blame("I1", number, f"the history names {cause}, which nobody gave")


# -- I2: no transition is doubled or illegal ------------------------------------------------------------------------


def _transitions(ledger: Ledger) -> None:  # noqa: C901 - one question after another
    rows_of = ledger.by_case("history")
    cases = {case["id"]: case for case in ledger.tables["case"]}
    for stray in rows_of.keys() - cases.keys():
        ledger.blame("I2", f"case id {stray}", "has a history and no case")
    for case_id, case in cases.items():
        number, before, causes = case["number"], None, set()
        rows = sorted(rows_of.get(case_id, []), key=lambda row: row["seq"])
        if not rows:
            ledger.blame("I2", number, "has no history")
            continue
        entered, ways = 1, WAYS[case["definition"]]
        for expected, row in enumerate(rows, start=1):
            here = f"{number} row {row['seq']}"
            if row["seq"] != expected:
                ledger.blame("I2", here, f"should be row {expected}: a row is missing or doubled")
                break
            if row["cause"] in causes:
                ledger.blame("I2", here, f"happened twice for {row['cause']}")
            causes.add(row["cause"])
            if row["source"] != before:
                ledger.blame("I2", here, f"starts from {row['source']}, but the case stood in {before}")
            if (row["source"], row["target"]) not in ways.edges.get(row["transition"], set()):
                ledger.blame("I2", here, f"{row['transition']} cannot lead from {row['source']} to {row['target']}")
            by_a_person = row["actor"] != "system" or row["cause"].startswith("order:")
            if row["transition"] in ways.system_only and by_a_person:
                ledger.blame("I2", here, f"{row['transition']} was done by {row['actor']}, not by the clock")
            if row["source"] != row["target"]:
                entered = row["seq"]
            before = row["target"]
        _taken_back(ledger, number, rows)
        last = rows[-1]
        if (case["state"], case["seq"], case["entered_seq"]) != (last["target"], last["seq"], entered):
            ledger.blame("I2", number, f"stands in {case['state']}/{case['seq']}, its history ends otherwise")
        if bool(case["open"]) != (case["state"] in ways.open):
            ledger.blame("I2", number, f"is in {case['state']} and open={case['open']}")


def _taken_back(ledger: Ledger, number: str, rows: list[dict[str, Any]]) -> None:
    """What is put right names one row before it of the right kind that stands; no row is taken back twice."""
    standing = {row["seq"]: row["transition"] for row in rows}
    gone: dict[int, tuple[int, str]] = {}
    for row in rows:
        undone = row["details"].get("undoes", row["details"].get("replaces"))
        if undone is None:
            if row["transition"] in TAKES_BACK:
                ledger.blame("I2", f"{number} row {row['seq']}", f"{row['transition']} names nothing it takes back")
            continue
        what = standing.pop(undone, None) if undone < row["seq"] else None
        if what not in TAKES_BACK.get(row["transition"], ()):
            ledger.blame("I2", f"{number} row {row['seq']}", f"{row['transition']} takes back row {undone} ({what})")
        elif "undoes" in row["details"]:
            standing.update([gone.pop(undone)] if undone in gone else [])  # what had been taken back stands again
            gone[row["seq"]] = (undone, str(what))


# -- I3: each letter is made once -----------------------------------------------------------------------------------


def _letters(ledger: Ledger, *, settled: bool) -> None:
    letters = {(row["number"], row["copy"]): row for row in ledger.tables["letter"]}
    known = {row["path"]: row for row in letters.values() if row["path"]}
    if len(known) != sum(1 for row in letters.values() if row["path"]):
        ledger.blame("I3", "spool", "two letters share a file")
    known_people = {row["case_id"] for row in ledger.tables["person"] if row["sealed"] is not None}
    erased = {case["id"] for case in ledger.tables["case"] if case["erased_at"] is not None} - known_people
    for (number, copy), row in letters.items():
        if row["case_id"] in erased:
            if row["path"] is not None and (ledger.spool / row["path"]).exists():
                ledger.blame("I3", f"{number}/{copy}", "is a letter of an erased case, and still there")
            continue
        if row["state"] in ON_PAPER and row["path"] is None:
            ledger.blame("I3", f"{number}/{copy}", f"is {row['state']} and has no file")
        if row["path"] is None:
            continue
        file = ledger.spool / row["path"]
        if not file.is_file():
            ledger.blame("I3", f"{number}/{copy}", "its file is missing")
        elif hashlib.sha256(file.read_bytes()).hexdigest() != row["sha256"]:
            ledger.blame("I3", f"{number}/{copy}", "its file is not the one that was made")
    for file in sorted(ledger.spool.rglob("*.pdf")) if ledger.spool.is_dir() else []:
        if str(file.relative_to(ledger.spool)) not in known and settled:
            ledger.blame("I3", file.name, "lies in the spool and belongs to no letter")
    _effects(ledger, letters, settled=settled)


def _effects(ledger: Ledger, letters: dict[tuple[str, int], dict[str, Any]], *, settled: bool) -> None:
    effects = {(row["subject"], row["copy"]): row for row in ledger.tables["effect"] if row["kind"] == "letter"}
    aside = {row["subject"] for row in ledger.tables["incident"] if row["kind"] == "effect"}
    for key in letters.keys() ^ effects.keys():
        ledger.blame("I3", key, "is a letter without an effect, or an effect without a letter")
    for key in letters.keys() & effects.keys():
        state, effect = letters[key]["state"], effects[key]
        if effect["state"] == "waiting" and state != "ordered":
            ledger.blame("I3", key, f"is {state}, and its effect still waits")
        if effect["state"] == "waiting" and state == "ordered" and settled:
            ledger.blame("I3", key, "was ordered and never made")
        if effect["state"] == "done" and state == "ordered":
            ledger.blame("I3", key, "its effect is done, but it was never made")
        if effect["state"] in ("done", "void") and effect["sealed"] is not None:
            ledger.blame("I3", key, "what its effect carried was not wiped")
        if effect["state"] == "set_aside" and key[0] not in aside:
            ledger.blame("I3", key, "was set aside where nobody sees it")


# -- I4: the history verifies ---------------------------------------------------------------------------------------


def canonical(row: dict[str, Any]) -> bytes:
    """Return the bytes a history row's hash is taken over, form v1, written out a second time."""
    form: dict[str, Any] = {
        "actor": row["actor"],
        "at": row["at"],
        "case": row["case"],
        "cause": row["cause"],
        "commitment": row["commitment"],
        "definition": row["definition"],
        "details": row["details"],
        "form": "v1",
        "prev_hash": row["prev_hash"],
        "revision": row["revision"],
        "seq": row["seq"],
        "source": row["source"],
        "target": row["target"],
        "transition": row["transition"],
        "version": row["version"],
    }
    return json.dumps(form, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def _chains(ledger: Ledger) -> None:
    rows_of = ledger.by_case("history")
    for case in ledger.tables["case"]:
        before = ""
        for row in sorted(rows_of.get(case["id"], []), key=lambda row: row["seq"]):
            hashed = hashlib.sha256(canonical({**row, "case": case["number"]})).hexdigest()
            if row["form"] != "v1" or row["prev_hash"] != before or row["hash"] != hashed:
                ledger.blame("I4", f"{case['number']} row {row['seq']}", "does not follow from the row before it")
                break
            before = row["hash"]
        else:
            if case["head"] != before:
                ledger.blame("I4", case["number"], "its newest row is not the one the case names: the tail was cut")
    before = ""
    for expected, row in enumerate(sorted(ledger.tables["office_event"], key=lambda row: row["seq"]), start=1):
        form = {name: row[name] for name in ("seq", "at", "what", "actor", "details", "prev_hash")} | {"form": "v1"}
        text = json.dumps(form, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        hashed = hashlib.sha256(text.encode("utf-8")).hexdigest()
        if row["seq"] != expected or row["prev_hash"] != before or row["hash"] != hashed:
            ledger.blame("I4", f"office row {row['seq']}", "does not follow from the row before it")
            break
        before = row["hash"]
    _witnesses(ledger, before)
    _members(ledger)


def _witnesses(ledger: Ledger, end: str) -> None:
    """The log ends where its head says, and every case knows a row that is there."""
    hashes = {0: "", **{row["seq"]: row["hash"] for row in ledger.tables["office_event"]}}
    if [(row["seq"], row["hash"]) for row in ledger.tables["log_head"]] != [(max(hashes), end)]:
        ledger.blame("I4", "log_head", "does not name the last row of the office's log: its tail was cut")
    for case in ledger.tables["case"]:
        if hashes.get(case["log_seq"]) != case["log_hash"]:
            ledger.blame("I4", case["number"], f"knows another row {case['log_seq']} of the office's log")


def _members(ledger: Ledger) -> None:
    """Who works here follows from the office's log."""
    told: dict[str, tuple[set[str], bool]] = {}
    for row in sorted(ledger.tables["office_event"], key=lambda row: row["seq"]):
        if row["what"] == "staff_added":
            told[row["details"]["name"]] = (set(row["details"]["roles"]), True)
        elif row["what"] == "staff_removed":
            told[row["details"]["name"]] = (told[row["details"]["name"]][0], False)
    stored = {row["name"]: (set(row["roles"]), bool(row["active"])) for row in ledger.tables["staff"]}
    for name in stored.keys() | told.keys():
        if stored.get(name) != told.get(name):
            ledger.blame("I4", name, "has roles the office's log does not explain")


# -- I5: no reminder twice, none at night ---------------------------------------------------------------------------


def _reminders(ledger: Ledger) -> None:
    ordered = defaultdict(list)
    for letter in ledger.tables["letter"]:
        if letter["kind"] == "reminder" and letter["copy"] == 1:
            ordered[letter["case_id"], letter["seq"]].append(letter["number"])
    ours = {case["id"] for case in ledger.tables["case"] if case["definition"] == "request"}
    rows = [row for row in ledger.tables["history"] if row["transition"] == "remind" and row["case_id"] in ours]
    reminded = {(row["case_id"], row["seq"]): row for row in rows}
    for key, numbers in ordered.items():
        if len(numbers) > 1 or key not in reminded:
            ledger.blame("I5", numbers, "reminders that no firing ordered, or two for one firing")
    fired: set[tuple[int, str]] = set()
    for key, row in reminded.items():
        if key not in ordered:
            ledger.blame("I5", f"case id {key[0]} row {key[1]}", "reminded without a letter")
        if (row["case_id"], row["cause"]) in fired:
            ledger.blame("I5", f"case id {key[0]} row {key[1]}", f"reminded twice for {row['cause']}")
        fired.add((row["case_id"], row["cause"]))
        # Japan has kept UTC+9 without summer time since 1951.
        there = datetime.fromtimestamp(row["at"] / 1_000_000, UTC) + timedelta(hours=9)
        if there.weekday() >= 5 or not (9, 30) <= (there.hour, there.minute) < (18, 30):
            ledger.blame("I5", f"case id {key[0]} row {key[1]}", f"reminded while the office was closed ({there})")


ANEW = frozenset({
    "ask_again", "unverify", "verify_identity", "receive_again", "undo_arrival", "undo_reopening", "reinstate",
    "reinstate_papers",
})  # fmt: skip
"""After these nobody has verified or decided anything that is in force, but for who verifies by it."""


# -- I8: four eyes --------------------------------------------------------------------------------------------------


def _four_eyes(ledger: Ledger) -> None:  # noqa: C901 - one question after another
    rows_of = ledger.by_case("history")
    for case in ledger.tables["case"]:
        verified = decided = None
        for row in sorted(rows_of.get(case["id"], []), key=lambda row: row["seq"]):
            if row["transition"] in ANEW:
                verified = row["actor"] if row["transition"] == "verify_identity" else None
                decided = None
            elif row["transition"] in ("decide", "correct_answer", "correct_refusal"):
                decided = row["actor"] if row["details"]["outcomes"] else None
            elif row["transition"] in ("undo_correction", "undo_correction_of_refusal"):
                verified, decided = row["details"]["verified_by"], row["details"]["decided_by"]
            elif row["transition"] in ("fulfil", "refuse"):
                if decided is None or (row["transition"] == "fulfil" and verified is None):
                    ledger.blame("I8", case["number"], f"{row['transition']} without proof of identity and a decision")
                if row["actor"] in (verified, decided) and not case["sole"]:
                    ledger.blame("I8", case["number"], f"{row['actor']} released their own work")
        if case["state"] not in ("fulfilled", "refused"):
            if case["released_by"] is not None:
                ledger.blame("I8", case["number"], "names a releaser and was not released")
        elif case["decided_by"] is None or case["released_by"] is None:
            ledger.blame("I8", case["number"], "was released and does not say by whom")
        elif case["state"] == "fulfilled" and case["verified_by"] is None:
            ledger.blame("I8", case["number"], "was fulfilled without proven identity")
        elif case["released_by"] in (case["verified_by"], case["decided_by"]) and not case["sole"]:
            ledger.blame("I8", case["number"], "was released by whoever verified or decided it")


# -- every open case has a next moment ------------------------------------------------------------------------------


def _next_moments(ledger: Ledger) -> None:
    timers_of = ledger.by_case("timer")
    cases = {case["id"]: case for case in ledger.tables["case"]}
    for stray in timers_of.keys() - cases.keys():
        ledger.blame("I10", f"case id {stray}", "has a timer and no case")
    for case_id, case in cases.items():
        timers = timers_of.get(case_id, [])
        if case["open"] and not timers and case["erased_at"] is None:
            ledger.blame("I10", case["number"], "is open, and nothing will ever be due")
        if any(timer["scope"] == "state" and timer["entry_seq"] != case["entered_seq"] for timer in timers):
            ledger.blame("I10", case["number"], "has a timer of a state it has left")
        if case["due_at"] != min((timer["due_at"] for timer in timers), default=None):
            ledger.blame("I10", case["number"], "its next moment is not that of its earliest timer")
