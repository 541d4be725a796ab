"""``python -m tests.security.page``: write the tables of docs/security.md from the stories; a test keeps them true.

What stands between ``<!-- made: NAME -->`` and ``<!-- end -->`` is made anew; everything else on the page is ours.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from settings import PROJECT
from tests.security.stories import Person, Story, campaign, decisions, people, stories

TARGET = PROJECT / "docs" / "security.md"
BLOCK = re.compile(r"(<!-- made: (?P<name>[\w ]+) -->\n).*?(<!-- end -->)", re.DOTALL)
HEADS = {
    "people en": "| who | what they control | what stops them | what remains |",
    "people ja": "| だれ | 握っているもの | 止めるもの | それでも残ること |",
    "stories en": "| | who | what was tried | what was answered | where it is decided | what shows it |",
    "stories ja": "| | だれ | 試したこと | 答え |",
    "campaign en": "| attacks tried | held | succeeded, then mended | known and open |",
    "campaign ja": "| 試した攻撃 | 防いだもの | 通ったため直したもの | 分かっていて残るもの |",
}


def page(text: str) -> str:
    """Return the page with every made block made anew. Raises KeyError for a block of an unknown name."""
    return BLOCK.sub(lambda block: f"{block[1]}{table(block['name'])}{block[3]}", text)


def table(name: str) -> str:
    """Return the lines of one made block."""
    kind, _, language = name.partition(" ")
    rows = ROWS[kind](language)
    if kind == "counts":
        return "".join(f"{line}\n" for line in rows)
    head = HEADS[name]
    return "".join(f"{line}\n" for line in (head, "|---" * (head.count("|") - 1) + "|", *rows))


def _people(language: str) -> Iterator[str]:
    for person in people():
        yield _row((f"**{person.name[language]}**", person.controls, person.stops, person.remains), language)


def _stories(language: str) -> Iterator[str]:
    named = {person.id: person for person in people()}
    for story in stories():
        yield _row(_cells(story, named[story.by], language), language)


def _cells(story: Story, person: Person, language: str) -> Iterator[object]:
    yield f"**{story.id}**{' †' if story.once else ''}"
    yield person.name
    yield story.tried
    opening, closing = ("「", "」") if language == "ja" else ("“", "”")
    quotes = [
        # The database's own words are their own code.
        f"{opening}{sentence}{closing}{f' `{code}`' if code != sentence else ''}"
        for code, sentence in story.quotes(language)
    ]
    yield "<br>".join([story.answered[language], *quotes])
    if language == "en":
        yield "<br>".join([*map(_place, story.at), ", ".join(map(_reference, story.see))])
        yield "<br>".join(map(_test, story.shown))


def _campaign(_: str) -> Iterator[str]:
    results = [attack.result for attack in campaign()]
    yield f"| {len(results)} | {results.count('held')} | {results.count('mended')} | {results.count('open')} |"


def _counts(language: str) -> Iterator[str]:
    told = stories()
    outside = sum(story.id.startswith("I") for story in told)
    once = sum(story.once for story in told)
    if language == "ja":
        yield f"全部で {len(told)} 件：外からのもの {outside} 件、内からのもの {len(told) - outside} 件。"
        yield f"† を付けた {once} 件は、最初に試したときには通りました。"
    else:
        yield f"There are {len(told)} of them: {outside} from outside, {len(told) - outside} from inside."
        yield f"{once}, marked †, succeeded on this product when they were first tried."


ROWS: dict[str, Callable[[str], Iterable[str]]] = {
    "people": _people, "stories": _stories, "campaign": _campaign, "counts": _counts,
}  # fmt: skip


def _place(place: str) -> str:
    path, _, name = place.partition(":")
    return f"[{Path(path).name}{f': {name}' if name else ''}](../{path})"


def _reference(number: str) -> str:
    files = {name: f"adr/{path.name}" for name, path in decisions()}
    return f"[{number}]({files.get(number, 'requirements.md')})"


def _test(test: str) -> str:
    path, _, name = test.partition("::")
    return f"[{name.removeprefix('test_').replace('_s_', '’s ').replace('_', ' ')}](../{path})"


def _row(cells: Iterable[object], language: str) -> str:
    told = [cell if isinstance(cell, str) else cell[language] for cell in cells]  # type: ignore[index]  # Said
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in told) + " |"


def main(target: Path = TARGET) -> int:
    """Write the page."""
    target.write_text(page(target.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
