"""``python -m commands.make_table``: write commands/steps.py from the workflow definition; a test holds it to that."""

import json
from pathlib import Path

from workflows.request.procedure import request
from workflows.words.admin.steps import short_help

TARGET = Path(__file__).with_name("steps.py")


def source() -> str:
    """Return the text of commands/steps.py."""
    lines = [
        '"""The steps of a case, a line each in Japanese and English. Made by ``python -m commands.make_table``."""',
        "",
        "STEPS: dict[str, tuple[str, str]] = {",
    ]
    for transition in request.transitions.values():
        if transition.by_staff:
            ja, en = (json.dumps(words, ensure_ascii=False) for words in short_help(transition))
            lines += [f'    "{transition.command}": (', f"        {ja},", f"        {en},", "    ),"]
    return "\n".join([*lines, "}", ""])


if __name__ == "__main__":
    TARGET.write_text(source(), encoding="utf-8")
