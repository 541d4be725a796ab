"""What came back of one case, and what is proposed for it: the forms of its own procedure, and those still lacking."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Row

from services.office import procedures
from services.request.facts import view
from services.returns.papers import AWAITING
from services.returns.values import Returned
from workflows.request import forms
from workflows.request.charges import means_with_forms
from workflows.request.returns import Count, propose
from workflows.request.values import CodeState, FormName

_WORTH = (CodeState.GOOD, CodeState.EXPIRED, CodeState.OLD, CodeState.VOID, CodeState.FOREIGN)
"""Of several codes that came back for one case, which one is handed in: the best."""


def best_code(ids: Collection[int], states: Mapping[int, CodeState]) -> int:
    """Return which of several codes that came back for one case is the one to hand in."""
    return min(sorted(ids), key=lambda code: _WORTH.index(states[code]))


def returned(
    case: Row[Any], counts: Sequence[Count], states: Mapping[int, CodeState], rows: Sequence[Row[Any]], printed: str
) -> Returned:
    """Return what came back of one case and what is proposed for it; *printed* is the best of its codes.

    The procedure that the case began under was met before (`procedures.meet`).
    """
    mine = [one for one in counts if one.case == case.number]
    best = best_code({one.code for one in mine}, states)
    came = [one for one in mine if one.code == best]
    lacks_pages = any(one.missing for one in came)
    absent = _absent(case, {one.form for one in came})
    office = procedures.of(procedures.pinned(case))
    return Returned(
        case=case.number,
        state=case.state,
        on_hold=case.hold is not None,
        next=propose(case.state, [states[best]], complete=not (lacks_pages or absent)),
        code=printed,
        code_state=states[best],
        forms=tuple(one.form for one in came),
        boxes={one.form: forms.rights_of(office, one.form) for one in came},
        mandates=tuple(form for form in forms.mandates(office) if any(one.form == form for one in came)),
        called={form: forms.named(office, form) for form in [*(one.form for one in came), *absent]},
        pages=sum(one.pages for one in came),
        means=means_with_forms(office, case.facts["rights"], case.opened_at.date()),
        lacks_pages=lacks_pages,
        absent=absent,
        arrived_at=min(row.arrived_at for row in rows if row.code_id == best),
        new=False,
    )


def _absent(case: Row[Any], came: Collection[FormName]) -> tuple[FormName, ...]:
    """Return the forms the case still needs of which no page came; a form signed in an earlier round is there."""
    if case.state not in AWAITING:
        return ()
    kept = case.facts
    needed = forms.needed(view(case))
    return tuple(form for form in needed if form not in came and not kept["forms"].get(str(form), False))
