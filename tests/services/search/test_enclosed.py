"""What was chosen goes out with the answer: printed behind it, listed in it, and released by somebody else."""

from dataclasses import replace
from datetime import date
from typing import Any

import pypdfium2
import pytest

from models import search
from models.letter import letter
from services.disclosure import treating
from services.disclosure.treating import Standing
from services.ending import erasing
from services.engine import dead_letters
from tests.office import APPROVER, LEAD, VERIFIER, TestOffice, codes_of
from tests.services.search.conftest import SALES
from tests.services.search.found import LOOKER, TABLE, a_pdf, answered, asked, found
from workflows.disclosure.values import SCALE, Mask
from workflows.engine.machine import Refused
from workflows.engine.values import Actor, Language, Role
from workflows.law.values import OutcomeName, Right, RightOutcome
from workflows.request.payloads import CorrectAnswer, Decide, Fulfil
from workflows.request.values import FormName, Halt
from workflows.search.values import Act

TOP = Mask(number=0, ground="harm", by="", page=2, area=(0, 1000, SCALE, 1500))
PARTLY = RightOutcome(outcome=OutcomeName.PARTLY, ground="harm", explanation="第三者の情報を除きました。")
WHOLE = RightOutcome(outcome=OutcomeName.GRANTED)


def decide(office: TestOffice, case: str, outcome: RightOutcome = PARTLY) -> list[str]:
    """Decide the disclosure; return the codes of what is told with it."""
    return codes_of(office.must(case, "decide", Decide(outcomes={Right.DISCLOSURE: outcome}), VERIFIER).reasons)


def masked_and_enclosed(office: TestOffice, case: str) -> list[str]:
    """Let a department find a PDF, a table and another PDF: one masked, one whole, one withheld."""
    pdf, table, other = found(
        office, case, ("a.pdf", a_pdf("public", "SECRET")), ("b.csv", TABLE), ("c.pdf", a_pdf("trade")),
    )  # fmt: skip
    for outcome in (
        treating.mask(pdf, [TOP], LOOKER, office.unit),
        treating.enclose(pdf, LOOKER, office.unit),
        treating.mask(table, [Mask(number=0, ground="harm", by="", row=3)], LOOKER, office.unit),
        treating.enclose(table, LOOKER, office.unit),
        treating.withhold(other, "business", LOOKER, office.unit),
    ):
        assert isinstance(outcome, Standing), outcome
    return [pdf, table, other]


def printed(office: TestOffice, case: str) -> pypdfium2.PdfDocument:
    """Make the letters of a case for real; return the newest as a PDF."""
    office.make_letters(case, typeset=True)
    (*_, row) = office.ask(letter.select().where(letter.c.case_id == office.case(case).id).order_by(letter.c.id))
    return pypdfium2.PdfDocument((office.settings.spool / row.path).read_bytes())


def texts(pdf: pypdfium2.PdfDocument) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pdf]


def flat(text: str) -> str:
    return "".join(text.split())


def test_what_goes_out_is_printed_behind_the_answer_and_listed_in_it(asking: TestOffice) -> None:
    case = asking.verified(language=Language.JA)
    pdf, table, other = masked_and_enclosed(asking, case)
    decide(asking, case)

    asking.must(case, "fulfil", Fulfil(), APPROVER)
    pages = texts(printed(asking, case))

    first = flat(pages[0])
    assert f"1.営業部文書2頁（一部を黒塗り）{pdf}" in first
    assert f"2.営業部表（一部を黒塗り）{table}" in first
    assert "添付資料1の黒塗り部分：" in first
    assert "営業部文書（1頁）の全部：" in first
    assert "第33条第2項第2号" in first
    assert other not in "".join(pages)
    behind = [page for page in pages if "Enclosure" in page]
    assert ["1 of 2, page 1 of 2" in behind[0], "1 of 2, page 2 of 2" in behind[1]] == [True, True]
    assert "2 of 2, page 1 of 1" in behind[2]
    everything = "".join(pages)
    assert ("見本 花子" in behind[2], "他人" in everything, "SECRET" in everything, "trade" in everything) == (
        True, False, False, False,
    )  # fmt: skip


def test_nothing_under_a_mask_is_in_the_pixels_either(asking: TestOffice) -> None:
    case = asking.verified()
    masked_and_enclosed(asking, case)
    decide(asking, case)
    asking.must(case, "fulfil", Fulfil(), APPROVER)

    document = printed(asking, case)
    (place,) = [at for at, text in enumerate(texts(document)) if "1 of 2, page 2 of 2" in text]
    picture = document[place].render(scale=2).to_pil().convert("L")
    # The page stands 226 mm high from 38 mm on; its black band is a tenth to a quarter of that from its top.
    band = picture.crop((picture.width // 4, int(picture.height * (38 + 226 * 0.11) / 297), picture.width // 2,
                         int(picture.height * (38 + 226 * 0.24) / 297)))  # fmt: skip
    assert band.getextrema() == (0, 0)


def test_nothing_is_released_before_each_file_is_chosen(asking: TestOffice) -> None:
    case = asking.verified()
    one, two = found(asking, case, ("a.csv", TABLE), ("b.csv", TABLE + b"x,y,z\r\n"))
    treating.enclose(one, LOOKER, asking.unit)
    told = decide(asking, case, WHOLE)

    refused = asking.do(case, "fulfil", Fulfil(), APPROVER)
    treating.enclose(two, LOOKER, asking.unit)
    released = asking.do(case, "fulfil", Fulfil(), APPROVER)

    assert codes_of(refused.reasons) == told == ["finds_unchosen"]
    assert refused.reasons[0].params["finds"] == [two]
    assert released.outcome == "done"


def test_what_is_held_back_in_part_is_not_called_granted_whole(asking: TestOffice) -> None:
    case = asking.verified()
    masked_and_enclosed(asking, case)
    told = decide(asking, case, WHOLE)

    refused = asking.do(case, "fulfil", Fulfil(), APPROVER)
    rightly = decide(asking, case)
    released = asking.do(case, "fulfil", Fulfil(), APPROVER)

    assert (codes_of(refused.reasons), released.outcome) == (["finds_held_back"], "done")
    assert (told, rightly) == (
        ["finds_held_back"],
        [],
    )  # who decides hears it, before somebody else's release is refused


def test_copies_that_are_laid_in_by_hand_need_no_choice(asking: TestOffice) -> None:
    case = asking.verified()
    found(asking, case, ("a.csv", TABLE))
    decide(asking, case, RightOutcome(outcome=OutcomeName.GRANTED, enclosures=1))

    assert asking.do(case, "fulfil", Fulfil(), APPROVER).outcome == "done"


def test_whoever_releases_is_told_of_copies_that_are_laid_in_besides(asking: TestOffice) -> None:
    case = asking.verified()
    (number,) = found(asking, case, ("a.csv", TABLE))
    treating.enclose(number, LOOKER, asking.unit)
    decide(asking, case, RightOutcome(outcome=OutcomeName.GRANTED, enclosures=2))

    released = asking.must(case, "fulfil", Fulfil(), APPROVER)

    assert [each.params["count"] for each in released.reasons if each.code == "copies_by_hand"] == [2]


@pytest.mark.parametrize("lifted", [False, True], ids=["masked", "masked and lifted"])
def test_who_masked_it_does_not_release_it(asking: TestOffice, *, lifted: bool) -> None:
    case = asking.verified()
    (number,) = found(asking, case, ("a.csv", TABLE))
    releases = Actor(APPROVER, frozenset({Role.APPROVER}))
    treating.mask(number, [Mask(number=0, ground="harm", by="", row=3)], releases, asking.unit)
    if lifted:
        treating.unmask(number, [], releases, asking.unit)
    treating.enclose(number, LOOKER, asking.unit)
    decide(asking, case, WHOLE if lifted else PARTLY)
    asking.give_roles("chiba", Role.APPROVER)

    refused = asking.do(case, "fulfil", Fulfil(), APPROVER)
    released = asking.do(case, "fulfil", Fulfil(), "chiba")

    assert (codes_of(refused.reasons), released.outcome) == (["masked_it_themselves"], "done")


def test_nothing_is_chosen_after_the_release_until_it_is_decided_anew(asking: TestOffice) -> None:
    case = asking.verified()
    (number,) = found(asking, case, ("a.csv", TABLE))
    treating.enclose(number, LOOKER, asking.unit)
    decide(asking, case, WHOLE)
    asking.must(case, "fulfil", Fulfil(), APPROVER)

    late = treating.mask(number, [Mask(number=0, ground="harm", by="", row=3)], LOOKER, asking.unit)
    asking.must(case, "correct_answer", CorrectAnswer(outcomes={Right.DISCLOSURE: PARTLY}, why="第三者の行"), VERIFIER)
    then = treating.mask(number, [Mask(number=0, ground="harm", by="", row=3)], LOOKER, asking.unit)
    asking.must(case, "fulfil", Fulfil(), APPROVER)

    assert isinstance(late, Refused)
    assert codes_of(late.reasons) == ["disclosing.released"]
    assert isinstance(then, Standing)
    everything = "".join(texts(printed(asking, case)))
    assert ("見本 花子" in everything, "他人" in everything) == (True, False)


def test_the_answer_says_what_departments_did(asking: TestOffice) -> None:
    case, code = asking.mailed(rights=(Right.HALT_USE,), language=Language.JA)
    came: Any = asking.an_arrival(code)

    halt = Halt(measure="cease", reason="unneeded")
    asking.must(case, "receive_forms", replace(came, forms=(FormName.HALT,), signed={FormName.HALT: True}, halt=halt))
    asking.must(case, "verify_identity", by=VERIFIER)
    answered(asking, asked(asking, case, act=Act.CEASE), done="メールの配信を停止", done_on=date(2026, 11, 9))
    granted = RightOutcome(outcome=OutcomeName.GRANTED, confirmed=True)
    asking.must(case, "decide", Decide(outcomes={Right.HALT_USE: granted}), VERIFIER)
    asking.must(case, "fulfil", Fulfil(confirm=(Right.HALT_USE,)), APPROVER)

    text = flat("".join(texts(printed(asking, case))))

    assert "2026年11月9日営業部利用の停止：メールの配信を停止" in text
    assert SALES not in text


def test_a_part_that_is_gone_keeps_the_letter_back_by_name(asking: TestOffice) -> None:
    case = asking.verified()
    (number,) = found(asking, case, ("a.csv", TABLE))
    at = treating.enclose(number, LOOKER, asking.unit)
    assert isinstance(at, Standing)
    decide(asking, case, WHOLE)
    asking.must(case, "fulfil", Fulfil(), APPROVER)
    part = asking.settings.finds / at.treatment.parts[0].path
    there = part.read_bytes()
    part.unlink()

    became = asking.make_letters(case, typeset=True)
    with asking.writing() as db:
        (dead,) = dead_letters.of_case(db, case)
        part.write_bytes(there)
        dead_letters.requeue(db, asking.at(db), [dead], LEAD, "the file is back")
    again = asking.make_letters(case, typeset=True)

    assert (became, again) == (["set_aside"], ["made"])
    assert dead.fault == f"what goes with it is gone or altered: {at.treatment.parts[0].number}"


def test_erasing_leaves_nothing_of_what_was_made_to_go_out(asking: TestOffice) -> None:
    case = asking.verified()
    masked_and_enclosed(asking, case)
    decide(asking, case)
    asking.must(case, "fulfil", Fulfil(), APPROVER)
    asking.make_letters(case, typeset=True)
    assert list(asking.settings.finds.rglob("*.sealed"))
    asking.print_letters(case)
    asking.post_letters(case)
    asking.shred(case)

    erased = erasing.erase(asking.unit, case, "kudo", "依頼による")

    assert isinstance(erased, erasing.Erased), erased
    assert list(asking.settings.finds.rglob("*.sealed")) == []
    assert [row.treatment for row in asking.ask(search.find.select())] == [None, None, None]
