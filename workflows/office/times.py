"""By when the office promises what, beyond the law's own times, and how long a deficiency may take."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from workflows.engine.values import Reason
from workflows.law import Regime
from workflows.office.spans import Span, of, span
from workflows.office.table import Fault, Table

if TYPE_CHECKING:
    from workflows.office.procedure import OfficeProcedure

KEYS: dict[str, str] = {
    "times.promise": "a row for each promise: `within` (`{ weeks = 2 }`), `from` (`contact`, `arrival`, `complete`, "
    "`identity`, `fee`, `acceptance`), `until` (`answer`, the default; `decision`; `acknowledgement`), `words` "
    "(`about`, `within`), `least` (the lower end of a range, in the same unit), `deficiency_counts = false` (the "
    "days a deficiency notice is out do not count)",
    "times.deficiency": "how long a deficiency may take, from the posting of the notice: `within`, `then` (`decide`, "
    "the default; `refuse:method_not_followed`; `returned`: refused too, the papers with the letter; `lapse`)",
}
"""What each key of this part means, for docs/procedure-file.md."""


class Since(StrEnum):
    """What a promise counts from.

    CONTACT is the first contact, ARRIVAL the first arrival of forms, COMPLETE the arrival that made the papers whole,
    IDENTITY the day identity was verified, FEE the day the fee was there, ACCEPTANCE when papers and fee both were.
    """

    CONTACT = "contact"
    ARRIVAL = "arrival"
    COMPLETE = "complete"
    IDENTITY = "identity"
    FEE = "fee"
    ACCEPTANCE = "acceptance"


class Until(StrEnum):
    """What a promise ends with."""

    ANSWER = "answer"
    DECISION = "decision"
    ACKNOWLEDGEMENT = "acknowledgement"


class Firmly(StrEnum):
    """How it is said: about two weeks, or within two weeks."""

    ABOUT = "about"
    WITHIN = "within"


class NotSupplied(StrEnum):
    """What becomes of a request whose deficiency is not supplied in time."""

    DECIDE = "decide"
    REFUSE = "refuse:method_not_followed"
    RETURNED = "returned"
    LAPSE = "lapse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """One promise. ``least`` is the lower end of a range (3 to 4 weeks) in the same unit.

    ``deficiency_counts`` False: the days a deficiency notice is out do not count.
    """

    span: Span
    since: Since
    until: Until = Until.ANSWER
    said: Firmly = Firmly.WITHIN
    least: int | None = None
    deficiency_counts: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplying:
    """How long a deficiency may take, from the posting of the notice, and what then."""

    within: Span | None = None
    then: NotSupplied = NotSupplied.DECIDE


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """What the office promises beyond the law's own times; nothing: no promise, and 40 working days to supply."""

    promises: tuple[Promised, ...] = ()
    deficiency: Supplying = Supplying()


def read(top: Table) -> Times:
    """Return what the file says of times."""
    return top.inner("times", _times) or Times()


def _times(table: Table) -> Times:
    return Times(promises=table.each("promise", _promise, name="from"), deficiency=_deficiency(table))


def _promise(table: Table) -> Promised | None:
    found, since = span(table, "within", required=True), table.word("from", Since)
    until = table.word("until", Until, Until.ANSWER)
    said = table.word("words", Firmly, Firmly.WITHIN)
    least = table.number("least")
    counts = table.flag("deficiency_counts", True)
    if found is None or since is None or until is None or said is None:
        return None
    if least is not None and least >= found.number:
        table.refuse("office_times.no_range", least=least, most=found.number)
    if until is Until.ACKNOWLEDGEMENT and since not in (Since.CONTACT, Since.ARRIVAL):
        table.refuse("office_times.acknowledged_what", since=str(since))
    return Promised(span=found, since=since, until=until, said=said, least=least, deficiency_counts=counts)


def _deficiency(table: Table) -> Supplying:
    inner = table.table("deficiency")
    if inner is None:
        return Supplying()
    within = span(inner, "within", required=True)
    then = inner.word("then", NotSupplied, NotSupplied.DECIDE) or NotSupplied.DECIDE
    inner.finish()
    return Supplying(within=within, then=then)


def beyond_suit(promised: Promised, regime: Regime) -> bool:
    """Whether a promise takes longer than the time after which the person may sue (APPI 39(1): two weeks).

    That is no time for the answer: where the law says no more than "without delay" (33(2), 34(2), 35(2)), an office may
    promise more, and then its letters say what the person may do meanwhile.
    """
    suit = regime.action
    if promised.until is Until.ACKNOWLEDGEMENT or regime.answer is not None or suit is None:
        return False
    return promised.span.longest > of(suit.span).longest


def forbidden(whole: "OfficeProcedure", regime: Regime) -> Iterator[Fault]:
    """Yield what the law forbids of it."""
    for number, promised in enumerate(whole.times.promises, start=1):
        place = f"times, promise {number} ({promised.since})"
        if promised.since is Since.FEE and not whole.fees.rows:
            yield Fault(place, Reason("office_times.no_fee"))
        law = regime.answer
        if law is not None and promised.span.longest > of(law.span).longest:
            params = {"span": _told(promised.span), "law": _told(of(law.span)), "article": law.article}
            yield Fault(place, Reason("office_times.later_than_law", params))
    then = whole.times.deficiency.then
    if then is NotSupplied.LAPSE and not regime.own_form_required:
        yield Fault("times, deficiency", Reason("office_times.no_lapse", {"article": regime.outcomes.article}))
    if then in (NotSupplied.REFUSE, NotSupplied.RETURNED) and "method_not_followed" not in regime.grounds:
        yield Fault("times, deficiency", Reason("office_times.no_ground", {"law": regime.name}))


def _told(span: Span) -> str:
    return f"{span.number} {span.unit}"
