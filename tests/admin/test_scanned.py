"""A pack of returns is registered in one go: what the scanner left, case by case, at a terminal."""

import re
import shlex
from pathlib import Path

import pytest

from tests.admin.conftest import Script, on_both
from tests.admin.test_asking import Talker, talk
from tests.admin.test_scan import FORM_PAGES, a_card, mailed, picture, pile
from tests.office import APPROVER, CLERK, VERIFIER, TestOffice
from tests.talking import CTRL_C

__all__ = ["talk"]

ORDINARY = {"blocking out": "not_shown", "expires on": "2099-04-01"}


def scanned(script: Script, office: TestOffice, folder: Path, count: int) -> list[str]:
    """Return so many cases whose forms came back whole and were scanned as one pile."""
    cases = [mailed(office) for _ in range(count)]
    pages = [pack[page] for _, pack in cases for page in FORM_PAGES]
    found = script.by(CLERK, "scan", pile(folder, "pile.pdf", *pages))
    assert found.status == 0, found
    assert "receive-forms --scanned" in found.out
    return [case for case, _ in cases]


def states(office: TestOffice, cases: list[str]) -> list[str]:
    return [office.case(case).state for case in cases]


@on_both
@pytest.mark.requirement("S18")
def test_a_pack_of_ordinary_returns_is_registered_in_one_go(
    talk: Talker, script: Script, office: TestOffice, tmp_path: Path
) -> None:
    cases = scanned(script, office, tmp_path, 3)

    with talk("receive-forms", "--scanned") as said:
        said.through(ORDINARY)

    assert said.status == 0, said.seen
    assert states(office, cases) == ["forms_returned"] * 3
    assert [office.case(case).hold for case in cases] == [None] * 3  # the code is the one on the paper
    assert "registered: 3, left: 0" in said.seen
    verified = [script.by(VERIFIER, "verify-identity", case).status for case in cases]
    assert verified == [0, 0, 0]


def test_what_is_skipped_or_interrupted_waits_for_the_next_time(
    talk: Talker, script: Script, office: TestOffice, tmp_path: Path
) -> None:
    cases = scanned(script, office, tmp_path, 3)

    with talk("receive-forms", "--scanned") as said:
        said.through({**ORDINARY, "s leaves it for later": ["s", "", CTRL_C]})
    with talk("receive-forms", "--scanned", lang="ja") as again:
        again.through({"sで後回し": ["", "q"], "黒塗り": "2", "有効期限": "2099-04-01"})

    assert said.status == 130
    assert "1 are registered" in " ".join(said.seen.split())
    assert again.status == 0, again.seen
    assert states(office, cases) == ["forms_returned", "forms_returned", "forms_mailed"]
    assert "残り：1件" in again.seen


def test_what_is_missing_is_said_with_the_line_that_asks_for_it(
    talk: Talker, script: Script, office: TestOffice, tmp_path: Path
) -> None:
    case, pack = mailed(office)
    script.by(CLERK, "scan", picture(tmp_path, "one.png", pack[FORM_PAGES[0]]))

    with talk("receive-forms", "--scanned") as said:
        said.through({**ORDINARY, "Enter sends it": ["4", ""], "pages [": "1"})

    assert said.status == 0, said.seen
    assert "missing: page 2" in said.seen
    (line,) = re.findall(r"\./admin\.py (ask-again (?:.*\\\r?\n)*.*)", said.seen)  # as long as it goes on
    line = re.sub(r"\\\r?\n *", "", line)
    assert line.startswith(f"ask-again {case} --missing pages --reason ")
    done = script.by(CLERK, *shlex.split(line.strip()))
    assert (done.status, office.case(case).state) == (0, "contacted"), done.err  # as it stands there


def test_a_copy_sorted_out_of_the_tray_is_not_asked_for_again(
    talk: Talker, script: Script, office: TestOffice, tmp_path: Path
) -> None:
    (case,) = scanned(script, office, tmp_path, 1)
    script.by(CLERK, "scan", picture(tmp_path, "card.png", a_card()))
    line = ("tray", "assign", "T26-0001", case, "--document", "passport", "--holder", "subject", "--masked")
    assert script.by(VERIFIER, *line).status == 0

    with talk("receive-forms", case) as said:  # the same is known where one case alone is registered
        said.through({"expires on": "2099-04-01", "issued on": "2019-04-01"})

    assert said.status == 0, said.seen
    assert "identity paper 1, which:" not in said.seen.partition("What you answered")[0]
    assert "identity paper 1, which: passport" in said.seen
    (row,) = office.ask("SELECT type, masking FROM evidence WHERE sort = 'document'")
    assert (row.type, row.masking) == ("passport", "masked")


def test_the_pages_can_be_looked_at_and_each_look_is_recorded(
    talk: Talker, script: Script, office: TestOffice, tmp_path: Path
) -> None:
    scanned(script, office, tmp_path, 1)
    before = len(office.ask("SELECT seq FROM office_event WHERE what = 'papers_seen'"))

    with talk("receive-forms", "--scanned") as said:
        assert said.asked() is not None
        said.type("v")
        assert said.asked() is not None
        laid = [Path(line.strip()) for line in said.seen.splitlines() if line.strip().endswith(".jpg")]
        modes = [(one.stat().st_mode & 0o777, one.parent.stat().st_mode & 0o777) for one in laid]
        said.type("q")
        assert said.asked() is None
    with talk("receive-forms", "--scanned", "--out", str(tmp_path / "kept")) as kept:
        kept.through({"v shows the pages": ["v", "q"]})

    assert (said.status, len(laid), modes) == (0, 2, [(0o600, 0o700)] * 2)
    assert not any(one.exists() or one.parent.exists() for one in laid)
    assert len(list((tmp_path / "kept").glob("*.jpg"))) == 2
    assert len(office.ask("SELECT seq FROM office_event WHERE what = 'papers_seen'")) == before + 2


def test_what_cannot_be_registered_yet_is_left_and_said(
    talk: Talker, script: Script, office: TestOffice, tmp_path: Path
) -> None:
    case = office.opened()
    office.make_letters(case, typeset=True)
    office.print_letters(case)
    (row,) = office.ask("SELECT path FROM letter")
    from tests.admin.test_scan import Pack

    pack = Pack(office.settings.spool / row.path)
    script.by(CLERK, "scan", pile(tmp_path, "early.pdf", *[pack[page] for page in FORM_PAGES]))

    with talk("receive-forms", "--scanned") as said:
        said.through({})

    assert (said.status, office.case(case).state) == (0, "contacted")
    assert f"./admin.py mail-forms {case}" in said.seen
    assert "registered: 0, left: 1" in said.seen


def test_whoever_may_not_register_is_told_so_and_asked_nothing(
    talk: Talker, script: Script, office: TestOffice, tmp_path: Path
) -> None:
    (case,) = scanned(script, office, tmp_path, 1)

    with talk("receive-forms", "--scanned", by=APPROVER) as said:
        said.through({})

    assert "only clerk may do this" in said.seen.lower() or "clerk" in said.seen
    assert "blocking out" not in said.seen
    assert office.case(case).state == "forms_mailed"


def test_options_that_go_with_it_alone_say_so(script: Script, office: TestOffice, tmp_path: Path) -> None:
    case, _ = office.mailed()

    out = script.by(CLERK, "receive-forms", case, "--out", str(tmp_path))
    nobody = script.by(CLERK, "receive-forms", "--scanned")

    assert (out.status, nobody.status) == (2, 2)
    assert "goes with --scanned" in out.err
    assert "needs a terminal" in nobody.err


def test_an_ordinary_case_takes_four_commands_and_no_file(
    talk: Talker, script: Script, office: TestOffice, tmp_path: Path
) -> None:
    """Beside what is done for many at once: print, posted, scan, receive-forms --scanned."""
    with talk("open") as said:
        said.through(
            {"subject, name": "見本 花子", "postcode": "100-0001", "subject, address": "東京都千代田区千代田1-1"}
        )
    assert said.status == 0, said.seen
    (row,) = office.ask('SELECT number FROM "case"')
    case = str(row.number)
    office.make_letters(case, typeset=True)
    assert script.by(CLERK, "print", "--out", str(tmp_path / "print")).status == 0
    assert script.by(CLERK, "posted", f"{case}-01").status == 0
    (path,) = (office.settings.spool / one.path for one in office.ask("SELECT path FROM letter"))
    from tests.admin.test_scan import Pack

    pack = Pack(path)
    assert script.by(CLERK, "scan", pile(tmp_path, "back.pdf", *[pack[page] for page in FORM_PAGES])).status == 0
    with talk("receive-forms", "--scanned") as registered:
        registered.through(ORDINARY)

    mine = [
        script.by(VERIFIER, "verify-identity", case),
        script.by(VERIFIER, "decide", case, "--granted", "--enclosures", "1"),
        script.by(APPROVER, "fulfil", case),
    ]

    assert registered.status == 0, registered.seen
    assert [one.status for one in mine] == [0, 0, 0]
    assert office.case(case).state == "fulfilled"
    assert not [*tmp_path.glob("*.yaml")]
