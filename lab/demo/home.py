"""The demo's own home: ``var/demo`` in the home of the settings, fresh at each run.

The office's own data is never touched. A folder is deleted only where an earlier demo has signed it, nothing runs on it
and it is no link to somewhere else; it is renamed first, so that a half-deleted one is never taken for a demo.
"""

import fcntl
import os
import secrets
import shlex
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lab.demo.words import say
from settings import Settings, load, settings

SIGNED = "# A demo of Madoguchi wrote this folder; the next demo deletes it."
# So long may what a killed desk left behind take to end.
_PATIENCE = 60.0


class DemoRefused(RuntimeError):
    """The demo cannot begin as things are; the message says what would work."""


def settings_for(house: Settings, name: str = "demo") -> Settings:
    """Return the settings of a demo inside this house: everything embedded, a shifted clock, ``--as`` permitted."""
    return load(
        {
            "MADOGUCHI_HOME": str(house.var / name),
            "MADOGUCHI_CLOCK": "shifted",
            "MADOGUCHI_ALLOW_AS": "demo",
            "MADOGUCHI_FLOWER_PORT": "0",
            "MADOGUCHI_LANG": house.lang,
            "MADOGUCHI_RESIDENCY": house.says.residency or "",
        }
    )


def take(ours: Settings) -> None:
    """Make these the settings of this process, whatever its environment said before."""
    for name in [name for name in os.environ if name.startswith("MADOGUCHI_")]:
        del os.environ[name]
    os.environ.update(ours.environment())
    settings.cache_clear()


@contextmanager
def fresh_home(ours: Settings) -> Iterator[Path]:
    """Yield the demo's home, empty but for its signature, and keep other demos away from it meanwhile.

    Raises DemoRefused where another demo or a desk runs on it, or where it is somebody else's folder.
    """
    home, language = ours.home, ours.lang
    home.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(home.with_name(f".{home.name}.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DemoRefused(say("demo_runs", language, folder=home)) from None
        _clear(home, language)
        home.mkdir(mode=0o700)
        env_file(home).write_text(_signature(ours), encoding="utf-8")
        yield home
    finally:
        os.close(lock)


def env_file(home: Path) -> Path:
    """Return the file that turns a shell to the demo's office, and signs the folder."""
    return home / "env.sh"


def _signature(ours: Settings) -> str:
    """Return lines any shell reads; empty values undo what the shell had set, and count as unset."""
    values = {
        **dict.fromkeys(ours.environment(), ""),
        "MADOGUCHI_HOME": str(ours.home),
        "MADOGUCHI_CLOCK": ours.says.clock or "",
        "MADOGUCHI_ALLOW_AS": "demo",
    }
    # What a person chose for the screen stays theirs.
    del values["MADOGUCHI_LANG"]
    lines = [f"export {name}={shlex.quote(value) if value else ''}" for name, value in values.items()]
    return "\n".join([SIGNED, *lines, ""])


def _clear(home: Path, language: str) -> None:
    """Delete the home of an earlier demo."""
    if not (home.exists() or home.is_symlink()):
        return
    if not _is_ours(home):
        raise DemoRefused(say("not_a_demo", language, folder=home))
    _wait_for_the_desk(home, language)
    doomed = home.with_name(f".{home.name}-{secrets.token_hex(4)}")
    home.rename(doomed)
    shutil.rmtree(doomed)


def _is_ours(home: Path) -> bool:
    """Whether a demo wrote this folder; an empty one is nobody's loss."""
    if home.is_symlink() or not home.is_dir():
        return False
    try:
        return env_file(home).read_text(encoding="utf-8").startswith(SIGNED)
    except FileNotFoundError:
        return not any(home.iterdir())
    except (OSError, UnicodeDecodeError):
        return False


def _wait_for_the_desk(home: Path, language: str) -> None:
    """Return when no process of a desk is left on this home. Raises DemoRefused where one keeps running."""
    path = home / "var" / "run" / "desk.lock"
    if not path.exists():
        return
    lock = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    try:
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                pid = int(os.pread(lock, 20, 0) or b"0")
                if _runs(pid) or time.monotonic() > deadline:
                    raise DemoRefused(say("desk_runs", language, pid=pid)) from None
            time.sleep(0.1)  # the kernel can wait for a lock, but not for a lock or an hour
    finally:
        os.close(lock)


def _runs(pid: int) -> bool:
    """Whether this process is there at all, whoever's it is."""
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except OSError:
        return False
    return pid > 0
