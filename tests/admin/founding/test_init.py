"""The guided first start, at a terminal and from a file: it ends with a letter; half of anything is never there."""

import json
import os
import pwd
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import yaml

from commands.office import login
from models.keys import Keys
from services.intake import load_file, parse
from services.intake.beginning import Beginning, Card, offered
from services.letters import card_file, profile
from services.office import first_start, laws
from services.request import first_letter
from settings import PROJECT, load
from tests.admin.founding.places import Calling, rows
from tests.talking import CTRL_C, CTRL_D, Talk, WarmTalk
from workflows.engine.values import Language, Role
from workflows.office.reading import BadFile
from workflows.office.reading import parse as read_procedure
from workflows.words import is_worded
from workflows.words.commands.init import FILES

NAME, ADDRESS = "株式会社みほん", "東京都千代田区千代田1-1"
ENGLISH = {
    "name in Japanese": NAME, "name in English": "Mihon Inc.", "postcode": ["here", "1000001"],
    "address in Japanese": [ADDRESS * 15, ADDRESS], "address in English": "1-1 Chiyoda, Tokyo",
    "e-mail": ["privacy", "privacy@example.com"],
}  # fmt: skip
JAPANESE = {
    "名称（日本語）": NAME, "名称（英語）": "Mihon Inc.", "郵便番号": ["ここ", "1000001"],
    "住所（日本語）": [ADDRESS * 15, ADDRESS], "住所（英語）": "1-1 Chiyoda, Tokyo",
    "電子メール": ["privacy", "privacy@example.com"],
}  # fmt: skip
PARTS = ("organisation", "office", "procedure", "staff", "calendar", "letter")


def talk(home: Path, *arguments: str, lang: str = "en") -> Talk:
    """Call ``init`` at a terminal, in an empty place."""
    return WarmTalk(["--lang", lang, "init", *arguments], environment(home), home)


def environment(home: Path) -> dict[str, str]:
    """Return what the newcomer's shell has told it."""
    told = {name: value for name, value in os.environ.items() if not name.startswith("MADOGUCHI_")}
    return {**told, "MADOGUCHI_HOME": str(home / "office"), "TERM": "dumb"}


def answers(**parts: Any) -> dict[str, Any]:
    """Return what the help shows as a file, with these parts otherwise, led by whoever runs the tests."""
    whole: dict[str, Any] = yaml.safe_load(FILES["init.help"])
    whole["office"]["lead"] = login()
    whole |= parts
    return {name: part for name, part in whole.items() if part is not None}


def filed(home: Path, whole: Mapping[str, Any]) -> str:
    """Lay answers ready as a file."""
    file = home / "answers.json"
    file.write_text(json.dumps(whole, ensure_ascii=False, default=str), "utf-8")
    return str(file)


def printed(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def of_cases(place: dict[str, str], home: Path) -> Sequence[int]:
    """Return how many cases, letters, orders and the like there are."""
    tables = ('"case"', "letter", "command", "inquiry", "effect", "scan_page")
    return [int(rows(place, home, f"SELECT count(*) FROM {table}")[0][0]) for table in tables]  # noqa: S608 - ours


# -- at a terminal ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "said", "wrong"),
    [
        (
            "en",
            {**ENGLISH, "for practice": "y", "somebody else": ["y", "y", "n"], "person 1, name": "sato",
             "person 2, name": ["sato", "tanaka"], "person 3, name": "mori", "other days": "y",
             "closed 1, name": "summer",
             "first day": ["2020-08-12", "2099-08-12"], "last day": ["2099-08-11", "2099-08-13"]},
            ["seven figures", "the return address takes", "name@example.com", "sato is there twice", "is over",
             "comes after the first", "enough for four eyes"],
        ),
        (
            "ja",
            {**JAPANESE, "練習用": "y", "ほかに登録する": ["y", "y", "n"], "担当者 1・名前": "佐藤",
             "担当者 2・名前": ["佐藤", "田中"], "担当者 3・名前": "森", "ほかに休む日": "y",
             "休業 1・名前": "夏季休業",
             "初日": ["2020-08-12", "2099-08-12"], "最終日": ["2099-08-11", "2099-08-13"]},
            ["七桁", "差出人の行", "name@example.com", "佐藤 が二度", "過ぎています", "以内の最終日",
             "二人の目が揃"],
        ),
    ],
)  # fmt: skip
def test_a_newcomer_ends_with_a_letter_on_the_table_and_nothing_counts(
    home: Path, lang: str, said: dict[str, Any], wrong: list[str]
) -> None:
    with talk(home, lang=lang) as first:
        first.through(said)
    with talk(home, lang=lang) as second:
        asked = second.asked()

    assert first.status == 0, first.seen
    unfolded = "".join(first.seen.split("\n")) if lang == "ja" else " ".join(first.seen.split())
    assert [each for each in wrong if each not in unfolded] == []
    letter = home / "office" / "var" / "print" / f"test-letter.{lang}.pdf"
    text = printed(letter)
    assert str(letter) in first.seen
    assert "make desk" in first.seen
    expected = ("SAMPLE", "100-0001", "privacy@example.com", NAME if lang == "ja" else "Mihon Inc.")
    assert [each for each in expected if each not in text] == []
    # An organisation is 御中; 様 is a person, who asks in this letter and is nobody.
    solid = "".join(text.split())
    called = [words in solid for words in (f"{NAME}御中", f"{NAME}様", "見本花子様")]
    assert called == ([True, False, True] if lang == "ja" else [False] * 3)
    card = tomllib.loads((home / "office" / "organisation.toml").read_text("utf-8"))
    assert (card["name_ja"], card["postcode"], card["address_ja"]) == (NAME, "100-0001", ADDRESS)
    assert of_cases({}, home) == [0, 0, 0, 0, 0, 0]
    assert (asked, second.status) == (None, 0), second.seen
    assert second.seen.count("done already" if lang == "en" else "済んでいます。") == len(PARTS)
    assert (letter.read_bytes()[:4], letter.stat().st_mode & 0o077) == (b"%PDF", 0)


def test_broken_off_anywhere_it_goes_on_where_it_was(home: Path, call: Calling) -> None:
    office = home / "office"

    with Talk([str(PROJECT / "admin.py"), "--lang", "en", "init"], environment(home), home) as ended:
        ended.through({**ENGLISH, "e-mail": CTRL_C})
    assert (ended.status, office.exists()) == (130, False), ended.seen

    with talk(home) as ended:
        ended.through({**ENGLISH, "login of the lead": CTRL_D})
    assert ended.status == 130
    assert sorted(each.name for each in office.iterdir()) == ["organisation.toml"]
    assert "Written: the organisation's card" in " ".join(ended.seen.split())
    assert call("today", "--json").status == 5

    with talk(home) as ended:
        ended.through({"for practice": "y", "person 1, name": "sato", "Enter sends it": ["", "", "q"]})
    assert ended.status == 130, ended.seen
    assert [row.name for row in rows({}, home, "SELECT name FROM staff")] == [login()]

    with talk(home) as killed:
        while (question := killed.asked()) is not None and "person 1, name" not in question:
            killed.type("")
        assert killed.seen.count("done already") == 3  # and whoever leaves a talk at a question kills it

    with talk(home) as last:
        last.through({"person 1, name": "sato", "somebody else": "n"})
    assert (last.status, last.seen.count("done already")) == (0, 3), last.seen
    assert "Still lacking: verifier, approver" in " ".join(last.seen.split())
    assert (office / "var" / "print" / "test-letter.en.pdf").exists()


def test_a_summary_leaves_a_file_that_init_takes(home: Path, call: Calling) -> None:
    with talk(home) as said:
        said.through({**ENGLISH, "Enter sends it": ["f", "q"]})

    assert call("init", "--file", str(home / "init.organisation.yaml")).status == 0
    assert (home / "office" / "organisation.toml").exists()
    assert not (home / "office" / "var").exists()


def test_without_a_terminal_and_without_a_file_it_says_so_and_does_nothing(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(PROJECT / "admin.py"), "init"],
        env={"PATH": os.environ["PATH"], "MADOGUCHI_HOME": str(home / "office")},
        capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip

    assert (done.returncode, list(home.iterdir())) == (2, [])
    assert "--file" in done.stderr


# -- from a file --------------------------------------------------------------------------------------------------


def test_a_file_does_the_same_on_either_database_and_twice_is_once(
    call: Calling, place: dict[str, str], home: Path
) -> None:
    file = filed(home, answers(procedure={"use": "01-stamps", "first": "2026-01-05"}, letter={"language": "en"}))
    if place:  # there a login of the service's founds, and a person's does the rest
        file = filed(home, {"organisation": answers()["organisation"], "office": answers()["office"]})

    first = call("init", "--file", file, "--json", **place)
    again = call("init", "--file", file, "--json", **place)

    parts = list(PARTS[:2] if place else PARTS)
    assert (first.status, first.json["done"]) == (0, parts), first.err
    assert (again.status, again.json["already"]) == (0, [part for part in parts if part != "letter"])
    assert of_cases(place, home) == [0, 0, 0, 0, 0, 0]
    if not place:
        assert {row.name for row in rows(place, home, "SELECT name FROM staff")} == {login(), "sato", "tanaka", "mori"}
        assert call("procedure", "show", "--json").json["in_force"]["first"] == "2026-01-05"
        assert call("calendar", "list", "--year", "2027", "--json").json
        assert "500" in printed(Path(first.json["letters"][0]["file"]))


@pytest.mark.parametrize(
    ("part", "given", "told"),
    [
        ("organisation", {"postcode": "x"}, "postcode"),
        ("organisation", {"address_ja": ADDRESS * 15}, "return address"),
        (
            "organisation",
            {"hours_ja": "平日" * 100, "officer_ja": "見本" * 100, "officer_en": "M"},
            "no letter",
        ),
        ("organisation", {"regime": "nowhere"}, "regime"),
        ("office", {"lead": "system"}, "office"),
        ("procedure", {"use": "00-none"}, "use"),
        ("procedure", {"use": "file"}, "file goes with"),
        ("procedure", {"use": "file", "file": "/nowhere/p.toml"}, "procedure"),
        ("staff", [{"name": "sato", "roles": ["holder"]}], "roles"),
        ("staff", [{"name": "sato", "roles": ["clerk"]}] * 2, "twice"),
        ("calendar", {"closed": [{"name": "x", "first": "2027-08-12", "last": "2027-08-01"}]}, "after the first"),
        ("letter", {"language": "fr"}, "language"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_and_nothing_is_done(
    call: Calling, home: Path, part: str, given: Any, told: str
) -> None:
    whole = answers()
    whole[part] = {**whole[part], **given} if isinstance(given, dict) else given

    said = call("init", "--file", filed(home, whole))

    assert (said.status, (home / "office").exists()) == (2, False), said.err
    assert told in said.err


def test_no_file_of_an_office_is_written_over(call: Calling, home: Path) -> None:
    own = home / "office" / "organisation.toml"
    own.parent.mkdir()
    own.write_text((PROJECT / "organisation.toml").read_text("utf-8").replace("privacy@", "other@"), "utf-8")
    before = own.read_bytes()

    refused = call("init", "--file", filed(home, answers()))
    left_out = call("init", "--file", filed(home, answers(organisation=None)))

    assert (refused.status, left_out.status) == (2, 0), (refused.err, left_out.err)
    assert "edit it and leave this part out" in refused.err
    assert own.read_bytes() == before


def test_the_environment_and_the_office_are_not_contradicted(call: Calling, home: Path) -> None:
    file = filed(home, answers(organisation=None))

    environment = call("init", "--file", file, SOLE="yes")
    call("init", "--file", file)
    another = call("init", "--file", filed(home, answers(organisation=None, office={"lead": login(), "alone": True})))

    assert (environment.status, another.status) == (2, 2)
    assert "MADOGUCHI_SOLE" in environment.err


def test_the_rest_is_for_the_lead_to_do(call: Calling, home: Path) -> None:
    other = next(each.pw_name for each in pwd.getpwall() if each.pw_name != login())
    with talk(home) as said:
        said.through({**ENGLISH, "login of the lead": other})

    assert (said.status, "The rest is for its lead" in said.seen) == (0, True), said.seen
    assert call("init", "--file", filed(home, answers(organisation=None, office=None))).status == 1
    assert rows({}, home, "SELECT count(*) FROM staff")[0][0] == 1


def test_a_place_that_is_no_place_for_an_office_is_said_before_anything_is_asked_or_written(
    call: Calling, home: Path
) -> None:
    nobody = call("init", "--file", filed(home, answers(office={"lead": "hanakko"})))
    (home / "office" / "keys").mkdir(parents=True)
    keys = Keys(home / "office" / "keys")
    keys.make()
    keys.create(["26-000001-X"])

    another = call("init", "--file", filed(home, answers()))
    nowhere = call("init", "--file", filed(home, answers()), HOME="/proc/1/nothing")
    with talk(home) as asked:
        question = asked.asked()

    assert (nobody.status, "has no login hanakko" in nobody.err) == (2, True)
    assert (another.status, "whose database is not here" in another.err) == (1, True)
    assert [path.name for path in (home / "office").iterdir()] == ["keys"]
    assert (nowhere.status, "MADOGUCHI_HOME" in nowhere.err) == (5, True)
    assert (question, asked.status) == (None, 1), asked.seen


# -- its pieces ---------------------------------------------------------------------------------------------------


def test_the_help_shows_a_file_that_can_be_handed_in(tmp_path: Path) -> None:
    file = tmp_path / "office.yaml"
    file.write_text(FILES["init.help"], "utf-8")

    assert set(PARTS) == {name for name in PARTS if getattr(parse(Beginning, load_file(file)), name) is not None}


def test_the_sample_card_is_nobodys_and_what_is_written_reads_back() -> None:
    checkout, sample = load({"MADOGUCHI_HOME": str(PROJECT)}), card_file.sample()
    card = Card(
        name_ja='"見本"', name_en="A\\B", unit_ja="窓口", unit_en="Unit", postcode="107-6019", address_ja="東京",
        address_en="Tokyo", email="a@example.com", country="GB", policies=(date(2015, 2, 19), date(2026, 1, 1)),
    )  # fmt: skip

    read = profile.read(card_file.text_of(card, card.policies, "uk-gdpr"), card_file.place(checkout))

    assert sample.card.email == card_file.SAMPLE_EMAIL
    assert card_file.own(checkout) is None
    assert (read.card.name_ja, read.card.name_en, read.card.country) == ('"見本"', "A\\B", "GB")
    assert (read.policies, read.regime) == (card.policies, "uk-gdpr")


def test_every_procedure_one_can_begin_with_has_words_and_its_letter_is_made() -> None:
    choices = offered()

    assert [one for one in choices if not is_worded(f"init.asked.Choosing.use.{one}")] == []
    assert len(choices) == 2 + len(list((PROJECT / "samples" / "procedures").glob("*/procedure.toml")))
    for file in (PROJECT / "samples" / "procedures").glob("*/procedure.toml"):
        office = read_procedure(file.read_text("utf-8"))
        assert not isinstance(office, BadFile)
        card = profile.read((file.parent / "organisation.toml").read_text("utf-8"), file).card
        for language in Language:
            made = first_letter.made(card, office, laws.regime(str(office.regime)), date(2026, 12, 1), language)
            assert made.pages >= 6, file


@pytest.mark.parametrize(
    ("people", "missing"),
    [
        ([{Role.LEAD}], ["clerk", "verifier", "approver"]),
        ([{Role.CLERK, Role.VERIFIER, Role.APPROVER}], ["approver"]),
        ([{Role.CLERK, Role.VERIFIER}, {Role.APPROVER}], []),
        ([{Role.CLERK}, {Role.VERIFIER, Role.APPROVER}, {Role.APPROVER}], []),
    ],
)
def test_four_eyes_are_those_of_two_people(people: list[set[Role]], missing: list[str]) -> None:
    assert first_start.lacking(map(frozenset, people)) == missing


def test_alone_enter_gives_one_person_every_role(home: Path) -> None:
    with talk(home) as said:
        said.through({**ENGLISH, "one person alone": "y", "somebody else": "n"})

    assert said.status == 0, said.seen
    (row,) = rows({}, home, "SELECT roles FROM staff")
    assert set(json.loads(row.roles)) == {"clerk", "verifier", "approver", "lead"}
    assert "no second pair of eyes" in " ".join(said.seen.split())
