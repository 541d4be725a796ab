"""What departments found, as the script shows it: listed, looked at, masked, enclosed, withheld, put onto a disc."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from models.effect import effect
from services.engine import outbox
from services.request.outgoing import DISC
from tests.admin.conftest import Script
from tests.admin.test_departments_seen import asking
from tests.office import APPROVER, CLERK, VERIFIER, TestOffice
from tests.services.search.conftest import SALES
from tests.services.search.found import TABLE, a_pdf, found
from workflows.law.values import OutcomeName, Right, RightOutcome
from workflows.request.payloads import Decide, Fulfil

__all__ = ["asking"]


def test_a_verifier_lists_masks_and_chooses_and_takes_it_back(
    script: Script, asking: TestOffice, tmp_path: Path
) -> None:
    case = asking.verified()
    pdf, table = found(asking, case, ("a.pdf", a_pdf("one", "two")), ("b.csv", TABLE))

    listed = script.by(VERIFIER, "search", "papers", case, "--json")
    masked = script.by(
        VERIFIER, "search", "mask", pdf, "--page", "2", "--mask", "A1-Z9", "--mask", "10,50,20,5", "--ground", "harm",
        "--json",
    )  # fmt: skip
    cell = script.by(VERIFIER, "search", "mask", table, "--row", "3", "--column", "2", "--ground", "harm", "--json")
    enclosed = script.by(VERIFIER, "search", "enclose", pdf.lower(), table, "--json")
    sent = tmp_path / "sent.jpg"
    looked = script.by(VERIFIER, "search", "page", pdf, "2", "--as-sent", "--out", str(sent))
    told = script.by(VERIFIER, "search", "papers", case)
    lifted = script.by(VERIFIER, "search", "unmask", pdf, "1", "--json")
    undone = script.by(VERIFIER, "search", "enclose", "--undo", table, "--json")

    assert [(one["find"], one["name"], one["pages"], one["state"]) for one in listed.json] == [
        (pdf, "a.pdf", 2, "undecided"), (table, "b.csv", 1, "undecided"),
    ]  # fmt: skip
    assert listed.json[1]["sha256"] == hashlib.sha256(TABLE).hexdigest()
    assert [(mask["mask"], mask["page"]) for mask in masked.json["masks"]] == [(1, 2), (2, 2)]
    (only,) = cell.json["masks"]
    assert (only["row"], only["column"], only["by"].split(" ")[0]) == (3, 2, VERIFIER)
    assert [(one["find"], one["state"]) for one in enclosed.json] == [(pdf, "enclosed"), (table, "enclosed")]
    assert (enclosed.status, looked.status) == (0, 0)
    picture = Image.open(sent).convert("L")
    assert picture.getpixel((picture.width // 2, picture.height // 8)) < 16  # type: ignore[operator]
    assert "enclosed, masked 2 times" in told.out
    assert [mask["mask"] for mask in lifted.json["masks"]] == [2]
    assert (undone.json["state"], len(undone.json["masks"])) == ("undecided", 1)


def test_one_that_may_not_be_keeps_no_other_back(script: Script, asking: TestOffice) -> None:
    (table,) = found(asking, asking.verified(), ("b.csv", TABLE))

    both = script.by(VERIFIER, "search", "enclose", "F26-000077", table, "--json")

    assert both.status == 1
    assert [(one["find"], one.get("state")) for one in both.json] == [("F26-000077", None), (table, "enclosed")]
    assert "no file F26-000077" in both.json[0]["reasons"][0]


def test_whoever_may_not_see_it_is_told_who_may(script: Script, asking: TestOffice, tmp_path: Path) -> None:
    case = asking.verified()
    (pdf,) = found(asking, case, ("a.pdf", a_pdf("one")))
    out = tmp_path / "page.jpg"

    clerk = [
        script.by(CLERK, "search", "papers", case, "--json"),
        script.by(CLERK, "search", "page", pdf, "1", "--out", str(out), "--json"),
        script.by(CLERK, "search", "enclose", pdf, "--json"),
        script.by(CLERK, "search", "withhold", pdf, "--ground", "harm", "--json"),
    ]
    holder = script.by(SALES, "search", "papers", case, "--json")

    assert [(said.status, said.json["codes"]) for said in clerk] == [(1, ["missing_role"])] * 4
    assert (holder.status, holder.json["error"], out.exists()) == (1, "not_for_departments", False)


@pytest.mark.parametrize(
    ("line", "status", "said"),
    [
        (("mask", "F26-000001", "--ground", "harm"), 2, "--row and --column"),
        (("mask", "F26-000001", "--ground", "harm", "--mask", "A1"), 2, "--page"),
        (("mask", "F26-000001", "--ground", "harm", "--page", "1", "--mask", "A99"), 2, "A99"),
        (("mask", "F26-000001", "--ground", "harm", "--page", "1", "--row", "2"), 2, "no pages"),
        (("mask", "F26-000001", "--ground", "why", "--page", "1", "--mask", "A1"), 1, "business"),
        (("mask", "F26-000009", "--ground", "harm", "--page", "1", "--mask", "A1"), 3, "search papers CASE"),
        (("page", "F26-000001", "7", "--out", "x.jpg"), 1, "no page 7"),
        (("page", "F26-000001", "1", "--as-sent", "--out", "x.jpg"), 1, "once it is enclosed or masked"),
        (("withhold", "F26-000001"), 2, "--undo"),
        (("unmask", "F26-000001", "4"), 1, "no mask 4"),
    ],
)
def test_what_cannot_be_is_named_with_what_would_work(
    script: Script,
    asking: TestOffice,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    line: tuple[str, ...],
    status: int,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    found(asking, asking.verified(), ("a.pdf", a_pdf("one")))

    answer = script.by(VERIFIER, "search", *line)

    assert (answer.status, said in answer.err, (tmp_path / "x.jpg").exists()) == (status, True, False), answer


def test_a_clerk_writes_what_goes_onto_a_disc_once(script: Script, asking: TestOffice, tmp_path: Path) -> None:
    case = asking.verified()
    (table,) = found(asking, case, ("b.csv", TABLE))
    none = script.by(CLERK, "search", "disc", case, "--out", str(tmp_path))
    script.by(VERIFIER, "search", "enclose", table)
    by_disc = RightOutcome(outcome=OutcomeName.GRANTED, method="electronic", explanation="On a disc, as agreed.")
    asking.must(case, "decide", Decide(outcomes={Right.DISCLOSURE: by_disc}), VERIFIER)
    asking.must(case, "fulfil", Fulfil(), APPROVER)
    early = script.by(CLERK, "search", "disc", case, "--out", str(tmp_path))
    for row in asking.ask(effect.select().where(effect.c.kind == "disc")):
        outbox.deliver(row.id, replace(DISC, lease=timedelta(0)), asking.unit)

    written = script.by(CLERK, "search", "disc", case, "--out", str(tmp_path), "--json")
    twice = script.by(CLERK, "search", "disc", case, "--out", str(tmp_path))
    again = script.by(CLERK, "search", "disc", case, "--out", str(tmp_path), "--again", "--json")
    other = script.by(VERIFIER, "search", "disc", case, "--out", str(tmp_path), "--again", "--json")

    assert [(said.status, word in said.err) for said, word in (
        (none, "no disc"), (early, "not made yet"), (twice, "--again"),
    )] == [(1, True)] * 3  # fmt: skip
    folder = Path(written.json["out"])
    assert sorted(path.name for path in folder.iterdir()) == sorted(written.json["files"])
    file = next(path for path in folder.iterdir() if path.suffix == ".zip")
    assert hashlib.sha256(file.read_bytes()).hexdigest() == written.json["sha256"]
    assert (written.json["time"], again.json["time"]) == (1, 2)
    assert (other.status, other.json["codes"]) == (1, ["missing_role"])
