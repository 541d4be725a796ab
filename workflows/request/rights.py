"""What may be asked for, on which form, under which article, and what each answer must carry.

Articles, grounds and the rules on outcomes are data (``workflows/law``); which form carries which right is the
office's own (S5, S16). The register of purposes answers a request for the purposes of use without
looking at anybody's data (S13).
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from workflows import law
from workflows.engine.values import Reason
from workflows.law.law import Ground, JointUse, Regime, in_force
from workflows.law.values import Category, OutcomeName, RepresentativeKind, Right, RightOutcome
from workflows.office import SOURCE, forms
from workflows.office.forms import SUBJECT
from workflows.office.start import Start
from workflows.request.values import Correction, FormName, Halt

_HALTS = frozenset({Right.HALT_USE, Right.HALT_PROVISION})
_DISCLOSURES = frozenset({Right.DISCLOSURE, Right.PROVISION_RECORDS})
_PASSED_ON = _HALTS | {Right.DISCLOSURE}
_YES = frozenset({OutcomeName.GRANTED, OutcomeName.PARTLY})


def forms_for(
    rights: Iterable[Right], kind: RepresentativeKind | None = None, start: Start = SOURCE.start
) -> tuple[FormName, ...]:
    """Return the forms of one pack, each once and always in the same order; an agent also gets the proxy statement.

    Of a case they are `workflows.request.forms.needed`, which knows its circumstances too.
    """
    asked, holder = list(rights), SUBJECT if kind is None else str(kind)
    papers = [paper.code for paper in start.papers if paper.always and paper.is_asked(asked, holder)]
    return tuple(FormName(form.code) for form in forms.needed(asked, holder, papers, start.forms))


def form_of(right: Right, start: Start = SOURCE.start) -> FormName:
    """Return the form on which a right's box stands for the subject. Raises KeyError where it stands on none."""
    found = forms.form_of(right, SUBJECT, start.forms)
    if found is None:
        raise KeyError(right)
    return FormName(found.code)


def rights_of_form(form: FormName, start: Start = SOURCE.start) -> tuple[Right, ...]:
    """Return the rights whose boxes stand on a form; none for the proxy statement."""
    found = start.form(form)
    return () if found is None else tuple(right for right in Right if right in found.rights)


def article(right: Right, regime: Regime, halt: Halt | None = None) -> str:
    """Return the article of a right, for a halt the one its reason falls under: "33(1)", "35(5)"."""
    law = regime.rights[right]
    return law.by_reason.get(halt.reason, law.article) if halt is not None else law.article


def fee_lawful(right: Right, regime: Regime) -> bool:
    """Tell whether a fee may be taken for any such request; ``fee_only`` says for which alone, where it may not."""
    return right in regime.rights and regime.rights[right].fee


def discloses(right: Right) -> bool:
    """Tell whether what is held goes out with the answer to a right, as an enclosure."""
    return right in _DISCLOSURES


def is_halt(right: Right) -> bool:
    """Tell whether a right asks that something cease or be erased."""
    return right in _HALTS


def needs_confirmation(right: Right, outcome: RightOutcome | OutcomeName) -> bool:
    """Tell whether a decision cannot be undone and is confirmed twice: a halt or erasure granted or partly (F5)."""
    name = outcome.outcome if isinstance(outcome, RightOutcome) else outcome
    return is_halt(right) and name in _YES


# ---- what a decision must carry -------------------------------------------------------------------------------------


def outcome_gaps(
    right: Right,
    outcome: RightOutcome,
    regime: Regime,
    *,
    state: str,
    asked_method: str | None = None,
    halt: Halt | None = None,
    corrections: Collection[Correction] = (),
    on: date | None = None,
) -> list[Reason]:
    """Return what a decision on one right lacks; nothing if it can stand.

    ``state`` is the case's (``forms_returned`` allows refusals on procedural grounds only), ``asked_method`` how the
    disclosure was asked for, ``on`` the day the grounds must be in force (None: any). A correction that is granted
    as the subject claimed it (``corrections`` with what would be right) need not repeat what was changed.
    """
    name = outcome.outcome
    if name not in regime.rights[right].outcomes:
        fitting = [f"outcome.{known}" for known in regime.rights[right].outcomes]
        return [Reason("outcome.does_not_fit", {**_about(right, outcome), "known": fitting})]
    found = _ground_gaps(right, outcome, regime, state, on)
    if _explanation_asked(right, outcome, regime, asked_method) and not _said(outcome.explanation):
        found.append(Reason("outcome.unexplained", {**_about(right, outcome), "article": regime.outcomes.article}))
    if name is OutcomeName.ALTERNATIVE and not (_said(outcome.measure) or _said(outcome.explanation)):
        found.append(Reason("outcome.measure_missing", _about(right, outcome)))
    if _change_unstated(right, outcome, regime, corrections):
        found.append(Reason("outcome.change_unstated", _about(right, outcome)))
    if needs_confirmation(right, name) and not outcome.confirmed:
        measure = halt.measure if halt is not None and right is Right.HALT_USE else "cease"
        found.append(Reason("outcome.unconfirmed", {**_about(right, outcome), "measure": f"measure.{measure}"}))
    if outcome.enclosures < 0:
        found.append(Reason("outcome.enclosures_negative", {**_about(right, outcome), "number": outcome.enclosures}))
    elif outcome.enclosures and name in (OutcomeName.REFUSED, OutcomeName.NOT_HELD):
        # A refusal with data in the envelope is a disclosure nobody released.
        found.append(Reason("outcome.nothing_to_enclose", {**_about(right, outcome), "number": outcome.enclosures}))
    if outcome.passed_to and (right not in _PASSED_ON or name is OutcomeName.REFUSED):
        # Joint use (S36): what is refused, or never searched for, was passed to nobody.
        found.append(Reason("outcome.passed_to_nobody", _about(right, outcome)))
    return found


def _about(right: Right, outcome: RightOutcome) -> dict[str, object]:
    return {"right": f"right.{right}", "outcome": f"outcome.{outcome.outcome}"}


def _said(text: str | None) -> bool:
    return text is not None and bool(text.strip())


def grounds_for(right: Right, outcome: OutcomeName, regime: Regime, *, state: str, on: date | None = None) -> list[str]:
    """Return the codes of the grounds that such an outcome of a right may name in a *state*, in force *on* that day."""
    return [
        ground.code
        for ground in regime.grounds.values()
        if _fits(ground, right, outcome, state) and (on is None or in_force(on, ground.first, ground.last))
    ]


def explains(right: Right, outcome: RightOutcome, regime: Regime, asked_method: str | None) -> bool:
    """Tell whether an answer must be explained: it is no plain yes, or goes another way than was asked."""
    return _explanation_asked(right, outcome, regime, asked_method)


def _ground_gaps(right: Right, outcome: RightOutcome, regime: Regime, state: str, on: date | None) -> list[Reason]:
    about = _about(right, outcome)
    usable = grounds_for(right, outcome.outcome, regime, state=state, on=on)
    params = {**about, "known": usable}
    if outcome.ground is None:
        if state == "forms_returned":
            return [_too_early(right, outcome, regime, state, on)]
        return [Reason("outcome.ground_missing", params)] if outcome.outcome in regime.outcomes.ground else []
    ground = regime.grounds.get(outcome.ground)
    if outcome.outcome is OutcomeName.GRANTED:
        named = outcome.ground if ground is None else f"ground.{ground.code}"
        return [Reason("outcome.ground_not_wanted", {**params, "ground": named})]
    if ground is None:
        return [Reason("outcome.ground_unknown", {**params, "ground": outcome.ground})]
    with_ground = {**params, "ground": f"ground.{ground.code}"}
    if ground.code not in usable:
        if state == "forms_returned" and ground.procedural is False and right in ground.rights:
            return [_too_early(right, outcome, regime, state, on)]
        return [Reason(_why_not(ground, right, outcome.outcome, state), with_ground)]
    if ground.needs is not None and not (_said(getattr(outcome, ground.needs)) or _said(outcome.explanation)):
        return [Reason("outcome.law_unnamed", {**with_ground, "field": ground.needs})]
    return []


def _too_early(right: Right, outcome: RightOutcome, regime: Regime, state: str, on: date | None) -> Reason:
    """Name the grounds on which the right can be refused already, whatever outcome was named too early."""
    known = grounds_for(right, OutcomeName.REFUSED, regime, state=state, on=on)
    return Reason("outcome.too_early", {**_about(right, outcome), "known": known})


def _fits(ground: Ground, right: Right, outcome: OutcomeName, state: str) -> bool:
    return right in ground.rights and outcome in ground.outcomes and state in ground.states


def _why_not(ground: Ground, right: Right, outcome: OutcomeName, state: str) -> str:
    if right not in ground.rights:
        return "outcome.ground_of_another_right"
    if state not in ground.states:
        return "outcome.too_late" if ground.procedural else "outcome.too_early"
    if outcome not in ground.outcomes:
        return "outcome.ground_of_another_outcome"
    return "outcome.ground_not_in_force"


def _explanation_asked(right: Right, outcome: RightOutcome, regime: Regime, asked_method: str | None) -> bool:
    """An answer that is no plain yes is explained; so is another method than was asked (APPI 33(2)-(3), Rule 30)."""
    if outcome.outcome in regime.outcomes.explanation:
        return True
    another = asked_method is not None and outcome.method is not None and outcome.method != asked_method
    return another and right in _DISCLOSURES and regime.outcomes.explain_other_method


def _change_unstated(right: Right, outcome: RightOutcome, regime: Regime, corrections: Collection[Correction]) -> bool:
    """The answer to a correction says what was changed (APPI 34(3)): in its own field, or in the explanation."""
    if not regime.rights[right].states_change or outcome.outcome not in _YES:
        return False
    if _said(outcome.changed) or _said(outcome.explanation):
        return False
    claimed = bool(corrections) and all(_said(item.done) or _said(item.right) for item in corrections)
    return not (claimed and outcome.outcome is OutcomeName.GRANTED)


def told_method(right: Right, outcome: RightOutcome, asked: str | None) -> str | None:
    """Return how data is disclosed, as the answer tells it; None where nothing is (APPI 33(2), (5))."""
    if right not in _DISCLOSURES or outcome.outcome not in _YES:
        return None
    return outcome.method or asked


def on_discs(outcomes: Mapping[Right, RightOutcome | None], asked: str | None) -> tuple[Right, ...]:
    """Return the rights whose data goes out on a disc (APPI 33(2))."""
    decided = ((right, outcome) for right, outcome in outcomes.items() if outcome is not None)
    return tuple(right for right, told in decided if told_method(right, told, asked) == "electronic")


# ---- the register of purposes ---------------------------------------------------------------------------------------


def purposes(category: Category, language: str, on: date, we: str) -> tuple[str, ...]:
    """Return the purposes of use for one group of people, in force on a day, in ``ja`` or ``en`` (S2-S3, S9-S13).

    *we* is how the office speaks of itself in Japanese.
    """
    return tuple(
        purpose.words(language, we)
        for purpose in law.register().purposes
        if purpose.category == category and in_force(on, purpose.first, purpose.last)
    )


def joint_uses(on: date) -> tuple[JointUse, ...]:
    """Return what is used jointly with the group companies on a day (S36, APPI 27(5)(iii))."""
    return tuple(use for use in law.register().joint_uses if in_force(on, use.first, use.last))


def provision_exceptions(regime: Regime, on: date) -> tuple[Ground, ...]:
    """Return the cases in which data may go to others without consent (S4, APPI 27(1) and (5)), as coded grounds."""
    grounds = regime.grounds.values()
    return tuple(ground for ground in grounds if ground.exception and in_force(on, ground.first, ground.last))
