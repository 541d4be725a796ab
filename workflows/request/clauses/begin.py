"""How a request begins, on which forms, with what further papers, and how it is sent."""

from workflows.law.values import Nature, RepresentativeKind, Right
from workflows.letters import MailClass
from workflows.office.forms import SUBJECT, FurtherPaper
from workflows.office.start import Inbound, Way
from workflows.request.clauses.values import (
    Both,
    Checks,
    Clauses,
    Group,
    Noun,
    Or,
    Sentence,
    Situation,
    Slip,
    Topic,
    only,
    says,
)


def say(s: Situation) -> Clauses:
    """Yield how to ask, what to fill in, which further papers, and how to send it."""
    if s.published:
        yield from _ways(s)
    yield from _forms(s)
    for paper in papers(s):
        code = "said_begin.paper" if paper.when is None else "said_begin.paper_when"
        about = {"only": only(s, paper.rights), "holders": _holders(s, paper.holders)}
        yield Topic.FURTHER, Sentence(code, {"paper": paper.said, "when": paper.when or paper.said, **about})
    if s.forms:
        yield Topic.SENDING, says("said_begin.all_pages")
    if s.forms and not s.published:
        yield Topic.SENDING, says("said_begin.label")
    inbound = [each for each in s.office.start.inbound if each is not Inbound.ANY]
    if inbound:
        yield Topic.SENDING, says("said_begin.inbound", posts=[says(f"said_begin.inbound.{each}") for each in inbound])


def checks(s: Situation) -> Checks:
    """Yield a line for each form and each further paper."""
    for form in s.forms:
        yield Group.FORMS, says(_check(s, form), form=name(s, form))
    for paper in papers(s):
        code = "said_begin.check_paper" if paper.when is None else "said_begin.check_paper_when"
        yield Group.FURTHER, says(code, paper=paper.said, when=paper.when or paper.said)


def last(s: Situation) -> list[Sentence]:
    """Return what is done last of all, before the envelope is closed."""
    return [says("said_begin.last_slip")] if s.forms else []


def slip(s: Situation) -> Slip:
    """Yield what of forms and further papers is ticked on the return slip."""
    for form in s.forms:
        yield says("said_begin.form", form=name(s, form))
    for paper in papers(s):
        yield says("said_begin.paper_named", paper=paper.said)


def label(s: Situation) -> Sentence:
    """Return how the label is used, with the classes of post that leave a record where the law's papers are held.

    Japanese ones stand in Japanese too, as the post office's counter knows them.
    """
    posts = [_post(code) for code in s.regime.papers.customs.recorded_post]
    return says("said_begin.slip_how", posts=Or(posts)) if posts else says("said_begin.slip_how_any")


def _post(code: str) -> Sentence | Noun:
    abroad = code == MailClass.RECORDED_DELIVERY
    return says("said_begin.recorded_delivery") if abroad else Both(f"mail_class.{code}")


def listed(s: Situation) -> list[Sentence]:
    """Return each form with what it is for and for whom, as the published sheet lists them."""
    return [_listed(s, code) for code in s.forms]


def _listed(s: Situation, code: str) -> Sentence:
    form = s.office.start.form(code)
    rights, holders = (frozenset[Right](), frozenset[str]()) if form is None else (form.rights, form.holders)
    paper = s.office.start.paper(form.paper) if form is not None and form.paper is not None else None
    if paper is not None:
        rights, holders = paper.rights, holders or paper.holders
    about = {"form": name(s, code), "only": only(s, rights), "holders": _holders(s, holders)}
    return Sentence("said_begin.form_for", about)


def _holders(s: Situation, holders: frozenset[str]) -> Sentence | str:
    """Return for whom something is, on the sheet that everybody reads; whoever asks knows."""
    if not holders or not s.published:
        return ""
    return says("said_begin.holders", holders=[Noun(_noun_of_holder(holder)) for holder in sorted(holders)])


def _noun_of_holder(holder: str) -> str:
    return SUBJECT if holder == SUBJECT else f"kind.{holder}"


def name(s: Situation, code: str) -> object:
    """Return what a form is called."""
    form = s.office.start.form(code)
    return form.said if form is not None else Noun(f"form.{code}")


def pack(s: Situation) -> tuple[str, ...]:
    """Return the forms on which something is asked for: not those that are a proof or a paper themselves."""
    named = ((code, s.office.start.form(code)) for code in s.forms)
    return tuple(code for code, form in named if form is None or form.rights)


def papers(s: Situation) -> list[FurtherPaper]:
    """Return the further papers that are asked for, some of them in a circumstance only."""
    start, holder = s.office.start, s.kind or SUBJECT
    forms = {form.paper for code in s.forms if (form := start.form(code)) is not None}
    if s.published:
        return [paper for paper in start.papers if s.concerns(paper.rights)]
    return [paper for paper in start.papers if paper.is_asked(s.rights, holder) and paper.code not in forms]


def returned(s: Situation) -> Sentence:
    """Return by which way what is asked for comes back."""
    how = "post_or_counter" if Way.COUNTER in s.office.start.ways else "post"
    return says(f"said_letters.returned.{how}")


def _check(s: Situation, code: str) -> str:
    form = s.office.start.form(code)
    code = "said_begin.check_proxy" if form is not None and not form.rights else "said_begin.check_form"
    if form is not None and form.seal:
        return f"{code}_sealed"
    return code if s.regime.papers.customs.seals else f"{code}_signed"


def _forms(s: Situation) -> Clauses:
    codes = pack(s)
    if not codes:
        return
    quoted = [says("said_begin.quoted", form=name(s, each)) for each in codes]
    yield Topic.FORMS, says("said_begin.fill_in", forms=quoted)
    yield Topic.FORMS, says("said_begin.tick")
    who = says(f"said_begin.asker.{_asker(s)}")
    sealed = any(form.seal for code in codes if (form := s.office.start.form(code)) is not None)
    either = "said_begin.sign" if s.regime.papers.customs.seals else "said_begin.sign_only"
    yield Topic.FORMS, says("said_begin.sign_and_seal" if sealed else either, who=who)


def _asker(s: Situation) -> str:
    if s.published:
        return "anybody"
    if s.kind is None:
        return "subject"
    return "bereaved" if RepresentativeKind(s.kind).nature is Nature.BEREAVED else "representative"


def _ways(s: Situation) -> Clauses:
    start = s.office.start
    for way in start.ways:
        yield Topic.BEGIN, says(f"said_begin.way.{way}")
        if way is Way.CONTACT:
            for by in start.forms_sent_by:
                yield Topic.BEGIN, says(f"said_begin.forms_by_{by}")
    for window in s.office.desks.windows:
        yield Topic.BEGIN, says("said_begin.window", window=window.said)
    if start.not_accepted:
        refused = [says(f"said_begin.asked_by.{way}") for way in start.not_accepted]
        yield Topic.BEGIN, says("said_begin.not_accepted", ways=refused)
    if start.not_accepted_said is not None:
        yield Topic.BEGIN, says("said.own", text=start.not_accepted_said)
