"""What holds of the rule on identity for any papers whatever, in any order, on any day."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from workflows import law
from workflows.engine.calendars import months_later
from workflows.engine.values import Reason
from workflows.request import identity
from workflows.request.values import AddressShown, Document, Masking, Party
from workflows.words import say

LAW = law.regime("jp-appi")


def whats(found: list[Reason]) -> set[object]:
    return {reason.params["what"] for reason in found}


def gaps(*documents: Document, overridden: Iterable[str] = ()) -> list[Reason]:
    return identity.gaps(Party.SUBJECT, documents, LAW, overridden=tuple(overridden))


days = st.dates(date(2024, 1, 1), date(2028, 12, 31))
documents = st.builds(
    Document,
    holder=st.just(Party.SUBJECT),
    type=st.sampled_from([*LAW.documents, "library_card"]),
    masking=st.sampled_from(Masking),
    photo=st.sampled_from([None, True, False]),
    issued_on=st.none() | days,
    expires_on=st.none() | days,
    address=st.sampled_from(AddressShown),
    name_matches=st.booleans(),
    seal_matches=st.booleans(),
    arrived_on=days,
)
overrides = st.sets(st.sampled_from(["document:subject", "masking:passport", "masking:resident_record"]))


@given(st.lists(documents, max_size=4), documents, overrides)
def test_an_acceptable_document_more_never_opens_a_new_gap(
    before: list[Document], more: Document, overridden: set[str]
) -> None:
    acceptable = identity.accepted(Party.SUBJECT, [more], LAW, overridden=overridden)

    then = whats(gaps(*before, overridden=overridden))
    now = whats(gaps(*before, *acceptable, overridden=overridden))

    assert now <= then


@given(st.lists(documents, max_size=3))
def test_the_order_of_the_documents_never_matters(given_documents: list[Document]) -> None:
    answers = [gaps(*order) for order in permutations(given_documents)]

    assert all(answer == answers[0] for answer in answers)


@given(st.lists(documents, max_size=4))
def test_identity_is_never_proven_by_fewer_papers_than_the_rule_asks(given_documents: list[Document]) -> None:
    counted = identity.accepted(Party.SUBJECT, given_documents, LAW)

    proven = gaps(*given_documents) == []

    with_photograph = any(
        document.photo is not False and LAW.documents[document.type][0].photograph for document in counted
    )
    assert proven == (with_photograph or len({document.type for document in counted}) >= 2)


@given(days, st.integers(1, 24))
def test_months_end_on_the_same_day_or_on_the_last(day: date, months: int) -> None:
    end = months_later(day, months)

    assert (end.year - day.year) * 12 + end.month - day.month == months
    assert end.day == day.day or (end.day < day.day and (end + timedelta(days=1)).day == 1)


@given(st.lists(documents, max_size=3))
def test_every_reason_has_a_sentence_in_both_languages_and_a_word_to_ask_again(given_documents: list[Document]) -> None:
    found = gaps(*given_documents)
    found += identity.address_gaps(Party.SUBJECT, given_documents, LAW, on_record=False)

    assert all("{" not in say(reason, language) for reason in found for language in ("ja", "en"))
    assert all(say(reason, language) != reason.code for reason in found for language in ("ja", "en"))
    assert all(identity.explain_gap(reason).code.startswith("deficiency.") for reason in found)
