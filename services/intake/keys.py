"""By what a row of an import is known again: its key, or else what was read of it.

A spreadsheet changes what a file says without anybody's doing: 01 becomes 1, 2027-01-20 becomes 2027/1/20, and
Shift_JIS makes another character of a wave dash. None of that makes another contact of a row.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from workflows.engine.codec import to_plain
from workflows.request import spelling
from workflows.request.payloads import Open

_NUMBER = re.compile(r"0*([0-9]+)(?:\.0+)?")


@dataclass(frozen=True, slots=True)
class RowKeys:
    """The key of a row, and those under which a release before this one may have accepted it.

    What lies under one of ``former_hashes`` is the same row; what lies under ``former`` may be another one.
    """

    key: str
    former: tuple[str, ...] = ()
    former_hashes: tuple[str, ...] = ()


def keys_of(cell: str, given: Mapping[str, str], payload: Open, hashed: Callable[[str], str]) -> RowKeys:
    """Return the keys of a row; *cell* is its column ``key``, *given* its other cells, as they were written."""
    typed = cell.strip()
    if typed:
        key = plain_key(typed)
        return RowKeys(key, () if key == typed else (typed,))
    # Until now a row was known by its cells, with no more than the blanks around them taken away.
    same = {name: cell.strip() for name, cell in given.items()}
    former = hashed(json.dumps(same, sort_keys=True, ensure_ascii=False))
    read = json.dumps(compared(payload), sort_keys=True, ensure_ascii=False)
    return RowKeys(hashed(f"read {read}"), former_hashes=(former,))


def plain_key(cell: str) -> str:
    """Return a key as it is kept: 1, 01, 1.0 and a full-width 1 are one, because a spreadsheet makes one of them."""
    key = unicodedata.normalize("NFKC", cell).strip()
    number = _NUMBER.fullmatch(key)
    return key if number is None else number[1]


def compared(payload: Open) -> dict[str, Any]:
    """Return what of two contacts must be equal for the one to be the other: what was read, not how it is written."""
    plain = _plain(to_plain(payload))
    for party in ("subject", "representative"):
        person = plain.get(party, {})
        for name, read in _OF_A_PERSON.items():
            if name in person:
                person[name] = read(person[name])
    return {**plain, "rights": sorted(plain["rights"])}


_OF_A_PERSON: dict[str, Callable[[str], str]] = {
    "postcode": spelling.letters,
    "phone": spelling.telephone,
    "email": spelling.mail,
}


def _plain(value: Any) -> Any:
    """Return a value without what is not there, and its texts in one spelling."""
    if isinstance(value, str):
        return spelling.plain(value)
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items() if one not in (None, "", [], {})}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
