"""The stories of docs/security.md are true to the product: tests, places, words and page agree."""

import re
from pathlib import Path

import pytest

from settings import PROJECT
from tests.security import page
from tests.security.stories import (
    LANGUAGES,
    campaign,
    decisions,
    names_in,
    people,
    quoted,
    requirements,
    source_of,
    stories,
)

JAPANESE = re.compile(r"[ぁ-んァ-ン一-龠]")
CODE = re.compile(r"\b(form|right|kind|role|ground|hold|state|document|measure)\.[a-z_]+")


def test_there_are_enough_stories_each_told_once_and_each_of_somebody() -> None:
    ids = [story.id for story in stories()]
    tried = [story.tried[language] for story in stories() for language in LANGUAGES]
    inside = sum(one.startswith("S") for one in ids)

    assert len(ids) == len(set(ids)) >= 60
    assert min(inside, len(ids) - inside) >= 30
    assert {one[0] for one in ids} == {"I", "S"}
    assert len(set(tried)) == len(tried)
    assert [person.id for person in people()] == list(dict.fromkeys(story.by for story in stories()))


def test_what_people_control_what_stops_them_and_what_remains_is_said_in_both_languages() -> None:
    for person in people():
        for said in (person.name, person.controls, person.stops, person.remains):
            assert set(said) == set(LANGUAGES), person.id
            assert JAPANESE.search(said["ja"]), person.id
            assert not JAPANESE.search(said["en"]), person.id


def test_each_story_is_told_in_both_languages() -> None:
    for story in stories():
        for said in (story.tried, story.answered):
            assert set(said) == set(LANGUAGES), story.id
            assert JAPANESE.search(said["ja"]), story.id
            assert said["ja"].endswith("。"), story.id
            assert said["en"].endswith((".", '."')), story.id


def test_every_test_that_a_story_names_is_there() -> None:
    missing = [(story.id, test) for story in stories() for test in story.shown if source_of(test) is None]

    assert missing == []
    assert all(story.shown for story in stories())


def test_every_place_where_a_story_is_decided_is_there() -> None:
    for story in stories():
        assert story.at, story.id
        for place in story.at:
            path, _, name = place.partition(":")
            assert (PROJECT / path).is_file(), (story.id, place)
            assert not path.startswith("tests/"), (story.id, place)
            assert not name or name in names_in(path), (story.id, place)


def test_every_decision_and_requirement_that_a_story_cites_is_there() -> None:
    known = {*dict(decisions()), *requirements()}

    assert all(story.see for story in stories())
    assert [(story.id, number) for story in stories() for number in story.see if number not in known] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_story_quotes_is_what_the_product_says(language: str) -> None:
    for story in stories():
        for code, sentence in story.quotes(language):
            assert sentence, (story.id, code)
            assert "{" not in sentence, (story.id, code)
            # A noun the product has no word for would stand there as its code.
            assert not CODE.search(sentence), (story.id, sentence)


def test_a_code_the_product_does_not_know_is_quoted_nowhere() -> None:
    for invented in ("identity.invented", "sql:invented", "postgresql:invented", "check:ck_case_invented",
                     "intake:invented"):  # fmt: skip
        with pytest.raises(KeyError):
            quoted(invented, {}, "en")


LOOKED_FOR = {
    # Why a case is held for the lead is kept as one word, with the other cases.
    "suspicion_many_requests": "suspected_fraud",
    "suspicion_shared_address": "suspected_fraud",
    "suspicion_same_document": "linked",
    "suspicion_busy_representative": "suspected_fraud",
    # The failure that carries these reasons.
    "office.says_demo": "office_is_otherwise",
    "office.says_sole": "office_is_otherwise",
    "office.says_clock": "office_is_otherwise",
    # What the sentence is filled with.
    "too_wide": '"240"',
    "invisible": '"U+"',
    "why_case_differs": "CASE_DIFFERS",
    # A part of what the database says.
    "a personal login orders for itself alone": "orders for itself alone",
    "a personal login signs for itself alone": "signs for itself alone",
    "only a lead changes who works here": "only a lead",
    "an order is never rewritten and answered once": "never rewritten",
    "a case keeps its number and its history only grows": "only grows",
    "is append-only": "append-only",
    "ck_case_four_eyes": "four_eyes",
}
"""What a test looks for, where that is not the code itself."""


def texts_of(test: str) -> str:
    """Return the test's file and the files of the tests it takes anything from."""
    path = test.partition("::")[0]
    text = (PROJECT / path).read_text(encoding="utf-8")
    beside = [
        PROJECT / f"{name.replace('.', '/')}.py"
        for name in re.findall(r"^from (tests[.\w]+) import", text, re.MULTILINE)
    ]
    return text + "".join(file.read_text(encoding="utf-8") for file in beside if file.is_file())


def test_what_a_story_quotes_is_what_its_tests_look_for() -> None:
    for story in stories():
        texts = "".join(texts_of(test) for test in story.shown)
        for code in story.says:
            word = code.rpartition(":")[2]
            last = word.rpartition(".")[2]
            wanted = LOOKED_FOR.get(word) or LOOKED_FOR.get(last) or last
            assert wanted in texts, f"{story.id}: none of its tests looks for {wanted}"


def test_every_attack_of_the_campaign_is_somebodys_and_what_was_mended_has_its_test() -> None:
    ids = [attack.id for attack in campaign()]

    assert len(ids) == len(set(ids))
    for attack in campaign():
        assert attack.by, attack.id
        assert attack.result in ("held", "mended", "open"), attack.id
        assert attack.tried, attack.id
        assert attack.answered, attack.id
        assert source_of(attack.test) if attack.test else attack.result != "mended", attack.id


def test_the_page_is_the_one_the_stories_make(tmp_path: Path) -> None:
    written = tmp_path / "security.md"
    written.write_text(page.TARGET.read_text(encoding="utf-8"), encoding="utf-8")

    page.main(written)

    assert page.TARGET.read_text(encoding="utf-8") == written.read_text(encoding="utf-8"), (
        "run .venv/bin/python -m tests.security.page"
    )


def test_the_page_has_every_table_in_both_languages() -> None:
    made = [block["name"] for block in page.BLOCK.finditer(page.TARGET.read_text(encoding="utf-8"))]

    assert sorted(made) == sorted(f"{kind} {language}" for kind in page.ROWS for language in LANGUAGES)
    for language in LANGUAGES:
        rows = page.table(f"stories {language}").splitlines()
        assert len(rows) == len(stories()) + 2
        assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {7 if language == "en" else 5}
