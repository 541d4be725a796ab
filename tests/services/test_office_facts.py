"""What the published procedure says of the office itself, shown on whole cases."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from models.letter import letter
from services.letters.profile import organisation
from settings import PROJECT, settings
from tests.office import APPROVER, MONDAY, VERIFIER, TestOffice, codes_of
from tests.services.paper import text_of
from workflows.engine.values import Language
from workflows.law.values import OutcomeName, Right, RightOutcome
from workflows.request.payloads import Decide, Fulfil, Withdraw
from workflows.request.values import ToldHow


@pytest.fixture
def office(sqlite_url: str, home: Path) -> Iterator[TestOffice]:
    """An office where the database does not matter."""
    made = TestOffice(sqlite_url, home)
    yield made
    made.close()


def paper(office: TestOffice, kind: str) -> str:
    """Return the text of the one letter of that kind."""
    office.make_letters(typeset=True)
    (row,) = office.ask(select(letter.c.path).where(letter.c.kind == kind))
    return text_of((office.settings.spool / row.path).read_bytes())


@pytest.mark.requirement("S7", "S40")
@pytest.mark.parametrize("language", list(Language))
def test_the_first_letter_says_where_and_when_the_office_can_be_reached(office: TestOffice, language: Language) -> None:
    office.opened(language=language)

    said = "".join(paper(office, "request_forms").split())

    card = organisation()
    address, hours = (card.address_ja, card.hours_ja) if language == "ja" else (card.address_en, card.hours_en)
    for part in (address, hours, card.email):
        assert "".join(part.split()) in said


@pytest.mark.requirement("S8", "S14")
def test_what_is_held_for_a_client_is_answered_as_not_held_and_never_without_an_explanation(office: TestOffice) -> None:
    case = office.verified(language=Language.EN)
    not_held = RightOutcome(outcome=OutcomeName.NOT_HELD)
    why = "We process these data for a client, who alone has authority over them."

    bare = office.do(case, "decide", Decide(outcomes={Right.DISCLOSURE: not_held}), by=VERIFIER)
    told = RightOutcome(outcome=OutcomeName.NOT_HELD, explanation=why)
    office.must(case, "decide", Decide(outcomes={Right.DISCLOSURE: told}), by=VERIFIER)
    office.must(case, "fulfil", Fulfil(), by=APPROVER)

    assert (bare.outcome, codes_of(bare.reasons)) == ("refused", ["outcome.unexplained"])
    assert "".join(why.split()) in "".join(paper(office, "disclosure_notification").split())


@pytest.mark.requirement("S1", "S37")
def test_an_open_case_keeps_the_policy_it_began_under_when_a_new_one_is_published(
    sqlite_url: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = MONDAY.date() + timedelta(days=3)
    card = (PROJECT / "organisation.toml").read_text(encoding="utf-8")
    first = "policies = [2015-02-19]"
    assert first in card
    (home / "organisation.toml").write_text(card.replace(first, f"policies = [2015-02-19, {published}]"), "utf-8")
    monkeypatch.setenv("MADOGUCHI_HOME", str(home))
    settings.cache_clear()
    office = TestOffice(sqlite_url, home)

    before = office.opened()
    office.move_to(MONDAY + timedelta(days=4))
    after = office.opened()
    office.must(before, "withdraw", Withdraw(on=office.today, how=ToldHow.PHONE))

    assert [office.case(case).facts["policy"] for case in (before, after)] == ["2015-02-19", published.isoformat()]
    office.close()
    monkeypatch.undo()
    settings.cache_clear()
