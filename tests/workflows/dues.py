"""Deadlines as the request has them, and how a test writes days and holds."""

from datetime import date
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from workflows.engine.calendars import Calendar, Held
from workflows.engine.deadlines import after, every, months, on_calendar_day, on_calendar_day_at_opening, working_days
from workflows.engine.values import Reason
from workflows.words.deadlines import SENTENCES

OFFICE = Calendar()
TOKYO = ZoneInfo("Asia/Tokyo")
NOT_YET_MAILED = every(working_days(2), times=5, then=working_days(5)).do("escalate")
REMINDERS = after(working_days(10), working_days(20)).do("remind")
LAPSE = after(working_days(40)).do("lapse").when("not arrived")
UNPOSTED = every(working_days(1), times=1, then=working_days(2)).do("escalate", name="unposted")
APPI_39 = on_calendar_day(15).do("escalate", name="appi_39")
WARNING = on_calendar_day_at_opening(10).do("escalate", name="warn")
ONE_MONTH = after(months(1)).do("escalate", name="gdpr_12_3")
days = st.dates(date(2015, 1, 1), date(2060, 12, 31))


def day(text: str) -> date:
    return date.fromisoformat(text)


def held(*stretches: tuple[str, str | None]) -> list[Held]:
    return [Held(day(first), None if last is None else day(last)) for first, last in stretches]


def worded(reason: Reason, language: str) -> str:
    comma = "、" if language == "ja" else ", "
    params = {key: comma.join(value) if isinstance(value, list) else value for key, value in reason.params.items()}
    return SENTENCES[reason.code][language].format_map(params)
