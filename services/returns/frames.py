"""How the limited process and ours talk: frames of a length (four bytes, the highest first) and as many bytes.

The limited process is never believed: each frame has a limit, and what comes after the limit or too late is not read.
Nothing here but the standard library, because both sides pay for every import.
"""

import os
import select
import time
from collections.abc import Callable

LARGEST_HEAD = 65_536
"""Bytes of a frame that describes: a page, its end, a refusal."""
LARGEST_PICTURE = 12_000_000
LARGEST_THUMBNAIL = 500_000
LONGEST_TEXT = 300
"""Characters kept of what a code says; ours have at most 60. A longer text is a foreign one and is cut."""
MOST_TEXTS = 16


class Silence(Exception):
    """Nothing came within the time allowed."""


class Cut(Exception):
    """The other side ended, or sent what it may not send."""


def send(descriptor: int, payload: bytes) -> None:
    """Write one frame."""
    rest = memoryview(len(payload).to_bytes(4, "big") + payload)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def receive(descriptor: int, largest: int, seconds: float, now: Callable[[], float] = time.monotonic) -> bytes:
    """Return the next frame of at most *largest* bytes; raises ``Silence`` after *seconds*, ``Cut`` for the rest."""
    until = now() + seconds
    length = int.from_bytes(_exactly(descriptor, 4, until, now), "big")
    if length > largest:
        raise Cut
    return _exactly(descriptor, length, until, now)


def _exactly(descriptor: int, length: int, until: float, now: Callable[[], float]) -> bytes:
    found = bytearray()
    # select() cannot watch descriptors above 1,023, and a busy worker has them.
    waiting = select.poll()
    waiting.register(descriptor, select.POLLIN)
    while len(found) < length:
        left = until - now()
        if left <= 0 or not waiting.poll(left * 1000):
            raise Silence
        piece = os.read(descriptor, min(length - len(found), 1_000_000))
        if not piece:
            raise Cut
        found += piece
    return bytes(found)
