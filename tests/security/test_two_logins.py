"""Two people of one machine at one embedded desk: one decides, the other releases, and neither can be the other.

The desk runs under a login of its own, the people come with theirs, all of them real (`useradd`). Who calls is what the
kernel says, and what a caller may not read or write, the desk does not read or write for them.
"""

import json
import os
import re
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from tests.security.logins import Login, checkout_for_all, logins
from tests.services.search.conftest import DEPARTMENTS

pytestmark = pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("useradd"), reason="real logins are made by root, with useradd"
)

ARRIVED = """
arrived_at: {now}
forms: [disclosure]
pages: 2
signed: {{disclosure: true}}
rights: [disclosure]
documents:
  - {{holder: subject, type: drivers_licence, photo: true, expires_on: 2030-04-01,
     address: stated, name_matches: true, masking: not_shown}}
"""
DECIDED = "outcomes: {disclosure: {outcome: granted, enclosures: 3}}\n"
NO_DESK = "does not run"
PATIENT = ("--wait", "100")


@dataclass(frozen=True)
class House:
    """The office, and who is there: ``office`` runs the desk, ``outside`` is in no group, ``nobody`` has no role.

    ``sales`` and ``helps`` answer for a department each, and are no staff of the office's.
    """

    home: Path
    office: Login
    decides: Login
    releases: Login
    nobody: Login
    outside: Login
    sales: Login
    helps: Login


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    """An office founded by its own login, whose home is the group's to pass through."""
    roles = ("office", "decides", "releases", "nobody", "outside", "sales", "helps")
    place = Path(mkdtemp(prefix="mg-"))
    place.chmod(0o755)
    with checkout_for_all() as checkout, logins(*roles) as (group, names):
        home = place / "home"
        people = {
            role: Login(name, [] if role == "outside" else [group], checkout, home) for role, name in names.items()
        }
        made = House(home=home, **people)
        home.mkdir(mode=0o700)
        os.chown(home, made.office.entry.pw_uid, made.office.entry.pw_gid)
        made.office.must("office", "found", "--lead", made.office.name)
        shutil.chown(home, group=group)  # the administrator's one deed
        for who, roles_of in ((made.decides, ("clerk", "verifier", "approver")), (made.releases, ("approver",))):
            made.office.must("staff", "add", who.name, *[word for role in roles_of for word in ("--role", role)])
        card = home / "organisation.toml"
        card.write_text((checkout / "organisation.toml").read_text("utf-8") + DEPARTMENTS, "utf-8")
        shutil.chown(card, made.office.name)
        for who, department in ((made.sales, "sales"), (made.helps, "support")):
            made.office.must("staff", "add", who.name, "--role", "holder", "--department", department)
        yield made
    shutil.rmtree(place, ignore_errors=True)


def test_without_the_desk_its_own_login_works_and_others_are_told(house: House) -> None:
    nobody = str(house.home.parent / "no-hatch")  # as where no desk runs: other tests of this file may have one

    done = house.decides.calls("list", "--json", MADOGUCHI_HATCH=nobody)

    assert (done.returncode, json.loads(done.stdout)["error"]) == (5, "no_desk")
    assert NO_DESK in done.stderr
    closed = str(house.decides.folder / "no-hatch")
    assert house.office.calls("list", MADOGUCHI_HATCH=closed).returncode == 2  # told, and no traceback
    own = house.office.calls("list", MADOGUCHI_HATCH=nobody)
    assert own.returncode == 0, own.stderr


@pytest.mark.parametrize("language", ["en", "ja"])
def test_without_the_desk_root_is_told_whose_the_office_is_and_leaves_nothing_there(
    house: House, language: str
) -> None:
    root = Login("root", [], house.office.checkout, house.home)
    data = sorted(path.name for path in (house.home / "var").iterdir())

    done = root.calls("list", "--json", "--lang", language, MADOGUCHI_HATCH=str(house.home.parent / "no-hatch"))

    told = json.loads(done.stdout)
    assert (done.returncode, told["error"]) == (5, "no_desk"), done
    assert f"sudo -u {house.office.name} ./admin.py" in told["message"]
    assert sorted(path.name for path in (house.home / "var").iterdir()) == data
    root.folder.rmdir()


@pytest.fixture(scope="module")
def desk(house: House) -> Iterator[House]:
    """The desk of that office, run by its own login."""
    with house.office.start(
        str(house.office.checkout / ".venv/bin/python"), "-m", "desk", "--no-flower",
        MADOGUCHI_FLOWER_PORT="0", PYTHONPATH=str(house.office.checkout), MADOGUCHI_LANG="en",
    ) as process:  # fmt: skip
        assert process.stdout is not None
        told = []
        for line in process.stdout:
            told.append(line)
            if "the desk is ready" in line:
                break
        else:
            assert process.stderr is not None
            pytest.fail(f"{told} {process.stderr.read()}")
        threading.Thread(target=process.stdout.read, daemon=True).start()
        yield house
        process.terminate()
        process.wait(60)


def until(reached: Callable[[], Any]) -> Any:
    deadline = time.monotonic() + 150
    while not (found := reached()):
        assert time.monotonic() < deadline, reached
        time.sleep(0.05)
    return found


def decided(desk: House) -> str:
    """Return a case that one person has brought to where it waits for its release."""
    from tests.services.paper import text_of

    clerk = desk.decides
    contact = (clerk.checkout / "samples/contacts/01-mihon-hanako.yaml").read_bytes()
    case = json.loads(clerk.must("--json", "open", *PATIENT, "--file", str(clerk.write("contact.yaml", contact))))[
        "case"
    ]
    until(lambda: all(row["state"] == "made" for row in json.loads(clerk.must("--json", "letters", "--case", case))))
    printed = json.loads(clerk.must("--json", "print", "--out", case))
    merged = Path(printed["merged"])
    assert (merged.parent, merged.stat().st_uid) == (clerk.folder / case, clerk.entry.pw_uid)
    code = re.search(r"([0-9A-Z]{4}-){4}[0-9A-Z]", text_of(merged.read_bytes()))
    assert code is not None
    assert not list((desk.home / "var" / "print").glob("*.pdf"))  # handed over, and nothing of it kept
    clerk.must("posted", f"{case}-01", *PATIENT)
    scanned = json.loads(clerk.calls("--json", "scan", str(merged)).stdout)
    assert {page["case"] for page in scanned["matched"]} == {case}
    laid = clerk.folder / f"{case}.yaml"
    assert (laid.stat().st_uid, laid.stat().st_mode & 0o777) == (clerk.entry.pw_uid, 0o600)
    assert f"--file {case}.yaml" in json.dumps(scanned["cases"])
    arrived = clerk.write("arrived.yaml", ARRIVED.format(now=datetime.now(UTC).isoformat(timespec="seconds")))
    clerk.must("receive-forms", case, *PATIENT, "--code", code[0], "--file", str(arrived))
    clerk.must("verify-identity", case, *PATIENT)
    clerk.must("decide", case, *PATIENT, "--file", str(clerk.write("decided.yaml", DECIDED)))
    return str(case)


def test_one_decides_and_another_releases_and_the_first_cannot_by_any_lie(desk: House, tmp_path: Path) -> None:
    one, other = desk.decides, desk.releases
    case = decided(desk)
    evil = one.folder / "evil"
    evil.mkdir(mode=0o755)
    for name in ("python", "id", "sh", "readlink", "dirname"):
        one.write(f"evil/{name}", "#!/bin/sh\necho replaced\n", 0o755)
    one.write("evil/pwd.py", f"def getpwuid(_): return type('x', (), {{'pw_name': {other.name!r}}})\n", 0o644)
    database = f"sqlite:///{desk.home}/var/madoguchi.sqlite3"

    refused = {
        "as itself": one.calls("fulfil", case, "--json"),
        "as the other": one.calls("fulfil", case, "--json", "--as", other.name),
        "named as the other": one.calls(
            "fulfil", case, "--json", USER=other.name, LOGNAME=other.name, SUDO_USER=other.name, SUDO_UID="0"
        ),
        "from the other's home": one.calls("fulfil", case, "--json", HOME=str(other.folder)),
        "as a demo": one.calls("fulfil", case, "--json", "--as", other.name, MADOGUCHI_ALLOW_AS="demo"),
        "as a one-person office": one.calls("fulfil", case, "--json", MADOGUCHI_SOLE="yes"),
        "with other programs": one.calls("fulfil", case, "--json", PATH=f"{evil}:{os.environ['PATH']}"),
        "with other modules": one.calls(
            "fulfil", case, "--json", PYTHONPATH=str(evil), PYTHONSTARTUP=str(evil / "pwd.py"), PYTHONHOME=str(evil)
        ),
        "at the database itself": one.calls("fulfil", case, "--json", MADOGUCHI_DATABASE_URL=database),
        "with other keys": one.calls("fulfil", case, "--json", MADOGUCHI_KEYS=str(evil)),
        "without the desk": one.calls("fulfil", case, "--json", MADOGUCHI_HATCH=str(evil)),
    }

    assert {how: done.returncode for how, done in refused.items() if done.returncode == 0} == {}
    shown = json.loads(other.must("--json", "show", case))
    assert shown["state"] == "id_verified"
    assert json.loads(other.must("--json", "fulfil", case, *PATIENT))["state"] == "fulfilled"
    actors = {row["transition"]: row["actor"] for row in json.loads(other.must("--json", "history", case))}
    assert (actors["decide"], actors["fulfil"]) == (one.name, other.name)


def test_files_are_read_and_written_with_the_callers_rights(desk: House) -> None:
    one = desk.decides
    secret = next((desk.home / "keys").iterdir())
    own = one.write("own.yaml", (one.checkout / "samples/contacts/01-mihon-hanako.yaml").read_bytes())
    link = one.folder / "link.yaml"
    link.symlink_to(secret)

    assert one.calls("open", "--dry-run", "--file", str(own)).returncode == 0  # 0600: the desk's login cannot read it
    for place in (secret, link, desk.home / "var" / "madoguchi.sqlite3", desk.releases.folder / "x.yaml"):
        for command in (("open", "--dry-run", "--file"), ("import",), ("scan",)):
            done = one.calls(*command, str(place))
            assert done.returncode in (1, 2), done
            assert re.search(
                "cannot be read|no such file|not readable|is no ordinary file", done.stderr + done.stdout
            ), done
    for out in (desk.home / "var", desk.home / "hatch", desk.releases.folder, Path("/etc")):
        assert one.calls("draft", "26-000001-D", "--out", str(out / "taken")).returncode == 1
        assert one.calls("print", "--out", str(out / "taken")).returncode == 1
        assert not (out / "taken").exists()


def test_a_link_swapped_between_check_and_use_shows_nothing(desk: House) -> None:
    one = desk.decides
    secret = next((desk.home / "keys").iterdir())
    own = one.write("harmless.yaml", "rights: [nonsense]\n")
    link, over = one.folder / "swapped.yaml", threading.Event()

    def swap() -> None:
        while not over.is_set():
            for target in (secret, own):
                link.with_name("next").symlink_to(target)
                link.with_name("next").replace(link)

    swapping = threading.Thread(target=swap)
    link.symlink_to(own)
    swapping.start()
    try:
        said = [one.calls("open", "--dry-run", "--file", str(link)) for _ in range(10)]
    finally:
        over.set()
        swapping.join()

    assert {done.returncode for done in said} == {2}
    assert all(
        "nonsense" in done.stderr or "cannot be read" in done.stderr or "not readable" in done.stderr for done in said
    )


def test_who_is_no_staff_is_told_so_and_sees_nothing(desk: House) -> None:
    for command in (["list"], ["status"], ["office"], ["letters"], ["doctor"], ["tray", "list"], ["notices"], ["plan"]):
        done = desk.nobody.calls(*command)
        assert (done.returncode, done.stdout) == (1, ""), done
        assert "has no role here" in done.stderr
    assert desk.nobody.calls("--help").returncode == 0
    assert desk.nobody.calls("office", "found", "--lead", desk.nobody.name).returncode == 1


def test_who_is_not_in_the_group_does_not_come_near(desk: House) -> None:
    done = desk.outside.calls("list")

    assert (done.returncode, done.stdout) == (1, "")
    assert "not in the group" in done.stderr
    assert desk.outside.run("ls", str(desk.home)).returncode != 0
    for one in (desk.decides, desk.nobody):
        assert one.run("ls", str(desk.home)).returncode != 0
        assert one.run("cat", str(desk.home / "var" / "madoguchi.sqlite3")).returncode != 0
    assert (desk.home.stat().st_mode & 0o777, (desk.home / "var").stat().st_mode & 0o777) == (0o710, 0o700)


def test_open_doors_let_nobody_in_who_is_not_in_the_group(desk: House) -> None:
    folders = {folder: folder.stat().st_mode & 0o777 for folder in (desk.home, desk.home / "hatch")}
    for folder in folders:
        folder.chmod(0o711)
    try:
        done = desk.outside.calls("--help")
    finally:
        for folder, mode in folders.items():
            folder.chmod(mode)

    assert (done.returncode, done.stdout) == (1, "")
    assert "not in the group" in done.stderr


def test_a_flood_by_one_person_leaves_the_desk_to_the_others(desk: House) -> None:
    script = (
        "import socket, sys, time\n"
        "lines = []\n"
        "for _ in range(300):\n"
        "    line = socket.socket(socket.AF_UNIX); line.settimeout(1)\n"  # short: it need not come in
        "    try: line.connect(sys.argv[1])\n"
        "    except OSError: continue\n"
        "    lines.append(line)\n"
        "print(len(lines), flush=True); time.sleep(60)\n"
    )
    python = str(desk.nobody.checkout / ".venv/bin/python")
    with desk.nobody.start(python, "-c", script, str(desk.home / "hatch" / "s.sock")) as flood:
        try:
            assert flood.stdout is not None
            flood.stdout.readline()
            assert desk.releases.calls("list").returncode == 0
            assert desk.office.calls("list").returncode == 0
        finally:
            flood.kill()


def test_a_socket_of_an_impostor_is_not_talked_to(desk: House) -> None:
    folder = desk.releases.folder.parent / "trap"
    folder.mkdir(mode=0o755)
    with socket.socket(socket.AF_UNIX) as trap:  # of root's, who is not whose the home is either
        trap.bind(str(folder / "s.sock"))
        (folder / "s.sock").chmod(0o666)
        trap.listen()
        trap.settimeout(60)
        done = desk.releases.calls("list", MADOGUCHI_HATCH=str(folder))
        line, _ = trap.accept()
        with line:
            assert line.recv(100) == b""

    assert (done.returncode, NO_DESK in done.stderr) == (5, True)


def test_whoever_answers_for_a_department_does_so_and_nothing_else(desk: House) -> None:
    clerk, sales, helps = desk.decides, desk.sales, desk.helps
    contact = (clerk.checkout / "samples/contacts/02-suzuki-purposes.yaml").read_bytes()
    opened = clerk.must("--json", "open", *PATIENT, "--file", str(clerk.write("departments.yaml", contact)))
    case = json.loads(opened)["case"]
    asks = str(clerk.write("ask.yaml", "what: every record about the person\n"))
    theirs, others = (
        json.loads(clerk.must("--json", "search", "ask", case, "--department", department, "--file", asks, *PATIENT))[
            "case"
        ]
        for department in ("sales", "support")
    )
    accounts = sales.write("accounts.csv", "ord,what\n1,tea\n")
    answer = str(sales.write("answer.yaml", f"found: found\nnote: one order\nfiles: [{accounts}]\n"))
    nothing = str(sales.write("nothing.yaml", "found: nothing_held\n"))
    office = [
        ["list"], ["today"], ["show", case], ["show", theirs], ["why", theirs], ["history", theirs], ["doctor"],
        ["notices"], ["staff", "list"], ["find", "--file", nothing], ["search", "plan", case],
        ["search", "ask", case, "--department", "support", "--file", asks], ["search", "recall", theirs, "--why", "x"],
        ["search", "extend", theirs, "--by", "2030-01-04", "--why", "x"], ["search", "try", "sales"],
        ["search", "show", others], ["search", "answer", others, "--file", nothing],
        ["search", "hand-on", others, "--department", "sales", "--why", "x"],
        ["search", "list", "--department", "support"],
    ]  # fmt: skip
    somebody_else = [
        {"USER": clerk.name, "LOGNAME": clerk.name, "SUDO_USER": clerk.name}, {"HOME": str(clerk.folder)},
        {"MADOGUCHI_ALLOW_AS": "demo"},
    ]  # fmt: skip

    listed = [row["search"] for row in json.loads(sales.must("--json", "search", "list"))]
    told = sales.must("search", "show", theirs)
    refused = {" ".join(words): sales.calls(*words) for words in office}
    refused |= {f"show {way}": sales.calls("show", case, **way) for way in somebody_else}
    refused |= {f"as {name}": sales.calls("search", "show", others, "--as", name) for name in (helps.name, clerk.name)}
    tried = sales.calls("search", "answer", theirs, "--file", answer, "--dry-run")
    given = json.loads(sales.must("--json", "search", "answer", theirs, "--file", answer, *PATIENT))
    file = re.findall(r"F\d\d-\d{6}", clerk.must("search", "show", theirs))[0]
    strange = helps.calls("search", "file", theirs, file, "--out", str(helps.folder / "taken.csv"))
    sales.must("search", "file", theirs, file, "--out", str(sales.folder / "again.csv"))
    answers = {row["transition"]: row["actor"] for row in json.loads(clerk.must("--json", "history", theirs))}

    assert listed == [theirs]
    assert "every record about the person" in told
    assert {words: done for words, done in refused.items() if done.returncode == 0} == {}
    assert not any("Suzuki" in done.stdout or "鈴木" in done.stdout for done in refused.values())
    assert (tried.returncode, given["state"], answers["answer"]) == (0, "answered", sales.name)
    assert (sales.folder / "again.csv").read_text("utf-8") == accounts.read_text("utf-8")
    assert (strange.returncode, (helps.folder / "taken.csv").exists()) == (1, False)
    assert json.loads(clerk.must("--json", "show", others))["state"] == "asked"
