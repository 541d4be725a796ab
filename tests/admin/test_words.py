"""What is put together at run time is worded too, and so is the help of every step."""

import json
import re
from dataclasses import MISSING, fields
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest

from commands.shape import Option
from commands.transitions import make, payload_options
from services.intake import load_file, parse
from settings import PROJECT
from tests.office import CLERK, TestOffice
from workflows.engine.values import Reason
from workflows.registry import of_number
from workflows.request.payloads import Hold
from workflows.request.procedure import PROCEDURE, request
from workflows.request.values import CodeState, HoldReason
from workflows.request.words.help import EXAMPLES, FILES
from workflows.words import is_worded, noun, say, tell
from workflows.words.remarks import remarked

SUSPICIONS = re.findall(r'Suspicion\("(\w+)"', (PROJECT / "services/request/fraud.py").read_text(encoding="utf-8"))


def built_codes() -> list[str]:
    """Return the codes that are put together from a word and a name."""
    chased = [name for name, state in request.states.items() if any(d.fires == "escalate" for d in state.deadlines)]
    clocks = [name for name, clock in request.clocks.items() if clock.deadline.fires == "escalate"]
    return [
        *(f"code_{state}" for state in CodeState if state not in (CodeState.GOOD, CodeState.NONE)),
        *(f"suspicion_{code}" for code in SUSPICIONS),
        *(f"notice.stalled_{state}" for state in chased),
        *(f"notice.{clock}" for clock in clocks),
        *(
            f"notice.{kind}_set_aside"
            for kind in ("order", "effect", "timer", "upgrade", "recount", "message", "letter")
        ),
        *(f"date.{name}" for name, clock in request.clocks.items() if clock.legal and not clock.warns),
    ]


def test_every_code_put_together_at_run_time_has_its_sentence() -> None:
    assert len(SUSPICIONS) >= 4
    names = [
        "case",
        "times",
        "letter",
        "cases",
        "state",
        "subject",
        "fault",
        "day",
        "law",
        "amount",
        "currency",
        "step",
        "window",
        "until",
        "what",
        "days",
    ]
    params = dict.fromkeys(names, "x")

    silent = [code for code in built_codes() if say(Reason(code, params), "ja") == code]

    assert silent == []


def test_what_the_clock_and_the_post_say_in_a_run_of_months_is_worded_in_both_languages(
    sqlite_url: str, home: Path
) -> None:
    office = TestOffice(sqlite_url, home)
    for state in ("contacted", "forms_returned", "id_verified"):
        office.in_state(state)
    office.mailed()
    office.must(office.opened(), "hold", Hold(reason=HoldReason.OTHER), by=CLERK)
    wrong, _ = office.mailed()
    office.must(wrong, "receive_forms", office.an_arrival("WRONG-CODE"))
    unposted = office.opened()
    office.make_letters(unposted)
    assert office.now is not None

    for _ in range(8):
        office.move_to((office.now + timedelta(days=6)).replace(hour=10))
        while office.sweep() + office.sweep(letters=True):
            pass

    told = [Reason(row.code, json.loads(row.params)) for row in office.ask("SELECT code, params FROM notice")]
    office.close()
    assert {reason.code for reason in told} >= {
        "notice.stalled_contacted", "notice.stalled_forms_returned", "notice.stalled_id_verified", "notice.unposted",
        "notice.warn", "notice.appi_39", "notice.hold_ended", "notice.hold_watch", "code_wrong",
    }  # fmt: skip
    for reason in told:
        for language in ("ja", "en"):
            sentence = say(reason, language)
            assert sentence != reason.code
            assert "{" not in sentence
            assert "state." not in sentence


def test_the_help_of_every_step_is_in_japanese_too_with_an_example_of_its_file() -> None:
    steps = {name: transition for name, transition in request.transitions.items() if transition.by_staff}
    worded = {name: tell(f"request.help.{name}", "en") for name in steps if is_worded(f"request.help.{name}")}

    assert worded == {name: transition.text for name, transition in steps.items()}
    assert EXAMPLES.keys() <= steps.keys()
    assert FILES.keys() == {"open", "amend", "receive_forms", "reopen", "receive_again", "decide", "correct_answer"}


def test_what_has_no_words_is_shown_by_its_name() -> None:
    for language in ("ja", "en"):
        assert noun("transition.look_again", language) == "look-again"
        assert noun("state.looked_at", language) == "looked_at"
        assert noun("26-000017-Y", language) == "26-000017-Y"
        assert noun("e-mail: state.of@example.com", language) == "e-mail: state.of@example.com"


def test_the_remarks_in_the_files_that_help_shows_are_japanese_on_a_japanese_screen() -> None:
    homes = (
        "request.words.help",
        "search.words",
        "words.commands.inquiry",
        "words.commands.init",
        "words.commands.find",
    )
    files = [one for home in homes for one in import_module(f"workflows.{home}").FILES.values()]
    english = re.compile("[A-Za-z]{2,} [a-z]{2,}")  # choices as they are typed have a bar between them

    left = [
        line for file in files for line in remarked(file, "ja").splitlines() if english.search(line.partition("# ")[2])
    ]

    assert left == []
    assert remarked(FILES["amend"], "en") == FILES["amend"]
    assert remarked(FILES["decide"], "ja").splitlines()[:3] == FILES["decide"].splitlines()[:3]


def test_the_first_example_of_every_step_has_all_that_the_step_needs() -> None:
    lacking = []
    for procedure in (of_number("26-000017-Y"), of_number("S26-000001-X")):
        for step in procedure.machine.transitions.values():
            if not step.by_staff or step.of_another:
                continue
            example = make(procedure, step).examples[0]  # type: ignore[attr-defined]  # each is a Command of ours
            needed = [one.opts[0] for one in payload_options(procedure, step) if one.needed]
            lacking += [(step.name, name) for name in needed if name not in example and "--file" not in example]

    assert lacking == []


def test_files_that_examples_name_among_the_samples_are_there() -> None:
    named = {
        word
        for path in (PROJECT / "workflows").rglob("*.py")
        for word in re.findall(r"\bsamples/[\w./-]+\w", path.read_text(encoding="utf-8"))
    }

    assert named
    assert [name for name in sorted(named) if not (PROJECT / name).exists()] == []


def test_what_is_needed_says_beside_which_flag_it_is_not() -> None:
    command = make(PROCEDURE, request.transitions["record_payment"])
    needed = {one.name: [*one.needless_with] for one in command.params if isinstance(one, Option) and one.needed}

    assert needed == {"means": ["--undo"], "amount": ["--undo"]}


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_file_that_the_help_shows_can_be_handed_in(name: str, tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_text(FILES[name], encoding="utf-8")

    payload = parse(request.transitions[name].payload, load_file(path))

    assert type(payload) is request.transitions[name].payload


def test_what_may_be_left_out_by_its_help_may_be_left_out() -> None:
    left_out = re.compile(r"left out|else")
    wrong = []
    for transition in (each for each in request.transitions.values() if each.by_staff):
        needed = {field.name for field in fields(transition.payload) if field.default is MISSING}
        for option in payload_options(PROCEDURE, transition):
            code = getattr(option, "words", "")
            if option.name in needed and left_out.search(tell(code, "en")):
                wrong.append(f"{transition.command} {option.opts[0]}")

    assert wrong == []
