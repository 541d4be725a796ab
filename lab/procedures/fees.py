"""What a request costs, as the facts tell it: amounts, what they are counted by, means, when due, postage, shortage."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lab.procedures.phrases import Phrase, left_of, rights_in, words
from lab.procedures.rows import Row
from lab.procedures.starts import known_rights

CURRENCIES = {"JP": "JPY", "UK": "GBP", "IE": "EUR", "CA": "CAD", "NZ": "NZD"}
CHARGEABLE = ("purpose_notice", "disclosure", "provision_records")
"""The rights for which APPI 38 lets an office charge; the loader refuses a fee for any other."""
PLACEHOLDER = 300
"""The amount put where the passage names none: an assumption, told on the page."""

_MEANS = {
    "cash_registered": r"registered cash( mail)?|by registered cash|genkin kakitome",
    "revenue_stamp": r"revenue stamps?",
    "stamps": r"(?<!reply )(?<!revenue )\bstamps\b(?! in excess)|excess back in stamps",
    "money_order": r"money orders?( \(teigaku kogawase\))?",
    "transfer": r"transfer",
    "debit": r"\bdebit\b|from the account|account debit|debit order",
    "card": r"\bcard\b",
    "cheque": r"cheque",
    "cash": r"(?<!registered )\bcash\b(?! mail)|at the counter",
}
_PER = {
    "name": r"per name",
    "half_hour": r"per 30 minutes|half hour",
    "page": r"a page|per page|by pages|10/20 yen",
    "item": r"per item|per document|by item|by group of items|per group",
    "request": r"per request|each time|basic(?! set)",
}
_AFTER = (
    r"after the check|told by phone when|estimate and a bill|by pages|copies at cost|copies \d|"
    r"work starts when paid|afterwards"
)
_ESTIMATED = r"estimate|\bbill\b|copies|pages|outlays|\bfees?\b|told|check|cost|charge"
_WITH_ANSWER = r"paid when the answer is given|with the answer|when receiving"
_WITH_FORMS = r"enclosed|with the (form|request|receipt)|when applying|with the form|in the envelope|must be there"
_AMOUNT = r"(?P<amount>\d[\d,]*)(?:/[\d,/]+)? ?(?:yen|dollars|pounds|euros?|(?=per \d+ minutes))"
_WORDS = words(
    "amount fee charged laid down post purpose notice disclosure provision records application sent mail "
    "electronic items oral e-mail answer free taken people registered addressee stamped subject written "
    "wanted complete correction halt includes addressee-only postage phone posted desk charge subject's cost "
    "present rule stands granted viewing doctor ready pages time but"
)
"""What the facts say of it beside what is taken, and what other settings hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeFact:
    """One fee. ``amount`` None: estimated, told with the decision; ``assumed``: the passage names no amount."""

    rights: tuple[str, ...]
    amount: int | None
    per: str = "request"
    by: tuple[str, ...] = ()
    due: str = "with_forms"
    manner: str | None = None
    assumed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """What was understood of money."""

    currency: str
    fees: tuple[FeeFact, ...]
    months_of_order: int | None
    refunded: bool | None
    surcharges: tuple[tuple[str, int], ...]
    answer_stamps: int | None
    answer_postage: bool
    reply_envelope: bool
    excess: str | None
    wrong_means: str | None
    pay_within_months: int | None
    starts_when_paid: bool
    unread: tuple[str, ...]


def money(row: Row) -> Money:
    """Return what a request costs, as far as the facts tell."""
    fee, postage = Phrase(row["fee"]), Phrase(row["return_postage"])
    deficiency = Phrase(row["deficiency"])
    months = fee.take(r"(?:within (\d+) months? of issue|not older than (\d+) months?)")
    surcharges = tuple(_surcharges(fee))
    stamps = fee.take(r"reply stamps(?: \((\d+) yen\))?|(?:stamped )?(?:return|reply) envelope(?: \((\d+) yen[^)]*\))?")
    amount = next((int(group) for group in stamps.groups() if group), None) if stamps else None
    found = Money(
        currency=CURRENCIES.get(row.country, "JPY"),
        fees=tuple(_fees(row, fee)),
        months_of_order=int(months[1] or months[2]) if months else None,
        refunded=False if fee.says(r"not returned( in any event)?|also when refused") else None,
        surcharges=surcharges,
        answer_stamps=amount,
        answer_postage=stamps is not None
        or fee.says(
            r"\+ postage( when posted)?|postage[^,;]*borne by the subject|postage of the (report|answer)|"
            r"all outlays|outlays"
        )
        or postage.says(r"borne by (the )?subject|postage of the answer")
        or row.needs_any("answer_postage"),
        reply_envelope=fee.says(r"return envelope") | postage.says(r"reply envelope"),
        excess="stamps" if deficiency.says(r"too much returned in stamps") else None,
        wrong_means="returned" if deficiency.says(r"other means of payment sent back with all papers") else None,
        pay_within_months=int(found[1]) if (found := fee.take(r"paid within (\d+) months?")) else None,
        starts_when_paid=fee.says(r"work starts when paid|starts once money")
        | deficiency.says(r"starts when papers and fee are complete"),
        unread=(),
    )
    fee.says_any([_AMOUNT, *_MEANS.values(), *_PER.values(), _AFTER, _WITH_ANSWER, _WITH_FORMS])
    return replace(found, unread=left_of(_WORDS, fee, postage))


def _surcharges(fee: Phrase) -> Iterator[tuple[str, int]]:
    for found in re.finditer(r"\+ (\d+) (addressee-only|express|simple registered)", fee.text):
        yield found[2].replace("-", "_").replace(" ", "_"), int(found[1])
    fee.take(r"\+ \d+ (addressee-only|express|simple registered)")


def _fees(row: Row, fee: Phrase) -> Iterator[FeeFact]:
    """Yield the fees a phrase tells, one for each amount or each thing it is counted by."""
    if (
        not fee
        or re.match(r"(none|no fee)\b", fee.text)
        or re.fullmatch(r"(reply stamps|(the )?postage)[^;]*", fee.text)
    ):
        return
    public = row.needs_any("regime_jp_public_body")
    fit = tuple(right for right in known_rights(row) if right in CHARGEABLE) or ("disclosure",)
    if public:
        fit = ("disclosure",)
    body = re.sub(
        r"\([^)]*(?:registered|addressee-only|reply)[^)]*\)|"
        r"reply stamps \([^)]*\)( with the request)?|\+ \d+ (?:addressee-only|express)",
        " ",
        fee.text,
    )
    common = _means(body)
    clauses = [clause for clause in re.split(r";", body) if not re.search(r"reply stamps|return envelope", clause)] or [
        body
    ]
    clauses = [clause for clause in clauses if re.search(r"[a-z]{2,}|\d", clause)] or clauses
    found = [one for clause in clauses if not _only_free(clause) for one in _clause(clause, row, fit)]
    priced = [one for one in found if not one.assumed]
    if not priced:
        found = found[:1] or [FeeFact(rights=fit, amount=PLACEHOLDER, due="with_forms", assumed=True)]
    for one in priced or found:
        yield replace(one, by=one.by or common or _usual(row, one))


def _only_free(clause: str) -> bool:
    """Tell whether a clause says for what nothing is charged, and no amount."""
    return bool(re.search(r"\b(free|none)\b", clause)) and not re.search(_AMOUNT, clause)


def _clause(clause: str, row: Row, fit: tuple[str, ...]) -> Iterator[FeeFact]:
    """Yield the fees of one clause."""
    named = tuple(right for right in rights_in(clause) if right in fit)
    rights = named or fit
    due = _due(clause, row)
    amounts = list(re.finditer(_AMOUNT, clause))
    means = _means(clause)
    manners = re.findall(r"(paper|electronic)", clause) if len(amounts) > 1 else []
    for number, found in enumerate(amounts):
        until = amounts[number + 1].start() if number + 1 < len(amounts) else len(clause)
        around = clause[found.start() : until]
        per = next((code for code, pattern in _PER.items() if re.search(pattern, around)), None)
        per = per or next((code for code, pattern in _PER.items() if re.search(pattern, clause)), "request")
        if re.search(r"30 minutes", around) and re.search(r"basic", clause[: found.start() + 20]) and number == 0:
            per = "request"
        manner = manners[number] if number < len(manners) and len(manners) == len(amounts) else None
        if re.search(r"paper", clause) and re.search(r"e-mail|electronic", row["fee"].lower()) and manner is None:
            manner = "paper"
        amount = int(found["amount"].replace(",", ""))
        if per in ("page", "half_hour") and due == "with_forms":
            due = "after_decision"  # nobody can count them before
        yield FeeFact(rights=rights, amount=amount, per=per, by=means, due=due, manner=manner)
    if re.search(r"copies \+|\+ copies|copies at cost|outlays|then pages", clause) and amounts:
        yield FeeFact(rights=rights, amount=None, per="request", by=means, due="after_decision")
    if (
        not amounts
        and re.search(r"[a-z]", clause)
        and not re.fullmatch(r"\s*(the )?postage.*|\s*section.*none.*", clause)
    ):
        per = next((code for code, pattern in _PER.items() if re.search(pattern, clause)), "request")
        estimated = due == "after_decision"
        if estimated and not re.search(_ESTIMATED, clause):
            return
        yield FeeFact(
            rights=rights,
            amount=None if estimated else PLACEHOLDER,
            per="request" if estimated else per,
            by=means,
            due=due,
            assumed=not estimated,
        )


def _due(clause: str, row: Row) -> str:
    if re.search(_WITH_ANSWER, clause):
        return "with_answer"
    if re.search(_WITH_FORMS, clause):
        return "with_forms"
    if re.search(_AFTER, clause) or row.needs_any("fee_after_decision"):
        return "after_decision"
    return "with_forms"


def _means(text: str) -> tuple[str, ...]:
    return tuple(code for code, pattern in _MEANS.items() if re.search(pattern, text))


def _usual(row: Row, fee: FeeFact) -> tuple[str, ...]:
    """Return how a fee is paid where the passage does not say: an assumption, told on the page."""
    if row.country != "JP":
        return ("cheque",)
    if row.needs_any("regime_jp_public_body") and fee.due == "with_forms":
        return ("revenue_stamp",)
    by_post = not row.channels or any("post" in channel for channel in row.channels)
    if fee.due == "with_forms" and by_post:
        return ("stamps",)
    return ("transfer",) if by_post else ("cash",)
