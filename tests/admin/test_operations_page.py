"""Each line that the operators' page prints is run: here, by another test, or it says below why by none."""

import re
import shlex
from collections.abc import Callable
from datetime import timedelta

from lab.postgres import Postgres
from settings import PROJECT
from tests.admin.conftest import Script
from tests.admin.test_procedure import a_file
from tests.admin.test_requeue import a_dead_letter
from tests.office import LEAD, TestOffice
from tests.pages import DOCS, blocks
from workflows.engine.values import Role

PAGE = DOCS / "operations.md"
ELSEWHERE = {
    "docker compose up --detach --build --scale worker=4": "tests/lab/test_compose.py",
    "docker compose exec database createuser --username=madoguchi --pwprompt -g madoguchi_work kudo": (
        "tests/lab/test_compose.py"
    ),
    "docker compose exec -T -e ... worker-commands ./admin.py print": "tests/lab/test_compose.py",
    "REVISION=$(git rev-parse --short=12 HEAD) docker compose build": "tests/lab/test_compose.py",
    "install -m 0644 deploy/systemd/*.service deploy/systemd/*.target deploy/systemd/*.timer /etc/systemd/system/": (
        "tests/test_systemd.py"
    ),
    "$ grep -h '\"order:17\"' var/log/*.log": "tests/system/test_journal.py",
    "printf 'order:17' | sha256sum | cut -c1-32": "tests/test_traces.py",
    "./admin.py backup --out /backup/2026-11-30 --keys /vault/2026-11-30": "tests/test_docs_carried_out.py",
    "mv var var.aside && mv keys keys.aside": "tests/test_docs_carried_out.py",
    "git pull": "tests/system/test_upgrade.py",
    "psql --command 'CREATE ROLE sato LOGIN IN ROLE madoguchi_work'": "tests/security/test_two_logins.py",
    "psql --command 'CREATE ROLE monitors LOGIN IN ROLE madoguchi_monitor'": "tests/services/test_monitor_rights.py",
    "export MADOGUCHI_SMTP_URL_FILE=/etc/madoguchi/smtp_url": "tests/admin/test_mail.py",
    "./admin.py scan ~/scanner/*.pdf && rm ~/scanner/*.pdf": "tests/admin/test_scan.py",
    "./admin.py posted --batch B26-0001": "tests/admin/test_tracking_list.py",
}
"""Blocks by their first line, and where what they say is carried out."""
BY_NO_TEST = {
    "groupadd madoguchi": "changes the groups of the machine the tests run on",
    "usermod --append --groups madoguchi sato": "changes the logins of the machine; the rest is in tests/system",
    "postgresql+psycopg://madoguchi@db.example.com/madoguchi?sslmode=verify-full&sslrootcert=/etc/madoguchi/ca.pem": (
        "is what two files hold, and nothing that is run"
    ),
    "SELECT pid, usename, application_name, state, now() - xact_start AS since, query FROM pg_stat_activity": (
        "ends whatever session one names; who holds what is looked up in tests/services/test_under_the_lock.py"
    ),
}
"""Blocks nobody carries out, and why."""


def first_line(block: str) -> str:
    """Return a block's first line that does something, without what is said beside it."""
    line = next(line for line in block.splitlines() if line.strip() and not line.startswith("#"))
    return re.split(r"\s+# ", line)[0].strip()


def printed() -> dict[str, str]:
    return {first_line(block): block for kind in ("sh", "console") for block in blocks(PAGE, kind)}


# -- what is carried out here ---------------------------------------------------------------------------------------

Said = dict[str, str]
"""What is typed instead of what the page shows."""


def of_the_hands(script: Script, office: TestOffice) -> Said:
    for name in ("hanako", "jiro"):
        office.give_roles(name, Role.CLERK, Role.VERIFIER)
    office.returned()
    return {"2026-12-18": (office.today + timedelta(days=18)).isoformat()}


def of_what_was_set_aside(script: Script, office: TestOffice) -> Said:
    case = a_dead_letter(office)
    a_dead_letter(office)
    return {"26-000017-Y-01": f"{case}-01"}


def of_the_end(script: Script, office: TestOffice) -> Said:
    card = (PROJECT / "organisation.toml").read_text(encoding="utf-8")
    shown = next(block for block in blocks(PAGE, "toml") if block.startswith("[retention]"))
    card = re.sub(r"(?ms)^\[retention\].*?(?=^\[|\Z)", "", card)
    (office.settings.home / "organisation.toml").write_text(
        f"{card}\n{shown.replace(' 36 ', ' 24 ')}", encoding="utf-8"
    )
    return {}


def of_a_hold(script: Script, office: TestOffice) -> Said:
    case = office.in_state("withdrawn")
    return {"26-000017-Y": case, "2027-03-31": (office.today + timedelta(days=120)).isoformat()}


def of_paper(script: Script, office: TestOffice) -> Said:
    case = office.fulfilled()
    office.post_letters(case)
    last = office.ask("SELECT coalesce(max(seq), 0) AS seq FROM office_event")[0].seq
    return {"26-000017-Y": case, "papers.pdf": str(office.settings.home / "papers.pdf"), "list=57": f"list={last + 1}"}


def of_a_procedure(script: Script, office: TestOffice) -> Said:
    (office.settings.home / "procedure.toml").write_text(a_file(office), encoding="utf-8")
    return {}


def nothing(script: Script, office: TestOffice) -> Said:
    return {}


HERE: dict[str, Callable[[Script, TestOffice], Said]] = {
    "./admin.py today": of_the_hands,
    "./admin.py incidents --open": of_what_was_set_aside,
    "./admin.py letter-kinds stop disclosure_notification --reason wrong_wording": nothing,
    "./admin.py letter-kinds start disclosure_notification": nothing,
    "./admin.py retention --dry-run": of_the_end,
    "./admin.py legal-hold 26-000017-Y --why 'claim before the district court' --until 2027-03-31": of_a_hold,
    "./admin.py end-papers 26-000017-Y --what evidence --end destroyed": of_paper,
    "./admin.py keys rotate": nothing,
    "./admin.py procedure check": of_a_procedure,
}
MOVES = (
    "./admin.py move --to postgresql://madoguchi@db.example.com/madoguchi --dry-run",
    "./admin.py move --abandon",
)


def test_every_block_of_the_page_is_carried_out_or_says_why_not() -> None:
    known = [*ELSEWHERE, *BY_NO_TEST, *HERE, *MOVES]

    assert sorted(printed()) == sorted(known)
    assert [path for path in ELSEWHERE.values() if not (PROJECT / path).is_file()] == []


def run(script: Script, block: str, said: Said) -> None:
    for line in block.splitlines():
        typed = line
        for shown, real in said.items():
            typed = typed.replace(shown, real)
        words = shlex.split(typed, comments=True)
        if words[:1] == ["./admin.py"]:
            done = script.by(LEAD, *words[1:])
            assert done.status == 0, (line, done)


def test_what_the_page_tells_a_lead_to_run_does_it(script: Script, office: TestOffice, worker: None) -> None:
    page = printed()
    for line, prepared in HERE.items():
        run(script, page[line], prepared(script, office))

    events = {row.what for row in office.ask("SELECT what FROM office_event")}
    assert {
        "letter_kind_stopped", "letter_kind_started", "requeued", "retention_adopted", "legal_hold_set",
        "legal_hold_lifted", "keys_rotated", "procedure_adopted",
    } <= events  # fmt: skip


def test_the_move_of_the_page_goes_there_and_is_taken_back(
    script: Script, office: TestOffice, postgres: Postgres, migrated_postgres: str
) -> None:
    office.opened()
    there = postgres.create(migrated_postgres)
    going, back = (printed()[line] for line in MOVES)
    moves = [line for line in going.splitlines() if "admin.py move" in line]

    for line in (*moves, back.splitlines()[1]):
        typed = line.replace("postgresql://madoguchi@db.example.com/madoguchi", there)
        assert script(*shlex.split(typed, comments=True)[1:]).status == 0, line

    assert script.by(LEAD, "doctor").status == 0
    assert {row.what for row in office.ask("SELECT what FROM office_event")} >= {"office_move_undone"}
    postgres.drop(there)
