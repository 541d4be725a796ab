"""Whom an office asks for whose data: its plan, a row a subject category, in organisation.toml.

    [[search_plan]]
    category = "customer"
    departments = ["sales", "support"]
    what_ja = "..."
    what_en = "every record about the person"
    when_verified = true          # by itself, as soon as the identity is verified

What each department is asked to do follows from the rights: to look, to correct, to cease or erase.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from models.case import reserve_numbers
from services.departments.known import departments
from services.engine import orders
from services.engine.office import Office
from services.engine.orders import Wanted
from services.letters.profile import BadProfile, place, plans_given
from workflows.engine.values import Reason
from workflows.law.values import Category, Right
from workflows.search.payloads import Ask
from workflows.search.values import Act

KEYS = ("category", "departments", "what_ja", "what_en", "when_verified")
_LOOKED_FOR = {
    Right.PURPOSE_NOTICE: None,
    Right.DISCLOSURE: Act.LOOK,
    Right.PROVISION_RECORDS: Act.PROVISION_RECORDS,
    Right.CORRECTION: Act.CORRECT,
    Right.HALT_USE: Act.CEASE,
    Right.HALT_PROVISION: Act.CEASE_PROVISION,
}
"""What a department is asked to do for a right; nothing for one that needs no look at anybody's data (S13)."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Whom the office asks for people of one category, in which words, and whether it does so by itself."""

    departments: tuple[str, ...]
    what: Mapping[str, str]
    when_verified: bool = False


def plans() -> Mapping[Category, Plan]:
    """Return the office's plans by category. Raises BadProfile naming each fault."""
    return _read(plans_given(), tuple(departments()))


@lru_cache(maxsize=4)
def _read(given: tuple[str, ...], known: tuple[str, ...]) -> Mapping[Category, Plan]:
    found: dict[Category, Plan] = {}
    faults: list[Reason] = []
    for number, row in enumerate(map(json.loads, given), start=1):
        wrong = list(_faults(row, known))
        faults += [Reason(f"profile.plan_{what}", {"number": number, **params}) for what, params in wrong]
        if wrong:
            continue
        category = Category(row["category"])
        if category in found:
            faults.append(Reason("profile.plan_twice", {"number": number, "category": f"category.{category}"}))
        what = {"ja": row["what_ja"], "en": row["what_en"]}
        found[category] = Plan(tuple(row["departments"]), what, row.get("when_verified", False))
    if faults:
        raise BadProfile(place(), faults)
    return found


def _faults(row: Mapping[str, Any], known: Sequence[str]) -> Iterator[tuple[str, dict[str, object]]]:
    if row.get("category") not in list(Category):
        yield "category", {"value": repr(row.get("category")), "known": [str(each) for each in Category]}
    asked = row.get("departments")
    if not isinstance(asked, list) or not asked or any(each not in known for each in asked):
        yield "departments", {"value": repr(asked), "known": list(known)}
    for name in ("what_ja", "what_en"):
        if not (isinstance(row.get(name), str) and row[name].strip()):
            yield "text", {"name": name}
    if not isinstance(row.get("when_verified", False), bool):
        yield "flag", {"value": repr(row["when_verified"])}
    for unknown in row.keys() - set(KEYS):
        yield "unknown", {"name": unknown, "known": list(KEYS)}


def asked(
    case: str, category: Category, rights: Sequence[Right], language: str, measure: str | None = None
) -> list[Ask]:
    """Return what the office's plan asks for a case: one question a department and thing to do."""
    plan = plans().get(category)
    if plan is None:
        return []
    acts = [_LOOKED_FOR[right] for right in rights]
    wanted = [Act.ERASE if act is Act.CEASE and measure == "erase" else act for act in acts if act is not None]
    return [
        Ask(case=case, department=department, what=plan.what[language], act=act)
        for department in plan.departments
        for act in dict.fromkeys(wanted)
    ]


def by_itself(category: Category) -> bool:
    """Whether the office asks for people of that category as soon as they are verified."""
    plan = plans().get(category)
    return plan is not None and plan.when_verified


def order(db: Connection, asks: Sequence[Ask], by: str, key: str, office: Office) -> None:
    """Order these questions in the transaction that is open, in somebody's name; doing it twice orders them twice.

    Their numbers and keys may stay unused where the transaction is rolled back: gaps are wanted, doubles are not.
    """
    if not asks:
        return
    numbers = reserve_numbers(db, office.calendar.today(office.now).year, len(asks), "S")
    office.keys.create(numbers)
    staff = by.partition(" (by ")[0]
    wanted = [
        (Wanted(f"{key}:{position}", "ask", ask, by, staff, None, "S", swept=True), number)
        for position, (ask, number) in enumerate(zip(asks, numbers, strict=True))
    ]
    orders.place_all(db, wanted, office)
