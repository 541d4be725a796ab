"""A command line that is wrong or half is answered with what would work, in the language of the screen."""

import click
import pytest

from tests.admin.conftest import Script, on_both
from tests.admin.test_terminal import EVERY
from tests.office import CLERK

CASE = "26-000017-Y"


@on_both
@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(
    ("typed", "named"),
    [
        (["withdraw", CASE], "post, phone, email, visit"),
        (["hold", CASE], "other"),
        (["papers", CASE], "--out DIR"),
        (["draft", CASE], "--out F.pdf"),
        (["tray", "show", "T26-0001"], "--out F.jpg"),
        (["status", "now", "please"], "now please"),
    ],
)
def test_what_is_missing_or_too_much_is_said_with_what_may_stand_there(
    script: Script, language: str, typed: list[str], named: str
) -> None:
    said = script.by(CLERK, *typed, "--lang", language)

    assert said.status == 2
    assert named in said.err
    assert "unexpected" not in said.err


@pytest.mark.parametrize("path", EVERY, ids=" ".join)
def test_the_help_of_every_command_shows_a_line_to_type(path: tuple[str, ...]) -> None:
    command = EVERY[path]
    context = click.Context(command, info_name=path[-1])

    examples = [line for line in command.get_help(context).splitlines() if line.startswith("  ./admin.py ")]

    assert any(line.split()[1 : 1 + len(path)] == list(path) for line in examples), path
