"""The office's own procedure by the script: what holds, what a file would change, adopting it, and the way back."""

from datetime import timedelta
from pathlib import Path

import pytest

from commands.wide import width
from tests.admin.conftest import Script, on_both
from tests.office import CLERK, LEAD, TestOffice

FAULTY = """
from = "tomorrow"
regim = "jp-appi"
[start]
way = ["contact"]
ways = ["contact", "pigeon"]
"""


def a_file(office: TestOffice, days: int = 0, more: str = "") -> str:
    """Return a procedure from so many days on: forms go out by e-mail."""
    first = office.today + timedelta(days=days)
    return f'from = {first.isoformat()}\n[start]\nforms_sent_by = ["email"]\n{more}'


@on_both
def test_without_a_file_the_built_in_procedure_holds(script: Script, office: TestOffice) -> None:
    said = script.by(CLERK, "procedure", "show", "--json")

    assert said.status == 0
    assert said.json["in_force"] == {
        "first": None, "regime": "", "digest": "", "adopted_at": None, "adopted_by": None,
    }  # fmt: skip
    assert (said.json["versions"], said.json["home"]) == ([], None)
    assert "We charge no fee." in [text for said in said.json["says"] for text in said["sentences"]]


def test_a_lead_adopts_a_file_and_doing_it_twice_is_doing_it_once(script: Script, office: TestOffice) -> None:
    file = script.file(a_file(office), "procedure.toml")

    done = script.by(LEAD, "procedure", "adopt", file, "--json")
    twice = script.by(LEAD, "procedure", "adopt", file, "--json")
    shown = script.by(CLERK, "procedure", "show", "--json")

    assert [(said.status, said.json["adopted"], said.json["repeated"]) for said in (done, twice)] == [
        (0, True, False),
        (0, True, True),
    ]
    assert shown.json["in_force"]["digest"] == done.json["digest"]
    assert [row["standing"] for row in shown.json["versions"]] == ["in_force"]
    assert any("by e-mail" in text for part in shown.json["says"] for text in part["sentences"])


def test_only_a_lead_adopts(script: Script, office: TestOffice) -> None:
    said = script.by(CLERK, "procedure", "adopt", script.file(a_file(office), "procedure.toml"), "--json")

    assert (said.status, said.json["error"]) == (1, "lead_only")
    assert office.ask("SELECT 1 FROM adopted_procedure") == []


@pytest.mark.parametrize("deed", ["check", "adopt"])
def test_every_fault_of_a_file_is_told_at_once_with_its_place(script: Script, office: TestOffice, deed: str) -> None:
    file = script.file(FAULTY, "mine.toml")

    english = script.by(LEAD, "procedure", deed, file, "--json")
    japanese = script.by(LEAD, "procedure", deed, file, "--lang", "ja")

    assert english.status == japanese.status == 2
    assert [fault["field"] for fault in english.json["faults"]] == [
        "mine.toml", "mine.toml, start", "mine.toml, start", "mine.toml",
    ]  # fmt: skip
    assert "is regime meant?" in english.json["faults"][-1]["message"]
    assert "mine.toml, start: " in japanese.err
    assert "使えるのは" in japanese.err
    assert office.ask("SELECT 1 FROM adopted_procedure") == []


def test_check_says_what_would_change_for_new_cases_and_that_open_ones_keep_theirs(
    script: Script, office: TestOffice
) -> None:
    office.opened()
    office.mailed()
    file = script.file(a_file(office, days=7), "procedure.toml")

    said = script.by(CLERK, "procedure", "check", file, "--json")
    page = script.by(CLERK, "procedure", "check", file)

    assert said.status == 0
    changed = {part["topic"]: part for part in said.json["changes"]}
    assert changed["begin"]["gone"] == ["We send the forms by post."]
    assert ["by e-mail" in text for text in changed["begin"]["come"]] == [True]
    assert said.json["open"] == [{"digest": "", "cases": 2, "states": {"contacted": 1, "forms_mailed": 1}}]
    assert {"where": "start.forms_sent_by", "was": "post", "is": "email"} in said.json["values"]
    assert "2 open cases keep the procedure they began under" in page.out
    assert "- We send the forms by post." in page.out
    assert all(width(line) <= 80 for line in page.out.splitlines())


def test_a_dry_run_writes_nothing(script: Script, office: TestOffice) -> None:
    said = script.by(LEAD, "procedure", "adopt", script.file(a_file(office), "p.toml"), "--dry-run", "--json")

    assert (said.status, said.json["adopted"], said.json["dry_run"]) == (0, False, True)
    assert office.ask("SELECT 1 FROM adopted_procedure") == []


def test_nothing_is_adopted_from_a_day_since_which_cases_began_but_from_another(
    script: Script, office: TestOffice
) -> None:
    office.opened()
    file = script.file(a_file(office, days=-2), "p.toml")
    tomorrow = (office.today + timedelta(days=1)).isoformat()

    refused = script.by(LEAD, "procedure", "adopt", file, "--json")
    dated = script.by(LEAD, "procedure", "adopt", file, "--from", tomorrow, "--json")

    assert (refused.status, refused.json["codes"], refused.json["adopted"]) == (1, ["procedure.over"], False)
    assert (dated.status, dated.json["first"]) == (0, tomorrow)


def test_the_ways_back(script: Script, office: TestOffice) -> None:
    first = script.by(LEAD, "procedure", "adopt", script.file(a_file(office), "a.toml"), "--json").json["digest"]
    days = [(office.today + timedelta(days=n)).isoformat() for n in (7, 14, 21)]
    script.by(LEAD, "procedure", "adopt", script.file(a_file(office, more="# new\n"), "b.toml"), "--from", days[0])

    again = script.by(LEAD, "procedure", "adopt", "--again", first[:8], "--from", days[1], "--json")
    source = script.by(LEAD, "procedure", "adopt", "--source", "--from", days[2], "--json")
    none = script.by(LEAD, "procedure", "adopt", "--again", "0000", "--json")
    shown = [script.by(CLERK, "procedure", "show", "--at", day, "--json").json["in_force"]["digest"] for day in days]

    assert (again.status, source.status, none.status) == (0, 0, 3)
    assert shown[1:] == [first, ""]
    assert shown[0] not in ("", first)


def test_the_file_in_the_home_is_the_one_that_is_meant_and_it_is_said_where_it_differs(
    script: Script, office: TestOffice, fresh: Path
) -> None:
    missing = script.by(LEAD, "procedure", "check", "--json")
    (fresh / "procedure.toml").write_text(a_file(office), "utf-8")
    before = script.by(LEAD, "status", "--json").json["checks"]
    adopted = script.by(LEAD, "procedure", "adopt", "--json")
    after = script.by(LEAD, "status", "--json").json["checks"]
    (fresh / "procedure.toml").write_text(a_file(office, more="# written on\n"), "utf-8")
    doctor = script.by(LEAD, "doctor", "--quick")
    shown = script.by(CLERK, "procedure", "show")

    assert missing.status == 2
    assert adopted.status == 0
    told = [next(check for check in found if check["name"] == "procedure") for found in (before, after)]
    assert [check["ok"] for check in told] == [True, True]
    assert "is not what was adopted" in told[0]["detail"]
    assert told[1]["detail"].endswith("is adopted")
    assert "is not what was adopted" in doctor.err
    assert "is not what was adopted" in shown.out


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_holds_is_readable_at_80_columns(script: Script, office: TestOffice, language: str) -> None:
    script.by(LEAD, "procedure", "adopt", script.file(a_file(office), "procedure.toml"))
    office.opened()

    page = script.by(CLERK, "procedure", "show", "--lang", language).out

    assert all(width(line) <= 80 for line in page.splitlines()), page
    assert "procedure." not in page  # every sentence has its words


def test_a_line_that_asks_for_two_things_is_refused(script: Script, office: TestOffice) -> None:
    said = script.by(LEAD, "procedure", "adopt", "--source", "--again", "3f9a", "--json")

    assert said.status == 2


def test_a_file_that_is_no_utf8_too_big_or_beyond_our_fonts_is_named(
    script: Script, office: TestOffice, tmp_path: Path
) -> None:
    assert office.now is None
    kanji, big, strange = tmp_path / "sjis.toml", tmp_path / "big.toml", tmp_path / "strange.toml"
    kanji.write_bytes("from = 2026-12-01\n# 手続\n".encode("cp932"))
    big.write_text("#" * 200_001, "utf-8")
    form = '[[form]]\ncode = "request"\nrights = "all"\nja = "請求書\U0001f600"\nen = "Request"\nholders = 1\n'
    strange.write_text(f"from = 2026-12-01\n{form}", "utf-8")

    said = [script.by(LEAD, "procedure", "check", str(file), "--json") for file in (kanji, big, strange)]

    assert [one.status for one in said] == [2, 2, 2]
    faults = [[(fault["field"], fault["message"]) for fault in one.json["faults"]] for one in said]
    assert faults[0] == [("sjis.toml", "it is not UTF-8 (line 2); save it as UTF-8")]
    assert faults[1] == [("big.toml", "it has more than 200000 bytes")]
    assert [place for place, _ in faults[2]] == ["strange.toml, form 1 (request)", "strange.toml, form 1"]
    assert "U+1F600, which no font carries" in faults[2][1][1]


def test_a_case_says_which_procedure_it_began_under(script: Script, office: TestOffice) -> None:
    before = office.opened()
    digest = script.by(LEAD, "procedure", "adopt", script.file(a_file(office), "p.toml"), "--json").json["digest"]
    during = office.opened()

    shown = [script.by(CLERK, "show", case, "--json").json["procedure"] for case in (before, during)]
    page = script.by(CLERK, "show", during)

    assert shown == [None, {"digest": digest, "from": office.today.isoformat()}]
    assert f"the office’s own of {office.today.isoformat()} ({digest[:12]})" in " ".join(page.out.split())


def test_what_is_published_is_made_of_what_holds(script: Script, office: TestOffice, tmp_path: Path) -> None:
    shown_before = script.by(CLERK, "procedure", "publish", "--out", str(tmp_path / "before"), "--json")
    more = '[own_words.sheet]\nja = "自社の一言"\nen = "A word of ours"\n'
    file = script.file(a_file(office, more=more), "procedure.toml")
    adopted = script.by(LEAD, "procedure", "adopt", file, "--json")

    done = script.by(CLERK, "procedure", "publish", "--out", str(tmp_path / "public"), "--json")

    assert (shown_before.status, adopted.status, done.status) == (0, 0, 0)
    assert (shown_before.json["digest"], done.json["digest"]) == ("", adopted.json["digest"])
    made = {path.name for path in (tmp_path / "public").iterdir()}
    assert made == set(done.json["files"]) >= {"procedure.html", "procedure.ja.pdf", "contact-card.en.pdf"}
    page = (tmp_path / "public" / "procedure.html").read_text(encoding="utf-8")
    assert adopted.json["digest"] in page
    assert [word for word in ("自社の一言", "A word of ours", "by e-mail") if word not in page] == []
    assert "A word of ours" not in (tmp_path / "before" / "procedure.html").read_text(encoding="utf-8")


def test_what_cannot_be_written_is_told(script: Script, office: TestOffice, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")

    said = script.by(CLERK, "procedure", "publish", "--out", str(tmp_path / "taken" / "below"), "--json")

    assert said.status == 2
