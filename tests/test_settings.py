import os
import subprocess
import sys
from pathlib import Path

import pytest
from kombu import Connection
from sqlalchemy.engine import make_url

import release
from lab.broker import Broker
from settings import PROJECT, TABLE, BadSettings, Says, load, shown
from workflows.words import is_worded


def test_an_empty_environment_gives_a_working_office_beside_the_code() -> None:
    house = load({"LANG": "C.UTF-8"})

    assert house.home == PROJECT
    assert house.database_url == f"sqlite:///{PROJECT}/var/madoguchi.sqlite3"
    assert house.broker_embedded
    assert house.keys == PROJECT / "keys"
    assert (house.says, house.lang) == (Says(), "en")  # of what an office is, nothing is said


def test_every_fault_is_named_at_once_and_no_secret_is_repeated() -> None:
    wrong = {
        "MADOGUCHI_CLOCK": "fast",
        "MADOGUCHI_FLOWER_PORT": "70000",
        "MADOGUCHI_DATABASE_URL": "mysql://user:hunter2@host/db",
        "MADOGUCHI_BROKER_URL": "redis://[::bad",
        "MADOGUCHI_RESIDENCY": "Japan",
    }

    with pytest.raises(BadSettings) as bad:
        load(wrong)

    assert {fault.name for fault in bad.value.faults} == set(wrong)
    assert "hunter2" not in str(bad.value)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_fault_is_told_in_the_readers_language(lang: str) -> None:
    with pytest.raises(BadSettings) as bad:
        load({"MADOGUCHI_LANG": lang, "MADOGUCHI_SOLE": "perhaps"})

    assert ("設定に誤りがあります" in str(bad.value)) == (lang == "ja")


def test_a_misspelt_variable_is_a_fault_and_not_an_empty_office() -> None:
    with pytest.raises(BadSettings, match="did you mean MADOGUCHI_DATABASE_URL"):
        load({"MADOGUCHI_DATABSE_URL": "postgresql+psycopg://office@db/office", "LANG": "C"})


def test_the_process_ends_with_exit_2_on_wrong_settings() -> None:
    command = [sys.executable, "-c", "import settings; settings.settings()"]

    ended = subprocess.run(
        command, env={**os.environ, "MADOGUCHI_CLOCK": "x"}, cwd=PROJECT, capture_output=True, text=True, check=False
    )

    assert ended.returncode == 2
    assert "MADOGUCHI_CLOCK" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_secret_comes_from_a_file_but_not_from_both(tmp_path: Path) -> None:
    secret = tmp_path / "url"
    secret.write_text("postgresql://office:pw@db/office\n", encoding="utf-8")

    house = load({"MADOGUCHI_DATABASE_URL_FILE": str(secret)})

    assert house.database_url == "postgresql+psycopg://office:pw@db/office"
    with pytest.raises(BadSettings):
        load({"MADOGUCHI_DATABASE_URL_FILE": str(secret), "MADOGUCHI_DATABASE_URL": "sqlite:////tmp/x"})
    with pytest.raises(BadSettings, match="MADOGUCHI_DATABASE_URL_FILE"):
        load({"MADOGUCHI_DATABASE_URL_FILE": str(tmp_path / "absent")})


def test_a_database_in_memory_is_refused_since_each_process_would_have_its_own() -> None:
    for url in ("sqlite://", "sqlite:///:memory:"):
        with pytest.raises(BadSettings):
            load({"MADOGUCHI_DATABASE_URL": url})


def test_another_process_reads_the_very_same_settings(tmp_path: Path) -> None:
    told = {
        "MADOGUCHI_HOME": str(tmp_path),
        "MADOGUCHI_CLOCK": "shifted",
        "MADOGUCHI_ALLOW_AS": "demo",
        "MADOGUCHI_SOLE": "yes",
        "MADOGUCHI_FLOWER_PORT": "0",
        "MADOGUCHI_LANG": "ja",
        "MADOGUCHI_RESIDENCY": "DE",
    }

    for environ in ({}, told, {**told, "MADOGUCHI_BROKER_URL": "rediss://broker/0"}):
        house = load(environ)
        assert load(house.environment()) == house


def test_no_password_is_shown_by_a_representation_or_a_screen() -> None:
    house = load({"MADOGUCHI_DATABASE_URL": "postgresql+psycopg://office:hunter2@db:5432/office"})

    assert "hunter2" not in repr(house)
    assert shown(house.database_url) == "postgresql+psycopg://db:5432/office"
    assert shown("postgresql+psycopg://office:p%40ss@/office?host=%2Frun") == "postgresql+psycopg:///office?host=%2Frun"


def test_the_url_of_an_embedded_broker_survives_a_folder_with_strange_characters(home: Path) -> None:
    house = load({"MADOGUCHI_HOME": str(home / "受付 100%")})

    with Broker(house, fsync=False) as server, Connection(house.broker_url) as connection:
        connection.ensure_connection(max_retries=1, timeout=60)
        connected = connection.connected

    assert connected
    assert server.url == house.broker_url
    assert house.broker_url.isascii()


def test_the_database_url_survives_a_folder_with_strange_characters(tmp_path: Path) -> None:
    home = tmp_path / "受付 100% #1"

    house = load({"MADOGUCHI_HOME": str(home)})

    assert make_url(house.database_url).database == str(home / "var" / "madoguchi.sqlite3")


def test_a_setting_takes_no_library_with_it() -> None:
    loaded = subprocess.check_output(
        [sys.executable, "-c", "import sys, settings; settings.load({}); print(*sorted(sys.modules))"],
        cwd=PROJECT, text=True,
    ).split()  # fmt: skip

    assert not {"sqlalchemy", "pydantic", "kombu", "celery", "subprocess", "logging", "yaml", "difflib"} & set(loaded)


def test_the_revision_is_the_commits_digits_and_nothing_personal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = "0123456789abcdef0123456789abcdef01234567"
    (tmp_path / ".git" / "refs" / "heads").mkdir(parents=True)
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/taro-yamada\n", encoding="utf-8")
    (tmp_path / ".git" / "packed-refs").write_text(f"# pack\n{commit} refs/heads/taro-yamada\n", encoding="utf-8")
    monkeypatch.setattr(release, "PROJECT", tmp_path)
    release.code_revision.cache_clear()

    packed = release.code_revision()
    release.code_revision.cache_clear()
    (tmp_path / "REVISION").write_text("v1.2\n", encoding="utf-8")
    written = release.code_revision()
    release.code_revision.cache_clear()

    assert packed == commit[:12]
    assert written == "v1.2"


def test_every_variable_is_explained_in_both_languages() -> None:
    for variable in TABLE:
        assert is_worded(f"settings.{variable.name}")


@pytest.mark.skipif(not (PROJECT / "README.md").exists(), reason="no README yet")
def test_the_readme_lists_every_setting() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")

    assert [variable.name for variable in TABLE if variable.name not in readme] == []


def test_a_broker_reached_over_tls_must_show_a_certificate_we_trust() -> None:
    bare = load({"MADOGUCHI_BROKER_URL": "rediss://broker/0"})
    chosen = load({"MADOGUCHI_BROKER_URL": "rediss://broker/0?ssl_cert_reqs=optional"})

    assert bare.broker_url == "rediss://broker/0?ssl_cert_reqs=required"
    assert chosen.broker_url.endswith("ssl_cert_reqs=optional")
