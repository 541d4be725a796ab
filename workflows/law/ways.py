"""Reading alternatives of papers, ``[["photo"], ["no_photo", "no_photo"]]``: for the law's files and an office's own.

What is wrong comes back as (code, parameters), in the order it stands there: each kind of file words its faults itself.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from workflows.law.proving import Age, Slot, Unit, Way

MOST_WAYS, MOST_SLOTS = 16, 6
"""No published procedure comes near; what is asked for must fit on a page, and be matched at once."""
OLDEST = {Unit.DAYS: 3_660, Unit.MONTHS: 120}
Problem = tuple[str, dict[str, object]]


@dataclass(slots=True)
class Reading:
    """One value being read; ``known`` are the words a slot may name, ``lists`` named groups of them."""

    key: str
    known: Collection[str]
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def ways(self, value: object) -> tuple[Way, ...]:
        """Return the alternatives; none where the value is no list of lists."""
        if not isinstance(value, list) or not value or not all(isinstance(way, list) for way in value):
            return self._wrong("no_ways")
        if len(value) > MOST_WAYS or any(len(way) > MOST_SLOTS for way in value):
            return self._wrong("too_many_ways", ways=MOST_WAYS, papers=MOST_SLOTS)
        if not all(value):
            return self._wrong("empty_way")
        found = [tuple(self._slot(slot) for slot in way) for way in value]
        return tuple(tuple(slot for slot in way if slot is not None) for way in found if None not in way)

    def group(self, value: object) -> tuple[str, ...]:
        """Return a list of papers by their codes, named lists among them unfolded."""
        codes = [value] if isinstance(value, str) else value
        if not isinstance(codes, list) or not codes or not all(isinstance(code, str) for code in codes):
            return self._wrong("no_slot")
        found: list[str] = []
        for code in codes:
            if code in self.lists:
                found += self.lists[code]
            elif code in self.known:
                found.append(code)
            else:
                self._wrong("unknown_paper", paper=code[:60], known=sorted([*self.known, *self.lists]))
        return tuple(dict.fromkeys(found))

    def _slot(self, value: object) -> Slot | None:
        if not isinstance(value, dict):
            codes = self.group(value)
            return Slot(codes) if codes else None
        for strange in value.keys() - {"of", "original", "within", "address"}:
            self._wrong("unknown_in_slot", word=str(strange)[:60], known=["address", "of", "original", "within"])
        codes = self.group(value.get("of"))
        flags = {name: value.get(name, False) for name in ("original", "address")}
        for name, flag in flags.items():
            if not isinstance(flag, bool):
                self._wrong("no_flag_in_slot", word=name)
        within = self.age(value["within"]) if "within" in value else None
        if not codes:
            return None
        return Slot(codes, original=flags["original"] is True, within=within, address=flags["address"] is True)

    def age(self, value: object) -> Age | None:
        """Return ``{ days = 30 }`` or ``{ months = 3 }``."""
        if isinstance(value, dict) and len(value) == 1:
            ((unit, count),) = value.items()
            whole = isinstance(count, int) and not isinstance(count, bool)
            if unit in list(Unit) and whole and 1 <= count <= OLDEST[Unit(unit)]:
                return Age(count, Unit(unit))
        self._wrong("no_age")
        return None

    def _wrong(self, code: str, **params: object) -> tuple[()]:
        self.problems.append((code, {"key": self.key, **params}))
        return ()
