"""What stands on a disc beside the files: its table of contents, and how it is opened; in both languages."""

from collections.abc import Mapping, Sequence

from workflows.request.enclosing import Enclosure
from workflows.words import tell

_LANGUAGES = ("ja", "en")


def contents(letter: str, found: Sequence[Enclosure], hashes: Mapping[str, str], names: Mapping[int, str]) -> str:
    """Return the table of contents: each file with its number, whose it was, how long it is and its SHA-256."""
    lines: list[str] = []
    for language in _LANGUAGES:
        lines += [tell("disc.contents", language, letter=letter), ""]
        for one in found:
            lines.append(_line(one, names[one.place], len(found), language))
            lines.append(tell("disc.hash", language, sha256=hashes[names[one.place]]))
        lines.append("")
    return "\r\n".join(lines)


def _line(one: Enclosure, name: str, of: int, language: str) -> str:
    said = tell("disc.file", language, place=one.place, of=of, name=name, department=one.department,
                kind=tell(f"disc.kind.{one.kind}", language))  # fmt: skip
    if not one.is_table:
        said += tell("disc.page" if one.pages == 1 else "disc.pages", language, pages=one.pages)
    return said + (tell("disc.masked", language) if one.masked else "")


def how_to_open(letter: str, name: str, sha256: str) -> str:
    """Return what lies beside the encrypted file, readable by anybody: nothing personal."""
    told = [tell("disc.how", language, letter=letter, name=name, sha256=sha256) for language in _LANGUAGES]
    return "\r\n\r\n".join(told) + "\r\n"
