"""What departments found, told: the list of it, with what was chosen for each file and on which ground."""

from collections.abc import Sequence

from services.departments.known import departments
from services.disclosure.looking import Paper
from workflows.disclosure.values import Mask
from workflows.lines import Line, Table
from workflows.tongue import Tongue

_WIDEST = (12, 12, 28, 5, 18)
_COLOURS = {"undecided": "yellow", "enclosed": "", "withheld": "grey"}


def list_page(papers: Sequence[Paper], case: str, tongue: Tongue) -> list[Line | Table]:
    """Say of each file whose it is, how many pages it has, its hash, and whether it goes out; then what is masked."""
    if not papers:
        return [Line(tongue.tell("disclosing.none", case=case))]
    heads = [
        tongue.tell(f"disclosing.head.{name}") for name in ("find", "department", "name", "pages", "sha256", "state")
    ]
    rows = [
        [
            paper.find,
            _department(paper, tongue),
            paper.name or "",
            str(paper.pages),
            paper.sha256[:16],
            _state(paper, tongue),
        ]
        for paper in papers
    ]
    table = Table(heads, rows, _WIDEST, [_COLOURS[paper.standing] for paper in papers], [""] * len(papers))
    masks = [mask_line(paper.find, mask, tongue) for paper in papers for mask in paper.treatment.masks]
    undecided = sum(paper.standing == "undecided" for paper in papers)
    return [
        table,
        *masks,
        Line(tongue.tell("disclosing.counted", count=len(papers), undecided=undecided), colour="grey"),
    ]


def mask_line(find: str, mask: Mask, tongue: Tongue) -> Line:
    """Say where a mask lies, on which ground and by whom."""
    return Line(
        tongue.tell("disclosing.mask", where=where(mask, tongue), ground=mask.ground, by=mask.by),
        ((f"  {find} {mask.number}  ", 0),),
    )


def where(mask: Mask, tongue: Tongue) -> str:
    """Say where a mask lies."""
    if mask.area:
        left, top, width, height = (f"{part / 100:g}" for part in mask.area)
        return tongue.tell("disclosing.at.area", page=mask.page, area=f"{left},{top},{width},{height}")
    if mask.row is not None and mask.column is not None:
        return tongue.tell("disclosing.at.cell", row=mask.row, column=mask.column)
    if mask.row is not None:
        return tongue.tell("disclosing.at.row", row=mask.row)
    return tongue.tell("disclosing.at.column", column=mask.column)


def _department(paper: Paper, tongue: Tongue) -> str:
    known = departments().get(paper.department)
    return paper.department if known is None else known.name(tongue.language)


def _state(paper: Paper, tongue: Tongue) -> str:
    told = tongue.tell(f"disclosing.state.{paper.standing}")
    if paper.treatment.ground is not None:
        told = tongue.tell("disclosing.on_ground", state=told, ground=paper.treatment.ground)
    if paper.treatment.masks and paper.standing != "withheld":
        told = tongue.tell("disclosing.with_masks", state=told, count=len(paper.treatment.masks))
    return told
