"""The ledgers of the benches: as large as they are said to be, and standing as real cases do."""

from pathlib import Path

from lab.bench.ledger import CLOSED, OPEN, fill
from lab.bench.questions import opened
from models import case as cases
from models.session import reading
from services.reports.cases import the_case
from services.reports.worklist import Wanted, worklist


def test_a_ledger_has_so_many_cases_whose_rows_hang_together(database_url: str, home: Path) -> None:
    filled = fill(database_url, home, 1000)

    with opened(home, database_url) as (unit, number, engine), reading(engine) as db:
        office = unit.office(db)
        grouped = db.exec_driver_sql('SELECT state, count(*) FROM "case" GROUP BY state')
        counts = {str(state): int(count) for state, count in grouped}
        alone = [
            db.exec_driver_sql(
                f"SELECT count(*) FROM {table} WHERE NOT EXISTS"  # noqa: S608 - names of ours
                f' (SELECT 1 FROM "case" WHERE "case".id = {table}.case_id)'
            ).scalar_one()
            for table in ("history", "timer", "letter", "effect", "person")
        ]
        copies = worklist(db, office, Wanted(states=("forms_mailed",), most=5))
        row = cases.find(db, number)
        assert row is not None
        whole = the_case(db, row, office, "en")

    assert counts == {
        **{state: round(100 * share) + (state in filled.whole) for state, share in OPEN.items()},
        **{state: round(900 * share) for state, share in CLOSED.items()},
        "voided": round(900 * CLOSED["voided"]) + 2,
        "withdrawn": round(900 * CLOSED["withdrawn"]) + 1,
    }
    assert alone == [0, 0, 0, 0, 0]
    assert len({line["case"] for line in copies}) == 5
    assert whole["case"] == filled.whole["forms_returned"]
