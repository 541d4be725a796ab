"""Loaded into the effects worker of a drill (``-I lab.bench.letter_trap``): it dies by SIGKILL where a trap is laid.

A trap is a file in the home, named after a letter and a step; it says who dies, the child that makes the letter or the
worker with all its children. It is put aside before the blow, so each kills once, and its time is the time of death.
"""

import os
import signal
import subprocess
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection, select

from clock import machine_now
from models.effect import effect
from models.session import reading
from services.engine.trouble import TRIES
from services.letters.making import Step, watch
from settings import settings

CHILD, GROUP = "child", "group"
AT_WORK = timedelta(seconds=20)
"""A letter claimed so lately may be in another child's hands."""


def traps() -> Path:
    """Return the folder of the traps."""
    return settings().run / "traps"


def sprung(name: str) -> Path:
    """Return the place of those that have killed (sprung), killed after their step (late), or let live (spared)."""
    return settings().run / name


def on_a_last_try(db: Connection, besides: str = "") -> bool:
    """Whether another letter is in work for the last time: one more death would set it aside, as it should."""
    last = select(effect.c.id).where(effect.c.state == "waiting", effect.c.tries >= TRIES)
    lately = last.where(effect.c.claimed_at > machine_now(db) - AT_WORK, effect.c.subject != besides)
    return db.execute(lately.limit(1)).first() is not None


_struck: set[str] = set()
"""The letters in whose rendering this process was struck; it has not long to live."""


def _spring(step: Step, letter: str) -> None:
    if step is Step.WRITING and letter in _struck:
        # The rendering was faster than the blow: it falls now, and is not counted as one in the rendering.
        (sprung("late") / f"{letter}.{Step.TYPESETTING.name}").touch()
        signal.pause()
    trap = traps() / f"{letter}.{step.name}"
    try:
        whom = trap.read_text(encoding="ascii")
    except FileNotFoundError:
        return
    with reading() as db:
        spared = on_a_last_try(db, letter)
    if spared:
        trap.rename(sprung("spared") / trap.name)
        return
    trap.touch()
    trap.rename(sprung("sprung") / trap.name)
    victim = -os.getpgid(0) if whom == GROUP else os.getpid()
    if step is Step.TYPESETTING:
        # Typst keeps the interpreter to itself, so this blow must come from outside.
        _struck.add(letter)
        subprocess.Popen(["/bin/sh", "-c", f"kill -KILL {victim}"])
        return
    os.kill(victim, signal.SIGKILL)
    signal.pause()


watch(_spring)
