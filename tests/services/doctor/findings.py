"""What the doctor finds and mends."""

from typing import Any

from services.audit import doctor
from tests.office import LEAD, TestOffice
from workflows.engine.values import Actor, Role

KUDO = Actor(LEAD, frozenset({Role.LEAD}))


def findings(office: TestOffice, **more: Any) -> list[tuple[str | None, str]]:
    return [(one.case, one.what) for one in examined(office, **more)]


def examined(office: TestOffice, **more: Any) -> list[doctor.Finding]:
    return list(doctor.examine(office.unit, **more))
