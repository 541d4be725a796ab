"""A command of Celery's run alone is the same command, without what it has no use for."""

import subprocess
import sys

import pytest

from settings import PROJECT


@pytest.mark.parametrize(
    ("application", "name", "strangers"),
    [
        ("worker", "worker", {"flower", "tornado", "prompt_toolkit"}),
        ("tasks.viewer", "flower", {"prompt_toolkit", "sqlalchemy", "services"}),
    ],
)
def test_a_command_loads_nothing_it_has_no_use_for_and_knows_its_options(
    application: str, name: str, strangers: set[str]
) -> None:
    code = (
        "import sys; from desk import celery_command\n"
        "try:\n"
        f"    celery_command.main({application!r}, {name!r}, ['--help'])\n"
        "finally:\n"
        f"    print('strangers:', {strangers!r} & set(sys.modules))\n"
    )

    ran = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stderr
    assert f"Usage: celery {name}" in ran.stdout
    assert "strangers: set()" in ran.stdout
