"""A worker refuses to start where it would strand a case: the process ends and says why."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import update

from models.office import definition
from services import definitions
from settings import PROJECT
from tests.office import MONDAY, TestOffice
from workflows.request import request


@pytest.mark.parametrize("pool", ["solo", "prefork"])
def test_a_worker_whose_definition_changed_under_its_version_ends_with_the_reason(
    sqlite_url: str, home: Path, broker_url: str, pool: str
) -> None:
    office = TestOffice(sqlite_url, home)
    with office.writing() as db:
        definitions.check_start(db, request, MONDAY)
        db.execute(update(definition).values(fingerprint="another"))
    office.close()
    place = {
        "MADOGUCHI_HOME": str(home),
        "MADOGUCHI_DATABASE_URL": sqlite_url,
        "MADOGUCHI_BROKER_URL": broker_url,
    }
    line = [sys.executable, "-m", "celery", "-A", "worker", "worker", "--pool", pool, "-Q", "bulk", "-n", "late@%h"]

    ended = subprocess.run(
        line, cwd=PROJECT, env={**os.environ, **place}, capture_output=True, text=True, timeout=60, check=False
    )

    assert ended.returncode not in (0, None)
    assert "raise its version" in ended.stderr
