"""The sample procedures: each loads, each has its card and two stories, and one is lived through at a real desk."""

import tomllib
from pathlib import Path

import pytest

from lab.procedures.demo import FOLDER, samples
from lab.stories import stories
from services.office import adopting
from tests.lab.test_demo import StartDemo, start_demo
from workflows.engine.values import Language
from workflows.office.reading import BadFile, read_procedure

__all__ = ["start_demo"]

SAMPLES = samples()
each = pytest.mark.parametrize("folder", SAMPLES, ids=lambda folder: folder.name)


def test_there_are_at_least_eight() -> None:
    assert len(SAMPLES) >= 8


@each
def test_a_sample_procedure_loads(folder: Path) -> None:
    text = (folder / "procedure.toml").read_text(encoding="utf-8")

    found = read_procedure(text, folder.name, adopting.regimes())

    assert not isinstance(found, BadFile), found.placed()


@each
def test_a_sample_office_has_its_card_under_the_law_of_its_procedure(folder: Path) -> None:
    card = tomllib.loads((folder / "organisation.toml").read_text(encoding="utf-8"))
    procedure = tomllib.loads((folder / "procedure.toml").read_text(encoding="utf-8"))

    assert card["regime"] == procedure["regime"]
    assert card["email"].endswith(".example.com")


@each
def test_two_people_ask_there_one_in_each_language(folder: Path) -> None:
    found = stories(folder)

    assert len(found) >= 2
    languages = {
        line for one in found for line in one.contact.read_text(encoding="utf-8").splitlines() if "language:" in line
    }
    assert languages == {"language: ja", "language: en"}
    assert all(set(one.shows) == set(Language) for one in found)


@pytest.mark.timeout(1800)
def test_a_sample_procedure_is_lived_through_at_a_real_desk(start_demo: StartDemo) -> None:
    demo = start_demo("--samples", str(FOLDER / "01-stamps"))

    told, wrong = demo.communicate(timeout=1500)

    assert demo.returncode == 0, told + wrong
