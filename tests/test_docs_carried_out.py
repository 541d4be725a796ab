"""What the pages tell people to run does what they say: auditors, operators, and the session of the README."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desk.supervisor import Desk
from lab.postgres import Postgres
from models import founding
from models.session import engine_for
from services.office.staff import os_login
from settings import PROJECT, load
from tests.office import MONDAY, TestOffice, a_founding
from tests.pages import DOCS, FENCE
from workflows.engine.numbers import case_number
from workflows.engine.values import Role


def blocks(page: Path, language: str) -> list[str]:
    """Return the fenced blocks of a page in that language."""
    return [text for found, text in FENCE.findall(page.read_text(encoding="utf-8")) if found == language]


# -- the recipe for auditors ------------------------------------------------------------------------------------------


@pytest.fixture
def office(database_url: str, home: Path) -> Iterator[TestOffice]:
    """An office with a case that went all the way, and another that was taken back."""
    made = TestOffice(database_url, home)
    made.fulfilled()
    made.in_state("withdrawn")
    yield made
    made.close()


def recipe(office: TestOffice, number: int) -> subprocess.CompletedProcess[str]:
    """Run a recipe of docs/auditing.md as it stands there, on this office's database."""
    source = blocks(DOCS / "auditing.md", "python")[number]
    argument = office.url.removeprefix("sqlite:///")
    if argument == office.url:
        # What the line itself says to write for PostgreSQL.
        source = re.sub(
            r"^db = sqlite3.*$", "import psycopg; db = psycopg.connect(sys.argv[1])", source, flags=re.MULTILINE
        )
        argument = office.url.replace("postgresql+psycopg://", "postgresql://")
    else:
        office.close()
    command = [sys.executable, "-I", "-c", source, argument]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)


def tamper(office: TestOffice, statement: str) -> None:
    """Do as the owner of the database can: take the triggers away, change a row."""
    with office.writing() as db:
        if db.dialect.name == "sqlite":
            for name in ("no_update", "no_delete", "no_replace"):
                db.exec_driver_sql(f"DROP TRIGGER history_{name}")
        else:
            db.exec_driver_sql("DROP TRIGGER history_no_change ON history")
        db.exec_driver_sql(statement)


def test_the_recipe_of_the_auditors_page_recomputes_a_real_history(office: TestOffice) -> None:
    rows = office.ask("SELECT count(*) FROM history")[0][0]

    done = recipe(office, 0)

    assert rows > 6
    assert (done.returncode, done.stdout) == (0, f"{rows} rows verify\n"), done.stderr


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE history SET actor = 'nobody' WHERE case_id = 1 AND seq = 2", "row 2"),
        ("UPDATE history SET at = at + 1 WHERE case_id = 1 AND seq = 3", "row 3"),
        ("DELETE FROM history WHERE case_id = 1 AND seq = 2", "row 2"),
        ("DELETE FROM history WHERE case_id = 1 AND seq = 6", "the end of its history is missing"),
        ("DELETE FROM history WHERE case_id = 2", "row 1"),
    ],
)
def test_the_recipe_names_the_first_bad_row(office: TestOffice, statement: str, found: str) -> None:
    tamper(office, statement)

    done = recipe(office, 0)

    assert done.returncode == 1
    assert found in done.stderr


def test_the_recipe_for_the_offices_log_finds_a_changed_row(office: TestOffice) -> None:
    before = recipe(office, 1)
    with office.writing() as db:
        if db.dialect.name == "sqlite":
            db.exec_driver_sql("DROP TRIGGER office_event_no_update")
        else:
            db.exec_driver_sql("DROP TRIGGER office_event_no_change ON office_event")
        db.exec_driver_sql("UPDATE office_event SET actor = 'nobody' WHERE seq = 2")
    after = recipe(office, 1)

    assert (before.returncode, before.stdout) == (0, "the office's log verifies\n"), before.stderr
    assert (after.returncode, "office event 2" in after.stderr) == (1, True)


@pytest.mark.requirement("S51")
@pytest.mark.parametrize(
    ("constraint", "state", "change"),
    [
        ("ck_case_fulfilled_has_people", "contacted", "state = 'fulfilled', released_by = 'mori'"),
        ("ck_case_refused_has_people", "contacted", "state = 'refused', released_by = 'mori'"),
        ("ck_case_four_eyes", "id_verified", "state = 'fulfilled', decided_by = 'sato', released_by = verified_by"),
        ("ck_case_four_eyes", "id_verified", "state = 'fulfilled', decided_by = 'sato', released_by = 'sato'"),
        ("ck_case_released_is_closed", "id_verified", "released_by = 'mori'"),
    ],
)
def test_no_sql_releases_past_the_constraints_the_auditors_page_names(
    office: TestOffice, constraint: str, state: str, change: str
) -> None:
    from sqlalchemy.exc import IntegrityError

    case = office.in_state(state)

    with pytest.raises(IntegrityError, match=constraint):
        office.tell(f'UPDATE "case" SET {change} WHERE number = :case', case=case)  # noqa: S608 - our own words

    assert f"`{constraint}`" in (DOCS / "auditing.md").read_text(encoding="utf-8")


# -- what operators copy ---------------------------------------------------------------------------------------------


def test_the_office_works_under_the_role_the_operators_page_grants(
    postgres: Postgres, postgres_url: str, home: Path
) -> None:
    import sqlalchemy

    from models.grants import grants

    statements = blocks(DOCS / "operations.md", "sql")[0]
    assert statements.splitlines() == grants()
    owner = engine_for(postgres_url)
    with owner.begin() as db:
        db.exec_driver_sql("DROP ROLE IF EXISTS madoguchi_work")
        db.exec_driver_sql("CREATE ROLE madoguchi_work LOGIN")
        if int(db.exec_driver_sql("SHOW server_version_num").scalar_one()) < 170_000:
            statements = statements.replace("MAINTAIN", "TRUNCATE")
        founding.write(db, a_founding(MONDAY))
        db.exec_driver_sql(statements)
    restricted = sqlalchemy.make_url(postgres_url).set(username="madoguchi_work").render_as_string(hide_password=False)
    office = TestOffice(restricted, home)
    try:
        office.fulfilled()
        with office.writing() as db:
            from models import staff

            staff.log(db, office.at(db).now, "staff_added", "kudo", {})
        for forbidden in (
            "UPDATE history SET actor = 'x'",
            "DELETE FROM office_event",
            "TRUNCATE history",
            "UPDATE founding SET demo = TRUE",
            "DELETE FROM service_login",
        ):
            with pytest.raises(sqlalchemy.exc.ProgrammingError, match="permission denied"):
                office.tell(forbidden)
    finally:
        office.close()
        with owner.begin() as db:
            db.exec_driver_sql("DROP OWNED BY madoguchi_work")
            db.exec_driver_sql("DROP ROLE madoguchi_work")
        owner.dispose()


def test_the_backup_and_the_restore_of_the_operators_page_do_what_they_say(
    tmp_path: Path, migrated_sqlite: Path, home: Path
) -> None:
    (home / "var").mkdir(mode=0o700)
    shutil.copyfile(migrated_sqlite, home / "var" / "madoguchi.sqlite3")
    office = TestOffice(f"sqlite:///{home / 'var' / 'madoguchi.sqlite3'}", home)
    case = office.opened()
    kept = office.in_state("withdrawn")
    office.post_letters(kept)
    office.give_roles(os_login(), Role.LEAD)
    office.close()
    saving, restoring = (
        next(block for block in blocks(DOCS / "operations.md", "sh") if f"admin.py {word} " in block)
        for word in ("backup", "restore")
    )

    def run(lines: str) -> str:
        for shown, real in (("/backup/", f"{tmp_path}/b-"), ("/vault/", f"{tmp_path}/v-")):
            lines = lines.replace(shown, real)
        lines = lines.replace("./admin.py", f"{sys.executable} {PROJECT / 'admin.py'}")
        environment = {**os.environ, "MADOGUCHI_HOME": str(home), "MADOGUCHI_LANG": "en"}
        command = ["sh", "-ec", lines]
        done = subprocess.run(
            command, cwd=home, env=environment, check=False, capture_output=True, text=True, timeout=600
        )
        assert done.returncode == 0, done
        return done.stdout

    made = run(saving)
    run(f"./admin.py erase {kept} --why asked --yes")
    back = run(restoring)

    assert "backed up and opened" in made
    assert "numbers leapt by 1000" in back
    assert f"erased again: {kept}" in back
    office = TestOffice(f"sqlite:///{home / 'var' / 'madoguchi.sqlite3'}", home, staffed=True)
    assert {row.number for row in office.ask('SELECT number FROM "case"')} == {case, kept}
    assert office.opened() == case_number(2026, 1003)
    office.close()


def test_the_broker_users_of_the_operators_page_are_those_compose_makes() -> None:
    from desk.compose_secrets import access_list

    told = blocks(DOCS / "operations.md", "text")[0]

    assert re.sub(r"#\S+", "#", told) == re.sub(r"#\S+", "#", access_list("any", "any", "any", "any"))


# -- the session of the README --------------------------------------------------------------------------------------


def session() -> Iterator[tuple[str, list[str]]]:
    """Yield each command of the README's session with the lines that are shown as its answer."""
    readme = PROJECT / "README.md"
    setting_up = [line for line in blocks(readme, "sh")[1].splitlines() if line.startswith("./admin.py")]
    yield from ((line, []) for line in setting_up)
    for block in blocks(readme, "console"):
        for shown in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *answer = shown.rstrip("\n").split("\n")
            yield command, answer


def test_the_session_of_the_readme_goes_as_shown(home: Path, tmp_path: Path) -> None:
    environment = {
        **os.environ, "MADOGUCHI_HOME": str(home), "MADOGUCHI_ALLOW_AS": "demo", "MADOGUCHI_CLOCK": "shifted",
        "MADOGUCHI_LANG": "en", "NO_COLOR": "1", "COLUMNS": "160",
    }  # fmt: skip
    (tmp_path / "samples").symlink_to(PROJECT / "samples")
    (tmp_path / "admin.py").symlink_to(PROJECT / "admin.py")

    def run(command: str) -> str:
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode in (0, 1), f"{command}: {done.stderr}"
        return done.stdout + done.stderr

    # The desk is started in between, as the README says.
    founding = [shown for shown, _ in session() if shown.startswith(("./admin.py init", "./admin.py office"))]
    what_it_is = [run(command) for command in founding]
    case, real = "", {"26-000001-D": ""}
    with Desk(load({**environment, "MADOGUCHI_FLOWER_PORT": "0"}), with_flower=False):
        for shown, answer in session():
            if shown in founding:
                continue
            command = shown
            for written, meant in real.items():
                command = command.replace(written, meant)
            if command.startswith("cat "):
                now = json.loads(run("./admin.py --json clock"))["now"]
                content = re.sub(r"expires_on: [\d-]+", f"expires_on: {int(now[:4]) + 2}-04-01", "\n".join(answer))
                content = re.sub("^arrived_at: .*", f"arrived_at: {now}", content)
                (tmp_path / command.removeprefix("cat ")).write_text(content, encoding="utf-8")
                continue
            if " scan " in command:  # what was posted comes back as it is
                (letter,) = (home / "var" / "spool").rglob("*.pdf")
                (tmp_path / "returns.pdf").write_bytes(letter.read_bytes())
            told = run(command)
            if " open " in command:
                case = told.split(":")[0]
                real = {"26-000001-D": case, "PJG6-135F-WF1W-HTZ8-2": mailed_code(home, run)}
            expected = [line.replace("26-000001-D", case) for line in answer]
            assert not expected or told.splitlines() == expected, command
        shown_last = json.loads(run(f"./admin.py --json show {case}"))

    assert len(what_it_is) == 2
    assert "shifted" in what_it_is[-1]
    assert shown_last["state"] == "fulfilled"


def mailed_code(home: Path, run: Callable[[str], str]) -> str:
    """Return the code on the forms, once they are made."""
    from tests.services.paper import text_of

    deadline = time.monotonic() + 150
    while not (letters := list((home / "var" / "spool").rglob("*.pdf"))) or "made" not in run("./admin.py letters"):
        assert time.monotonic() < deadline, "no letter was made"
        time.sleep(0.1)
    found = re.search(r"([0-9A-Z]{4}-){4}[0-9A-Z]", text_of(letters[0].read_bytes()))
    assert found is not None
    return found[0]
