"""What a request costs under the office's procedure, and what of it is still lacking. Pure.

Nothing is charged for a right of which the law allows no fee, whatever the procedure says. What was paid is never asked
for again: whatever is asked for is what the charges come to, less what covers them.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from workflows.law.values import ChargedFor, OutcomeName, Right
from workflows.office import OfficeProcedure
from workflows.office.money import BILLED, Due, Excess, Fee, Fees, For, Means, Per
from workflows.request import standing
from workflows.request.account import Account, Entry
from workflows.request.case import Case

EARLY = (Due.WITH_FORMS,)
AFTER = (Due.AFTER_DECISION, Due.WITH_ANSWER)
EVERY = tuple(Due)
CHARGE = "charge"
"""The word of ``override --what``, before what the request was found to be: ``charge:excessive``."""
EXCESS = "excess"
"""Under which label money is booked that covers nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """One line of what is to be paid: ``count`` times ``each``. ``amount`` None: nobody told it yet."""

    code: str
    of: For
    rights: tuple[Right, ...]
    amount: int | None
    due: Due
    by: tuple[Means, ...]
    per: Per = Per.REQUEST
    count: int = 1
    each: int | None = None

    @property
    def label(self) -> str:
        """What it is booked under: the rights it is for, or what it is."""
        return "+".join(sorted(self.rights)) if self.of is For.FEE else f"{self.of}:{self.code}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What charges come to, what covers them, what is lacking, and what was paid beyond them."""

    charges: tuple[Charge, ...]
    open: tuple[int, ...]
    """What of each charge is not covered."""
    owed: int
    covered: int
    lacking: int
    excess: int
    untold: tuple[Charge, ...] = ()


# -- what it costs ----------------------------------------------------------------------------------------------------


def charges(case: Case, today: date, dues: Collection[Due] = EVERY) -> tuple[Charge, ...]:
    """Return what the request costs, as far as it can be said by now: of what is granted only once all is decided."""
    fees = case.office.fees
    if not fees.charged:
        return ()
    found: list[Charge] = []
    for row in fees.rows_on(case.first_arrived_on or today):
        rights = _charged(case, row)
        if rights:
            found += _of_row(case, row, rights)
    found += _extras(case, fees, found)
    found += _surcharges(case, fees, found)
    found += _tax(fees, found)
    return tuple(charge for charge in found if charge.due in dues and charge.amount != 0)


def lawful(case: Case) -> frozenset[Right]:
    """Return the rights of the case for which the law allows a fee."""
    return frozenset(right for right in case.rights if right in case.regime.rights and case.regime.rights[right].fee)


def _found_so(case: Case, when: ChargedFor) -> frozenset[Right]:
    """Return the rights for which something may be charged because two people found the request so."""
    if f"{CHARGE}:{when}" not in standing.overridden(case):
        return frozenset()
    laws = {right: case.regime.rights[right] for right in case.rights if right in case.regime.rights}
    return frozenset(right for right, law in laws.items() if law.fee or when in law.fee_only)


def _charged(case: Case, row: Fee) -> tuple[Right, ...]:
    """Return the rights of the case that a row is taken for by now."""
    rights = row.rights & (lawful(case) if row.when is None else _found_so(case, row.when))
    if row.due in AFTER:
        if any(outcome is None for outcome in case.rights.values()):
            return ()
        rights = frozenset(right for right in rights if _given(case, right))
    return tuple(sorted(rights))


def _given(case: Case, right: Right) -> bool:
    outcome = case.rights[right]
    return outcome is not None and outcome.outcome in (OutcomeName.GRANTED, OutcomeName.PARTLY)


def _of_row(case: Case, row: Fee, rights: tuple[Right, ...]) -> Iterator[Charge]:
    account = case.account
    each = account.estimate(row.code) if row.amount is None else _price(case, row)
    count = _count(account, row.per, rights, row.free)
    amount = None if each is None or count is None else each * count
    base = Charge(
        code=row.code,
        of=row.of,
        rights=rights,
        amount=amount,
        due=row.due,
        by=row.by,
        per=row.per,
        count=count or 0,
        each=each,
    )
    yield base
    for rate in row.plus:
        many = _count(account, rate.per, rights, rate.free)
        total = None if many is None else rate.amount * many
        yield replace(base, amount=total, per=rate.per, count=many or 0, each=rate.amount)


def _price(case: Case, row: Fee) -> int:
    """Return what one costs: by the means somebody paid with, else by how the answer is given."""
    for means in row.by:
        if means in row.amounts and any(entry.means is means for entry in case.account.payments()):
            return row.amounts[means]
    electronic = row.electronic is not None and _electronic(case)
    return (row.electronic if electronic else row.amount) or 0


def _electronic(case: Case) -> bool:
    methods = {outcome.method for outcome in case.rights.values() if outcome is not None and outcome.method}
    return "electronic" in methods if methods else case.method == "electronic"


def _count(account: Account, per: Per, rights: Sequence[Right], free: int) -> int | None:
    """Return how many there are beyond those that cost nothing; None where somebody must tell."""
    if per is Per.REQUEST:
        return 1
    told = len(rights) if per is Per.RIGHT else account.count(per)
    if told is None:
        told = 1 if per in (Per.ITEM, Per.NAME) else None
    return None if told is None else max(0, told - free)


def _extras(case: Case, fees: Fees, found: Sequence[Charge]) -> Iterator[Charge]:
    """Yield what the person chose and pays beside, with what else is due first."""
    by = tuple(dict.fromkeys(means for row in fees.rows_on(date.max) for means in row.by))
    for extra in fees.extras:
        rights = tuple(sorted(extra.rights & lawful(case)))
        if rights and extra.code in case.account.extras:
            due = Due.WITH_FORMS if not found else min((charge.due for charge in found), key=list(Due).index)
            yield Charge(
                code=extra.code, of=For.EXTRA, rights=rights, amount=extra.amount, due=due, by=by, each=extra.amount
            )


def _surcharges(case: Case, fees: Fees, found: Sequence[Charge]) -> Iterator[Charge]:
    """Yield what whoever pays by certain means adds."""
    used = {entry.means for entry in case.account.payments()}
    for rule in fees.means:
        fitting = next((charge for charge in found if rule.means in charge.by), None)
        if rule.surcharge and rule.means in used and fitting is not None:
            yield replace(
                fitting,
                code=rule.means,
                of=For.EXTRA,
                amount=rule.surcharge,
                per=Per.REQUEST,
                count=1,
                each=rule.surcharge,
            )


def _tax(fees: Fees, found: Sequence[Charge]) -> Iterator[Charge]:
    """Yield the tax on what is due at one time, rounded down; postage bears none."""
    for due in Due if fees.tax else ():
        taxed = [charge for charge in found if charge.due is due and charge.of is not For.POSTAGE]
        known = [charge.amount for charge in taxed if charge.amount is not None]
        if taxed:
            rights = tuple(sorted({right for charge in taxed for right in charge.rights}))
            amount = None if len(known) < len(taxed) else sum(known) * fees.tax // 100
            yield Charge(code="tax", of=For.EXTRA, rights=rights, amount=amount, due=due, by=taxed[0].by, each=amount)


# -- what covers it ---------------------------------------------------------------------------------------------------


def balance(case: Case, today: date, dues: Collection[Due] = EVERY) -> Balance:
    """Return how what was paid stands to what is due by then. What is due earlier is covered first."""
    found = charges(case, today)
    waived = "fee" in standing.overridden(case)
    known = [charge for charge in found if charge.amount]
    covered = coverage(known, list(case.account.payments()), case.account.refunded)
    asked = [charge for charge in known if charge.due in dues]
    owed = sum(charge.amount or 0 for charge in asked)
    paid = sum(covered[known.index(charge)] for charge in asked)
    lacking = 0 if waived else owed - paid
    return Balance(
        charges=tuple(asked),
        open=tuple((charge.amount or 0) - covered[known.index(charge)] for charge in asked),
        owed=owed,
        covered=paid,
        lacking=lacking,
        excess=max(0, case.account.kept - sum(covered)),
        untold=tuple(charge for charge in found if charge.amount is None and charge.due in dues),
    )


def coverage(asked: Sequence[Charge], payments: Sequence[Entry], refunded: int = 0) -> list[int]:
    """Return how much of each charge is covered: each payment goes where its means is taken, as far as it will.

    The most that can be covered is (it is a flow through a small net); what is due first goes first. What was given
    back covers nothing: it is taken from what fits worst.
    """
    left = [entry.amount for entry in payments]
    takes = [[i for i, charge in enumerate(asked) if entry.means in charge.by] for entry in payments]
    for position in sorted(range(len(payments)), key=lambda p: len(takes[p])):
        gone = min(refunded, left[position])
        left[position] -= gone
        refunded -= gone
    flow = [[0] * len(asked) for _ in payments]
    order = sorted(range(len(asked)), key=lambda i: (list(Due).index(asked[i].due), len(asked[i].by), i))
    for i in order:
        lacking = asked[i].amount or 0
        while lacking and (found := _path(i, left, takes, flow)) is not None:
            path, most = found
            moved = min(most, lacking)
            _move(path, moved, left, flow)
            lacking -= moved
    return [sum(flow[p][i] for p in range(len(payments))) for i in range(len(asked))]


Path = list[tuple[int, int]]
"""(payment, charge) from the charge that lacks something back to a payment of which something is left."""


def _path(start: int, left: list[int], takes: list[list[int]], flow: list[list[int]]) -> tuple[Path, int] | None:
    """Return along which payments something can be moved to a charge, and how much; None where nothing can."""
    seen: set[int] = set()
    todo: list[tuple[int, Path, int]] = [(start, [], 1 << 62)]
    while todo:
        charge, path, most = todo.pop(0)
        for payment, fitting in enumerate(takes):
            if charge not in fitting or payment in seen:
                continue
            seen.add(payment)
            longer = [*path, (payment, charge)]
            if left[payment]:
                return longer, min(most, left[payment])
            todo += [(other, longer, min(most, flow[payment][other])) for other in fitting if flow[payment][other]]
    return None


def _move(path: Path, amount: int, left: list[int], flow: list[list[int]]) -> None:
    """Move an amount along a path: each payment gives up for the next charge what the one after it takes over."""
    for step, (payment, charge) in enumerate(path):
        flow[payment][charge] += amount
        if step + 1 < len(path):
            flow[payment][path[step + 1][1]] -= amount
        else:
            left[payment] -= amount


# -- booking ----------------------------------------------------------------------------------------------------------


def booked(asked: Sequence[Charge], before: Account, entry: Entry) -> dict[str, int]:
    """Return what a payment is booked for: what is open of each charge that its means is taken for, then excess."""
    open_: dict[str, int] = {}
    for charge in asked:
        if charge.amount:
            open_[charge.label] = open_.get(charge.label, 0) + charge.amount
    for earlier in before.payments():
        for label, amount in earlier.covers.items():
            open_[label] = open_.get(label, 0) - amount
    left, covers = entry.amount, dict[str, int]()
    for charge in asked:
        part = min(left, max(0, open_.get(charge.label, 0))) if entry.means in charge.by else 0
        if part:
            covers[charge.label] = covers.get(charge.label, 0) + part
            open_[charge.label] -= part
            left -= part
    return covers | ({EXCESS: left} if left else {})


# -- what goes back ---------------------------------------------------------------------------------------------------


def refund_owed(case: Case, today: date) -> int:
    """Return what the office owes back by its own rules, by now."""
    fees, account = case.office.fees, case.account
    if not account.kept:
        return 0
    if _comes_to_nothing(case, fees):
        return account.kept
    later = [row for row in fees.rows_on(today) if row.due in (*BILLED, Due.WITH_ANSWER)]
    if case.state not in ENDED and any(not row.rights.isdisjoint(case.rights) for row in later):
        return 0  # what is too much now may be due by then
    if fees.shortage is not None and fees.shortage.excess is Excess.KEPT:
        return 0
    dues = EARLY if case.state in ("withdrawn", "lapsed", "voided") else EVERY
    return max(0, account.kept - balance(case, today, dues).covered)


ENDED = ("fulfilled", "refused", "withdrawn", "lapsed", "voided")


def _comes_to_nothing(case: Case, fees: Fees) -> bool:
    """Whether the office gives everything back because of how the request ended."""
    if case.state == "voided":
        return True
    if fees.refund is None:
        return False
    if case.state == "withdrawn":
        return fees.refund.withdrawn
    outcomes = {outcome.outcome for outcome in case.rights.values() if outcome is not None}
    if case.state == "refused":
        return fees.refund.refused
    return case.state == "fulfilled" and outcomes == {OutcomeName.NOT_HELD} and fees.refund.not_held


def means_taken(found: Iterable[Charge]) -> tuple[Means, ...]:
    """Return by what these charges may be paid."""
    return tuple(dict.fromkeys(means for charge in found for means in charge.by))


def means_with_forms(office: OfficeProcedure, rights: Collection[str], on: date) -> tuple[str, ...]:
    """Return by what that may be paid which is due with the forms, of a request for these rights begun on that day."""
    due = [row for row in office.fees.rows_on(on) if row.due is Due.WITH_FORMS and not row.rights.isdisjoint(rights)]
    return tuple(dict.fromkeys(str(means) for row in due for means in row.by))
