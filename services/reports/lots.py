"""The office's sums in whole lots, for whoever is no lead: one small table from which every answer follows.

What is counted is counted from the office's first day, and of that only whole lots are told (of five, 13 are 10), as it
stood at the end of each month that is over; a span is what one end has more than another. So an answer, a sum of
answers and what one has more than another are always whole lots: nobody who asks for two spans finds one person in what
lies between. Each number is less than a lot off, of one month and of ten years alike.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from services.reports.sums import Sums, day_before
from workflows.engine.figures import spread

CLOSED = "closed"
"""How many cases were closed, however they ended: counted in lots by itself, since parts lose more than a whole."""
_DAYS = "days:"
_MONEY = ("fee:", "fees:")
"""What was paid says how many paid: there is a price."""


def months_over(today: date) -> date:
    """Return the last day of the newest month that is over."""
    return today.replace(day=1) - timedelta(days=1)


def whole_months(since: date | None, until: date | None, over: date) -> bool:
    """Whether the days are whole months, and all of them over on the day *over* (`months_over`)."""
    first = since is None or (since.day == 1 and since <= over)
    last = until is None or ((until + timedelta(days=1)).day == 1 and until <= over)
    return first and last


@dataclass(frozen=True, slots=True)
class InLots(Sums):
    """The sums of whole months, in lots of ``lot``."""

    lot: int

    def between(
        self, procedure: str, head: str, since: date | None, until: date | None, *, by_month: bool = False
    ) -> dict[str, Counter[str]]:
        """Return what whole lots were counted in these months, by value of that head; or by month, none left out.

        Values of which there is no lot up to *until* are not named.
        """
        if by_month:
            return self._by_month(procedure, head, since, until)
        after = Sums.between(self, procedure, head, None, until)
        before = {} if since is None else Sums.between(self, procedure, head, None, day_before(since))
        found = {value: self._more(before.get(value, Counter()), now) for value, now in after.items()}
        return {value: counts for value, counts in found.items() if in_lots(after[value], self.lot)}

    def _by_month(self, procedure: str, head: str, since: date | None, until: date | None) -> dict[str, Counter[str]]:
        counted = Sums.between(self, procedure, head, None, until, by_month=True)
        reached = [("", Counter[str]())]
        for month in _months(min(counted, default=None), until):
            reached.append((month, reached[-1][1] + counted.get(month, Counter())))
        found = {month: self._more(before, after) for (_, before), (month, after) in pairwise(reached)}
        first = next((month for month, counts in found.items() if any(counts.values())), "9999")
        if since is not None:
            first = max(first, since.isoformat()[:7])
        return {month: counts for month, counts in found.items() if month >= first}

    def _more(self, before: Counter[str], after: Counter[str]) -> Counter[str]:
        """Return the lots reached since *before*; and where they are two at least, how long stays took."""
        lots = in_lots(after, self.lot)
        lots.subtract(in_lots(before, self.lot))
        found = Counter({what: number for what, number in lots.items() if number and not what.startswith(_DAYS)})
        for state in {what.split(":")[1] for what in after if what.startswith(_DAYS)}:
            if lots[f"{_DAYS}{state}"] >= 2 * self.lot:
                prior = spread(before, state)
                for days, number in spread(after, state).items():
                    found[f"{_DAYS}{state}:{days}"] = number - prior.get(days, 0)
        found[CLOSED] = lots[CLOSED]
        return found


def in_lots(counts: Counter[str], lot: int) -> Counter[str]:
    """Return of each thing counted the whole lots; of stays by state, however long they were; of money nothing."""
    whole: Counter[str] = Counter()
    for what, number in counts.items():
        if what.startswith(_MONEY):
            continue
        kind, _, rest = what.partition(":")
        whole[f"{_DAYS}{rest.partition(':')[0]}" if kind == "days" else what] += number
        if kind == CLOSED:
            whole[CLOSED] += number
    return Counter({what: number // lot * lot for what, number in whole.items() if number >= lot})


def _months(first: str | None, until: date | None) -> list[str]:
    if first is None or until is None:
        return []
    year, month = int(first[:4]), int(first[5:7])
    number = (until.year - year) * 12 + until.month - month + 1
    return [f"{year + (month + more - 1) // 12:04}-{(month + more - 1) % 12 + 1:02}" for more in range(number)]
