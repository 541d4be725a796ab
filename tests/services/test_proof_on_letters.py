"""What letters print of the record: the row of the history that ordered them, and the newest checkpoint then."""

import io

from pypdfium2 import PdfDocument
from sqlalchemy import select

from models.letter import letter
from services.audit import checkpoints
from tests.office import TestOffice


def first_page(office: TestOffice, number: str) -> str:
    (row,) = office.ask(select(letter).where(letter.c.number == number))
    with PdfDocument(io.BytesIO((office.settings.spool / row.path).read_bytes())) as document:
        return str(document[0].get_textpage().get_text_range())


def test_a_letter_prints_the_row_that_ordered_it_and_the_checkpoint_there_was_then(office: TestOffice) -> None:
    before = office.opened()
    made = checkpoints.make(office.unit)
    after = office.opened()
    checkpoints.make(office.unit)  # a later one changes nothing of what was ordered
    office.make_letters(typeset=True)

    assert made is not None
    for number, told in ((before, ""), (after, f"Checkpoint {made.number} {made.digest[:16]}")):
        (row,) = office.ask("SELECT h.hash FROM history h JOIN \"case\" c ON c.id = h.case_id"
                            " WHERE c.number = :number AND h.seq = 1", number=number)  # fmt: skip
        page = first_page(office, f"{number}-01")
        assert f"Record {row.hash[:16]}" in page
        assert told in page
        assert ("Checkpoint" in page) is bool(told)
