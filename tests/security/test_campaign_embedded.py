"""What an impostor got through an honest desk in the campaign of 29 November 2026, and gets through no more.

Each test is an attack that let something out (tests/security/campaign_embedded.toml has all of them, held ones too).
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

import click
import pytest

from commands.bulk import VOUCHED, bulk
from models.founding import KeysOfAnother
from models.keys import Keys
from tests.office import CLERK, LEAD, VERIFIER, TestOffice, codes_of
from tests.people import a_licence, a_person
from tests.security.desk import arrived, next_round, told, verifying
from workflows.law.values import RepresentativeKind, Right
from workflows.request import spelling
from workflows.request.payloads import Amend, Approve, AskAgain, AskOverride, Hold, MailForms, VerifyIdentity, Withdraw
from workflows.request.values import AddressShown, Authority, FormName, Halt, HoldReason, Masking, Party, ToldHow

LAIR = "6-6 Example, Chuo-ku, Tokyo"


# -- whose address it is ----------------------------------------------------------------------------------------------


def test_an_address_vouched_for_as_one_person_s_is_not_another_person_s(office: TestOffice) -> None:
    case, code = office.mailed(subject=a_person(name="Sample Mallory", address=LAIR))
    arrived(office, case, code, documents=(a_licence(address=AddressShown.NONE),))
    assert verifying(office, case, address_on_record=True) == []
    office.must(case, "amend", told(subject={"name": "見本 花子"}))
    code = next_round(office, case)

    arrived(office, case, code, documents=(a_licence(address=AddressShown.OTHER),))

    assert verifying(office, case) == ["identity.address_differs"]
    assert verifying(office, case, address_on_record=True) == []  # a verifier may say it of the other person, too


def test_an_exception_for_one_person_s_address_is_none_for_another_person_s(office: TestOffice) -> None:
    case, code = office.mailed()
    arrived(office, case, code, documents=(a_licence(address=AddressShown.NONE),))
    office.must(case, "override", AskOverride(what="address", reason="known for years"), VERIFIER)
    office.must(case, "approve", by=LEAD)
    office.must(case, "amend", told(subject={"name": "見本 花子"}))
    code = next_round(office, case)

    arrived(office, case, code, documents=(a_licence(address=AddressShown.OTHER),))

    assert "identity.address_differs" in verifying(office, case)


def test_an_address_written_down_before_the_mail_was_sent_there_cannot_be_vouched_for_by_its_writer(
    office: TestOffice,
) -> None:
    case, code = office.mailed(representative=a_person(kind=RepresentativeKind.AGENT))
    both = (a_licence(), a_licence(holder=Party.REPRESENTATIVE))
    arrived(office, case, code, forms=(FormName.DISCLOSURE, FormName.PROXY), documents=both)
    office.must(case, "amend", told(representative={"address": LAIR}), LEAD)
    office.must(case, "amend", told(mail_to=Party.REPRESENTATIVE), CLERK)

    themselves = verifying(office, case, LEAD, address_on_record=True)
    another = verifying(office, case, VERIFIER, address_on_record=True)

    assert themselves == ["identity.address_changed", "vouched_their_own_word"]
    assert another == []


def test_a_passport_in_which_the_holder_wrote_the_address_is_no_paper_to_vouch_by(office: TestOffice) -> None:
    case, code = office.mailed()
    arrived(office, case, code, documents=(a_licence(type="passport", issued_on=date(2023, 1, 1)),))

    assert verifying(office, case, address_shown_by="passport") == ["no_paper_shows_an_address"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Flat 1, 2 High Street", "Flat 12 High Street"),
        ("5 Ave no 1, 0", "5 Ave no 10"),
        ("1 - 2 Example", "12 Example"),
    ],
)
def test_numbers_parted_by_more_than_one_character_are_two_numbers(one: str, other: str) -> None:
    assert spelling.place(one, "1") != spelling.place(other, "1")


def test_one_address_however_its_numbers_are_parted_is_one() -> None:
    assert len({spelling.place(f"東京都例示市1{between}2", "1") for between in ("-", " - ", ", ", "番 ", "の")}) == 1


def test_a_flat_beside_the_proven_one_is_another_address(office: TestOffice) -> None:
    case, code = office.mailed(subject=a_person(address="Flat 1, 2 Example Street"), address_on_record=False)
    arrived(office, case, code, documents=(a_licence(),))

    office.must(case, "amend", told(subject={"address": "Flat 12, Example Street"}))

    assert verifying(office, case) == ["identity.address_changed"]


# -- who somebody is --------------------------------------------------------------------------------------------------


def test_vowel_signs_tell_two_names_apart_and_variants_of_one_kanji_do_not() -> None:
    assert spelling.letters("राम शर्मा") != spelling.letters("रमा शर्मा")
    assert spelling.letters("葛\U000e0100城") == spelling.letters("葛城")


def test_a_licence_of_ram_proves_nothing_of_rama(office: TestOffice) -> None:
    case, code = office.mailed(subject=a_person(name="राम शर्मा"))
    arrived(office, case, code, documents=(a_licence(),))

    office.must(case, "amend", told(subject={"name": "रमा शर्मा"}))

    assert "identity.person_changed" in verifying(office, case)


def test_a_paper_that_names_somebody_else_does_not_compare_a_birth_date(office: TestOffice) -> None:
    case, code = office.mailed(representative=a_person(kind=RepresentativeKind.MINOR))
    register = Authority(type="family_register", issued_on=date(2026, 11, 1), masking=Masking.MASKED)
    both = (a_licence(), a_licence(holder=Party.REPRESENTATIVE))
    arrived(office, case, code, documents=both, authority=register)
    office.must(case, "amend", told(subject={"birth_date": "2015-05-05"}))
    code = next_round(office, case)

    arrived(office, case, code, documents=(a_licence(name_matches=False),))

    assert verifying(office, case) == ["identity.birth_date_unseen"]


def test_a_paper_that_fits_and_came_after_the_birth_date_was_told_compares_it(office: TestOffice) -> None:
    case, code = office.mailed()
    arrived(office, case, code, documents=(a_licence(),))
    office.must(case, "amend", told(subject={"birth_date": "1990-04-01"}))
    code = next_round(office, case)

    arrived(office, case, code, documents=(a_licence(),))

    assert verifying(office, case) == []


# -- who acts for them ------------------------------------------------------------------------------------------------


def test_a_mandate_without_a_signature_is_none_though_another_agent_s_was_signed(office: TestOffice) -> None:
    case, code = office.mailed(representative=a_person(kind=RepresentativeKind.AGENT))
    both = (a_licence(), a_licence(holder=Party.REPRESENTATIVE))
    arrived(office, case, code, forms=(FormName.DISCLOSURE, FormName.PROXY), documents=both)
    office.must(case, "amend", told(representative={"name": "Sample Mallory"}))
    code = next_round(office, case)

    theirs = {"forms": (FormName.PROXY,), "documents": (a_licence(holder=Party.REPRESENTATIVE),)}
    arrived(office, case, code, **theirs, signed={FormName.PROXY: False})
    unsigned = verifying(office, case)
    code = next_round(office, case)
    arrived(office, case, code, **theirs, signed={FormName.PROXY: False}, authority=Authority(type="proxy_statement"))
    said_signed = verifying(office, case)
    code = next_round(office, case)
    arrived(office, case, code, **theirs)

    assert "representation.unsigned" in unsigned
    assert "representation.unsigned" in said_signed
    assert verifying(office, case) == []


@pytest.mark.parametrize("said", [{"name": "Sample Mallory"}, {"kind": "minor"}, {"address": LAIR}], ids=str)
def test_a_representative_is_told_with_name_and_kind_or_not_at_all(office: TestOffice, said: dict[str, str]) -> None:
    case = office.verified()

    halfway = office.do(case, "amend", told(representative=said))
    whole = office.must(case, "amend", told(representative={"name": "Sample Mallory", "kind": "agent"}))

    assert (halfway.outcome, codes_of(halfway.reasons)) == ("refused", ["representative_unnamed"])
    assert whole.transition == "unverify"
    assert office.must(case, "amend", told(representative={"address": LAIR})).outcome == "done"


@pytest.mark.parametrize("at_once", [True, False])
def test_one_licence_for_the_subject_and_for_the_representative_is_held(office: TestOffice, at_once: bool) -> None:
    case, code = office.mailed(representative=a_person(kind=RepresentativeKind.AGENT))
    one = a_licence(number="012345678900")
    other = replace(one, holder=Party.REPRESENTATIVE)
    if not at_once:
        arrived(office, case, code, documents=(one, replace(other, number="012345678911")))
        code = next_round(office, case)
        assert office.case(case).hold is None

    arrived(office, case, code, documents=(one, other) if at_once else (other,))

    assert office.case(case).hold["with"] == [case]


# -- who ends it ------------------------------------------------------------------------------------------------------


def test_who_moves_somebody_by_telephone_cannot_end_their_request_behind_their_back(office: TestOffice) -> None:
    before = a_person()
    case = office.verified(subject=before)
    leaving = Withdraw(on=office.today, how=ToldHow.PHONE)
    office.must(case, "amend", told(subject={"address": LAIR, "postcode": "104-0001"}))

    elsewhere = office.do(case, "withdraw", leaving)
    office.must(case, "amend", told(subject={"address": before.address, "postcode": before.postcode}))

    assert codes_of(elsewhere.reasons) == ["withdrawal_to_another_address"]
    assert office.must(case, "withdraw", leaving).state == "withdrawn"


def test_who_proved_the_new_address_may_withdraw_from_there(office: TestOffice) -> None:
    case, code = office.mailed()
    office.must(case, "amend", told(subject={"address": LAIR, "postcode": "104-0001"}))
    arrived(office, case, code, documents=(a_licence(),))

    assert office.must(case, "withdraw", Withdraw(on=office.today, how=ToldHow.PHONE)).state == "withdrawn"


# -- many at once -----------------------------------------------------------------------------------------------------


def test_nobody_vouches_for_many_people_at_once_nor_approves_exceptions_for_them() -> None:
    verifying_many, asking_many = (bulk_command(name) for name in ("verify-identity", "ask-again"))

    assert VOUCHED.isdisjoint(option.name for option in [*verifying_many.params, *asking_many.params])
    assert {"verify-identity", "fulfil"} <= set(bulk.list_commands(click.Context(bulk)))
    assert {"approve", "override"}.isdisjoint(bulk.list_commands(click.Context(bulk)))


def bulk_command(name: str) -> click.Command:
    command = bulk.get_command(click.Context(bulk), name)
    assert command is not None
    return command


def test_one_approval_lifts_the_one_exception_that_was_looked_at(office: TestOffice) -> None:
    case = office.returned(proven=False, address_on_record=False)
    office.must(case, "override", AskOverride(what="document:subject", reason="known for years"), VERIFIER)
    office.must(case, "override", AskOverride(what="address", reason="slipped in"), CLERK)

    both = office.do(case, "approve", Approve(), LEAD)
    other = office.do(case, "approve", Approve(what="authority"), LEAD)
    office.must(case, "approve", Approve(what="document:subject"), LEAD)

    assert [codes_of(outcome.reasons) for outcome in (both, other)] == [["approve_which"], ["nothing_such_to_approve"]]
    approved = {one["what"]: one["approved_by"] for one in office.case(case).facts["overrides"]}
    assert approved == {"document:subject": LEAD, "address": None}


def test_a_keystore_of_another_office_seals_nothing_for_this_one(office: TestOffice, tmp_path: Path) -> None:
    case = office.opened()
    own = office.keys
    strange = Keys(tmp_path / "keys")
    strange.make()
    strange.create([case])

    office.keys = strange
    with pytest.raises(KeysOfAnother):
        office.place("hold", Hold(reason=HoldReason.OTHER), case=case)
    office.keys = own

    assert office.must(case, "hold", Hold(reason=HoldReason.OTHER)).state == "contacted"


def test_a_mandate_for_one_right_signs_for_no_other(office: TestOffice) -> None:
    both = (Right.DISCLOSURE, Right.HALT_USE)
    case, code = office.mailed(representative=a_person(kind=RepresentativeKind.AGENT), rights=both)
    forms = (FormName.DISCLOSURE, FormName.HALT, FormName.PROXY)
    arrival = replace(
        office.an_arrival(code),
        forms=forms,
        signed=dict.fromkeys(forms, True),
        halt=Halt(measure="erase", reason="unneeded"),
        documents=(a_licence(), a_licence(holder=Party.REPRESENTATIVE)),
        authority=Authority(type="proxy_statement", rights=(Right.DISCLOSURE,)),
    )
    office.must(case, "receive_forms", arrival)

    beyond = office.do(case, "verify_identity", VerifyIdentity(), VERIFIER)
    office.must(case, "amend", Amend(why="dropped", rights=(Right.DISCLOSURE,)))

    assert codes_of(beyond.reasons) == ["representation.beyond_the_mandate"]
    assert office.must(case, "verify_identity", VerifyIdentity(), VERIFIER).state == "id_verified"


def test_a_stranger_who_got_one_notice_cannot_end_the_request_from_there(office: TestOffice) -> None:
    case, code = office.mailed()
    office.must(case, "receive_forms", replace(office.an_arrival(code), signed={FormName.DISCLOSURE: False}))
    office.must(case, "ask_again", AskAgain())
    office.must(case, "amend", Amend(why="they telephoned", subject={"address": LAIR}))
    office.make_letters(case)
    office.print_letters(case)
    office.must(case, "mail_forms", MailForms())

    from_there = office.do(case, "withdraw", Withdraw(on=office.today, how=ToldHow.PHONE))

    assert codes_of(from_there.reasons) == ["withdrawal_to_another_address"]


def test_how_data_is_wanted_stands_on_its_form_alone(office: TestOffice) -> None:
    case, code = office.mailed(rights=(Right.DISCLOSURE, Right.HALT_USE))
    office.must(case, "receive_forms", replace(office.an_arrival(code), method="paper"))
    office.must(case, "ask_again", AskAgain())
    code = office.code_of(case) or ""
    office.make_letters(case)
    office.print_letters(case)
    office.must(case, "mail_forms", MailForms())
    halt = replace(office.an_arrival(code), forms=(FormName.HALT,), signed={FormName.HALT: True}, method="electronic")

    office.must(case, "receive_forms", halt)

    assert office.case(case).facts["method"] == "paper"


def test_a_representative_told_by_mistake_is_dropped_and_another_may_be_told(office: TestOffice) -> None:
    case = office.returned()
    parent = {"name": "Sample Mistaken", "kind": "minor", "address": LAIR}
    office.must(case, "amend", Amend(why="they telephoned", representative=parent))

    office.must(case, "amend", Amend(why="a mistake", drop_representative=True))
    row = office.case(case)
    (kept,) = office.ask("SELECT sealed, name_hash FROM person WHERE party = 'representative'")
    again = office.do(case, "amend", Amend(why="once more", drop_representative=True))
    office.must(case, "amend", Amend(why="another", representative={**parent, "name": "Sample Other"}))
    office.must(case, "amend", Amend(why="a mistake", drop_representative=True))

    assert tuple(row.facts[name] for name in ("representative", "mail_to", "addresses")) == (
        None,
        "subject",
        ["subject"],
    )
    assert (kept.sealed, kept.name_hash) == (None, None)
    assert codes_of(again.reasons) == ["nobody_to_drop"]
    assert office.must(case, "verify_identity", VerifyIdentity(), VERIFIER).state == "id_verified"
