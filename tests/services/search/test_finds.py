"""Files that come with answers: each under a number of its own, whoever was killed on the way."""

from pathlib import Path

import pytest

from models import search
from models.session import reading
from services.search import finds
from tests.office import TestOffice
from tests.services.search.conftest import SALES
from workflows.search.payloads import Ask


def asked(office: TestOffice) -> str:
    return office.must(None, "ask", Ask(case=office.opened(), department="sales", what="契約の記録")).case


def taken(office: TestOffice, number: str, content: bytes, *, dies: bool = False) -> list[str]:
    """Take a file in; whoever *dies* does so before the commit."""
    with office.writing() as db:
        given = [finds.looked_into("accounts.txt", content)]
        numbers = finds.take_in(db, office.case(number), given, SALES, office.at(db))
        if dies:
            raise KeyboardInterrupt
    return numbers


def lying(folder: Path) -> int:
    return len(list(folder.rglob("*.sealed")))


@pytest.mark.parametrize("same", [True, False])
def test_whoever_was_killed_while_taking_a_file_in_stops_nobody_after(asking: TestOffice, *, same: bool) -> None:
    first, second = asked(asking), asked(asking)
    with pytest.raises(KeyboardInterrupt):
        taken(asking, first, b"of the one", dies=True)

    numbers = taken(asking, first if same else second, b"another")
    with reading(asking.engine) as db:
        (row,) = (search.one_find(db, number) for number in numbers)
        assert row is not None
        content = finds.content(row, first if same else second, asking.at(db))

    assert content == b"another"
    assert lying(asking.settings.finds) == 2


def test_the_same_file_taken_in_again_after_a_kill_is_one(asking: TestOffice) -> None:
    number = asked(asking)
    with pytest.raises(KeyboardInterrupt):
        taken(asking, number, b"accounts", dies=True)

    assert taken(asking, number, b"accounts") == taken(asking, number, b"accounts")
    assert lying(asking.settings.finds) == 1
