"""What people hand in, as the contract writes it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from services.intake import BadInput, parse


def an_opening(**changes: Any) -> dict[str, Any]:
    """Return the plain data of a first contact that has no faults; keys given replace or add."""
    data: dict[str, Any] = {
        "rights": ["disclosure"],
        "category": "customer",
        "channel": "post",
        "language": "ja",
        "subject": {"name": "見本 花子", "address": "東京都千代田区千代田1-1"},
    }
    return {**data, **changes}


def faults_of(kind: type, data: dict[str, Any], **options: Any) -> dict[str, str]:
    """Return every fault found, by its field."""
    with pytest.raises(BadInput) as caught:
        parse(kind, data, **options)
    return {fault.field: fault.message for fault in caught.value.faults}


def payload_or_faults(read: Callable[..., Any], *arguments: object) -> Any:
    """Return what is read, or its faults; anything else that is raised is a bug and fails the test."""
    try:
        return read(*arguments)
    except BadInput as bad:
        return bad.faults


def written(folder: Path, content: str | bytes, name: str = "file.yaml") -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
