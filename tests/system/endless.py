"""Loaded into the effects worker of a test (``-I tests.system.endless``): some letters are typeset for ever.

A file named after a letter, in the home's ``run/endless``, keeps whoever makes it where no signal and no soft limit
interrupts, as a template would that never ends: native code hears of none. A test need not wait as long as an office:
here a process may be at one letter for six seconds.
"""

import signal
import time

from services.letters.making import Step, watch
from settings import settings
from tasks.letters import make, make_lot

SECONDS = 6


def _stay(step: Step, letter: str) -> None:
    if step is Step.TYPESETTING and (settings().run / "endless" / letter).exists():
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        while True:
            time.sleep(60)  # as long as it lives


watch(_stay)
make.time_limit = make_lot.time_limit = SECONDS
make.soft_time_limit = make_lot.soft_time_limit = SECONDS - 1
