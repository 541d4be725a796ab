"""Forms in the post when something of them changes: sent again, let be, or followed by a form they lack."""

import pytest
from sqlalchemy import select

from models.letter import letter
from tests.office import LEAD, MONDAY, TestOffice, codes_of
from tests.services.paper import text_of
from tests.services.righting import code_state, deadlines, states_of, view
from workflows.engine.values import Language
from workflows.law.values import Right
from workflows.letters import RecordPosting, RecordReturn, ReturnReason, UndoPosting
from workflows.request.payloads import Amend, MailForms
from workflows.request.values import FormName, PackOut
from workflows.words import say_all

MOVED = {"postcode": "100-0002", "address": "東京都千代田区皇居外苑1-1"}
BOTH = (Right.DISCLOSURE, Right.HALT_USE)


def test_a_new_address_lets_the_forms_in_the_post_be_and_says_so(office: TestOffice) -> None:
    case, code = office.mailed()

    told = office.must(case, "amend", Amend(why="she moved", subject=MOVED))

    assert (told.state, codes_of(told.reasons)) == ("forms_mailed", ["pack_is_out"])
    assert f"mail-again {case} --why" in say_all(told.reasons, "en")[0]
    assert states_of(office, case) == {"01 request_forms": "posted"}
    office.must(case, "receive_forms", office.an_arrival(code))
    assert office.case(case).hold is None


def test_a_new_address_with_a_word_sends_new_forms_there_and_voids_the_old_code(office: TestOffice) -> None:
    case, code = office.mailed()

    told = office.must(case, "amend", Amend(why="she moved", subject=MOVED, pack=PackOut.SEND_AGAIN))

    assert (told.transition, told.state, codes_of(told.reasons)) == ("mail_again", "contacted", ["sent_again"])
    assert (code_state(office, case, 1), code_state(office, case, 2)) == ("void", "live")
    office.make_letters(case, typeset=True)
    (row,) = office.ask(select(letter.c.path).where(letter.c.number == f"{case}-02"))
    assert "皇居外苑1-1" in text_of((office.settings.spool / row.path).read_bytes()).replace(" ", "")
    office.print_letters(case)
    office.must(case, "mail_forms", MailForms())
    held = office.must(case, "receive_forms", office.an_arrival(code))
    assert codes_of(held.reasons) == ["code_void"]


def test_a_change_that_the_forms_do_not_show_says_nothing_of_them(office: TestOffice) -> None:
    case, _ = office.mailed()

    told = office.must(case, "amend", Amend(why="rang", subject={"phone": "03-0000-0000"}))

    assert codes_of(told.reasons) == []


def test_a_right_added_after_the_posting_gets_its_form_sent_after_it(office: TestOffice) -> None:
    case, code = office.mailed()
    before = deadlines(office, case)

    told = office.must(case, "amend", Amend(why="rang", rights=BOTH))

    assert (told.state, codes_of(told.reasons)) == ("forms_mailed", ["form_sent_after"])
    assert states_of(office, case) == {"01 request_forms": "posted", "02 request_forms": "ordered"}
    assert deadlines(office, case) == before
    own = office.code_of(case)
    assert own is not None
    office.make_letters(case)
    office.print_letters(case)
    office.must(case, "record_posting", RecordPosting(letter=f"{case}-02"))
    assert (office.case(case).state, view(office, case).posted_on) == ("forms_mailed", office.today)
    expires = {str(row.expires_on) for row in office.ask("SELECT expires_on FROM form_code")}
    assert len(expires) == 1
    office.must(case, "receive_forms", office.an_arrival(own))
    assert office.case(case).hold is None
    assert code


@pytest.mark.parametrize(
    ("language", "said"), [(Language.EN, "In addition to the papers we sent before"), (Language.JA, "に加えて、")]
)
def test_the_form_sent_after_says_that_it_comes_on_top(office: TestOffice, language: Language, said: str) -> None:
    case, _ = office.mailed(language=language)
    office.must(case, "amend", Amend(why="rang", rights=BOTH))

    office.make_letters(case, typeset=True)

    (row,) = office.ask(select(letter.c.path).where(letter.c.number == f"{case}-02"))
    text = " ".join(text_of((office.settings.spool / row.path).read_bytes()).split())
    assert said in text.replace("\n", " ")
    assert f"{case}-01" in text


def test_an_agent_named_after_the_posting_gets_the_proxy_statement(office: TestOffice) -> None:
    case, _ = office.mailed()
    agent = {"name": "見本 一郎", "kind": "agent", "address": "東京都港区赤坂1-12-32"}

    told = office.must(case, "amend", Amend(why="rang", representative=agent))

    assert "form_sent_after" in codes_of(told.reasons)
    assert view(office, case).supplements == (f"{case}-02",)


def test_let_be_sends_nothing_after(office: TestOffice) -> None:
    case, _ = office.mailed()

    office.must(case, "amend", Amend(why="rang", rights=BOTH, pack=PackOut.LET_BE))

    assert states_of(office, case) == {"01 request_forms": "posted"}


def test_the_day_told_by_what_is_sent_after_is_a_promise_too(office: TestOffice) -> None:
    case, _ = office.mailed()
    office.working_day(office.today, 9)
    office.must(case, "amend", Amend(why="rang", rights=BOTH))
    told = view(office, case).letters[-1].told
    before = deadlines(office, case)["lapse"][1]
    assert told is not None

    office.post_letters(case)

    after = deadlines(office, case)["lapse"][1]
    assert before < after
    assert after.date() > told


def test_what_was_to_be_sent_after_stays_here_once_the_forms_came(office: TestOffice) -> None:
    case, code = office.mailed()
    office.must(case, "amend", Amend(why="rang", rights=BOTH))

    office.must(case, "receive_forms", office.an_arrival(code))

    assert states_of(office, case)["02 request_forms"] == "void"


def test_what_was_sent_after_and_came_back_is_chased_and_the_round_waits_on(office: TestOffice) -> None:
    case, _ = office.mailed()
    office.must(case, "amend", Amend(why="rang", rights=BOTH))
    office.post_letters(case)

    office.must(case, "record_return", RecordReturn(letter=f"{case}-02", reason=ReturnReason.MOVED))

    assert office.case(case).state == "forms_mailed"
    assert "came_back" in deadlines(office, case)


def test_forms_whose_posting_was_not_are_ordered_anew_whole_and_what_followed_is_void(office: TestOffice) -> None:
    case, _ = office.mailed()
    office.must(case, "amend", Amend(why="rang", rights=BOTH))
    office.must(case, "undo_posting", UndoPosting(letter=f"{case}-01", why="it lay in the tray"))

    office.must(case, "amend", Amend(why="moved", subject=MOVED))

    assert states_of(office, case) == {
        "01 request_forms": "void",
        "02 request_forms": "void",
        "03 request_forms": "ordered",
    }
    office.make_letters(case)
    office.print_letters(case)
    office.must(case, "mail_forms", MailForms())


def test_a_second_arrival_for_the_form_sent_after_is_registered_with_the_first(office: TestOffice) -> None:
    from dataclasses import replace

    from workflows.request.payloads import ReceiveAgain, ReceiveForms

    case, code = office.mailed()
    office.must(case, "amend", Amend(why="rang", rights=BOTH))
    own = office.code_of(case)
    office.post_letters(case)
    first = office.an_arrival(code)
    office.must(case, "receive_forms", first)
    told = {name: getattr(first, name) for name in ReceiveForms.__dataclass_fields__}
    signed = {FormName.DISCLOSURE: True, FormName.HALT: True}
    whole = ReceiveAgain(why="a second envelope", **{**told, "code": own, "forms": tuple(signed), "signed": signed})

    done = office.must(case, "receive_again", replace(whole, arrived_at=MONDAY, rights=BOTH))

    assert (codes_of(done.reasons), office.case(case).hold) == ([], None)
    assert set(view(office, case).asked) == set(BOTH)
    assert office.do(case, "resume", by=LEAD).outcome == "refused"
