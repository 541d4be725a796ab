"""``keys``: the key that wraps all others, changed while the office works."""

from commands.context import said
from commands.office import staff_member, writing
from commands.output import answer
from commands.progress import ticking
from commands.shape import group


@group("keys", words="keys.help.keys")
def keys() -> None:
    """The office's keys."""


@keys.command("rotate", words="keys.help.rotate")
def rotate() -> None:
    """Change the key-encryption key."""
    from models import rotation, staff

    who = staff_member(lead=True)
    with writing() as (db, office):
        keystore = office.own_keys()
        staff.log(db, office.now, "keys_rotation_begun", who.name, {})
    with ticking(said("keys.bar")) as tick:
        count = rotation.rotate(keystore, lambda done: tick(done, done))
    with writing() as (db, office):
        staff.log(db, office.now, "keys_rotated", who.name, {"keys": count})
    answer({"rotated": count}, [said("keys.rotated", count=count)])
