"""How a case begins: with somebody who is in touch and gets the forms, or with the forms themselves. Pure.

Whatever the way, the same is looked at, the same is suspected of fraud, and the same must be proven before anybody is
answered: a way to begin brings papers, or none; it proves nothing by itself.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from workflows.engine.case import At
from workflows.engine.machine import Refused
from workflows.engine.values import Reason
from workflows.law.values import Nature, RepresentativeKind
from workflows.office.start import SentBy, Way
from workflows.request import choosing, possible, representation
from workflows.request.arrivals import arrival
from workflows.request.case import Case, Change
from workflows.request.consequences import known_already, pack, said_by, suspected, suspicions_told
from workflows.request.payloads import Open
from workflows.request.values import CodeState, Party


def with_forms(p: Open) -> bool:
    """Whether a request comes with its forms, or asks by a way that brings none."""
    return p.came is not None or p.began not in (None, Way.CONTACT)


def received_at(p: Open) -> datetime | None:
    """Return when a request was received: when its writer says so, else when what came with it came; None: now."""
    return p.received_at or (None if p.came is None else p.came.arrived_at)


def in_touch(case: Case, p: Open, at: At) -> Change | Refused:
    """Take up a first contact; with a postal address the first round's pack is ordered."""
    received = p.received_at or at.now
    refused = (*_not_taken(case, Way.CONTACT), *_believable(case, p, received, at))
    if refused:
        return Refused(refused)
    facts = _facts(case, p, received, at)
    choice = _chosen(case, p, at)
    addressed = facts["mail_to"] in facts["addresses"] | facts["emails"]
    held = suspected(case, at)
    unaddressed = () if addressed else (Reason("no_address_yet", {"case": case.number}),)
    opened = replace(case, rights=dict.fromkeys(p.rights), representative=_kind(p))
    return Change(
        facts={**facts, "rounds": 1 if addressed else 0, **choice.facts(case)},
        rights=dict.fromkeys(p.rights),
        note=p.note,
        letters=pack(1, opened) if addressed else (),
        hold=held,
        notices=(*suspicions_told(case), *choice.notices),
        told=(*unaddressed, *known_already(case, held), *choice.told),
        details={**_details(case, p), **choice.details},
    )


def with_its_forms(case: Case, p: Open, at: At) -> Change | Refused:
    """Take up a request that comes with its own forms, at the time it came: the law counts from then."""
    way, came = way_of(case, p), p.came
    if isinstance(way, Reason):
        return Refused((way,))
    if came is None:
        return Refused((Reason("nothing_came_with_it", {"way": f"began.{way}"}),))
    received = p.received_at or came.arrived_at
    refused = (*_not_taken(case, way), *_believable(case, p, received, at))
    if refused:
        return Refused(refused)
    facts = _facts(case, p, received, at)
    blank = replace(
        case,
        opened_on=facts["opened_on"],
        began=way,
        rights=dict.fromkeys(p.rights),
        representative=facts["representative"],
        mail_to=facts["mail_to"],
        addresses=facts["addresses"],
        birth_date=p.subject.birth_date,
        code_state=CodeState.NONE,
    )
    change = arrival(blank, replace(came, way=way, rights=p.rights, window=p.window, delivery=p.delivery), at)
    if isinstance(change, Refused):
        return change
    mail = case.stated.get(facts["mail_to"])
    told = [reason for reason in known_already(case, change.hold) if reason not in change.told]
    return replace(
        change,
        facts={
            **facts,
            "rounds": 0,
            "began": way,
            **change.facts,
            # Where the form says they live is where they get their mail: nobody ends the request from elsewhere.
            "came_from": None if mail is None else mail.address,
        },
        rights=dict.fromkeys(p.rights),
        note=p.note,
        told=(*change.told, *told),
        details={**_details(case, p), **change.details, "began": str(way)},
    )


def way_of(case: Case, p: Open) -> Way | Reason:
    """Return by which way a request came; one that does not say came by the only way there is."""
    if p.began is not None:
        return p.began
    ways = case.office.start.begins_with_forms
    if len(ways) == 1:
        return ways[0]
    return _refusal(case, Way.LETTER) if not ways else Reason("began_unsaid", {"known": list(ways)})


def _not_taken(case: Case, way: Way) -> Iterator[Reason]:
    """Nothing is taken up by a way the office does not open: in its own words, where it has some."""
    if way not in case.office.start.ways:
        yield _refusal(case, way)


def _refusal(case: Case, way: Way) -> Reason:
    start = case.office.start
    params = {"way": f"began.{way}", "known": [f"began.{known}" for known in start.ways]}
    if way in start.not_accepted and (said := start.not_accepted_said) is not None:
        return Reason("way_not_accepted", {**params, "said": {"ja": said.ja, "en": said.en}})
    return Reason("way_not_open", params)


def _believable(case: Case, p: Open, received: datetime, at: At) -> Iterator[Reason]:
    day = at.calendar.today(received)
    if day > at.today:
        yield Reason("in_the_future", {"day": day.isoformat(), "today": at.today.isoformat()})
        return
    yield from possible.of_opening(case, p, day, at)
    yield from choosing.unfit(replace(case, rights=dict.fromkeys(p.rights)), p.window, p.delivery)
    yield from representation.not_taken(_kind(p), case.regime)
    yield from representation.written_to_the_dead(_kind(p), _mail_to(p))


def _chosen(case: Case, p: Open, at: At) -> choosing.Choice:
    return choosing.chosen(replace(case, rights=dict.fromkeys(p.rights)), p.window, p.delivery, at.today)


def _kind(p: Open) -> RepresentativeKind | None:
    return p.representative.kind if p.representative is not None else None


def _mail_to(p: Open) -> Party:
    """Return who gets the letters: who acts by law or for the dead themselves, the subject who gave a mandate."""
    kind = _kind(p)
    mandated = kind is None or kind.nature is Nature.MANDATE
    return p.mail_to or (Party.SUBJECT if mandated else Party.REPRESENTATIVE)


def _addresses(p: Open) -> frozenset[Party]:
    people = ((Party.SUBJECT, p.subject), (Party.REPRESENTATIVE, p.representative))
    return frozenset(party for party, person in people if person is not None and person.address)


def _emails(case: Case, p: Open) -> frozenset[Party]:
    """Return whose e-mail address is known, where forms may go there."""
    if SentBy.EMAIL not in case.office.start.forms_sent_by:
        return frozenset()
    people = ((Party.SUBJECT, p.subject), (Party.REPRESENTATIVE, p.representative))
    return frozenset(party for party, person in people if person is not None and person.email)


def _facts(case: Case, p: Open, received: datetime, at: At) -> dict[str, Any]:
    kind = _kind(p)
    births = any(person.birth_date for person in (p.subject, p.representative) if person)
    return {
        "opened_on": at.calendar.today(received),
        "received_at": received,
        "category": p.category,
        "channel": p.channel,
        "language": p.language,
        "representative": kind,
        "mail_to": _mail_to(p),
        "addresses": _addresses(p),
        "emails": _emails(case, p),
        "registered": p.representative is not None and bool(p.representative.registration),
        "address_on_record": p.address_on_record,
        "said_by": said_by(case, at, address=True, birth=births),
        "linked": case.linked,
    }


def _details(case: Case, p: Open) -> dict[str, object]:
    return {
        "rights": list(p.rights),
        "channel": p.channel,
        "linked": list(case.linked),
        "regime": case.regime.name,
        **({"procedure": case.office.digest} if case.office.digest else {}),
    }
