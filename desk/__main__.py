"""``python -m desk`` (``make desk``): keep the desk running in this terminal until Ctrl-C or SIGTERM."""

import argparse
import signal
import subprocess
import sys
import time
from types import FrameType

import journal
from desk.broker import BrokerMissing
from desk.notify import READY, STOPPING, WELL, is_asked_for, notify
from desk.processes import ProcessFault
from desk.signs import EVERY
from desk.supervisor import Desk, DeskRefused
from desk.words import say, tell
from settings import settings

_INTERRUPTS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main(arguments: list[str] | None = None) -> int:
    """Run the desk; in an empty place found an office first, with whoever runs it as its lead.

    Return 0 after an orderly end, else what the reason on stderr calls for: 1 when it could not start, 2 where the
    environment contradicts what the office is, 5 where its place cannot be reached.
    """
    house = settings()
    parser = argparse.ArgumentParser(prog="python -m desk", description=say("usage", house.lang))
    parser.add_argument("--no-flower", action="store_true", help=say("no_flower", house.lang))
    options = parser.parse_args(arguments)
    for number in _INTERRUPTS:
        signal.signal(number, _interrupt)
    try:
        # In a process of its own (desk/opening.py): this one stays for good, and must stay small.
        opened = subprocess.run([sys.executable, "-m", "desk.opening"], check=False).returncode
    except KeyboardInterrupt:
        return 0  # what was half founded is founded by the next start
    if opened:
        return opened if opened > 0 else 1
    journal.begin("desk", sys.stdout.fileno())
    desk = Desk(house, with_flower=not options.no_flower, tell=tell)
    try:
        desk.start()
        desk.wait_ready(120)
        if desk.flower_url:
            _tell("flower", address=desk.flower_url, auth=house.flower_auth)
        if desk.metrics_url:
            _tell("metrics", address=desk.metrics_url)
        _tell("ready")
        notify(READY)
        while not is_asked_for():
            signal.pause()
        while True:  # systemd starts anew what stops saying that it is well
            time.sleep(EVERY)
            if desk.keeps:
                notify(WELL)
    except (DeskRefused, ProcessFault, BrokerMissing) as trouble:
        _no_more_interrupts()
        desk.stop()
        sys.stderr.write(f"{trouble}\n")
        return 1
    except KeyboardInterrupt:
        _no_more_interrupts()
        notify(STOPPING)
        _tell("stopping")
        desk.stop()
        _tell("stopped")
        return 0


def _tell(code: str, **params: object) -> None:
    """Say something on the terminal, in words or as a line of the log."""
    if journal.writes():
        journal.event(code, **{name: value for name, value in params.items() if name != "auth"})
    else:
        tell(say(code, settings().lang, **params))


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    _no_more_interrupts()  # a second signal on the heels of the first would end the end
    raise KeyboardInterrupt


def _no_more_interrupts() -> None:
    """Leave the end undisturbed: it is bounded by each program's grace, and half an end leaves half a desk."""
    for number in _INTERRUPTS:
        signal.signal(number, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(main())
