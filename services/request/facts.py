"""What is kept of a request beside what the engine keeps of any case: one document in the case's row, and its view.

Days and moments are written in ISO form. Nothing here is personal: people, explanations and notes are sealed elsewhere.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Row

from models.case import core_of
from models.evidence import read_stated, stored_stated
from services.office import laws, procedures
from workflows.engine.codec import from_plain, to_plain
from workflows.law.values import OutcomeName, RepresentativeKind, Right, RightOutcome
from workflows.letters import Letter
from workflows.office.applied import applied
from workflows.office.start import Way
from workflows.request.account import EMPTY, Account
from workflows.request.case import Case
from workflows.request.course import BLANK, Course
from workflows.request.values import Authority, Before, Document, FormName, Halt, Override, Party, Stopped, Vouched

BESIDE_THE_VIEW = ("category", "channel", "language", "received_at", "arrived_at", "extend_reason", "withdrawn_on")
"""Facts a transition writes that no rule looks at again."""
PEOPLE = ("verified_by", "decided_by", "released_by")
"""Who acted: columns of their own, because the database itself sees to it that these are different people."""


def view(
    row: Row[Any],
    *,
    letters: Sequence[Letter] = (),
    documents: Sequence[Document] = (),
    authorities: Sequence[Authority] = (),
    birth_date: date | None = None,
    texts: Sequence[Row[Any]] = (),
    **more: Any,
) -> Case:
    """Return the case as the rules see it; ``texts`` are the procedures read for it (`services.office.procedures`)."""
    kept, office = row.facts, procedures.of(procedures.pinned(row), texts)
    return Case(
        **core_of(row),
        regime=applied(laws.of_case(kept["regime"], row.number), office),
        office=office,
        rights={Right(right): _outcome(stored) for right, stored in kept["rights"].items()},
        mail_to=Party(kept["mail_to"]),
        representative=RepresentativeKind(kept["representative"]) if kept["representative"] else None,
        birth_date=birth_date,
        address_on_record=kept["address_on_record"],
        addresses=frozenset(Party(party) for party in kept["addresses"]),
        stated=read_stated(kept["stated"]),
        said_by={what: tuple(names) for what, names in kept["said_by"].items()},
        vouched=tuple(Vouched(*each) for each in kept["vouched"]),
        asked={Right(right): signed for right, signed in kept["asked"].items()},
        mailed_to=kept["mailed_to"],
        came_from=kept["came_from"],
        rounds=kept["rounds"],
        posted_on=day(kept["posted_on"]),
        first_arrived_on=day(kept["first_arrived_on"]),
        arrived_on=day(kept["arrived_on"]),
        forms={FormName(form): signed for form, signed in kept["forms"].items()},
        documents=tuple(documents),
        authorities=tuple(authorities),
        corrections=kept["corrections"],
        halt=Halt(**kept["halt"]) if kept["halt"] else None,
        method=kept["method"],
        verified_by=row.verified_by,
        sole=row.sole,
        decided_by=row.decided_by,
        extended=kept["extended"],
        letters=tuple(letters),
        letters_from=row.letters_from,
        overrides=tuple(Override(reason="", **stored) for stored in kept["overrides"]),
        linked=tuple(kept["linked"]),
        **_put_right(kept),
        **_beginning(kept),
        **more,
    )


def _put_right(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return what later steps put something right by; cases opened before there was any of it have none."""
    before = kept.get("before")
    return {
        "mailed": kept.get("mailed", {}),
        "before": None if before is None else from_plain(Before, before),
        "legal_entry": kept.get("legal_entry", 0),
        "corrects": kept.get("corrects"),
        "taken_back": kept.get("taken_back", 0),
        "supplements": tuple(kept.get("supplements", ())),
        "unsealed": tuple(FormName(form) for form in kept.get("unsealed", ())),
        "course": from_plain(Course, kept["course"]) if "course" in kept else BLANK,
        "account": from_plain(Account, kept["account"]) if "account" in kept else EMPTY,
        "proven_on": day(kept.get("proven_on")),
        "stops": tuple(from_plain(Stopped, stretch) for stretch in kept.get("stops", ())),
        "extended_for": tuple(kept.get("extended_for", _extended_once(kept))),
        "answer_by": day(kept.get("answer_by")),
    }


def _extended_once(kept: Mapping[str, Any]) -> list[str]:
    """Return for what a case was extended before that could happen more than once."""
    return [kept["extend_reason"]] if kept["extended"] and kept.get("extend_reason") else []


def _beginning(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return how a case began and what came beside forms, identity and authority; older cases began with a contact."""
    return {
        "began": Way(kept.get("began", Way.CONTACT)),
        "further": tuple(kept.get("further", ())),
        "circumstances": tuple(kept.get("circumstances", ())),
        "emails": frozenset(Party(party) for party in kept.get("emails", ())),
        "law_pin": kept.get("law_pin", ""),
        "registered": kept.get("registered", False),
    }


def facts_of(after: Case, before: Mapping[str, Any], written: Mapping[str, object]) -> dict[str, Any]:
    """Return the document of a case after a transition that has *written* facts; *before* is the former one."""
    return {
        **{name: before[name] for name in ("policy", *BESIDE_THE_VIEW) if name in before},
        **{name: plain(written[name]) for name in BESIDE_THE_VIEW if name in written},
        "regime": after.regime.name,
        "rights": {str(right): _stored(outcome) for right, outcome in after.rights.items()},
        "representative": plain(after.representative),
        "mail_to": str(after.mail_to),
        "addresses": sorted(map(str, after.addresses)),
        "address_on_record": after.address_on_record,
        "stated": stored_stated(after.stated),
        "said_by": {what: list(names) for what, names in after.said_by.items()},
        "vouched": [[v.what, v.how, v.covers, v.by] for v in after.vouched],
        "asked": {str(right): signed for right, signed in after.asked.items()},
        "mailed_to": after.mailed_to,
        "came_from": after.came_from,
        "rounds": after.rounds,
        "posted_on": plain(after.posted_on),
        "first_arrived_on": plain(after.first_arrived_on),
        "arrived_on": plain(after.arrived_on),
        "forms": {str(form): signed for form, signed in after.forms.items()},
        "corrections": after.corrections,
        "halt": None if after.halt is None else {"measure": after.halt.measure, "reason": after.halt.reason},
        "method": after.method,
        "overrides": [
            {"what": o.what, "asked_by": o.asked_by, "approved_by": o.approved_by, "covers": o.covers}
            for o in after.overrides
        ],
        "linked": list(after.linked),
        "extended": after.extended,
        **({"procedure": after.office.digest} if after.office.digest else {}),
        **({"law_pin": pin} if (pin := before.get("law_pin") if before else after.regime.digest) else {}),
        **{name: value for name, value in _rightings(after).items() if value},
    }


def _rightings(after: Case) -> dict[str, Any]:
    """Return what something is put right by, should it have been recorded wrongly; what is empty is not kept."""
    return {
        "mailed": dict(after.mailed),
        "before": None if after.before is None else to_plain(after.before),
        "legal_entry": after.legal_entry,
        "corrects": after.corrects,
        "taken_back": after.taken_back,
        "supplements": list(after.supplements),
        "unsealed": list(after.unsealed),
        "course": to_plain(after.course) if after.course != BLANK else None,
        "account": None if after.account == EMPTY else to_plain(after.account),
        "proven_on": plain(after.proven_on),
        "stops": [to_plain(stretch) for stretch in after.stops],
        "extended_for": list(after.extended_for),
        "answer_by": plain(after.answer_by),
        "began": None if after.began is Way.CONTACT else str(after.began),
        "further": list(after.further),
        "circumstances": list(after.circumstances),
        "emails": sorted(map(str, after.emails)),
        "registered": after.registered,
    }


def day(stored: str | None) -> date | None:
    """Return a day as it is kept."""
    return None if stored is None else date.fromisoformat(stored)


def moment(stored: str | None) -> datetime | None:
    """Return a moment as it is kept."""
    return None if stored is None else datetime.fromisoformat(stored)


def plain(value: object) -> Any:
    """Return one fact as the document keeps it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _outcome(stored: Mapping[str, Any] | None) -> RightOutcome | None:
    if stored is None:
        return None
    return RightOutcome(**{**stored, "outcome": OutcomeName(stored["outcome"])})


def _stored(outcome: RightOutcome | None) -> dict[str, Any] | None:
    """What of an outcome is no personal data; the words are sealed in the matter."""
    if outcome is None:
        return None
    return {
        "outcome": str(outcome.outcome),
        "ground": outcome.ground,
        "enclosures": outcome.enclosures,
        "confirmed": outcome.confirmed,
        "method": outcome.method,
    }
