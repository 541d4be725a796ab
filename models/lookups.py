"""The secrets of look-ups: what people and papers are hashed under, to be found again and told by nobody else.

``lookup`` is the first; each rotation adds one (``lookup.2``, ``lookup.3`` ...), and none is ever taken away. A value
is hashed under the first and the result under each that follows. So what is kept as a hash alone, like the number of a
paper, is brought under a new secret by hashing the hash; and whoever has got hold of the secrets of before can tell
nothing by them any more (docs/adr/0058-look-ups-are-hashed-in-stages.md). *Stage* is how many of them were used.
"""

import hmac
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from models.files import made_secret
from models.wrapping import KEY_BYTES, derived, secret_of

FIRST = "lookup"
_SEPARATOR = "\x00"


def name_of(stage: int) -> str:
    """Return the name of the file that a stage adds."""
    return FIRST if stage == 1 else f"{FIRST}.{stage}"


def secrets_of(folder: Path) -> list[bytes]:
    """Return the keys of all stages, the first one first. Raises KeystoreDamaged where one is no secret."""
    found = [derived(secret_of(folder / FIRST), b"lookup")]
    for stage in count(2):
        path = folder / name_of(stage)
        if not path.exists():
            return found
        found.append(derived(secret_of(path), b"lookup"))
    raise AssertionError


def make(folder: Path, stage: int) -> None:
    """Make the secret that a stage adds, unless it is there: whoever comes second takes what the first one made."""
    made_secret(folder / name_of(stage), KEY_BYTES)


def digest(chain: Sequence[bytes], kind: str, value: str) -> bytes:
    """Return the keyed hash of a value of a kind under all these secrets (HMAC-SHA-256)."""
    first, *others = chain
    found = hmac.digest(first, f"{kind}{_SEPARATOR}{value}".encode(), "sha256")
    for secret in others:
        found = _again(secret, found.hex())
    return found


def brought_on(secret: bytes, stored: str) -> str:
    """Return what a hash of the stage before is at the one that *secret* adds, both hexadecimal."""
    return _again(secret, stored).hex()


def _again(secret: bytes, stored: str) -> bytes:
    # The text of it: whatever stands there can be hashed, also what somebody wrote there who should not have.
    return hmac.digest(secret, stored.encode(), "sha256")
