"""What may be chosen for a file that a department found. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from workflows.disclosure.values import PICTURES, SCALE, Choice, Mask, Treatment
from workflows.engine.values import Reason
from workflows.law.law import Regime
from workflows.law.values import OutcomeName, Right

FOR_RIGHT = {"look": Right.DISCLOSURE, "provision_records": Right.PROVISION_RECORDS}
"""For which right a department looked; what it sends where it was asked to act is no part of an answer."""
MOST_MASKS = 500
"""Of one file."""


def grounds(regime: Regime, right: Right, on: date) -> tuple[str, ...]:
    """Return the codes of the grounds on which part of what a right asks for may be held back.

    That it is not held is no ground for what was found. One that the letter must not tell (`Ground.shown_as`) would be
    told by its own black bar: it is none of these.
    """
    return tuple(
        ground.code
        for ground in regime.grounds.values()
        if right in ground.rights
        and OutcomeName.PARTLY in ground.outcomes
        and OutcomeName.NOT_HELD not in ground.outcomes
        and not (ground.procedural or ground.exception or ground.shown_as or ground.needs)
        and (ground.first is None or ground.first <= on)
        and (ground.last is None or on <= ground.last)
    )


def ground_gaps(code: str, regime: Regime, right: Right, on: date) -> Iterator[Reason]:
    """Yield that nothing is held back on such a ground."""
    known = grounds(regime, right, on)
    if code not in known:
        yield Reason("disclosing.no_ground", {"ground": code, "right": f"right.{right}", "known": sorted(known)})


def mask_gaps(
    find: str, kind: str, pages: int, given: Sequence[Mask], size: tuple[int, int] | None
) -> Iterator[Reason]:
    """Yield what cannot be masked so: *size* are the rows and columns of a table."""
    for mask in given:
        if kind in PICTURES:
            if mask.page is None or not mask.area:
                yield Reason("disclosing.areas_of_pages", {"find": find})
                return
            if not 1 <= mask.page <= pages:
                yield Reason("disclosing.no_such_page", {"find": find, "page": mask.page, "pages": pages})
        elif mask.area or mask.page is not None or (mask.row is None and mask.column is None):
            yield Reason("disclosing.cells_of_tables", {"find": find})
            return
        elif size is not None:
            for what, place, most in (("row", mask.row, size[0]), ("column", mask.column, size[1])):
                if place is not None and not 1 <= place <= most:
                    yield Reason(f"disclosing.no_such_{what}", {"find": find, what: place, "most": most})


def masked(treatment: Treatment, given: Sequence[Mask]) -> Treatment | Reason:
    """Return the treatment with these masks beside those it has, numbered; what is there already counts once."""
    there = {_place(mask) for mask in treatment.masks}
    new = [mask for mask in given if _place(mask) not in there]
    if len(treatment.masks) + len(new) > MOST_MASKS:
        return Reason("disclosing.too_many_masks", {"most": MOST_MASKS})
    numbered = [replace(mask, number=place) for place, mask in enumerate(new, treatment.last_mask + 1)]
    return replace(
        treatment,
        masks=(*treatment.masks, *numbered),
        last_mask=treatment.last_mask + len(numbered),
        masked_by=_hands(treatment, [mask.by for mask in new]),
    )


def unmasked(treatment: Treatment, numbers: Sequence[int], by: str) -> Treatment | Reason:
    """Return the treatment without these masks; without any number, without all."""
    there = [mask.number for mask in treatment.masks]
    gone = list(numbers) or there
    if missing := [number for number in gone if number not in there]:
        return Reason("disclosing.no_such_mask", {"masks": missing, "known": there})
    left = tuple(mask for mask in treatment.masks if mask.number not in gone)
    return replace(treatment, masks=left, masked_by=_hands(treatment, [by] if gone else []))


def chosen(treatment: Treatment, choice: Choice | None, ground: str | None, by: str) -> Treatment:
    """Return the treatment with another choice; None takes back what was chosen, and masks stay."""
    if choice is None and treatment.choice is None:
        return treatment
    return replace(treatment, choice=choice, ground=ground, by=by)


def boxes(masks: Sequence[Mask], page: int) -> list[tuple[float, float, float, float]]:
    """Return what is masked on a page: left, top, width, height, as fractions of it."""
    found = []
    for mask in masks:
        if mask.page == page and mask.area:
            left, top, width, height = (part / SCALE for part in mask.area)
            found.append((left, top, width, height))
    return found


def blacked(rows: Sequence[Sequence[str | None]], masks: Sequence[Mask]) -> list[list[str | None]]:
    """Return a table with None where a cell is masked: what stood there is in it no more."""

    def hidden(row: int, column: int) -> bool:
        return any(mask.row in (None, row) and mask.column in (None, column) for mask in masks)

    return [
        [None if hidden(place, column) else cell for column, cell in enumerate(row, 1)]
        for place, row in enumerate(rows, 1)
    ]


def _place(mask: Mask) -> tuple[object, ...]:
    return (mask.page, mask.area, mask.row, mask.column, mask.ground)


def _hands(treatment: Treatment, more: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*treatment.masked_by, *more]))
