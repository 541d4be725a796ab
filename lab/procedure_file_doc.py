"""``python -m lab.procedure_file_doc``: write docs/procedure-file.md from the keys the readers ask for."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum

from settings import PROJECT
from workflows.office.declared import Key, declared
from workflows.office.reading import KEYS, PARTS

TARGET = PROJECT / "docs" / "procedure-file.md"
MANY = 8
"""So many keys of one table that take the same are shown as one."""

HEAD = """\
# procedure.toml

Made from [`workflows/office/`](../workflows/office) by `.venv/bin/python -m lab.procedure_file_doc`; do not edit. A
test fails when the two differ. Why it is so: [ADR 0044](adr/0044-an-offices-own-procedure.md).

An office writes down the procedure it publishes, and works by exactly that: the file says how a request begins, on
which forms, for what fee, with which papers, how and by when the answer goes out. What the file leaves out is as
the built-in procedure has it; without a file everything is.

```sh
./admin.py procedure check             # MADOGUCHI_HOME/procedure.toml: its faults, or what it would change
./admin.py procedure adopt             # a lead: in force from the day it names
./admin.py procedure show --at 2027-01-04
```

- **Dated.** `from` is the first day it is in force. A case begins under the procedure in force on the day its first
  contact  was received, and keeps it: an adoption moves no deadline of an open case. Nothing is adopted from a day
  since which cases  began; `--from` names another day than the file's.
- **For one law.** Cases begin under the law the file names, unless `open` names another: then the built-in
  procedure holds  for them, because this file was checked against its own law alone.
- **The way back** leads forward: `adopt --again SHA256` brings an earlier version back, `adopt --source` the
  built-in  procedure, both from a day on.
- **Kept as it was.** The text, its SHA-256, who adopted it and when stand in the database, rows are only ever
  added, and the  office's log has a line for each. A case names the digest it began under; `doctor` and `audit
  verify` hold all of it  together. The file in the home may be edited at any time: `status`, `doctor` and
  `procedure show` say that it differs.
- **Refused** is what the law forbids, with the article, what would leave a case waiting without an end, and every
  key nobody  knows; all faults are told at once.

Times are written as `{ weeks = 2 }`, one unit and one whole number. Where several words may stand, `"all"` is every
one. A text is one line of at most 400 characters; what people read is given in Japanese and in English.
"""
KINDS = {
    "text": "text",
    "texts": "list of texts",
    "number": "whole number",
    "flag": "true or false",
    "day": "day",
    "table": "table",
    "rows": "rows, each under `[[{name}]]`",
    "own": "see there",
}
TITLES = {
    "start": "How a request begins",
    "fees": "Fees",
    "proof": "Identity and representation",
    "answer": "The answer",
    "times": "Times",
    "desks": "Steps and windows",
    "execution": "Decision and execution",
    "papers": "The papers afterwards",
    "publication": "What is published",
}


def page() -> str:
    """Return the page."""
    parts = [
        HEAD,
        _section("The file as a whole", "", [f"| `{key}` | {_cell(said)} |" for key, said in KEYS.items()], 2),
    ]
    for name, keys in declared().items():
        if keys:
            about = (PARTS[name].__doc__ or "").split("\n\n")[0].replace("\n", " ")
            parts.append(_section(TITLES.get(name, name), about, _rows(keys, meanings(PARTS[name].KEYS)), 4))
    return "\n".join(parts)


def _section(title: str, about: str, rows: Iterable[str], columns: int) -> str:
    heads = ("key", "means") if columns == 2 else ("key", "may be", "left out", "means")
    table = [f"| {' | '.join(heads)} |", f"|{'---|' * columns}", *rows]
    return "\n".join([f"## {title}", "", *([about, ""] if about else []), *table, ""])


def meanings(keys: Mapping[str, str]) -> dict[str, str]:
    """Return what each key means; those that are told together each have the same."""
    return {place.strip(): said for places, said in keys.items() for place in places.split(",")}


def undocumented(keys: Iterable[str], said: Mapping[str, str]) -> list[str]:
    """Return the keys that have no meaning, nor are named where the meaning of a table above them is told."""
    return [place for place in keys if place not in said and not _told(place, said)]


def _told(place: str, said: Mapping[str, str]) -> bool:
    if any(other.startswith(f"{place}.") for other in said):  # a table whose keys are told
        return True
    parts = place.split(".")
    above = [".".join(parts[:end]) for end in range(len(parts) - 1, 0, -1)]
    words = [f"`{part}" for part in parts[-2:]] + ["{ "]
    return any(word in said.get(table, "") for table in above for word in words)


def _rows(keys: Mapping[str, Key], said: Mapping[str, str]) -> Iterator[str]:
    folded = set()
    for place, key in keys.items():
        table = place.rpartition(".")[0]
        alike = [one for one in keys.values() if one.place.rpartition(".")[0] == table and _alike(one, key)]
        if len(alike) > MANY:
            if (table, key.kind) not in folded:
                folded.add((table, key.kind))
                yield _row(f"{table}.NAME", key, said.get(table, ""))
        else:
            yield _row(place, key, said.get(place, ""))


def _alike(one: Key, other: Key) -> bool:
    return (one.kind, one.words, one.default, one.required) == (other.kind, other.words, other.default, other.required)


def _row(place: str, key: Key, meaning: str) -> str:
    return f"| `{place}` | {_kind(key)} | {_left_out(key)} | {_cell(meaning)} |"


def _kind(key: Key) -> str:
    words = ", ".join(f"`{word}`" for word in key.words)
    if key.kind == "words":
        return f"some of {words}"
    if key.kind == "word":
        return words
    if key.kind == "period":
        return f"`{{ {key.words[0]} = 2 }}`, in {words}"
    return KINDS[key.kind].format(name=key.place)


def _left_out(key: Key) -> str:
    if key.required:
        return "must be there"
    if key.default in (None, (), ""):
        return "-"
    values = key.default if isinstance(key.default, tuple) else (key.default,)
    if len(values) == len(key.words) > 1:
        return "all"
    order = {word: number for number, word in enumerate(key.words)}  # a set has none
    shown = sorted(map(_plain, values), key=lambda value: order.get(value, 0))
    return ", ".join(f"`{value}`" for value in shown)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value.value) if isinstance(value, Enum) else str(value)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{TARGET}\n")
