"""Which forms a case needs, what stands on each, and which further papers are asked for with them. Pure.

The set of forms is the office's own (`workflows.office.forms`; S5, S16). A form may be there that is of no set any
more: it was registered, and is told by its short name.
"""

from collections.abc import Collection, Iterable, Iterator

from workflows.engine.case import At
from workflows.engine.values import Reason
from workflows.law.values import Right
from workflows.office import OfficeProcedure
from workflows.office import forms as sets
from workflows.office.forms import PROXY_STATEMENT, SOURCE_FORMS, SUBJECT, FurtherPaper
from workflows.office.start import SentBy, Way
from workflows.request import identity, standing
from workflows.request.case import Case
from workflows.request.payloads import ReceiveForms
from workflows.request.values import FormName

_OF_SOURCE = {form.code: form for form in SOURCE_FORMS}


def holder(kind: object | None) -> str:
    """Return for whom forms are: the subject, or a kind of representative."""
    return SUBJECT if kind is None else str(kind)


# ---- further papers -------------------------------------------------------------------------------------------------


def papers_asked(case: Case) -> tuple[FurtherPaper, ...]:
    """Return the further papers that are asked for of a case: always, or because somebody saw that they are needed."""
    start, who = case.office.start, holder(case.representative)
    return tuple(
        paper
        for paper in start.papers
        if paper.is_asked(case.rights, who) and (paper.always or paper.code in case.circumstances)
    )


def circumstantial(case: Case) -> tuple[str, ...]:
    """Return the words for the further papers that may be asked for once somebody sees that they are needed."""
    start, who = case.office.start, holder(case.representative)
    return tuple(
        f"paper:{paper.code}" for paper in start.papers if not paper.always and paper.is_asked(case.rights, who)
    )


def papers_complete(case: Case, lifted: Collection[str]) -> Iterator[Reason]:
    """Yield each further paper that is asked for and did not come."""
    for paper in papers_asked(case):
        what = f"paper:{paper.code}"
        if paper.code not in case.further and what not in lifted:
            yield Reason("paper_missing", {"paper": {"ja": paper.said.ja, "en": paper.said.en}, "what": what})


# ---- forms ----------------------------------------------------------------------------------------------------------


def needed(case: Case) -> tuple[FormName, ...]:
    """Return the forms that a case needs, each once, in the order of the set."""
    papers = [paper.code for paper in papers_asked(case)]
    found = sets.needed(list(case.rights), holder(case.representative), papers, case.office.start.forms)
    return tuple(FormName(form.code) for form in found)


def form_of(case: Case, right: Right) -> FormName | None:
    """Return the form on which a right's box stands for whoever asks; None: on none."""
    found = sets.form_of(right, holder(case.representative), case.office.start.forms)
    return None if found is None else FormName(found.code)


def is_a_code(text: str) -> bool:
    """Whether a form can be called so."""
    return sets.FORM_CODE.fullmatch(text) is not None


def began_with_them(case: Case) -> bool:
    """Whether a case began with its forms."""
    return case.began is not Way.CONTACT


def rights_of(office: OfficeProcedure, form: str) -> tuple[Right, ...]:
    """Return the rights whose boxes stand on a form, in the order of the procedure; none for a proxy statement."""
    found = office.start.form(form) or _OF_SOURCE.get(form)
    return () if found is None else tuple(right for right in Right if right in found.rights)


def wants_seal(office: OfficeProcedure, form: str) -> bool:
    """Whether the office wants a seal on a form beside the signature."""
    found = office.start.form(form)
    return found is not None and found.seal


def mandates(office: OfficeProcedure) -> tuple[FormName, ...]:
    """Return the forms that are themselves the proof of a mandate: the proxy statement."""
    return tuple(FormName(form.code) for form in office.start.forms if form.proves == PROXY_STATEMENT)


def bearing(office: OfficeProcedure, forms: Iterable[FormName], *rights: Right) -> list[FormName]:
    """Return those of some forms on which a box of one of these rights stands."""
    return [form for form in forms if not set(rights).isdisjoint(rights_of(office, form))]


def unknown(case: Case, forms: Iterable[FormName]) -> list[FormName]:
    """Return those of some forms that the office never had out."""
    return [form for form in forms if case.office.start.form(form) is None and form not in case.forms]


def named(office: OfficeProcedure, form: str) -> object:
    """Return what a form is called, as a reason's sentence takes it: the word for it, or the office's own in both."""
    return identity.called(office, form)


# ---- what must be true of what came ---------------------------------------------------------------------------------


def complete(case: Case, form: FormName, lifted: Collection[str]) -> Iterator[Reason]:
    """Yield what a form that the case needs lacks: the form itself, a box, a signature; or it is another person's."""
    what, called = f"form:{form}", named(case.office, form)
    boxes = [right for right in case.rights if form_of(case, right) == form]
    if form not in case.forms and case.regime.own_form_required:
        if what not in lifted:
            yield Reason("form_missing", {"form": called, "what": what})
        return
    if what not in lifted and standing.signed_by_another(case, form):
        yield Reason("form_of_another", {"form": called, "what": what})
    unticked = [right for right in boxes if right not in case.asked]
    if what not in lifted:
        for right in unticked:
            yield Reason("right_not_ticked", {"right": f"right.{right}", "form": called, "what": what})
    signed = case.forms.get(form, True) and all(case.asked[right] for right in boxes if right in case.asked)
    if not signed and "unsigned" not in lifted:
        yield Reason("form_unsigned", {"form": called, "what": "unsigned"})
    if form in case.unsealed and "unsealed" not in lifted:
        yield Reason("form_unsealed", {"form": called, "what": "unsealed"})


def arrival_of_this_office(case: Case, p: ReceiveForms) -> Iterator[Reason]:
    """What came is what the office knows: its forms and further papers; and a voice brings none of them."""
    start = case.office.start
    for form in unknown(case, p.forms):
        known = [form.code for form in start.forms]
        yield Reason("form_unknown", {"form": str(form), "known": known, "case": case.number})
    for word in dict.fromkeys([*p.papers, *p.circumstances]):
        if start.paper(word) is None:
            yield Reason("paper_unknown", {"word": word, "known": [paper.code for paper in start.papers]})
    if p.way is not None and not p.way.written and (p.forms or p.documents or p.papers or p.authority is not None):
        yield Reason("nothing_comes_by_voice", {"way": f"began.{p.way}"})


def own_forms_will_do(case: Case, at: At) -> Iterator[Reason]:
    """Before forms of ours are out, something can come only where the office takes requests that bring their own."""
    if not case.office.start.begins_with_forms:
        yield Reason("way_not_open", {"way": "began.own_download", "known": ["began.contact"]})


def began_with_what_is_here(case: Case, at: At) -> Iterator[Reason]:
    """What came back to forms of ours is answered; what a case began with may be no request, or another case's."""
    if case.state == "forms_returned" and (case.began is Way.CONTACT or case.rounds > 0):
        yield Reason("came_to_forms_of_ours", {"case": case.number})


def can_be_sent(case: Case, by: SentBy) -> Iterator[Reason]:
    """Forms go out by a way the office sends them, to an address that is known."""
    known = case.office.start.forms_sent_by
    if by is SentBy.EMAIL and by not in known:
        yield Reason("forms_not_sent_so", {"by": f"sent_by.{by}", "known": [f"sent_by.{each}" for each in known]})
    elif by is SentBy.EMAIL and case.mail_to not in case.emails:
        yield Reason("no_email_known", {"case": case.number})
    elif by is SentBy.POST and not case.addressed:
        yield Reason("no_address", {"case": case.number})
