"""The sealed files that are printed behind a letter, opened for the typesetter and for nobody else."""

import base64
import hashlib
from collections.abc import Mapping

from models.keys import SealBroken
from services.engine.office import Office
from services.engine.trouble import Poison
from workflows.letters import LetterContent, SealedFile

TABLE = "find_part"
"""What they are sealed as."""


class EnclosureDamaged(Poison):
    """A file that is to be printed behind a letter is gone, or is not the one that was chosen."""


def opened(content: LetterContent, office: Office) -> Mapping[str, bytes]:
    """Return what is printed behind a letter, by where the typesetter finds it. Raises EnclosureDamaged, KeyMissing."""
    found: dict[str, bytes] = {}
    for file in content.files():
        there = plain(file, office)
        found[file.name] = there if file.size is None else in_svg(there, *file.size)
    return found


def plain(file: SealedFile, office: Office) -> bytes:
    """Return what a sealed file holds. Raises EnclosureDamaged, KeyMissing."""
    try:
        sealed = (office.settings.finds / file.path).read_bytes()
        there = office.keys.get(file.key).open(TABLE, "part", file.number, sealed)
    except (FileNotFoundError, SealBroken):
        raise EnclosureDamaged(file.number) from None
    if hashlib.sha256(there).hexdigest() != file.sha256:
        raise EnclosureDamaged(file.number)
    return there


def in_svg(picture: bytes, width: int, height: int) -> bytes:
    """Return a picture (JPEG) in an SVG: the typesetter is handed no file that is not text."""
    data = base64.b64encode(picture).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/jpeg;base64,{data}"/></svg>'
    ).encode()
