"""Real logins of this machine, made for a test and removed after it, and a checkout that all of them can run."""

import grp
import os
import pwd
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from settings import PROJECT

FOLDERS = ("commands", "counter", "desk", "models", "samples", "services", "tasks", "templates", "workflows")


class Login:
    """Somebody who can log in here, with a folder of their own that nobody else may enter."""

    def __init__(self, name: str, groups: list[str], checkout: Path, home: Path) -> None:
        self.name, self.groups, self.checkout, self.home = name, groups, checkout, home
        self.entry = pwd.getpwnam(name)
        self.folder = home.parent / f"of-{name}"
        self.folder.mkdir(mode=0o700)
        os.chown(self.folder, self.entry.pw_uid, self.entry.pw_gid)

    def write(self, name: str, content: str | bytes, mode: int = 0o600) -> Path:
        """Leave a file of theirs in their folder."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        path.chmod(mode)
        os.chown(path, self.entry.pw_uid, self.entry.pw_gid)
        return path

    def start(self, *command: str, **environment: str) -> "subprocess.Popen[str]":
        """Start a program as them, from their folder."""
        told = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(self.folder), "TMPDIR": str(self.folder)}
        library = self.checkout.parent / "python" / "lib"
        if library.exists():  # a copy's Python would look for its library behind the closed doors
            told["LD_LIBRARY_PATH"] = str(library)
        return subprocess.Popen(
            command, cwd=self.folder, env={**told, "MADOGUCHI_HOME": str(self.home), **environment},
            user=self.name, group=self.entry.pw_gid, extra_groups=[grp.getgrnam(name).gr_gid for name in self.groups],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip

    def run(self, *command: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        """Run a program as them to its end."""
        with self.start(*command, **environment) as process:
            try:
                out, err = process.communicate(timeout=150)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        return subprocess.CompletedProcess(command, process.returncode, out, err)

    def calls(self, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        """Call the script as them."""
        return self.run(str(self.checkout / "admin.py"), *arguments, **environment)

    def must(self, *arguments: str) -> str:
        """Call the script as them, insist that it does what it was told, and return what it says."""
        done = self.calls(*arguments)
        assert done.returncode == 0, done
        return done.stdout


@contextmanager
def logins(*roles: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Make a group and a login for each role; yield the group's name, and the logins' by their roles."""
    word = f"mg{secrets.token_hex(3)}"
    names = {role: f"{word}{role[:3]}" for role in roles}
    try:
        _as_root("groupadd", word)
        for name in names.values():
            _as_root("useradd", "--no-create-home", "--user-group", "--shell", "/bin/sh", name)
        yield word, names
    finally:
        for name in names.values():
            subprocess.run(["userdel", "--force", name], capture_output=True, check=False)
        subprocess.run(["groupdel", word], capture_output=True, check=False)


def _as_root(*command: str) -> None:
    """Change the machine's users; others may be doing so at this moment."""
    said = ""
    for _ in range(50):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return
        said = done.stderr
        time.sleep(0.2)
    raise AssertionError(said)


@contextmanager
def checkout_for_all() -> Iterator[Path]:
    """Yield a checkout that every login can run: this one, or a copy where its Python lies behind a closed door."""
    base = Path(sys.base_prefix)
    if _open_to_all(PROJECT) and _open_to_all(base):
        yield PROJECT
        return
    made = Path(tempfile.mkdtemp(prefix="mg-"))
    made.chmod(0o755)
    code, python = made / "code", made / "python"
    try:
        unwanted = shutil.ignore_patterns("test", "idlelib", "site-packages", "turtledemo", "config-*", "ensurepip")
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        shutil.copytree(base / "lib" / version, python / "lib" / version, ignore=unwanted)
        for library in (base / "lib").glob("libpython*"):
            shutil.copy2(library, python / "lib")
        (python / "bin").mkdir()
        shutil.copy2(base / "bin" / version, python / "bin" / "python3")
        for name in FOLDERS:
            shutil.copytree(PROJECT / name, code / name)
        for path in [*PROJECT.glob("*.py"), PROJECT / "organisation.toml", PROJECT / "requirements.lock"]:
            shutil.copy2(path, code)
        (code / ".venv" / "bin").mkdir(parents=True)
        (code / ".venv" / "bin" / "python").symlink_to(python / "bin" / "python3")
        (code / ".venv" / "lib").symlink_to((PROJECT / ".venv" / "lib").resolve())
        (code / ".venv" / "pyvenv.cfg").write_text(f"home = {python}/bin\n", encoding="utf-8")
        yield code
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _open_to_all(place: Path) -> bool:
    place = place.resolve()
    return all(folder.stat().st_mode & 0o001 for folder in (place, *place.parents))
