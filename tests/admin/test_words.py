"""Every sentence the procedure can say exists in both languages, with the parameters it is given."""

import ast
import importlib
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from string import Formatter

import pytest

from services.intake import load_file, parse
from settings import PROJECT
from tests.office import CLERK, TestOffice
from workflows.engine.values import Reason
from workflows.request.payloads import Hold
from workflows.request.procedure import request
from workflows.request.values import CodeState, HoldReason
from workflows.words import say
from workflows.words.admin import wording
from workflows.words.admin.files import FILES
from workflows.words.admin.steps import EXAMPLES, JA
from workflows.words.machine import SENTENCES

STEPS = [
    path.relative_to(PROJECT).as_posix()
    for path in sorted((PROJECT / "workflows/request/steps").glob("*.py"))
    if "Reason(" in path.read_text(encoding="utf-8")
]
SOURCES = (
    *STEPS,
    "workflows/request/guards.py",
    "workflows/request/consequences.py",
    "workflows/request/waiting.py",
    "workflows/engine/machine.py",
    "workflows/engine/own_steps.py",
    "services/engine/orders.py",
    "services/reports/cases.py",
    "services/office/standstill.py",
)
SUSPICIONS = re.findall(r'Suspicion\("(\w+)"', (PROJECT / "services/request/fraud.py").read_text(encoding="utf-8"))


def reasons_in(source: str) -> Iterator[tuple[str, frozenset[str] | None]]:
    """Yield each code written in a file, with the names of its parameters where they stand beside it."""
    for node in ast.walk(ast.parse((PROJECT / source).read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Reason"):
            continue
        code = node.args[0]
        params = node.args[1] if len(node.args) > 1 else ast.Dict([], [])
        names = None
        if isinstance(params, ast.Dict) and None not in params.keys:
            names = frozenset(str(key.value) for key in params.keys if isinstance(key, ast.Constant))
        if isinstance(code, ast.Constant):
            yield str(code.value), names


def built_codes() -> list[str]:
    """Return the codes that are put together from a word and a name."""
    chased = [name for name, state in request.states.items() if any(d.fires == "escalate" for d in state.deadlines)]
    clocks = [name for name, clock in request.clocks.items() if clock.deadline.fires == "escalate"]
    return [
        *(f"code_{state}" for state in CodeState if state is not CodeState.GOOD),
        *(f"suspicion_{code}" for code in SUSPICIONS),
        *(f"notice.stalled_{state}" for state in chased),
        *(f"notice.{clock}" for clock in clocks),
        *(
            f"notice.{kind}_set_aside"
            for kind in ("order", "effect", "timer", "upgrade", "recount", "message", "letter")
        ),
        *(f"date.{name}" for name, clock in request.clocks.items() if clock.legal and not clock.warns),
    ]


def placeholders(sentence: str) -> set[str]:
    """Return the names of the parameters a sentence takes."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("source", SOURCES)
def test_every_code_in_the_source_has_its_sentence_with_the_parameters_it_is_given(source: str) -> None:
    found = list(reasons_in(source))

    assert found
    for code, names in found:
        assert say(Reason(code, dict.fromkeys(names or taken(code), "x")), "en") != code, code
        if names is not None and code in SENTENCES:
            for language in ("ja", "en"):
                assert placeholders(SENTENCES[code][language]) <= names, (code, language)


def taken(code: str) -> set[str]:
    """Return all parameters the sentence of a code takes in either language."""
    words = sentence(code)
    return placeholders(words["ja"]) | placeholders(words["en"])


def sentence(code: str) -> dict[str, str]:
    """Return the sentence of a code in both languages, in whichever file of words it stands."""
    from workflows.words import FILES

    files = [importlib.import_module(f"workflows.words.{name}").SENTENCES for name in FILES]
    return next(dict(words[code]) for words in files if code in words)


def test_every_code_put_together_at_run_time_has_its_sentence() -> None:
    assert len(SUSPICIONS) >= 4
    params = dict.fromkeys(("case", "times", "letter", "cases", "state", "subject", "fault", "day"), "x")

    silent = [code for code in built_codes() if say(Reason(code, params), "ja") == code]

    assert silent == []


def test_no_sentence_is_left_that_nothing_says() -> None:
    said = {code for source in SOURCES for code, _ in reasons_in(source)} | set(built_codes())

    assert SENTENCES.keys() <= said


def test_both_languages_take_the_same_parameters_except_for_hints() -> None:
    for code, words in SENTENCES.items():
        assert words.keys() == {"ja", "en"}, code
        assert placeholders(words["ja"]) == placeholders(words["en"]), code
        assert re.search(r"[ぁ-んァ-ン一-龠]", words["ja"]), code
        assert words["en"].isascii() or "“" in words["en"], code


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
    steps = {name for name, transition in request.transitions.items() if transition.by_staff}

    assert JA.keys() == steps
    assert EXAMPLES.keys() <= steps
    assert FILES.keys() == {"open", "amend", "receive_forms", "reopen", "decide"}


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_file_that_the_help_shows_can_be_handed_in(name: str, tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_text(FILES[name], encoding="utf-8")

    payload = parse(request.transitions[name].payload, load_file(path))

    assert type(payload) is request.transitions[name].payload


TOGETHER = ("check_", "deadline_", "inquiry_", "person_", "set_aside_", "short_", "stands_")
"""Names put together of one of these and a code."""


def told_in(path: Path) -> Iterator[str]:
    """Yield the names of the script's sentences that a file says."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
        names = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        ours = path.is_relative_to(PROJECT / "commands") or isinstance(node.func, ast.Attribute)
        if called == "fails" and names:
            yield names[-1]
        elif called == "tell" and ours and names:
            yield names[0]


def test_the_script_says_everything_in_both_languages_with_the_same_parameters() -> None:
    for name, words in wording().sentences.items():
        assert words.keys() == {"ja", "en"}, name
        assert placeholders(words["ja"]) == placeholders(words["en"]), name


def test_every_sentence_of_the_script_is_said_and_whatever_it_says_is_a_sentence() -> None:
    files = [path for top in ("commands", "services") for path in (PROJECT / top).rglob("*.py")]
    said = {name for path in files for name in told_in(path)}
    known = wording().sentences.keys()

    assert said - known == set()
    assert {name for name in known - said if not name.startswith(TOGETHER)} == set()
