"""How a request begins, on which forms, with what further papers, and how it is sent."""

from workflows.office.forms import Form
from workflows.office.start import Way
from workflows.request.clauses.values import Checks, Clauses, Group, Noun, Sentence, Situation, Slip, Topic, says
from workflows.request.values import FormName


def say(s: Situation) -> Clauses:
    """Yield how to ask, what to fill in, which further papers, and how to send it."""
    if s.published:
        yield from _ways(s)
    yield from _forms(s)
    for paper in s.office.start.papers:
        if s.concerns(paper.rights):
            code = "said_begin.paper" if paper.always else "said_begin.paper_if_any"
            yield Topic.FURTHER, says(code, paper=paper.said)
    if s.forms or not s.published:
        yield Topic.SENDING, says("said_begin.all_pages")
    if s.forms and not s.published:
        yield Topic.SENDING, says("said_begin.label")


def checks(s: Situation) -> Checks:
    """Yield a line for each form and each further paper."""
    for form in s.forms:
        yield Group.FORMS, says(_check(s, form), form=name(s, form))
    for paper in s.office.start.papers:
        if s.concerns(paper.rights):
            code = "said_begin.check_paper" if paper.always else "said_begin.check_paper_if_any"
            yield Group.FURTHER, says(code, paper=paper.said)


def last(s: Situation) -> list[Sentence]:
    """Return what is done last of all, before the envelope is closed."""
    return [says("said_begin.last_slip")] if s.forms else []


def slip(s: Situation) -> Slip:
    """Yield what of forms and further papers is ticked on the return slip."""
    for form in s.forms:
        yield says("said_begin.form", form=name(s, form))
    for paper in s.office.start.papers:
        if s.concerns(paper.rights):
            yield says("said_begin.paper_named", paper=paper.said)


def label(s: Situation) -> Sentence:
    """Return how the label is used; the classes of post stand in Japanese, as the counter of the post office knows."""
    return says("said_begin.slip_how", registered="簡易書留", tracked="特定記録")


def name(s: Situation, form: FormName) -> object:
    """Return what a form is called: the office's own name for it, else the one in the words tables."""
    own = _own(s, form)
    return own.said if own is not None else Noun(f"form.{form}")


def pack(s: Situation) -> tuple[FormName, ...]:
    """Return the forms on which something is asked for: all but the proxy statement."""
    return tuple(form for form in s.forms if form is not FormName.PROXY)


def _own(s: Situation, form: FormName) -> Form | None:
    return next((each for each in s.office.start.forms if each.code == form), None)


def _check(s: Situation, form: FormName) -> str:
    if form is FormName.PROXY:
        return "said_begin.check_proxy"
    own = _own(s, form)
    return "said_begin.check_form_sealed" if own is not None and own.seal else "said_begin.check_form"


def _forms(s: Situation) -> Clauses:
    forms = pack(s)
    if forms:
        quoted = [says("said_begin.quoted", form=name(s, each)) for each in forms]
        yield Topic.FORMS, says("said_begin.fill_in", forms=quoted)
        yield Topic.FORMS, says("said_begin.tick")
    who = Noun("asker.representative" if s.kind is not None else "asker.subject")
    if any(own.seal for form in forms if (own := _own(s, form)) is not None):
        yield Topic.FORMS, says("said_begin.sign_and_seal", who=who)
    elif forms:
        yield Topic.FORMS, says("said_begin.sign", who=who)


def _ways(s: Situation) -> Clauses:
    start = s.office.start
    for way in start.ways:
        yield Topic.BEGIN, says(f"said_begin.way.{way}")
        if way is Way.CONTACT:
            for by in start.forms_sent_by:
                yield Topic.BEGIN, says(f"said_begin.forms_by_{by}")
    if start.not_accepted:
        yield Topic.BEGIN, says("said_begin.not_accepted", ways=[Noun(f"asked_by.{way}") for way in start.not_accepted])
    if start.not_accepted_said is not None:
        yield Topic.BEGIN, says("said.own", text=start.not_accepted_said)


def returned(s: Situation) -> Noun:
    """Return by which way what is asked for comes back."""
    return Noun("returned.post_or_counter" if Way.COUNTER in s.office.start.ways else "returned.post")
