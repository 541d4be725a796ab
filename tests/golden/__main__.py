"""``python -m tests.golden``: keep the golden file of the form that this checkout writes; once written it stays."""

import json
import sys
from typing import Any

from tasks.bell import bulk_bell, letter_bell, letter_bells, order_bell
from tasks.publish import envelope
from tests.golden import KINDS, file_of, golden, sample, shapes
from workflows.engine.codec import written
from workflows.engine.schemas import SCHEMA

CASE = "26-000017-Y"


def main() -> int:
    """Write the file, unless it is there; return 1 where it is there and the code writes something else by now."""
    file = file_of(SCHEMA)
    if file.exists():
        if golden(SCHEMA).shapes == shapes():
            sys.stdout.write(f"{file.name} is there already, and this checkout writes that form\n")
            return 0
        sys.stderr.write(
            f"{file.name} is kept, and this checkout writes something else: raise SCHEMA in "
            "workflows/engine/schemas.py, add to CHANGES what readers of older forms must know, and run this again\n"
        )
        return 1
    values = [[what, written(sample(kind, whole=whole))] for what, kind in KINDS.items() for whole in (True, False)]
    kept = {"shapes": shapes(), "values": values, "bells": _bells()}
    file.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{file.name} written\n")
    return 0


def _bells() -> list[dict[str, Any]]:
    rung = [
        order_bell("receive_forms", f"{CASE}.receive-forms.1", CASE, 7),
        letter_bell(CASE, 12),
        *letter_bells([(CASE, effect, 2) for effect in range(1, 12)]),
        bulk_bell("1A2B3C4D-9", 3, 14),
    ]
    messages = []
    for bell in rung:
        message = envelope(bell)
        message["headers"]["origin"] = "1@desk.example"
        messages.append({"queue": bell.queue, "message": message})
    return messages


if __name__ == "__main__":
    sys.exit(main())
