"""The pages that are kept, and their files."""

from pathlib import Path
from typing import Any

from tests.office import TestOffice


def pages_of(office: TestOffice) -> list[Any]:
    return office.ask("SELECT * FROM scan_page ORDER BY id")


def tray_of(office: TestOffice) -> list[Any]:
    return office.ask("SELECT * FROM tray ORDER BY id")


def files_under(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
