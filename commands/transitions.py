"""The steps of a case as commands, made from the workflow definition: a new transition needs no line here.

Those of the office's main procedure are commands by themselves, those of another are commands of a group of its name.

What a person may type follows from the payload's fields. A payload that holds groups of data (people, papers, outcomes)
comes as a file, because a command line is seen by everybody on the machine; of such a payload only the form code, which
says nothing by itself, may be an option.
"""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from types import NoneType
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

import click

from commands.context import WRONG, call, fails, said
from commands.examples import example, typed_as
from commands.office import case_named, own_words
from commands.output import note, tell_faults
from commands.places import Place
from commands.shape import Command, Option
from commands.usage import free_words
from services.intake import fields as known_fields
from workflows.engine.machine import Transition
from workflows.engine.procedure import Procedure
from workflows.engine.values import Role
from workflows.helps import help_code
from workflows.words import beside_help, is_worded

BESIDE_A_FILE = frozenset({"code", "why"})
FREE_WORDS = frozenset({"reason", "why"})
"""What a person says in words of their own."""
OPTION_NAMES = {"mail_class": "class"}
"""Where the option has another name than the field."""


def made(command: str) -> click.Command | None:
    """Return the command of that name: a transition of the main procedure, or the steps of another; None: neither.

    Raises BadDefinition where a name could mean two.
    """
    from workflows import registry

    main, *others = registry.procedures()
    named = {registry.group_command(each.name): each for each in others}
    if command in named:
        from commands.groups import Steps

        return Steps(named[command])
    return step(main, command)


def step(procedure: Procedure, command: str) -> click.Command | None:
    """Return the command that orders the transition of this name; None where staff can order none."""
    transitions = procedure.machine.transitions.values()
    transition = next((each for each in transitions if each.by_staff and each.command == command), None)
    return None if transition is None else make(procedure, transition)


def make(procedure: Procedure, transition: Transition) -> click.Command:
    """Return the command that orders this transition."""
    others = _variants(procedure, transition)

    def carry_out(case: str | None = None, **given: Any) -> int:
        chosen = _chosen(procedure, transition, others, given)
        return _order(procedure, chosen, case, given)

    parameters: list[click.Parameter] = []
    if not transition.opens or _about_a_case(transition):
        # Not "required" by click: a missing number is told together with everything else that is wrong.
        parameters.append(click.Argument(["case"], required=False, metavar="CASE"))
    parameters += [*_own_options(procedure, transition, others), *_more_options(procedure, transition, others)]
    parameters += [*_shorter(procedure, transition), *_ways(procedure)]
    return Command(
        transition.command,
        params=parameters,
        callback=carry_out,
        words=help_code(procedure.machine, transition),
        text=transition.text,
        examples=beside_help(procedure.name, "EXAMPLES").get(transition.name, (_example(procedure, transition),)),
        file=beside_help(procedure.name, "FILES").get(transition.name, ""),
        for_departments=Role.HOLDER in transition.roles,
    )


def _about_a_case(transition: Transition) -> bool:
    """Whether what is opened belongs to a case there is, named first: the field ``case`` of its payload."""
    return transition.opens and transition.typed.split()[1:2] == ["CASE"]


def _beside_a_file(transition: Transition) -> set[str]:
    """Return the fields that may be said on a command line beside a file: they say nothing of anybody."""
    named = {word.removeprefix("--").replace("-", "_") for word in transition.typed.split()[2:] if word[:2] == "--"}
    return {*BESIDE_A_FILE, *(named if transition.opens else ())}


def _variants(procedure: Procedure, transition: Transition) -> dict[str, Transition]:
    """Return the steps that are typed as this one with a flag, by the flag: ``receive-forms CASE --again``."""
    found: dict[str, Transition] = {}
    for each in procedure.machine.transitions.values():
        words = each.typed.split()
        if each.opens:
            continue
        flag = words[2].removeprefix("--") if words[:2] == [transition.command, "CASE"] and len(words) > 2 else "file"
        if flag != "file" and flag not in {field.name.replace("_", "-") for field in fields(each.payload)}:
            found.setdefault(flag, each)
    return found


def _own_options(procedure: Procedure, transition: Transition, others: Mapping[str, Transition]) -> Iterator[Option]:
    """Yield the options of the step itself; each says beside which flags of other steps nobody needs it."""
    of_others = {flag: {option.name for option in payload_options(procedure, each)} for flag, each in others.items()}
    for option in payload_options(procedure, transition):
        option.needless_with = [f"--{flag}" for flag, names in of_others.items() if option.name not in names]
        yield option


def _more_options(
    procedure: Procedure, transition: Transition, others: Mapping[str, Transition]
) -> Iterator[click.Option]:
    """Yield the flags of such steps, and what their orders carry beside."""
    known = {option.name for option in payload_options(procedure, transition)}
    for flag, other in others.items():
        yield _option(procedure, flag, is_flag=True)
        for option in payload_options(procedure, other):
            if option.name not in known:
                known.add(option.name)
                option.needed = False  # only with its flag
                yield option


def _chosen(
    procedure: Procedure, transition: Transition, others: Mapping[str, Transition], given: dict[str, Any]
) -> Transition:
    """Return the step that is meant, and take out of what was *given* all that is not its own.

    Ends the call where two are meant at once, or where something was given that does not go with it.
    """
    from services.intake import Fault

    flags = [flag for flag in others if given.pop(flag)]
    chosen = others[flags[0]] if flags else transition
    taken = {field.name for field in fields(chosen.payload)} | {"key", "wait", "dry_run"}
    taken |= {"file"} if by_file(chosen) else set()
    taken |= {str(option.name) for option in _shorter(procedure, chosen)}
    faults = [Fault(f"--{flag}", said("transitions.one_of_them", others=flags)) for flag in flags[1:]]
    for name in [name for name in given if name not in taken]:
        if given.pop(name):
            told = (
                said("transitions.not_with", flag=flags[0])
                if flags
                else said("transitions.only_with", others=[*others])
            )
            faults.append(Fault(_option_of(name), told))
    if faults:
        raise tell_faults(faults)
    return chosen


def _example(procedure: Procedure, transition: Transition) -> str:
    needed = [] if by_file(transition) else [one for one in payload_options(procedure, transition) if one.needed]
    return example(procedure, transition, needed, file=by_file(transition))


def by_file(transition: Transition) -> bool:
    """Whether what the order carries is too much, or too personal, for a command line.

    Whatever opens a case tells of somebody.
    """
    hints = _hints(transition.payload)
    said_so = (transition.opens and bool(hints)) or "--file" in transition.typed.split()
    return said_so or any(_is_nested(hint) for hint in hints.values())


# -- options --------------------------------------------------------------------------------------------------------


def payload_options(procedure: Procedure, transition: Transition) -> list[Option]:
    """Return the options by which a person says what the order carries."""
    made: list[Option] = []
    hints = _hints(transition.payload)
    nested = by_file(transition)
    if nested:
        made.append(_option(procedure, "file", metavar="FILE", type=Place(dash=True)))
    made += [
        _field_option(
            procedure, known_fields.place(transition.payload, field.name), hints[field.name], needed=_is_needed(field)
        )
        for field in fields(transition.payload)
        if not nested or field.name in _beside_a_file(transition)
    ]
    return made


def _ways(procedure: Procedure) -> list[click.Option]:
    """Return the options that say how an order is given."""
    return [
        _option(procedure, "key", metavar="KEY"),
        _option(procedure, "wait", metavar="SECONDS", type=click.FloatRange(min=0), default=10.0),
        _option(procedure, "dry_run", is_flag=True),
    ]


def _is_needed(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _field_option(procedure: Procedure, where: str, hint: Any, *, needed: bool) -> Option:
    field = where.rpartition(".")[2]
    kind = _only(hint)
    repeatable = get_origin(kind) is tuple
    item = _only(get_args(kind)[0]) if repeatable else kind
    attributes: dict[str, Any] = {"multiple": repeatable, "needed": needed}
    if item is bool:
        attributes = {"is_flag": True}  # left out it says no, needed or not
    elif isinstance(item, type) and issubclass(item, StrEnum):
        attributes["type"] = _Word(_choices(where, item))
    elif isinstance(item, type) and issubclass(item, date):
        attributes["metavar"] = "TIME" if issubclass(item, datetime) else "DATE"
    else:
        attributes["metavar"] = {
            "what": "GAP",
            "missing": "GAP",
            "reason": "TEXT",
            "why": "TEXT",
            "address_shown_by": "TYPE",
        }.get(field, field.upper())
    return _option(procedure, OPTION_NAMES.get(field, field), field=field, **attributes)


def _option(procedure: Procedure, name: str, *, field: str | None = None, **attributes: Any) -> Option:
    declared = [f"--{name.replace('_', '-')}", field or name]
    own = f"{procedure.name}.option.{name}"
    return Option(declared, words=own if is_worded(own) else f"transitions.option.{name}", text=name, **attributes)


class _Word(click.ParamType[str]):
    """One of several words, offered for completion; whether it is one is told with all other faults."""

    name = "word"

    def __init__(self, words: list[str]) -> None:
        self.words = words

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        return f"[{'|'.join(self.words)}]"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(word) for word in self.words if word.startswith(incomplete)]


def _choices(where: str, kind: type[StrEnum]) -> list[str]:
    from services.intake.fields import SYSTEM_ONLY

    return [str(member) for member in kind if member not in SYSTEM_ONLY.get(where, frozenset())]


# -- from what was typed to a payload -------------------------------------------------------------------------------


class Ways(NamedTuple):
    """How an order is given, whatever it carries."""

    key: str | None
    wait: float
    dry_run: bool


def _parent(case: str | None) -> str:
    """Return the number of the case, of the main procedure, that a new one belongs to."""
    from services.intake import Fault
    from workflows.registry import HOMES

    if case is None:
        raise tell_faults([Fault("CASE", said("transitions.case_needed"))])
    return case_named(case, next(iter(HOMES)))


def _shorter(procedure: Procedure, transition: Transition) -> tuple[click.Option, ...]:
    from commands import shorthand

    short = shorthand.of(procedure, transition)
    return () if short is None else short.options


def _order(procedure: Procedure, transition: Transition, case: str | None, given: dict[str, Any]) -> int:
    from commands import shorthand
    from commands.interview import NotPossible
    from commands.ordering import Step, give, try_out

    ways = Ways(given.pop("key"), given.pop("wait"), given.pop("dry_run"))
    _check_key(ways.key)
    if _about_a_case(transition):
        given["case"], case = _parent(case), None
    short, told = shorthand.of(procedure, transition), None
    if short is not None:
        typed = shorthand.taken(short, given)
        walked = None if short.walk is None else short.walk(case, typed, ways)
        if walked is not None:
            return walked
        number = None if case is None else case_named(case, procedure.name)
        told = None if short.data is None else short.data(number, typed)
    try:
        payload = payload_of(procedure, transition, case, given, told)
    except NotPossible as no:
        return no.status
    number = None if transition.opens else case_named(case or "", procedure.name)
    step = Step(procedure, transition, payload, number)
    return try_out(step) if ways.dry_run else give(step, key=ways.key, wait=ways.wait)


def payload_of(
    procedure: Procedure,
    transition: Transition,
    case: str | None,
    given: dict[str, Any],
    told: dict[str, Any] | None = None,
) -> Any:
    """Return what the order carries; ends the call with every fault of the command line and the file at once.

    *told* stands in the place of a file.
    """
    from services.intake import BadInput, Fault, parse

    language, source = call().language, ""
    faults: list[Fault] = []
    notes: list[Fault] = []
    if case is None and not transition.opens:
        faults.append(Fault("CASE", said("transitions.case_needed")))
    for name in FREE_WORDS & given.keys():
        given[name] = free_words(given[name])
    data: Mapping[str, Any] = {name: _typed(value) for name, value in given.items() if name != "file" and value}
    if by_file(transition):
        source = given["file"] or ""
        if source and told is not None:
            raise tell_faults([Fault("--file", said("shorthand.no_file"))])
        if told is None:
            whole = not source and _whole(transition, data)
            told = {} if whole else _read(procedure, transition, source, case, data)
        read = told
        faults += [_contradicted(name) for name in data if read.get(name) not in (None, data[name])]
        read.update(data)
        data = read
    try:
        payload = parse(transition.payload, data, language=language, notes=notes, own=own_words)
    except BadInput as bad:
        faults += bad.faults if source else [Fault(_option_of(f.field), f.message) for f in bad.faults]
        payload = None
    if faults:
        raise tell_faults(faults, source if source != "-" else "")
    for one in notes:
        note(str(one))
    return payload


def _whole(transition: Transition, data: Mapping[str, Any]) -> bool:
    """Whether all that an order must carry was said on the command line: then it needs no file."""
    needed = {each.name for each in fields(transition.payload) if each.default is MISSING}
    needed -= {each.name for each in fields(transition.payload) if each.default_factory is not MISSING}
    return bool(needed) and needed <= data.keys()


def _read(
    procedure: Procedure, transition: Transition, source: str, case: str | None, given: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what the file holds; where there is none, a person at a terminal is asked instead.

    *given* stands on the command line, and is not asked. Raises NotPossible as `interview.step_asked` does.
    """
    from services.intake import load_file

    if source:
        return load_file(source, language=call().language)
    if case is not None or transition.opens:
        from commands.interview import step_asked

        number = None if case is None else case_named(case, procedure.name)
        asked = step_asked(procedure, transition, number, given)
        if asked is not None:
            return asked
    raise fails(
        WRONG,
        "file_needed",
        "transitions.file_needed",
        more={"faults": [{"line": None, "field": "--file", "message": said("transitions.needed")}]},
        command=typed_as(procedure, transition),
    )


def _contradicted(name: str) -> Any:
    from services.intake import Fault

    return Fault(
        f"--{name}",
        said("transitions.contradicted"),
    )


def _typed(value: Any) -> Any:
    """Return an option's value as the border reads it: words after one option may also be joined by commas."""
    if isinstance(value, tuple):
        return [word for part in value for word in part.split(",")]
    return value


def _option_of(field: str) -> str:
    name = field.partition("[")[0]
    return f"--{OPTION_NAMES.get(name, name).replace('_', '-')}" if name else field


def _check_key(key: str | None) -> None:
    if key is not None and not (key.strip() and key.isprintable() and len(key) <= 200):
        raise fails(WRONG, "bad_key", "transitions.bad_key")


def _hints(payload: type[Any]) -> dict[str, Any]:
    return get_type_hints(payload)


def _only(hint: Any) -> Any:
    """Return X of ``X | None``."""
    kinds = [argument for argument in get_args(hint) if argument is not NoneType]
    return kinds[0] if NoneType in get_args(hint) and len(kinds) == 1 else hint


def _is_nested(hint: Any) -> bool:
    kind = _only(hint)
    if get_origin(kind) is tuple:
        kind = _only(get_args(kind)[0])
    return get_origin(kind) is Mapping or kind is Mapping or (isinstance(kind, type) and is_dataclass(kind))
