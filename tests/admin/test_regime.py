"""A case under another law, by the script, from the first contact to the answer (S33): every letter cites that law."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument
from sqlalchemy import select

from models.case import case as cases
from models.timer import timer
from settings import PROJECT
from tests.admin.conftest import CONTACT, Said, Script, on_both
from tests.office import APPROVER, CLERK, MONDAY, TOKYO, VERIFIER, TestOffice, codes_of
from tests.services.paper import squeezed
from workflows.engine.values import Language
from workflows.law.values import ExtendReason
from workflows.request.payloads import Extend

GDPR = {**CONTACT, "regime": "eu-gdpr", "rights": ["disclosure"], "language": "en"}
PARTLY = {
    "outcomes": {
        "disclosure": {
            "outcome": "partly", "ground": "rights_of_others", "enclosures": 2,
            "explanation": "Two other people are named in it.",
        }
    }
}  # fmt: skip


def into_the_post(script: Script, office: TestOffice, folder: Path) -> str:
    """Make, print and post whatever waits, and return all that was printed, without blanks."""
    office.make_letters(typeset=True)
    printed = script.by(CLERK, "print", "--out", str(folder), "--json")
    assert printed.status == 0, printed
    assert script.by(CLERK, "posted", "--batch", printed.json["batch"], "--json").status == 0
    with PdfDocument(printed.json["merged"]) as batch:
        return squeezed("".join(page.get_textpage().get_text_range() for page in batch))


def on_its_way(script: Script, office: TestOffice, folder: Path) -> str:
    """Return a case under the GDPR that came back with an identity card and a letter of their own, not our form."""
    case = script.opened(**GDPR)
    into_the_post(script, office, folder)
    paper = {
        "holder": "subject",
        "type": "identity_card",
        "photo": True,
        "address": "stated",
        "name_matches": True,
        "masking": "masked",
        "expires_on": (office.today + timedelta(days=900)).isoformat(),
    }
    back = script.file({"arrived_at": script("clock", "--json").json["now"], "documents": [paper]})
    done(script.by(CLERK, "receive-forms", case, "--code", office.printed_code(case), "--file", back, "--json"))
    return case


def done(said: Said) -> None:
    """Insist that it was done."""
    assert (said.status, said.json["outcome"]) == (0, "done"), said


def counted(script: Script, case: str) -> list[str]:
    """Return how `show` explains the law's own deadlines of a case: how long, and by which rule it is counted."""
    deadlines = script.by(CLERK, "show", case, "--json").json["deadlines"]
    legal = [one["why"] for one in deadlines if "1182/71" in one["why"] or one["name"] in ("appi_39", "warn")]
    return [why.partition(" from ")[0] for why in legal]


@on_both
@pytest.mark.requirement("S33")
def test_a_case_under_the_gdpr_is_extended_and_answered_and_its_letters_cite_that_law(
    script: Script, office: TestOffice, worker: None, tmp_path: Path
) -> None:
    case = on_its_way(script, office, tmp_path)
    done(script.by(VERIFIER, "verify-identity", case, "--json"))
    before = counted(script, case)
    done(script.by(APPROVER, "extend", case, "--reason", "complexity", "--json"))
    notice = into_the_post(script, office, tmp_path)
    after = counted(script, case)
    again = script.by(APPROVER, "why", case, "extend", "--json").json
    done(script.by(VERIFIER, "decide", case, "--file", script.file(PARTLY), "--json"))
    done(script.by(APPROVER, "fulfil", case, "--json"))
    answer = into_the_post(script, office, tmp_path)

    assert (before, after) == (["one month"], ["3 months"])
    assert again["blocked"][0]["codes"] == ["extended_already"]
    assert "GeneralDataProtectionRegulation" in notice
    assert "Article15(4)oftheGeneralDataProtectionRegulation" in answer
    assert "Articles15(1),15(3)oftheGeneralDataProtectionRegulation" in answer
    assert "supervisoryauthority" in answer
    assert not any("ProtectionofPersonalInformation" in said for said in (notice, answer))
    assert script.by(CLERK, "show", case, "--json").json["regime"] == "eu-gdpr"
    assert script("history", case, "--json").json[0]["details"]["regime"] == "eu-gdpr"


@pytest.mark.requirement("S33", "S49")
def test_a_case_is_refused_on_grounds_of_its_own_law_alone(
    script: Script, office: TestOffice, worker: None, tmp_path: Path
) -> None:
    case = on_its_way(script, office, tmp_path)
    done(script.by(VERIFIER, "verify-identity", case, "--json"))
    told = {"outcome": "refused", "explanation": "It is the ninth such letter this week."}

    def decided(ground: str) -> Said:
        file = script.file({"outcomes": {"disclosure": {**told, "ground": ground}}})
        return script.by(VERIFIER, "decide", case, "--file", file, "--json")

    foreign = decided("business")
    done(decided("excessive"))
    done(script.by(APPROVER, "refuse", case, "--json"))
    answer = into_the_post(script, office, tmp_path)

    assert (foreign.status, foreign.json["codes"]) == (1, ["outcome.ground_unknown"])
    assert "manifestly_unfounded" in foreign.json["reasons"][0]
    assert "Article12(5)(b)oftheGeneralDataProtectionRegulation" in answer


@pytest.mark.requirement("S33")
def test_show_names_the_law_in_both_languages(script: Script, worker: None) -> None:
    ours, theirs = script.opened(), script.opened(**GDPR)

    assert "the General Data Protection Regulation" in script("show", theirs).out
    assert "EU一般データ保護規則" in script("show", theirs, "--lang", "ja").out
    assert "the Act on the Protection of Personal Information (jp-appi)" in script("show", ours).out


def test_why_says_that_the_japanese_law_knows_no_extension(script: Script, worker: None) -> None:
    case = script.opened()

    said = script.by(APPROVER, "why", case, "extend")

    assert "the law of this case (jp-appi) knows no extension." in said.out


@pytest.mark.requirement("S33")
def test_an_import_takes_the_law_from_its_column(script: Script, office: TestOffice, worker: None) -> None:
    head = "rights,category,channel,language,subject.name,subject.address,regime\n"
    laws = ("eu-gdpr", "", "us-ccpa")
    rows = "".join(
        f"disclosure,customer,post,ja,見本 {n}号,東京都千代田区千代田1-{n},{law}\n" for n, law in enumerate(laws)
    )

    said = script.by(CLERK, "import", script.file(head + rows, "contacts.csv"), "--json")

    assert (said.json["opened"], [(one["line"], one["field"]) for one in said.json["faults"]]) == (2, [(4, "regime")])
    assert (
        said.json["faults"][0]["message"]
        == "'us-ccpa' is not a law (regime); one of jp-appi, eu-gdpr, jp-public, uk-gdpr."
    )
    rows_stored = office.ask(select(cases.c.facts).order_by(cases.c.id))
    assert [row.facts["regime"] for row in rows_stored] == ["eu-gdpr", "jp-appi"]


def a_card(home: Path, regime: str) -> None:
    """Give the office a card of its own with that usual law."""
    card = (PROJECT / "organisation.toml").read_text(encoding="utf-8")
    assert 'regime = "jp-appi"' in card
    (home / "organisation.toml").write_text(card.replace('regime = "jp-appi"', regime), encoding="utf-8")


@pytest.mark.requirement("S33")
@pytest.mark.parametrize(("line", "law"), [('regime = "eu-gdpr"', "eu-gdpr"), ("", "jp-appi")])
def test_the_offices_own_law_is_that_of_a_case_opened_without_one(
    script: Script, office: TestOffice, worker: None, fresh: Path, line: str, law: str
) -> None:
    a_card(fresh, line)

    usual, said = script.opened(), script.opened(regime="eu-gdpr")

    assert (office.case(usual).facts["regime"], office.case(said).facts["regime"]) == (law, "eu-gdpr")


@pytest.mark.parametrize(
    ("language", "says"),
    [
        (
            "en",
            (
                "regime is 'us-ccpa', which is no law known here; write one of jp-appi, eu-gdpr, jp-public, uk-gdpr. "
                "Nothing was accepted."
            ),
        ),
        (
            "ja",
            "regimeの'us-ccpa'という法令はありません。jp-appi, eu-gdpr, jp-public, uk-gdpr のいずれかにしてください。",
        ),
    ],
)
def test_a_card_with_an_unknown_law_is_exit_2_and_nothing_is_accepted(
    script: Script, office: TestOffice, fresh: Path, language: str, says: str
) -> None:
    a_card(fresh, 'regime = "us-ccpa"')

    said = script.by(CLERK, "open", "--file", script.file(CONTACT), "--lang", language)

    assert said.status == 2
    assert f"{fresh / 'organisation.toml'}: " in said.err
    assert says in said.err
    assert office.ask("SELECT id FROM command") == []


def test_every_fault_of_a_card_is_named_at_once(script: Script, office: TestOffice, fresh: Path) -> None:
    (fresh / "organisation.toml").write_text('name_ja = 3\nnmae_en = "A"\npolicies = []\n', encoding="utf-8")

    said = script.by(CLERK, "open", "--file", script.file(CONTACT))

    assert said.status == 2
    for fault in ("policies must list", "email is missing", "there is no nmae_en", "name_ja must be a text"):
        assert fault in said.err


# -- what the clock counts, on given days ---------------------------------------------------------------------------


@pytest.fixture
def on_given_days(fresh: Path, database_url: str) -> Iterator[TestOffice]:
    """An office whose clock the test sets."""
    made = TestOffice(database_url, fresh)
    yield made
    made.close()


@on_both
@pytest.mark.requirement("S33", "S44")
def test_the_month_is_counted_from_the_first_contact_and_moved_on_by_a_holiday(on_given_days: TestOffice) -> None:
    office = on_given_days
    office.move_to(MONDAY + timedelta(days=2))  # 11 November 2026
    case = office.opened(regime="eu-gdpr", language=Language.EN)

    before = timers_of(office, case)
    office.must(case, "extend", Extend(reason=ExtendReason.COMPLEXITY), APPROVER)
    after = timers_of(office, case)

    # One month ends with 11 December; three with 11 February, which is National Foundation Day: 12 February.
    assert before == {"answer_due": date(2026, 12, 12)}
    assert after == {"answer_due_extended": date(2027, 2, 13)}


@pytest.mark.requirement("S33")
@pytest.mark.parametrize(("days", "codes"), [(30, []), (31, ["too_late_to_extend"])])
def test_an_extension_is_told_within_the_first_month(on_given_days: TestOffice, days: int, codes: list[str]) -> None:
    office = on_given_days
    case = office.opened(regime="eu-gdpr", language=Language.EN)  # 9 November 2026; the month ends with 9 December
    office.move_to(MONDAY + timedelta(days=days))

    outcome = office.do(case, "extend", Extend(reason=ExtendReason.NUMBER_OF_REQUESTS), APPROVER)

    assert codes_of(outcome.reasons) == codes


def timers_of(office: TestOffice, case: str) -> dict[str, date]:
    """Return the law's own clocks of a case: from the beginning of which day each is run out."""
    rows = office.ask(
        select(timer.c.name, timer.c.due_at).where(timer.c.case_id == office.case(case).id, timer.c.legal)
    )
    return {row.name: row.due_at.astimezone(TOKYO).date() for row in rows}
