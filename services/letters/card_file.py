"""The organisation.toml of an office that has none of its own yet: whether it has, and the text of a new one."""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from services.letters.profile import Profile, read
from settings import PROJECT, Settings
from workflows.letters import Organisation

NAME = "organisation.toml"
SAMPLE_EMAIL = "privacy@worksap.co.jp"
"""By this the sample card of the checkout is known, which nobody's office is until they say so."""
_HEAD = """\
# The office's own card, printed on every letter; ./admin.py init wrote it. What is changed here counts from the next
# letter on. What else may stand here (how long personal data is kept, departments) is told by the sample of it,
# organisation.toml beside admin.py.
"""
_NOTES = {
    "officer_ja": "# Who answers for personal information in the office: both languages, or neither.",
    "years": "# Years in Japanese letters: western or japanese. The seal on letters: none, place or omitted.",
    "policies": "# When the privacy policies were published, newest last: a case keeps the one it began under.",
    "regime": "# The law of cases that are opened without one.",
}


def place(settings: Settings) -> Path:
    """Return where the office's own file lies, or is to lie."""
    return settings.home / NAME


def own(settings: Settings) -> Profile | None:
    """Return what the office's own file says; None where there is none, or the sample of the checkout in its place.

    Raises BadProfile, OSError.
    """
    path = place(settings)
    if not path.exists():
        return None
    text = path.read_text("utf-8")
    found = read(text, path)
    mine = path.parent != PROJECT or found.card.email != SAMPLE_EMAIL or text.startswith(_HEAD)
    return found if mine else None


def sample() -> Profile:
    """Return what the sample says that comes with the code."""
    path = PROJECT / NAME
    return read(path.read_text("utf-8"), path)


def text_of(card: Organisation, policies: tuple[date, ...], regime: str) -> str:
    """Return the text of a file that says this; what is as usual is left out."""
    said: dict[str, Any] = {
        field.name: value
        for field in fields(Organisation)
        if (value := getattr(card, field.name)) not in (None, "") and (value != field.default or field.name == "years")
    }
    return "\n".join([_HEAD, *_lines({**said, "policies": policies, "regime": regime}), ""])


def _lines(values: Mapping[str, Any]) -> list[str]:
    lines = []
    for name, value in values.items():
        if name in _NOTES:
            lines += ["", _NOTES[name]]
        if isinstance(value, tuple):
            lines.append(f"{name} = [{', '.join(day.isoformat() for day in value)}]")
        else:
            lines.append(f"{name} = {json.dumps(str(value), ensure_ascii=False)}")
    return lines
