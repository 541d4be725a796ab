"""``python -m lab.procedures.demo`` (``make procedures-demo``): a real desk for each sample procedure in turn.

Each folder of samples/procedures is an invented office with its card, its procedure.toml and two stories. Exit 0: every
case of every office ended as its story says.
"""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from settings import PROJECT, settings

FOLDER = PROJECT / "samples" / "procedures"


def samples(names: Sequence[str] = ()) -> list[Path]:
    """Return the folders of the samples, or those whose names begin so."""
    every = sorted(path.parent for path in FOLDER.glob("*/procedure.toml"))
    return [path for path in every if not names or any(path.name.startswith(name) for name in names)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the demo of each; return 1 where one did not go as told."""
    chosen = samples(list(sys.argv[1:] if arguments is None else arguments))
    before = settings().var
    failed = []
    for folder in chosen:
        print(f"\n{folder.name}", flush=True)
        # A demo makes its own settings those of its process; so each has a process.
        if subprocess.run(
            [sys.executable, "-m", "lab.demo", "--samples", str(folder)], cwd=PROJECT, check=False
        ).returncode:
            failed.append(folder.name)
        else:
            _keep_letters(folder, before)
    if failed:
        print(f"not as told: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed or not chosen else 0


def _keep_letters(folder: Path, var: Path) -> None:
    """Keep what the office posted, before the next one's demo takes the place of its home."""
    posted = var / "demo" / "out"
    kept = var / "procedures" / folder.name
    shutil.rmtree(kept, ignore_errors=True)
    if posted.is_dir():
        shutil.copytree(posted, kept)


if __name__ == "__main__":
    sys.exit(main())
