"""Where pictures lie for the length of a call: seen by one person alone, in memory where the machine has such a folder.

The thin end of a call uses it too (counter/client.py), once there is a picture: it needs the standard library alone.
"""

import os
import tempfile
from pathlib import Path

IN_MEMORY = ("XDG_RUNTIME_DIR", "/dev/shm")  # noqa: S108 - a folder of our own in it, for its owner alone


class Shelf:
    """A folder of the caller's own, made when the first picture is laid there, gone with the call."""

    def __init__(self) -> None:
        """Nothing lies there yet."""
        self.folder: Path | None = None

    def begin(self, name: str) -> tuple[int, str]:
        """Return a descriptor for a new picture and where it lies. Raises OSError, PermissionError for an odd name."""
        if not name.endswith(".jpg") or not name[:-4].replace("-", "").replace("_", "").isalnum():
            raise PermissionError(13, "Permission denied", name)
        if self.folder is None:
            self.folder = _made()
        path = self.folder / name
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600), str(path)

    def open(self, path: str) -> bool:
        """Open a window with a picture that lies here; return whether there is a display and a program that does."""
        if Path(path).parent != self.folder or not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            return False
        nothing = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1, 2)]
        try:
            os.posix_spawnp("xdg-open", ["xdg-open", path], os.environ, file_actions=nothing, setpgroup=0)
        except OSError:
            return False
        return True

    def clear(self) -> None:
        """Take everything away that was laid here."""
        folder, self.folder = self.folder, None
        if folder is None:
            return
        try:
            for one in folder.iterdir():
                one.unlink()
            folder.rmdir()
        except OSError:
            return


def _made() -> Path:
    places = [os.environ.get(place, "") if place.isupper() else place for place in IN_MEMORY]
    fitting = [place for place in places if place and os.access(place, os.W_OK)]
    return Path(tempfile.mkdtemp(prefix="madoguchi-", dir=fitting[0] if fitting else None))
