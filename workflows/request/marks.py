"""What the code on a page of ours says: ``MG1 CASE CODE FORM PAGE/PAGES``.

On a page of a form CODE is the form code and FORM its name; on a page that is no form CODE is the letter's number and
FORM is ``-``. Whether the code is the right one for the case is not decided here: only the database knows.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from workflows.engine.numbers import case_of_letter, parse_case_number, parse_code, parse_letter_number
from workflows.request.values import FormName

MOST_PAGES = 99
_MARK = re.compile(r"MG1 ([0-9A-Z-]{1,20}) ([0-9A-Z-]{1,26}) ([a-z][a-z0-9_]{0,15}|-) ([1-9][0-9]?)/([1-9][0-9]?)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A page of ours: of a form (``form`` and ``code``, 17 characters without hyphens) or of a letter (``letter``)."""

    case: str
    page: int
    pages: int
    form: FormName | None = None
    code: str | None = None
    letter: str | None = None


def read_mark(text: str, own: Collection[str] = ()) -> Mark | None:
    """Return what a code says, or nothing where it is none of ours or fails one of its own checks.

    *own* are the forms that the office has of its own, beside the source's.
    """
    found = _MARK.fullmatch(text)
    if found is None:
        return None
    case = parse_case_number(found[1])
    page, pages = int(found[4]), int(found[5])
    if case is None or page > pages:
        return None
    if found[3] == "-":
        letter = parse_letter_number(found[2])
        if letter is None or case_of_letter(letter) != case:
            return None
        return Mark(case, page, pages, letter=letter)
    code = parse_code(found[2])
    if code is None or (found[3] not in list(FormName) and found[3] not in own):
        return None
    return Mark(case, page, pages, form=FormName(found[3]), code=code)
