"""Words of staff that flow over lines and pages: whatever `decide` takes is made into a letter, in both languages."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lab.letters_sheet import a_letter
from services.intake import BadInput, parse
from services.letters.typesetting import typeset
from workflows.engine.values import Language
from workflows.law.values import OutcomeName, Right
from workflows.request.payloads import Decide
from workflows.request.values import Answer, LetterKind

_WORDS = st.text('Wi1-.,  ー。見本\nÅ（）"#', min_size=1, max_size=40)


def told(word: str, much: int) -> dict[str, Any]:
    """Return an outcome with that word said again and again, as long as each field may be."""

    def long(most: int) -> str:
        return (word * (most // len(word) + 1))[: min(most, much)]

    return {
        "outcome": "partly",
        "ground": "harm",
        "explanation": long(5000),
        "changed": long(5000),
        "measure": long(1000),
        "passed_to": [long(200)],
    }


@pytest.mark.parametrize("language", Language)
@settings(max_examples=8)
@given(word=_WORDS, much=st.sampled_from([10, 500, 5000]))
@example(word="W", much=5000)
@example(word="見", much=5000)
@example(word="ー", much=5000)
def test_whatever_decide_takes_is_made_into_a_letter(language: Language, word: str, much: int) -> None:
    try:
        decided = parse(Decide, {"outcomes": {"disclosure": told(word, much)}}).outcomes[Right.DISCLOSURE]
    except BadInput:
        return
    answer = Answer(
        right=Right.DISCLOSURE, outcome=OutcomeName.PARTLY, article="33(2)", explanation=decided.explanation,
        changed=decided.changed, measure=decided.measure, passed_to=decided.passed_to,
    )  # fmt: skip
    content = replace(a_letter(LetterKind.DISCLOSURE_NOTIFICATION, language), answers=(answer,))

    assert typeset(content).pages >= (2 if much == 5000 else 1)
