"""What `show`, `show --names` and `why` say of a request beyond what the engine knows of any case."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row

from models import person
from models.keys import KeyMissing
from services.engine.loading import load
from services.engine.moments import iso
from services.engine.office import Office
from services.engine.order import Loaded
from services.request import course_told, evidence
from services.request.facts import moment
from services.request.fraud import household, linked_with
from services.request.loading import PAPERS, matter, people
from workflows.engine.codec import to_plain
from workflows.engine.values import Reason
from workflows.office import money as currencies
from workflows.request import billing, clocks, course_clocks, papers_after, paying, picked, promises, searches
from workflows.request.case import Case
from workflows.request.charges import balance, refund_owed
from workflows.request.standing import SIGNED

_TOLD_OF_THE_MATTER = ("note", "corrections", "outcomes", "reasons")


def shown(db: Connection, loaded: Loaded, office: Office) -> dict[str, Any]:
    """Return everything about a request that is not personal."""
    row, case, kept = loaded.row, loaded.case, loaded.row.facts
    linked = linked_with(db, row, office)
    return {
        "rights": {right: outcome and outcome["outcome"] for right, outcome in kept["rights"].items()},
        "linked": linked,
        "household": household(db, row, linked),
        "category": kept["category"],
        "channel": kept["channel"],
        "language": kept["language"],
        "representative": kept["representative"],
        "mail_to": kept["mail_to"],
        "round": kept["rounds"],
        "received_at": iso(moment(kept["received_at"]), office),
        "first_arrived_on": kept["first_arrived_on"],
        "regime": kept["regime"],
        "outside_the_law": case.regime.living if clocks.outside_the_law(case) else None,
        "procedure": _procedure(case),
        "policy": kept["policy"],
        "overrides": list(kept["overrides"]),
        "forms": dict(kept["forms"]),
        "asked": {str(right): signed for right, signed in case.asked.items()},
        "vouched": [{"what": v.what, "how": v.how, "by": v.by} for v in case.vouched if v.how != SIGNED],
        "documents": [
            {
                "holder": str(paper.holder),
                "type": paper.type,
                "masking": str(paper.masking),
                "arrived_on": None if paper.arrived_on is None else paper.arrived_on.isoformat(),
            }
            for paper in case.documents
        ],
        "evidence": evidence.papers(case),
        **course_told.told(case, office.calendar),
        "fees": money(case, office),
        "searches": [
            {
                "search": one.number,
                "department": one.department,
                "act": one.act,
                "by": one.due_on.isoformat(),
                "open": one.open,
                "found": one.found,
                "answered_by": one.answered_by,
                "files": len(one.finds),
            }
            for one in case.searches
        ],
        "authorities": [
            {
                "type": proof.type,
                "masking": None if proof.masking is None else str(proof.masking),
                "arrived_on": None if proof.arrived_on is None else proof.arrived_on.isoformat(),
            }
            for proof in case.authorities
        ],
    }


def money(case: Case, office: Office) -> dict[str, Any] | None:
    """Return how it stands with the fee of a request; None where its office takes none."""
    if not case.office.fees.charged:
        return None
    today, currency = office.calendar.today(office.now), case.office.fees.currency
    found, bill = balance(case, today), case.account.bill
    return {
        "currency": currency,
        "owed": currencies.shown(found.owed, currency),
        "paid": currencies.shown(case.account.paid, currency),
        "lacking": currencies.shown(found.lacking, currency),
        "to_give_back": currencies.shown(refund_owed(case, today), currency),
        "bill": None if bill is None else bill.letter,
        "pay_by": None if bill is None or bill.pay_by is None else bill.pay_by.isoformat(),
        "entries": [
            {
                "entry": entry.no,
                "what": str(entry.what),
                "means": str(entry.means),
                "amount": currencies.shown(entry.amount, currency),
                "on": entry.on.isoformat(),
                "not_taken": None if entry.not_taken is None else str(entry.not_taken),
                "taken_back": entry.undone is not None,
                "receipt": entry.receipt,
            }
            for entry in case.account.entries
        ],
    }


def _procedure(case: Case) -> dict[str, Any] | None:
    """Return which procedure of the office's own a request began under; None: the source's."""
    if not case.office.digest:
        return None
    first = case.office.first
    return {"digest": case.office.digest, "from": None if first is None else first.isoformat()}


def personal(db: Connection, row: Row[Any], office: Office) -> dict[str, Any]:
    """Return the people of a request and what is kept of their words; ``erased`` where the key is destroyed."""
    try:
        known = people(row, person.of_cases(db, [row.id]).get(row.id, {}), office)
        words = matter(row, office)
    except KeyMissing:
        return {"erased": True}
    plain: dict[str, Any] = {str(party): to_plain(one) for party, one in known.items()}
    case = load(db, [row], office, PAPERS)[row.number].case
    plain["accepted_for"] = evidence.accepted_for(case, known, words.formerly, office.keys.get(row.number))
    told = to_plain(words)
    return {**plain, **{name: told[name] for name in _TOLD_OF_THE_MATTER if told.get(name)}}


def stands(case: Case, office: Office) -> str | None:
    """Return the code of what `why` says first where a bill says more of the case than its state does."""
    if case.state == "lapsed" and case.account.bill is not None:
        return "request.stands.lapsed_unpaid"
    return "request.stands.billed" if billing.waits(case, office.calendar.today(office.now)) else None


def dates(case: Case, office: Office) -> Iterator[Reason]:
    """Yield up to which day the person may still answer or pay, what goes back, and when papers are to go."""
    if case.state == "forms_mailed" and not case.on_hold:
        last = promises.last_day(case, office.calendar)
        if last is not None:
            yield Reason("date.theirs", {"last": last.isoformat()})
    today = office.calendar.today(office.now)
    yield from _of_money(case, today)
    for kind, ending, _ in papers_after.owed(case):
        day = course_clocks.last_day_of_papers(case, kind, office.calendar)
        if day is not None:
            words = {"papers": f"paper_kind.{kind}", "end": f"papers_end.{ending.end}"}
            yield Reason("date.papers", {**words, "day": day.isoformat()})
    if case.law_pin not in ("", case.regime.digest):
        yield Reason("law.changed", {"case": case.number, "law": case.regime.name})
    yield from picked.told_unpaid(case, today)
    yield from searches.open_ones(case.searches)


def _of_money(case: Case, today: date) -> Iterator[Reason]:
    """Yield up to which day a bill is waited for, and what is to be given back."""
    bill = case.account.bill
    if bill is not None and billing.waits(case, today):
        last = bill.pay_by if bill.reminder is None else bill.remind_by
        letter = bill.reminder or bill.letter
        yield Reason("date.bill", {"letter": letter, "last": None if last is None else last.isoformat()})
    if back := refund_owed(case, today):
        yield Reason("fee.too_much", paying.told(back, case.office.fees.currency))
