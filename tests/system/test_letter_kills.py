"""Workers killed by SIGKILL at every step between an effect and the spool: no letter is missing, none is doubled.

A few kills of each kind; ``make letter-kills`` does it a thousand times (docs/reliability.md).
"""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from lab.bench.letter_kills import BY_LOT, Drill, Kill, NotSound, drill, report
from lab.bench.letter_trap import CHILD, GROUP
from services.letters.making import Step
from tests.system.conftest import EVERYTHING

KINDS: tuple[Kill, ...] = (
    *((step.name, CHILD) for step in Step),
    (BY_LOT, CHILD),
    (Step.LINKED.name, GROUP),
    (Step.WRITING.name, GROUP),
)
KILLS = len(KINDS) + 1
"""On each kind of database: every kind once, and one by lot."""


@pytest.fixture
def desk(database_url: str, home: Path) -> Iterator[Drill]:
    """A desk whose effects worker dies where a trap is laid, on both kinds of database in turn."""
    made = Drill(database_url, home)
    made.start(*EVERYTHING)
    made.open_the_office()
    yield made
    made.close()


@pytest.mark.timeout(1800)
@pytest.mark.requirement("S20")
def test_however_its_worker_dies_each_letter_is_made_once(desk: Drill) -> None:
    figures = drill(desk, KILLS, random.Random(1), kinds=KINDS, patient=False)

    assert set(figures.kills) >= set(KINDS)
    assert figures.kills.total() >= KILLS
    assert figures.letters >= 2 * figures.kills.total()
    assert figures.tries[2] > 0
    assert "| after the link |" in report([figures], 1)

    # The judge has eyes: a letter taken away, and one too many, are both named.
    taken, doubled = sorted(desk.settings.spool.rglob("*.pdf"))[:2]
    taken.rename(doubled.with_name(f".{doubled.name}.left"))
    with pytest.raises(NotSound, match=f"{taken.stem} has 0 files") as broken:
        drill(desk, 0, random.Random(1), kinds=(), patient=False)
    assert f".{doubled.name}.left lies in the spool" in str(broken.value)
