"""What the desk shows of searches, and of what people of departments see nothing."""

from pathlib import Path

import pytest

from commands.main import names
from commands.wide import width
from services.office.staff import Asker, add
from services.search import finds
from settings import PROJECT
from tests.admin.conftest import Script
from tests.admin.founding.test_no_office import EVERYWHERE, line_of
from tests.office import CLERK, LEAD, MONDAY, TestOffice
from tests.services.search.conftest import DEPARTMENTS, SALES, SUPPORT
from workflows.engine.values import Role
from workflows.search.payloads import Answer, Ask
from workflows.search.values import Found


@pytest.fixture
def asking(fresh: Path, office: TestOffice) -> TestOffice:
    """The office of the script, with two departments and a holder in each."""
    card = (PROJECT / "organisation.toml").read_text(encoding="utf-8")
    (fresh / "organisation.toml").write_text(card + DEPARTMENTS, encoding="utf-8")
    lead = Asker(LEAD, LEAD, frozenset({Role.LEAD}))
    with office.writing() as db:
        for name, department in ((SALES, "sales"), (SUPPORT, "support")):
            add(db, name, [Role.HOLDER], lead, MONDAY, department=department)
    return office


def answered(office: TestOffice) -> tuple[str, str]:
    """Return a case and a search for it that was answered with a file."""
    case = office.opened()
    number = office.must(None, "ask", Ask(case=case, department="sales", what="契約の記録")).case
    with office.writing() as db:
        given = [finds.looked_into("契約.csv", b"ord\n1\n")]
        taken = finds.take_in(db, office.case(number), given, SALES, office.at(db))
    office.must(number, "answer", Answer(found=Found.FOUND, note="二件", finds=tuple(taken)), SALES)
    return case, number


def test_a_holder_sees_nothing_by_any_command_but_those_for_departments(
    script: Script, asking: TestOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answered(asking)
    shown = {}

    for name in sorted(set(names()) - EVERYWHERE - {"search"}):
        shown[name] = script.by(SALES, *line_of(name, tmp_path), "--json")

    codes = {name: (said.status, said.json.get("error")) for name, said in shown.items()}
    assert codes == dict.fromkeys(codes, (1, "not_for_departments"))


@pytest.mark.parametrize("command", ["show", "why", "history"])
def test_nor_of_a_search_of_their_own_but_by_search(script: Script, asking: TestOffice, command: str) -> None:
    _, number = answered(asking)

    assert script.by(SALES, command, number).status == 1
    assert script.by(SALES, "search", "show", number).status == 0
    assert script.by(SUPPORT, "search", "show", number).status == 1


def test_a_holder_lists_what_their_own_department_is_asked(script: Script, asking: TestOffice) -> None:
    case, number = answered(asking)

    own = script.by(SALES, "search", "list", "--all", "--json").json
    others = script.by(SUPPORT, "search", "list", "--all", "--case", case, "--json").json

    assert [line["search"] for line in own] == [number]
    assert others == []
    assert script.by(SUPPORT, "search", "list", "--department", "sales").status == 1


WORDED = {
    "ja": {
        "show S": ["照会先", "営業部", "検索", "あり", "F26-000001（1ページ）", "契約.csv", "二件"],
        "show": ["部署への照会", "sales (検索): あり（ファイル 1件）"],
        "staff list": ["営業部 (sales)"],
        "today": ["照会"],
        "history S": ["照会", "回答", SALES],
        "why S": ["take-back", "ask-again"],
        "search list --all": ["あり（1件）", "営業部", "サポート部", "照会中"],
    },
    "en": {
        "show S": ["department", "Sales", "look", "found", "F26-000001, pages: 1", "契約.csv", "二件"],
        "show": ["Departments asked", "sales (look): found, files: 1"],
        "staff list": ["Sales (sales)"],
        "today": ["search"],
        "history S": ["ask", "answer", SALES],
        "why S": ["take-back", "ask-again"],
        "search list --all": ["found, files: 1", "Sales", "Support", "asked"],
    },
}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_pages_about_searches_are_worded_and_fit_the_screen(
    script: Script, asking: TestOffice, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    case, number = answered(asking)
    asking.must(None, "ask", Ask(case=case, department="support", what="?"))

    for line, words in WORDED[language].items():
        command, *about = line.split()
        operands = [number] if about == ["S"] else [case] if command == "show" else about
        said = script.by(CLERK, command, *operands, "--lang", language)

        assert said.status == 0, said
        assert [word for word in words if word not in said.out] == [], (line, said.out)
        assert "{" not in said.out
        assert "None" not in said.out
        assert max(map(width, said.out.splitlines())) <= 80
