"""Searches, told: the list of them, and what one is about."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Row

from services.departments.known import departments
from services.engine.moments import iso
from services.engine.office import Office
from workflows.lines import Line, Table
from workflows.tongue import Tongue

WIDEST = (12, 11, 13, 12, 24)


def line_of(row: Row[Any], office: Office) -> dict[str, Any]:
    """Return how a search stands, as programs read it. No personal data."""
    facts = row.facts
    answered = facts["answered"]
    return {
        "search": row.number,
        "case": row.parent,
        "department": row.department,
        "state": row.state,
        "act": facts["act"],
        "asked_on": str(iso(row.opened_at, office))[:10],
        "by": facts["due_on"],
        "overdue": row.state == "asked" and facts["due_on"] < office.calendar.today(office.now).isoformat(),
        "found": None if answered is None else answered["found"],
        "files": 0 if answered is None else len(answered.get("finds", ())),
    }


def fields(told: Mapping[str, Any], tongue: Tongue) -> Iterator[tuple[str, str]]:
    """Yield what is told of a search, in the open or sealed, under its names; nothing of what is not known yet."""
    for name, value in told.items():
        lines = value if isinstance(value, list) else [value] if value not in (None, {}) else []
        if name == "names":
            lines = [f"{number}  {file}" for number, file in value.items() if file]
        for position, line in enumerate(lines):
            head = "" if position else tongue.tell(f"search.field.{name}")
            yield head, _worded(name, line, tongue)


def _worded(name: str, value: Any, tongue: Tongue) -> str:
    """Return one fact of a search as staff say it."""
    if name == "department":
        return _department(value, tongue)
    if name == "files":
        code = "search.file_destroyed" if value["destroyed"] else "search.file_of"
        return tongue.tell(code, file=value["find"], pages=value["pages"])
    return tongue.noun(f"{name}.{value}") if name in ("act", "found") else str(value)


def _department(code: str, tongue: Tongue) -> str:
    known = departments().get(code)
    return code if known is None else known.name(tongue.language)


def list_page(lines: Sequence[Mapping[str, Any]], tongue: Tongue) -> list[Line | Table]:
    """Say of each search which department must answer by when, or what it answered."""
    if not lines:
        return [Line(tongue.tell("search.none"))]
    heads = [tongue.tell(f"search.head.{name}") for name in ("search", "case", "department", "by", "state")]
    rows = [
        [
            line["search"],
            line["case"],
            _department(line["department"], tongue),
            ("! " if line["overdue"] else "  ") + line["by"],
            _state(line, tongue),
        ]
        for line in lines
    ]
    late = sum(1 for line in lines if line["overdue"])
    colours = ["red" if line["overdue"] else "" for line in lines]
    total = tongue.tell("search.counted", count=len(lines), late=late)
    return [Table(heads, rows, WIDEST, colours, [""] * len(lines)), Line(total, colour="grey")]


def _state(line: Mapping[str, Any], tongue: Tongue) -> str:
    if line["found"] is None or line["state"] != "answered":
        return tongue.noun(f"state.{line['state']}")
    found = tongue.noun(f"found.{line['found']}")
    return tongue.tell("search.found_with", found=found, files=line["files"]) if line["files"] else found


def one_page(
    shown: Mapping[str, Any], said: Mapping[str, Any], number: str, state: str, tongue: Tongue
) -> list[Line | Table]:
    """Say what a department is asked, by when, and what it answered."""
    name = _department(shown["department"], tongue)
    act = tongue.noun(f"act.{shown['act']}")
    lines: list[Line | Table] = [
        Line(f"{number}  {tongue.noun(f'state.{state}')}"),
        Line(tongue.tell("search.one.asked", case=shown["parent"], department=name, act=act)),
        Line(tongue.tell("search.one.by", day=shown["due_on"])),
    ]  # fmt: skip
    if said.get("erased"):
        return [*lines, Line(tongue.tell("search.one.erased"))]
    lines += [Line(tongue.tell("search.one.what", text=text)) for text in said.get("asked", ())]
    if shown["found"] is not None:
        found = tongue.noun(f"found.{shown['found']}")
        lines.append(Line(tongue.tell("search.one.found", found=found, by=shown["answered_by"])))
        lines += [
            Line(tongue.tell(f"search.one.{name}", text=said[name])) for name in ("note", "done") if said.get(name)
        ]
    files = [file for file in shown["files"] if not file["destroyed"]]
    if not files:
        return list(lines)
    heads = [tongue.tell(f"search.head.{head}") for head in ("file", "name", "pages", "sha256")]
    rows = [
        [file["find"], said["names"].get(file["find"]) or "", str(file["pages"]), file["sha256"][:16]] for file in files
    ]
    return [*lines, Table(heads, rows, (12, 34, 8, 18), [""] * len(rows), [""] * len(rows))]
