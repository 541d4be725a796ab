"""What ours is measured beside, each in an environment of its own that is made when it is first needed."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from settings import PROJECT

FOLDER = Path(__file__).parent


def environment(name: str) -> Path:
    """Return the Python of a peer's environment, made from ``NAME.txt`` with its pinned versions.

    It lies outside .venv, under the project's var/ (or in $XDG_CACHE_HOME), and is made anew when that file changes.
    Raises ``subprocess.CalledProcessError`` where the package index cannot be reached.
    """
    wanted = FOLDER / f"{name}.txt"
    stamp = hashlib.sha256(wanted.read_bytes() + sys.version.encode()).hexdigest()[:12]
    cache = os.environ.get("XDG_CACHE_HOME")
    home = (Path(cache) / "madoguchi-bench" if cache else PROJECT / "var" / "bench") / f"{name}-{stamp}"
    python = home / "bin" / "python"
    if not (home / "complete").exists():
        shutil.rmtree(home, ignore_errors=True)
        home.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--requirement", str(wanted)], check=True, stderr=subprocess.DEVNULL)
        (home / "complete").touch()
    return python


def pinned(name: str) -> dict[str, str]:
    """Return the versions that a peer's environment holds, by package."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("==") for line in lines if "==" in line and not line.startswith("#"))
    return {package.partition("[")[0]: number for package, number in pairs}
