"""The images that our files build on: pulled, or made from Debian's packages where no registry can be reached.

A stand-in has the name that the files use and what they rely on, from Debian's own packages; it is labelled, and a
drill says that it ran on one. It is for drills alone: an office takes the images that the files name.
"""

import os
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

import yaml

from lab.compose.stack import DrillFailed, Engine
from lab.compose.words import say
from settings import PROJECT

LABEL = "madoguchi.standin"
FOLDER = PROJECT / "lab" / "compose" / "standins"
# The release that the name of Python's image ends with, with the Python that it brings itself.
_DEBIAN = "trixie"
_PACKAGES = "ca-certificates,python3,python3-venv,python3-pip,python-is-python3"
_AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")


def images() -> dict[str, str]:
    """Return the names our files use, by what they are for: ``python``, ``database``, ``broker``."""
    dockerfile = (PROJECT / "Dockerfile").read_text(encoding="utf-8")
    services = yaml.safe_load((PROJECT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    python = re.search(r"^ARG PYTHON=(\S+)$", dockerfile, re.MULTILINE)
    if python is None:
        raise ValueError("Dockerfile: ARG PYTHON names no image")
    return {"python": python[1], **{name: services[name]["image"] for name in ("database", "broker")}}


def provide(engine: Engine, language: str) -> Iterator[str]:
    """See to it that every image is here; yield a sentence for each that was pulled or is a stand-in."""
    for kind, image in images().items():
        if engine.run("inspect", "--type", "image", image, check=False).code:
            if engine.run("pull", _full(image), check=False).code == 0:
                yield say("pulled", language, image=image)
                continue
            _make(engine, kind, image, language)
        form = f'{{{{index .Config.Labels "{LABEL}"}}}}'
        if engine.run("inspect", "--type", "image", "--format", form, image).out.strip() == "yes":
            yield say("stand_in", language, image=image)


def _program() -> str:
    """Return where debootstrap lies, or nothing; /usr/sbin is not on everybody's PATH."""
    return shutil.which("debootstrap", path=f"{os.environ.get('PATH', '')}:/usr/sbin") or ""


def _full(image: str) -> str:
    """Return an image's name as it is meant where more than one registry is asked."""
    return f"docker.io/{image}" if "/" in image else f"docker.io/library/{image}"


def _make(engine: Engine, kind: str, image: str, language: str) -> None:
    if os.geteuid() or not _program():
        raise DrillFailed(say("no_base", language, image=image))
    if kind == "python":
        _bootstrap(engine, image)
        return
    file = FOLDER / f"Dockerfile.{kind}"
    base = f"PYTHON={_full(images()['python'])}"
    options = ["--build-arg", base, "--label", f"{LABEL}=yes", "--tag", _full(image), "--file", str(file)]
    engine.run("build", "--quiet", *options, str(FOLDER))


def _bootstrap(engine: Engine, image: str) -> None:
    """Make Python's image: Debian with its own Python, and the authorities that this machine trusts."""
    with tempfile.TemporaryDirectory(prefix="madoguchi-base-") as folder:
        root = Path(folder) / "root"
        command = [_program(), "--variant=minbase", f"--include={_PACKAGES}", _DEBIAN, str(root)]
        made = subprocess.run(command, capture_output=True, text=True, check=False)
        if made.returncode:
            raise DrillFailed(f"debootstrap: {made.stdout[-1000:]}{made.stderr[-1000:]}")
        for package in (root / "var/cache/apt/archives").glob("*.deb"):
            package.unlink()
        if _AUTHORITIES.exists():
            shutil.copy(_AUTHORITIES, root / _AUTHORITIES.relative_to("/"))
        archive = Path(folder) / "root.tar"
        with tarfile.open(archive, "w") as packed:
            packed.add(root, arcname=".")
        changes = ["--change", f"LABEL {LABEL}=yes", "--change", 'CMD ["python3"]']
        engine.run("import", *changes, str(archive), _full(image))
