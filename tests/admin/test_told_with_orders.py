"""What an order says of letters and of other cases, the moment it is given: done, tried out, or given to many."""

from typing import Any

from tests.admin.conftest import CONTACT, Script, on_both
from tests.office import APPROVER, CLERK, LEAD, TestOffice
from workflows.request.payloads import Hold
from workflows.request.values import HoldReason


def events(said: Any) -> list[tuple[str, str, str]]:
    return [(one["letter"], one["kind"], one["event"]) for one in said.json["letters"]]


@on_both
def test_an_amendment_says_which_letter_is_void_and_which_takes_its_place_and_so_does_a_dry_run(
    script: Script, office: TestOffice, worker: None
) -> None:
    case = office.opened()
    office.make_letters(case)
    office.print_letters(case)
    moved = script.file({"subject": {"address": "2-9 Example, Minato-ku, Tokyo"}, "why": "moved"})

    tried = script.by(CLERK, "amend", case, "--file", moved, "--dry-run", "--json")
    foreseen = script.by(CLERK, "amend", case, "--file", moved, "--dry-run", "--lang", "en")
    done = script.by(CLERK, "amend", case, "--file", moved, "--key", "k", "--json")
    again = script.by(CLERK, "amend", case, "--file", moved, "--key", "k", "--lang", "en")

    expected = [(f"{case}-01", "request_forms", "void"), (f"{case}-02", "request_forms", "ordered")]
    assert events(tried) == events(done) == expected
    assert f"letter {case}-01 would become void" in foreseen.out
    assert f"letter {case}-01 is void" in again.out
    assert "take it out of the pile" in again.out
    assert f"letter {case}-02 is ordered" in again.out


def test_what_was_never_printed_needs_no_taking_out(script: Script, office: TestOffice, worker: None) -> None:
    case = office.opened()

    void = script.by(LEAD, "void", case, "--reason", "mistake", "--lang", "en")
    japanese = script.by(LEAD, "void", office.opened(), "--reason", "mistake", "--dry-run", "--lang", "ja")

    assert f"letter {case}-01 is void (request forms): it is neither printed nor posted." in void.out
    assert "無効になります" in japanese.out


def test_a_release_says_that_its_answer_is_ordered_and_a_refused_order_says_nothing(
    script: Script, office: TestOffice, worker: None
) -> None:
    case = office.decided()

    refused = script.by(APPROVER, "refuse", case, "--json")
    released = script.by(APPROVER, "fulfil", case, "--json")

    assert (refused.status, "letters" in refused.json) == (1, False)
    assert [(kind, event) for _, kind, event in events(released)] == [("disclosure_notification", "ordered")]


def test_what_touches_no_letter_says_none(script: Script, office: TestOffice, worker: None) -> None:
    held = script.by(CLERK, "hold", office.opened(), "--reason", "other", "--json")

    assert (held.status, held.json["letters"]) == (0, [])


def test_a_posting_that_makes_a_reminder_pointless_says_so_letter_by_letter(
    script: Script, office: TestOffice, worker: None
) -> None:
    case, _ = office.mailed()

    returned = script.by(CLERK, "returned", f"{case}-01", "--reason", "moved", "--json")

    assert [row["letters"] for row in returned.json] == [[]]


def test_a_bulk_order_counts_the_letters_first_and_names_them_afterwards(script: Script, office: TestOffice) -> None:
    one, other = office.opened(), office.opened()
    office.print_letters(other)

    seen = script.by(LEAD, "bulk", "void", "--where", "state=contacted", "--reason", "mistake", "--preview", "--json")
    done = script.by(LEAD, "bulk", "void", "--where", "state=contacted", "--reason", "mistake", "--yes", "--json")

    assert seen.json["letters"] == done.json["letters"] == [{"kind": "request_forms", "event": "void", "count": 2}]
    assert {one["letter"] for item in done.json["items"] for one in item["letters"]} == {f"{one}-01", f"{other}-01"}


@on_both
def test_opening_the_same_file_twice_says_which_case_it_is_already(
    script: Script, office: TestOffice, worker: None
) -> None:
    contact = script.file(CONTACT)
    first = script.by(CLERK, "open", "--file", contact, "--json").json["case"]

    tried = script.by(CLERK, "open", "--file", contact, "--dry-run", "--json")
    second = script.by(CLERK, "open", "--file", contact, "--json")
    third = script.by(CLERK, "open", "--file", script.file({**CONTACT, "note": "rang again"}, "note.yaml"), "--json")
    said = script.by(CLERK, "open", "--file", contact, "--key", "once more", "--lang", "en")

    assert (tried.json["linked"], tried.json["codes"]) == ([first], ["linked_to"])
    assert tried.json["letters"][0]["letter"] is None
    assert (second.json["linked"], second.json["same_as"]) == ([first], first)
    assert third.json["same_as"] is None
    assert first in third.json["linked"]
    assert f"word for word what opened {first}" in said.out
    assert "void" in said.out


def test_a_case_held_at_its_opening_says_why_until_when_and_what_lifts_it(
    script: Script, office: TestOffice, worker: None
) -> None:
    def stranger(name: str) -> str:
        return script.file({**CONTACT, "subject": {"name": name, "address": "1-1 Example, Chiyoda-ku, Tokyo"}})

    first = script.by(CLERK, "open", "--file", stranger("Sample Aoki"), "--json")
    held = script.by(CLERK, "open", "--file", stranger("Sample Zimmer"), "--json")
    told = script.by(CLERK, "open", "--file", stranger("Sample Quist"), "--dry-run", "--lang", "en")

    shown = script.by(CLERK, "show", held.json["case"], "--json").json
    assert first.json["hold"] is None
    assert held.json["hold"] == shown["hold"]
    assert held.json["hold"]["with"] == [first.json["case"]]
    assert held.json["codes"] == ["suspicion_shared_address", "held_until_lifted"]
    assert "./admin.py resume" in told.out.replace("\n", " ")


def test_an_inquiry_that_is_promoted_tells_the_same(script: Script, office: TestOffice, worker: None) -> None:
    known = script.by(CLERK, "open", "--file", script.file(CONTACT), "--json").json["case"]
    asked = {"channel": "post", "language": "ja", "about": "何を持っているか", "person": CONTACT["subject"]}
    number = script.by(CLERK, "inquiry", "add", "--file", script.file(asked), "--json").json["inquiry"]
    rest = {name: CONTACT[name] for name in ("rights", "category", "subject")}

    promoted = script.by(CLERK, "inquiry", "promote", number, "--file", script.file(rest), "--json")

    assert promoted.status == 0, promoted.err
    assert promoted.json["linked"] == [known]
    assert [one["event"] for one in promoted.json["letters"]] == ["ordered"]


def test_an_order_answered_again_by_its_key_tells_the_letters_of_its_own_step(
    script: Script, office: TestOffice, worker: None
) -> None:
    opened = script.by(CLERK, "open", "--file", script.file(CONTACT), "--key", "monday", "--json")
    office.must(opened.json["case"], "hold", Hold(reason=HoldReason.OTHER))

    again = script.by(CLERK, "open", "--file", script.file(CONTACT), "--key", "monday", "--json")

    assert (again.json["repeated"], again.json["letters"]) == (True, opened.json["letters"])
