"""What a request costs, how it is paid, and who bears the postage."""

from workflows.office.money import Due, Fee, shown
from workflows.request.clauses.values import Checks, Clauses, Group, Noun, Sentence, Situation, Slip, Topic, says


def due(s: Situation, *when: Due) -> list[Fee]:
    """Return the fees that may fall due for what is asked, at one of these times; none named: at any."""
    return [fee for fee in s.office.fees.rows if s.concerns(fee.rights) and (not when or fee.due in when)]


def say(s: Situation) -> Clauses:
    """Yield each fee, or that there is none."""
    fees = due(s)
    for fee in fees:
        yield Topic.FEE, amount(s, fee)
        yield Topic.FEE, says(f"said_fees.{fee.due}")
        if fee.by:
            yield Topic.FEE, says("said_fees.by", means=[Noun(f"means.{means}") for means in fee.by])
    if not fees:
        yield Topic.COSTS, says("said_fees.none")
    if not s.published:
        yield Topic.COSTS, says("said_fees.postage")


def checks(s: Situation) -> Checks:
    """Yield a line for each fee that must be enclosed."""
    for fee in due(s, Due.WITH_FORMS):
        yield Group.FEE, says("said_fees.check", fee=amount(s, fee), means=[Noun(f"means.{means}") for means in fee.by])


def slip(s: Situation) -> Slip:
    """Yield what of the fee is ticked on the return slip."""
    if any(fee.amount != 0 for fee in due(s, Due.WITH_FORMS)):
        yield says("said_fees.slip")


def amount(s: Situation, fee: Fee) -> Sentence:
    """Return what a fee is for and how much it is."""
    rights = [Noun(f"right.{right}") for right in s.rights if right in fee.rights]
    if fee.amount is None:
        return says("said_fees.estimated", rights=rights)
    if fee.amount == 0:
        return says("said_fees.free", rights=rights)
    currency = s.office.fees.currency
    money = says("said_fees.money", amount=shown(fee.amount, currency), currency=Noun(f"currency.{currency}"))
    return says("said_fees.amount", rights=rights, per=Noun(f"per.{fee.per}"), money=money)
