"""What a scanner brings, played: files whose pages say what the test wants, read without opening any picture."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from services.returns.pages import ScannedPage, Unreadable
from services.returns.register import scan
from services.returns.values import Scanned
from tests.office import CLERK, TestOffice
from workflows.engine.numbers import print_code
from workflows.engine.values import Actor, Role

SATO = Actor(CLERK, frozenset({Role.CLERK}))


def mark(case: str, code: str, page: int, pages: int = 2, form: str = "disclosure") -> str:
    """Return what the code on a form's page says."""
    return f"MG1 {case} {print_code(code.replace('-', ''))} {form} {page}/{pages}"


def cover(letter: str, page: int = 1, pages: int = 3) -> str:
    """Return what the code on a page of a letter says that is no form."""
    return f"MG1 {letter.rpartition('-')[0]} {letter} - {page}/{pages}"


class Scanner:
    """Makes files and reads them back. What a page shows is the sign by which its picture is known again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pages: dict[Path, list[ScannedPage]] = {}
        self.refused: dict[Path, str] = {}

    def file(self, *pages: str | Sequence[str], name: str = "") -> Path:
        """Return a file with these pages: each a text, or several, that a code on it says; "" for none."""
        path = self.folder / (name or f"scan{len(self.pages) + len(self.refused)}.pdf")
        path.write_bytes(f"{path.name} {pages}".encode())
        self.pages[path] = [
            ScannedPage(number, tuple([texts] if texts and isinstance(texts, str) else texts), *_picture(path, number))
            for number, texts in enumerate(pages, 1)
        ]
        return path

    def broken(self, *pages: str, code: str = "damaged") -> Path:
        """Return a file that the reader refuses after these pages."""
        path = self.file(*pages)
        self.refused[path] = code
        return path

    def read(self, path: Path) -> Iterator[ScannedPage]:
        """Play `services.returns.room.read`."""
        yield from self.pages[path]
        if path in self.refused:
            raise Unreadable(self.refused[path])

    def scan(self, office: TestOffice, *files: Path, by: Actor = SATO, **more: object) -> Scanned:
        """Scan these files as a clerk does."""
        return scan(files, by, office.unit, read=self.read, **more)  # type: ignore[arg-type]


def _picture(path: Path, number: int) -> tuple[bytes, bytes, int, int]:
    shows = f"CANARY page {number} of {path.name} ".encode()
    return b"\xff\xd8\xff" + shows * 20, b"\xff\xd8\xffsmall " + shows, 1654, 2339
