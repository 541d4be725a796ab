"""The law as data: complete, consistent, and refused with every fault named where it is not."""

import inspect
import shutil
import tomllib
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest

from settings import PROJECT
from workflows import law
from workflows.engine.deadlines import Count, Unit
from workflows.law.loading import FOLDER, load_regime, load_register
from workflows.law.papers import load_papers
from workflows.law.times import Event
from workflows.law.values import Right
from workflows.request import values
from workflows.request.words import course_nouns, nouns, paper_nouns
from workflows.words import is_noun

NOUNS = {**nouns.NOUNS, **paper_nouns.NOUNS, **course_nouns.NOUNS}
LAWS = [law.regime(name) for name in law.names()]


def changed(tmp_path: Path, file: str, *replacements: tuple[str, str], more: str = "") -> Path:
    """Return a copy of a data file, beside copies of the others, with some of its text replaced."""
    for source in FOLDER.glob("*.toml"):
        shutil.copy(source, tmp_path)
    copy = tmp_path / file
    text = copy.read_text(encoding="utf-8")
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new, 1)
    copy.write_text(text + more, encoding="utf-8")
    return copy


# ---- the laws ----


@pytest.mark.requirement("S33")
def test_the_japanese_law_is_the_default() -> None:
    assert law.names()[0] == law.regime().name == "jp-appi"
    assert law.regime("jp-appi") is law.regime("jp-appi")


def test_an_unknown_law_is_refused_with_the_known_ones() -> None:
    with pytest.raises(KeyError, match="known are jp-appi, eu-gdpr"):
        law.regime("us-ccpa")


def test_the_laws_differ_where_they_should() -> None:
    appi, gdpr = (law.regime(name) for name in ("jp-appi", "eu-gdpr"))

    assert appi.action is not None
    assert (appi.action.counts_from, appi.action.span) == ((Event.FIRST_ARRIVAL,), Count(14, Unit.CALENDAR_DAYS))
    assert (appi.own_form_required, gdpr.own_form_required) == (True, False)
    assert appi.extension is None
    assert appi.answer is None
    assert gdpr.extension is not None
    assert gdpr.answer is not None
    assert gdpr.answer.counts_from == (Event.FIRST_CONTACT,)
    assert (gdpr.answer.months, gdpr.extension.months, gdpr.extension.notice_within_months) == (1, 2, 1)


@pytest.mark.parametrize("law", LAWS, ids=law.names())
def test_every_law_has_a_ground_to_refuse_each_of_its_rights(law: law.Regime) -> None:
    assert all(any(right in ground.rights for ground in law.grounds.values()) for right in law.rights)


def test_a_law_gives_the_rights_it_gives_and_no_others() -> None:
    gives = {name: set(law.regime(name).rights) for name in law.names()}

    # APPI chapter 5 gives no right to be told the purposes of use, nor to records of provision.
    chapter_5 = {Right.DISCLOSURE, Right.CORRECTION, Right.HALT_USE, Right.HALT_PROVISION}
    assert gives.pop("jp-public") == chapter_5
    assert all(given == set(Right) for given in gives.values())


def test_all_grounds_of_the_act_are_there_with_their_articles() -> None:
    articles = {code: ground.article for code, ground in law.regime().grounds.items() if not ground.exception}

    assert articles == {
        "harm": "33(2)(i)",
        "business": "33(2)(ii)",
        "other_law": "33(2)(iii)",
        "other_procedure": "33(4)",
        "not_held": "33(3)",
        "record_excluded": "33(5), Order 11",
        "purpose_obvious": "32(2)(i)",
        "purpose_harm": "32(2)(ii), 21(4)(i)",
        "purpose_own_rights": "32(2)(ii), 21(4)(ii)",
        "purpose_state_task": "32(2)(ii), 21(4)(iii)",
        "accurate": "34(2)",
        "no_ground_to_halt": "35(2), (4), (6)",
        "identity_not_proven": "37(1), Order 12(iii)",
        "representation_not_proven": "37(3), Order 12(iii), 13",
        "method_not_followed": "37(1)",
    }
    assert law.regime().grounds["other_procedure"].article_for(Right.CORRECTION) == "34(2)"


def test_an_excluded_record_reads_exactly_as_one_that_is_not_held() -> None:
    rules = law.regime()
    excluded, not_held = rules.grounds["record_excluded"], rules.grounds["not_held"]

    shown = rules.shown(excluded)

    assert shown is not_held
    assert (excluded.ja, excluded.en) == (not_held.ja, not_held.en)
    assert excluded.outcomes == not_held.outcomes


def test_every_key_of_a_law_is_documented() -> None:
    page = (PROJECT / "docs" / "laws.md").read_text(encoding="utf-8")
    files = [*FOLDER.glob("*.toml"), *(PROJECT / "samples" / "procedures" / "law").glob("*.toml")]

    def keys(table: object) -> Iterator[str]:
        for row in table if isinstance(table, list) else [table]:
            if isinstance(row, dict):
                for key, value in row.items():
                    yield key
                    yield from () if key in ("articles", "by_reason") else keys(value)

    laws_read = [tomllib.loads(file.read_text(encoding="utf-8")) for file in files]
    found = {key for read in laws_read if "clock_starts" in read for key in keys(read)} - set(Right)

    assert len(found) > 40
    assert {key for key in found if key not in page and not key.startswith("notice_within_")} == set()


# ---- words ----


@pytest.mark.parametrize("law", LAWS, ids=law.names())
def test_every_code_of_the_data_has_a_noun(law: law.Regime) -> None:
    codes = {row.code for row in law.papers.documents} - {"other"}
    codes |= {"document.other", *law.papers.masks, *(row.type for row in law.papers.proofs)}
    codes |= {f"ground.{code}" for code in law.grounds}

    assert codes <= NOUNS.keys()


# how the codes of each enumeration are spoken of
GROUPS = {
    "Right": "right.",
    "FormName": "form.",
    "Category": "category.",
    "Channel": "channel.",
    "Language": "language.",
    "Role": "role.",
    "Party": "",
    "RepresentativeKind": "kind.",
    "OutcomeName": "outcome.",
    "Masking": "masking.",
    "AddressShown": "address.",
    "LetterKind": "letter.",
    "LetterState": "letter_state.",
    "MailClass": "mail_class.",
    "MailExtra": "mail_extra.",
    "DeliveryWay": "way.",
    "ReturnReason": "return.",
    "HoldReason": "hold.",
    "VoidReason": "void.",
    "ExtendReason": "extend.",
    "StopReason": "stop.",
    "ToldHow": "how.",
    "PackOut": "pack.",
    "CodeState": "code.",
    "Where": "where.",
}


def test_every_code_of_the_procedure_has_a_noun() -> None:
    kinds = [kind for _, kind in inspect.getmembers(values, inspect.isclass) if issubclass(kind, StrEnum)]

    missing = [f"{GROUPS[kind.__name__]}{code}" for kind in kinds if kind is not StrEnum for code in kind]

    assert [code for code in missing if not is_noun(code)] == []


def test_no_word_that_staff_type_is_taken_for_a_noun() -> None:
    typed = {
        *Right,
        "unsigned",
        "unsealed",
        "pages",
        "authority",
        "address",
        "correction",
        "withdraw",
        "void",
        "hold",
        "resume",
    }

    assert typed.isdisjoint(NOUNS)


# ---- files that are wrong ----


def test_the_files_as_they_are_have_no_fault() -> None:
    assert load_regime(FOLDER / "jp_appi.toml").name == "jp-appi"
    assert load_regime(FOLDER / "eu_gdpr.toml").name == "eu-gdpr"
    assert load_register(FOLDER / "purposes.toml").purposes


def test_every_fault_of_a_law_is_named_with_its_place_and_all_at_once(tmp_path: Path) -> None:
    broken = changed(
        tmp_path,
        "jp_appi.toml",
        ('code = "other_law"\narticle = "33(2)(iii)"\n', 'code = "other_law"\n'),
        ('rights = ["disclosure", "provision_records"]', 'rights = ["disclosure", "deletion"]'),
        ("fee = true", 'fee = "yes"'),
        ("procedural = true", "procedurel = true"),
    )
    papers = tmp_path / "evidence_jp.toml"
    text = papers.read_text(encoding="utf-8").replace('"basic_pension_number"]', '"shoe_size"]', 1)
    papers.write_text(text, encoding="utf-8")

    with pytest.raises(law.BadData) as refused:
        load_regime(broken)

    named = "\n".join(refused.value.faults)
    assert len(refused.value.faults) == 5
    assert "jp_appi.toml, ground 3 (other_law): article is missing" in named
    assert "jp_appi.toml, ground 1 (harm): rights names 'deletion', which is unknown; known are correction," in named
    assert "jp_appi.toml, rights, purpose_notice: fee is 'yes'; write true or false" in named
    assert "jp_appi.toml, ground 21 (identity_not_proven): procedurel is not known here" in named
    assert "evidence_jp.toml, document 11 (pension_notebook): masks names 'shoe_size', which is unknown" in named
    assert str(refused.value).count("\n- ") == 5


OVERLAP = """
[[document]]
code = "health_insurance_card"
article = "x"
photograph = false
address = "yes"
masks = []
from = 2025-12-01
"""
NO_OVERLAP = OVERLAP.replace("2025-12-01", "2025-12-02")


def test_rows_whose_days_overlap_are_refused(tmp_path: Path) -> None:
    with pytest.raises(law.BadData, match=r"document \(health_insurance_card\): two rows are in force on 2025-12-01"):
        load_papers(changed(tmp_path, "evidence_jp.toml", more=OVERLAP))


def test_rows_that_follow_each_other_are_not(tmp_path: Path) -> None:
    papers = load_papers(changed(tmp_path, "evidence_jp.toml", more=NO_OVERLAP))

    assert [row.first for row in papers.documents if row.code == "health_insurance_card"] == [None, date(2025, 12, 2)]


# what is wrong, what was there, what the message says
BAD_DATES = [
    ("from = 2024-12-02", 'from = "2024-12-02"', "from is '2024-12-02', which is not a date; write it as 2022-04-01"),
    ("from = 2024-12-02", "from = 2024-12-02T00:00:00", "which is not a date"),
    ("from = 2024-12-02", "from = 20241202", "from is 20241202, which is not a date"),
    ("from = 2024-12-02", "from = 2024-12-02\nuntil = 2024-12-01", "until 2024-12-01 lies before from 2024-12-02"),
    ("until = 2022-03-31", "until = 2022-03-30", "every day needs an age"),
    (
        "issued_within_months = 3",
        "issued_within_months = 0",
        "issued_within_months is 0; write a whole number from 1 on",
    ),
    ('address = "yes"', 'address = "perhaps"', "address is 'perhaps'; write one of as_recorded, no, yes"),
    ('kind = "agent"', 'kind = "friend"', "kind is 'friend'; write one of adult_ward, agent, assistant, bereaved"),
]


@pytest.mark.parametrize(("right", "wrong", "message"), BAD_DATES)
def test_a_value_that_is_none_is_refused_with_what_to_write(
    tmp_path: Path, right: str, wrong: str, message: str
) -> None:
    with pytest.raises(law.BadData) as refused:
        load_papers(changed(tmp_path, "evidence_jp.toml", (right, wrong)))

    assert [message in fault for fault in refused.value.faults] == [True]
    assert refused.value.faults[0].startswith("evidence_jp.toml")


def test_a_day_that_does_not_exist_is_one_fault_with_its_line(tmp_path: Path) -> None:
    broken = changed(tmp_path, "purposes.toml", ("from = 2015-02-19", "from = 2015-02-29"))

    with pytest.raises(law.BadData) as refused:
        load_register(broken)

    assert len(refused.value.faults) == 1
    assert "purposes.toml: " in refused.value.faults[0]
    assert "line " in refused.value.faults[0]


def test_a_missing_file_is_one_fault(tmp_path: Path) -> None:
    with pytest.raises(law.BadData) as refused:
        load_register(tmp_path / "purposes.toml")

    assert refused.value.faults == ("purposes.toml: there is no such file",)


def test_a_ground_shown_as_another_must_read_like_it(tmp_path: Path) -> None:
    unlike = changed(
        tmp_path, "jp_appi.toml", ('en = "we hold no such information', 'en = "we will not say whether we hold it')
    )

    with pytest.raises(law.BadData, match="record_excluded: its words differ from those of not_held"):
        load_regime(unlike)


def test_a_purpose_in_force_twice_is_refused(tmp_path: Path) -> None:
    twice = changed(tmp_path, "purposes.toml", ('code = "employee_hr"', 'code = "employee_law"'))

    with pytest.raises(law.BadData, match=r"purpose \(employee employee_law\): two rows are in force on 2015-02-19"):
        load_register(twice)


def test_a_ground_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    twice = changed(tmp_path, "jp_appi.toml", ('code = "business"', 'code = "harm"'))

    with pytest.raises(law.BadData, match=r"ground 2 \(harm\): is there twice"):
        load_regime(twice)
