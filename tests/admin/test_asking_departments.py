"""At a terminal a person is asked what the file of a search would hold; files are named on the command line."""

import os
from pathlib import Path
from typing import Any

import pytest

from models import search
from models.session import reading
from services.office.staff import Asker, add, os_login
from services.search import finds
from services.search.store import said as said_of
from settings import PROJECT
from tests.office import CLERK, LEAD, MONDAY, TestOffice
from tests.services.search.conftest import DEPARTMENTS, SALES, SUPPORT
from tests.talking import Talk, WarmTalk
from workflows.engine.values import Role
from workflows.search.payloads import Ask
from workflows.search.values import Act

WHAT = "2020年以後の契約の記録"


@pytest.fixture
def asking(fresh: Path, office: TestOffice, worker: None) -> TestOffice:
    """The office of the script, with two departments and a holder in each; orders are carried out."""
    card = (PROJECT / "organisation.toml").read_text(encoding="utf-8")
    (fresh / "organisation.toml").write_text(card + DEPARTMENTS, encoding="utf-8")
    lead = Asker(LEAD, LEAD, frozenset({Role.LEAD}))
    with office.writing() as db:
        for name, department in ((SALES, "sales"), (SUPPORT, "support")):
            add(db, name, [Role.HOLDER], lead, MONDAY, department=department)
    return office


@pytest.fixture
def talk(asking: TestOffice, tmp_path: Path) -> Any:
    """The script as somebody at a terminal meets it."""

    def call(*arguments: str, by: str = CLERK, lang: str = "en") -> Talk:
        return WarmTalk(["--as", by, "--lang", lang, "search", *arguments], {**os.environ, "TERM": "dumb"}, tmp_path)

    return call


def asked(office: TestOffice, act: Act = Act.LOOK) -> str:
    return office.must(None, "ask", Ask(case=office.opened(), department="sales", what=WHAT, act=act)).case


def the_search(office: TestOffice) -> Any:
    (row,) = office.ask("""SELECT number FROM "case" WHERE definition = 'search'""")
    return office.case(str(row.number))


def kept(office: TestOffice, number: str) -> Any:
    with reading(office.engine) as db:
        return said_of(office.case(number), office.at(db))


def orders_of(office: TestOffice, transition: str) -> int:
    return len(office.ask("SELECT id FROM command WHERE transition = :name", name=transition))


@pytest.mark.parametrize("typed", [("--department", "support"), ()])
def test_a_department_is_asked_what_is_typed(talk: Any, asking: TestOffice, typed: tuple[str, ...]) -> None:
    case = asking.opened()

    with talk("ask", case, *typed) as said:
        said.through({
            "department": "2", "it is to look for": ["", WHAT], "last day": ["2020-01-01", "2027-12-24"],
            "Enter sends it": ["", "3", ""],
        })  # fmt: skip

    assert said.status == 0, said.seen
    row = the_search(asking)
    assert (row.facts["department"], row.facts["act"], row.facts["due_on"]) == ("support", "look", "2027-12-24")
    assert kept(asking, row.number).asked == (WHAT,)
    assert "2020-01-01 has passed" in " ".join(said.seen.split())
    assert "case:" not in said.seen.casefold()


def test_a_department_answers_with_files_that_are_named_on_the_command_line(
    talk: Any, asking: TestOffice, tmp_path: Path
) -> None:
    number = asked(asking)
    (tmp_path / "accounts.csv").write_text("ord,what\n1,tea\n", encoding="utf-8")

    with talk("answer", number, "--attach", "accounts.csv", by=SALES, lang="ja") as said:
        said.through({"結果": ["3", "1"], "説明": "", "Enterで送信": ["", "1", ""]})

    assert said.status == 0, said.seen
    assert "「保有なし」にファイル（1件）は付けられません" in said.seen
    row = asking.case(number)
    with reading(asking.engine) as db:
        (find,) = search.finds(db, row.id)
        content = finds.content(find, number, asking.at(db))
    assert row.facts["answered"] == {"found": "found", "by": f"{SALES} (by {os_login()})", "finds": [find.number]}
    assert content == b"ord,what\n1,tea\n"


def test_what_was_done_is_asked_where_something_was_to_be_done(talk: Any, asking: TestOffice) -> None:
    number = asked(asking, Act.ERASE)

    with talk("answer", number, by=SALES) as said:
        said.through({"what was found": "found", "what was done": ["", "erased both"], "done on": "today"})

    assert said.status == 0, said.seen
    assert kept(asking, number).done == "erased both"
    assert asking.case(number).facts["answered"]["done_on"] == asking.today.isoformat()


def test_more_is_asked_for(talk: Any, asking: TestOffice) -> None:
    number = asked(asking)
    with talk("answer", number, by=SALES) as said:
        said.through({"what was found": "nothing_held"})

    with talk("ask-again", number) as said:
        said.through({"what is still wanted": "旧姓でも"})

    assert said.status == 0, said.seen
    assert kept(asking, number).asked == (WHAT, "旧姓でも")


def test_nobody_of_another_department_is_asked_anything(talk: Any, asking: TestOffice) -> None:
    number = asked(asking)

    with talk("answer", number, by=SUPPORT) as said:
        said.through({})
    with talk("ask", asking.opened(), by=SUPPORT) as other:
        other.through({})

    assert (said.status, other.status) == (1, 1)
    assert "was asked of another department" in " ".join(said.seen.split())
    assert WHAT not in said.seen + other.seen
    assert "Enter takes" not in said.seen + other.seen
    assert orders_of(asking, "answer") == 0


def test_an_answer_is_tried_out_with_its_files_and_leaves_none(talk: Any, asking: TestOffice, tmp_path: Path) -> None:
    number = asked(asking)
    (tmp_path / "accounts.csv").write_text("ord,what\n", encoding="utf-8")
    (tmp_path / "answer.yaml").write_text("found: found\nfiles: [accounts.csv]\n", encoding="utf-8")

    with talk("answer", number, "--file", "answer.yaml", "--dry-run", by=SALES) as tried:
        tried.through({})
    with talk("answer", number, "--attach", "accounts.csv", by=SALES) as left:
        left.through({"what was found": "found", "Enter sends it": "q"})

    assert (tried.status, left.status) == (0, 130), tried.seen + left.seen
    assert asking.ask("SELECT * FROM find") == []
    assert not list(asking.settings.finds.rglob("*.sealed"))
    assert asking.case(number).state == "asked"
