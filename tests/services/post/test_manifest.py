"""The list of a batch says what goes into each envelope, to whoever closes it and to programs."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from commands.wide import width
from lab.letters_sheet import a_letter
from services.letters import printing
from tests.office import APPROVER, VERIFIER, TestOffice
from tests.people import a_person
from tests.services.post.room import SATO, made
from workflows.engine.values import Language
from workflows.law.values import OutcomeName, RepresentativeKind, Right, RightOutcome
from workflows.letters import Seal
from workflows.request.payloads import Decide, Fulfil
from workflows.request.values import LetterKind, Party


def listed(office: TestOffice, folder: Path, language: str) -> tuple[str, list[dict[str, Any]]]:
    """Print all that waits; return the list for people and the items of the one for programs."""
    result = printing.print_letters(None, folder, SATO, office.unit, office.engine, language=language)
    assert result.manifest is not None
    page = (folder / f"{result.batch}.txt").read_text("utf-8")
    return page, json.loads(result.manifest.read_text("utf-8"))["items"]


def answered(office: TestOffice, method: str, *, granted: bool = True, copies: int = 3) -> str:
    """Return a case that asked for its data on paper or electronically, and was answered."""
    case, code = office.mailed()
    office.must(case, "receive_forms", replace(office.an_arrival(code), method=method))
    office.must(case, "verify_identity", by=VERIFIER)
    outcome = (
        RightOutcome(outcome=OutcomeName.GRANTED, enclosures=copies)
        if granted
        else RightOutcome(outcome=OutcomeName.REFUSED, ground="harm", explanation="It would.")
    )
    office.must(case, "decide", Decide(outcomes={Right.DISCLOSURE: outcome}), VERIFIER)
    office.must(case, "fulfil" if granted else "refuse", Fulfil() if granted else None, APPROVER)
    office.make_letters(case)
    return case


def of(items: list[dict[str, Any]], case: str) -> dict[str, Any]:
    return next(item for item in items if item["case"] == case and item["kind"] == "disclosure_notification")


def test_copies_discs_forms_label_and_class_are_named_letter_by_letter(office: TestOffice, folder: Path) -> None:
    forms = made(office)
    paper, disc = answered(office, "paper"), answered(office, "electronic", copies=2)

    page, items = listed(office, folder, "en")

    assert of(items, paper)["enclose"] == [{"what": "copies", "count": 3, "right": "disclosure", "documents": None}]
    assert of(items, disc)["enclose"] == [{"what": "disc", "count": 1, "right": "disclosure", "documents": 2}]
    assert {of(items, case)["mail_class"] for case in (paper, disc)} == {"simple_registered"}
    pack = next(item for item in items if item["letter"] == f"{forms}-01")
    assert (pack["forms"], pack["return_label"], pack["enclose"], pack["mail_class"], pack["sheets"]) == (
        ["disclosure"], True, [], "ordinary", pack["pages"],
    )  # fmt: skip
    for words in ("To lay in by hand: 3 copies, 1 disc", "[ ] lay in: 3 copies (disclosure)", "2 documents on it",
                  "return label and slip", "tracking number ____", "simple registered mail: 2"):  # fmt: skip
        assert words in page, words
    assert page.count("tracking number ____") == 2


def test_a_refusal_encloses_nothing_whatever_was_asked_for(office: TestOffice, folder: Path) -> None:
    case = answered(office, "electronic", granted=False)

    page, items = listed(office, folder, "ja")

    assert of(items, case)["enclose"] == []
    assert "手で入れるもの：なし" in page


def test_an_agents_pack_names_the_proxy_statement(office: TestOffice, folder: Path) -> None:
    case = made(office, representative=a_person(kind=RepresentativeKind.AGENT), mail_to=Party.SUBJECT)

    _, items = listed(office, folder, "ja")

    assert next(item for item in items if item["case"] == case)["forms"] == ["disclosure", "proxy"]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_list_fits_a_page_of_eighty_columns_in_both_languages(
    office: TestOffice, folder: Path, language: str
) -> None:
    made(office, rights=tuple(Right), language=Language.JA, representative=a_person(kind=RepresentativeKind.AGENT))
    answered(office, "electronic")

    page, _ = listed(office, folder, language)

    assert {line for line in page.splitlines() if width(line) > 80} == set()
    assert "manifest." not in page


def test_of_a_letter_ordered_before_this_was_kept_the_list_says_so(office: TestOffice, folder: Path) -> None:
    case = made(office)
    office.tell("UPDATE letter SET envelope = NULL")

    page, items = listed(office, folder, "en")

    assert (items[0]["enclose"], items[0]["mail_class"]) == (None, None)
    assert f"{case}-01" in page
    assert "what goes with it is not recorded" in page


@pytest.mark.parametrize("kind", LetterKind)
def test_where_a_letter_has_a_place_for_the_seal_the_list_asks_for_it(kind: LetterKind) -> None:
    plain = a_letter(kind, Language.JA)
    sealed = replace(plain, organisation=replace(plain.organisation, seal=Seal.PLACE))

    assert (plain.envelope().seal, sealed.envelope().seal) == (False, True)
