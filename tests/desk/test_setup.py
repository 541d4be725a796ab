"""`make setup` makes an environment of its own, and empties nobody else's."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from settings import PROJECT


@pytest.mark.parametrize(("language", "word"), [("en", "is a link to"), ("ja", "リンク")])
def test_an_environment_behind_a_link_is_another_checkout_s_and_is_left_alone(
    tmp_path: Path, language: str, word: str
) -> None:
    theirs, checkout = tmp_path / "theirs", tmp_path / "checkout"
    (theirs / "bin").mkdir(parents=True)
    (theirs / "bin" / "python").symlink_to(sys.executable)
    (theirs / "madoguchi-stamp").write_text("of another lock\n", encoding="ascii")
    (checkout / "desk").mkdir(parents=True)
    shutil.copyfile(PROJECT / "desk" / "setup.py", checkout / "desk" / "setup.py")
    shutil.copyfile(PROJECT / "requirements-dev.lock", checkout / "requirements-dev.lock")
    (checkout / ".venv").symlink_to(theirs)

    done = subprocess.run(
        [sys.executable, "desk/setup.py"], cwd=checkout, env={"PATH": "/nowhere", "MADOGUCHI_LANG": language},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert done.returncode == 1, done
    assert word in done.stderr
    assert str(theirs) in done.stderr
    assert (theirs / "madoguchi-stamp").read_text(encoding="ascii") == "of another lock\n"
    assert (theirs / "bin" / "python").is_symlink()
