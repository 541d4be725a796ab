"""Text from strangers and rare characters: printed as given, never obeyed, or refused by name."""

import re
import subprocess
import sys
import unicodedata
from dataclasses import replace

import pytest

from lab.letters_sheet import a_letter
from services.letters.declared import TEMPLATES
from services.letters.typesetting import UnprintableText, printable, typeset
from services.letters.typst_source import finalize, literal
from tests.services.paper import EVERY, characters_in, pages_of, squeezed, text_of
from workflows.engine.values import Language
from workflows.law.values import OutcomeName, Right
from workflows.letters import Addressee
from workflows.request.letters import RequestLetter
from workflows.request.values import Answer, Correction, LetterKind

HOSTILE = (
    "#let x = 1",
    "#panic(1)",
    "{{7*7}}",
    "{% raw %}",
    "{# gone #}",
    "\\u{41}\\",
    'say "no"',
    "<script>alert(1)</script>",
    "a]b[c}d{e",
    "$x^2$",
    "// not a comment",
    "/* nor this */",
    "@ref <label>",
    "*bold* _it_ `raw`",
    "= heading",
    "- item",
    "https://example.com/?a=1&b=2",
    "~ -- ... '",
)


# ---- text from strangers --------------------------------------------------------------------------------------------


def _with_hostile_texts(content: RequestLetter, sign: str) -> RequestLetter:
    """Return *content* with *sign* in every text a stranger or a member of staff may have written."""
    answers = tuple(
        replace(
            answer,
            ground_words=f"G{sign}",
            explanation=f"E{sign}",
            measure=f"M{sign}",
            changed=f"C{sign}",
            purposes=(f"P{sign}",),
            passed_to=(f"T{sign}",),
            method=f"W{sign}",
            article=f"A{sign}",
            ground_article=f"B{sign}",
            outcome=OutcomeName.PARTLY,
            corrections=(Correction(item=f"I{sign}", wrong=f"X{sign}", right=f"R{sign}", done=f"D{sign}"),),
        )
        for answer in content.answers[1:2]
    )
    return replace(
        content,
        subject_name=f"S{sign}",
        representative_name=f"Q{sign}",
        addressee=Addressee(name=f"N{sign}", postcode="100-0001", address=f"Z{sign}"),
        organisation=replace(content.organisation, unit_ja=f"U{sign}", unit_en=f"U{sign}", hours_en=f"H{sign}"),
        missing=(f"F{sign}",) if content.missing else (),
        answers=answers,
    )


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_hostile_text_is_printed_and_never_obeyed(kind: LetterKind, language: Language) -> None:
    for signs in (HOSTILE[:5], HOSTILE[5:9], HOSTILE[9:14], HOSTILE[14:]):
        sign = " ".join(signs)
        content = _with_hostile_texts(a_letter(kind, language), sign)
        expected = [f"N{sign}", f"Z{sign}", f"U{sign}"]
        expected += [] if kind is LetterKind.DISC_PASSPHRASE else [f"S{sign}", f"Q{sign}"]  # it names nobody
        expected += [f"F{sign}"] if content.missing else []
        expected += [f"{letter}{sign}" for letter in "GEMCPWBIXRD"] if content.answers else []

        text = squeezed(text_of(typeset(content).pdf))

        for wanted in expected:
            assert squeezed(wanted) in text


def test_marks_that_turn_the_direction_of_writing_are_left_out() -> None:
    content = replace(a_letter(LetterKind.REMINDER, Language.EN), subject_name="Jane \u202eelpmaxE\u202c\u200f Doe")

    text = text_of(typeset(content).pdf)

    assert "Jane elpmaxE Doe" in text


def test_lines_of_a_text_stay_lines_whatever_ended_them() -> None:
    answer = Answer(right=Right.DISCLOSURE, outcome=OutcomeName.PARTLY, article="33(1)", explanation="a1\r\nb2\rc3\td4")
    content = replace(a_letter(LetterKind.DISCLOSURE_NOTIFICATION, Language.EN), answers=(answer,))

    lines = text_of(typeset(content).pdf).splitlines()

    assert [line for line in lines if re.search(r"a1|b2|c3", line)] == [*lines[(start := lines.index("b2")) - 1 :][:3]]
    assert lines[start - 1].endswith("a1")
    assert lines[start + 1] == "c3 d4"


@pytest.mark.parametrize("endless", ["W" * 400, "ー" * 400, "。" * 200, "https://example.com/" + "a/" * 200])
def test_a_word_without_end_is_broken_and_stays_on_the_paper(endless: str) -> None:
    answer = Answer(right=Right.DISCLOSURE, outcome=OutcomeName.PARTLY, article="33(1)", explanation=endless)
    content = replace(
        a_letter(LetterKind.DISCLOSURE_NOTIFICATION, Language.JA), answers=(answer,), subject_name=endless
    )

    pdf = typeset(content).pdf

    assert squeezed(text_of(pdf)).count(endless) == 2
    assert all(right <= 195 for page in pages_of(pdf) for _, _, _, right, _ in characters_in(page))


def test_an_explanation_longer_than_a_page_is_printed_to_its_end() -> None:
    long = "".join(f"（{number}）理由を説明します。" for number in range(600))
    answer = Answer(right=Right.DISCLOSURE, outcome=OutcomeName.PARTLY, article="33(1)", explanation=long)
    content = replace(a_letter(LetterKind.DISCLOSURE_NOTIFICATION, Language.JA), answers=(answer,))

    result = typeset(content)

    assert result.pages >= 4
    for number in range(0, 600, 50):
        assert f"（{number}）" in squeezed(text_of(result.pdf))


def test_a_template_can_put_out_nothing_but_literals() -> None:
    assert literal('a"#\\') == '"a\\u{22}\\u{23}\\u{5c}"'
    assert finalize("#x") == '#"\\u{23}x";'
    with pytest.raises(TypeError, match="give it a filter"):
        finalize(7)


# ---- rare characters ------------------------------------------------------------------------------------------------

RARE = ("𠮷野", "髙橋", "山﨑", "葛\U000e0100城", "神\ufa19", "Łukasz Ðőřñ", "Nguyễn", "か\u3099", "e\u0301")


@pytest.mark.parametrize("name", RARE)
@pytest.mark.parametrize("language", Language)
def test_a_rare_character_is_printed_as_it_was_given(name: str, language: Language) -> None:
    content = a_letter(LetterKind.REMINDER, language)
    addressee = replace(content.addressee, name=name)

    text = text_of(typeset(replace(content, addressee=addressee, subject_name=name)).pdf)

    composed = name if "\ufa19" in name else unicodedata.normalize("NFC", name)
    assert printable(name) == []
    assert squeezed(text).count(squeezed(composed)) >= 2


def test_a_variant_of_a_character_looks_different_from_its_base_form() -> None:
    content = a_letter(LetterKind.REMINDER, Language.JA)

    pictures = [
        pages_of(typeset(replace(content, subject_name=name)).pdf)[0].render(scale=3).to_pil().tobytes()
        for name in ("葛", "葛\U000e0100", "葛\U000e0101")
    ]

    assert pictures[1] != pictures[2]
    assert pictures[0] in pictures[1:]


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("見本🧿花子", ["🧿"]),
        ("x\ue000y", ["\ue000"]),
        ("bell\x07", ["\x07"]),
        ("ཀ and ཀ", ["ཀ"]),
        ("lost \ufffd", ["\ufffd"]),
        ("葛\U000e01ef", ["葛\U000e01ef"]),
        ("אב", ["א", "ב"]),
    ],
)
def test_a_character_no_font_carries_is_named_with_its_field_before_anything_is_made(
    text: str, missing: list[str]
) -> None:
    content = replace(a_letter(LetterKind.REMINDER, Language.JA), subject_name=text)

    with pytest.raises(UnprintableText) as caught:
        typeset(content)

    assert printable(text) == missing
    assert caught.value.field == "subject_name"
    assert caught.value.characters == tuple(missing)
    assert f"U+{ord(missing[0][0]):04X}" in str(caught.value)
    assert "is in no font we carry" in str(caught.value) or len(missing) > 1


def test_every_text_of_a_letter_is_looked_at() -> None:
    content = a_letter(LetterKind.DISCLOSURE_NOTIFICATION, Language.JA)
    answers = (*content.answers[:1], replace(content.answers[1], explanation="🧿"))

    with pytest.raises(UnprintableText, match=r"answers\[1\]\.explanation: '🧿' U\+1F9FF is in no font we carry"):
        typeset(replace(content, answers=answers))


def test_asking_what_can_be_printed_does_not_load_the_typesetter() -> None:
    # A process that has loaded typst must not fork, and the admin script asks this at every intake.
    asked = (
        "import sys; from services.letters.typesetting import printable; print(printable('🧿'), 'typst' in sys.modules)"
    )

    out = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True, cwd=TEMPLATES.parent)

    assert out.stdout.decode().split() == ["['🧿']", "False"]
