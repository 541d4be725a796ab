"""What a scanned page is, what came of a form, what is proposed: every kind of page, every state of case and code."""

from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.engine.numbers import case_number, letter_number, make_code, print_code
from workflows.request.procedure import request
from workflows.request.returns import Known, Next, Sheet, Why, count, judge, propose
from workflows.request.values import CodeState, FormName

CASE, OTHER = case_number(2026, 17), case_number(2026, 18)
CODE, STRANGE = make_code(bytes(9) + b"\x01"), make_code(bytes(9) + b"\x02")
LETTER = letter_number(CASE, 1)
PAGE = f"MG1 {CASE} {print_code(CODE)} disclosure 1/2"
SECOND = f"MG1 {CASE} {print_code(CODE)} disclosure 2/2"
COVER = f"MG1 {CASE} {LETTER} - 1/3"
KNOWN = {CODE: Known(7, CASE, 1, CodeState.GOOD)}
LETTERS = {LETTER: False}


@pytest.mark.requirement("S18")
@pytest.mark.parametrize(
    ("texts", "why", "form", "letter"),
    [
        ((PAGE,), None, FormName.DISCLOSURE, None),
        ((PAGE, "https://example.com"), None, FormName.DISCLOSURE, None),
        ((COVER,), None, None, LETTER),
        ((), Why.NO_CODE, None, None),
        (("https://example.com", "4901234567894"), Why.NO_CODE, None, None),
        (("MG1 made to look like ours",), Why.FOREIGN, None, None),
        ((PAGE.replace(print_code(CODE), print_code(STRANGE)),), Why.FOREIGN, FormName.DISCLOSURE, None),
        ((f"MG1 {CASE} {letter_number(CASE, 9)} - 1/1",), Why.FOREIGN, None, letter_number(CASE, 9)),
        ((PAGE.replace(CASE, OTHER),), Why.CASE_DIFFERS, FormName.DISCLOSURE, None),
        ((PAGE, SECOND), Why.SEVERAL, None, None),
        ((PAGE, COVER), Why.SEVERAL, None, None),
        ((PAGE, PAGE.replace("disclosure", "halt")), Why.SEVERAL, None, None),
        ((PAGE, "MG1 made to look like ours"), Why.SEVERAL, None, None),
    ],
)
def test_a_page_is_ours_only_where_all_its_codes_and_the_database_agree(
    texts: tuple[str, ...], why: Why | None, form: FormName | None, letter: str | None
) -> None:
    for order in permutations(texts):
        verdict = judge(order, KNOWN, LETTERS)

        assert verdict.why == why
        assert (verdict.mark.form if verdict.mark else None, verdict.mark.letter if verdict.mark else None) == (
            form, letter,
        )  # fmt: skip


def test_nothing_is_kept_of_a_case_whose_personal_data_is_erased() -> None:
    erased = {CODE: Known(7, CASE, 1, CodeState.OLD, erased=True)}

    assert judge([PAGE], erased, {}).why is Why.ERASED
    assert judge([COVER], {}, {LETTER: True}).why is Why.ERASED


def sheet(page: int, of: int = 3, form: FormName = FormName.DISCLOSURE, code: int = 7) -> Sheet:
    return Sheet(CASE, form, code, page, of)


@pytest.mark.parametrize(
    ("came", "pages", "missing", "doubled"),
    [
        ([1, 2, 3], 3, (), ()),
        ([3, 1, 2], 3, (), ()),
        ([1], 1, (2, 3), ()),
        ([2, 2, 2], 1, (1, 3), (2,)),
        ([1, 1, 2, 2, 3], 3, (), (1, 2)),
    ],
)
def test_pages_are_counted_by_what_came(
    came: list[int], pages: int, missing: tuple[int, ...], doubled: tuple[int, ...]
) -> None:
    (form,) = count(sheet(page) for page in came)

    assert (form.pages, form.of, form.missing, form.doubled) == (pages, 3, missing, doubled)


@given(
    st.lists(st.tuples(st.sampled_from(list(FormName)), st.integers(1, 2), st.integers(1, 4)), min_size=1), st.randoms()
)
def test_the_order_in_which_pages_come_never_matters(came: list[tuple[FormName, int, int]], chance: Random) -> None:
    sheets = [sheet(page, 4, form, code) for form, code, page in came]
    shuffled = list(sheets)
    chance.shuffle(shuffled)

    counts = count(sheets)

    assert count(shuffled) == counts
    assert {(one.form, one.code) for one in counts} == {(form, code) for form, code, _ in came}
    assert all(len(one.missing) + one.pages == one.of for one in counts)


PROPOSALS = {
    "contacted": (Next.POST_FIRST, Next.POST_FIRST, Next.POST_FIRST),
    "forms_mailed": (Next.RECEIVE, Next.RECEIVE_ASK, Next.RECEIVE_HELD),
    "forms_returned": (Next.RECEIVED_ALREADY, Next.RECEIVED_ALREADY, Next.RECEIVED_ALREADY),
    "id_verified": (Next.RECEIVED_ALREADY, Next.RECEIVED_ALREADY, Next.RECEIVED_ALREADY),
    "lapsed": (Next.REOPEN, Next.REOPEN_ASK, Next.REOPEN_HELD),
    "fulfilled": (Next.CLOSED, Next.CLOSED, Next.CLOSED),
    "refused": (Next.CLOSED, Next.CLOSED, Next.CLOSED),
    "withdrawn": (Next.CLOSED, Next.CLOSED, Next.CLOSED),
    "voided": (Next.CLOSED, Next.CLOSED, Next.CLOSED),
}


@pytest.mark.parametrize("state", PROPOSALS)
def test_what_is_proposed_fits_the_case_and_the_code(state: str) -> None:
    whole, lacking, void = PROPOSALS[state]

    assert propose(state, [CodeState.GOOD], complete=True) is whole
    assert propose(state, [CodeState.GOOD], complete=False) is lacking
    assert propose(state, [CodeState.VOID], complete=True) is void


def test_every_state_of_the_procedure_has_its_proposal() -> None:
    assert set(PROPOSALS) == set(request.states)


def test_an_expired_code_reopens_a_lapsed_case_and_holds_a_waiting_one() -> None:
    assert propose("lapsed", [CodeState.EXPIRED], complete=True) is Next.REOPEN
    assert propose("forms_mailed", [CodeState.EXPIRED], complete=True) is Next.RECEIVE_HELD
