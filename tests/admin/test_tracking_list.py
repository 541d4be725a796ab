"""The post's list of tracking numbers by the script: matched by number or by order, as a whole or not at all."""

from pathlib import Path

import pytest

from tests.admin.conftest import Script, on_both
from tests.office import CLERK, LEAD, TestOffice
from workflows.request.payloads import Void
from workflows.request.values import VoidReason

NUMBERS = ["131-12-38385-2", "131-12-38386-3", "131-12-38387-4"]


@pytest.fixture
def batch(script: Script, office: TestOffice, tmp_path: Path) -> tuple[str, list[str]]:
    """Print three letters; return the batch and their numbers in its order."""
    cases = [office.opened() for _ in range(3)]
    for case in cases:
        office.make_letters(case)
    printed = script.by(CLERK, "print", "--out", str(tmp_path / "out"), "--json")
    return printed.json["batch"], [f"{case}-01" for case in cases]


def recorded(office: TestOffice) -> list[tuple[str, str | None, str | None]]:
    rows = office.ask("SELECT state, tracking, mail_class FROM letter ORDER BY id")
    return [(row.state, row.tracking, row.mail_class) for row in rows]


def test_numbers_are_matched_by_the_letters_they_name_whatever_their_order(
    script: Script, office: TestOffice, worker: None, batch: tuple[str, list[str]]
) -> None:
    name, letters = batch
    rows = [f"{NUMBERS[2]},{letters[2]},特定記録", f"{NUMBERS[0]},{letters[0]},"]
    file = script.file("お問い合わせ番号,管理番号,種別\n" + "\n".join(rows) + "\n", "list.csv")

    tried = script.by(CLERK, "posted", "--batch", name, "--tracking-file", file, "--dry-run", "--json")
    before = recorded(office)
    said = script.by(CLERK, "posted", "--batch", name, "--tracking-file", file, "--json")

    assert (tried.status, [(row["outcome"], row["tracking"], row["case_state"]) for row in tried.json]) == (0, [
        ("done", NUMBERS[0], "forms_mailed"), ("done", None, "forms_mailed"), ("done", NUMBERS[2], "forms_mailed"),
    ])  # fmt: skip
    assert before == [("printed", None, None)] * 3
    assert (said.status, [row["outcome"] for row in said.json]) == (0, ["done"] * 3)
    assert recorded(office) == [
        ("posted", NUMBERS[0], "ordinary"), ("posted", None, "ordinary"), ("posted", NUMBERS[2], "record_tracked"),
    ]  # fmt: skip


def test_without_letter_numbers_the_order_of_the_batch_counts(
    script: Script, office: TestOffice, worker: None, batch: tuple[str, list[str]]
) -> None:
    file = script.file("追跡番号\n" + "\n".join(NUMBERS) + "\n", "list.csv")

    said = script.by(
        CLERK, "posted", "--batch", batch[0], "--tracking-file", file, "--class", "simple_registered", "--json"
    )

    assert (said.status, [row["letter"] for row in said.json]) == (0, batch[1])
    assert recorded(office) == [("posted", number, "simple_registered") for number in NUMBERS]


def test_the_list_alone_says_which_letters_were_posted(
    script: Script, office: TestOffice, worker: None, batch: tuple[str, list[str]]
) -> None:
    file = script.file(f"tracking,letter\n{NUMBERS[1]},{batch[1][1]}\n", "list.csv")

    said = script.by(CLERK, "posted", "--tracking-file", file, "--json")

    assert (said.status, [row["letter"] for row in said.json]) == (0, [batch[1][1]])
    assert [state for state, *_ in recorded(office)] == ["printed", "posted", "printed"]


@pytest.mark.parametrize(
    ("text", "line", "field"),
    [
        ("追跡番号\n131-12-38385-2\n131-12-38386-3\n", None, ""),
        ("追跡番号\n131-12-38385-2\n131-12-38386-3\n131-12-38387-5\n", 4, "tracking"),
        ("追跡番号,letter\n131-12-38385-2,26-000099-0-01\n", 2, "letter"),
        ("追跡番号,letter\n131-12-38385-2,ELSEWHERE\n", 2, "letter"),
        ("氏名\n見本\n", 1, ""),
    ],
)
def test_one_fault_and_nothing_is_recorded(
    script: Script,
    office: TestOffice,
    worker: None,
    batch: tuple[str, list[str]],
    text: str,
    line: int | None,
    field: str,
) -> None:
    other = office.opened()
    file = script.file(text.replace("ELSEWHERE", f"{other}-01"), "list.csv")

    said = script.by(CLERK, "posted", "--batch", batch[0], "--tracking-file", file, "--json")

    assert said.status == 2
    assert [(fault["line"], fault["field"]) for fault in said.json["faults"]] == [(line, field)]
    assert {state for state, *_ in recorded(office)} <= {"printed", "ordered", "made"}


def test_where_one_letter_cannot_be_recorded_none_is(
    script: Script, office: TestOffice, worker: None, batch: tuple[str, list[str]]
) -> None:
    name, _ = batch
    file = script.file("追跡番号\n" + "\n".join(NUMBERS) + "\n", "list.csv")

    early = script.by(CLERK, "posted", "--batch", name, "--tracking-file", file, "--on", "2026-11-02", "--json")

    assert (early.status, len(early.json["refused"])) == (1, 3)
    assert {state for state, *_ in recorded(office)} == {"printed"}


@on_both
def test_a_letter_that_became_void_is_left_out_of_the_order_and_named_by_its_number(
    script: Script, office: TestOffice, worker: None, batch: tuple[str, list[str]]
) -> None:
    name, letters = batch
    office.must(letters[1][:-3], "void", Void(reason=VoidReason.MISTAKE), LEAD)
    two = script.file("追跡番号\n" + "\n".join(NUMBERS[:2]) + "\n", "two.csv")
    void = script.file(f"追跡番号,手紙\n{NUMBERS[0]},{letters[1]}\n", "void.csv")

    named = script.by(CLERK, "posted", "--batch", name, "--tracking-file", void, "--json")
    said = script.by(CLERK, "posted", "--batch", name, "--tracking-file", two, "--json")

    assert (named.status, "void" in named.json["faults"][0]["message"]) == (2, True)
    assert (said.status, [row["letter"] for row in said.json]) == (0, [letters[0], letters[2]])


def test_the_same_call_under_a_key_is_recorded_once(
    script: Script, office: TestOffice, worker: None, batch: tuple[str, list[str]]
) -> None:
    file = script.file("追跡番号\n" + "\n".join(NUMBERS) + "\n", "list.csv")
    line = ("posted", "--batch", batch[0], "--tracking-file", file, "--key", "monday", "--json")

    first, second = script.by(CLERK, *line), script.by(CLERK, *line)

    assert (first.status, second.status) == (0, 0)
    assert [row["repeated"] for row in second.json] == [True] * 3


def test_a_registered_letter_without_a_number_is_named(
    script: Script, office: TestOffice, worker: None, tmp_path: Path
) -> None:
    case = office.fulfilled()
    office.make_letters(case)
    other = office.opened()
    office.make_letters(other)
    printed = script.by(CLERK, "print", "--out", str(tmp_path / "out"), "--json").json["batch"]
    file = script.file(f"追跡番号,letter\n{NUMBERS[0]},{other}-01\n", "list.csv")
    by_order = script.file(f"追跡番号\n{NUMBERS[0]}\n", "order.csv")

    named = script.by(CLERK, "posted", "--batch", printed, "--tracking-file", file, "--dry-run", "--lang", "en")
    said = script.by(CLERK, "posted", "--batch", printed, "--tracking-file", by_order, "--json")

    (answer,) = (row.number for row in office.ask("SELECT number FROM letter WHERE kind = 'disclosure_notification'"))
    assert f"without a tracking number, though their class of post has one: {answer}" in named.err
    assert said.status == 0
    rows = {row.number: row for row in office.ask("SELECT number, tracking, mail_class FROM letter")}
    assert (rows[answer].tracking, rows[answer].mail_class) == (NUMBERS[0], "simple_registered")
    assert (rows[f"{other}-01"].tracking, rows[f"{other}-01"].mail_class) == (None, "ordinary")


def test_a_dry_run_of_postings_names_what_would_be_refused(
    script: Script, office: TestOffice, batch: tuple[str, list[str]]
) -> None:
    unprinted = office.opened()

    said = script.by(CLERK, "posted", batch[1][0], f"{unprinted}-01", "--dry-run", "--json")

    assert (said.status, [row["outcome"] for row in said.json]) == (1, ["done", "refused"])
    assert office.ask("SELECT count(*) FROM command WHERE transition = 'record_posting'")[0][0] == 0
