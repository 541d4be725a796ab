"""Cases of every kind there is for a clerk: one for each next job of people, and those where it is nobody's turn."""

from tests.office import TestOffice
from tests.people import a_person
from tests.services.scans_fakes import Scanner, mark
from workflows.letters import RecordReturn, ReturnReason
from workflows.request.payloads import Hold, Undeliverable
from workflows.request.values import HoldReason

ELSEWHERE = {"search", "step", "hand_over", "carry_out", "papers"}
"""Jobs of other procedures, and those that only an office's own procedure brings."""


def with_every_job(office: TestOffice, scanner: Scanner) -> dict[str, str | None]:
    """Bring cases to each place where another job is next; return it by the case's number, as a clerk would say it."""
    found: dict[str, str | None] = {}

    def there(case: str, todo: str | None) -> None:
        found[case] = todo

    there(office.opened(), "print")
    printed = office.opened()
    office.make_letters(printed)
    office.print_letters(printed)
    there(printed, "post")
    there(office.opened(subject=a_person(address=None, postcode=None)), "notice")
    back, _ = office.mailed()
    office.must(back, "undeliverable", Undeliverable(reason=ReturnReason.MOVED))
    there(back, "notice")
    there(office.mailed()[0], None)
    scanned, code = office.mailed()
    scanner.scan(office, scanner.file(mark(scanned, code, 1)))
    there(scanned, "register")
    there(office.returned(), "verify")
    there(office.verified(), "decide")
    there(office.decided(), "release")
    held, _ = office.mailed()
    office.must(held, "receive_forms", office.an_arrival(None))
    there(held, "hold")
    paused = office.verified()
    office.must(paused, "hold", Hold(reason=HoldReason.OTHER))
    there(paused, None)
    there(office.fulfilled(), "print")
    answered = office.fulfilled()
    office.post_letters(answered)
    there(answered, None)
    returned = office.fulfilled()
    (letter,) = office.post_letters(returned)
    office.must(returned, "record_return", RecordReturn(letter=letter, reason=ReturnReason.UNKNOWN_ADDRESS))
    there(returned, "notice")
    there(office.in_state("withdrawn"), "print")
    there(office.in_state("voided"), None)
    return found
