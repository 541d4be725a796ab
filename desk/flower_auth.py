"""Who may look into Flower: one user and a password made once for each home, in a file only its owner may read."""

import os
import secrets
from pathlib import Path

USER = "desk"


def credentials(path: Path) -> str:
    """Return ``user:password`` from the file, which is made on first use.

    The file appears whole or not at all, so that two processes that start at once agree on one password.
    """
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(f"{USER}:{secrets.token_urlsafe(24)}\n", encoding="ascii")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was first; its password holds
        finally:
            draft.unlink()
    path.chmod(0o600)
    return path.read_text(encoding="ascii").strip()
