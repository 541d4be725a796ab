"""``init``: the first start of an office, one question after the other, or from a file; at its end lies a letter.

Each part is carried out as soon as its summary is sent, whole or not at all, by what the commands of its own do: so
whoever is broken off begins again where they were, and an office that has something already keeps it.
"""

from typing import Any

import click

from commands.context import INTERRUPTED, REFUSED, WRONG, Failure, call, fails, interactive, said
from commands.first_steps import NotTheLead, Step, steps, the_office
from commands.output import answer, tell_faults
from commands.places import Place
from commands.prompting import tell
from commands.shape import command, option
from services.intake.beginning import Beginning, Part


@command("init", words="init.help", open_to_all=True)
@option("--file", metavar="FILE", type=Place(folder=False, dash=True), words="init.help.file")
@option("--replace", is_flag=True, words="init.help.replace")
@option("--letter", is_flag=True, words="init.help.letter")
def init(file: str | None, replace: bool, letter: bool) -> int:
    """Begin an office."""
    from services.office import caller

    caller.present().by_itself()
    if not caller.present().is_the_office:
        raise fails(REFUSED, "not_the_office", "init.not_the_office")
    if file is None and not interactive():
        message = said("init.nobody_to_ask")
        raise Failure(WRONG, "file_needed", message, faults=[{"line": None, "field": "--file", "message": message}])
    _must_fit()
    if file is not None:
        return _from_file(file, replace=replace)
    return _asked(again=letter)


def _must_fit() -> None:
    """End the call where no office could be founded, before anything is asked or written."""
    from commands.founding import cannot, unwritable
    from services.office.founding import CannotFound, must_fit
    from settings import settings

    if the_office() is not None:
        return
    try:
        must_fit(settings())
    except CannotFound as no:
        raise cannot(no) from None
    except OSError as error:
        if hasattr(error, "reason"):
            raise
        raise unwritable(error) from error


def _carry_out(step: Step[Any], found: Any) -> None:
    from commands.founding import unwritable

    try:
        told = step.do(found)
    except OSError as error:
        if hasattr(error, "reason"):  # the keystore says itself what is wrong
            raise
        raise unwritable(error) from error
    for line in told:
        tell(line)


# -- asked --------------------------------------------------------------------------------------------------------


def _asked(*, again: bool) -> int:
    from commands.asking import Left

    tell(said("init.welcome"))
    done: list[str] = []
    for number, step in enumerate(steps(again=again), 1):
        try:
            _one(number, step, done)
        except NotTheLead as other:
            answer({"done": done, "lead": other.lead}, ["", said("init.for_the_lead", lead=other.lead)])
            return 0
        except (Left, click.Abort, KeyboardInterrupt):
            raise fails(INTERRUPTED, "interrupted", "init.left", done=_listed(done)) from None
    _ended(done, [])
    return 0


def _one(number: int, step: Step[Any], done: list[str]) -> None:
    click.echo("", err=True)
    tell(said("init.part", number=number, count=len(Part), part=said(f"init.part.{step.part}")))
    standing = step.standing()
    if standing is not None:
        tell(f"{said('init.done_already')} {standing}")
        return
    for line in step.told():
        tell(line)
    _carry_out(step, step.asked(instructed=not done))
    done.append(str(step.part))


def _listed(done: list[str]) -> str:
    return said("init.kept", parts=[said(f"init.part.{part}") for part in done]) if done else said("init.nothing_kept")


# -- from a file --------------------------------------------------------------------------------------------------


def _from_file(file: str, *, replace: bool) -> int:
    from services.intake import BadInput, Fault, load_file, parse

    try:
        data = load_file(file, language=call().language)
        given = parse(Beginning, data, language=call().language)
    except BadInput as bad:
        raise tell_faults(bad.faults, file) from None
    answers = {step: found for step in steps(replace=replace) if (found := step.given(given)) is not None}
    faults = [
        Fault(str(step.part), wrong, data.lines.get(str(step.part)))
        for step, found in answers.items()
        for wrong in step.wrong(found)
    ]
    if faults:
        raise tell_faults(faults, file)
    return _carried_out(answers)


def _carried_out(answers: dict[Step[Any], Any]) -> int:
    done, already = [], []
    for step, found in answers.items():
        if step.stands(found):
            already.append(str(step.part))
            continue
        _carry_out(step, found)
        done.append(str(step.part))
    _ended(done, already)
    return 0


# -- the end ------------------------------------------------------------------------------------------------------


def _ended(done: list[str], already: list[str]) -> None:
    from commands.first_days import letters

    files = letters()
    lines = ["", said("init.all_done"), ""]
    lines += [said("init.letter", path=path, pages=pages) for path, pages in files]
    lines += said("init.look").split("\n") if files else []
    lines += ["", *said("init.next").split("\n")]
    document = {
        "done": done,
        "already": already,
        "letters": [{"file": str(path), "pages": pages} for path, pages in files],
    }
    answer(document, lines)
