"""Procedures whose commands could not be told apart are refused where they are loaded, by name."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from commands import table
from commands.main import run
from workflows import registry
from workflows.engine.machine import BadDefinition
from workflows.request.procedure import request


@pytest.fixture(autouse=True)
def loaded_anew() -> Iterator[None]:
    registry._must_be_told_apart.cache_clear()
    yield
    registry._must_be_told_apart.cache_clear()


def join(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Let guests of these names join the house, each with the rules of the tests' procedure."""
    for name in names:
        monkeypatch.setitem(registry.HOMES, name, ("tests.toy", "tests.toy"))


def test_the_names_that_are_kept_are_those_of_the_commands_that_are_written() -> None:
    assert set(table.WRITTEN) == registry.WRITTEN


@pytest.mark.parametrize(
    ("guests", "fault"),
    [
        (["letters"], "'letters' is refused: its group of commands: letters is a command of the office's own already"),
        (["letter_kinds"], "letter-kinds is a command of the office's own already"),
        (["withdraw"], "withdraw is a step of request already"),
        (["mail_forms"], "mail-forms is a step of request already"),
        (["lost_things", "lost-things"], "lost-things is the group of lost_things already"),
    ],
)
def test_a_guest_whose_group_is_called_like_another_command_is_refused(
    guests: list[str], fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    join(monkeypatch, *guests)

    with pytest.raises(BadDefinition) as refused:
        registry.procedures()

    assert fault in str(refused.value)


def test_a_step_of_the_main_procedure_that_is_called_like_a_written_command_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scan = replace(request.transitions["withdraw"], name="scan")
    monkeypatch.setitem(request.transitions, "scan", scan)

    with pytest.raises(BadDefinition, match="scan: scan is a command of the office's own already"):
        registry.procedures()


def test_a_guest_with_a_name_of_its_own_is_welcome(monkeypatch: pytest.MonkeyPatch) -> None:
    join(monkeypatch, "toy")

    assert [each.name for each in registry.procedures()] == ["request", "search", "toy"]


def test_the_script_says_what_is_wrong_with_a_definition(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    join(monkeypatch, "withdraw")

    status = run(["--lang", "en", "open", "--help"])

    assert (status, "withdraw is a step of request already" in capsys.readouterr().err) == (1, True)
