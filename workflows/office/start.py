"""How a request begins: the ways an office opens, how it sends its forms, and what it does not accept.

The forms themselves, and what is enclosed beside them, stand in `workflows.office.forms`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from workflows.engine.values import Reason
from workflows.law import Regime
from workflows.law.proving import Where
from workflows.office import forms
from workflows.office.forms import SOURCE_FORMS, Form, FurtherPaper
from workflows.office.said import Said
from workflows.office.table import Fault, Table

if TYPE_CHECKING:
    from workflows.office.procedure import OfficeProcedure

KEYS: dict[str, str] = {
    "start.ways": "how a request may begin: contact, own_download, letter, counter, web, email, fax, phone; several "
    "stand side by side. contact: somebody is in touch and gets the forms; every other way begins with them",
    "start.forms_sent_by": "how forms go to somebody who is in touch: post, email; empty: the office sends none",
    "start.not_accepted": "ways by which nothing is taken up; what comes so is refused with start.not_accepted_ja, "
    "_en, and kept as an inquiry",
    "start.not_accepted_ja, start.not_accepted_en": "what is said to whoever comes by such a way",
    "start.inbound": "by which class of post forms are to come: any, simple_registered, recorded, cash_registered",
    **forms.FORM_KEYS,
}
"""What each key of this part means, for docs/procedure-file.md."""


class Way(StrEnum):
    """How a request may begin. A case that begins by CONTACT gets its forms; every other one begins with them."""

    CONTACT = "contact"
    OWN_DOWNLOAD = "own_download"
    LETTER = "letter"
    COUNTER = "counter"
    WEB = "web"
    EMAIL = "email"
    FAX = "fax"
    PHONE = "phone"

    @property
    def written(self) -> bool:
        """Whether something of the person's comes that way: a form, a signature, a paper. A voice brings none."""
        return self is not Way.PHONE

    @property
    def looked_at(self) -> Where:
        """Where papers that come that way are looked at: the originals shown, copies in the post, or files."""
        if self is Way.COUNTER:
            return Where.COUNTER
        return Where.ELECTRONIC if self in (Way.WEB, Way.EMAIL, Way.FAX) else Where.POST


class SentBy(StrEnum):
    """How the office sends its forms to somebody who is in touch with it."""

    POST = "post"
    EMAIL = "email"


class Inbound(StrEnum):
    """By which class of post forms are to come: what the office publishes, and what was seen on the envelope."""

    ANY = "any"
    RECORDED = "recorded"
    SIMPLE_REGISTERED = "simple_registered"
    CASH_REGISTERED = "cash_registered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """How a request begins. ``inbound`` empty: by any post."""

    ways: tuple[Way, ...] = (Way.CONTACT,)
    forms_sent_by: tuple[SentBy, ...] = (SentBy.POST,)
    not_accepted: tuple[Way, ...] = ()
    not_accepted_said: Said | None = None
    inbound: tuple[Inbound, ...] = ()
    forms: tuple[Form, ...] = SOURCE_FORMS
    papers: tuple[FurtherPaper, ...] = ()

    @property
    def begins_with_forms(self) -> tuple[Way, ...]:
        """The ways by which a request comes with its forms."""
        return tuple(way for way in self.ways if way is not Way.CONTACT)

    @property
    def gives_forms(self) -> bool:
        """Whether somebody gets a form from the office; a letter or a message of one's own needs none."""
        of_ours = {Way.CONTACT, Way.OWN_DOWNLOAD, Way.COUNTER}
        return self.forms != SOURCE_FORMS or not of_ours.isdisjoint(self.ways)

    def form(self, code: str) -> Form | None:
        """Return the form of that code."""
        return next((form for form in self.forms if form.code == code), None)

    def paper(self, code: str) -> FurtherPaper | None:
        """Return the further paper of that code."""
        return next((paper for paper in self.papers if paper.code == code), None)


def read(top: Table) -> Start:
    """Return what the file says of the beginning."""
    own, papers = top.each("form", forms.read_form), top.each("paper", forms.read_paper)
    found = top.inner("start", lambda table: _start(table, own or SOURCE_FORMS, papers))
    return Start(forms=own or SOURCE_FORMS, papers=papers) if found is None else found


def _start(table: Table, own: tuple[Form, ...], papers: tuple[FurtherPaper, ...]) -> Start:
    return Start(
        ways=table.members("ways", Way, (Way.CONTACT,)),
        forms_sent_by=table.members("forms_sent_by", SentBy, (SentBy.POST,)),
        not_accepted=table.members("not_accepted", Way, ()),
        not_accepted_said=table.bilingual("not_accepted", required=False),
        inbound=table.members("inbound", Inbound, ()),
        forms=own,
        papers=papers,
    )


def forbidden(whole: "OfficeProcedure", regime: Regime) -> Iterator[Fault]:
    """Yield what the law and good sense forbid of it."""
    start = whole.start
    yield from _of_ways(start)
    kinds = {proof.kind for proof in regime.papers.proofs if proof.kind is not None} | {
        row.kind for row in whole.proof.representatives
    }
    yield from forms.faults_of(start.forms, start.papers, {str(kind) for kind in kinds})
    if regime.own_form_required:
        represented = {str(row.kind) for row in whole.proof.representatives} or _SOURCES_KINDS
        yield from _without_a_form(start, regime, [forms.SUBJECT, *sorted(represented)])


def _of_ways(start: Start) -> Iterator[Fault]:
    if not start.ways:
        yield Fault("start", Reason("office_start.no_way", {}))
    for way in start.not_accepted:
        if way in start.ways:
            yield Fault("start", Reason("office_start.taken_and_not", {"way": way}))
    if start.not_accepted and start.not_accepted_said is None:
        yield Fault("start", Reason("office_start.not_accepted_unsaid", {}))
    if Way.CONTACT in start.ways and not start.forms_sent_by:
        yield Fault("start", Reason("office_start.nobody_sends", {}))


_SOURCES_KINDS = {"minor", "adult_ward", "agent"}
"""Who may represent somebody where the file says nothing of it (S24-S26)."""


def _without_a_form(start: Start, regime: Regime, holders: Sequence[str]) -> Iterator[Fault]:
    """Where the law lets the office ask for a form, each right it gives stands on one, for whoever may ask. APPI 37."""
    for right in regime.rights:
        told: dict[str, object] = {"right": f"right.{right}", "article": regime.method}
        lacking = [who for who in holders if forms.form_of(right, who, start.forms) is None]
        if lacking == list(holders):
            yield Fault("form", Reason("office_start.on_no_form", told))
        elif lacking:
            yield Fault("form", Reason("office_start.on_no_form_for", {**told, "holders": lacking}))
