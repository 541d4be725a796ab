"""Five hundred hostile strings through every text: printed sign for sign, or refused by name at the counter."""

import json
import re
import unicodedata
from dataclasses import replace
from typing import Any

import pytest

from lab.letters_sheet import a_letter
from services.intake import BadInput, parse
from services.letters.typesetting import TypesettingFailed, typeset
from tests.hostile import CATEGORIES, LITERAL, REFUSED, STRINGS
from tests.services.paper import squeezed, text_of
from workflows.engine.codec import to_plain
from workflows.engine.values import Language
from workflows.law.values import OutcomeName, Right
from workflows.request.letters import RequestLetter
from workflows.request.payloads import Decide, Open
from workflows.request.values import Answer, LetterKind

CONTACT = {"rights": ["disclosure"], "category": "customer", "channel": "post", "language": "en"}


def read(payload: type[Any], data: dict[str, Any]) -> Any:
    """Return what is read, or the faults by field where it is refused."""
    try:
        return parse(payload, data, language="en")
    except BadInput as bad:
        return {fault.field: fault.message for fault in bad.faults}


def as_name(text: str) -> Any:
    return read(Open, {**CONTACT, "subject": {"name": text}})


def as_address(text: str) -> Any:
    return read(Open, {**CONTACT, "subject": {"name": "Jane", "address": text}})


def as_note(text: str) -> Any:
    return read(Open, {**CONTACT, "subject": {"name": "Jane"}, "note": text})


def as_explanation(text: str) -> Any:
    outcome = {"outcome": "partly", "ground": "harm", "explanation": text}
    return read(Decide, {"outcomes": {"disclosure": outcome}})


def printed(text: str) -> str:
    """Return the signs of a text that have ink, composed, without blanks and permitted breaks."""
    return squeezed(re.sub("[\u200c\u200d\ufe00-\ufe0f]", "", unicodedata.normalize("NFC", text)))


def test_there_are_five_hundred_and_no_category_is_empty() -> None:
    everything = [text for texts in STRINGS.values() for text in texts]

    assert len(everything) >= 500
    assert len(set(everything)) > 400
    assert all(texts for texts in STRINGS.values())


@pytest.mark.parametrize("category", STRINGS)
def test_a_name_and_an_address_are_taken_as_they_are_or_refused_with_field_and_code_point(category: str) -> None:
    verdict, _ = CATEGORIES[category]
    for text in STRINGS[category]:
        for field, answer in (("subject.name", as_name(text)), ("subject.address", as_address(text))):
            refused = isinstance(answer, dict)

            assert verdict is None or refused is (verdict == REFUSED), (category, text, answer)
            if refused:
                assert list(answer) == [field]
            if refused and category != "damage":
                told = re.findall(r"U\+([0-9A-F]{4,6})", answer[field])
                signs = {ord(sign) for sign in text}
                assert (told and {int(point, 16) for point in told} <= signs) or "are the most" in answer[field], answer


@pytest.mark.parametrize("category", STRINGS)
def test_what_is_taken_stands_on_the_paper_sign_for_sign(category: str) -> None:
    texts = STRINGS[category]
    names = [answer.subject.name for text in texts if not isinstance(answer := as_name(text), dict)]
    addresses = [answer.subject.address for text in texts if not isinstance(answer := as_address(text), dict)]
    explanations = [
        answer.outcomes[Right.DISCLOSURE].explanation
        for text in texts
        if not isinstance(answer := as_explanation(text), dict)
    ]

    # The typesetter is what takes the time: several strings share a letter, each in every place it may stand in.
    for number in range(0, len(texts), TOGETHER):
        some = slice(number, number + TOGETHER)
        language = list(Language)[number // TOGETHER % 2]
        told = [*names[some], *addresses[some], *explanations[some]]
        on_paper = _on_paper(language, names[some], addresses[some], explanations[some]) if told else ""
        for text in told:
            assert _stands(text, on_paper, marks_alone=category == "towers"), (category, text)
    if CATEGORIES[category][0] == LITERAL:
        assert len(names) == len(addresses) == len(explanations) == len(texts)


TOGETHER = 3


def _on_paper(language: Language, names: list[str], addresses: list[str], explanations: list[str]) -> str:
    """Return the signs of a notification with these texts in it, of as many as its addresses need where one is full."""
    content = a_letter(LetterKind.DISCLOSURE_NOTIFICATION, language)
    if names:
        name = " / ".join(names)
        content = replace(content, subject_name=name, addressee=replace(content.addressee, name=names[0]))
    if explanations:
        rights = list(Right)
        told = [
            Answer(right=rights[n], outcome=OutcomeName.PARTLY, article="33(1)", explanation=explanation)
            for n, explanation in enumerate(explanations)
        ]
        content = replace(content, answers=tuple(told))
    try:
        return _letter(content, " / ".join(addresses))
    except TypesettingFailed:  # the window has room for one address, not for all
        pass
    return "".join(_letter(content, address) for address in addresses)


def _letter(content: RequestLetter, address: str) -> str:
    addressee = replace(content.addressee, address=address) if address else content.addressee
    return printed(text_of(typeset(replace(content, addressee=addressee)).pdf))


def _stands(text: str, on_paper: str, *, marks_alone: bool) -> bool:
    """Whether a text stands on the paper. Over a page's end it is looked for in pieces.

    Of marks piled on one letter a reader of PDFs gives back each once and in an order of its own, so they are looked
    for one by one; the joiner of graphemes has no ink.
    """
    wanted = printed(text)
    if marks_alone:
        return set(wanted) - {"\u034f"} <= set(on_paper)
    pieces = [wanted[start : start + PIECE] for start in range(0, len(wanted), PIECE)]
    return sum(piece not in on_paper for piece in pieces) <= (len(wanted) // SHEETFUL)


PIECE, SHEETFUL = 40, 500
"""Signs: short enough to be on one page mostly, and fewer than a page holds of anything."""


@pytest.mark.parametrize("category", STRINGS)
def test_a_note_is_kept_whole_and_comes_back_from_json(category: str) -> None:
    for text in STRINGS[category]:
        answer = as_note(text)
        if isinstance(answer, dict):
            assert list(answer) == ["note"]
            assert re.search(r"U\+[0-9A-F]{4,6}|are the most", answer["note"]), answer
            continue

        stored = json.loads(json.dumps(to_plain(answer), ensure_ascii=False))

        assert stored["note"] == answer.note
        assert printed(answer.note) == printed(text.strip())
