"""Months of the calendar, as laws count them (Civil Code 143(2); Regulation 1182/71, art. 3(2)(c))."""

import calendar
from datetime import date

MONTHS_IN_A_YEAR = 12


def months_later(day: date, months: int) -> date:
    """Return the same day of the month so many months on, or that month's last day where there is no such day."""
    count = day.month - 1 + months
    year, month = day.year + count // MONTHS_IN_A_YEAR, count % MONTHS_IN_A_YEAR + 1
    if day.day <= 28:
        return date(year, month, day.day)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
