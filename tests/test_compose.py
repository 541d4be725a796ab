"""docker-compose.yml against the compose specification and our promises; the broker's access list for real."""

import base64
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import check_jsonschema
import jsonschema
import pytest
import yaml

from desk import alive, broker, compose_secrets
from desk.flower_auth import credentials
from desk.processes import Running
from desk.supervisor import Desk
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
    out, _ = waiting.communicate(timeout=30)

    assert "no office here" in said
    assert "office found --lead" in said
    assert not made
    assert out.startswith("Linux")  # python -m platform ran in its place
    for name, service in services.items():
        if "-Q" in service.get("command", []):
            assert "desk.when_founded" in service["command"], name


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
            if any(word in variable for word in ("PASSWORD", "URL", "AUTH", "SECRET")):
                assert variable.endswith("_FILE"), (name, variable)
                assert value.startswith("/run/madoguchi/"), (name, variable)
        assert "--requirepass" not in str(service.get("command"))


def test_ours_run_without_privileges_and_keep_their_data_in_named_volumes(compose: dict[str, Any]) -> None:
    kept = {"database", "broker", "spool", "evidence", "tray", "returns", "keys", "printed", "scanned", "secrets"}
    card = "./organisation.toml:/srv/madoguchi/organisation.toml:ro"

    for name in ("migrate", "worker-commands", "worker", "beat", "flower", "metrics", "secrets"):
        service = compose["services"][name]
        assert service["cap_drop"] == ["ALL"], name
        assert {mount.split(":")[0] for mount in service["volumes"] if mount != card} <= kept, name
        assert (card in service["volumes"]) == (name not in {"flower", "secrets"}), name
    assert set(compose["volumes"]) == kept


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
    written = (
        house.spool, house.evidence, house.tray, house.returns, house.run, house.logs, house.keys,
        house.var / "print", house.var / "scanned", house.var / "beat",
    )  # fmt: skip

    for name in ("worker-commands", "worker"):
        mounted = [mount.split(":")[1] for mount in services[name]["volumes"]] + services[name]["tmpfs"]
        assert {str(folder) for folder in written} <= set(mounted), name


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
        db.exec_driver_sql("DROP OWNED BY madoguchi_work")
        db.exec_driver_sql("DROP ROLE madoguchi_work")
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
            assert module == "celery" or (PROJECT / f"{module.replace('.', '/')}.py").exists()


def test_the_passwords_are_made_once_and_readable_by_settings(tmp_path: Path) -> None:
    compose_secrets.make(tmp_path)
    first = {path.name: path.read_text(encoding="ascii") for path in tmp_path.iterdir()}
    compose_secrets.make(tmp_path)
    second = {path.name: path.read_text(encoding="ascii") for path in tmp_path.iterdir()}

    told = load(
        {
            "MADOGUCHI_DATABASE_URL_FILE": str(tmp_path / "database_url"),
            "MADOGUCHI_BROKER_URL_FILE": str(tmp_path / "broker_url"),
        }
    )

    assert first == second
    assert told.database_url.startswith("postgresql+psycopg://madoguchi:")
    assert told.broker_url.startswith("redis://office:")
    assert not told.broker_embedded
    assert first["broker_password"].strip() not in first["broker.acl"]


@pytest.fixture
def guarded_broker(home: Path, tmp_path: Path) -> Iterator[str]:
    """A broker that knows the users of the access list only, as in production; its URL."""
    compose_secrets.make(tmp_path / "secrets")
    program = broker.program(load({"MADOGUCHI_HOME": str(home / "guarded")}), fsync=False)
    options = list(program.command)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    options[options.index("--port") + 1] = port
    options += ["--bind", "127.0.0.1", "--aclfile", str(tmp_path / "secrets" / "broker.acl")]
    with Running(replace(program, command=options)) as server:
        server.wait_ready()
        url = (tmp_path / "secrets" / "broker_url").read_text(encoding="ascii").strip()
        yield url.replace("broker:6379", f"127.0.0.1:{port}")


def test_the_brokers_users_may_do_what_the_house_needs_and_no_more(
    guarded_broker: str, home: Path, stub_project: Path
) -> None:
    import redis

    house = load({"MADOGUCHI_HOME": str(home), "MADOGUCHI_BROKER_URL": guarded_broker, "MADOGUCHI_FLOWER_PORT": "0"})
    environment = {**os.environ, **house.environment(), "PYTHONPATH": str(PROJECT)}

    def celery(*arguments: str) -> str:
        command = [sys.executable, "-m", "celery", "-A", "worker", *arguments]
        return subprocess.run(
            command, cwd=stub_project, env=environment, check=True, capture_output=True, text=True, timeout=60
        ).stdout

    with Desk(house, project=stub_project, environment={"PYTHONPATH": str(PROJECT)}, with_counter=False) as desk:
        subprocess.run(
            [sys.executable, "-c", "import worker; worker.note.delay('hello')"],
            cwd=stub_project, env=environment, check=True,
        )  # fmt: skip
        awaited((home / "noted").exists)
        answered = celery("inspect", "ping", "--timeout", "5")
        seen_by_flower = workers_in_flower(house, desk)

    client = redis.Redis.from_url(guarded_broker)
    assert "2 nodes online" in answered
    assert {name.partition("@")[0] for name in seen_by_flower} == {"desk1", "desk2"}
    for forbidden in (["FLUSHALL"], ["CONFIG", "GET", "*"], ["KEYS", "*"], ["SHUTDOWN"], ["ACL", "LIST"]):
        with pytest.raises(redis.exceptions.NoPermissionError):
            client.execute_command(*forbidden)  # type: ignore[no-untyped-call]  # redis-py leaves it untyped
    client.close()
    with pytest.raises(redis.exceptions.AuthenticationError):
        redis.Redis.from_url(guarded_broker.replace("office:", "default:")).ping()


def workers_in_flower(house: Settings, desk: Desk) -> list[str]:
    """Return the workers that Flower shows, once it shows any."""
    secret = base64.b64encode(credentials(house.flower_auth).encode()).decode()
    address = (desk.flower_url or "").removeprefix("http://").rstrip("/")

    def ask() -> list[str]:
        connection = http.client.HTTPConnection(address, timeout=20)
        connection.request("GET", "/workers?json=1", headers={"Authorization": f"Basic {secret}"})
        return [worker["hostname"] for worker in json.loads(connection.getresponse().read())["data"]]

    awaited(lambda: len(ask()) == 2)
    return ask()


def awaited(reached: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.05)


def test_a_file_that_is_not_touched_any_more_is_unhealthy(tmp_path: Path) -> None:
    touched = tmp_path / "ready-desk1"
    touched.touch()
    old = tmp_path / "ready-desk2"
    old.touch()
    os.utime(old, (time.time() - 60, time.time() - 60))

    codes = [alive.main(["file", "30", str(path)]) for path in (touched, old, tmp_path / "absent")]

    assert codes == [0, 1, 1]
    assert alive.main(["nonsense"]) == 2
