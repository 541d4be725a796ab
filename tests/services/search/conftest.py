"""An office with departments."""

from pathlib import Path

import pytest

from services.letters import profile
from services.office.staff import Asker, add
from settings import PROJECT
from tests.office import LEAD, MONDAY, TestOffice
from tests.prepared import remembered
from workflows.engine.values import Role

DEPARTMENTS = """
[[department]]
code = "sales"
ja = "営業部"
en = "Sales"

[[department]]
code = "support"
ja = "サポート部"
en = "Support"
days = 3
"""
SALES, SUPPORT = "ueda", "endo"


@pytest.fixture
def departments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the office's card name two departments."""
    card = tmp_path / "organisation.toml"
    card.write_text((PROJECT / "organisation.toml").read_text(encoding="utf-8") + DEPARTMENTS, encoding="utf-8")
    monkeypatch.setattr(profile, "_path", lambda: card)


@pytest.fixture
def asking(office: TestOffice, departments: None) -> TestOffice:
    """The office, with one holder in each department."""
    _with_holders(office)
    return office


@remembered
def _with_holders(office: TestOffice) -> None:
    lead = Asker(LEAD, LEAD, frozenset({Role.LEAD}))
    with office.writing() as db:
        for name, department in ((SALES, "sales"), (SUPPORT, "support")):
            add(db, name, [Role.HOLDER], lead, MONDAY, department=department)
