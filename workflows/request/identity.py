"""Whether papers prove who somebody is: one document with a photograph, or two different ones without (S22-S27).

The table of papers is data (``workflows/law/evidence_*.toml``); here is only how it is read. Every document is
judged on the day it arrived. An answer is a list of reasons, each with a ``what`` in the words staff use to ask again;
an empty list means that nothing is missing. Reasons are kept in the history, so they name a fault and the day of
arrival, never a day printed on a paper: a licence ends a month after its holder's birthday.
"""

from collections.abc import Collection, Iterable
from datetime import date

from workflows import law
from workflows.engine.calendars import months_later
from workflows.engine.values import Reason
from workflows.law.law import Paper, Regime
from workflows.office import SOURCE, OfficeProcedure
from workflows.request.values import AddressShown, Document, Masking, Party

DOCUMENTS_WITHOUT_PHOTOGRAPH = 2
MISSING = (
    "unsigned",
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
    "identity.person_changed": "deficiency.person_changed",
    "identity.address_changed": "deficiency.address_changed",
    "right_not_ticked": "deficiency.right_not_ticked",
    "right_unwritten": "deficiency.right_unwritten",
    "representation.of_age": "deficiency.of_age",
    "representation.birth_date_missing": "deficiency.birth_date",
    "fee.fee_missing": "deficiency.fee_missing",
    "fee.fee_short": "deficiency.fee_short",
    "fee.postage_missing": "deficiency.postage_missing",
    "fee.postage_short": "deficiency.postage_short",
    "fee.wrong_means": "deficiency.fee_wrong_means",
    "fee.stale": "deficiency.fee_stale",
}


def gaps(
    holder: Party, documents: Collection[Document], regime: Regime, *, overridden: Collection[str] = ()
) -> list[Reason]:
    """Return what is still missing to prove who the *holder* is; nothing if proven.

    ``overridden`` are the gaps a second person has lifted. A document that lacks nothing but its masking is asked to
    be masked, not replaced; papers that were not needed are not complained of. Raises ``ValueError`` for a document
    without a day of arrival.
    """
    accepted, pending, refused = _sorted_out(holder, documents, regime, overridden)
    if _proven(accepted):
        return []
    found: list[Reason] = []
    if f"document:{holder}" not in overridden and not _proven([*accepted, *pending]):
        found.append(_more_needed(holder, accepted, pending))
        found.extend(sorted(refused, key=_order))
    found.extend(_unmasked(holder, document, paper) for document, paper in _to_mask(accepted, pending))
    return found


def accepted(
    holder: Party, documents: Collection[Document], regime: Regime, *, overridden: Collection[str] = ()
) -> list[Document]:
    """Return the documents of the *holder* that count, in the order given."""
    return [document for document, _ in _sorted_out(holder, documents, regime, overridden)[0]]


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
    counted, pending, _ = _sorted_out(holder, documents, regime, overridden)
    if any(_shows_stated_address(document, paper) for document, paper in counted):
        return []
    if would := [pair for pair in pending if _shows_stated_address(*pair)]:
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
    if what in ("unsigned", "pages", "authority", "address", "correction", "fee", "envelope"):
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

Counted = list[tuple[Document, Paper]]


def _sorted_out(
    holder: Party, documents: Iterable[Document], regime: Regime, overridden: Collection[str]
) -> tuple[Counted, Counted, list[Reason]]:
    """Return what counts, what would count once it is masked, and why the rest does not."""
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
            refused += [_fault(code, document) for code in faults]
        elif document.masking is Masking.OPEN and paper.masks and f"masking:{document.type}" not in overridden:
            pending.append((document, paper))
        else:
            counted.append((document, paper))
    return counted, pending, refused


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
    found = []
    if not document.name_matches:
        found.append("identity.name_differs")
    if paper.unexpired:
        if document.expires_on is None:
            found.append("identity.expiry_not_recorded")
        elif document.expires_on < arrived_on:
            found.append("identity.expired")
    if (of_issue := _fault_of_issue(document.issued_on, arrived_on, paper)) is not None:
        found.append(of_issue)
    if paper.seal and not document.seal_matches:
        found.append("identity.seal_differs")
    if paper.second_person and f"document:{document.holder}" not in overridden:
        found.append("identity.second_person_needed")
    return found


def _fault_of_issue(issued_on: date | None, arrived_on: date, paper: Paper) -> str | None:
    if issued_on is None:
        dated = paper.issued_within_months is not None or paper.issued_from is not None
        return "identity.issue_not_recorded" if dated else None
    if issued_on > arrived_on:
        return "identity.issued_after_arrival"
    if paper.issued_from is not None and issued_on < paper.issued_from:
        return "identity.issued_too_early"
    if paper.issued_within_months and arrived_on > months_later(issued_on, paper.issued_within_months):
        return "identity.too_old"
    return None


def _has_photograph(document: Document, paper: Paper) -> bool:
    """Tell whether a document counts as one with a photograph.

    A card that usually has one and shows none (a small child's) counts as a document without; a paper that never has
    one cannot gain it by what is recorded.
    """
    if paper.photograph is None:
        return document.photo is True
    return paper.photograph and document.photo is not False


def shows_an_address(document: Document, regime: Regime) -> bool:
    """Whether a paper that was accepted shows an address which is evidence: one its holder wrote in is none."""
    paper = regime.paper(document.type, document.arrived_on) if document.arrived_on is not None else None
    return paper is not None and document.address is not AddressShown.NONE and _address_is_evidence(document, paper)


def _shows_stated_address(document: Document, paper: Paper) -> bool:
    return document.address is AddressShown.STATED and _address_is_evidence(document, paper)


def _address_is_evidence(document: Document, paper: Paper) -> bool:
    if paper.shows_address is False:
        return False
    if paper.address_issued_before is None:
        return True
    return document.issued_on is not None and document.issued_on < paper.address_issued_before


# ---- judging all of them --------------------------------------------------------------------------------------------


def _proven(counted: Counted) -> bool:
    """ONE with a photograph, or TWO different ones without; two of the same kind are not different."""
    without = set()
    for document, paper in counted:
        if _has_photograph(document, paper):
            return True
        without.add(document.type)
    return len(without) >= DOCUMENTS_WITHOUT_PHOTOGRAPH


def _to_mask(counted: Counted, pending: Counted) -> Counted:
    """Return the fewest documents whose masking would do: asking for more than is needed is a fault too."""
    ordered = sorted(pending, key=lambda pair: pair[0].type)
    if with_photograph := [pair for pair in ordered if _has_photograph(*pair)]:
        return with_photograph[:1]
    have = {document.type for document, _ in counted}
    wanted = {pair[0].type: pair for pair in ordered if pair[0].type not in have}
    return list(wanted.values())[: DOCUMENTS_WITHOUT_PHOTOGRAPH - len(have)]


def _more_needed(holder: Party, counted: Counted, pending: Counted) -> Reason:
    params: dict[str, object] = {"what": f"document:{holder}", "holder": str(holder)}
    have = sorted({document.type for document, _ in [*counted, *pending]})
    if not have:
        return Reason("identity.none_accepted", params)
    return Reason("identity.one_more", {**params, "document": _noun(have[0])})


def _unmasked(holder: Party, document: Document, paper: Paper) -> Reason:
    params = {"what": f"masking:{document.type}", "holder": str(holder), "document": _noun(document.type)}
    return Reason("identity.masking_open", {**params, "items": list(paper.masks)})


def _fault(code: str, document: Document) -> Reason:
    params: dict[str, object] = {
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
