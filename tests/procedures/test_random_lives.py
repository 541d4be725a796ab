"""Files made at random, in a real office: whoever sends what the file asks for is answered, and nobody waits for ever.

A life fails where an order is refused although everything was sent, and where nothing is due for a case that is open
(lab.procedures.steps looks after each order).
"""

from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings

from lab.procedures.steps import Life
from tests.office import TestOffice
from tests.own_procedure import adopts
from tests.procedures.files import files, loaded
from workflows.request.values import LetterKind


def test_whatever_the_file_who_sends_what_it_asks_for_is_answered(sqlite_url: str, home: Path) -> None:
    office = TestOffice(sqlite_url, home)
    lived: list[str] = []

    @given(files())
    @settings(
        max_examples=40, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck)
    )
    def each(text: str) -> None:
        if loaded(text) is None:
            return
        office.working_day(office.today, 1)  # cases of a day that is over keep what they began under
        adopts(office, text, first=office.today)

        letters = list(Life(office, text).whole_way())

        assert LetterKind.DISCLOSURE_NOTIFICATION in {letter.kind for letter in letters}
        lived.append(text)

    each()
    office.close()
    assert len(lived) >= 20
