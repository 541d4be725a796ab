"""Loaded into the effects worker of a test (``-I tests.system.endless``): some letters are typeset for ever.

A file named after a letter, in the home's ``run/endless``, keeps whoever makes it in native code that no signal and no
soft limit interrupts, as a template would that never ends. A test need not wait as long as an office: here a process
may be at one letter for six seconds.
"""

import hashlib

from services.letters.making import Step, watch
from settings import settings
from tasks.letters import make, make_lot

SECONDS = 6


def _stay(step: Step, letter: str) -> None:
    if step is Step.TYPESETTING and (settings().run / "endless" / letter).exists():
        hashlib.pbkdf2_hmac("sha256", b"", b"", 2**31 - 1)


watch(_stay)
make.time_limit = make_lot.time_limit = SECONDS
make.soft_time_limit = make_lot.soft_time_limit = SECONDS - 1
