"""``scan``: returned forms from the scanner, matched, counted and kept; what to run next for each case."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.context import DONE, INTERRUPTED, REFUSED, Failure, call, said
from commands.office import asker, staff_only, writing
from commands.output import answer, coloured, columns, tell_faults
from commands.progress import progress
from commands.shape import Command, Option
from commands.wide import fold
from workflows.engine.values import Reason
from workflows.words import noun, say

if TYPE_CHECKING:
    from services.engine.office import Office
    from services.returns.ready import Lines
    from services.returns.values import Matched, Place, Returned, Scanned


@click.command(
    "scan",
    cls=Command,
    words="scan.help.scan",
    examples=(
        "./admin.py scan ~/scanner/*.pdf",
        "./admin.py scan returns.pdf --arrived-at 2026-12-01T11:00",
    ),
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path())
@click.option(
    "--arrived-at",
    cls=Option,
    metavar="TIME",
    words="scan.help.scan.arrived_at",
)
def scan(files: tuple[str, ...], arrived_at: str | None) -> int:
    """Register returned forms."""
    from models.session import transaction
    from services.returns import ready, register
    from services.returns.store import StoreTaken

    moment = _checked(files, arrived_at)
    with writing() as (db, office):
        who = asker(db, office)
        staff_only(who)
    try:
        with _ticking() as tick:
            found = register.scan(
                [Path(file) for file in files], who.actor, transaction, _office_of, arrived_at=moment, tick=tick
            )
        written = {
            case.case: ready.lines(case, _shown(ready.write(office.settings.returns, case, _zone(office), _language())))
            for case in found.cases
        }
    except register.MayNotScan as refusal:
        raise Failure(REFUSED, "missing_role", say(refusal.reason, _language()), codes=["missing_role"]) from None
    except StoreTaken as taken:
        reason = Reason("returns.store_taken", {"page": str(taken)})
        raise Failure(REFUSED, "store_taken", say(reason, _language()), codes=[reason.code]) from None
    except register.NotYetArrived:
        raise tell_faults([_fault("--arrived-at", "scan.not_yet")]) from None
    except OSError as error:
        raise _unwritable(error) from error
    except KeyboardInterrupt:
        raise Failure(INTERRUPTED, "interrupted", said("scan.interrupted")) from None
    answer(_document(found, written, office), _page(found, written))
    return DONE if found.clean else REFUSED


def _checked(files: tuple[str, ...], arrived_at: str | None) -> datetime | None:
    """Return the moment typed; ends the call with everything wrong with the line at once."""
    from services.intake import BadInput, Fault, parse
    from workflows.request.payloads import ReceiveForms

    faults, moment = [], None
    for file in dict.fromkeys(files):
        if Path(file).is_dir():
            faults.append(_fault(file, "scan.is_a_folder"))
        elif not os.path.lexists(file):
            faults.append(_fault(file, "scan.no_such_file"))
    if arrived_at is not None:
        try:
            moment = parse(ReceiveForms, {"arrived_at": arrived_at}, language=_language()).arrived_at
        except BadInput as bad:
            faults += [Fault("--arrived-at", fault.message) for fault in bad.faults]
    if faults:
        raise tell_faults(faults)
    return moment


def _fault(field: str, code: str) -> Any:
    from services.intake import Fault

    return Fault(field, said(code))


@contextmanager
def _ticking() -> Iterator[Any]:
    """Yield what shows how many files are done."""
    with ExitStack() as stack:
        bars: list[Any] = []

        def tick(_: int, of: int) -> None:
            if not bars:
                bars.append(stack.enter_context(progress(said("scan.bar"), of)))
            bars[0](1)

        yield tick


def _office_of(db: Any) -> "Office":
    from clock import office_now
    from services.engine.office import the_office

    return the_office(db, office_now(db))


def _language() -> str:
    return call().language


def _zone(office: "Office") -> Any:
    from zoneinfo import ZoneInfo

    return ZoneInfo(office.calendar.zone)


def _shown(path: Path | None) -> Path | None:
    """Return a path as short as it can be typed from here."""
    if path is None:
        return None
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _unwritable(error: OSError) -> Failure:
    return Failure(
        REFUSED,
        "not_written",
        said("scan.unwritable", why=error.strerror),
    )


# -- the answer -----------------------------------------------------------------------------------------------------


def _document(found: "Scanned", written: "dict[str, Lines]", office: "Office") -> dict[str, Any]:
    from services.engine.moments import iso

    states = {case.case: case.state for case in found.cases}
    return {
        "arrived_at": iso(found.arrived_at, office),
        "matched": [
            {
                "case": form.case, "form": str(form.form), "pages": form.pages, "of": form.of,
                "missing": list(form.missing), "doubled": list(form.doubled), "state": str(form.state),
                "round": form.round, "case_state": states[form.case], "places": [_at(place) for place in form.places],
                "next": next(iter(written[form.case].run), None),
            }
            for form in found.matched
        ],
        "unmatched": [{"tray": page.tray, **_at(page.place), "why": str(page.why)} for page in found.unmatched],
        "foreign": [{"tray": page.tray, **_at(page.place)} for page in found.foreign],
        "letters": [
            {"letter": page.letter, "case": page.case, "number": page.number, "of": page.of, **_at(page.place)}
            for page in found.letters
        ],
        "refused": [
            {"file": str(one.file), "code": one.code, "message": say(Reason(f"scan.{one.code}"), _language())}
            for one in found.refused
        ],
        "known": [{"number": page.number, "state": page.state, **_at(page.place)} for page in found.known],
        "cases": [
            {
                "case": case.case, "case_state": case.state, "on_hold": case.on_hold, "proposal": str(case.next),
                "absent": [str(form) for form in case.absent],
                "file": None if written[case.case].file is None else str(written[case.case].file),
                "run": list(written[case.case].run),
            }
            for case in found.cases
        ],
    }  # fmt: skip


def _at(place: "Place") -> dict[str, Any]:
    return {"file": str(place.file), "page": place.page}


def _page(found: "Scanned", written: "dict[str, Lines]") -> Iterator[str]:
    """Say what came and what to do, case by case, then what somebody must look at."""
    for case in found.cases:
        yield from _case(case, [form for form in found.matched if form.case == case.case], written[case.case])
    tray = [(page.tray, page.place, f"returns.why_{page.why}") for page in found.unmatched]
    tray += [(page.tray, page.place, "returns.why_foreign") for page in found.foreign]
    if tray:
        yield coloured(said("scan.in_tray"), "yellow")
        for number, place, why in sorted(tray):
            yield from _lines(f"{number}  {_where(place)}{said('scan.colon')}{say(Reason(why), _language())}")
    if found.letters:
        yield coloured(said("scan.letters"), "bold")
        for number in dict.fromkeys(page.letter for page in found.letters):
            pages = [page for page in found.letters if page.letter == number]
            params = {"letter": number, "pages": [str(page.number) for page in pages], "of": pages[0].of}
            yield from _lines(say(Reason("returns.letter", params), _language()))
    if found.refused:
        yield coloured(said("scan.refused"), "red")
        for one in found.refused:
            yield from _lines(f"{one.file.name}{said('scan.colon')}{say(Reason(f'scan.{one.code}'), _language())}")
    if found.known:
        yield say(Reason("returns.known", {"count": len(found.known)}), _language())


def _case(case: "Returned", forms: "list[Matched]", lines: "Lines") -> Iterator[str]:
    yield coloured(f"{case.case}  {noun(f'state.{case.state}', _language())}", "bold")
    for form in forms:
        yield from _form(form)
    if case.absent:
        absent = [f"form.{form}" for form in case.absent]
        yield from _lines(say(Reason("returns.absent", {"forms": absent}), _language()), "yellow")
    params = {"state": f"code.{case.code_state}", "case_state": f"state.{case.state}"}
    yield from _lines(say(Reason(f"returns.next_{case.next}", params), _language()))
    if case.on_hold:
        yield from _lines(say(Reason("returns.on_hold"), _language()))
    for line in lines.run:
        yield from _typed(line)


def _form(form: "Matched") -> Iterator[str]:
    code = "returns.whole" if form.pages == form.of else "returns.counted"
    params: dict[str, object] = {
        "form": f"form.{form.form}",
        "pages": form.pages,
        "of": form.of,
        "state": f"code.{form.state}",
    }
    yield from _lines(say(Reason(code, params), _language()), "" if form.sound else "yellow")
    for name, pages in (("missing", form.missing), ("doubled", form.doubled)):
        if pages:
            listed = [str(page) for page in pages]
            yield from _lines(say(Reason(f"returns.{name}", {"pages": listed}), _language()), "yellow")


def _where(place: "Place") -> str:
    return say(Reason("returns.place", {"file": place.file.name, "page": place.page}), _language())


def _lines(text: str, colour: str = "") -> Iterator[str]:
    for line in fold(text, columns() - 2):
        yield f"  {coloured(line, colour) if colour else line}"


def _typed(line: str) -> Iterator[str]:
    """Yield a line to be copied: broken where a shell reads on, never inside a word."""
    if len(line) + 4 <= columns():
        yield f"    {line}"
        return
    head, _, file = line.rpartition(" --")
    yield f"    {head} \\"
    yield f"      --{file}"
