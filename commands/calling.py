"""What is said where a call could not be brought to the counter, or broke there."""

import os
from collections.abc import Mapping, Sequence

from commands.context import REFUSED, UNREACHABLE, WRONG, begin, fails
from commands.output import failed
from commands.terminal import guarded
from services.office.caller import login_of

STATUSES = {
    "no_desk": UNREACHABLE,
    "busy": UNREACHABLE,
    "broken": UNREACHABLE,
    "stranger": REFUSED,
    "too_long": WRONG,
}
"""The troubles of `counter.client`, and the exit status of each."""


def say(arguments: Sequence[str], trouble: str, details: Mapping[str, str]) -> int:
    """Say what is the matter as every command does, and return the exit status."""
    begin(arguments)
    with guarded(arguments):
        key = details.get("key", "")
        code = trouble if trouble in STATUSES else "broken"
        sentence = f"calling.{code}" if code != "broken" or not key else "calling.broken_key"
        owner = details.get("owner", "")
        if code == "no_desk" and owner and os.geteuid() == 0:  # who need ask nobody, and must not write there
            sentence, details = "calling.root", {**details, "owner": login_of(int(owner))}
        more = {"key": key} if key else {}
        return failed(fails(STATUSES[code], code, sentence, more=more, **details))
