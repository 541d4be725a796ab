"""The day's page, told: one screen."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from services.reports.words import nouns
from services.reports.worklist_page import job_words, law_words, worklist_page
from workflows.engine.jobs import Todo
from workflows.lines import Line, Table, item, title
from workflows.tongue import Tongue

Told = Mapping[str, Any]


def today_page(told: Told, tongue: Tongue) -> Iterator[Line | Table]:
    """Say what the day brings, as ``services.reports.today.today`` tells it."""
    yield _head(told, tongue)
    if not told["any_cases"]:
        yield from (Line(tongue.tell(f"today.nothing_yet.{part}")) for part in ("head", "open", "import", "scan"))
        return
    yield from _jobs(told, tongue)
    yield from _post(told, tongue)
    yield from _law(told["law"], tongue)
    yield from _holds(told["holds"], tongue)
    yield from _people(told, tongue)
    if told["mine"]:
        yield title(tongue.tell("today.mine_first"))
        yield from worklist_page(told["mine"], tongue)[:1]


def _head(told: Told, tongue: Tongue) -> Line:
    who = told["who"]
    day, hour = told["at"][:10], told["at"][11:16]
    roles = nouns("role", who["roles"], tongue.language) if who["roles"] else tongue.tell("today.no_role")
    code = "today.head" if told["working_day"] else "today.head_closed"
    return title(tongue.tell(code, day=day, time=hour, name=who["name"], roles=roles))


def _jobs(told: Told, tongue: Tongue) -> Iterator[Line | Table]:
    """Say in how many cases each job is next, and what to type to see them."""
    shown = [(todo, counts) for todo, counts in told["todos"].items() if counts["all"]]
    if not shown:
        yield Line(tongue.tell("today.nothing_to_do"), colour="green")
        return
    names = ("todo", "all", "overdue", "mine", "unassigned", "line")
    heads = [tongue.tell(f"today.head_of.{name}") for name in names]
    rows = [
        [
            tongue.noun(f"todo.{todo}"),
            *(f"{_number(counts[name], told):>6}" for name in ("all", "overdue", "mine", "unassigned")),
            _line_for(Todo(todo)),
        ]
        for todo, counts in shown
    ]
    yield Table(heads, rows, (), ["red" if counts["overdue"] else "" for _, counts in shown])


def _line_for(todo: Todo) -> str:
    """Return what to type next: the list, or where one command does them all, that one."""
    whole = {Todo.PRINT: "./admin.py print --out DIR", Todo.REGISTER: "./admin.py list --todo register"}
    return whole.get(todo, f"./admin.py list --todo {todo}")


def _number(count: int, told: Told) -> str:
    return f"{count}+" if count >= told["counted_to"] else str(count)


def _post(told: Told, tongue: Tongue) -> Iterator[Line]:
    """Say what came in and what goes out."""
    arrived, letters = told["arrived"], told["letters"]
    if arrived["tray"]:
        count, late = _number(arrived["tray"], told), _number(arrived["tray_late"], told)
        yield Line(tongue.tell("today.tray", count=count, late=late), colour="yellow" if arrived["tray_late"] else "")
    if letters["print"] or letters["post"]:
        counts = {name: _number(letters[name], told) for name in ("print", "post", "late")}
        colour = "yellow" if letters["late"] else ""
        yield Line(
            tongue.tell("today.letters", print=counts["print"], post=counts["post"], late=counts["late"]), colour=colour
        )


def _law(law: Told, tongue: Tongue) -> Iterator[Line]:
    lines = []
    for line in law["lines"]:
        cells = (line["case"], law_words(line, tongue), job_words(line, tongue), line["owner"] or "-")
        passed = line["legal"] is not None and line["legal"]["passed"]
        lines.append(("  ".join(cells), "red" if passed else ""))
    yield from _listed(law, "today.law", lines, tongue)


def _holds(holds: Told, tongue: Tongue) -> Iterator[Line]:
    yield from _listed(
        holds,
        "today.holds",
        [
            (f"{line['case']}  {line['until']}  {tongue.noun('hold.' + line['code'])}  {line['owner'] or '-'}", "")
            for line in holds["lines"]
        ],
        tongue,
    )


def _listed(what: Told, head: str, lines: Sequence[tuple[str, str]], tongue: Tongue) -> Iterator[Line]:
    if not lines:
        return
    yield title(tongue.tell(head))
    yield from (item(text, colour=colour) for text, colour in lines)
    if what["more"]:
        yield item(tongue.tell("today.and_more"), colour="grey")


def _people(told: Told, tongue: Tongue) -> Iterator[Line]:
    """Say what was told to whom and not read, and who is away."""
    unread = told["notices"]
    if unread:
        listed = tongue.listed(
            tongue.tell("today.notices_of", role=tongue.noun(f"role.{role}"), count=_number(count, told))
            for role, count in unread.items()
        )
        yield Line(tongue.tell("today.notices", listed=listed))
    for one in told["away"]:
        code = "today.away_open" if one["until"] is None else "today.away"
        yield Line(tongue.tell(code, name=one["name"], substitute=one["substitute"], until=one["until"] or ""))
