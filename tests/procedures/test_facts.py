"""The little language of the facts, also where nobody has written it so yet."""

from typing import Any

import pytest

from lab.procedures.answers import answering
from lab.procedures.fees import PLACEHOLDER, money
from lab.procedures.identity import identity
from lab.procedures.people import people
from lab.procedures.rows import Need, Row
from lab.procedures.starts import beginning, form_set
from lab.procedures.writing import written

PRIVATE = ("purpose_notice", "disclosure", "correction", "halt_use", "halt_provision")


def a_row(*needs: str, channels: tuple[str, ...] = (), rights: tuple[str, ...] = PRIVATE, **said: str) -> Row:
    return Row(
        id="jp-none-1",
        source_url="https://office.example.com/",
        sector="none",
        country="JP",
        law="APPI private",
        channels=channels,
        rights=rights,
        needs=tuple(Need(need, "E", "") for need in needs),
        said=said,
    )


@pytest.mark.parametrize(
    ("row", "ways"),
    [
        (a_row(how_to_start="contact the desk", who_mails_forms="office"), ("contact",)),
        (a_row("start_at_returned", how_to_start="download"), ("own_download",)),
        (a_row("start_at_returned", how_to_start="download or ordered", who_mails_forms="office, on request"),
         ("own_download", "contact")),
        (a_row("in_person", how_to_start="branch counter", channels=("visit",)), ("counter",)),
        (a_row("in_person", how_to_start="own form", channels=("visit", "post")), ("own_download", "counter")),
        (a_row(how_to_start="write to us, no e-mail", channels=("post",)), ("letter",)),
        (a_row(), ("contact",)),
    ],
)  # fmt: skip
def test_the_way_that_is_named_first_is_the_main_one(row: Row, ways: tuple[str, ...]) -> None:
    assert beginning(row).ways == ways


def test_what_is_denied_is_no_way_to_begin() -> None:
    found = beginning(a_row(how_to_start="own form, no phone", channels=("post only; visits not received",)))

    assert found.ways == ("own_download",)
    assert set(found.not_accepted) >= {"counter", "phone"}


def test_forms_stand_one_for_each_right_where_the_facts_say_so() -> None:
    found = form_set(a_row(forms="three: notice+disclosure; correction; halt"))

    assert [form.rights for form in found.forms] == [
        ("purpose_notice", "disclosure"),
        ("correction",),
        ("halt_use", "halt_provision"),
    ]


@pytest.mark.parametrize(
    ("fee", "amount", "by", "due", "per"),
    [
        ("700 yen in stamps for disclosure", 700, ("stamps",), "with_forms", "request"),
        ("1,200 yen per item by transfer", 1200, ("transfer",), "with_forms", "item"),
        ("20 yen a page, cash, when receiving", 20, ("cash",), "with_answer", "page"),
        ("money order enclosed", PLACEHOLDER, ("money_order",), "with_forms", "request"),
    ],
)
def test_a_fee_is_read_with_its_amount_its_means_and_its_time(
    fee: str, amount: int, by: tuple[str, ...], due: str, per: str
) -> None:
    (found,) = money(a_row(fee=fee)).fees

    assert (found.amount, found.by, found.due, found.per) == (amount, by, due, per)


def test_an_amount_that_is_not_told_is_called_an_assumption() -> None:
    read = written(a_row("fee_by_right", fee="stamps enclosed"))

    assert any(str(PLACEHOLDER) in text for text in read.assumed)


@pytest.mark.parametrize("fee", ["none", "no fee but a stamped reply envelope (500 yen)", ""])
def test_no_fee_is_made_up(fee: str) -> None:
    assert money(a_row(fee=fee)).fees == ()


def test_a_fee_stands_only_where_the_law_knows_one() -> None:
    found = money(a_row(fee="500 yen for disclosure and correction"))

    assert [one.rights for one in found.fees] == [("disclosure",)]


def ways_of(text: str) -> list[list[str]]:
    (rule,) = identity(a_row(identity=text)).rules
    return [["/".join(slot.papers) for slot in way] for way in rule.enough]


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("ONE with photograph or TWO without", [["photo"], ["no_photo", "no_photo"]]),
        ("ONE of licence, passport", [["drivers_licence/passport"]]),
        ("licence or passport, or pension notebook AND resident record",
         [["drivers_licence/passport"], ["pension_notebook", "resident_record"]]),
        ("at least TWO kinds", [["any", "any"]]),
        ("ORIGINAL seal certificate within 3 months AND licence copy", [["seal_certificate", "drivers_licence"]]),
    ],
)  # fmt: skip
def test_alternatives_of_papers_are_read(text: str, ways: list[list[str]]) -> None:
    assert ways_of(text) == ways


def test_papers_by_post_are_those_of_everywhere_and_one_more() -> None:
    found = identity(a_row(identity="ONE official paper; by post also a resident record within 30 DAYS"))

    assert [(rule.where, len(rule.enough[0])) for rule in found.rules] == [(None, 1), ("post", 2)]
    assert found.rules[1].enough[0][1].days == 30


@pytest.mark.parametrize("text", ["papers enclosed", "as laid down", "papers"])
def test_what_tells_nothing_of_papers_leaves_the_rule_of_the_source(text: str) -> None:
    assert identity(a_row(identity=text)).rules == ()


def test_a_mandate_with_a_seal_certificate_asks_for_both() -> None:
    found = people(a_row(representative="agent: mandate AND seal certificate; minor: family register"))

    assert {one.kind: one.proofs for one in found.kinds} == {
        "minor": (("family_register",),),
        "agent": (("proxy_statement", "subject_seal_certificate"),),
    }


@pytest.mark.parametrize(
    ("text", "count", "unit", "start", "about"),
    [
        ("about 2 weeks", 2, "weeks", "arrival", True),
        ("answered within 20 WORKING days of receipt", 20, "working_days", "arrival", False),
        ("40 calendar days from the complete request", 40, "days", "complete", False),
        ("one month from acceptance", 1, "months", "complete", False),
    ],
)
def test_a_time_is_read_with_what_it_counts_from(text: str, count: int, unit: str, start: str, about: bool) -> None:
    found = answering(a_row(time_limits=text)).promise

    assert found is not None
    assert (found.count, found.unit, found.start, found.about) == (count, unit, start, about)


def test_nothing_is_promised_where_the_facts_name_no_number() -> None:
    assert answering(a_row(time_limits="without delay")).promise is None


def test_words_that_nobody_understood_are_told() -> None:
    read = written(a_row(identity="a hologram of the sender", fee="three goats"))

    assert any("hologram" in text for text in read.unread)
    assert any("goats" in text for text in read.unread)


def test_a_row_of_nothing_but_its_name_makes_a_file() -> None:
    values: dict[str, Any] = written(a_row()).values

    assert values["regime"] == "jp-appi"
    assert values["start"] == {"ways": ["contact"], "forms_sent_by": ["post"]}
