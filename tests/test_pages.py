"""The pages name what there is: files, functions, rooms of the house and their order."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from settings import PROJECT
from tests.checkouts import Whole
from tests.pages import DOCS, FENCE, blocks
from tests.recipes import RECIPES, recipe
from tests.test_docs import each_page
from tests.test_imports import ROOMS
from workflows.registry import HOMES

FOLDERS = [path.name for path in PROJECT.iterdir() if (path / "__init__.py").exists()] + [
    "docs",
    "samples",
    "templates",
]
PLACE = re.compile(rf"((?:{'|'.join(FOLDERS)})/[\w./*-]*|\w[\w./-]*\.(?:py|toml|typ|j2|yml))(?:: (\w+))?")
ELSEWHERE = {"chain.py"}
"""Files of others: what an auditor calls the recipe."""


@cache
def places(name: str) -> list[Path]:
    """Return the files or folders of that name; a bare name may lie in any folder of ours."""
    if "/" in name:
        return list(PROJECT.glob(name.rstrip("/")))
    return [path for folder in FOLDERS for path in (PROJECT / folder).rglob(name)] + list(PROJECT.glob(name))


def named_files(page: Path) -> Iterator[tuple[str, str]]:
    """Yield what a page names in backticks that looks like a file or folder of ours, and the function named in it."""
    for words in re.findall(r"`([^`\n]+)`", FENCE.sub("", page.read_text(encoding="utf-8"))):
        place = PLACE.fullmatch(words.removeprefix("./"))
        if place is not None:
            yield place[1], place[2] or ""


def of_recipes() -> set[str]:
    """Return the files that the recipes of CONTRIBUTING.md make."""
    return {change.path for heading in RECIPES for change in recipe(heading).changes if isinstance(change, Whole)}


@each_page
def test_every_file_a_page_names_is_there_and_has_the_function_it_names(page: Path) -> None:
    if page.name == "CHANGELOG.md":
        return  # it tells of files as they were then
    wrong = []
    for name, function in set(named_files(page)) - {(path, "") for path in of_recipes() | ELSEWHERE}:
        found = places(name)
        defined = re.compile(rf"^ *(?:def|class) {function}\b", re.MULTILINE)
        if not found or (function and not defined.search(found[0].read_text(encoding="utf-8"))):
            wrong.append(f"{name}: {function}")

    assert sorted(wrong) == []


# -- the house ----------------------------------------------------------------------------------------------------


def drawn() -> set[tuple[str, str]]:
    """Return the arrows between rooms in the picture of the house, a procedure's rooms under the first one's name."""
    (picture,) = [each for each in blocks(DOCS / "architecture.md", "mermaid") if each.startswith("flowchart")]
    lines = [line.strip().split(" --> ") for line in picture.splitlines() if "-->" in line]
    arrows = {(one, other) for left, right in lines for one in left.split(" & ") for other in right.split(" & ")}
    name = next(iter(HOMES))
    return {
        (one.replace("procedure", name), other.replace("procedure", name))
        for one, other in arrows
        if "." in one and "." in other
    }


def test_the_picture_of_the_house_has_the_rooms_and_their_order() -> None:
    rooms = {".".join(Path(room).with_suffix("").parts[:2]): below for room, below in ROOMS.items()}
    guests = {room for home in list(HOMES.values())[1:] for room in home}

    def stands_on(room: str) -> set[str]:
        return rooms[room] | {far for near in rooms[room] for far in stands_on(near)}

    straight = {
        (below, room)
        for room in rooms.keys() - guests
        for below in rooms[room]
        if not any(below in stands_on(between) for between in rooms[room] - {below})
    }

    assert drawn() == straight


def test_the_table_of_the_house_has_every_room() -> None:
    page = (DOCS / "architecture.md").read_text(encoding="utf-8")
    table = re.search(r"^\| room \|.*?\n\n", page, re.MULTILINE | re.DOTALL)
    assert table is not None

    named = [
        words for row in re.findall(r"^\|([^|]*)\|", table[0], re.MULTILINE) for words in re.findall(r"`(.+?)`", row)
    ]
    told = {name.rstrip("/") for name in named}

    guests = {room.replace(".", "/") for home in list(HOMES.values())[1:] for room in home}
    assert ROOMS.keys() - guests - told == set()
    assert {name.partition("/")[0] for name in told} >= {"models", "tasks", "commands", "desk", "lab", "templates"}
