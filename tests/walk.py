"""A walk of random orders through a case, by honest staff who believe what they are told (tests.world).

The same walk goes over the pure rules and over real orders; what differs is how an order is carried out and where the
released answer is read.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.world import (
    BORN,
    CHILD,
    HANAKO,
    HOME,
    ICHIRO,
    LAIR,
    MALLORY,
    MANDATES,
    NEW_HOME,
    ON_RECORD,
    PAPERS,
    Ledger,
    Paper,
    Told,
    Who,
    amended,
    envelope,
    uncovered,
)
from workflows.engine.payloads import Nothing
from workflows.engine.values import Language
from workflows.law.values import Category, OutcomeName, RepresentativeKind, Right, RightOutcome
from workflows.request.payloads import Amend, AskAgain, Decide, Fulfil, MailForms, Open, VerifyIdentity
from workflows.request.values import Channel, Party, Person

TOKYO = ZoneInfo("Asia/Tokyo")
MONDAY = datetime(2026, 11, 9, 10, 0, tzinfo=TOKYO)
CLERK, VERIFIER, APPROVER, LEAD = "sato", "tanaka", "mori", "kudo"
RIGHTS = (Right.PURPOSE_NOTICE, Right.DISCLOSURE, Right.PROVISION_RECORDS)

names = st.sampled_from([HANAKO, HANAKO, MALLORY])
addresses = st.sampled_from([HOME, NEW_HOME, LAIR])
rights = st.lists(st.sampled_from(RIGHTS), min_size=1, max_size=2, unique=True).map(tuple)
papers = st.lists(st.tuples(st.sampled_from(list(Party)), st.sampled_from(PAPERS)), max_size=3)
STEP: dict[str, Any] = {
    "fits": st.sampled_from([True, True, True, False]),
    "came": papers,
    "ticked": rights,
    "looks": st.sampled_from([True, True, False]),
    "signed": st.sampled_from([True, True, True, False]),
    "by": st.sampled_from([VERIFIER, LEAD]),
}
agent = st.sampled_from([None, None, None, ICHIRO, MALLORY])


class Walk(RuleBasedStateMachine):
    """One case on its way; a subclass says how orders are carried out."""

    told: Told
    ledger: Ledger
    now: datetime = MONDAY
    decided = False

    # -- what a subclass does ---------------------------------------------------------------------------------------

    def begin(self, contact: Open, stated: Told) -> None:
        """Open the case."""
        raise NotImplementedError

    def order(self, name: str, payload: Any, by: str, then: Told | None = None) -> bool:
        """Carry out an order; return whether it was done. ``then`` is the case in words if it is."""
        raise NotImplementedError

    def state(self) -> str:
        """Return the state of the case."""
        raise NotImplementedError

    def verified(self) -> bool:
        """Whether a verification is in force."""
        raise NotImplementedError

    def released(self) -> dict[str, Any]:
        """Return what the released answer says."""
        raise NotImplementedError

    def code(self) -> str | None:
        """Return the form code of the round's mailing."""
        raise NotImplementedError

    # -- the adversary, and everybody else ---------------------------------------------------------------------------

    @initialize(
        name=names,
        address=st.sampled_from([None, None, NEW_HOME, LAIR]),
        acting=agent,
        wanted=rights,
        hint=st.booleans(),
    )
    def a_first_contact(self, name: str, address: str | None, acting: str | None, wanted: Any, hint: bool) -> None:
        people = {Party.SUBJECT: Who(name, address or ON_RECORD[name])}
        if acting is not None:
            people[Party.REPRESENTATIVE] = Who(acting, ON_RECORD[acting], kind=RepresentativeKind.AGENT)
        self.told, self.ledger = Told(people, Party.SUBJECT, wanted), Ledger()
        contact = Open(
            rights=wanted, category=Category.CUSTOMER, channel=Channel.PHONE, language=Language.JA,
            subject=_person(people[Party.SUBJECT]), address_on_record=hint,
            representative=_person(people[Party.REPRESENTATIVE]) if acting is not None else None,
        )  # fmt: skip
        self.begin(contact, self.told)

    @rule(name=st.none() | names, address=st.none() | addresses, born=st.sampled_from([None, None, BORN, CHILD]),
          by=st.sampled_from([CLERK, LEAD, VERIFIER]), hint=st.none() | st.booleans())  # fmt: skip
    def somebody_calls_about_the_subject(
        self, name: str | None, address: str | None, born: date | None, by: str, hint: bool | None
    ) -> None:
        said = {"name": name, "address": address, "born": born}
        subject = {key: value for key, value in said.items() if value is not None}
        if subject:
            self._amend(subject, {}, None, None, by, hint)

    @rule(name=st.sampled_from([ICHIRO, MALLORY]), address=addresses, to_them=st.booleans())
    def somebody_calls_for_a_representative(self, name: str, address: str, to_them: bool) -> None:
        acting = {"name": name, "address": address, "kind": RepresentativeKind.AGENT}
        self._amend({}, acting, Party.REPRESENTATIVE if to_them else None, None, CLERK, None)

    @rule(mail_to=st.sampled_from(list(Party)), wanted=st.none() | rights)
    def somebody_wants_it_otherwise(self, mail_to: Party, wanted: Any) -> None:
        if mail_to in self.told.people:
            self._amend({}, {}, mail_to, wanted, CLERK, None)

    def _amend(self, subject: Any, acting: Any, mail_to: Any, wanted: Any, by: str, hint: bool | None) -> None:
        then = amended(self.told, subject, acting, mail_to, wanted)
        payload = Amend(
            why="told by telephone", subject=_plain(subject), representative=_plain(acting),
            mail_to=mail_to, rights=wanted, address_on_record=hint,
        )  # fmt: skip
        if self.order("amend", payload, by, then):
            self.told = then

    # -- the office goes on ------------------------------------------------------------------------------------------

    def the_office_goes_on(self, fits: bool, came: Any, ticked: Any, looks: bool, signed: bool, by: str) -> None:
        state = self.state()
        if state == "contacted":
            self.order("mail_forms", MailForms(), CLERK)
        elif state == "forms_mailed" and fits:
            # The people named send what they have: of somebody else nobody has anything.
            own = [(holder, paper) for holder, who in self.told.people.items() for paper in PAPERS
                   if paper.name == who.name and (paper.photo or looks)]  # fmt: skip
            self._arrive(own, self.told.rights if looks else ticked, signed, self._mandate())
        elif state == "forms_mailed":
            self._arrive(came, ticked, signed, MANDATES[0] if looks else None)
        elif state == "forms_returned":
            self._verify(by, looks)
            if self.state() == "forms_returned":
                self.order("ask_again", AskAgain(), CLERK)
        elif state == "id_verified":
            self._release(granted=looks)

    @rule(steps=st.lists(st.fixed_dictionaries(STEP), min_size=1, max_size=4))
    def a_day(self, steps: list[dict[str, Any]]) -> None:
        """Go on by some steps: the office works more than people telephone, else no walk came to an answer."""
        self._go(steps)

    @rule(steps=st.lists(st.fixed_dictionaries(STEP), min_size=1, max_size=4))
    def another_day(self, steps: list[dict[str, Any]]) -> None:
        """The same once more, so that it is chosen twice as often."""
        self._go(steps)

    def _go(self, steps: list[dict[str, Any]]) -> None:
        for step in steps:
            self.the_office_goes_on(**step)

    def _mandate(self) -> tuple[str, str] | None:
        if Party.REPRESENTATIVE not in self.told.people:
            return None
        names = (self.told.people[Party.SUBJECT].name, self.told.people[Party.REPRESENTATIVE].name)
        return names if names in MANDATES else None

    def _arrive(self, came: list[tuple[Party, Paper]], ticked: Any, signed: bool, mandate: Any) -> None:
        self.now += timedelta(hours=1)
        arrival = envelope(self.told, came, ticked, signed, mandate, self.code(), self.now)
        if not self.order("receive_forms", arrival, CLERK):
            return
        self.ledger.papers += came
        if signed:
            self.ledger.ticked |= set(ticked)
            self.ledger.mandates += [mandate] if mandate is not None else []
        self.told = replace(self.told, rights=self.rights())

    def _verify(self, by: str, looks: bool) -> None:
        who = self.told.answered
        on_record = looks and ON_RECORD[who.name] == who.address
        shown = [paper.type for holder, paper in self.ledger.papers
                 if holder is self.told.mail_to and (paper.name, paper.address) == (who.name, who.address)]  # fmt: skip
        seen = all(
            paper.born in (None, self.told.people[holder].born)
            for holder, paper in self.ledger.papers
            if holder in self.told.people and paper.name == self.told.people[holder].name
        )
        payload = VerifyIdentity(
            address_on_record=on_record, address_shown_by=shown[0] if looks and shown else None, birth_date_seen=seen
        )
        if self.order("verify_identity", payload, by) and on_record:
            self.ledger.on_record.add((who.name, who.address))

    def _release(self, *, granted: bool) -> None:
        self.order("decide", decision(self.rights(), granted=granted), VERIFIER)
        self.order("fulfil", Fulfil(), APPROVER) if granted else self.order("refuse", Nothing(), APPROVER)
        if self.state() in ("fulfilled", "refused") and not self.decided:
            self.decided = True
            self.seen_released()
            assert self.verified()
            assert uncovered(self.told, self.ledger, self.released()) == []

    def seen_released(self) -> None:
        """Count an answer: a walk that never comes to one shows nothing."""

    def rights(self) -> tuple[Right, ...]:
        """Return the rights the case stands for now."""
        raise NotImplementedError


def decision(asked: tuple[Right, ...], *, granted: bool) -> Decide:
    """Return a decision on every right."""
    if granted:
        return Decide(outcomes={r: RightOutcome(outcome=OutcomeName.GRANTED, enclosures=1) for r in asked})
    ground = {Right.PURPOSE_NOTICE: "purpose_obvious"}
    return Decide(
        outcomes={
            r: RightOutcome(outcome=OutcomeName.REFUSED, ground=ground.get(r, "harm"), explanation="危害のおそれ")
            for r in asked
        }
    )


def _person(who: Who) -> Person:
    return Person(name=who.name, address=who.address, postcode="100-0001", birth_date=who.born, kind=who.kind)


def _plain(said: dict[str, Any]) -> dict[str, object] | None:
    words = {("birth_date" if key == "born" else key): value for key, value in said.items()}
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in words.items()} or None
