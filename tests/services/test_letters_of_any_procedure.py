"""The letters' room serves whatever procedure there is: here one that exists in this file alone, with one letter."""

import json
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pypdfium2 import PdfDocument
from sqlalchemy import insert

from clock import machine_now
from models.effect import effect
from models.letter import letter
from models.session import reading
from services.engine import outbox, todos
from services.letters import declared, letter_kinds, making, post, printing
from services.letters.profile import organisation
from services.letters.typesetting import TypesettingFailed, typeset
from services.letters.typst_source import finalize
from services.office.staff import Asker
from tests import checker
from tests.office import CLERK, LEAD, TestOffice
from tests.services.paper import codes_on, text_of
from workflows import registry
from workflows.engine.codec import written
from workflows.engine.deadlines import after, working_days
from workflows.engine.machine import BadDefinition, Machine
from workflows.engine.procedure import Procedure
from workflows.engine.values import Actor, Language, Role
from workflows.letters import Addressee, LetterContent, RecordPosting, RecordReturn, ReturnReason, UnfitContent

SATO = Actor(CLERK, frozenset({Role.CLERK}))
KUDO = Asker(LEAD, LEAD, frozenset({Role.LEAD}))


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a department is asked for."""

    name: str
    urgent: bool
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip(LetterContent):
    """What a slip asks a department for."""

    wanted: tuple[Item, ...]

    def named_for_templates(self) -> dict[str, object]:
        """Return the number of things that are wanted."""
        if not self.wanted:
            raise UnfitContent(f"slip {self.number} asks for nothing")
        return {"many": len(self.wanted)}


def a_procedure(templates: Path, name: str = "errand", kind: str = "slip") -> Procedure:
    """Return a procedure that sends one kind of letter; it records what the post does in words of its own."""
    errand: Machine[Any] = Machine(name, version=1)
    asked = errand.state("asked", initial=True, deadlines=[after(working_days(5)).do("close")])
    closed = errand.state("closed", closed=True)

    @errand.transition(by=[Role.CLERK], to=asked, letters=[kind])
    def ask(case: Any, p: Any, at: Any) -> Any: ...

    @errand.transition(asked, by=[Role.SYSTEM], to=closed)
    def close(case: Any, p: Any, at: Any) -> Any: ...

    @errand.transition(asked, by=[Role.CLERK], takes=RecordPosting)
    def sent_off(case: Any, p: Any, at: Any) -> Any: ...

    @errand.transition(asked, by=[Role.CLERK], takes=RecordReturn)
    def came_home(case: Any, p: Any, at: Any) -> Any: ...

    errand.check(letters=[kind])
    return Procedure(machine=errand, letters={kind: Slip}, templates=templates)


FRAME = """
{% extends "shared/letter.typ.j2" %}
{% block data %}
  wanted: {{ content.wanted | rows }},
{% endblock %}
{% block imports %}
#import "/errand/parts.typ": item-line
{% endblock %}
"""
SLIP = """
{% extends "errand/frame.typ.j2" %}
{% block title %}TITLE{% endblock %}
{% block body %}
TEXT

#letter.wanted.map(item => item-line(item, "URGENT")).join(linebreak())

#closing(letter)
{% endblock %}
"""
WORDS = {
    Language.JA: ("照会票", "次の{{ many | number }}点をお探しください。", "お急ぎ"),
    Language.EN: ("Search slip", "Please look for these things: {{ many | number }}.", "urgent"),
}


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """The folder of the procedure's words, outside ours."""
    folder = tmp_path / "words"
    for language, words in WORDS.items():
        (folder / language).mkdir(parents=True)
        slip = SLIP.replace("TITLE", words[0]).replace("TEXT", words[1]).replace("URGENT", words[2])
        (folder / language / "slip.typ.j2").write_text(slip, encoding="utf-8")
    (folder / "frame.typ.j2").write_text(FRAME, encoding="utf-8")
    marks = (
        '#let item-line(item, urgent) = item.name + if item.urgent [ (#urgent) ] + item.marks.join("/", default: "")\n'
    )
    (folder / "parts.typ").write_text(marks, encoding="utf-8")
    return folder


@pytest.fixture
def joined(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Let procedures join the house for the time of a test."""

    def join(procedure: Procedure) -> None:
        home = f"workflows.{procedure.name}"
        module = ModuleType(f"{home}.procedure")
        vars(module)["PROCEDURE"] = procedure
        package = ModuleType(home)
        package.__path__ = []
        monkeypatch.setitem(sys.modules, home, package)
        monkeypatch.setitem(sys.modules, module.__name__, module)
        monkeypatch.setitem(registry.HOMES, procedure.name, (home, home))
        # The case of such a letter was opened as a request; what the checker asks of its history is asked of that.
        monkeypatch.setitem(checker.WAYS, procedure.name, checker.WAYS["request"])
        _forget()

    yield join
    _forget()


def _forget() -> None:
    registry.procedure.cache_clear()


@pytest.fixture
def errand(joined: Any, templates: Path, monkeypatch: pytest.MonkeyPatch) -> Procedure:
    """The procedure, at home in the house; it keeps no store, so nothing tells what is to be done next in its cases."""
    monkeypatch.setattr(todos, "told_anew", lambda *_: 0)
    procedure = a_procedure(templates)
    joined(procedure)
    return procedure


def a_slip(case: str, ordinal: int, language: Language, **changes: Any) -> Slip:
    """Return a slip about an invented thing."""
    slip = Slip(
        number=f"{case}-{ordinal:02d}",
        case=case,
        kind="slip",
        language=language,
        dated=date(2026, 11, 24),
        addressee=Addressee(name="営業部", postcode="100-0001", address="東京都千代田区千代田1-1"),
        organisation=organisation(),
        wanted=(Item("帳簿 #1", urgent=True, marks=("A", "B")), Item("box *2*", urgent=False)),
    )
    return replace(slip, **changes)


def ordered(office: TestOffice, language: Language, ordinal: int = 2, **changes: Any) -> tuple[str, int]:
    """Return the case and the effect of a slip that was ordered, as a transition of its procedure would order it."""
    case = office.opened()
    office.tell("UPDATE \"case\" SET definition = 'errand', version = 1 WHERE number = :case", case=case)
    slip = a_slip(case, ordinal, language, **changes)
    sealed = office.keys.get(case).seal_json("effect", "sealed", f"{slip.number}/1", written(slip))
    with office.writing() as db:
        here = office.at(db)
        base = {"case_id": office.case(case).id, "seq": 1, "copy": 1}
        row = {"number": slip.number, "ordinal": ordinal, "kind": slip.kind, "language": str(language)}
        db.execute(insert(letter).values(**base, **row, state="ordered", ordered_at=here.now))
        order = {"case_number": case, "kind": "letter", "subject": slip.number, "ord": ordinal, "sealed": sealed}
        made = insert(effect).values(**base, **order, ordered_at=machine_now(db)).returning(effect.c.id)
        return case, db.execute(made).scalar_one()


def make(office: TestOffice, effect_id: int) -> str:
    """Make a slip; this procedure has no clock that a made letter starts."""
    handler = replace(making.LETTERS, clocks=lambda *_: nullcontext())
    return outbox.deliver(effect_id, handler, office.unit)


@pytest.mark.parametrize("language", Language)
def test_a_letter_of_a_procedure_of_its_own_is_made_printed_and_drawn(
    errand: Procedure, office: TestOffice, language: Language, tmp_path: Path
) -> None:
    case, effect_id = ordered(office, language)

    became = make(office, effect_id)
    batch = printing.print_letters([f"{case}-02"], tmp_path, SATO, office.unit, office.engine, language=language)

    assert batch.merged is not None
    assert batch.manifest is not None
    with PdfDocument(batch.merged) as pdf:
        text = text_of(batch.merged.read_bytes())
        codes = [codes_on(page) for page in pdf]
    title, _, urgent = WORDS[language]
    (item,) = json.loads(batch.manifest.read_text(encoding="utf-8"))["items"]
    assert (became, batch.letters, item["kind"], item["language"]) == ("done", 1, "slip", language)
    assert codes == [[f"MG1 {case} {case}-02 - 1/1"]]
    assert all(word in text for word in (title, f"帳簿 #1 ({urgent}) A/B", "box *2*", f"{case}-02", "営業部"))


def test_what_the_post_does_is_recorded_in_the_words_of_the_cases_own_procedure(
    errand: Procedure, office: TestOffice
) -> None:
    case, effect_id = ordered(office, Language.EN)
    make(office, effect_id)

    with reading(office.engine) as db:
        both = post.postings(db, [f"{case}-01", f"{case}-02"], None)
        home = post.homecoming(db, f"{case}-02", ReturnReason.MOVED, None)

    assert [mail.transition for mail in both] == ["sent_off", "sent_off"]
    assert (home.transition, home.payload.letter) == ("came_home", f"{case}-02")


def test_its_kind_has_a_switch_like_every_other(errand: Procedure, office: TestOffice) -> None:
    _, effect_id = ordered(office, Language.EN)
    with office.writing() as db:
        letter_kinds.stop(db, "slip", "wrong_wording", KUDO, office.at(db))
        known = [(one.kind, one.stopped) for one in letter_kinds.everything(db)]

    stopped = make(office, effect_id)
    with office.writing() as db:
        letter_kinds.start(db, "slip", KUDO, office.at(db))
    started = make(office, effect_id)

    assert known[-1] == ("slip", True)
    assert [kind for kind, on in known if on] == ["slip"]
    assert (stopped, started) == ("stopped", "done")


def test_a_kind_that_nobody_declares_has_no_switch(office: TestOffice) -> None:
    with office.writing() as db, pytest.raises(declared.UnknownKind):
        letter_kinds.stop(db, "slip", "wrong_wording", KUDO, office.at(db))


def test_a_letter_its_cases_procedure_does_not_send_is_set_aside(errand: Procedure, office: TestOffice) -> None:
    case, effect_id = ordered(office, Language.EN)
    office.tell("UPDATE \"case\" SET definition = 'request', version = 3 WHERE number = :case", case=case)

    assert make(office, effect_id) == "set_aside"


def test_content_that_does_not_fit_together_is_no_letter(errand: Procedure) -> None:
    with pytest.raises(TypesettingFailed, match="26-000017-Y-02 asks for nothing"):
        typeset(a_slip("26-000017-Y", 2, Language.EN, wanted=()))


def test_a_procedure_whose_letter_lacks_its_words_in_a_language_is_refused(errand: Procedure, templates: Path) -> None:
    declared.check()
    (templates / "en" / "slip.typ.j2").unlink()

    assert [(kind.name, language) for kind, language in declared.without_words()] == [("slip", Language.EN)]
    with pytest.raises(BadDefinition, match="ask: no template for slip"):
        declared.check()


def test_no_worker_starts_under_a_procedure_whose_letter_lacks_its_words(errand: Procedure, templates: Path) -> None:
    from tasks.app import _check_house

    (templates / "ja" / "slip.typ.j2").unlink()

    with pytest.raises(SystemExit, match="no template for slip"):
        _check_house()


def test_two_procedures_never_call_their_letters_alike(errand: Procedure, joined: Any, templates: Path) -> None:
    joined(a_procedure(templates, "other"))

    with pytest.raises(BadDefinition, match="slip: a letter of errand"):
        declared.kinds()


def test_a_procedure_that_sends_letters_can_record_what_the_post_does_with_them(joined: Any, templates: Path) -> None:
    procedure = a_procedure(templates)
    del procedure.machine.transitions["came_home"]
    joined(procedure)

    with pytest.raises(BadDefinition, match="exactly one transition that takes RecordReturn, has 0"):
        declared.check()


def test_rows_hold_texts_yes_or_no_and_lists_of_texts_alone() -> None:
    from services.letters.typst_source import _rows

    assert finalize(_rows([Item("a#", urgent=True, marks=("b",))])) == (
        '((name: "a\\u{23}", urgent: true, marks: ("b", ), ), )'
    )
    with pytest.raises(TypeError, match="no row"):
        _rows(["a"])
