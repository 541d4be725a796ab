"""``make setup``: the virtual environment, exactly as the lock says. Run by any python3, before anything is installed.

So this file imports the standard library alone and keeps to a syntax that an old Python can read, since it is this file
that must tell an old Python's owner what would work. A second run finds its stamp and does nothing.
"""

import hashlib
import os
import shutil
import subprocess
import sys

PROJECT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LOCK = os.path.join(PROJECT, "requirements-dev.lock")
VENV = os.path.join(PROJECT, ".venv")
STAMP = os.path.join(VENV, "madoguchi-stamp")
PYTHON = os.path.join(VENV, "bin", "python")
OURS = [
    "workflows",
    "models",
    "services",
    "tasks",
    "desk",
    "settings.py",
    "clock.py",
    "worker.py",
    "beat_schedule.py",
    "admin.py",
]

OLDEST, NEWEST = (3, 11), (3, 14)


def main():
    """Make the environment, or find it made."""
    with open(LOCK, "rb") as lock:
        wanted = hashlib.sha256(lock.read()).hexdigest()
    if not (_stamped(wanted) and os.access(PYTHON, os.X_OK)):
        uv = shutil.which("uv")
        interpreter = _interpreter(with_uv=uv is not None)
        _say(
            "setting up .venv with Python {0} (once; this takes a moment)".format(
                ".".join(map(str, _version(interpreter)))
            )
        )
        if not (uv and _with_uv(uv, interpreter)):
            _with_pip(interpreter)
        # Some shells forbid Python to write bytecode; without it every command would be read anew, second by second.
        _run([PYTHON, "-m", "compileall", "-q", "-j", "0", _packages()])
        with open(STAMP, "w") as stamp:
            stamp.write(wanted + "\n")
    ours = [os.path.join(PROJECT, name) for name in OURS]
    _run([PYTHON, "-m", "compileall", "-q"] + [path for path in ours if os.path.exists(path)])


def _interpreter(with_uv):
    """Return a Python that will do: the one that runs this, else one on PATH. End with what would work if none does."""
    names = ["python3.{0}".format(minor) for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    for candidate in [sys.executable] + [shutil.which(name) for name in names]:
        version = _version(candidate) if candidate else None
        if version and OLDEST <= version <= NEWEST:
            if with_uv or _can_make_environments(candidate):
                return candidate
            _fail(
                "this Python cannot make virtual environments: its package venv is missing.\n"
                "  On Debian and Ubuntu: sudo apt install python3-venv"
            )
    _fail(
        "Python 3.11, 3.12, 3.13 or 3.14 is needed; this is {0}.{1}.\n"
        "  Install one of them, or name it: make setup PYTHON=/path/to/python3.11".format(*sys.version_info)
    )


def _version(candidate):
    """Return (major, minor) of an interpreter, or None where it does not run (a pyenv shim without its version)."""
    if candidate == sys.executable:
        return tuple(sys.version_info[:2])
    try:
        said = subprocess.check_output(
            [candidate, "-c", "import sys; print(*sys.version_info[:2])"], stderr=subprocess.DEVNULL
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return tuple(int(part) for part in said.split())


def _can_make_environments(candidate):
    """Whether venv is whole: Debian ships the module without the pip it needs."""
    return subprocess.call([candidate, "-c", "import ensurepip, venv"], stderr=subprocess.DEVNULL) == 0


def _with_uv(uv, interpreter):
    """Install with uv, which takes seconds; return whether that worked (it may know another index than pip does)."""
    environment = dict(os.environ, UV_PYTHON_DOWNLOADS="never", VIRTUAL_ENV=VENV)
    made = subprocess.call([uv, "venv", "-q", "--clear", "--python", interpreter, VENV], env=environment)
    if made != 0:
        return False
    command = [uv, "pip", "sync", "-q", "--require-hashes", "--python", PYTHON, LOCK]
    return subprocess.call(command, env=environment, cwd=PROJECT) == 0


def _with_pip(interpreter):
    """Install with the pip that comes with Python; every file must have the hash the lock says."""
    _run([interpreter, "-m", "venv", "--clear", VENV])
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input", "--no-compile", "--no-deps"]
    _run([PYTHON, "-m", "pip", "install"] + quiet + ["--require-hashes", "--only-binary", ":all:", "-r", LOCK])


def _stamped(wanted):
    try:
        with open(STAMP) as stamp:
            return stamp.read().strip() == wanted
    except OSError:
        return False


def _packages():
    return subprocess.check_output(
        [PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], universal_newlines=True
    ).strip()


def _run(command):
    """Run a step; end with its name when it fails."""
    status = subprocess.call(command, cwd=PROJECT)
    if status != 0:
        _fail("this step failed with exit {0}: {1}".format(status, " ".join(command)))


def _say(sentence):
    sys.stderr.write("setup: {0}\n".format(sentence))
    sys.stderr.flush()


def _fail(sentence):
    _say(sentence)
    sys.exit(1)


if __name__ == "__main__":
    main()
