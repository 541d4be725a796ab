"""The checker's own idea of money: the books agree with the cases to the yen, and no answer leaves before it is paid.

Like the rest of the checker it shares no code with the engine.
"""

import json
from collections import defaultdict
from typing import Any

from tests.ledger import Ledger

CHARGEABLE = {"purpose_notice", "disclosure", "provision_records"}
"""APPI 38; the public bodies' law and others that know fees name no other right."""
BRINGS_MONEY = {
    "open_with_forms", "receive_own_forms", "receive_forms", "reopen", "receive_again", "record_payment", "pay_late",
}  # fmt: skip
BOOKS = {
    "payment": BRINGS_MONEY,
    "refund": {"refund"},
    "taken_back": {
        "undo_payment", "undo_pay_late", "receive_again", "undo_arrival", "undo_own_arrival", "undo_reopening",
    },
}  # fmt: skip


def money(ledger: Ledger) -> None:
    """Blame every case whose account and books say different things, and every answer that left unpaid."""
    booked: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in ledger.tables["booking"]:
        booked[row["case_id"]].append(row)
    history = ledger.by_case("history")
    for case in ledger.tables["case"]:
        if case["definition"] != "request":
            continue
        facts = json.loads(case["facts"]) if isinstance(case["facts"], str) else case["facts"] or {}
        account = facts.get("account") or {"entries": []}
        rows = booked.pop(case["id"], [])
        _agree(ledger, case["number"], account["entries"], rows)
        steps = {row["seq"]: row["transition"] for row in history.get(case["id"], [])}
        for row in rows:
            if steps.get(row["seq"]) not in BOOKS.get(row["kind"], ()):
                ledger.blame("I12", case["number"], f"{steps.get(row['seq'])} booked a {row['kind']}")
            named = set(row["label"].split("+")) if ":" not in row["label"] else set()
            if named - {"excess", "refund"} - CHARGEABLE:
                ledger.blame("I12", case["number"], f"took a fee for {row['label']}")
        _held(ledger, case["number"], history.get(case["id"], []), rows)
    for case_id in booked:
        ledger.blame("I12", f"case id {case_id}", "stands in the books and is nowhere")


def _agree(ledger: Ledger, number: str, entries: list[dict[str, Any]], rows: list[dict[str, Any]]) -> None:
    """Each entry stands in the books with its amount, and with nothing once it was taken back."""
    by_entry: dict[int, int] = defaultdict(int)
    for row in rows:
        by_entry[row["entry"]] += row["amount"]
    for entry in entries:
        signed = -entry["amount"] if entry["what"] == "refund" else entry["amount"]
        counts = entry.get("not_taken") is None and entry.get("undone") is None
        if by_entry.pop(entry["no"], 0) != (signed if counts else 0):
            ledger.blame("I12", number, f"entry {entry['no']} and the books disagree")
    for unknown, amount in by_entry.items():
        ledger.blame("I12", number, f"the books know entry {unknown} ({amount}), and the case does not")


def _held(ledger: Ledger, number: str, history: list[dict[str, Any]], rows: list[dict[str, Any]]) -> None:
    """Between a bill and the answer at least what the bill asks for was paid, or two people took the fee away."""
    asked, since, waived = 0, 0, False
    for step in sorted(history, key=lambda row: int(row["seq"])):
        if step["transition"] in ("bill", "bill_ahead"):
            asked, since = int(step["details"]["amount"]), int(step["seq"])
        elif step["transition"] in ("withdraw_bill", "decide", "unverify", "correct_answer"):
            asked = 0
        elif step["transition"] == "approve" and "fee" in step["details"]["lifted"]:
            waived = True
        elif step["transition"] == "fulfil" and asked and not waived:
            paid = sum(row["amount"] for row in rows if since < row["seq"] < step["seq"] and row["kind"] != "refund")
            if paid < asked:
                ledger.blame("I12", number, f"was answered for {paid} of {asked}")
