"""What monitors read, written down: in the text format of Prometheus (version 0.0.4), and as one JSON document.

The format is a dozen lines; the library that writes it elsewhere takes 100 ms to load, which each answer would pay.
Its reader is what the tests hold these lines against.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from services.reports.metrics import METRICS, Sample
from workflows.tongue import Tongue


def exposition(found: Sequence[Sample], tongue: Tongue) -> Iterator[str]:
    """Yield the lines: of each metric what it means, what kind it is, and its numbers."""
    for name, same in groupby(found, key=lambda one: one.name):
        metric = METRICS[name]
        yield f"# HELP {name} {_escaped(_meaning(name, tongue))}"
        yield f"# TYPE {name} {metric.kind}"
        for one in same:
            pairs = zip(metric.labels, one.labels, strict=True)
            labels = ",".join(f'{label}="{_escaped(value, quoted=True)}"' for label, value in pairs)
            yield f"{name}{{{labels}}} {_number(one.value)}" if labels else f"{name} {_number(one.value)}"


def document(found: Sequence[Sample], tongue: Tongue) -> dict[str, Any]:
    """Return the same as JSON; what was never done has no age: null."""
    return {
        "metrics": [
            {
                "name": name,
                "kind": METRICS[name].kind,
                "help": _meaning(name, tongue),
                "samples": [
                    {
                        "labels": dict(zip(METRICS[name].labels, one.labels, strict=True)),
                        "value": one.value if math.isfinite(one.value) else None,
                    }
                    for one in same
                ],
            }
            for name, same in groupby(found, key=lambda one: one.name)
        ]
    }


def _meaning(name: str, tongue: Tongue) -> str:
    return tongue.tell(f"metrics.{name.removeprefix('madoguchi_')}")


def _escaped(text: str, *, quoted: bool = False) -> str:
    text = text.replace("\\", r"\\").replace("\n", r"\n")
    return text.replace('"', r"\"") if quoted else text


def _number(value: float) -> str:
    if math.isinf(value):
        return "+Inf"
    return str(int(value)) if value == int(value) else repr(round(value, 6))
