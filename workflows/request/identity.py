"""Whether papers prove who somebody is: by the source one with a photograph, or two different ones without (S22-S27).

An office's own procedure, or another law, may say otherwise: what is enough is data too (`workflows.law.proving`).

The table of papers is data (``workflows/law/evidence_*.toml``); here is only how it is read. Every document is
judged on the day it arrived. An answer is a list of reasons, each with a ``what`` in the words staff use to ask again;
an empty list means that nothing is missing. Reasons are kept in the history, so they name a fault and the day of
arrival, never a day printed on a paper: a licence ends a month after its holder's birthday.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from workflows import law
from workflows.engine.values import Reason
from workflows.law.law import Paper, Regime
from workflows.law.proving import Age
from workflows.office import SOURCE, OfficeProcedure
from workflows.request import enough, proof_words
from workflows.request.enough import EVERYTHING, Asked, Counted
from workflows.request.values import AddressShown, Document, Masking, Party

_THREE_MONTHS = Age(3)
MISSING = (
    "unsigned",
    "unsealed",
    "form:NAME",
    "pages",
    "document:subject",
    "document:representative",
    "masking:TYPE",
    "authority",
    "address",
    "correction",
    "fee",
    "envelope",
)

# Gaps of which a letter says more than "please send a document" (of representation, too: the words are the letter's).
_IN_LETTERS = {
    "identity.one_more": "deficiency.one_more",
    "identity.expired": "deficiency.expired",
    "identity.too_old": "deficiency.too_old",
    "identity.no_longer_accepted": "deficiency.no_longer_accepted",
    "identity.never_accepted": "deficiency.never_accepted",
    "identity.name_differs": "deficiency.name_differs",
    "identity.seal_differs": "deficiency.seal_differs",
    "identity.needed": "deficiency.needed",
    "identity.needed_besides": "deficiency.needed_besides",
    "identity.past_its_age": "deficiency.past_its_age",
    "identity.not_original": "deficiency.not_original",
    "identity.older_than_asked": "deficiency.older_than_asked",
    "identity.shows_no_address": "deficiency.shows_no_address",
    "identity.not_taken_here": "deficiency.not_taken_here",
    "identity.not_of_the_rule": "deficiency.not_taken_here",
    "identity.address_on_record_only": "deficiency.address_on_record_only",
    "identity.person_changed": "deficiency.person_changed",
    "identity.address_changed": "deficiency.address_changed",
    "right_not_ticked": "deficiency.right_not_ticked",
    "right_unwritten": "deficiency.right_unwritten",
    "representation.of_age": "deficiency.of_age",
    "representation.birth_date_missing": "deficiency.birth_date",
    "representation.number_missing": "deficiency.registration",
    "representation.needed": "deficiency.authority_needed",
    "representation.only_there": "deficiency.only_there",
    "fee.fee_missing": "deficiency.fee_missing",
    "fee.fee_short": "deficiency.fee_short",
    "fee.postage_missing": "deficiency.postage_missing",
    "fee.postage_short": "deficiency.postage_short",
    "fee.wrong_means": "deficiency.fee_wrong_means",
    "fee.stale": "deficiency.fee_stale",
}


def gaps(
    holder: Party,
    documents: Collection[Document],
    regime: Regime,
    *,
    overridden: Collection[str] = (),
    asked: Asked = EVERYTHING,
) -> list[Reason]:
    """Return what is still missing to prove who the *holder* is; nothing if proven.

    ``overridden`` are the gaps a second person has lifted. A document that lacks nothing but its masking is asked to
    be masked, not replaced; papers that were not needed are not complained of. Raises ``ValueError`` for a document
    without a day of arrival.
    """
    judged = _sorted_out(holder, documents, regime, overridden)
    lacking = enough.lacking(judged.counted, judged.pending, regime, asked)
    found: list[Reason] = []
    if lacking.ways and f"document:{holder}" not in overridden:
        found.append(_more_needed(holder, judged, lacking))
        unfit = [_fault(code, document) for code, document in lacking.unfit]
        found.extend(sorted([*judged.refused, *unfit], key=_order))
    found.extend(_unmasked(holder, document, paper) for document, paper in lacking.to_mask)
    return found


def accepted(
    holder: Party, documents: Collection[Document], regime: Regime, *, overridden: Collection[str] = ()
) -> list[Document]:
    """Return the documents of the *holder* that count, in the order given."""
    return [document for document, _ in _sorted_out(holder, documents, regime, overridden).counted]


def address_gaps(
    holder: Party,
    documents: Collection[Document],
    regime: Regime,
    *,
    on_record: bool,
    proven_by_code: bool = False,
    overridden: Collection[str] = (),
) -> list[Reason]:
    """Return why an answer may not go to the address the *holder* stated; nothing if it may.

    It may where the address is already on record or an accepted document shows it. The form code that came back
    (``proven_by_code``) proves that somebody opens the mail there, not that the *holder* lives there: the sentence says
    so, and it is not enough (F2).
    """
    if on_record or "address" in overridden:
        return []
    if regime.papers.on_record_only:
        return [Reason("identity.address_on_record_only", {"what": "address", "holder": str(holder)})]
    judged = _sorted_out(holder, documents, regime, overridden)
    counted, pending = judged.counted, judged.pending
    if any(enough.shows_stated_address(document, paper) for document, paper in counted):
        return []
    if would := [pair for pair in pending if enough.shows_stated_address(*pair)]:
        return [_unmasked(holder, *min(would, key=lambda pair: pair[0].type))]
    params = {"what": "address", "holder": str(holder)}
    if any(document.address is AddressShown.OTHER for document, _ in counted):
        return [Reason("identity.address_differs", params)]
    if any(p.address_issued_before is not None and d.address is AddressShown.STATED for d, p in counted):
        # From 2020-02-04 the page in a passport that held an address is gone; what its holder wrote in is no evidence.
        return [Reason("identity.address_passport", params)]
    return [Reason("identity.address_code_only" if proven_by_code else "identity.address_not_shown", params)]


def words_known() -> list[str]:
    """Return the words for what can be asked for again; ``NAME`` is a form's, ``TYPE`` a document's."""
    return list(MISSING)


def explain_missing(what: str, regime: Regime | None = None, office: OfficeProcedure = SOURCE) -> Reason:
    """Return the sentence of a deficiency notice for one such word, for an unknown one a refusal naming the known.

    The sentence's code begins with ``deficiency.``, a refusal's does not. Without a *regime* the papers of every law
    are known; forms and further papers are those of the *office*.
    """
    word, _, detail = what.partition(":")
    if word == "form" and office.start.form(detail) is not None:
        return Reason("deficiency.form", {"what": what, "form": called(office, detail)})
    if word == "paper" and (paper := office.start.paper(detail)) is not None:
        return Reason("deficiency.paper", {"what": what, "paper": {"ja": paper.said.ja, "en": paper.said.en}})
    if word == "document" and detail in list(Party):
        return Reason("deficiency.document", {"what": what, "holder": f"polite.{detail}"})
    if word == "masking":
        return _explain_masking(what, detail, regime)
    if what in ("unsigned", "unsealed", "pages", "authority", "address", "correction", "fee", "envelope"):
        return Reason(f"deficiency.{what}", {"what": what})
    known = [*MISSING, *(f"paper:{paper.code}" for paper in office.start.papers)]
    return Reason("identity.missing_unknown", {"word": what, "known": known})


def called(office: OfficeProcedure, form: str) -> object:
    """Return what a form is called, as a reason's sentence takes it: the word for it, or the office's own in both."""
    own = office.start.form(form)
    if own is None or own == SOURCE.start.form(form):
        return f"form.{form}"
    return {"ja": own.said.ja, "en": own.said.en}


def explain_gap(gap: Reason, regime: Regime | None = None, office: OfficeProcedure = SOURCE) -> Reason:
    """Return the sentence of a deficiency notice for one gap: what exactly was wrong, else what its ``what`` says."""
    code = _IN_LETTERS.get(gap.code)
    if code is None:
        return explain_missing(str(gap.params["what"]), regime, office)
    holder = gap.params.get("holder")
    return Reason(code, {**gap.params, "holder": f"polite.{holder}"} if holder is not None else gap.params)


# ---- judging one document -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Judged:
    """What counts, what would count once it is masked, and why the rest does not."""

    counted: Counted
    pending: Counted
    refused: list[Reason]


def _sorted_out(holder: Party, documents: Iterable[Document], regime: Regime, overridden: Collection[str]) -> _Judged:
    counted: Counted = []
    pending: Counted = []
    refused: list[Reason] = []
    for document in documents:
        if document.holder is not holder:
            continue
        if document.arrived_on is None:
            raise ValueError(f"a {document.type} is judged on the day it arrived; give its arrived_on")
        paper = regime.paper(document.type, document.arrived_on)
        faults = (
            _not_in_table(document, document.arrived_on, regime)
            if paper is None
            else _faults(document, document.arrived_on, paper, overridden)
        )
        if paper is None or faults:
            refused += [_fault(code, document, paper) for code in faults]
        elif document.masking is Masking.OPEN and paper.masks and f"masking:{document.type}" not in overridden:
            pending.append((document, paper))
        else:
            counted.append((document, paper))
    return _Judged(counted, pending, refused)


def _not_in_table(document: Document, arrived_on: date, regime: Regime) -> list[str]:
    rows = regime.documents.get(document.type)
    if rows is None:
        return ["identity.unknown_document"]
    if all(row.first is not None and arrived_on < row.first for row in rows):
        return ["identity.not_yet_accepted"]
    return ["identity.no_longer_accepted"]


def _faults(document: Document, arrived_on: date, paper: Paper, overridden: Collection[str]) -> list[str]:
    """Return the codes of all that keeps a document of the table from counting, masking left aside."""
    if paper.never:
        return ["identity.never_accepted"]
    if paper.optional:
        return ["identity.not_taken_here"]
    found = []
    if not document.name_matches:
        found.append("identity.name_differs")
    if paper.unexpired and document.expires_on is None:
        found.append("identity.expiry_not_recorded")
    elif (paper.unexpired or paper.where_shown) and document.expires_on and document.expires_on < arrived_on:
        found.append("identity.expired")
    if paper.original and not document.is_original:
        found.append("identity.not_original")
    if (of_issue := _fault_of_issue(document.issued_on, arrived_on, paper)) is not None:
        found.append(of_issue)
    if paper.seal and not document.seal_matches:
        found.append("identity.seal_differs")
    if paper.second_person and f"document:{document.holder}" not in overridden:
        found.append("identity.second_person_needed")
    return found


def _fault_of_issue(issued_on: date | None, arrived_on: date, paper: Paper) -> str | None:
    if issued_on is None:
        dated = paper.age is not None or paper.issued_from is not None
        return "identity.issue_not_recorded" if dated else None
    if issued_on > arrived_on:
        return "identity.issued_after_arrival"
    if paper.issued_from is not None and issued_on < paper.issued_from:
        return "identity.issued_too_early"
    if paper.age is not None and not paper.age.covers(issued_on, arrived_on):
        return "identity.too_old" if paper.age == _THREE_MONTHS else "identity.past_its_age"
    return None


def shows_an_address(document: Document, regime: Regime) -> bool:
    """Whether a paper that was accepted shows an address which is evidence: one its holder wrote in is none."""
    paper = regime.paper(document.type, document.arrived_on) if document.arrived_on is not None else None
    shown = document.address in (AddressShown.STATED, AddressShown.OTHER)
    return paper is not None and shown and enough.address_is_evidence(document, paper)


# ---- what is said of it ---------------------------------------------------------------------------------------------


def _more_needed(holder: Party, judged: _Judged, lacking: enough.Lacking) -> Reason:
    params: dict[str, object] = {"what": f"document:{holder}", "holder": str(holder)}
    if not lacking.by_the_source:
        params |= {"shows_address": True} if all(any(slot.address for slot in way) for way in lacking.ways) else {}
        if not lacking.have:
            return Reason("identity.needed", {**params, "ways": proof_words.ways(lacking.ways)})
        more = {
            "ways": proof_words.ways(lacking.ways, there=lacking.classes),
            "have": [_noun(code) for code in lacking.have],
        }
        return Reason("identity.needed_besides", {**params, **more})
    have = sorted({document.type for document, _ in [*judged.counted, *judged.pending]})
    if not have:
        return Reason("identity.none_accepted", params)
    return Reason("identity.one_more", {**params, "document": _noun(have[0])})


def _unmasked(holder: Party, document: Document, paper: Paper) -> Reason:
    params = {"what": f"masking:{document.type}", "holder": str(holder), "document": _noun(document.type)}
    return Reason("identity.masking_open", {**params, "items": list(paper.masks)})


def _fault(code: str, document: Document, paper: Paper | None = None) -> Reason:
    aged = code == "identity.past_its_age" and paper is not None and paper.age is not None
    params: dict[str, object] = {
        **({"age": proof_words.age(paper.age)} if aged and paper is not None and paper.age is not None else {}),
        "what": f"document:{document.holder}",
        "holder": str(document.holder),
        "document": _noun(document.type),
        "arrived": str(document.arrived_on),
    }
    return Reason(code, params)


def _noun(document_type: str) -> str:
    return "document.other" if document_type == "other" else document_type  # "other" alone has several senses


def _order(reason: Reason) -> tuple[str, ...]:
    return str(reason.params["document"]), reason.code, str(reason.params["arrived"])


def _explain_masking(what: str, document_type: str, regime: Regime | None) -> Reason:
    laws = [regime] if regime is not None else law.regimes()
    masks = {row.type: row.masks for law in laws for row in law.papers.proofs if row.masks}
    masks |= {row.code: row.masks for law in laws for row in law.papers.documents if row.masks and not row.never}
    if document_type not in masks:
        known = [f"masking:{code}" for code in sorted(masks)]
        return Reason("identity.masking_unknown", {"word": what, "known": known})
    return Reason(
        "deficiency.masking", {"what": what, "document": _noun(document_type), "items": list(masks[document_type])}
    )
