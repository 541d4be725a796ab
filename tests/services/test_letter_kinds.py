"""A kind of letter that is stopped: ordered as ever, not made, not printed; made once when it is started again."""

import hashlib
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from models import effect as effect_rows
from models import letter_kind
from models.session import reading, transaction
from services.audit import doctor
from services.engine import outbox
from services.letters import letter_kinds, making, post, printing
from services.letters.typesetting import Typeset
from services.office.staff import Asker
from services.reports.cases import why
from services.reports.health import checks
from services.reports.worklist import Wanted, worklist
from tests.office import CLERK, LEAD, TestOffice
from tests.patient import patient_engine
from workflows.engine.values import Actor, Language, Role
from workflows.letters import RecordPosting
from workflows.request.payloads import Amend, MailForms, Withdraw
from workflows.request.values import LetterKind, ToldHow

FORMS, CONFIRMATION = LetterKind.REQUEST_FORMS, LetterKind.WITHDRAWAL_CONFIRMATION
KUDO = Asker(LEAD, LEAD, frozenset({Role.LEAD}))
SATO = Actor(CLERK, frozenset({Role.CLERK}))


def stop(office: TestOffice, kind: LetterKind = FORMS, reason: str = "wrong_wording", who: Asker = KUDO) -> bool:
    with office.writing() as db:
        return letter_kinds.stop(db, kind, reason, who, office.at(db))


def start(office: TestOffice, kind: LetterKind = FORMS, who: Asker = KUDO) -> bool:
    with office.writing() as db:
        return letter_kinds.start(db, kind, who, office.at(db))


def kind_of(office: TestOffice, kind: LetterKind = FORMS) -> letter_kinds.Kind:
    with reading(office.engine) as db:
        return next(one for one in letter_kinds.everything(db) if one.kind == kind)


def states(office: TestOffice, case: str) -> list[str]:
    rows = office.ask(
        'SELECT state FROM letter WHERE case_id = (SELECT id FROM "case" WHERE number = :case) ORDER BY id', case=case
    )
    return [row.state for row in rows]


def effect_of(office: TestOffice, case: str) -> Any:
    return office.ask("SELECT * FROM effect WHERE case_number = :case ORDER BY id DESC", case=case)[0]


def rung_for(office: TestOffice) -> list[str]:
    """Return the cases whose letters the sweep rings for, a minute later."""
    long_ago = datetime.now(UTC) - timedelta(seconds=61)
    office.tell(
        "UPDATE effect SET ordered_at = :then",
        then=long_ago if office.engine.dialect.name == "postgresql" else long_ago.strftime("%Y-%m-%d %H:%M:%S.%f"),
    )
    with reading(office.engine) as db:
        return [row.case_number for row in outbox.to_ring(db, making.LETTERS)]


def sheet(content: bytes) -> Typeset:
    """Return a letter as a template would give it."""
    return Typeset(content, 1, hashlib.sha256(content).hexdigest())


def printed(office: TestOffice, numbers: list[str] | None, folder: Path, **more: Any) -> printing.Printed:
    return printing.print_letters(numbers, folder, SATO, office.unit, office.engine, language="en", **more)


# -- made -----------------------------------------------------------------------------------------------------------


def test_a_stopped_kind_is_ordered_and_not_made_and_no_attempt_is_counted(office: TestOffice) -> None:
    stop(office)
    case = office.opened()

    said = [*office.make_letters(case), *office.make_letters(case), *office.make_letters(case), *office.make_letters()]

    effect = effect_of(office, case)
    assert said == ["stopped"] * 4
    assert states(office, case) == ["ordered"]
    assert (effect.state, effect.attempts, effect.claimed_at) == ("waiting", 0, None)
    assert office.ask("SELECT 1 FROM incident") == []
    assert rung_for(office) == []


def test_every_other_kind_goes_on(office: TestOffice) -> None:
    stop(office)
    waiting = office.opened()
    withdrawn = office.opened()
    office.must(withdrawn, "withdraw", Withdraw(on=office.today, how=ToldHow.PHONE))

    ringing = rung_for(office)
    office.make_letters()

    assert ringing == [withdrawn]
    assert states(office, withdrawn) == ["void", "made"]
    assert states(office, waiting) == ["ordered"]


def test_what_waited_is_made_once_after_the_start(office: TestOffice) -> None:
    stop(office)
    waiting = [office.opened() for _ in range(3)]
    office.make_letters()
    start(office)

    ringing = rung_for(office)
    said = [*office.make_letters(), *office.make_letters()]

    assert ringing == waiting
    assert said == ["made"] * 3
    assert [states(office, case) for case in waiting] == [["made"]] * 3
    assert [effect_of(office, case).attempts for case in waiting] == [1, 1, 1]


def test_what_waits_is_made_as_the_template_is_at_the_start(office: TestOffice) -> None:
    new = sheet(b"%PDF the new wording")
    stop(office)
    case = office.opened()
    office.make_letters(case)
    start(office)

    making.make(effect_of(office, case).id, office.unit, lambda _: new)

    (row,) = office.ask("SELECT * FROM letter WHERE number = :number", number=f"{case}-01")
    assert (office.settings.spool / row.path).read_bytes() == new.pdf


def test_a_letter_in_a_workers_hands_at_the_stop_is_made_and_kept_from_the_printer(
    office: TestOffice, tmp_path: Path
) -> None:
    case = office.opened()

    def typeset_meanwhile(_: Any) -> Any:
        stop(office)
        return sheet(b"%PDF in hand")

    said = making.make(effect_of(office, case).id, office.unit, typeset_meanwhile)
    batch = printed(office, None, tmp_path)

    assert said == "made"
    assert states(office, case) == ["made"]
    assert (batch.batch, [one.reason.code for one in batch.refused]) == (None, ["print.stopped"])


def test_what_a_dead_worker_left_under_the_old_template_makes_way_for_the_new_one(office: TestOffice) -> None:
    case = office.opened()
    effect = effect_of(office, case)
    with office.writing() as db:
        row = effect_rows.heard(db, effect.id, datetime.now(UTC))
        assert row is not None
        assert effect_rows.claim(db, row, datetime.now(UTC) - timedelta(seconds=61))
        here = office.at(db)
    # It dies after the link and before its row says so.
    making.render(row, here, office.unit, typeset=lambda _: sheet(b"%PDF the old wording"))
    stop(office)
    start(office)

    said = making.make(effect.id, office.unit, lambda _: sheet(b"%PDF the new wording"))
    with office.writing() as db:
        other = making.Made(making.spool_path(f"{case}-01", 1), "0" * 64, 1)
        late = outbox.finish(db, row, making.LETTERS, other, office.at(db))

    (stored,) = office.ask("SELECT * FROM letter WHERE number = :number", number=f"{case}-01")
    file = office.settings.spool / stored.path
    assert (said, late) == ("made", False)
    assert file.read_bytes() == b"%PDF the new wording"
    assert stored.sha256 == sheet(b"%PDF the new wording").sha256
    assert [path.name for path in file.parent.iterdir()] == [file.name]


# -- printed and posted -----------------------------------------------------------------------------------------------


def test_made_letters_of_a_stopped_kind_stay_out_of_every_batch_and_are_named(
    office: TestOffice, tmp_path: Path
) -> None:
    kept, other = office.opened(), office.opened()
    office.must(other, "withdraw", Withdraw(on=office.today, how=ToldHow.PHONE))
    office.make_letters()
    stop(office)

    everything = printed(office, None, tmp_path)
    named = printed(office, [f"{kept}-01"], tmp_path)
    start(office)
    afterwards = printed(office, None, tmp_path)

    assert everything.letters == 1
    assert [(one.letter, one.reason.code) for one in everything.refused] == [(f"{kept}-01", "print.stopped")]
    assert [(one.letter, one.reason.code) for one in named.refused] == [(f"{kept}-01", "print.stopped")]
    assert (named.batch, afterwards.letters, afterwards.refused) == (None, 1, ())
    assert states(office, kept) == ["printed"]


def test_a_kind_stopped_while_a_batch_is_made_is_left_out_of_it(office: TestOffice, tmp_path: Path) -> None:
    cases = [office.opened() for _ in range(2)]
    office.must(cases[1], "withdraw", Withdraw(on=office.today, how=ToldHow.PHONE))
    office.make_letters()

    def stopping(done: int, of: int) -> None:
        if done == of:
            stop(office)

    batch = printed(office, None, tmp_path, tick=stopping)

    assert [(one.letter, one.reason.code) for one in batch.refused] == [(f"{cases[0]}-01", "print.stopped")]
    assert (batch.letters, states(office, cases[0]), states(office, cases[1])) == (1, ["made"], ["void", "printed"])


def test_a_stopped_kind_is_not_printed_again_either(office: TestOffice, tmp_path: Path) -> None:
    case = office.opened()
    office.make_letters()
    printed(office, None, tmp_path)
    stop(office)

    made, refused = printing.again([f"{case}-01"], tmp_path, SATO, office.unit)

    assert (made, [one.reason.code for one in refused]) == ([], ["print.stopped"])


def test_what_is_printed_already_can_still_be_posted(office: TestOffice) -> None:
    case = office.opened()
    office.make_letters()
    office.print_letters(case)
    stop(office)

    posted = office.do(case, "record_posting", RecordPosting(letter=f"{case}-01"))

    assert (posted.outcome, posted.state) == ("done", "forms_mailed")


def test_cases_go_on_while_a_kind_is_stopped(office: TestOffice) -> None:
    case = office.opened()
    stop(office)

    amended = office.do(case, "amend", Amend(why="moved", subject={"address": "9-9 Example, Chiyoda-ku, Tokyo"}))
    unprinted = office.do(case, "mail_forms", MailForms())

    assert amended.outcome == "done"
    assert states(office, case) == ["void", "ordered"]
    assert [reason.code for reason in unprinted.reasons] == ["not_printed"]


def test_a_rounds_mailing_made_before_the_stop_is_ordered_anew_by_naming_the_language_it_has(
    office: TestOffice,
) -> None:
    case = office.opened()
    office.make_letters()
    stop(office)

    office.must(case, "amend", Amend(why="wrong template", language=Language.EN))
    waiting = states(office, case)
    start(office)
    office.make_letters()

    assert waiting == ["void", "ordered"]
    assert states(office, case) == ["void", "made"]


# -- seen -------------------------------------------------------------------------------------------------------------


def test_health_the_count_the_list_and_why_show_what_waits_and_call_it_no_fault(office: TestOffice) -> None:
    made = office.opened()
    office.make_letters()
    stop(office, reason="the old telephone number")
    ordered = office.opened()
    rung_for(office)  # a minute passes

    with reading(office.engine) as db:
        here = office.at(db)
        seen = {one.name: one for one in checks(db, here, here.settings, None)}
        lines = {line["case"]: line["letter_stopped"] for line in worklist(db, here, Wanted())}
        said = why(db, office.case(ordered), here, Actor(LEAD, frozenset({Role.LEAD})))
        count = post.morning_count(db)

    shown = seen["letter_kinds"]
    assert (shown.ok, shown.note) == (True, True)
    assert shown.detail.params["reason"] == "the old telephone number"
    assert (shown.detail.params["to_be_made"], shown.detail.params["to_be_printed"]) == (1, 1)
    assert (seen["letters"].ok, seen["count"].detail.code) == (True, "health.count_stopped")
    assert (count["stopped"], count["balanced"]) == (2, True)
    assert lines == {made: True, ordered: True}
    assert [reason.params["letter"] for reason in said["waits"]] == [f"{ordered}-01"]


def test_the_doctor_finds_no_fault_with_what_waits_until_it_is_started(office: TestOffice) -> None:
    office.opened()
    office.make_letters()
    office.opened()
    stop(office)
    rung_for(office)
    long_ago = datetime(2026, 11, 1, tzinfo=UTC)
    kept = long_ago if office.engine.dialect.name == "postgresql" else "2026-11-01 00:00:00.000000"
    office.tell("UPDATE letter SET made_at = :then WHERE made_at IS NOT NULL", then=kept)
    office.tell("UPDATE effect SET ordered_at = :then", then=kept)

    def found() -> list[str]:
        return [one.what for one in doctor.examine(office.unit, files=False)]

    stopped = found()
    start(office)
    started = found()

    assert {"stuck_letter", "overdue_letter"}.isdisjoint(stopped)
    assert {"stuck_letter", "overdue_letter"} <= set(started)


# -- the switch -------------------------------------------------------------------------------------------------------


def test_the_switch_turns_once_and_the_log_says_who_and_why(office: TestOffice) -> None:
    fresh = kind_of(office)
    turned = [stop(office), stop(office, reason="law_changed"), start(office), start(office)]

    log = office.ask("SELECT what, actor, details FROM office_event WHERE what LIKE 'letter_kind%' ORDER BY seq")
    now = kind_of(office)
    assert (fresh.stopped, fresh.since, fresh.reason) == (False, None, None)
    assert turned == [True, False, True, False]
    assert [(row.what, row.actor) for row in log] == [("letter_kind_stopped", LEAD), ("letter_kind_started", LEAD)]
    assert "wrong_wording" in str(log[0].details)
    assert (now.stopped, now.by, now.reason) == (False, LEAD, "wrong_wording")


def test_a_stop_of_one_kind_leaves_the_others_on(office: TestOffice) -> None:
    stop(office, CONFIRMATION)

    with reading(office.engine) as db:
        assert letter_kind.stopped(db) == {CONFIRMATION}
        assert [one.kind for one in letter_kinds.stopped(db)] == [CONFIRMATION]


def test_two_leads_at_once_turn_the_switch_once(office: TestOffice) -> None:
    for deed in (stop, start):
        ready = threading.Barrier(2)
        turned: list[bool] = []

        def lead(name: str, deed: Any = deed, ready: threading.Barrier = ready, turned: list[bool] = turned) -> None:
            own = patient_engine(office.url)
            who = Asker(name, name, frozenset({Role.LEAD}))
            ready.wait(60)
            with transaction(own) as db:
                here = office.at(db)
                done = (
                    letter_kinds.stop(db, FORMS, "wrong_layout", who, here)
                    if deed is stop
                    else letter_kinds.start(db, FORMS, who, here)
                )
            turned.append(done)
            own.dispose()

        threads = [threading.Thread(target=lead, args=(name,)) for name in (LEAD, "another")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)

        assert sorted(turned) == [False, True]
    assert len(office.ask("SELECT 1 FROM office_event WHERE what LIKE 'letter_kind%'")) == 2


@pytest.mark.parametrize("reason", ["", "   ", "two\nlines", "x" * 201, "a\u202eb"])
def test_a_reason_is_one_line(office: TestOffice, reason: str) -> None:
    with pytest.raises(letter_kinds.BadReason):
        stop(office, reason=reason)

    assert not kind_of(office).stopped
