"""The independent checker on scanned pages: I3, each of them is kept once."""

import hashlib
from pathlib import Path
from typing import Any

from tests.ledger import Ledger


def scans(ledger: Ledger, *, settled: bool) -> None:
    """Blame every scanned page that is not kept once, whole, and only while it is needed."""
    erased = {case["id"] for case in ledger.tables["case"] if case["erased_at"] is not None}
    kept = [row for row in ledger.tables["scan_page"] if row["cleared_at"] is None]
    evidence = [row for row in kept if row["case_id"] not in erased and row["state"] != "destroyed"]
    for row in kept:
        if row["state"] == "destroyed" and settled:
            ledger.blame("I3", row["number"], "is destroyed and was not cleared")
    tray = [row for row in ledger.tables["tray"] if row["state"] in ("arriving", "waiting")]
    _sealed_files(ledger, ledger.spool.parent / "evidence", evidence, settled=settled)
    _sealed_files(ledger, ledger.spool.parent / "tray", tray, settled=settled)
    came: set[tuple[str, int]] = set()
    for row in (*ledger.tables["scan_page"], *ledger.tables["tray"]):
        if row["file_hash"] is not None and (row["file_hash"], row["file_page"]) in came:
            ledger.blame("I3", row["number"], "is of a page that was registered before")
        came.add((row["file_hash"], row["file_page"]))
    assigned = [
        row["tray"] for row in ledger.tables["scan_page"] if row["tray"] is not None and row["state"] != "arriving"
    ]
    if sorted(assigned) != sorted(row["number"] for row in ledger.tables["tray"] if row["state"] == "assigned"):
        ledger.blame("I3", "tray", "what was assigned and what was kept of it are not the same")
    for row in ledger.tables["tray"]:
        if row["state"] in ("assigned", "destroyed") and settled and row["cleared_at"] is None:
            ledger.blame("I3", row["number"], "has left the tray and was not cleared")


def _sealed_files(ledger: Ledger, folder: Path, rows: list[dict[str, Any]], *, settled: bool) -> None:
    """Each page has one file of its own, under its number and with its hash; no file is nobody's."""
    known = {row["path"] for row in rows if row["path"] is not None}
    if len(known) != sum(1 for row in rows if row["path"] is not None):
        ledger.blame("I3", folder.name, "two pages share a file")
    for row in rows:
        if row["state"] == "arriving":
            if settled:
                ledger.blame("I3", row["number"], "still arrives")
            continue
        file = folder / row["path"]
        if row["number"] not in file.name:
            ledger.blame("I3", row["number"], "lies under another number")
        if not file.is_file():
            ledger.blame("I3", row["number"], "its file is missing")
        elif hashlib.sha256(file.read_bytes()).hexdigest() != row["sealed_sha256"]:
            ledger.blame("I3", row["number"], "its file is not the one that was written")
    for file in sorted(folder.rglob("*")) if folder.is_dir() and settled else []:
        if file.is_file() and str(file.relative_to(folder)) not in known:
            ledger.blame("I3", file.name, f"lies in {folder.name} and belongs to no page")
