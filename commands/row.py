"""One line of the table of commands."""

from typing import NamedTuple


class Row(NamedTuple):
    """Where a command is found and what it does in one line; ``made`` from the workflow definition, or written."""

    section: str
    module: str
    attribute: str
    made: bool
    ja: str
    en: str
