"""An office of its own in the demo: its card and the procedure it adopts, where the folder of samples holds them."""

import shutil
from pathlib import Path

from lab.demo.home import DemoRefused
from lab.demo.office import DemoOffice
from lab.demo.words import say
from services.letters.profile import usual_regime
from services.office import adopting, staff
from settings import Settings
from workflows.office.reading import NAME, BadFile
from workflows.words import say as worded

CARD = "organisation.toml"


def settle_in(folder: Path, ours: Settings) -> None:
    """Put the office's own card, and whatever laws it brings, into the demo's home."""
    if (folder / CARD).exists():
        shutil.copyfile(folder / CARD, ours.home / CARD)
    if (folder / "law").is_dir():
        shutil.copytree(folder / "law", ours.home / "law")


def adopt(folder: Path, demo: DemoOffice) -> None:
    """Let the lead adopt the procedure of the folder. Raises DemoRefused naming every fault of the file."""
    file = folder / NAME
    if not file.exists():
        return
    language = demo.settings.lang
    what = adopting.wanted(file.read_text(encoding="utf-8"), usual_regime(), name=str(file))
    if isinstance(what, BadFile):
        faults = "; ".join(f"{place}: {worded(reason, language)}" for place, reason in what.placed())
        raise DemoRefused(say("bad_samples", language, folder=folder, why=faults))
    with demo.writing() as (db, office):
        adopting.adopt(db, what, staff.identify(db, staff.os_login(), None), office)
