"""A second procedure, joined to the house by its one line: a desk of real processes carries it, the script drives it.

The line is added to a copy of the checkout; the procedure is the one of tests/toy.
"""

import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from desk.hearing import SERVES
from lab.postgres import Postgres
from models.session import engine_for, reading
from settings import Settings, load
from tests.checkouts import Checkout, Edit, Said, copied
from tests.system.conftest import until
from tests.toy.procedure import toy

MAIN = '    "request": ("workflows.request", "services.request"),\n'
JOINED = Edit("workflows/registry.py", MAIN, f'{MAIN}    "toy": ("tests.toy", "tests.toy"),\n')
FOUND = """\
what: 黒い傘
owner: 見本 花子
address: 東京都千代田区千代田1-1
postcode: 100-0001
"""
LEAD, CLERK = "hanako", "sato"
PATIENT = ("--wait", "80")


@dataclass(frozen=True)
class House:
    """The checkout with both procedures, and an office of its own."""

    checkout: Checkout
    settings: Settings

    def __call__(self, *words: str, stdin: str = "") -> Said:
        """Run its ./admin.py as the clerk."""
        return self.checkout.admin(self.settings, "--as", CLERK, *words, stdin=stdin)

    def made(self, case: str) -> bool:
        """Whether the letters of a case are made; asked of the database, since each ./admin.py takes half a second."""
        engine = engine_for(self.settings.database_url)
        asked = text("SELECT 1 FROM effect WHERE case_number = :case AND state = 'waiting'")
        with reading(engine) as db:
            waits = db.execute(asked, {"case": case}).first()
        engine.dispose()
        return waits is None

    def document(self, *words: str, stdin: str = "") -> Any:
        """Run it for its one JSON document; it must succeed."""
        said = self(*words, "--json", stdin=stdin)
        assert said.status == 0, said
        return said.json


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """The checkout with both procedures."""
    return copied(tmp_path_factory.mktemp("checkout") / "both", [JOINED])


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, both: Checkout, home: Path) -> Iterator[House]:
    """Found the office as an operator does, with a clerk in it."""
    postgres: Postgres | None = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    url = None if postgres is None else postgres.create()
    environment = {
        "MADOGUCHI_HOME": str(home), "MADOGUCHI_ALLOW_AS": "demo", "MADOGUCHI_CLOCK": "shifted", "MADOGUCHI_LANG": "en",
        **({} if url is None else {"MADOGUCHI_DATABASE_URL": url}),
    }  # fmt: skip
    made = House(both, load(environment))
    for words in (("office", "found", "--lead", LEAD), ("--as", LEAD, "staff", "add", CLERK, "--role", "clerk")):
        said = made.checkout.admin(made.settings, *words)
        assert said.status == 0, said
    yield made
    if postgres is not None and url is not None:
        postgres.drop(url)


def registered(house: House) -> dict[str, list[str]]:
    """Return the tasks that each worker says it knows."""
    nodes = [f"{name}@{socket.gethostname()}" for name in SERVES]  # waited for until all of them have said it
    ask = f"import json; from tasks.app import app; told = app.control.inspect({nodes}, timeout=60).registered()"
    ask += "; print(json.dumps(told))"
    said = house.checkout.python(house.settings, "-c", ask)
    assert said.status == 0, said
    found: dict[str, list[str]] = json.loads(said.out)
    return found


def test_a_second_procedure_is_carried_by_a_desk_from_its_file_to_the_post(house: House) -> None:
    with house.checkout.desk(house.settings, with_flower=False, with_metrics=False):
        known = registered(house)
        opened = house.document("toy", "hand-in", "--file", "-", *PATIENT, stdin=FOUND)
        case = opened["case"]
        letter = f"{case}-01"
        until(lambda: house.made(case), "the letter")
        (listed,) = house.document("letters", "--case", case)
        printed = house.document("print", letter)
        posted = house.document("posted", letter, *PATIENT)
        said = {
            words: house(*words)
            for words in [("show", case), ("why", case), ("why", case, "give-back"), ("history", case), ("list",)]
        }
        shown = house.document("show", case)
        given = house.document("toy", "give-back", case.lower(), *PATIENT)
        health = house.document("status")
        judged = house("doctor", "--json")
        planned = house.document("plan", "--procedure", "toy")
        drawn = house("diagram", "--procedure", "toy", "--live")

    assert all("toy.hand_in" in tasks and "request.open" in tasks for tasks in known.values())
    assert len(known) == len(SERVES)
    assert (case[:11], opened["state"]) == ("T26-000001-", "handed_in")
    assert (listed["letter"], listed["state"]) == (letter, "made")
    assert printed["letters"] == 1
    assert [(row["letter"], row["state"], row["outcome"]) for row in posted] == [(letter, "posted", "done")]
    assert {words: one.status for words, one in said.items()} == dict.fromkeys(said, 0)
    assert "黒い傘" in said["show", case].out
    assert "give-back" in said["why", case].out
    assert case in said[("list",)].out
    assert "hand in" in said["history", case].out
    assert (shown["definition"], shown["next"], shown["people"]["what"]) == ("toy 1", "look_again", "黒い傘")
    assert (given["state"], given["outcome"]) == ("given_back", "done")
    assert health["ok"]
    assert (judged.status, judged.json["findings"]) == (0, [])
    assert planned["definition"] == "toy", planned
    assert all(state in drawn.out for state in toy.states)


# What the command line says does not depend on the kind of database.
@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
def test_the_commands_of_a_second_procedure_are_a_group_with_help_and_clear_faults(house: House) -> None:
    page = house("--help")
    group = house("toy", "--help", "--lang", "ja")
    step = house("toy", "hand-in", "--help")
    wrong = house("toy", "hand-in", "--file", "-", "--json", stdin="waht: x\nowner: 見本 花子\naddress: 1-1\n")
    nothing = house("toy", "hand-in")
    tried = house.document("toy", "hand-in", "--file", "-", "--dry-run", stdin=FOUND)
    unknown = house("toy", "give-bakc")
    of_the_main = house("toy", "give-back", "26-000001-D")
    of_this = house("withdraw", "T26-000001-2", "--on", "2026-11-25", "--how", "phone")

    assert "Other procedures" in page.out
    assert "Take care of lost property" in page.out
    assert "give-back" in group.out
    assert "遺失物を預かり" in group.out
    assert "./admin.py toy hand-in --file FILE" in step.out
    faults = {fault["field"]: fault["message"] for fault in wrong.json["faults"]}
    assert (wrong.status, sorted(faults)) == (2, ["waht", "what"])
    assert "what" in faults["waht"]
    assert (nothing.status, "./admin.py toy hand-in --help" in nothing.err) == (2, True)
    assert (tried["outcome"], tried["state"]) == ("done", "handed_in")
    assert (unknown.status, "give-back" in unknown.err) == (2, True)
    assert (of_the_main.status, "belongs to the procedure request" in of_the_main.err) == (3, True)
    assert (of_this.status, "belongs to the procedure toy" in of_this.err) == (3, True)
