"""What came from the scanner, told: as programs read it, and case by case for whoever goes on with them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from services.engine.moments import iso
from services.engine.office import Office
from services.returns.ready import Lines
from services.returns.values import Matched, Place, Returned, Scanned
from workflows.engine.values import Reason
from workflows.lines import Line, item, title, typed
from workflows.tongue import Tongue


def scan_document(found: Scanned, written: Mapping[str, Lines], office: Office, tongue: Tongue) -> dict[str, Any]:
    """Return what came, as programs read it; *written*: the file and the lines to run for each case."""
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
            {"file": str(one.file), "code": one.code, "message": tongue.say(Reason(f"scan.{one.code}"))}
            for one in found.refused
        ],
        "blank": [_at(place) for place in found.blank],
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


def _at(place: Place) -> dict[str, Any]:
    return {"file": str(place.file), "page": place.page, "half": place.half}


def scan_page(found: Scanned, written: Mapping[str, Lines], tongue: Tongue) -> Iterator[Line]:
    """Say what came and what to do, case by case, then what somebody must look at."""
    for case in found.cases:
        yield from _case(case, [form for form in found.matched if form.case == case.case], written[case.case], tongue)
    if any(lines.file for lines in written.values()):
        yield Line(tongue.tell("scan.in_one_go"))
        yield typed("./admin.py receive-forms --scanned")
    tray = [(page.tray, page.place, f"returns.why_{page.why}") for page in found.unmatched]
    tray += [(page.tray, page.place, "returns.why_foreign") for page in found.foreign]
    if tray:
        yield title(tongue.tell("scan.in_tray"), "yellow")
        for number, place, why in sorted(tray):
            yield item(f"{number}  {_where(place, tongue)}{tongue.tell('scan.colon')}{tongue.say(Reason(why))}")
    if found.letters:
        yield title(tongue.tell("scan.letters"))
        for number in dict.fromkeys(page.letter for page in found.letters):
            pages = [page for page in found.letters if page.letter == number]
            params = {"letter": number, "pages": [str(page.number) for page in pages], "of": pages[0].of}
            yield item(tongue.say(Reason("returns.letter", params)))
    if found.refused:
        yield title(tongue.tell("scan.refused"), "red")
        for one in found.refused:
            yield item(f"{one.file.name}{tongue.tell('scan.colon')}{tongue.say(Reason(f'scan.{one.code}'))}")
    if found.blank:
        yield Line(tongue.say(Reason("returns.blank", {"count": len(found.blank)})))
    if found.known:
        yield Line(tongue.say(Reason("returns.known", {"count": len(found.known)})))


def _case(case: Returned, forms: list[Matched], lines: Lines, tongue: Tongue) -> Iterator[Line]:
    yield title(f"{case.case}  {tongue.noun(f'state.{case.state}')}")
    for form in forms:
        yield from _form(form, case.called.get(form.form, f"form.{form.form}"), tongue)
    if case.absent:
        absent = [case.called.get(form, f"form.{form}") for form in case.absent]
        yield item(tongue.say(Reason("returns.absent", {"forms": absent})), colour="yellow")
    params = {"state": f"code.{case.code_state}", "case_state": f"state.{case.state}"}
    yield item(tongue.say(Reason(f"returns.next_{case.next}", params)))
    if case.on_hold:
        yield item(tongue.say(Reason("returns.on_hold")))
    for line in lines.run:
        yield typed(line)


def arrival_page(case: Returned, forms: Sequence[Matched], head: str, tongue: Tongue) -> Iterator[Line]:
    """Say what the scanner left of one case; *head* is which of how many it is."""
    yield title(f"{head}  {case.case}  {tongue.noun(f'state.{case.state}')}")
    for form in forms:
        yield from _form(form, case.called.get(form.form, f"form.{form.form}"), tongue)
    if case.absent:
        absent = [case.called.get(form, f"form.{form}") for form in case.absent]
        yield item(tongue.say(Reason("returns.absent", {"forms": absent})), colour="yellow")
    if str(case.next) not in ("receive", "reopen"):
        params = {"state": f"code.{case.code_state}", "case_state": f"state.{case.state}"}
        yield item(tongue.say(Reason(f"returns.next_{case.next}", params)), colour="yellow")
    if case.on_hold:
        yield item(tongue.say(Reason("returns.on_hold")))


def _form(form: Matched, called: object, tongue: Tongue) -> Iterator[Line]:
    code = "returns.whole" if form.pages == form.of else "returns.counted"
    params: dict[str, object] = {
        "form": called,
        "pages": form.pages,
        "of": form.of,
        "state": f"code.{form.state}",
    }
    yield item(tongue.say(Reason(code, params)), colour="" if form.sound else "yellow")
    for name, pages in (("missing", form.missing), ("doubled", form.doubled)):
        if pages:
            listed = [str(page) for page in pages]
            yield item(tongue.say(Reason(f"returns.{name}", {"pages": listed})), colour="yellow")


def _where(place: Place, tongue: Tongue) -> str:
    code = "returns.place" if place.half is None else f"returns.place_{place.half}"
    return tongue.say(Reason(code, {"file": place.file.name, "page": place.page}))
