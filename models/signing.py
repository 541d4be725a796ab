"""The key by which the office signs its checkpoints: Ed25519 (RFC 8032), a file of the keystore's folder.

``keys/audit`` holds its 32 secret bytes and is the office's alone: where others may read it, nothing is signed until
that is mended, for a signature that anybody could have made proves nothing. Keep a copy with that of the other keys.
"""

import stat
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from models.files import made_secret
from models.told import Told

NAME = "audit"
SECRET_BYTES = 32


class SigningKeyUnfit(Told, RuntimeError):
    """The key is gone, damaged or open to others; the sentence says what to do."""


class SigningKey:
    """The office's signing key in the folder of its keys."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; nothing is made or read yet."""
        self.path = folder / NAME

    def make(self) -> None:
        """Make the key unless there is one; whoever comes second reads what the first one made."""
        made_secret(self.path, SECRET_BYTES)

    def replace(self) -> str:
        """Put a new key in the place of a lost or leaked one, and return its public half."""
        self.path.unlink(missing_ok=True)
        self.make()
        return self.public()

    def fault(self) -> Told | None:
        """Return what is wrong with the key; None where it can sign, or where the caller may not look at keys."""
        try:
            self._private()
        except SigningKeyUnfit as unfit:
            return unfit
        except PermissionError:
            return None
        return None

    def sign(self, said: bytes) -> str:
        """Return the signature of these bytes, hexadecimal. Raises SigningKeyUnfit."""
        return self._private().sign(said).hex()

    def public(self) -> str:
        """Return the public half: 32 bytes, hexadecimal. Raises SigningKeyUnfit."""
        form, coding = serialization.PublicFormat.Raw, serialization.Encoding.Raw
        return self._private().public_key().public_bytes(coding, form).hex()

    def _private(self) -> Ed25519PrivateKey:
        try:
            mode = stat.S_IMODE(self.path.stat().st_mode)
            secret = self.path.read_bytes()
        except FileNotFoundError:
            raise SigningKeyUnfit("keys.audit_gone", path=str(self.path)) from None
        if mode & 0o077:
            raise SigningKeyUnfit("keys.audit_open", path=str(self.path), mode=f"{mode:o}")
        if len(secret) != SECRET_BYTES:
            raise SigningKeyUnfit("keys.wrong_length", part=NAME, length=len(secret), right=SECRET_BYTES)
        return Ed25519PrivateKey.from_private_bytes(secret)


def as_pem(public: str) -> str:
    """Return a public key as other programs read it (SubjectPublicKeyInfo, PEM)."""
    form, coding = serialization.PublicFormat.SubjectPublicKeyInfo, serialization.Encoding.PEM
    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).public_bytes(coding, form).decode()


def verifies(public: str, said: bytes, signature: str) -> bool:
    """Whether whoever has the secret half of *public* signed these bytes; both are hexadecimal."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), said)
    except (InvalidSignature, ValueError):
        return False
    return True
