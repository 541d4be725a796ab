"""Attacks by people of the house that once got through, on a desk as the operators' page sets it up.

Each row of campaign_postgresql.toml that says "mended" names its test here. The impostor works under a database login
of their own in the documented working role, and has the office's keys, which `./admin.py` needs.
"""

import json
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from services.audit import doctor
from services.office import office_days
from services.office.office_days import Change
from tests.office import APPROVER, CLERK, GRANTED, LEAD, REFUSED, VERIFIER, TestOffice
from tests.roles import Login, url_of, working_role
from workflows.request.payloads import Fulfil


@pytest.fixture
def login(postgres_url: str) -> Iterator[Login]:
    """Connect under a login of one's own in the working role."""
    with working_role(postgres_url) as connect:
        yield connect


@pytest.fixture
def office(postgres_url: str, home: Path) -> Iterator[TestOffice]:
    """An office on PostgreSQL, whose workers are the owner."""
    made = TestOffice(postgres_url, home)
    yield made
    made.close()


def found(office: TestOffice) -> list[tuple[str | None, str]]:
    return [(one.case, one.what) for one in doctor.examine(office.unit, files=False)]


def refused(engine: Engine, deed: str) -> bool:
    """Whether the database refuses a statement because only workers write there."""
    try:
        with engine.begin() as db:
            db.execute(text(deed))
    except ProgrammingError as refusal:
        return "only workers write" in str(refusal)
    return False


_GRANTED = json.dumps({"disclosure": {"outcome": "granted", "enclosures": 3}})
_OVERRIDDEN = json.dumps([{"what": "document:subject", "asked_by": "tanaka", "approved_by": "mori", "covers": "x"}])


def _fact(name: str, value: str) -> str:
    return f"UPDATE \"case\" SET facts = jsonb_set(facts::jsonb, '{{{name}}}', '{value}')::json"  # noqa: S608 - our own words


FORGED = {
    "the decision another took": _fact("rights", _GRANTED),
    "that nobody verified": 'UPDATE "case" SET verified_by = NULL',
    "that nobody decided": 'UPDATE "case" SET decided_by = NULL',
    "an override that was approved": _fact("overrides", _OVERRIDDEN),
    "that another vouched": _fact("vouched", '[["address", "on_record", "x", "tanaka"]]'),
    "that nobody wrote it down": _fact("said_by", "{}"),
    "what the people stated": _fact("stated", "{}"),
    "to whom the answer goes": _fact("mail_to", '"representative"'),
    "the corrections and explanations": "UPDATE \"case\" SET matter = '\\x00'",
    "papers that never came": (
        "INSERT INTO evidence SELECT (e).* FROM (SELECT jsonb_populate_record(evidence, '{\"ord\": 9}') AS e"
        " FROM evidence LIMIT 1) AS one"
    ),
    "a person's words of another day": "UPDATE person SET sealed = '\\x00'",
    "another's letter under this number": "UPDATE letter SET path = '26/000/another.pdf', sha256 = 'x'",
    "that a letter came back": "UPDATE letter SET state = 'returned'",
    "what a letter says": "UPDATE effect SET sealed = '\\x00'",
    "a letter nobody ordered": (
        "INSERT INTO letter (number, copy, ordinal, case_id, seq, kind, language, state, ordered_at)"
        " SELECT number || '9', 1, 99, case_id, seq, kind, language, 'ordered', ordered_at FROM letter LIMIT 1"
    ),
    "an effect nobody ordered": (
        "INSERT INTO effect (case_id, seq, ord, case_number, kind, subject, copy, sealed, ordered_at, state, attempts)"
        " SELECT case_id, seq, 99, case_number, kind, subject, 9, '\\x00', ordered_at, 'waiting', 0 FROM effect LIMIT 1"
    ),
    "a code that is good again": "UPDATE form_code SET state = 'good', expires_on = NULL, round = 9",
    "another procedure of the next version": (
        'INSERT INTO definition SELECT (jsonb_populate_record(NULL::definition, \'{"name": "request"}\')).*'
    ),
    "that another's login is nobody's": "INSERT INTO service_login VALUES ('mori', 'machine', now())",
    "a step of one's own": (
        "INSERT INTO history SELECT case_id, seq + 1, form, at, 'decide', target, target, '{name}', 'order:999',"
        " definition, version, revision, details, commitment, hash, 'hash' FROM history ORDER BY seq DESC LIMIT 1"
    ),
    "a step of the clock's": (
        "INSERT INTO history SELECT case_id, seq + 1, form, at, 'remind', target, target, 'system', 'timer:x:1:1',"
        " definition, version, revision, details, commitment, hash, 'hash' FROM history ORDER BY seq DESC LIMIT 1"
    ),
}


@pytest.mark.parametrize("name", [CLERK, VERIFIER, APPROVER, LEAD])
def test_a_personal_login_gives_orders_and_writes_nothing_of_what_they_bring_about(
    office: TestOffice, login: Login, name: str
) -> None:
    office.decided()
    engine = login(name)

    through = [what for what, deed in FORGED.items() if not refused(engine, deed.replace("{name}", name))]

    assert through == []
    assert found(office) == []


def test_an_approver_does_not_release_another_decision_than_the_one_that_was_taken(
    office: TestOffice, login: Login
) -> None:
    case = office.verified()
    office.must(case, "decide", REFUSED, by=VERIFIER)
    engine = login(APPROVER)

    with pytest.raises(ProgrammingError, match="only workers write case"), engine.begin() as db:
        db.execute(text(FORGED["the decision another took"]))

    assert office.do(case, "fulfil", Fulfil(), by=APPROVER).outcome == "refused"


def test_nobody_says_that_an_office_of_several_is_one_person_s(database_url: str, home: Path) -> None:
    office = TestOffice(database_url, home)
    case = office.verified()
    office.must(case, "decide", GRANTED, by=VERIFIER)

    with pytest.raises(IntegrityError, match="founded for one person"):
        office.tell('UPDATE "case" SET sole = true')

    assert office.case(case).sole is False
    office.close()


def test_a_lead_s_own_login_changes_the_calendar_and_every_deadline_with_it(
    office: TestOffice, login: Login, home: Path
) -> None:
    case, _ = office.mailed()
    login(LEAD)
    own = TestOffice(url_of(office.url, LEAD), home, staffed=True)
    days = (office.today + timedelta(days=7),)

    done = office_days.carry_through(own.unit, Change(days, closes=True, name="x"), LEAD)

    assert done.moved
    assert office.case(case).seq > 2
    assert found(office) == []
    own.close()


THE_OFFICES_OWN = (
    "INSERT INTO calendar_day VALUES ('2026-12-15', 'closed', 'x', 'kudo', now())",
    "DELETE FROM calendar_day",
    "INSERT INTO letter_kind SELECT 'reminder', true, 'x', now(), 'kudo'",
    'UPDATE office_clock SET "offset" = 0',
    (
        "INSERT INTO adopted_procedure SELECT coalesce(max(number), 0) + 1, '2026-12-01', '', '', '', now(), 'kudo'"
        " FROM adopted_procedure"
    ),
)
"""What only a lead decides: the calendar, which letters are stopped, the time, the office's own procedure."""


def test_only_a_lead_s_personal_login_changes_the_calendar_the_letters_and_the_clock(
    office: TestOffice, login: Login
) -> None:
    with office.writing() as db:
        db.execute(text("INSERT INTO calendar_day VALUES ('2026-12-31', 'closed', 'x', 'kudo', now())"))
        db.execute(text("INSERT INTO office_clock VALUES (1, 0)"))

    for name in (CLERK, VERIFIER, APPROVER, LEAD):
        engine = login(name)
        for deed in THE_OFFICES_OWN:
            refusal = pytest.raises(ProgrammingError, match="only a lead changes")
            with nullcontext() if name == LEAD else refusal, engine.begin() as db:
                db.execute(text(deed))


def test_a_day_of_the_calendar_that_the_log_does_not_explain_is_named(database_url: str, home: Path) -> None:
    office = TestOffice(database_url, home)
    days = tuple(office.today + timedelta(days=number) for number in (7, 8))
    for closes in (True, False):  # there and back, then closed again
        office_days.carry_through(office.unit, Change(days, closes=closes, name="x"), LEAD)
    office_days.carry_through(office.unit, Change(days, closes=True, name="x"), LEAD)
    sunday_open = Change((office.today + timedelta(days=6),), closes=False, name="x")
    office_days.carry_through(office.unit, sunday_open, LEAD)
    sound = found(office)

    office.tell("DELETE FROM calendar_day WHERE day = :day", day=days[0])
    one_gone = found(office)
    office.tell("INSERT INTO calendar_day VALUES ('2026-12-15', 'closed', 'x', 'kudo', '2026-11-09 01:00:00+00:00')")

    assert sound == []
    assert one_gone == [(None, "calendar_unexplained")]
    (named,) = [one for one in doctor.examine(office.unit) if one.what == "calendar_unexplained"]
    assert named.detail.params == {"days": 2, "first": days[0].isoformat()}
    office.close()


def test_a_caller_s_style_of_dates_is_not_the_office_s(
    postgres_url: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGDATESTYLE", "German")
    office = TestOffice(postgres_url, home)

    case = office.opened()

    assert office.case(case).opened_on == office.today
    office.close()
