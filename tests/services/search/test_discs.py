"""What goes out electronically is made once, encrypted, and its passphrase goes in a letter of its own."""

import hashlib
import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import pyzipper

from models import staff
from models.disc import disc
from models.effect import effect
from models.letter import letter
from models.session import reading
from services.audit import doctor
from services.disclosure import treating
from services.disclosure.treating import Standing
from services.ending import erasing
from services.engine import dead_letters, outbox
from services.engine.handlers import handlers
from services.engine.outbox import Step
from services.letters import making
from services.request import discs
from services.request.outgoing import DISC
from tests.office import APPROVER, LEAD, VERIFIER, TestOffice
from tests.prepared import remembered
from tests.services.search.found import LOOKER, TABLE, a_pdf, found
from workflows.disclosure.values import SCALE, Mask
from workflows.engine.schemas import KEY, SCHEMA
from workflows.law.values import OutcomeName, Right, RightOutcome
from workflows.request.payloads import CorrectAnswer, Decide, Fulfil

ON_DISC = RightOutcome(
    outcome=OutcomeName.PARTLY, ground="harm", method="electronic", explanation="ディスクでお送りします。"
)
ANEW = CorrectAnswer(outcomes={Right.DISCLOSURE: ON_DISC}, why="誤り")


@remembered
def released(office: TestOffice) -> str:
    """Return a case whose answer goes out on a disc: a PDF masked in part and a table without one row."""
    case = office.verified()
    pdf, table = found(office, case, ("a.pdf", a_pdf("public", "SECRET")), ("b.csv", TABLE))
    top = Mask(number=0, ground="harm", by="", page=2, area=(0, 1000, SCALE, 1500))
    for outcome in (
        treating.mask(pdf, [top], LOOKER, office.unit),
        treating.mask(table, [Mask(number=0, ground="harm", by="", row=3)], LOOKER, office.unit),
        treating.enclose(pdf, LOOKER, office.unit),
        treating.enclose(table, LOOKER, office.unit),
    ):
        assert isinstance(outcome, Standing), outcome
    office.must(case, "decide", Decide(outcomes={Right.DISCLOSURE: ON_DISC}), VERIFIER)
    office.must(case, "fulfil", Fulfil(), APPROVER)
    return case


def make(office: TestOffice, handler: outbox.Handler[Any] = DISC) -> list[str]:
    """Let the worker make every disc that waits; a former claim has grown old."""
    waiting = office.ask(effect.select().where(effect.c.kind == "disc", effect.c.state == "waiting"))
    return [outbox.deliver(row.id, replace(handler, lease=timedelta(0)), office.unit) for row in waiting]


def files_of(office: TestOffice) -> list[Path]:
    return sorted(path for path in office.settings.discs.rglob("*") if path.is_file())


def passphrase(office: TestOffice, case: str) -> str:
    (*_, row) = office.ask(disc.select().order_by(disc.c.id))
    with reading(office.engine) as db:
        return discs.passphrase_of(db, row.letter, case, office.at(db))


def letters(office: TestOffice, case: str, kind: str) -> list[Any]:
    of_it = letter.select().where(letter.c.case_id == office.case(case).id, letter.c.kind == kind)
    return list(office.ask(of_it.order_by(letter.c.id)))


def text_of(office: TestOffice, row: Any) -> str:
    document = pypdfium2.PdfDocument((office.settings.spool / row.path).read_bytes())
    return "".join(page.get_textpage().get_text_range() for page in document)


def test_a_disc_holds_what_goes_out_and_its_passphrase_goes_alone(asking: TestOffice) -> None:
    case = released(asking)

    became = make(asking)
    asking.make_letters(case, typeset=True)

    assert became == ["done"]
    (file,) = files_of(asking)
    secret = passphrase(asking, case)
    with pyzipper.AESZipFile(file) as archive:
        assert all(info.flag_bits & 1 and info.compress_type != 0 for info in archive.infolist())
        archive.setpassword(secret.encode())
        held = {name: archive.read(name) for name in archive.namelist()}
    first, second = "1-F26-000001.pdf", "2-F26-000002.csv"
    assert set(held) == {"contents.txt", first, second}
    contents = held["contents.txt"].decode("utf-8-sig")
    for name in (first, second):
        assert name in contents
        assert contents.count(hashlib.sha256(held[name]).hexdigest()) == 2  # in both languages
    assert held[second].decode("utf-8-sig").splitlines() == [
        "氏名,電話,備考",
        "見本 花子,03-0000-0000,本人",
        "■■■,■■■,■■■",
    ]
    pdf = pypdfium2.PdfDocument(held[first])
    assert [page.get_textpage().get_text_range() for page in pdf] == ["", ""]
    page = pdf[1].render().to_pil().convert("L")
    black = page.crop((0, int(page.height * 0.11), page.width, int(page.height * 0.24)))
    assert black.getextrema()[1] < 16
    (answer,), (alone,) = (letters(asking, case, kind) for kind in ("disclosure_notification", "disc_passphrase"))
    assert secret in text_of(asking, alone)
    assert secret not in text_of(asking, answer)
    assert ("on the disc" in text_of(asking, answer), "Enclosure 1 of" in text_of(asking, answer)) == (True, False)
    assert {row.case_id for row in asking.ask(disc.select())} == {asking.case(case).id}


def test_nobody_without_the_passphrase_reads_it_and_it_stands_nowhere_in_the_clear(asking: TestOffice) -> None:
    case = released(asking)
    make(asking)
    secret = passphrase(asking, case)

    with pyzipper.AESZipFile(files_of(asking)[0]) as archive:
        archive.setpassword(b"0000-0000-0000-0000-0")
        with pytest.raises(RuntimeError):
            archive.read("contents.txt")
    everything = "".join(str(asking.ask(table.select())) for table in (disc, effect, letter, staff.office_event)) + str(
        tuple(asking.case(case))
    )
    with reading(asking.engine) as db:
        (row,) = db.execute(disc.select())
        sealed = asking.at(db).keys.get(case).open_json("disc", "passphrase", row.letter, row.passphrase)
    assert sealed == {KEY: SCHEMA, "passphrase": secret}
    assert re.fullmatch(r"([0-9A-Z]{4}-){4}[0-9A-Z]", secret)
    assert secret not in everything


class Killed(BaseException):
    """A worker dies: nothing catches this, and nothing is written after it."""


def at(step: Step) -> outbox.Handler[Any]:
    def seen(here: Step, _: Any) -> None:
        if here is step:
            raise Killed

    return replace(DISC, seen=seen)


def after_the_file() -> outbox.Handler[Any]:
    def do(*given: Any) -> Any:
        discs.make(*given)
        raise Killed

    return replace(DISC, do=do)


@pytest.mark.parametrize(
    "dying",
    [lambda: at(Step.CLAIMED), after_the_file, lambda: at(Step.FINISHING), lambda: at(Step.FINISHED)],
    ids=["after the claim", "after the file", "before the finish is committed", "after the finish"],
)
def test_however_its_worker_dies_a_disc_is_made_once(
    asking: TestOffice, dying: Callable[[], outbox.Handler[Any]]
) -> None:
    released(asking)

    with pytest.raises(Killed):
        make(asking, dying())
    lay = [file.read_bytes() for file in files_of(asking)]
    make(asking)

    (file,) = files_of(asking)
    (row,) = asking.ask(disc.select())
    assert (row.sha256, row.bytes) == (hashlib.sha256(file.read_bytes()).hexdigest(), file.stat().st_size)
    assert lay in ([], [file.read_bytes()])  # what lay there already is what goes out
    assert [one.state for one in asking.ask(effect.select().where(effect.c.kind == "disc"))] == ["done"]
    assert make(asking) == []


@pytest.mark.parametrize("step", [making.Step.TYPESETTING, making.Step.LINKED, making.Step.FINISHING])
def test_however_its_worker_dies_a_letter_with_enclosures_is_made_once(
    asking: TestOffice, step: making.Step, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = asking.verified()
    pdf, table = found(asking, case, ("a.pdf", a_pdf("one", "two")), ("b.csv", TABLE))
    for number in (pdf, table):
        treating.enclose(number, LOOKER, asking.unit)
    asking.must(
        case, "decide", Decide(outcomes={Right.DISCLOSURE: RightOutcome(outcome=OutcomeName.GRANTED)}), VERIFIER
    )
    asking.must(case, "fulfil", Fulfil(), APPROVER)

    def dies(here: making.Step, _: str) -> None:
        if here is step:
            raise Killed

    with monkeypatch.context() as watched:
        watched.setattr(making, "_watchers", [dies])
        with pytest.raises(Killed):
            asking.make_letters(case, typeset=True)
    asking.tell("UPDATE effect SET claimed_at = NULL")
    again = asking.make_letters(case, typeset=True)

    (row,) = letters(asking, case, "disclosure_notification")
    spool = [file for file in asking.settings.spool.rglob("*") if file.is_file() and row.number in file.name]
    assert again == ["made"]
    assert [hashlib.sha256(file.read_bytes()).hexdigest() for file in spool] == [row.sha256]


def test_it_is_handed_out_once_and_again_only_by_name(asking: TestOffice) -> None:
    case = released(asking)

    def handed(*, again: bool = False) -> discs.HandedOut | str:
        with asking.writing() as db:
            try:
                return discs.hand_out(db, asking.case(case), "/disc", "sato", asking.at(db), again=again)
            except discs.NoDisc as no:
                return no.code

    early = handed()
    make(asking)
    first, twice, again = handed(), handed(), handed(again=True)

    assert (early, twice) == ("disc_not_made", "disc_written")
    assert isinstance(first, discs.HandedOut)
    assert isinstance(again, discs.HandedOut)
    assert (first.time, again.time, first.files) == (1, 2, again.files)
    name = next(name for name in first.files if name.endswith(".zip"))
    readme = first.files["README.txt"].decode("utf-8-sig")
    assert hashlib.sha256(first.files[name]).hexdigest() in readme
    assert passphrase(asking, case) not in readme
    told = asking.ask(staff.office_event.select().where(staff.office_event.c.what == "disc_written"))
    assert [row.details["time"] for row in told] == [1, 2]


@pytest.mark.parametrize("made", [False, True])
def test_a_decision_taken_back_takes_its_disc_back(asking: TestOffice, *, made: bool) -> None:
    case = released(asking)
    first = passphrase(asking, case)
    if made:
        make(asking)

    asking.must(case, "correct_answer", ANEW, VERIFIER)
    with reading(asking.engine) as db:
        between = discs.newest(db, asking.case(case))
    nothing = make(asking)
    asking.must(case, "fulfil", Fulfil(), APPROVER)

    assert (between, nothing) == (None, [])
    assert make(asking) == ["done"]
    assert passphrase(asking, case) != first
    states = [row.state for row in letters(asking, case, "disc_passphrase")]
    assert states == ["void", "ordered"]


def test_somebody_elses_file_is_never_sent_and_the_disc_comes_back(asking: TestOffice) -> None:
    case = released(asking)
    (row,) = asking.ask(disc.select())
    place = asking.settings.discs / discs.path_of(row.letter)
    place.parent.mkdir(parents=True)
    place.write_bytes(b"PK another office's disc")

    became = make(asking)
    with asking.writing() as db:
        (dead,) = dead_letters.of_case(db, case)
        place.unlink()
        dead_letters.requeue(db, asking.at(db), [dead], LEAD, "it was moved away")

    assert (became, make(asking)) == (["set_aside"], ["done"])
    assert dead.fault == "another disc lies under this number"


def test_what_an_attempt_left_in_pieces_is_written_over(asking: TestOffice) -> None:
    released(asking)
    with pytest.raises(Killed):
        make(asking, at(Step.CLAIMED))
    (row,) = asking.ask(disc.select())
    place = asking.settings.discs / discs.path_of(row.letter)
    place.parent.mkdir(parents=True)
    place.write_bytes(b"PK\x03\x04 torn")

    assert make(asking) == ["done"]
    assert pyzipper.is_zipfile(io.BytesIO(place.read_bytes()))


def test_erasing_leaves_neither_disc_nor_passphrase(asking: TestOffice, tmp_path: Path) -> None:
    case = released(asking)
    make(asking)
    out = tmp_path / "out"
    out.mkdir()
    with asking.writing() as db:
        given = discs.hand_out(db, asking.case(case), str(out), "sato", asking.at(db), again=False)
    for name, content in given.files.items():
        (out / name).write_bytes(content)
    asking.make_letters(case)
    asking.print_letters(case)
    asking.post_letters(case)
    asking.shred(case)

    erased = erasing.erase(asking.unit, case, LEAD, "依頼による")

    assert isinstance(erased, erasing.Erased), erased
    assert (files_of(asking), list(out.iterdir())) == ([], [])
    assert [row.passphrase for row in asking.ask(disc.select())] == [None]


def test_the_doctor_names_a_disc_that_is_gone_or_another(asking: TestOffice) -> None:
    released(asking)
    make(asking)
    (file,) = files_of(asking)

    def named() -> list[str]:
        return [each.what for each in doctor.examine(asking.unit, files=True) if "disc" in each.what]

    well = named()
    file.write_bytes(b"another")
    altered = named()
    file.unlink()

    assert (well, altered, named()) == ([], ["disc_differs"], ["disc_missing"])


def test_it_is_work_of_the_worker_of_effects() -> None:
    assert handlers()["disc"] is DISC
