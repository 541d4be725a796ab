"""``keys``: the key that wraps all others and the one people are found by, changed while the office works."""

import time
from typing import TYPE_CHECKING

from commands.context import call, said
from commands.office import staff_member, writing
from commands.output import answer
from commands.progress import ticking
from commands.shape import group

if TYPE_CHECKING:
    from services.request.rotating import Standing

WAIT_SECONDS = 60
"""How long the command stays to see workers take a new key of look-ups into use, where it may not do it itself."""


@group("keys", words="keys.help.keys")
def keys() -> None:
    """The office's keys."""


@keys.command("rotate", words="keys.help.rotate")
def rotate() -> None:
    """Change the key-encryption key and the key of look-ups."""
    from models import rotation, staff
    from services.request import rotating

    who = staff_member(lead=True)
    with writing() as (db, office):
        goes_on = not rotating.standing(db).done
        keystore = office.own_keys()
        if not goes_on:
            staff.log(db, office.now, "keys_rotation_begun", who.name, {})
    count = None
    if not goes_on:
        with ticking(said("keys.bar")) as tick:
            count = rotation.rotate(keystore, lambda done: tick(done, done))
    with writing() as (db, office):
        if count is not None:
            staff.log(db, office.now, "keys_rotated", who.name, {"keys": count})
        rotating.begin(db, office, who.name)
    now = _take_into_use()
    lookup = {"stage": now.wanted, "done": now.done, "at": now.at, "of": now.of}
    told = said("keys.lookup.done" if now.done else "keys.lookup.goes_on", stage=now.wanted, at=now.at, of=now.of)
    lines = [told] if count is None else [told, said("keys.rotated", count=count)]
    answer({"rotated": count or 0, "lookup": lookup}, lines)


def _take_into_use() -> "Standing":
    """Take the key that was asked for into use, or see the workers do it; return how far that has come."""
    from services.request import rotating
    from tasks.unit import UNIT

    with UNIT.glance() as db:
        itself = rotating.may(db)
    ends = time.monotonic() + (0 if call().json else WAIT_SECONDS)
    with ticking(said("keys.lookup.bar")) as tick:
        if itself:
            rotating.go_on(UNIT, tick=lambda now: tick(now.at, now.of))
        while True:
            with UNIT.glance() as db:
                now = rotating.standing(db)
            if now.done or time.monotonic() >= ends:
                return now
            tick(now.at, now.of)
            time.sleep(0.2)
