"""A small world of honest staff and an adversary, to see what is ever released to whom.

Staff believe every telephone call and every letter, and judge a paper by what truly stands on it. The adversary
telephones and writes what they like, opens the mail of any address they name, and has papers of their own and none of
anybody else's; the person themselves may send theirs at any moment. `Told` is what was said, `Ledger` what truly came:
they are kept apart from the product, and what is released is held against them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from workflows.law.values import RepresentativeKind, Right
from workflows.request.payloads import ReceiveForms
from workflows.request.rights import form_of
from workflows.request.values import AddressShown, Authority, Document, FormName, Masking, Party

HANAKO, ICHIRO, MALLORY = "見本 花子", "見本 一郎", "Sample Mallory"
HOME, NEW_HOME, LAIR = "東京都千代田区千代田1-1", "東京都港区赤坂9-9", "6-6 Example, Chuo-ku, Tokyo"
BORN, CHILD = date(1980, 5, 5), date(2015, 5, 5)
ON_RECORD = {HANAKO: HOME, ICHIRO: HOME, MALLORY: LAIR}


@dataclass(frozen=True)
class Paper:
    """What truly stands on a paper."""

    type: str
    name: str
    address: str | None
    photo: bool
    born: date | None = None


PAPERS = (
    Paper("drivers_licence", HANAKO, HOME, photo=True, born=BORN),
    Paper("resident_record", HANAKO, HOME, photo=False, born=BORN),
    Paper("resident_record", HANAKO, NEW_HOME, photo=False, born=BORN),
    Paper("family_register", HANAKO, None, photo=False, born=BORN),
    Paper("drivers_licence", ICHIRO, HOME, photo=True),
    Paper("drivers_licence", MALLORY, LAIR, photo=True),
    Paper("resident_record", MALLORY, LAIR, photo=False),
)
MANDATES = ((HANAKO, ICHIRO), (MALLORY, ICHIRO))
"""Who truly gave whom a mandate."""


@dataclass(frozen=True)
class Who:
    """What is said of one person."""

    name: str
    address: str
    born: date | None = None
    kind: RepresentativeKind | None = None


@dataclass
class Told:
    """The case in words, as whoever called or wrote last would have it."""

    people: dict[Party, Who]
    mail_to: Party
    rights: tuple[Right, ...]

    @property
    def answered(self) -> Who:
        """Who gets the answer."""
        return self.people[self.mail_to]


@dataclass
class Ledger:
    """What truly came in this case."""

    papers: list[tuple[Party, Paper]] = field(default_factory=list)
    mandates: list[tuple[str, str]] = field(default_factory=list)
    ticked: set[Right] = field(default_factory=set)
    on_record: set[tuple[str, str]] = field(default_factory=set)

    def proven(self, holder: Party, who: Who) -> bool:
        """Whether what came proves that somebody of this name exists: one with a photograph, or two without."""
        speaking = [paper for of, paper in self.papers if of is holder and paper.name == who.name]
        if who.born is not None:
            speaking = [paper for paper in speaking if paper.born in (None, who.born)]
        return any(paper.photo for paper in speaking) or len({paper.type for paper in speaking}) > 1

    def lives_there(self, holder: Party, who: Who) -> bool:
        """Whether a paper of theirs shows the address, or somebody looked it up in the office's own records."""
        shown = any(
            of is holder and paper.name == who.name and paper.address == who.address for of, paper in self.papers
        )
        return shown or (who.name, who.address) in self.on_record


def judged(paper: Paper, holder: Party, told: Told) -> Document:
    """Return what an honest clerk writes down of a paper: it is compared with what was said last."""
    who = told.people.get(holder)
    shown = AddressShown.NONE
    if paper.address is not None:
        shown = AddressShown.STATED if who is not None and paper.address == who.address else AddressShown.OTHER
    same_birth = who is None or who.born is None or paper.born in (None, who.born)
    return Document(
        holder=holder,
        type=paper.type,
        masking=Masking.MASKED,
        photo=paper.photo,
        issued_on=None if paper.photo else date(2026, 11, 1),
        expires_on=date(2031, 4, 1) if paper.photo else None,
        address=shown,
        name_matches=who is not None and paper.name == who.name and same_birth,
    )


def envelope(
    told: Told, came: Iterable[tuple[Party, Paper]], ticked: tuple[Right, ...], signed: bool,
    mandate: tuple[str, str] | None, code: str | None, now: datetime,
) -> ReceiveForms:  # fmt: skip
    """Return what an honest clerk registers of an envelope."""
    forms = tuple(dict.fromkeys(form_of(right) for right in ticked))
    authority = None
    if mandate is not None:
        names = tuple(told.people[party].name if party in told.people else "" for party in Party)
        authority = Authority(type="proxy_statement", signed=signed, names_match=names == mandate)
        forms = (*forms, FormName.PROXY)
    return ReceiveForms(
        arrived_at=now,
        code=code,
        forms=forms,
        signed=dict.fromkeys(forms, signed),
        rights=ticked or None,
        documents=tuple(judged(paper, holder, told) for holder, paper in came),
        authority=authority,
    )


def uncovered(told: Told, ledger: Ledger, released: dict[str, Any]) -> list[str]:
    """Return what of a released answer nothing that came in this case covers; empty: all of it is covered.

    ``released`` is what the answer says: its addressee's name and address, subject, representative, rights.
    """
    faults = []
    subject, to = told.people[Party.SUBJECT], told.answered
    if released["subject"] != subject.name or not ledger.proven(Party.SUBJECT, subject):
        faults.append("subject")
    if (released["name"], released["address"]) != (to.name, to.address) or not ledger.lives_there(told.mail_to, to):
        faults.append("address")
    acting = released["representative"]
    if acting is not None:
        who = told.people[Party.REPRESENTATIVE]
        if acting != who.name or not ledger.proven(Party.REPRESENTATIVE, who):
            faults.append("representative")
        if (subject.name, acting) not in ledger.mandates:
            faults.append("right to represent")
    faults += [f"right {right}" for right in released["rights"] if right not in ledger.ticked]
    return faults


def amended(told: Told, subject: dict[str, Any], acting: dict[str, Any], mail_to: Party | None,
            rights: tuple[Right, ...] | None) -> Told:  # fmt: skip
    """Return the case in words after an amendment."""
    people = dict(told.people)
    if subject:
        people[Party.SUBJECT] = replace(people[Party.SUBJECT], **subject)
    if acting:
        before = people.get(Party.REPRESENTATIVE, Who("", ""))
        people[Party.REPRESENTATIVE] = replace(before, **acting)
    return Told(people, mail_to or told.mail_to, rights or told.rights)
