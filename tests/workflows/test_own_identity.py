"""Who must prove what under an office's own file: judged as it says, and asked for as the least that completes it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows import law
from workflows.engine.values import Reason
from workflows.law.proving import ANY, NO_PHOTO, PHOTO, Where
from workflows.law.values import RepresentativeKind, Right
from workflows.office import OfficeProcedure
from workflows.office.applied import applied
from workflows.office.reading import BadFile, read_procedure
from workflows.request import identity, representation
from workflows.request.enough import Asked
from workflows.request.values import AddressShown, Authority, Document, Masking, Party
from workflows.words import say

DAY = date(2026, 12, 1)
WHY = 'reason_ja = "なりすましの防止"\nreason_en = "against impostors"\n'


def under(text: str, name: str = "jp-appi") -> law.Regime:
    """Return a law as a file's office applies it."""
    regime = law.regime(name)
    found = read_procedure(f"from = 2026-01-01\n{text}", "procedure.toml", {name: regime}, name)
    assert isinstance(found, OfficeProcedure), [say(f.reason, "en") for f in found.faults]
    return applied(regime, found)


def paper(code: str, **differs: object) -> Document:
    """Return a paper with which nothing is wrong on 1 December 2026."""
    sound = Document(
        holder=Party.SUBJECT, type=code, masking=Masking.NOT_SHOWN, photo=True, issued_on=date(2026, 11, 20),
        expires_on=date(2030, 1, 1), address=AddressShown.STATED, name_matches=True, seal_matches=True, arrived_on=DAY,
    )  # fmt: skip
    return replace(sound, **differs)  # type: ignore[arg-type]


def gaps(regime: law.Regime, *papers: Document, asked: Asked | None = None) -> list[Reason]:
    return identity.gaps(Party.SUBJECT, papers, regime, asked=asked or Asked())


def codes(found: Iterable[Reason]) -> list[str]:
    return [reason.code.partition(".")[2] for reason in found]


def needed(found: list[Reason]) -> str:
    """Return what is still to be sent, in English."""
    (ways,) = [reason.params["ways"] for reason in found if reason.code.endswith((".needed", ".needed_besides"))]
    return str(ways["en"])  # type: ignore[index]


LICENCE, RECORD, PASSPORT = paper("drivers_licence"), paper("resident_record"), paper("passport")
REGISTER = paper("family_register")

LISTS = '[lists]\nA = ["passport"]\nB = ["drivers_licence", "residence_card"]\nC = ["resident_record"]\n'
ENOUGH = 'enough = [["photo"], ["no_photo", "no_photo"]]\n'

# the file, the papers, what is still asked for (None: proven)
RULES: list[tuple[str, tuple[Document, ...], str | None]] = [
    # two different papers always
    (f'[[identity]]\nenough = [["any", "any"]]\n{WHY}', (LICENCE,), "one more document of a different kind"),
    (f'[[identity]]\nenough = [["any", "any"]]\n{WHY}', (LICENCE, LICENCE), "one more document of a different kind"),
    (f'[[identity]]\nenough = [["any", "any"]]\n{WHY}', (LICENCE, PASSPORT), None),
    # one of a list, whatever it bears
    ('[[identity]]\nenough = [[["drivers_licence", "passport", "eligibility_certificate"]]]', (LICENCE,), None),
    # list A alone, or one each of lists B and C
    (
        f'{LISTS}[[identity]]\nenough = [["A"], ["B", "C"]]\n{WHY}',
        (LICENCE,),
        "any one of these: (1) passport, or (2) resident record",
    ),
    # a paper AND a resident record of the last 30 days, the original
    (
        '[[identity]]\nwhere = "post"\n'
        'enough = [["photo", { of = "resident_record", original = true, within = { days = 30 } }]]\n' + WHY,
        (LICENCE, RECORD),
        "resident record (the original and issued within the last 30 days)",
    ),
    (
        '[[identity]]\nwhere = "post"\n'
        'enough = [["photo", { of = "resident_record", original = true, within = { days = 30 } }]]\n' + WHY,
        (LICENCE, replace(RECORD, original=True)),
        None,
    ),
    (
        f'[[identity]]\nenough = [["any", "any"]]\nonly_one_of = [["drivers_licence", "passport"]]\n{WHY}',
        (LICENCE, PASSPORT),
        "one more document of a different kind",
    ),
    # both can be had by others: one alone counts
    (
        f'[[identity]]\nonly_one_of = [["family_register", "resident_record"]]\n{ENOUGH}{WHY}',
        (REGISTER, RECORD),
        (
            "any one of these: (1) one document with a photograph, or "
            "(2) one more document without a photograph, of a different kind"
        ),
    ),
]


@pytest.mark.parametrize(("text", "papers", "asked_for"), RULES)
def test_a_rule_is_judged_as_it_stands_and_the_least_is_asked_for(
    text: str, papers: tuple[Document, ...], asked_for: str | None
) -> None:
    found = gaps(under(text), *papers)

    assert (needed(found) if found else None) == asked_for
    assert all("{" not in say(reason, language) for reason in found for language in ("ja", "en"))
    assert all(identity.explain_gap(reason).code.startswith("deficiency.") for reason in found)


def test_a_paper_that_fills_no_slot_is_told_why() -> None:
    regime = under(f'[[identity]]\nenough = [[{{ of = "resident_record", within = {{ days = 30 }} }}, "photo"]]\n{WHY}')

    found = gaps(regime, LICENCE, replace(RECORD, issued_on=DAY - timedelta(days=31)), paper("pension_notebook"))

    assert codes(found) == ["needed_besides", "not_of_the_rule", "older_than_asked"]


@pytest.mark.parametrize(("days", "young"), [(30, True), (31, False)])
def test_thirty_days_include_the_last(days: int, young: bool) -> None:
    regime = under(f'[[evidence]]\ncode = "resident_record"\nwithin = {{ days = 30 }}\n{WHY}')
    record = replace(RECORD, issued_on=DAY - timedelta(days=days))

    assert (codes(gaps(regime, REGISTER, record)) == []) is young
    assert young or "past_its_age" in codes(gaps(regime, REGISTER, record))


def test_a_paper_without_a_last_day_may_not_be_old_where_the_office_says_so() -> None:
    old, rule = date(2026, 5, 1), 'enough = [["photo"], ["no_photo", "no_photo"]]\nundated_within = { months = 6 }\n'
    regime = under(f"[[identity]]\n{rule}{WHY}")

    assert codes(gaps(regime, paper("driving_record_certificate", issued_on=old, expires_on=None)))[0] == "needed"
    assert gaps(regime, replace(LICENCE, issued_on=old)) == []


def test_the_counter_has_a_rule_of_its_own_and_papers_shown_there_count_by_post_too() -> None:
    text = f'[[identity]]\nwhere = "post"\nenough = [["photo", "resident_record"]]\n{WHY}'
    regime, shown = under(text), replace(LICENCE, looked_at=Where.COUNTER)

    assert gaps(regime, shown) == []  # the source's rule holds there
    assert needed(gaps(regime, LICENCE)) == "resident record"
    assert gaps(regime, shown, RECORD) == []


def test_each_right_may_want_its_own_papers_and_one_paper_serves_both() -> None:
    text = (
        '[[identity]]\nrights = ["purpose_notice"]\nenough = [["any"]]\n'
        f'[[identity]]\nenough = [["photo", "resident_record"]]\n{WHY}'
    )
    both = Asked(rights=(Right.PURPOSE_NOTICE, Right.DISCLOSURE))

    assert gaps(under(text), RECORD, asked=Asked(rights=(Right.PURPOSE_NOTICE,))) == []
    assert needed(gaps(under(text), RECORD, asked=both)) == "one document with a photograph"
    assert needed(gaps(under(text), asked=both)) == "one document with a photograph and resident record"


def test_an_optional_paper_counts_only_where_the_office_takes_it() -> None:
    card = paper("student_card")

    assert codes(gaps(law.regime("jp-appi"), card)) == ["none_accepted", "not_taken_here"]
    assert gaps(under('[[evidence]]\ncode = "student_card"'), card) == []
    assert codes(gaps(under('[[evidence]]\ncode = "passport"\naccepted = false'), PASSPORT))[-1] == "not_taken_here"


def test_an_address_its_holder_wrote_in_is_none() -> None:
    card = paper("eligibility_certificate", photo=False, address=AddressShown.HANDWRITTEN)

    def address(*papers: Document) -> list[str]:
        return codes(identity.address_gaps(Party.SUBJECT, papers, law.regime("jp-appi"), on_record=False))

    assert address(card) == ["address_not_shown"]
    assert address(replace(card, address=AddressShown.STATED)) == []


def test_the_notice_of_eligibility_is_no_document_and_an_expired_health_card_none_either() -> None:
    regime, before = law.regime("jp-appi"), date(2025, 11, 20)
    card = paper("health_insurance_card", photo=False, arrived_on=before, issued_on=None, expires_on=None)

    assert codes(gaps(regime, paper("eligibility_notice")))[-1] == "never_accepted"
    assert identity.accepted(Party.SUBJECT, [card], regime)
    assert not identity.accepted(Party.SUBJECT, [replace(card, expires_on=date(2025, 11, 19))], regime)


def test_where_the_office_sends_to_an_address_on_record_alone_no_paper_shows_one() -> None:
    regime = under('[answer]\naddress = "on_record"')

    assert codes(identity.address_gaps(Party.SUBJECT, [LICENCE], regime, on_record=False)) == ["address_on_record_only"]
    assert identity.address_gaps(Party.SUBJECT, [], regime, on_record=True) == []


# ---- whatever the file ----------------------------------------------------------------------------------------------

WORDS = [PHOTO, NO_PHOTO, ANY, "drivers_licence", "passport", "resident_record", "family_register", "student_card"]
slots = st.sampled_from(WORDS) | st.lists(st.sampled_from(WORDS), min_size=1, max_size=2, unique=True)
ways = st.lists(st.lists(slots, min_size=1, max_size=3), min_size=1, max_size=3)
papers = st.lists(
    st.builds(
        paper,
        st.sampled_from(WORDS[3:]),
        photo=st.sampled_from([None, True, False]),
        masking=st.sampled_from(Masking),
        name_matches=st.booleans(),
        looked_at=st.sampled_from(Where),
    ),
    max_size=4,
)


def written(found: object) -> str:
    return "[" + ", ".join(written(one) for one in found) + "]" if isinstance(found, list) else f'"{found}"'


@settings(max_examples=150, deadline=None)
@given(ways, papers)
def test_no_file_that_loads_lets_anybody_be_verified_without_the_papers_it_names(
    enough: list[list[str | list[str]]], shown: list[Document]
) -> None:
    regime = law.regime("jp-appi")
    text = f"from = 2026-01-01\n[[identity]]\nenough = {written(enough)}\n{WHY}"
    found = read_procedure(text, "procedure.toml", {"jp-appi": regime})
    if isinstance(found, BadFile):
        return
    sound = {one.type for one in shown if one.name_matches and (one.masking is not Masking.OPEN or not _masked(one))}

    if not gaps(applied(regime, found), *shown):
        assert any(_filled(way, [one for one in shown if one.type in sound]) for way in enough)


def _masked(one: Document) -> bool:
    return bool(law.regime("jp-appi").documents[one.type][0].masks)


def _filled(way: list[str | list[str]], shown: list[Document]) -> bool:
    """Whether somebody who looks at it naively finds a paper of another kind for each slot."""
    if not way:
        return True
    words = way[0] if isinstance(way[0], list) else [way[0]]
    return any(
        _filled(way[1:], [other for other in shown if other.type != one.type])
        for one in shown
        if ANY in words or one.type in words or {PHOTO, NO_PHOTO} & set(words)
    )


def test_nothing_is_not_a_paper_under_any_law() -> None:
    for name in law.names():
        assert gaps(law.regime(name)) != []


# ---- representatives ------------------------------------------------------------------------------------------------

AGENT_WITH_SEAL = (
    f'[[representative]]\nkind = "agent"\nproofs = [["proxy_statement", "subject_seal_certificate"]]\n{WHY}'
)
MANDATE = Authority(type="proxy_statement", signed=True, arrived_on=DAY)
SEAL = Authority(type="subject_seal_certificate", issued_on=DAY, seal_matches=True, arrived_on=DAY)


def acting(
    regime: law.Regime, kind: str, *proofs: Authority, born: date | None = None, subjects: tuple[Document, ...] = ()
) -> list[Reason]:
    return representation.gaps(
        RepresentativeKind(kind), proofs, regime, subject_birth_date=born, arrived_on=DAY, subjects=subjects
    )


def test_proofs_that_must_all_be_there_are_asked_for_one_by_one() -> None:
    regime = under(AGENT_WITH_SEAL)

    assert needed(acting(regime, "agent")) == "proxy statement and seal registration certificate of the individual"
    assert needed(acting(regime, "agent", MANDATE)) == "seal registration certificate of the individual"
    assert acting(regime, "agent", MANDATE, SEAL) == []
    assert codes(acting(regime, "agent", MANDATE, replace(SEAL, seal_matches=False)))[1:] == ["seal_differs"]


def test_the_subjects_seal_certificate_that_proved_who_they_are_is_not_asked_for_again() -> None:
    assert acting(under(AGENT_WITH_SEAL), "agent", MANDATE, subjects=(paper("seal_certificate"),)) == []


def test_a_kind_the_office_does_not_take_is_refused_in_its_own_words() -> None:
    regime = under(
        '[[representative]]\nkind = "agent"\naccepted = false\n'
        'refused_ja = "ご本人のみ受け付けます"\nrefused_en = "only the individual may ask"'
    )

    def told(kind: str, of: law.Regime) -> list[str]:
        return [say(reason, "en") for reason in representation.not_taken(RepresentativeKind(kind), of)]

    assert told("agent", regime) == ["this office takes no request by a agent by mandate: only the individual may ask"]
    assert told("lawyer", regime) == ["this office's procedure takes no request by a lawyer or scrivener by mandate."]
    assert told("minor", regime) == []


def test_a_kind_of_the_offices_own_has_its_own_name() -> None:
    regime = under(
        '[[representative]]\nkind = "law_host"\nja = "里親"\nen = "foster parent"\nproofs = [["court_decision"]]'
    )

    assert "里親" in say(acting(regime, "law_host")[0], "ja")
    assert acting(regime, "law_host", Authority(type="court_decision", arrived_on=DAY)) == []


@pytest.mark.parametrize(("born", "asks"), [(date(2011, 12, 1), True), (date(2011, 12, 2), False)])
def test_a_child_who_is_old_enough_must_consent(born: date, asks: bool) -> None:
    regime = under('[[representative]]\nkind = "minor"\nconsent_from = 15')
    register = Authority(type="family_register", arrived_on=DAY)
    found = acting(regime, "minor", register, born=born)

    assert (needed(found) if found else None) == ("written consent of the minor" if asks else None)
    assert acting(regime, "minor", register, Authority(type="minors_consent", arrived_on=DAY), born=born) == []


def test_a_family_proves_the_death_and_how_near_they_are_and_is_written_to_itself() -> None:
    regime = under(
        '[[representative]]\nkind = "bereaved"\ndegree = 2\nproofs = [["death_register", "kinship_register"]]'
    )
    death = Authority(type="death_register", arrived_on=DAY)
    kin = Authority(type="kinship_register", degree=2, arrived_on=DAY)

    assert list(representation.who_must_prove(RepresentativeKind.BEREAVED, regime)) == [Party.REPRESENTATIVE]
    assert acting(regime, "bereaved", death, kin) == []
    assert codes(acting(regime, "bereaved", death, replace(kin, degree=3)))[-1] == "too_remote"
    assert codes(acting(regime, "bereaved", death, replace(kin, degree=None)))[-1] == "degree_not_recorded"
    assert codes(representation.written_to_the_dead(RepresentativeKind.BEREAVED, Party.SUBJECT)) == [
        "letters_to_the_dead"
    ]


def test_an_agent_who_must_come_has_come_or_is_told_so() -> None:
    regime = under('[start]\nways = ["contact", "counter"]\n[[representative]]\nkind = "agent"\nwhere = "counter"')
    there = replace(MANDATE, looked_at=Where.COUNTER)
    licence = replace(LICENCE, holder=Party.REPRESENTATIVE)

    def found(proof: Authority, document: Document) -> list[str]:
        return codes(
            representation.gaps(
                RepresentativeKind.AGENT, [proof], regime, subject_birth_date=None, arrived_on=DAY, documents=[document]
            )
        )

    assert found(there, replace(licence, looked_at=Where.COUNTER)) == []
    assert found(MANDATE, licence) == ["only_there", "not_proven", "not_shown_there"]
