"""The rows of published procedures: one procedure of one office each, as facts, with what it was found to need."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FACTS = (
    "how_to_start", "who_mails_forms", "forms", "fee", "identity", "representative", "return_postage", "answer",
    "time_limits", "deficiency", "refusal_grounds", "documents_after", "bereaved", "complaints", "unusual",
)  # fmt: skip
"""What is said of a procedure in words; None: not in the passage that was read."""


@dataclass(frozen=True, slots=True)
class Need:
    """Something the procedure was found to need: a capability, how badly (E every case, S some, W worked around)."""

    capability: str
    severity: str
    why: str


@dataclass(frozen=True, slots=True)
class Row:
    """One published procedure as facts."""

    id: str
    source_url: str
    sector: str
    country: str
    law: str
    channels: tuple[str, ...]
    rights: tuple[str, ...]
    needs: tuple[Need, ...]
    said: Mapping[str, str]

    def __getitem__(self, fact: str) -> str:
        """Return what is said of a fact; nothing where the passage does not tell."""
        return self.said.get(fact, "")

    def needs_any(self, *capabilities: str) -> bool:
        """Tell whether one of these capabilities is needed."""
        return any(need.capability in capabilities for need in self.needs)


def rows(path: Path) -> list[Row]:
    """Return the rows of a file, a JSON object a line. Raises ValueError naming the line that is none."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
            found.append(_row(values))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{path.name}, line {number}: {error!r} makes it no row") from error
    return found


def _row(values: Mapping[str, Any]) -> Row:
    return Row(
        id=str(values["id"]),
        source_url=str(values.get("source_url") or ""),
        sector=str(values.get("sector") or ""),
        country=str(values.get("country") or "JP"),
        law=str(values.get("law") or ""),
        channels=_texts(values.get("channels")),
        rights=_texts(values.get("rights")),
        needs=tuple(
            Need(str(need["cap"]), str(need.get("sev") or ""), str(need.get("why") or ""))
            for need in values.get("needs") or ()
        ),
        said={fact: str(values[fact]) for fact in FACTS if values.get(fact)},
    )


def _texts(values: Iterable[Any] | str | None) -> tuple[str, ...]:
    if values is None:
        return ()
    return (values,) if isinstance(values, str) else tuple(str(value) for value in values)
