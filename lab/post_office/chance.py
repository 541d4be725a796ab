"""Dice that fall the same way for the same seed, whatever else is thrown beside them."""

import hashlib
import random
from collections.abc import Mapping
from typing import TypeVar

T = TypeVar("T")


def dice(seed: int, *about: object) -> random.Random:
    """Return the dice for one matter of one run, named by *about*.

    Each matter has dice of its own, so that one more page, or one more question, leaves every other fate as it was.
    """
    name = "\x1f".join(map(str, (seed, *about)))
    return random.Random(hashlib.sha256(name.encode()).digest())  # noqa: S311 - play, nothing secret


def one_of(rolls: random.Random, shares: Mapping[T, float]) -> T:
    """Return one of the keys, each as often as its share says; the shares need not add up to 1."""
    return rolls.choices(list(shares), list(shares.values()))[0]
