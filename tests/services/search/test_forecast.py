"""What searches have due is told apart from what requests have, where both call it the same."""

from collections import Counter
from datetime import timedelta

from sqlalchemy import select

from models import timer
from models.case import case
from models.session import reading
from services.reports.forecast import forecast
from tests.office import TOKYO, TestOffice
from tests.services.search.test_searches import asked

DAYS = 60


def test_timers_of_searches_and_of_requests_of_one_name_are_all_told(asking: TestOffice) -> None:
    asking.mailed()
    asked(asking)
    asked(asking, "support")

    with reading(asking.engine) as db:
        found = forecast(db, asking.at(db), DAYS)

    wanted: Counter[tuple[str, str]] = Counter()
    chased_by_searches, until = 0, asking.today + timedelta(days=DAYS)
    rows = asking.ask(select(timer.timer, case.c.definition).join(case, case.c.id == timer.timer.c.case_id))
    for row in rows:
        day = row.due_at.astimezone(TOKYO).date()
        if day < until:
            wanted[day.isoformat(), row.name] += 1
            chased_by_searches += row.definition == "search"
    told = Counter({(one["day"], name): number for one in found["days"] for name, number in one["due"].items()})
    assert told == wanted
    assert {row.name for row in rows if row.definition == "search"} == {"escalate", "remind"}
    assert {row.name for row in rows if row.definition == "request"} >= {"escalate", "remind"}
    # A search's reminder is no letter, as a request's is.
    reminders = sum(row.name == "remind" and row.definition == "request" for row in rows)
    assert chased_by_searches == 4
    assert found["letters"]["reminder"] == reminders
    assert sum(one["letters"] for one in found["days"]) == reminders
