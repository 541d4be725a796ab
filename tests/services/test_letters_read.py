"""A reader's eye for the letters: every right with every outcome and ground, read back from the page in both languages.

What is looked for is what a careful person would send back to the office: sentences with nothing in them, articles that
do not exist, a disc or an enclosure that is not there, one honorific on top of another.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations, product
from pathlib import Path

import pytest

from lab.letters_sheet import a_letter
from models import case as cases
from models import person as person_table
from services.engine.loading import load
from services.letters.typesetting import typeset
from services.request.content import compose
from services.request.loading import matter, people
from tests.office import TestOffice
from tests.services.paper import EVERY, pdf_of, squeezed, text_of
from workflows import law
from workflows.engine.values import Language
from workflows.law.law import Regime
from workflows.law.values import OutcomeName, RepresentativeKind, Right, RightOutcome
from workflows.letters import Letter, LetterState
from workflows.request.case import OrderLetter
from workflows.request.letter_lines import cited
from workflows.request.letters import RequestLetter
from workflows.request.values import LetterKind

Decisions = dict[Right, RightOutcome]
Answering = Callable[[Decisions], RequestLetter]

# How many items the paragraphs have that a letter may cite, by (article, paragraph); 0 items: it has none. Act on the
# Protection of Personal Information (2003, no. 57) and its Cabinet Order (2003, no. 507), as in force in 2026 (e-Gov).
ACT = {
    (21, 4): 4, (27, 1): 7, (27, 5): 3, (32, 1): 4, (32, 2): 2, (33, 1): 0, (33, 2): 3, (33, 3): 0, (33, 4): 0,
    (33, 5): 0, (34, 1): 0, (34, 2): 0, (34, 3): 0, (35, 1): 0, (35, 2): 0, (35, 3): 0, (35, 4): 0, (35, 5): 0,
    (35, 6): 0, (35, 7): 0, (37, 1): 0, (37, 2): 0, (37, 3): 0, (37, 4): 0, (39, 1): 0,
}  # fmt: skip
ORDER = {11: 4, 12: 4, 13: 2}
PLACE = re.compile(r"第(\d+)条(?:第(\d+)項)?(?:第(\d+)号)?(?:から第(\d+)号まで)?")
METHODS = (None, "paper", "electronic")
DISCLOSED = {(right, name) for right in ("disclosure", "provision_records") for name in ("granted", "partly")}
TOLD = {Language.JA: "調べた結果を申し上げます。", Language.EN: "This is what we found."}
NOTHING_SAID = re.compile(r"（）|「」|\(\)|“”|、、|。。|、。|, ?[,.;]|such are ?[.:]|: ?\.|None|[{}]|null")
DOUBLED = re.compile(r"(?:様|さん|殿|御中)様")
DISC = {Language.JA: "ディスク", Language.EN: "disc,"}
METHOD = {Language.JA: "開示の方法", Language.EN: "Method"}
ENCLOSED = {Language.JA: "添付書類2点", Language.EN: "Enclosures2"}


@pytest.fixture
def office(sqlite_url: str, home: Path) -> Iterator[TestOffice]:
    """An office where the database does not matter."""
    made = TestOffice(sqlite_url, home)
    yield made
    made.close()


def answering(office: TestOffice, language: Language, method: str | None = None) -> Answering:
    """Return what composes the answer to a verified case, as the transaction does that releases it."""
    number = office.verified(language=language)
    with office.writing() as db:
        here, row = office.at(db), cases.find(db, number)
        assert row is not None
        (loaded,) = load(db, [row], here, {"decide"}).values()
        persons, kept = people(row, person_table.of_cases(db, [row.id])[row.id], here), matter(row, here)
    order = OrderLetter(kind=LetterKind.DISCLOSURE_NOTIFICATION)
    letter = Letter(f"{number}-02", 2, order.kind, LetterState.ORDERED)

    def answer(decided: Decisions) -> RequestLetter:
        outcomes = {right: replace(one, explanation=TOLD[language]) for right, one in decided.items()}
        case = replace(loaded.case, rights=dict(outcomes), method=method)
        return compose(order, letter, row.facts, case, persons, replace(kept, outcomes=outcomes), None, here)

    return answer


def every_decision(regime: Regime) -> Iterator[tuple[Right, RightOutcome]]:
    """Yield each outcome each right can have, on each ground it can stand on, with each method it could be given."""
    for right, rules in regime.rights.items():
        for name, method in product(rules.outcomes, METHODS):
            fitting = [g.code for g in regime.grounds.values() if right in g.rights and name in g.outcomes]
            for ground in fitting if name in regime.outcomes.ground else [None]:
                enclosed = 0 if name in ("refused", "not_held") else 2
                yield right, RightOutcome(outcome=name, ground=ground, method=method, enclosures=enclosed)


def text(content: RequestLetter) -> str:
    return squeezed(text_of(typeset(content).pdf))


@pytest.mark.requirement("S20", "S21", "S49")
@pytest.mark.parametrize("language", Language)
def test_no_answer_says_anything_a_careful_reader_would_send_back(office: TestOffice, language: Language) -> None:
    answer, asked_for_a_disc = answering(office, language), answering(office, language, "electronic")
    found = []
    for right, outcome in every_decision(law.regime()):
        told = text(answer({right: outcome}))
        on_disc = text(asked_for_a_disc({right: replace(outcome, method=None)}))
        disclosed = (right, outcome.outcome) in DISCLOSED
        checks = {
            "a sentence with nothing in it": not NOTHING_SAID.search(told),
            "a doubled honorific": not DOUBLED.search(told),
            "a method where nothing is disclosed, or none where one is": (METHOD[language] in told)
            is (disclosed and outcome.method is not None),
            "a disc that is not there": (DISC[language] in told) is (disclosed and outcome.method == "electronic"),
            "a disc on a refusal because one was asked for": (DISC[language] in on_disc) is disclosed,
            "enclosures that are not there": (ENCLOSED[language] in told) is (outcome.enclosures == 2),
            "no reason": squeezed(TOLD[language]) in told,
        }
        found += [(right, outcome, what) for what, well in checks.items() if not well]

    assert found == []


@pytest.mark.parametrize("language", Language)
def test_rights_answered_together_read_as_each_does_alone(office: TestOffice, language: Language) -> None:
    answer = answering(office, language)
    kinds = [
        RightOutcome(outcome=OutcomeName.GRANTED, method="electronic", enclosures=2),
        RightOutcome(outcome=OutcomeName.REFUSED),
    ]

    for one, other in combinations(law.regime().rights, 2):
        for first, second in product(kinds, repeat=2):
            told = text(answer({one: first, other: second}))

            discs = sum(pair in DISCLOSED for pair in ((one, first.outcome), (other, second.outcome)))
            assert (told.count(DISC[language]), bool(NOTHING_SAID.search(told))) == (discs, False)


@pytest.mark.parametrize("name", law.names())
def test_every_article_a_letter_cites_exists(name: str) -> None:
    regime = law.regime(name)
    articles = [*regime.articles.values(), *(a for rights in regime.rights.values() for a in rights.by_reason.values())]
    for ground in regime.grounds.values():
        articles += [ground.article, *ground.articles.values()]

    wrong = [article for article in articles for place in places(article, name) if not exists(*place)]

    assert wrong == []


def places(article: str, regime: str) -> Iterator[tuple[str, int, int, int]]:
    """Yield (law, article, paragraph, item) of each place the Japanese letter cites; of several items the last too."""
    if regime != "jp-appi":
        return
    of_act, _, of_order = cited(article, regime, Language.JA).partition("同法施行令")
    for of, part in (("act", of_act), ("order", of_order)):
        for number, paragraph, first, last in PLACE.findall(part):
            for item in filter(None, (first, last)) if first else ("0",):
                yield of, int(number), int(paragraph or 0), int(item)


def exists(of: str, article: int, paragraph: int, item: int) -> bool:
    """Whether there is such a place: an article of the Order by its items, one of the act by its paragraphs."""
    if of == "order":
        return paragraph == 0 and 0 <= item <= ORDER.get(article, -1)
    return (article, paragraph) in ACT and item <= ACT[article, paragraph]


def test_an_article_that_does_not_exist_is_found() -> None:
    named = ["33(2)(iv)", "33(6)", "37(1), Order 12(v)", "37(3), Order 14", "12(3)"]

    assert [article for article in named if all(exists(*place) for place in places(article, "jp-appi"))] == []


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_no_other_letter_has_a_sentence_with_nothing_in_it(kind: LetterKind, language: Language) -> None:
    whole = a_letter(kind, language)
    bare = replace(
        whole, posted_on=None, reply_by=None, first_contact_on=None, answer_by=None, withdrawn_on=None, answers=()
    )
    told = [squeezed(text_of(pdf_of(kind, language))), text(bare)]

    # On forms an empty bracket is what is written into by hand.
    found = [one for page in told for one in NOTHING_SAID.findall(page) if not (whole.enclosures() and one == "（）")]
    assert (found, DOUBLED.findall(told[0])) == ([], [])


@pytest.mark.requirement("S22")
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", [None, *RepresentativeKind])
def test_whoever_has_a_licence_on_the_chip_alone_is_told_what_to_send(
    language: Language, kind: RepresentativeKind | None
) -> None:
    told = {Language.JA: "マイナンバーカードだけに記録されている", Language.EN: "recorded on the My Number card alone"}

    content = replace(a_letter(LetterKind.REQUEST_FORMS, language), representative_kind=kind)
    before = replace(content, dated=date(2025, 3, 23))

    assert squeezed(told[language]) in text(content)
    assert squeezed(told[language]) not in text(before)
