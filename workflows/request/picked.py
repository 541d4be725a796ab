"""Which post the person picked for the answer, and whether it counts: what the file has a price for, once it is paid.

Such a pick is kept in ONE place, the account, among what is paid beside (`[[fee_extra]]`): whether it was ticked on the
form or said later. Paid is what payments cover. What has no price stands with the choice of delivery (`Chosen`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from workflows.engine.values import Reason
from workflows.letters import MailClass, MailExtra
from workflows.office.money import ASKED_BESIDE, CLASSES, EVERY_POST, Extra, For, shown
from workflows.request.account import Account, Told
from workflows.request.case import Case
from workflows.request.charges import balance, lawful
from workflows.request.course_payloads import ChooseDelivery
from workflows.request.standing import overridden
from workflows.request.values import Chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """The class of post and what is asked for beside it, as far as the choice counts."""

    mail_class: MailClass | None
    extras: tuple[MailExtra, ...]


def priced(case: Case) -> dict[str, Extra]:
    """Return the classes of post and what may be asked for beside that the file has a price for, in this case."""
    return {extra.code: extra for extra in case.office.fees.extras if extra.posts and extra.rights & lawful(case)}


def unpaid(case: Case, today: date) -> list[str]:
    """Return what was picked of the post, costs extra and is not paid yet: it does not count."""
    if "fee" in overridden(case):
        return []
    found = balance(case, today)
    owed = {
        charge.code for charge, open_ in zip(found.charges, found.open, strict=True) if charge.of is For.EXTRA and open_
    }
    return [code for code in case.account.extras if code in owed and code in EVERY_POST]


def picked(case: Case, today: date) -> Picked:
    """Return what counts of the choice by now."""
    chosen, owed = case.course.chosen or Chosen(), unpaid(case, today)
    bought = [code for code in case.account.extras if code in EVERY_POST and code not in owed]
    counts = chosen.paid or not case.office.answer.chosen_if_paid
    bought_class = next((MailClass(code) for code in reversed(bought) if code in CLASSES), None)
    said_class = chosen.mail_class if counts else None
    extras = (*(chosen.extras if counts else ()), *(MailExtra(code) for code in bought if code in ASKED_BESIDE))
    return Picked(mail_class=bought_class or said_class, extras=extras)


def recorded(case: Case, p: ChooseDelivery) -> tuple[Chosen, Account]:
    """Return the choice and the account after it: what has a price is written into the account, and nowhere else."""
    prices = priced(case)
    bought = [str(code) for code in (p.mail_class, *p.extras) if code is not None and code in prices]
    chosen = Chosen(
        way=p.way,
        mail_class=None if p.mail_class in prices else p.mail_class,
        extras=tuple(extra for extra in p.extras if extra not in prices),
        paid=p.paid,
    )
    kept = tuple(code for code in case.account.extras if code not in EVERY_POST)
    if (*kept, *bought) == case.account.extras:
        return chosen, case.account
    return chosen, case.account.plus((), Told(seq=case.seq + 1, extras=(*kept, *bought)))


def told_unpaid(case: Case, today: date) -> Iterator[Reason]:
    """Yield what a choice still costs before it counts, each in a sentence of its own."""
    prices, currency = priced(case), case.office.fees.currency
    for code in unpaid(case, today):
        if code in prices:
            params = {"amount": shown(prices[code].amount, currency), "currency": f"currency.{currency}"}
            group = "mail_class" if code in CLASSES else "mail_extra"
            yield Reason("choice_costs", {"what": f"{group}.{code}", "case": case.number, **params})
