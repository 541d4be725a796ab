"""The pictures for the documentation: what can be said of them without a browser."""

import os
import subprocess
import sys
from pathlib import Path

from lab.screenshots import PICTURES
from settings import PROJECT


def test_without_a_chromium_nothing_is_started_and_what_would_work_is_said(home: Path, tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "lab.screenshots"],
        cwd=PROJECT,
        env={**os.environ, "PATH": str(tmp_path), "MADOGUCHI_HOME": str(home), "MADOGUCHI_LANG": "en"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert answer.returncode == 1
    assert "apt install chromium" in answer.stderr
    assert not (home / "var").exists()


def test_no_picture_weighs_so_much_that_a_page_opens_slowly() -> None:
    weights = {picture.name: picture.stat().st_size for picture in PICTURES.glob("*.png")}

    assert weights.keys() >= {"flower-tasks.png", "flower-workers.png", "letter-request-forms.png", "terminal.png"}
    assert {name: weight for name, weight in weights.items() if weight > 300_000} == {}
