"""Whether what was proven still stands: evidence is about a person, an address and a moment. Pure.

A paper that was accepted is kept with a commitment to what it was judged against (`values.Stated`), and so is what two
people lifted or a verifier vouched for. Here these commitments are compared with the case as it stands now. What no
longer matches proves nothing: there is no flag that outlives what it was said of (docs/adr/0021).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from workflows.engine.values import Reason
from workflows.law.proving import Where
from workflows.law.values import RepresentativeKind
from workflows.office.start import Way
from workflows.request.addressed import answer_to, party
from workflows.request.case import Case
from workflows.request.enough import Asked
from workflows.request.values import AddressShown, Authority, Document, FormName, Party, Stated, Vouched

SEPARATOR = "|"
NOTHING_STATED = Stated()


@dataclass(frozen=True, slots=True)
class Papers:
    """The documents of one holder: those that still speak of the person, and why the others do not."""

    counting: tuple[Document, ...]
    stale: tuple[Reason, ...]
    moved: bool
    """Whether one that counts was accepted for another address than the one now stated."""


def papers(case: Case, holder: Party) -> Papers:
    """Return the holder's documents as they speak of the case now.

    A document whose name or birth date was changed since says nothing any more. One whose address was changed still
    says who the person is, but shows another address than the one now stated.
    """
    now = case.stated.get(holder)
    counting: list[Document] = []
    stale: list[Reason] = []
    moved = False
    for document in case.documents:
        if document.holder is not holder:
            continue
        if not same_person(document.judged, now):
            stale.append(_stale("identity.person_changed", document))
        elif same_address(document.judged, now):
            counting.append(document)
        else:
            shown = AddressShown.OTHER if document.address is AddressShown.STATED else document.address
            moved = moved or document.address is AddressShown.STATED
            counting.append(replace(document, address=shown))
    return Papers(tuple(counting), tuple(stale), moved)


def asked_of(case: Case, holder: Party) -> Asked:
    """Return what this person's identity is to be proven for: the rights asked for, and where their papers came.

    Where none came yet, that is where the request was made.
    """
    came = [document for document in case.documents if document.holder is holder]
    by_way = {Way.COUNTER: Where.COUNTER, Way.WEB: Where.ELECTRONIC, Way.EMAIL: Where.ELECTRONIC}
    where = came[-1].looked_at if came else by_way.get(case.began, Where.POST)
    kind = None if holder is Party.SUBJECT else case.representative
    return Asked(rights=tuple(case.rights), kind=kind, where=where)


def authorities(case: Case) -> tuple[tuple[Authority, ...], tuple[Reason, ...]]:
    """Return the proofs of representation that still speak of these two people, and why the others do not."""
    subject, acting = case.stated.get(Party.SUBJECT), case.stated.get(Party.REPRESENTATIVE)
    counting: list[Authority] = []
    stale: list[Reason] = []
    for proof in case.authorities:
        if same_person(proof.subject, subject) and same_person(proof.representative, acting):
            counting.append(proof)
        else:
            params = {"what": "authority", "document": proof.type, "arrived": str(proof.arrived_on)}
            stale.append(Reason("representation.person_changed", params))
    return tuple(counting), tuple(stale)


def same_person(judged: Stated | None, now: Stated | None) -> bool:
    """Whether two statements mean one person; a birth date that was not yet known says nothing against it."""
    if judged is None or now is None:
        return judged is now
    return judged.name == now.name and judged.birth in (None, now.birth)


def same_address(judged: Stated | None, now: Stated | None) -> bool:
    """Whether two statements name one address."""
    return (judged or NOTHING_STATED).address == (now or NOTHING_STATED).address


def unseen_birth_dates(case: Case) -> list[Party]:
    """Return whose birth date became known only after every paper of theirs was accepted: nobody compared the two."""
    found = []
    for holder in (Party.SUBJECT, Party.REPRESENTATIVE):
        now = case.stated.get(holder)
        if now is None or now.birth is None:
            continue
        judged = [paper.judged for paper in case.documents if paper.holder is holder and paper.name_matches]
        if holder is Party.SUBJECT:
            judged += [proof.subject for proof in case.authorities if proof.names_match]
        judged = [one for one in judged if same_person(one, now)]  # a paper that names somebody else compares nothing
        if judged and all(one is not None and one.birth is None for one in judged):
            found.append(holder)
    return found


# -- what two people lifted, and what a verifier vouched for -----------------------------------------------------


def covered(case: Case, what: str) -> str:
    """Return what of the case as it stands an override of this gap, or a vouching for it, is said of."""
    word, _, detail = what.partition(":")
    subject = case.stated.get(Party.SUBJECT, NOTHING_STATED)
    acting = case.stated.get(Party.REPRESENTATIVE, NOTHING_STATED)
    parts: Sequence[str | None]
    if word == "document":
        who = acting if detail == Party.REPRESENTATIVE else subject
        parts = [who.name, who.birth]
    elif word == "address":
        whom = answer_to(case)
        to = case.stated.get(whom, NOTHING_STATED)
        parts = [str(whom), to.name, to.address]  # it is the address of this person, of nobody else
    elif word == "birth":
        parts = [subject.birth, acting.birth]
    elif word == "authority":
        parts = [case.representative, subject.name, subject.birth, acting.name]
    elif word == "masking":
        parts = []  # it is about a paper, which says itself what it speaks of
    else:
        parts = [*sorted(case.rights), *_asked_by_whom(case, subject, acting)]
    return SEPARATOR.join(part or "" for part in parts)


def _asked_by_whom(case: Case, subject: Stated, acting: Stated) -> Iterator[str]:
    """Yield who asks and what exactly, beside the rights: a form is of people, and of claims."""
    yield f"subject:{subject.name}"
    if case.representative is not None:
        yield f"representative:{acting.name}"
    if case.halt is not None:
        yield f"halt:{case.halt.measure}:{case.halt.reason}"
    if case.corrections:
        yield f"corrections:{case.corrections}"


def overridden(case: Case) -> frozenset[str]:
    """Return the gaps lifted by two people, for the case as it stands now."""
    return frozenset(
        o.what for o in case.overrides if o.approved_by is not None and still_covers(case, o.what, o.covers)
    )


def still_covers(case: Case, what: str, covers: str) -> bool:
    """Whether something said of an earlier moment holds now; of the rights it was said of, some may be gone."""
    now = covered(case, what)
    if what.partition(":")[0] in ("document", "address", "birth", "authority", "masking"):
        return covers == now
    return set(now.split(SEPARATOR)) <= set(covers.split(SEPARATOR))


def vouched_for(case: Case, what: str) -> bool:
    """Whether a verifier answers by name for the address, or the birth date, as it stands now.

    Nobody vouches for what they wrote down themselves.
    """
    return any(v.by not in case.said_by.get(what, ()) for v in vouchings(case, what))


def vouchings(case: Case, what: str) -> list[Vouched]:
    """Return who vouched for the address, or the birth date, as it stands now, whoever that was."""
    return [v for v in case.vouched if v.what == what and v.covers == covered(case, what)]


# -- whose request a form is -------------------------------------------------------------------------------------

SIGNED = "signed"


def signatures(case: Case, forms: Iterable[FormName], by: str) -> tuple[Vouched, ...]:
    """Return the record that these forms came back signed, and in whose name; ``by`` registered them."""
    name = case.stated.get(Party.SUBJECT, NOTHING_STATED).name or ""
    return tuple(Vouched(f"form:{form}", SIGNED, name, by) for form in forms)


def signed_by_another(case: Case, form: FormName) -> bool:
    """Whether a form came back signed only while the case named another subject."""
    now = case.stated.get(Party.SUBJECT, NOTHING_STATED).name or ""
    names = {v.covers for v in case.vouched if v.what == f"form:{form}" and v.how == SIGNED}
    return bool(names) and now not in names


# -- what an amendment touches -----------------------------------------------------------------------------------


def touched(case: Case, mail_to: Party, kind: RepresentativeKind | None) -> Iterator[str]:
    """Yield what of the proven an amendment would change: name, address, birth_date, mail_to, representative."""
    after = case.proposed if case.proposed is not None else case.stated
    written_to = {mail_to, party(case.office, kind, mail_to)}
    for each in dict.fromkeys([*case.stated, *after]):
        before, then = case.stated.get(each), after.get(each)
        if before is None or then is None:
            if before is not then:
                yield "representative"
            continue
        prefix = "" if each is Party.SUBJECT else "representative."
        if before.name != then.name:
            yield f"{prefix}name"
        if before.birth != then.birth:
            yield f"{prefix}birth_date"
        if before.address != then.address and each in written_to:
            yield f"{prefix}address"
    if mail_to is not case.mail_to:
        yield "mail_to"
    if kind is not case.representative:
        yield "representative"


def _stale(code: str, document: Document) -> Reason:
    noun = "document.other" if document.type == "other" else document.type
    params = {"what": f"document:{document.holder}", "holder": str(document.holder), "document": noun}
    return Reason(code, {**params, "arrived": str(document.arrived_on)})
