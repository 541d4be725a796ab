"""How the keys of cases are wrapped: by the key-encryption key, and while it is being changed by two of them.

In the folder lie ``kek`` and, while it is changed, ``kek.next``, by which everything is wrapped from then on. A wrapped
key of form 1 does not say which key wrapped it; one of form 2 begins with four bytes that tell. Form 1 is written until
the key was changed for the first time (the file ``rotated``), so that a release that knows no other reads it, too.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from models.told import Told

KEK, NEXT, ROTATED = "kek", "kek.next", "rotated"
KEY_BYTES = 32

_FORMS = (b"\x01", b"\x02")
_MARK_BYTES = 4
_NONCE_BYTES = 12


class KeystoreDamaged(Told, RuntimeError):
    """A part of the keystore is gone or altered; restore the folder from its backup."""


def secret_of(path: Path) -> bytes:
    """Return what a secret's file holds. Raises KeystoreDamaged."""
    secret = path.read_bytes()
    if len(secret) != KEY_BYTES:
        raise KeystoreDamaged("keys.wrong_length", part=path.name, length=len(secret), right=KEY_BYTES)
    return secret


def derived(secret: bytes, purpose: bytes, length: int = KEY_BYTES) -> bytes:
    """Return a key for one purpose (HKDF, RFC 5869; the secret is uniform already, so expanding is enough)."""
    return HKDFExpand(algorithm=SHA256(), length=length, info=b"madoguchi v1 " + purpose).derive(secret)


class Wrapping:
    """The key-encryption keys of one keystore, as they lay in its folder when they were last read."""

    def __init__(self, folder: Path) -> None:
        """Read them. Raises KeystoreDamaged."""
        self._folder = folder
        self.read()

    def read(self) -> None:
        """Read them anew: whoever changes them holds the keystore's turn. Raises KeystoreDamaged."""
        self._seen = self._sight()
        found = [secret_of(self._folder / KEK)]
        if (self._folder / NEXT).exists():
            found.append(secret_of(self._folder / NEXT))
        self._known = {derived(secret, b"kek id", _MARK_BYTES): AESGCM(secret) for secret in found}
        self._newest = derived(found[-1], b"kek id", _MARK_BYTES)
        self._form = _FORMS[1] if (self._folder / ROTATED).exists() else _FORMS[0]

    @property
    def head(self) -> bytes:
        """How everything begins that is wrapped by the newest key, once the key is being changed."""
        return _FORMS[1] + self._newest

    def wrap(self, case: str, secret: bytes) -> bytes:
        """Return the secret of a case's key, wrapped; called in the keystore's turn. The case's number is bound in."""
        if self.is_old:
            self.read()
        nonce = os.urandom(_NONCE_BYTES)
        head = self.head if self._form == _FORMS[1] else _FORMS[0]
        return head + nonce + self._known[self._newest].encrypt(nonce, secret, case.encode())

    def opens_any(self, rows: Iterable[tuple[str, bytes]]) -> bool:
        """Whether any of these (case, wrapped) opens, or there is none: one that was altered condemns no key."""
        found = list(rows)
        for case, wrapped in found:
            with suppress(KeystoreDamaged):
                self.unwrap(case, wrapped)
                return True
        return not found

    @property
    def is_old(self) -> bool:
        """Whether the files are others than those that were read."""
        return self._sight() != self._seen

    def unwrap(self, case: str, wrapped: bytes) -> bytes:
        """Return what was wrapped. Raises KeystoreDamaged: it is not ours, or was wrapped by a key not read yet."""
        form, rest = wrapped[:1], wrapped[1:]
        if form == _FORMS[1]:
            mark, rest = rest[:_MARK_BYTES], rest[_MARK_BYTES:]
            candidates = [self._known[mark]] if mark in self._known else []
        else:
            candidates = list(self._known.values()) if form == _FORMS[0] else []
        for cipher in candidates:
            try:
                # A key copied to another row does not open.
                return cipher.decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], case.encode())
            except (InvalidTag, ValueError):
                continue
        raise KeystoreDamaged("keys.unopened", case=case)

    def _sight(self) -> tuple[object, ...]:
        """Return what tells that the files are others than before."""
        return tuple(_stamp(self._folder / name) for name in (KEK, NEXT, ROTATED))


def _stamp(path: Path) -> object:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns
