"""A procedure.toml written from plain values: texts, numbers, lists, tables in lists, and inline tables."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any


def text_of(values: Mapping[str, Any], comments: Sequence[str] = ()) -> str:
    """Return values as TOML: plain keys first, then tables, then lists of tables; *comments* stand before all."""
    lines = [f"# {comment}" for comment in comments]
    lines += [f"{key} = {inline(value)}" for key, value in values.items() if not _is_block(value)]
    for key, value in values.items():
        if isinstance(value, Mapping):
            lines += ["", f"[{key}]", *_body(value)]
        elif _is_block(value):
            for row in value:
                lines += ["", f"[[{key}]]", *_body(row)]
    return "\n".join(lines) + "\n"


def inline(value: Any) -> str:
    """Return one value as it stands behind an equals sign."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {inline(one)}" for key, one in value.items()) + " }"
    return "[" + ", ".join(inline(one) for one in value) + "]"


def _body(values: Mapping[str, Any]) -> list[str]:
    return [f"{_key(key)} = {inline(value)}" for key, value in values.items()]


def _key(key: str) -> str:
    return key if key.replace("_", "").replace("-", "").isalnum() and key.isascii() else json.dumps(key)


def _is_block(value: Any) -> bool:
    """Tell whether a value is a table, or a list of tables."""
    return isinstance(value, Mapping) or (
        isinstance(value, (list, tuple)) and bool(value) and all(isinstance(row, Mapping) for row in value)
    )
