"""The offices of the benches: what is counted there in bulk is what counting case after case finds."""

from pathlib import Path
from typing import Any

import pytest

from lab.bench import ledger, years
from models import tally
from models.session import reading
from services.engine import counting
from tests.office import TestOffice


def _counted(office: TestOffice) -> tuple[dict[Any, Any], dict[Any, Any]]:
    with reading(office.engine) as db:
        sums = {tuple(getattr(row, name) for name in tally.KEY): dict(row.sums) for row in tally.all_sums(db)}
        cases = {row.case_id: (row.seq, row.heads, row.entries) for row in db.execute(tally.counted.select())}
    return sums, cases


@pytest.mark.parametrize("made", [years, ledger])
def test_what_is_counted_in_bulk_is_what_counting_case_after_case_finds(
    made: Any, database_url: str, home: Path
) -> None:
    made.fill(database_url, home, 1200)
    office = TestOffice(database_url, home, now=None, staffed=True)
    sums, cases = _counted(office)

    assert counting.recount(office.unit) == len(cases) >= 1200

    assert _counted(office) == (sums, cases)
    office.close()
