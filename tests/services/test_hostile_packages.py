"""The script for auditors, given a package that somebody made to deceive or to break it."""

import gzip
import hashlib
import io
import json
import secrets
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.services.test_tampering import SCRIPT

Entry = tuple[str, bytes]
KEY = Ed25519PrivateKey.generate()


def signed(files: dict[str, bytes]) -> Iterator[Entry]:
    """Yield a package of these files with its list, signed by a key that anybody may make."""
    public = KEY.public_key().public_bytes_raw().hex()
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    listed = json.dumps({"key": public, "files": digests}).encode()
    yield from files.items()
    yield "manifest.json", listed
    yield "manifest.sig", KEY.sign(SCRIPT.SIGNS_PACKAGE + listed).hex().encode()


def zipped(folder: Path, *entries: Entry, packed: int = zipfile.ZIP_STORED) -> Path:
    path = folder / "package.zip"
    with zipfile.ZipFile(path, "w", packed) as package:
        for name, content in entries:
            package.writestr(zipfile.ZipInfo(name), content, compress_type=packed)
    return path


def said(*line: str) -> tuple[int, str]:
    out = io.StringIO()
    return SCRIPT.main([*line, "--lang", "en"], out), out.getvalue()


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["letters/26-000001-D-01.pdf", "manifest.json", "case.en.txt"])
def test_a_file_that_is_in_it_twice_is_named(tmp_path: Path, name: str) -> None:
    """Python reads the last one; other programs show the first."""
    entries = list(signed({"letters/26-000001-D-01.pdf": b"%PDF true", "case.en.txt": b"true"}))

    assert said(str(zipped(tmp_path, *entries)))[0] == 0
    status, words = said(str(zipped(tmp_path, (name, b"forged"), *entries)))

    assert (status, words) == (1, f"{name} is in it twice: which one is seen depends on who unpacks it.\n")


@pytest.mark.parametrize(
    "trick", ["\x1b[2K\rAs listed and signed: every file.", "a\nAs recorded", "\u202eyrotsih", "a\x08b"]
)
def test_no_name_in_it_writes_anything_else_onto_the_screen(tmp_path: Path, trick: str) -> None:
    status, words = said(str(zipped(tmp_path, *signed({}), (trick, b""))))

    assert status == 1
    assert words.rstrip("\n").isprintable()
    assert words.rstrip("\n").endswith("is not on the list.")


def test_a_package_without_checkpoints_says_too_that_its_key_is_to_be_compared(tmp_path: Path) -> None:
    path = zipped(tmp_path, *signed({"letters.json": b"[]"}))
    key = KEY.public_key().public_bytes_raw().hex()

    assert "Compare the key with the one you have from elsewhere" in said(str(path))[1]
    assert key[:16] in said(str(path))[1]
    assert "Compare the key" not in said(str(path), "--key", key)[1]
    assert said(str(path), "--key", secrets.token_hex(32))[0] == 1


def damaged(folder: Path) -> Path:
    path = folder / "history.jsonl.gz"
    content = bytearray(gzip.compress(b'{"kind": "office"}\n' * 1000))
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    return path


def encrypted(folder: Path) -> Path:
    path = zipped(folder, *signed({}))
    content = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        while (place := content.find(mark, place + 1)) >= 0:
            content[place + flags] |= 1
    path.write_bytes(content)
    return path


def listing(folder: Path, content: bytes) -> Path:
    return zipped(folder, ("manifest.json", content), ("manifest.sig", b"00"))


BOMB = {"history.jsonl": b"\n" * 2000, "checkpoints.jsonl": b""}
BROKEN: dict[str, Any] = {
    "a packed history with a wrong byte": damaged,
    "an encrypted zip": encrypted,
    "a list that is a list": lambda folder: listing(folder, b"[]"),
    "a list that is no JSON": lambda folder: listing(folder, b"\xff"),
    "a list nested for ever": lambda folder: listing(folder, b"[" * 200_000),
    "files that are no object": lambda folder: zipped(folder, *_files_are(7)),
    "no list": lambda folder: zipped(folder, ("x", b"")),
    "a history that is a bomb": lambda folder: zipped(folder, *signed(BOMB), packed=zipfile.ZIP_DEFLATED),
}


def _files_are(what: object) -> Iterator[Entry]:
    listed = json.dumps({"key": KEY.public_key().public_bytes_raw().hex(), "files": what}).encode()
    yield "manifest.json", listed
    yield "manifest.sig", KEY.sign(SCRIPT.SIGNS_PACKAGE + listed).hex().encode()


@pytest.mark.parametrize("what", BROKEN)
def test_what_cannot_be_read_is_told_in_a_line_and_is_not_verified(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr(SCRIPT, "MOST", 1000)
    path = BROKEN[what](tmp_path)

    status, words = said(str(path))

    assert status == 2
    assert words.count("\n") == 1
