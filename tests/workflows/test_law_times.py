"""The times of each law, against worked examples with their sources, and what holds of every law and every case."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows import law
from workflows.engine.calendars import Calendar
from workflows.engine.case import OnHold
from workflows.engine.deadlines import due_at, explain
from workflows.engine.declaring import Start
from workflows.law.loading import FOLDER, load_regime
from workflows.law.times import StoppedBy
from workflows.law.values import OutcomeName, RepresentativeKind, Right
from workflows.request import clocks
from workflows.request.case import Case
from workflows.request.procedure import request
from workflows.request.values import CodeState, Stopped
from workflows.words import say

OFFICE = Calendar()
LAW = ("warn", "appi_39", "answer_due", "answer_due_extended")


def day(text: str) -> date:
    return date.fromisoformat(text)


def a_case(name: str, *rights: Right, state: str = "forms_returned", **facts: Any) -> Case:
    opened = facts.pop("opened_on", day("2026-09-01"))
    core: dict[str, Any] = {"number": "26-000001-D", "state": state, "seq": 3, "entered_seq": 3, "entered_on": opened}
    asked = dict.fromkeys(rights or (Right.DISCLOSURE,))
    return Case(**core, opened_on=opened, regime=law.regime(name), rights=asked, code_state=CodeState.GOOD, **facts)


def runs_of(case: Case) -> dict[str, Start]:
    """Return the law's clocks that run, by their names."""
    return {name: start for name in LAW for start in request.clocks[name].starts(case)}


def last_days(case: Case) -> dict[str, str]:
    """Return of each of the law's clocks the last day of its time: the moment it fires is the end of that day."""
    found = {}
    for name, start in runs_of(case).items():
        assert start.span is not None
        found[name] = start.span.last(start.since, OFFICE).isoformat()
    return found


def came(on: str, **more: Any) -> dict[str, Any]:
    return {"opened_on": day(on), "first_arrived_on": day(on), "arrived_on": day(on), **more}


EXTENDED: dict[str, Any] = {"extended": True}
# what the example shows, and its source: the case, and the last day of each time
EXAMPLES = [
    pytest.param(
        a_case("jp-appi", **came("2026-04-01")),
        {"warn": "2026-04-11", "appi_39": "2026-04-15"},
        id="APPI 39(1): arrived on 1 April, from 16 April the person may sue (two weeks have passed with the 15th)",
    ),
    pytest.param(
        a_case("jp-appi", Right.PURPOSE_NOTICE, **came("2026-04-01")), {},
        id="APPI 39(1) names 33(1), 34(1) and 35(1), (3), (5): not 32(2)",
    ),
    pytest.param(
        a_case("eu-gdpr", opened_on=day("2026-11-11")), {"answer_due": "2026-12-11"},
        id="Regulation 1182/71, 3(1): the day of receipt is not counted",
    ),
    pytest.param(
        a_case("eu-gdpr", opened_on=day("2026-01-31")), {"answer_due": "2026-03-02"},
        id="Regulation 1182/71, 3(2)(c), 3(4): no 31 February, so the 28th, a Saturday, and on to Monday",
    ),
    pytest.param(
        a_case("eu-gdpr", opened_on=day("2026-11-11"), extended_for=("complexity",), **EXTENDED),
        {"answer_due_extended": "2027-02-12"},
        id="GDPR 12(3): two further months; 11 February is a holiday in the office's calendar",
    ),
    pytest.param(
        a_case("jp-public", **came("2026-06-01")), {"warn": "2026-06-21", "answer_due": "2026-07-01"},
        id="APPI 83(1), Civil Code 140: 30 days from the day after the request (PPC, Q&A for public bodies, 5-6-1)",
    ),
    pytest.param(
        a_case("jp-public", **came("2026-06-01"), extended_for=("difficulty",), **EXTENDED),
        {"answer_due_extended": "2026-07-31"},
        id="APPI 83(2): 30 days more at most (PPC, Q&A for public bodies, 5-6-1)",
    ),
    pytest.param(
        a_case("jp-public", Right.CORRECTION, **came("2026-06-01")),
        {"warn": "2026-06-21", "answer_due": "2026-07-01"},
        id="APPI 94(1): a correction has 30 days too (Aichi regional union: 30 days from the day of the request)",
    ),
    pytest.param(
        a_case(
            "jp-public", **came("2026-06-01"),
            stops=(Stopped(by=StoppedBy.DEFICIENCY, first=day("2026-06-08"), last=day("2026-06-15")),),
        ),
        {"warn": "2026-06-28", "answer_due": "2026-07-08"},
        id="APPI 83(1) proviso: seven days from the day after the notice to the day the correction came do not count",
    ),
    pytest.param(
        a_case(
            "jp-public", **came("2026-06-01"), extended_for=("large_volume",), answer_by=day("2026-11-30"), **EXTENDED,
        ),
        {"answer_due_extended": "2026-11-30"},
        id="APPI 84: the office names the day",
    ),
    pytest.param(
        a_case("uk-gdpr", **came("2026-09-03", proven_on=day("2026-09-03"))),
        {"warn": "2026-09-23", "answer_due": "2026-10-05"},
        id="ICO: received 3 September, due by 3 October, which is a Saturday in 2026: the next working day",
    ),
    pytest.param(
        a_case("uk-gdpr", **came("2025-09-03", proven_on=day("2025-09-03"))),
        {"warn": "2025-09-23", "answer_due": "2025-10-03"},
        id="ICO: received 3 September, due by 3 October",
    ),
    pytest.param(
        a_case("uk-gdpr", **came("2026-03-31", proven_on=day("2026-03-31"))),
        {"warn": "2026-04-20", "answer_due": "2026-04-30"},
        id="ICO: received 31 March, no 31 April: the last day of the month",
    ),
    pytest.param(
        a_case("uk-gdpr", **came("2026-11-25", proven_on=day("2026-11-25"))),
        {"warn": "2026-12-15", "answer_due": "2026-12-29"},
        id="ICO: 25 December is a holiday, 26 and 27 a weekend, 28 the substitute day: 29 December",
    ),
    pytest.param(
        a_case("uk-gdpr", **came("2025-09-03", proven_on=day("2025-09-10"))),
        {"warn": "2025-09-30", "answer_due": "2025-10-10"},
        id="UK GDPR 12A: from the arrival of the proof of identity where that comes later",
    ),
    pytest.param(a_case("uk-gdpr", **came("2025-09-03")), {}, id="UK GDPR 12A: not before identity is proven"),
    pytest.param(
        a_case(
            "uk-gdpr", **came("2026-09-03", proven_on=day("2026-09-03")),
            stops=(Stopped(by=StoppedBy.INFORMATION, first=day("2026-09-07"), last=day("2026-09-11")),),
        ),
        {"warn": "2026-09-28", "answer_due": "2026-10-08"},
        id="UK GDPR 12A, as DPA 54(3C): asked on the 7th, told on the 11th, neither of the five days counts",
    ),
    pytest.param(
        a_case(
            "uk-gdpr", **came("2025-09-03", proven_on=day("2025-09-03")),
            stops=(Stopped(by=StoppedBy.INFORMATION, first=day("2025-09-08"), last=day("2025-09-12")),),
        ),
        {"warn": "2025-09-23", "answer_due": "2025-10-03"},
        id="the same before 5 February 2026: it was no law yet (SI 2026/82)",
    ),
    pytest.param(
        a_case(
            "uk-gdpr", Right.DISCLOSURE, Right.CORRECTION, **came("2026-09-03", proven_on=day("2026-09-03")),
            stops=(Stopped(by=StoppedBy.INFORMATION, first=day("2026-09-07"), last=day("2026-09-11")),),
        ),
        {"warn": "2026-09-23", "answer_due": "2026-10-05"},
        id="UK GDPR 12A: a question stops the clock of an access request, not of a correction",
    ),
    pytest.param(
        a_case(
            "uk-gdpr", **came("2025-09-03", proven_on=day("2025-09-03")), extended_for=("complexity",), **EXTENDED
        ),
        {"answer_due_extended": "2025-12-03"},
        id="UK GDPR 12(3), 12A: two further months",
    ),
]  # fmt: skip


@pytest.mark.requirement("S33", "S44")
@pytest.mark.parametrize(("case", "expected"), EXAMPLES)
def test_each_law_counts_as_its_sources_do(case: Case, expected: dict[str, str]) -> None:
    assert last_days(case) == expected


def test_a_question_that_nobody_answered_yet_stops_the_clock_until_the_end_of_the_hold() -> None:
    case = a_case("uk-gdpr", **came("2026-09-03", proven_on=day("2026-09-03")))
    asked = OnHold("sato", "awaiting_information", day("2026-09-07"), day("2026-09-11"), seq=4)

    assert last_days(replace(case, hold=asked))["answer_due"] == "2026-10-08"
    assert last_days(replace(case, hold=replace(asked, code="other")))["answer_due"] == "2026-10-05"
    assert last_days(replace(case, hold=replace(asked, by="system")))["answer_due"] == "2026-10-05"


def test_while_a_deficiency_is_with_the_person_nobody_can_say_when_the_time_ends() -> None:
    case = a_case("jp-public", **came("2026-06-01"), state="forms_mailed", posted_on=day("2026-06-08"))

    runs = runs_of(case)

    assert runs.keys() == {"warn", "answer_due"}
    assert [due_at(request.clocks[name].over(start), 1, start.since, OFFICE) for name, start in runs.items()] == [
        None, None,
    ]  # fmt: skip
    assert "stand still since 2026-06-09" in say(
        explain(request.clocks["answer_due"].over(runs["answer_due"]), 1, runs["answer_due"].since, OFFICE), "en"
    )


def test_a_stop_ends_with_the_day_on_which_what_was_asked_for_came() -> None:
    case = a_case("jp-public", **came("2026-06-01"), state="forms_mailed", posted_on=day("2026-06-08"))

    assert clocks.stops_after(case, day("2026-06-15")) == {
        "stops": (Stopped(by=StoppedBy.DEFICIENCY, first=day("2026-06-08"), last=day("2026-06-15")),)
    }
    assert clocks.stops_after(replace(case, regime=law.regime("jp-appi")), day("2026-06-15")) == {}


# -- what holds of every law and every case -------------------------------------------------------------------------

days = st.dates(date(2026, 4, 1), date(2030, 12, 31))


@dataclass(frozen=True)
class Lived:
    """What a case may have been through, in days from its beginning."""

    arrived: int | None
    again: int
    proven: int | None
    posted: int
    stopped: list[tuple[str, int, int]]
    extended: bool


lived = st.builds(
    Lived,
    st.none() | st.integers(0, 60),
    st.integers(0, 30),
    st.none() | st.integers(0, 30),
    st.integers(0, 30),
    st.lists(st.tuples(st.sampled_from(StoppedBy), st.integers(0, 90), st.integers(0, 20)), max_size=3),
    st.booleans(),
)
states = st.sampled_from([state for state in request.states.values() if not state.closed])


def built(name: str, rights: frozenset[Right], state: str, began: date, life: Lived) -> Case:
    def on(days: int | None) -> date | None:
        return None if days is None else began + timedelta(days=days)

    regime = law.regime(name)
    first = on(life.arrived)
    again = first if first is None else first + timedelta(days=life.again)
    stops = tuple(Stopped(by=by, first=began + timedelta(days=a), last=began + timedelta(days=a + n))
                  for by, a, n in life.stopped)  # fmt: skip
    reasons = (str(regime.extensions[0].reasons[0]),) if regime.extensions and life.extended else ()
    return a_case(
        name, *(rights & regime.rights.keys() or regime.rights), state=state, opened_on=began, first_arrived_on=first,
        arrived_on=again, proven_on=first and on(life.proven), posted_on=on(life.posted), stops=stops,
        extended=bool(reasons), extended_for=reasons,
    )  # fmt: skip


@given(st.sampled_from(law.names()), st.frozensets(st.sampled_from(Right), min_size=1), states, days, lived)
def test_every_date_of_every_law_explains_itself_in_both_languages(
    name: str, rights: frozenset[Right], state: str, began: date, life: Lived
) -> None:
    case = built(name, rights, state, began, life)

    for clock, start in runs_of(case).items():
        deadline = request.clocks[clock].over(start)
        due = due_at(deadline, 1, start.since, OFFICE)
        for language in ("ja", "en"):
            said = say(explain(deadline, 1, start.since, OFFICE), language)
            assert "{" not in said
            assert "law_" not in said
            assert start.since.isoformat() in said or case.answer_by is not None
            if due is not None:
                assert start.span is not None
                assert start.span.last(start.since, OFFICE).isoformat() in said
        assert due is None or due > OFFICE.start_of(start.since)


@given(st.sampled_from(law.names()), st.frozensets(st.sampled_from(Right), min_size=1), states, days, lived)
def test_whatever_stops_the_laws_time_something_of_the_offices_own_goes_on(
    name: str, rights: frozenset[Right], state: str, began: date, life: Lived
) -> None:
    case = built(name, rights, state, began, life)
    declared = request.states[state]
    anchor = getattr(case, declared.anchor) or case.entered_on

    going = [
        due_at(deadline, 1, anchor, OFFICE)
        for deadline in declared.deadlines
        if deadline.condition is None or request.conditions[deadline.condition](case)
    ]

    assert any(due is not None for due in going)


@given(st.sampled_from(law.names()), days, lived, st.integers(0, 200))
def test_no_answer_is_ever_owed_before_the_law_says_and_an_extension_never_makes_it_earlier(
    name: str, began: date, life: Lived, later: int
) -> None:
    regime = law.regime(name)
    case = built(name, frozenset(regime.rights), "id_verified", began, replace(life, arrived=0, proven=0))
    plain = replace(case, extended=False, extended_for=())

    if regime.answer is None:
        assert clocks.answer_by(plain, OFFICE) is None
        return
    owed = clocks.answer_by(plain, OFFICE)
    assert owed is not None
    for extension in regime.extensions:
        for reason in extension.reasons:
            longer = clocks.answer_by(replace(case, extended=True, extended_for=(str(reason),)), OFFICE)
            assert longer is not None
            assert longer >= owed
            assert clocks.notice_by(plain, OFFICE, reason) is not None


def test_what_ends_a_case_ends_the_laws_times_but_for_the_right_to_sue() -> None:
    for name in law.names():
        for state in request.states.values():
            case = a_case(name, **came("2026-09-03", proven_on=day("2026-09-03")), state=state)
            gone = state in ("withdrawn", "lapsed", "voided")
            owed = {"warn", "appi_39"} if case.regime.action and not gone else set()
            owed |= {"warn", "answer_due"} if case.regime.answer and not state.closed else set()
            if case.regime.answer and case.regime.answer.warn_after is None:
                owed -= {"warn"}

            assert runs_of(case).keys() == owed, (name, state)


def test_of_each_law_every_outcome_that_refuses_names_a_ground_and_is_explained() -> None:
    for name in law.names():
        rules = law.regime(name).outcomes
        assert OutcomeName.REFUSED in rules.ground
        assert {OutcomeName.REFUSED, OutcomeName.PARTLY, OutcomeName.NOT_HELD} <= rules.explanation


@pytest.mark.parametrize("name", ["jp-appi", "jp-public", "eu-gdpr", "uk-gdpr"])
def test_no_date_of_the_law_runs_where_the_data_is_of_somebody_who_died_and_every_one_for_an_agent(name: str) -> None:
    case = a_case(name, **came("2026-04-01", proven_on=day("2026-04-01")))

    agent = replace(case, representative=RepresentativeKind.AGENT)
    family = replace(case, representative=RepresentativeKind.BEREAVED)

    assert runs_of(agent).keys() == runs_of(case).keys() != set()
    assert runs_of(family) == {}
    assert runs_of(replace(family, regime=replace(case.regime, living=""))).keys() == runs_of(case).keys()


def test_a_law_need_not_say_that_it_is_about_the_living(tmp_path: Path) -> None:
    text = (FOLDER / "eu_gdpr.toml").read_text(encoding="utf-8")
    file = tmp_path / "of_all.toml"
    silent = text.replace('living = "GDPR recital 27"\n', "").replace('name = "eu-gdpr"', 'name = "of-all"')
    file.write_text(silent, encoding="utf-8")

    assert (silent != text, load_regime(file, FOLDER).living) == (True, "")
