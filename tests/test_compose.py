"""docker-compose.yml against the compose specification and our promises; the broker's access list for real."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import check_jsonschema
import jsonschema
import pytest
import yaml

from desk import alive, compose_login, compose_secrets, kept
from models.session import engine_for
from settings import PROJECT, Settings, load

ONE_SHOT = {"secrets", "migrate"}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    text = (PROJECT / "docker-compose.yml").read_text(encoding="utf-8")
    # As it is where no variable is set.
    loaded: dict[str, Any] = yaml.safe_load(re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", text))
    return loaded


@pytest.fixture(scope="module")
def services(compose: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = compose["services"]
    return found


def test_it_follows_the_compose_specification(compose: dict[str, Any]) -> None:
    # The specification's own schema (compose-spec, schema/compose-spec.json) as check-jsonschema ships it.
    schema = Path(check_jsonschema.__file__).parent / "builtin_schemas" / "vendor" / "compose-spec.json"

    jsonschema.validate(compose, json.loads(schema.read_text(encoding="utf-8")))


def test_every_service_of_production_is_there(services: dict[str, dict[str, Any]]) -> None:
    assert set(services) == {
        *ONE_SHOT, "database", "broker", "worker-commands", "worker", "beat", "flower", "metrics",
    }  # fmt: skip


@pytest.mark.requirement("S28")
def test_only_flower_and_the_numbers_for_monitors_are_published_and_on_this_machine_alone(
    services: dict[str, dict[str, Any]],
) -> None:
    published = {name: service["ports"] for name, service in services.items() if "ports" in service}

    assert published == {"flower": ["127.0.0.1:5555:5555"], "metrics": ["127.0.0.1:5556:5556"]}


def test_every_service_that_stays_has_a_health_check_and_comes_back(services: dict[str, dict[str, Any]]) -> None:
    for name in services.keys() - ONE_SHOT:
        assert services[name]["healthcheck"]["test"], name
        assert services[name]["restart"] == "unless-stopped", name


def test_nothing_starts_before_the_schema_is_up_to_date(services: dict[str, dict[str, Any]]) -> None:
    for name in ("worker-commands", "worker", "beat", "flower", "metrics"):
        assert services[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_workers_wait_for_the_office_that_nobody_but_a_person_founds(
    services: dict[str, dict[str, Any]], home: Path
) -> None:
    place = {"MADOGUCHI_HOME": str(home / "office"), "MADOGUCHI_LANG": "en"}
    line = [sys.executable, "-m", "desk.when_founded", "platform"]
    environment = {**os.environ, **place}
    waiting = subprocess.Popen(
        line, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert waiting.stderr is not None
    said = waiting.stderr.readline()  # it has looked, and found none
    made = (home / "office").exists()

    subprocess.run(
        [sys.executable, "admin.py", "office", "found", "--lead", "hanako"],
        cwd=PROJECT, env=environment, check=True, capture_output=True,
    )  # fmt: skip
    out, _ = waiting.communicate(timeout=60)

    assert "no office here" in said
    assert "office found --lead" in said
    assert not made
    assert out.startswith("Linux")  # python -m platform ran in its place
    for name, service in services.items():
        if "-Q" in service.get("command", []):
            assert "desk.when_founded" in service["command"], name


def test_what_stays_is_kept_by_a_parent_that_starts_it_again_when_it_is_deaf(
    services: dict[str, dict[str, Any]],
) -> None:
    ours = services.keys() - ONE_SHOT - {"database", "broker"}

    for name in ours:
        service = services[name]
        command = service["command"] if "sh" not in service["command"] else service["command"][-1].split()
        how = command[command.index("desk.kept") + 1 : command.index("--")]
        assert kept.listening(how, load({})) is not None, name
        # What is listened to is what the health check looks at.
        looked_at = service["healthcheck"]["test"][-1]
        assert how[-1] == looked_at or f"ready-{how[-1]}" in looked_at, name


def test_every_queue_is_consumed_by_a_worker(services: dict[str, dict[str, Any]]) -> None:
    consumed = {
        queue
        for service in services.values()
        if isinstance(service.get("command"), list) and "-Q" in service["command"]
        for queue in service["command"][service["command"].index("-Q") + 1].split(",")
    }

    assert consumed == {"commands", "clock", "effects", "bulk"}


def test_no_password_stands_in_an_environment_or_a_command(services: dict[str, dict[str, Any]]) -> None:
    for name, service in services.items():
        for variable, value in service.get("environment", {}).items():
            if variable == "MADOGUCHI_OTLP_URL":  # the settings refuse one with a password in it
                continue
            if any(word in variable for word in ("PASSWORD", "URL", "AUTH", "SECRET")):
                assert variable.endswith("_FILE"), (name, variable)
                assert value.startswith("/run/madoguchi/"), (name, variable)
        assert "--requirepass" not in str(service.get("command"))


ROLES = ("work", "beat", "flower", "metrics")
CARD = "./organisation.toml:/srv/madoguchi/organisation.toml:ro"
PAPER = {"spool", "evidence", "finds", "discs", "audit", "tray", "returns"}
IN_CLEAR = {"printed", "scanned", "backups", "vault"}
"""What only people who come in and the clock use: paper as it is read, and copies of the keys."""
SEES: dict[str, tuple[set[str], set[str]]] = {
    "secrets": (
        {
            "secrets",
            *(f"secrets-{name}" for name in ("database", "broker", "owner", "work", "beat", "flower", "metrics")),
        },
        set(),
    ),
    "database": ({"secrets-database", "database"}, {"tables"}),
    "broker": ({"secrets-broker", "broker"}, {"bells"}),
    "migrate": ({"secrets-owner", "keys", CARD}, {"tables"}),
    "worker-commands": ({"secrets-work", "keys", CARD, *PAPER, *IN_CLEAR}, {"tables", "bells"}),
    "worker": ({"secrets-work", "keys", CARD, *PAPER}, {"tables", "bells"}),
    "beat": ({"secrets-beat"}, {"bells"}),
    "flower": ({"secrets-flower"}, {"bells", "outside"}),
    "metrics": ({"secrets-metrics", "spool", CARD}, {"tables", "bells", "numbers"}),
}
"""What each service has of all that is stored, and whom it can reach."""


@pytest.mark.parametrize("name", SEES)
def test_each_service_has_and_reaches_only_what_it_needs(compose: dict[str, Any], name: str) -> None:
    service, (kept, networks) = compose["services"][name], SEES[name]

    mounted = {mount if mount == CARD else mount.split(":")[0] for mount in service["volumes"]}

    assert mounted == kept
    assert set(service.get("networks", [])) == networks
    assert all(mount.endswith(":ro") for mount in service["volumes"] if "secrets-" in mount) or name == "secrets"
    assert service["cap_drop"] == ["ALL"]
    assert "cap_add" not in service or name == "database"
    # A port is published from a network that leads out; in such a one nobody else is.
    led_out = {one for one in networks if compose["networks"][one] != {"internal": True}}
    assert len(led_out) == ("ports" in service)
    assert not [other for other, (_, theirs) in SEES.items() if other != name and led_out & theirs]
    assert {one for kept, _ in SEES.values() for one in kept} - {CARD} == set(compose["volumes"])


def test_each_service_is_told_only_what_lies_in_its_own_folder(services: dict[str, dict[str, Any]]) -> None:
    words = dict.fromkeys(("database", "broker", "work", "beat", "flower", "metrics", "flower_auth"), "x")
    laid_out = compose_secrets.files(words)

    for name, service in services.items():
        named = set(re.findall(r"/run/madoguchi/(\w+(?:\.acl)?)", json.dumps(service)))
        (folder,) = [one.split(":")[0] for one in service["volumes"] if one.startswith("secrets-")][:1] or [""]
        if name != "secrets":
            own = {path.split("/")[1] for path in laid_out if path.split("/")[0] == folder.removeprefix("secrets-")}
            assert named == {file for file in own if not file.endswith("_password") or name == "database"}, name


def test_what_asks_for_numbers_opens_no_folder_of_the_offices(services: dict[str, dict[str, Any]]) -> None:
    dockerfile = (PROJECT / "Dockerfile").read_text(encoding="utf-8")

    assert services["metrics"]["user"] == "metrics"
    assert "--uid 10002 --user-group --no-create-home --home-dir /srv/madoguchi metrics" in dockerfile
    assert "-m 0711 /srv/madoguchi/var \\\n" in dockerfile
    (closed,) = re.findall(r"-m 0700 (.+?) \\\n && install", dockerfile, re.DOTALL)
    assert {"/srv/madoguchi/var/spool", "/srv/madoguchi/keys"} <= set(closed.split())
    # The broker comes as its own user; the database has what it needs until it is that, and no way to more.
    assert {name: service["user"] for name, service in services.items() if "user" in service} == {
        "broker": "valkey", "metrics": "metrics",
    }  # fmt: skip
    assert services["database"]["cap_add"] == ["CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"]


def test_nothing_that_runs_can_be_written_to_or_gain_rights(services: dict[str, dict[str, Any]]) -> None:
    dockerfile = (PROJECT / "Dockerfile").read_text(encoding="utf-8")
    (open_folders,) = re.findall(r"-m 1777 (.+?) \\\n", dockerfile)

    for name, service in services.items():
        assert service["read_only"] is True, name
        assert service["security_opt"] == ["no-new-privileges:true"], name
    for name in services.keys() - {"database", "broker"}:
        # What is mounted in memory is root's and has the mode of the folder under it.
        assert services[name]["tmpfs"] == ["/tmp", *open_folders.split()], name  # noqa: S108 - inside the container


def test_what_the_office_writes_is_a_volume_or_memory(services: dict[str, dict[str, Any]]) -> None:
    house = load({"MADOGUCHI_HOME": "/srv/madoguchi"})
    written = {
        house.spool, house.evidence, house.finds, house.discs, house.tray, house.returns, house.run, house.logs,
        house.keys, house.checkpoints,
    }  # fmt: skip
    trays = {house.var / "print", house.var / "scanned"}

    for name, folders in (("worker-commands", written | trays), ("worker", written)):
        mounted = [mount.split(":")[1] for mount in services[name]["volumes"]] + services[name]["tmpfs"]
        assert {str(folder) for folder in folders} <= set(mounted), name


def test_the_database_is_well_only_when_it_answers_over_the_network(services: dict[str, dict[str, Any]]) -> None:
    # The server of the very first start, which goes again, listens on its socket alone.
    assert "--host=127.0.0.1" in services["database"]["healthcheck"]["test"]


def test_the_admin_script_finds_its_python_through_the_images_link(tmp_path: Path) -> None:
    dockerfile = (PROJECT / "Dockerfile").read_text(encoding="utf-8")
    packages, app = tmp_path / "opt" / "venv", tmp_path / "app"
    (packages / "bin").mkdir(parents=True)
    app.mkdir()
    (packages / "bin" / "python").write_text('#!/bin/sh\necho "python $*"\n', encoding="ascii")
    (packages / "bin" / "python").chmod(0o755)
    shutil.copy(PROJECT / "admin.py", app)

    lacking = subprocess.run(["./admin.py", "list"], cwd=app, capture_output=True, text=True, check=False)
    (app / ".venv").symlink_to(packages)
    found = subprocess.run(["./admin.py", "list"], cwd=app, capture_output=True, text=True, check=False)

    assert "ln -s /opt/venv /app/.venv" in dockerfile
    assert "WORKDIR /app" in dockerfile
    assert (lacking.returncode, "make setup" in lacking.stderr) == (2, True)
    assert (found.returncode, found.stdout) == (0, "python -I -S ./admin.py list\n")


def test_the_rights_of_the_working_role_are_printed_as_a_script_that_may_run_twice(postgres_url: str) -> None:
    script = subprocess.run(
        [sys.executable, "-m", "models.grants"], cwd=PROJECT, check=True, capture_output=True, text=True
    ).stdout
    owner = engine_for(postgres_url)
    asked = "SELECT has_table_privilege('madoguchi_work', 'history', %s)"

    with owner.begin() as db:
        if int(db.exec_driver_sql("SHOW server_version_num").scalar_one()) < 170_000:
            script = script.replace("MAINTAIN", "TRUNCATE")
        inside = script.replace("BEGIN;\n", "", 1).replace("COMMIT;\n", "")
        for _ in range(2):
            db.exec_driver_sql(inside)
        rights = {right: db.exec_driver_sql(asked, (right,)).scalar_one() for right in ("INSERT", "UPDATE", "DELETE")}
        for role in ("madoguchi_work", "madoguchi_monitor"):
            db.exec_driver_sql(f"DROP OWNED BY {role}")
            db.exec_driver_sql(f"DROP ROLE {role}")
    owner.dispose()

    assert rights == {"INSERT": True, "UPDATE": False, "DELETE": False}
    assert script.startswith("BEGIN;\n")
    assert script.endswith("COMMIT;\n")


def test_every_image_names_its_version_and_ours_does_not_run_as_root(services: dict[str, dict[str, Any]]) -> None:
    dockerfile = (PROJECT / "Dockerfile").read_text(encoding="utf-8")
    base = dockerfile.split("ARG PYTHON=")[1].split()[0]
    images = [base, services["database"]["image"], services["broker"]["image"]]

    versions = [image.rpartition(":")[2].split("-")[0] for image in images]

    assert all(version.count(".") >= 1 and version.replace(".", "").isdigit() for version in versions), versions
    assert "\nUSER office\n" in dockerfile
    assert "--require-hashes" in dockerfile


def test_all_that_runs_is_in_the_image_and_nothing_else(services: dict[str, dict[str, Any]]) -> None:
    kept = (PROJECT / ".dockerignore").read_text(encoding="utf-8").split("\n*\n")[1].split()

    assert {"!workflows", "!models", "!services", "!tasks", "!templates", "!desk", "!*.py"} <= set(kept)
    assert not {"!tests", "!lab", "!var", "!keys", "!.git"} & set(kept)
    for service in services.values():
        if isinstance(service.get("command"), list) and "-m" in service["command"]:
            module = service["command"][service["command"].index("-m") + 1]
            assert (PROJECT / f"{module.replace('.', '/')}.py").exists()


def test_the_passwords_are_made_once_and_laid_out_for_whom_they_are(tmp_path: Path) -> None:
    master, laid_out = tmp_path / "all", tmp_path / "for"

    def lying() -> dict[str, str]:
        found = [path for path in tmp_path.rglob("*") if path.is_file()]
        return {str(path.relative_to(tmp_path)): path.read_text(encoding="ascii") for path in found}

    compose_secrets.make(master, laid_out)
    first = lying()
    (laid_out / "broker" / "broker.acl").chmod(0o600)
    (laid_out / "broker" / "broker.acl").write_text("as an older release made it", encoding="ascii")
    compose_secrets.make(master, laid_out)

    def told(name: str) -> Settings:
        kinds = {
            f"MADOGUCHI_{kind.upper()}_URL_FILE": laid_out / name / f"{kind}_url" for kind in ("database", "broker")
        }
        return load({variable: str(path) for variable, path in kinds.items() if path.exists()})

    assert lying() == first
    assert told("owner").database_url.startswith("postgresql+psycopg://madoguchi:")
    assert told("work").database_url.startswith("postgresql+psycopg://madoguchi_office:")
    users = {name: told(name).broker_url.split(":")[1] for name in ROLES}
    assert users == {"work": "//office", "beat": "//beat", "flower": "//flower", "metrics": "//metrics"}
    assert told("metrics").database_url.startswith("postgresql+psycopg://madoguchi_metrics:")
    passwords = {content.strip() for name, content in first.items() if name.startswith("all/")}
    assert len(passwords) == 7
    assert not any(word in first["for/broker/broker.acl"] for word in passwords)


def test_workers_work_and_monitors_read_and_neither_owns_anything(postgres_url: str) -> None:
    made = ("office_of_a_test", "metrics_of_a_test")  # logins are the whole server's
    owner = engine_for(postgres_url)
    rights = """SELECT rolsuper OR rolcreaterole OR rolcreatedb, pg_has_role(rolname, 'madoguchi_work', 'USAGE'),
        has_table_privilege(rolname, 'history', 'SELECT'), has_table_privilege(rolname, 'notice', 'UPDATE'),
        has_table_privilege(rolname, 'letter', 'SELECT'), has_any_column_privilege(rolname, 'form_code', 'SELECT')
        FROM pg_roles WHERE rolname = %s"""
    try:
        for _ in range(2):
            compose_login.make(postgres_url, "a-password", "another", made)
            with owner.begin() as db:  # what an earlier release gave
                db.exec_driver_sql(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {made[1]}")
        compose_login.make(postgres_url, "a-password", "another", made)
        with owner.begin() as db:
            found = [tuple(db.exec_driver_sql(rights, (name,)).one()) for name in made]
            kept = "SELECT rolpassword FROM pg_authid WHERE rolname = %s"
            secrets = [str(db.exec_driver_sql(kept, (name,)).scalar_one()) for name in made]
    finally:
        with owner.begin() as db:
            for role in (*made, "madoguchi_work", "madoguchi_monitor"):
                db.exec_driver_sql(f"DROP OWNED BY {role}")
                db.exec_driver_sql(f"DROP ROLE {role}")
        owner.dispose()

    assert found == [(False, True, True, True, True, True), (False, False, False, False, True, False)]
    assert all(secret.startswith("SCRAM-SHA-256$") for secret in secrets)


def test_a_file_that_is_not_touched_any_more_is_unhealthy(tmp_path: Path) -> None:
    touched = tmp_path / "ready-desk1"
    touched.touch()
    old = tmp_path / "ready-desk2"
    old.touch()
    os.utime(old, (time.time() - 60, time.time() - 60))

    codes = [alive.main(["file", "30", str(path)]) for path in (touched, old, tmp_path / "absent")]

    assert codes == [0, 1, 1]
    assert alive.main(["nonsense"]) == 2
