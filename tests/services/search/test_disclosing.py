"""What departments found is masked, enclosed or withheld, there and back, until the answer is released."""

import io
import json

import pypdfium2
import pytest
from PIL import Image

from models import staff
from models.session import reading
from services.disclosure import looking, parts, treating
from services.disclosure.treating import Standing
from services.engine.unit import UnitOfWork
from tests.office import APPROVER, CLERK, VERIFIER, TestOffice, codes_of
from tests.services.search.conftest import SALES
from tests.services.search.found import LOOKER, TABLE, a_pdf, answered, asked, found
from workflows.disclosure.values import SCALE, Mask
from workflows.engine.machine import Refused
from workflows.engine.values import Actor, Role
from workflows.search.payloads import PutRight
from workflows.search.values import Act

TOP = Mask(number=0, ground="harm", by="", page=2, area=(0, 1000, SCALE, 1500))
"""Where the text of a page of `a_pdf` stands."""


def done(outcome: Standing | Refused) -> Standing:
    assert isinstance(outcome, Standing), outcome
    return outcome


def refused(outcome: Standing | Refused) -> list[str]:
    assert isinstance(outcome, Refused)
    return codes_of(outcome.reasons)


def outgoing(office: TestOffice, at: Standing, page: int = 1) -> bytes:
    with reading(office.engine) as db:
        there = office.at(db)
        return parts.opened(at.treatment.parts[page - 1], there.keys.get(at.search), there.settings.finds)


def logged(office: TestOffice, what: str) -> list[dict[str, object]]:
    return [row.details for row in office.ask(staff.office_event.select().where(staff.office_event.c.what == what))]


def black(picture: bytes, box: tuple[float, float, float, float]) -> bool:
    """Whether every pixel inside a box (left, top, right, bottom, as fractions of the page) is black."""
    page = Image.open(io.BytesIO(picture)).convert("L")
    left, top, right, bottom = box
    inside = page.crop(
        (int(left * page.width), int(top * page.height), int(right * page.width), int(bottom * page.height))
    )
    return all(value < 16 for value in inside.tobytes())


def test_a_mask_is_burnt_into_what_goes_out_and_the_original_stays(asking: TestOffice) -> None:
    case = asking.verified()
    (number,) = found(asking, case, ("a.pdf", a_pdf("public", "SECRET")))

    at = done(treating.mask(number, [TOP], LOOKER, asking.unit))
    at = done(treating.enclose(number, LOOKER, asking.unit))

    assert pypdfium2.PdfDocument(a_pdf("public", "SECRET"))[1].get_textpage().get_text_range() == "SECRET"
    first, second = outgoing(asking, at, 1), outgoing(asking, at, 2)
    assert first.startswith(b"\xff\xd8\xff")  # a picture: no text lies behind it
    assert second.startswith(b"\xff\xd8\xff")
    assert b"SECRET" not in second
    assert black(second, (0.0, 0.101, 1.0, 0.249))
    assert not black(first, (0.0, 0.101, 1.0, 0.249))
    with reading(asking.engine) as db:
        assert parts.original(at.row, at.search, asking.at(db)) == a_pdf("public", "SECRET")


def test_masks_of_a_table_leave_nothing_of_what_they_hide(asking: TestOffice) -> None:
    (number,) = found(asking, asking.verified(), ("a.csv", TABLE))

    done(treating.mask(number, [Mask(number=0, ground="harm", by="", row=3)], LOOKER, asking.unit))
    done(treating.mask(number, [Mask(number=0, ground="business", by="", row=2, column=2)], LOOKER, asking.unit))
    at = done(treating.enclose(number, LOOKER, asking.unit))

    rows = json.loads(outgoing(asking, at))
    assert rows == [["氏名", "電話", "備考"], ["見本 花子", None, "本人"], [None, None, None]]
    assert at.treatment.grounds == ("harm", "business")


def test_every_choice_is_taken_back_and_files_of_it_go(asking: TestOffice) -> None:
    (number,) = found(asking, asking.verified(), ("a.pdf", a_pdf("public", "SECRET")))
    store = asking.settings.finds
    before = sorted(store.rglob("*.sealed"))

    plain = outgoing(asking, done(treating.enclose(number, LOOKER, asking.unit)), 2)
    masked = done(treating.mask(number, [TOP], LOOKER, asking.unit))
    lifted = done(treating.unmask(number, [1], LOOKER, asking.unit))

    assert [mask.number for mask in masked.treatment.masks] == [1]
    assert lifted.treatment.masks == ()
    assert outgoing(asking, lifted, 2) == plain
    assert len(list(store.rglob("*.sealed"))) == len(before) + 2  # nothing is left of the page with its mask
    done(treating.withhold(number, "harm", LOOKER, asking.unit))
    back = done(treating.undecide(number, LOOKER, asking.unit))
    assert (back.treatment.choice, sorted(store.rglob("*.sealed"))) == (None, before)


def test_only_whoever_may_see_it_lists_looks_and_masks_and_each_look_is_recorded(asking: TestOffice) -> None:
    case = asking.verified()
    (number,) = found(asking, case, ("a.pdf", a_pdf("one", "two")))
    with asking.writing() as db:
        (paper,) = looking.papers(db, asking.case(case), LOOKER, asking.at(db))
        picture = looking.page(db, number, 2, LOOKER, asking.at(db), outgoing=False)

    assert (paper.find, paper.department, paper.name, paper.pages, paper.standing) == (
        number, "sales", "a.pdf", 2, "undecided",
    )  # fmt: skip
    assert picture.startswith(b"\xff\xd8\xff")
    assert logged(asking, "finds_listed") == [{"case": case, "finds": [number]}]
    assert [each["page"] for each in logged(asking, "find_page_seen")] == [2]
    clerk = Actor(CLERK, frozenset({Role.CLERK}))
    holder = Actor(SALES, frozenset({Role.HOLDER}))
    for nobody in (clerk, holder):
        assert refused(treating.mask(number, [TOP], nobody, asking.unit)) == ["missing_role"]
        assert refused(treating.enclose(number, nobody, asking.unit)) == ["missing_role"]


@pytest.mark.parametrize(
    ("mask", "code"),
    [
        (Mask(number=0, ground="harm", by="", page=3, area=(0, 0, 10, 10)), "disclosing.no_such_page"),
        (Mask(number=0, ground="harm", by="", row=1), "disclosing.areas_of_pages"),
        (Mask(number=0, ground="because", by="", page=1, area=(0, 0, 10, 10)), "disclosing.no_ground"),
        # What must not be told is not told by its own black bar (APPI 33(5)).
        (Mask(number=0, ground="record_excluded", by="", page=1, area=(0, 0, 10, 10)), "disclosing.no_ground"),
    ],
)
def test_what_cannot_be_masked_so_is_named(asking: TestOffice, mask: Mask, code: str) -> None:
    (number,) = found(asking, asking.verified(), ("a.pdf", a_pdf("one", "two")))

    assert refused(treating.mask(number, [mask], LOOKER, asking.unit)) == [code]


def test_cells_that_are_not_there_and_characters_no_font_prints_are_named(asking: TestOffice) -> None:
    strange = "氏名,記号\r\n見本,\U000e0041\U0001f9ff\r\n".encode()
    (number,) = found(asking, asking.verified(), ("a.csv", strange))

    far = Mask(number=0, ground="harm", by="", row=9)
    assert refused(treating.mask(number, [far], LOOKER, asking.unit)) == ["disclosing.no_such_row"]
    assert refused(treating.enclose(number, LOOKER, asking.unit)) == ["disclosing.no_glyph"]
    done(treating.mask(number, [Mask(number=0, ground="harm", by="", column=2)], LOOKER, asking.unit))
    done(treating.enclose(number, LOOKER, asking.unit))


def test_what_shows_what_was_done_is_no_part_of_an_answer(asking: TestOffice) -> None:
    number = asked(asking, asking.verified(), act=Act.CEASE)
    (find,) = answered(asking, number, ("log.txt", b"stopped"), done="停止", done_on=asking.today)

    assert refused(treating.enclose(find, LOOKER, asking.unit)) == ["disclosing.no_part_of_an_answer"]


def test_a_file_no_answer_names_any_more_is_not_there(asking: TestOffice) -> None:
    search = asked(asking, asking.verified())
    (number,) = answered(asking, search, ("a.csv", TABLE))
    asking.must(search, "take_back", PutRight(why="違うファイル"), SALES)

    with pytest.raises(treating.NoSuchFind):
        treating.enclose(number, LOOKER, asking.unit)


def test_who_chooses_at_the_same_time_overwrites_nobody(asking: TestOffice) -> None:
    (number,) = found(asking, asking.verified(), ("a.csv", TABLE))
    other = Actor(APPROVER, frozenset({Role.APPROVER}))
    once: list[Standing] = []

    def looks() -> UnitOfWork:
        """Let somebody else mask a row between our look and our lock, the first time."""
        unit = asking.unit

        def begin():  # type: ignore[no-untyped-def]
            if not once:
                once.append(done(treating.mask(number, [Mask(number=0, ground="harm", by="", row=2)], other, unit)))
            return unit.begin()

        return UnitOfWork(begin, unit.look, unit.office)

    at = done(treating.mask(number, [Mask(number=0, ground="harm", by="", row=3)], LOOKER, looks()))

    assert [(mask.row, mask.by) for mask in at.treatment.masks] == [(2, APPROVER), (3, VERIFIER)]
