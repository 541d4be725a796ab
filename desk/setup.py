"""``make setup``: the virtual environment, exactly as the lock says. Run by any python3, before anything is installed.

So this file imports the standard library alone and keeps to what Python 3.7 understands: it is this file that must tell
the owner of an old Python what would work. A second run finds its stamp and does next to nothing.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
LOCK = PROJECT / "requirements-dev.lock"
VENV = PROJECT / ".venv"
STAMP = VENV / "madoguchi-stamp"
PYTHON = VENV / "bin" / "python"
OURS = (
    "workflows",
    "models",
    "services",
    "tasks",
    "commands",
    "counter",
    "desk",
    "lab",
    "settings.py",
    "clock.py",
    "worker.py",
    "beat_schedule.py",
)

OLDEST, NEWEST = (3, 11), (3, 14)

WORDS = {
    "making": {
        "ja": "Python {version} で .venv を作っています(最初だけ。1 分ほどかかることがあります)",
        "en": "making .venv with Python {version} (once; this takes up to a minute)",
    },
    "old": {
        "ja": "Python 3.11、3.12、3.13、3.14 のいずれかが必要です。いまの python3 は {version} です。\n"
        "  いずれかを入れるか、場所を指定してください: make setup PYTHON=/path/to/python3.11",
        "en": "Python 3.11, 3.12, 3.13 or 3.14 is needed; this python3 is {version}.\n"
        "  Install one of them, or say where it is: make setup PYTHON=/path/to/python3.11",
    },
    "no_venv": {
        "ja": "この Python では仮想環境を作れません(venv が揃っていません)。\n"
        "  Debian と Ubuntu では: sudo apt install python3-venv",
        "en": "this Python cannot make virtual environments: its venv is not complete.\n"
        "  On Debian and Ubuntu: sudo apt install python3-venv",
    },
    "linked": {
        "ja": ".venv は {place} へのリンクで、そこはこのロックファイルのとおりではありません。"
        "ほかのチェックアウトの環境なので、作り直しません。\n"
        "  リンクを消してから、もう一度実行してください: rm .venv && make setup",
        "en": ".venv is a link to {place}, which is not as this lock says. It is another checkout's,\n"
        "  so it is not made anew. Remove the link and run it again: rm .venv && make setup",
    },
    "failed": {"ja": "次の手順が失敗しました: {command}", "en": "this step failed: {command}"},
}


class Impossible(Exception):
    """The environment cannot be made; the message says what would work."""


def main() -> int:
    """Make the environment, or find it made; return the exit status."""
    try:
        wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
        if not _is_made(wanted):
            _make()
            STAMP.write_text(f"{wanted}\n", encoding="ascii")
        ours = [str(PROJECT / name) for name in OURS if (PROJECT / name).exists()]
        _run([str(PYTHON), "-m", "compileall", "-q", *ours])
    except Impossible as impossible:
        _say(str(impossible))
        return 1
    return 0


def _is_made(wanted: str) -> bool:
    """Whether the environment stands as this lock asks and its Python still runs (a removed one leaves a dead link)."""
    try:
        return STAMP.read_text(encoding="ascii").strip() == wanted and os.access(str(PYTHON), os.X_OK)
    except OSError:
        return False


def _make() -> None:
    """Make the environment anew, with uv where there is one, else with pip."""
    if VENV.is_symlink():  # both would empty what lies behind it, in which somebody else is at work
        raise Impossible(_words("linked", place=str(VENV.resolve())))
    uv = shutil.which("uv")
    interpreter, version = _interpreter()
    _say(_words("making", version="{}.{}".format(*version)))
    if not (uv and _made_with_uv(uv, interpreter)):
        _make_with_pip(interpreter)
    # Some shells forbid Python to write bytecode; without it each command would compile thousands of files anew.
    packages = subprocess.check_output([str(PYTHON), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"])
    _run([str(PYTHON), "-m", "compileall", "-q", "-j", "0", packages.decode().strip()])


def _interpreter() -> tuple[str, tuple[int, ...]]:
    """Return a Python that will do and its version: the one that runs this, else one on PATH."""
    named = (shutil.which(f"python3.{minor}") for minor in range(NEWEST[1], OLDEST[1] - 1, -1))
    for candidate in (sys.executable, *named):
        version = _version(candidate) if candidate else ()
        if candidate and OLDEST <= version <= NEWEST:
            return candidate, version
    raise Impossible(_words("old", version="{}.{}".format(*sys.version_info)))


def _version(candidate: str) -> tuple[int, ...]:
    """Return (major, minor) of an interpreter; nothing where it does not run (a version manager's empty shim)."""
    if candidate == sys.executable:
        return tuple(sys.version_info[:2])
    try:
        said = subprocess.check_output(
            [candidate, "-c", "import sys; print(*sys.version_info[:2])"], stderr=subprocess.DEVNULL
        )
    except (OSError, subprocess.CalledProcessError):
        return ()
    return tuple(int(part) for part in said.split())


def _made_with_uv(uv: str, interpreter: str) -> bool:
    """Make it with uv, in seconds; return whether that worked (uv may know another index than pip does)."""
    # Never a Python of uv's own: what runs the office is what its owner installed and updates.
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    steps = (
        [uv, "venv", "--quiet", "--clear", "--python", interpreter, str(VENV)],
        [
            uv,
            "pip",
            "sync",
            "--quiet",
            "--require-hashes",
            "--only-binary",
            ":all:",
            "--python",
            str(PYTHON),
            str(LOCK),
        ],
    )
    return all(subprocess.call(step, env=environment, cwd=str(PROJECT)) == 0 for step in steps)


def _make_with_pip(interpreter: str) -> None:
    """Make it with venv and the pip inside; every file must have the hash that the lock says."""
    # Debian ships the module venv without the pip it needs.
    whole = subprocess.call([interpreter, "-c", "import ensurepip, venv"], stderr=subprocess.DEVNULL) == 0
    if not whole:
        raise Impossible(_words("no_venv"))
    _run([interpreter, "-m", "venv", "--clear", str(VENV)])
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input", "--no-compile", "--no-deps"]
    exact = ["--require-hashes", "--only-binary", ":all:", "-r", str(LOCK)]
    _run([str(PYTHON), "-m", "pip", "install", *quiet, *exact])


def _run(command: list[str]) -> None:
    """Run a step; its own messages have been shown when it fails."""
    if subprocess.call(command, cwd=str(PROJECT)) != 0:
        raise Impossible(_words("failed", command=" ".join(command)))


def _words(code: str, **params: str) -> str:
    """Return a sentence in the reader's language, found as settings.py finds it (which Python 3.7 could not read)."""
    told = (os.environ.get(name) for name in ("MADOGUCHI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))
    language = next((value for value in told if value), "en")
    return WORDS[code]["ja" if language.startswith("ja") else "en"].format(**params)


def _say(sentence: str) -> None:
    sys.stderr.write(f"setup: {sentence}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
