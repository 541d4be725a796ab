"""Reads the sample contacts and their stories (samples/README.md explains the format).

Nothing here drives the office: a story is data, and its days are counted from the day it is told on.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from lab.post_office.fates import Machine, Ruin
from services.intake import load_file
from services.returns.pages import Area
from settings import PROJECT
from workflows.engine.values import Language, Role
from workflows.request.values import FormName, LetterKind

FOLDER = PROJECT / "samples"

# Who does what where a step does not say: the least role that may.
USUAL: Mapping[str, Role] = {
    "open": Role.CLERK,
    "post": Role.CLERK,
    "receive_forms": Role.CLERK,
    "reopen": Role.CLERK,
    "undeliverable": Role.CLERK,
    "returned": Role.CLERK,
    "amend": Role.CLERK,
    "hold": Role.CLERK,
    "resume": Role.CLERK,
    "withdraw": Role.CLERK,
    "ask_again": Role.VERIFIER,
    "verify_identity": Role.VERIFIER,
    "override": Role.VERIFIER,
    "decide": Role.VERIFIER,
    "approve": Role.APPROVER,
    "fulfil": Role.APPROVER,
    "refuse": Role.APPROVER,
    "post_again": Role.APPROVER,
    "extend": Role.APPROVER,
    "void": Role.LEAD,
}
# What only an office with a procedure of its own knows (samples/procedures).
OF_ITS_OWN: Mapping[str, Role] = {
    "bill": Role.APPROVER,
    "bill_ahead": Role.VERIFIER,
    "record_payment": Role.CLERK,
    "open_step": Role.VERIFIER,
    "finish_step": Role.VERIFIER,
    "acknowledge": Role.CLERK,
    "choose_delivery": Role.CLERK,
    "print": Role.CLERK,
    "tell_ready": Role.CLERK,
    "hand_over": Role.CLERK,
    "apply_execution": Role.CLERK,
    "carry_out": Role.CLERK,
    "end_papers": Role.CLERK,
}
OF_A_DEPARTMENT: Mapping[str, Role] = {
    "ask": Role.CLERK,
    "answer": Role.HOLDER,
    "mask": Role.VERIFIER,
    "enclose": Role.VERIFIER,
    "disc": Role.CLERK,
}
"""What is done with a step that names a department (``of``), and by whom (samples/departments)."""
CHOICES = ("mask", "enclose", "disc")
"""Those of them that see to what goes out of what was found; they are no orders."""
EXPECTED = ("remind", "lapse", "give_up_waiting")
EXPECTED_OF_A_DEPARTMENT = ("remind", "escalate", "answer", "recall")
CODES = ("good", "old", "wrong", "foreign", "missing")
ENDS = ("fulfilled", "refused", "withdrawn", "lapsed", "voided")

_DAY = re.compile(r"today(?P<days>[-+][0-9]{1,5})?(?: (?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2}))?")
_STORY = {"shows", "steps", "ends", "letters"}
_STEP = {"after", "do", "expect", "as", "file", "with", "code", "held", "scan", "of", "attach"}
_SCAN = {"machine", "missing", "unreadable", "copies"}
_LEAF = re.compile(rf"({'|'.join(FormName)}) [1-9][0-9]?")


@dataclass(frozen=True, slots=True)
class Scan:
    """How an envelope comes through the scanner. Pages of forms are named ``disclosure 2``.

    ``missing`` are not in it; ``unreadable`` are those whose codes are destroyed, and how; ``copies`` the identity
    papers of the subject that lie in it, each with what the clerk blackens on it.
    """

    machine: Machine = Machine.SCANNER
    missing: tuple[str, ...] = ()
    unreadable: Mapping[str, Ruin] = field(default_factory=dict)
    copies: Mapping[str, tuple[Area, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens to a case, ``after`` so many working days since the step before.

    Either somebody does ``do`` in the role ``by``, or the office's own clock does ``expect``. ``file`` is what
    ``--file`` holds, ``options`` what the command line does, both with days still relative. ``held`` is the reason for
    which the system then holds the case. With ``scan``, the code typed in is the one the scanner finds. What is ``of``
    a department is about what that one is asked for the case; ``attach`` names the files it sends.
    """

    after: int
    do: str | None
    expect: str | None
    by: Role
    file: Mapping[str, Any] | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    code: str = "good"
    held: str | None = None
    scan: Scan | None = None
    of: str | None = None
    attach: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """One sample contact: its file for ``open --file``, what the post brings back, and how it ends."""

    name: str
    contact: Path
    shows: Mapping[Language, str]
    steps: tuple[Step, ...]
    ends: str
    letters: tuple[LetterKind, ...]


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of the invented people of the office."""

    login: str
    role: Role
    name: Mapping[Language, str]
    department: str | None = None


def stories(folder: Path = FOLDER) -> list[Story]:
    """Return every story, in the order of their numbers. Raises ValueError naming what is wrong with one."""
    return [_story(path, folder) for path in sorted((folder / "stories").glob("*.yaml"))]


def office(folder: Path = FOLDER) -> list[Colleague]:
    """Return the people of the office, the lead first."""
    return _people(folder / "office.yaml")


def holders(folder: Path) -> list[Colleague]:
    """Return who answers for departments; nobody where the folder has none."""
    return _people(folder / "people.yaml") if (folder / "people.yaml").exists() else []


def _people(file: Path) -> list[Colleague]:
    return [
        Colleague(
            one["login"],
            Role(one["role"]),
            {Language(code): name for code, name in one["name"].items()},
            one.get("department"),
        )
        for one in load_file(file)["people"]
    ]


def dated(data: Any, today: date) -> Any:
    """Return *data* with every ``today-20`` a day and every ``today 10:30`` a moment (without zone: the office's)."""
    if isinstance(data, Mapping):
        return {key: dated(value, today) for key, value in data.items()}
    if isinstance(data, list):
        return [dated(value, today) for value in data]
    found = _DAY.fullmatch(data) if isinstance(data, str) else None
    if found is None:
        return data
    day = today + timedelta(days=int(found["days"] or 0))
    if found["hour"] is None:
        return day
    # Without a zone on purpose: the border reads it in the office's.
    return datetime.combine(day, time(int(found["hour"]), int(found["minute"])))


def _story(path: Path, folder: Path) -> Story:
    data = load_file(path)
    contact = folder / "contacts" / path.name
    if data.keys() != _STORY or not contact.exists():
        raise ValueError(f"{path.name}: needs {', '.join(sorted(_STORY))} and a contact of the same name")
    if data["ends"] not in ENDS:
        raise ValueError(f"{path.name}: ends must be one of {', '.join(ENDS)}")
    return Story(
        name=path.stem,
        contact=contact,
        shows={Language(code): text for code, text in data["shows"].items()},
        steps=tuple(_step(step, f"{path.name}, step {number}") for number, step in enumerate(data["steps"], 1)),
        ends=data["ends"],
        letters=tuple(map(LetterKind, data["letters"])),
    )


def _step(data: Mapping[str, Any], where: str) -> Step:
    if unknown := data.keys() - _STEP:
        raise ValueError(f"{where}: there is no {', '.join(sorted(unknown))}; known are {', '.join(sorted(_STEP))}")
    do, expect, code = data.get("do"), data.get("expect"), data.get("code", "good")
    roles: Mapping[str, Role] = OF_A_DEPARTMENT if "of" in data else {**USUAL, **OF_ITS_OWN}
    expected = EXPECTED_OF_A_DEPARTMENT if "of" in data else EXPECTED
    if (do in roles) == (expect in expected):
        raise ValueError(f"{where}: needs either do ({', '.join(roles)}) or expect ({', '.join(expected)})")
    if code not in CODES:
        raise ValueError(f"{where}: code must be one of {', '.join(CODES)}")
    if "scan" in data and (do != "receive_forms" or code != "good"):
        raise ValueError(f"{where}: scan goes with receive_forms only, and finds the code itself")
    by = Role.SYSTEM if do is None else Role(data["as"]) if "as" in data else roles[do]
    return Step(
        after=int(data.get("after", 0)),
        do=do,
        expect=expect,
        by=by,
        file=data.get("file"),
        options=data.get("with", {}),
        code=code,
        held=data.get("held"),
        scan=_scan(data["scan"], where) if "scan" in data else None,
        of=data.get("of"),
        attach=tuple(data.get("attach", ())),
    )


def _scan(data: Mapping[str, Any], where: str) -> Scan:
    if unknown := data.keys() - _SCAN:
        raise ValueError(f"{where}: scan has no {', '.join(sorted(unknown))}; known are {', '.join(sorted(_SCAN))}")
    missing, unreadable = tuple(data.get("missing", ())), data.get("unreadable", {})
    if strange := [name for name in (*missing, *unreadable) if not _LEAF.fullmatch(name)]:
        raise ValueError(f"{where}: {', '.join(strange)} names no page; write a form and a number, like disclosure 2")
    return Scan(
        machine=Machine(data.get("machine", Machine.SCANNER)),
        missing=missing,
        unreadable={name: Ruin(how) for name, how in unreadable.items()},
        copies={paper: tuple(map(_area, areas)) for paper, areas in data.get("copies", {}).items()},
    )


def _area(percent: Sequence[str]) -> Area:
    left, top, width, height = (float(side) / 100 for side in percent)
    return Area(left, top, width, height)
