"""Mail to people who work here, by a real server: what goes to whom, once, and what a server's moods do to it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import insert, update

from clock import machine_now
from models import mail
from models.incident import notice
from models.office import heartbeat
from models.session import reading
from services.ending import retention
from services.mail import ordering, sending, server
from services.office import staff as people
from services.office.staff import Asker
from services.reports.health import checks
from services.reports.notices import mark_read, notices
from tests.office import APPROVER, CLERK, LEAD, TOKYO, TestOffice
from tests.people import a_contact
from tests.services.post_boxes import Boxes, free_port, serving, url
from workflows.engine.codec import to_plain
from workflows.engine.values import Role
from workflows.office.keeping import USUAL
from workflows.words import say

LEADS_BOX, CLERKS_BOX = "kudo@office.example", "sato@office.example"
HIM = Asker(LEAD, LEAD, frozenset({Role.LEAD}))


@pytest.fixture
def port() -> int:
    """Where the office's mail server is."""
    return free_port()


@pytest.fixture
def boxes(office: TestOffice, port: int) -> Iterator[Boxes]:
    """The office's mail server, which runs; the lead and the clerk have addresses."""
    office.settings = replace(office.settings, smtp_url=url(port))
    addressed(office, LEAD, LEADS_BOX, "en")
    addressed(office, CLERK, CLERKS_BOX, "ja")
    made = Boxes()
    with serving(made, port):
        yield made


def addressed(office: TestOffice, name: str, address: str | None, language: str | None = None) -> None:
    with office.writing() as db:
        people.mailed(db, name, address, language, HIM, office.at(db).now)


def now(office: TestOffice) -> datetime:
    assert office.now is not None
    return office.now


def at(office: TestOffice, day: int, hour: int, minute: int = 0) -> None:
    """Let it be that moment of November 2026."""
    office.now = datetime(2026, 11, day, hour, minute, tzinfo=TOKYO)


def told(office: TestOffice, role: str, code: str, case: str | None = None, **params: object) -> None:
    row = {"role": role, "code": code, "case_number": case, "params": {"case": case, **params}, "at": now(office)}
    with office.writing() as db:
        db.execute(insert(notice), row)


def round_(office: TestOffice) -> int:
    """Let the sweep go round once, and whoever sends; return how many the server took."""
    ordering.order(office.unit)
    return sending.send(office.unit)


def states(office: TestOffice) -> list[tuple[str, str, str]]:
    return [(row.name, row.kind, row.state) for row in office.ask("SELECT name, kind, state FROM mail ORDER BY id")]


def ago(office: TestOffice, span: timedelta) -> None:
    """Let this much time pass on the machine, as the rows tell it."""
    with office.writing() as db:
        for row in db.execute(mail.mail.select()).all():
            later = None if row.not_before is None else row.not_before - span
            claimed = None if row.claimed_at is None else row.claimed_at - span
            times = {"ordered_at": row.ordered_at - span, "not_before": later, "claimed_at": claimed}
            db.execute(update(mail.mail).where(mail.mail.c.id == row.id).values(times))


def health(office: TestOffice) -> tuple[bool, str]:
    with reading(office.engine) as db:
        (found,) = [c for c in checks(db, office.at(db), office.settings, None) if c.name == "mail"]
    return found.ok, say(found.detail, "en")


# -- at once --------------------------------------------------------------------------------------------------------


def test_what_a_lead_is_told_is_mailed_at_once_and_once(office: TestOffice, boxes: Boxes) -> None:
    case = office.opened()
    at(office, 9, 8)  # before the office opens
    told(office, "lead", "notice.stalled_contacted", case, times=1, since="2026-11-05")
    told(office, "clerk", "notice.tray_waits", None, tray="T26-000001-X", since="2026-11-05")

    assert round_(office) == 1
    assert round_(office) == 0

    (came,) = boxes.came
    assert (came["To"], came["Subject"]) == (LEADS_BOX, f"Madoguchi: {case}")
    assert (came["Auto-Submitted"], came["Content-Language"]) == ("auto-generated", "en")
    assert case in came.get_content()
    assert "./admin.py" in came.get_content()


def test_what_comes_soon_after_goes_together_and_what_stands_unread_is_not_said_again(
    office: TestOffice, boxes: Boxes
) -> None:
    at(office, 9, 8)
    first, second, third = office.opened(), office.opened(), office.opened()
    told(office, "lead", "notice.stalled_contacted", first, times=1, since="2026-11-05")
    assert round_(office) == 1
    told(office, "lead", "notice.stalled_contacted", second, times=1, since="2026-11-05")
    told(office, "lead", "notice.stalled_contacted", first, times=2, since="2026-11-05")
    assert round_(office) == 0
    told(office, "lead", "notice.stalled_contacted", third, times=1, since="2026-11-05")
    ago(office, ordering.PAUSE)

    assert round_(office) == 1

    words = boxes.came[-1].get_content()
    assert second in words
    assert third in words
    assert first not in words


def test_of_two_sweeps_at_once_each_tells_what_the_other_did_not(
    office: TestOffice, boxes: Boxes, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(office, 9, 8)
    case = office.opened()
    told(office, "lead", "notice.stood_still", since="2026-11-05", until="2026-11-09", due=3)
    with reading(office.engine) as db:
        ((circle, first),) = ordering.circles(db, office.at(db))
    told(office, "lead", "notice.stalled_contacted", case, times=1, since="2026-11-05")
    with reading(office.engine) as db:
        ((_, both),) = ordering.circles(db, office.at(db))
    for seen in (first, both):  # the second looked before the first had written
        monkeypatch.setattr(ordering, "circles", lambda db, office, seen=seen: [(circle, seen)])
        assert round_(office) == 1

    one, other = boxes.came
    assert case not in one.get_content()
    assert case in other.get_content()
    assert one.get_content().splitlines()[0] not in other.get_content()


def test_what_was_read_and_is_told_again_is_mailed_again(office: TestOffice, boxes: Boxes) -> None:
    at(office, 9, 8)
    case = office.opened()
    told(office, "lead", "notice.stalled_contacted", case, times=1, since="2026-11-05")
    round_(office)
    with office.writing() as db:
        here = office.at(db)
        mark_read(db, [line["id"] for line in notices(db, here, "en", unread=True)], [Role.LEAD], LEAD, here)
    told(office, "lead", "notice.stalled_contacted", case, times=2, since="2026-11-05")
    ago(office, ordering.PAUSE)

    assert round_(office) == 1


def test_a_department_is_told_of_its_own_searches_alone(office: TestOffice, boxes: Boxes) -> None:
    for name, department in (("ueda", "sales"), ("wada", "support")):
        with office.writing() as db:
            people.add(db, name, [Role.HOLDER], HIM, now(office), department=department)
        addressed(office, name, f"{name}@office.example", "en")
    at(office, 9, 8)
    told(office, "holder", "notice.search_asked", "S26-000001-C", department="sales", day="2026-11-20")

    assert round_(office) == 1
    assert [one["To"] for one in boxes.came] == ["ueda@office.example"]


# -- in the morning -------------------------------------------------------------------------------------------------


def test_each_working_morning_one_message_says_what_stands(office: TestOffice, boxes: Boxes) -> None:
    case = office.opened()
    at(office, 10, 9, 29)
    told(office, "clerk", "mail_came_back", case, letter=f"{case}-P1", why="return.unknown")
    assert round_(office) == 0
    at(office, 10, 9, 30)

    assert round_(office) == 2
    assert round_(office) == 0

    (clerks,) = boxes.to(CLERKS_BOX)
    assert (clerks["Subject"], clerks["Content-Language"]) == ("窓口: 2026-11-10 の仕事", "ja")
    assert case in clerks.get_content()
    assert "mail_came_back" not in clerks.get_content()
    (leads,) = boxes.to(LEADS_BOX)
    assert "nobody's" in leads.get_content()


def test_no_message_on_a_day_the_office_is_closed_nor_where_nothing_stands(office: TestOffice, boxes: Boxes) -> None:
    office.opened()
    at(office, 14, 10)  # a Saturday
    assert round_(office) == 0
    at(office, 16, 17)  # the desk was down at half past nine
    assert round_(office) == 1
    assert [one["To"] for one in boxes.came] == [LEADS_BOX]
    assert [row[0] for row in states(office)] == [LEAD]


def test_nothing_of_a_person_is_in_any_message(office: TestOffice, boxes: Boxes) -> None:
    case = office.opened()
    subject = to_plain(a_contact().subject)
    told(office, "lead", "notice.stalled_contacted", case, times=1, since="2026-11-05")
    round_(office)

    for raw in boxes.raw:
        for name in ("name", "kana", "address", "postcode", "email", "phone"):
            if subject.get(name):
                assert subject[name].encode() not in raw
    assert boxes.raw


# -- a server's moods -----------------------------------------------------------------------------------------------


def test_a_server_that_is_away_is_seen_and_everything_goes_out_when_it_is_back(office: TestOffice, port: int) -> None:
    office.settings = replace(office.settings, smtp_url=url(port))
    addressed(office, LEAD, LEADS_BOX, "en")
    at(office, 9, 8)
    told(office, "lead", "notice.stood_still", since="2026-11-05", until="2026-11-09", due=3)

    assert round_(office) == 0
    assert health(office) == (True, "1 wait to be sent")
    ago(office, timedelta(minutes=11))
    assert round_(office) == 0  # and it was tried again

    ok, words = health(office)
    assert not ok
    assert "ConnectionRefusedError" in words
    boxes = Boxes()
    with serving(boxes, port):
        assert round_(office) == 0  # its pause is not over
        ago(office, sending.LAST_PAUSE)
        assert round_(office) == 1
    assert health(office)[0]
    assert states(office) == [(LEAD, "at_once", "sent")]


def test_an_address_the_server_refuses_stops_nobody_else_and_has_a_way_back(office: TestOffice, boxes: Boxes) -> None:
    office.opened()
    boxes.refuses.add(LEADS_BOX)
    at(office, 10, 9, 30)
    told(office, "clerk", "notice.tray_waits", None, tray="T26-000001-X", since="2026-11-05")

    assert round_(office) == 1
    assert {name: state for name, _, state in states(office)} == {LEAD: "refused", CLERK: "sent"}
    ok, words = health(office)
    assert not ok
    assert f"to {LEAD} first" in words
    assert "@" not in words
    addressed(office, LEAD, "kudo@elsewhere.example", "en")

    assert round_(office) == 1
    assert [one["To"] for one in boxes.came] == [CLERKS_BOX, "kudo@elsewhere.example"]
    assert health(office)[0]


def test_a_server_that_is_busy_with_one_address_is_asked_again(office: TestOffice, boxes: Boxes) -> None:
    at(office, 9, 8)
    boxes.busy.add(LEADS_BOX)
    told(office, "lead", "notice.stood_still", since="2026-11-05", until="2026-11-09", due=3)
    assert round_(office) == 0
    boxes.busy.clear()
    ago(office, sending.LAST_PAUSE)

    assert round_(office) == 1


def test_a_worker_that_dies_after_the_server_took_it_doubles_it_recognisably(
    office: TestOffice, boxes: Boxes, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(office, 9, 8)
    told(office, "lead", "notice.stood_still", since="2026-11-05", until="2026-11-09", due=3)

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(sending, "_settle", dies)
        with pytest.raises(KeyboardInterrupt):
            round_(office)
    assert round_(office) == 0  # its claim stands
    ago(office, sending.LEASE)
    assert round_(office) == 1

    first, second = boxes.came
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Message-ID"].endswith("@office.example>")
    assert states(office) == [(LEAD, "at_once", "sent")]


def test_two_workers_at_once_send_each_message_once(office: TestOffice, boxes: Boxes) -> None:
    at(office, 9, 8)
    told(office, "lead", "notice.stood_still", since="2026-11-05", until="2026-11-09", due=3)
    beside: list[int] = []
    boxes.while_it_comes = lambda: beside.append(sending.send(office.unit))

    assert round_(office) == 1
    assert beside == [0]
    assert len(boxes.came) == 1


def test_what_is_a_day_old_is_dropped_when_the_server_is_back(office: TestOffice, port: int) -> None:
    office.settings = replace(office.settings, smtp_url=url(port))
    addressed(office, LEAD, LEADS_BOX, "en")
    office.opened()
    for day in (9, 10, 11):
        at(office, day, 10)
        told(office, "lead", "notice.stood_still", since=f"2026-11-0{day - 5}", until=f"2026-11-{day:02}", due=day)
        round_(office)
        ago(office, sending.LAST_PAUSE)
    boxes = Boxes()
    at(office, 12, 10)
    with serving(boxes, port):
        round_(office)

    assert [one["Subject"] for one in boxes.came] == ["Madoguchi: what stands on 2026-11-12"]
    assert {state for _, _, state in states(office)} == {"sent", "dropped"}


def test_a_message_that_cannot_be_worded_keeps_none_of_the_others(office: TestOffice, boxes: Boxes) -> None:
    with office.writing() as db:
        ordering.test(db, CLERK, office.at(db))
        db.execute(update(mail.mail).values(says={"lines": [{"code": "notice.unposted", "params": {}}]}))
        ordering.test(db, LEAD, office.at(db))

    assert sending.send(office.unit) == 1
    assert states(office) == [(CLERK, "test", "refused"), (LEAD, "test", "sent")]


def test_whoever_leaves_or_wants_no_mail_gets_none(office: TestOffice, boxes: Boxes) -> None:
    addressed(office, APPROVER, "mori@office.example", "en")
    with office.writing() as db:
        assert ordering.test(db, APPROVER, office.at(db))
        people.remove(db, APPROVER, HIM, office.at(db).now)
    addressed(office, LEAD, None)
    told(office, "lead", "notice.stood_still", since="2026-11-05", until="2026-11-09", due=3)

    assert round_(office) == 0
    assert boxes.came == []
    assert office.ask("SELECT email FROM staff WHERE name IN ('kudo', 'mori')") == [(None,), (None,)]
    with office.writing() as db, pytest.raises(ordering.NoAddress):
        ordering.test(db, LEAD, office.at(db))


def test_without_a_server_nothing_is_ordered(office: TestOffice) -> None:
    addressed(office, LEAD, LEADS_BOX, "en")
    told(office, "lead", "notice.stood_still", since="2026-11-05", until="2026-11-09", due=3)

    assert ordering.order(office.unit) == 0
    assert states(office) == []
    assert health(office) == (True, "none is sent: MADOGUCHI_SMTP_URL names no server")


def test_a_bell_is_rung_again_only_where_the_last_was_heard(office: TestOffice, boxes: Boxes) -> None:
    with office.writing() as db:
        ordering.test(db, LEAD, office.at(db))
    first = sending.to_ring(office.unit, None)

    assert first is not None
    assert sending.to_ring(office.unit, first) is None
    heard = (first + timedelta(seconds=5)).astimezone(UTC)
    with office.writing() as db:
        db.execute(insert(heartbeat), {"queue": "effects", "worker": "w", "at": heard})
    assert sending.to_ring(office.unit, first) is not None


def test_mail_goes_some_months_after_it_was_ordered_whatever_became_of_it(office: TestOffice, boxes: Boxes) -> None:
    boxes.refuses = {CLERKS_BOX}
    for name in (LEAD, CLERK):
        with office.writing() as db:
            ordering.test(db, name, office.at(db))
    sending.send(office.unit)
    ago(office, timedelta(days=USUAL.mail_days) - timedelta(hours=1))
    retention.sweep(office.unit)
    assert states(office) == [(LEAD, "test", "sent"), (CLERK, "test", "refused")]

    ago(office, timedelta(hours=2))
    with office.writing() as db:
        ordering.test(db, LEAD, office.at(db))
        (waits,) = mail.due(db, now=machine_now(db), lease=machine_now(db), most=1)
        assert mail.claim(db, waits, machine_now(db))
    retention.sweep(office.unit)

    assert states(office) == [(LEAD, "test", "waiting")]


# -- encryption -----------------------------------------------------------------------------------------------------


def test_nothing_is_said_to_a_server_far_away_that_does_not_encrypt(boxes: Boxes, port: int) -> None:
    far = replace(server.server(url(port)), tls="starttls", user="kudo", password="secret")

    with pytest.raises(server.NoEncryption), server.talking(far):
        pass


@pytest.mark.parametrize(
    ("given", "tls", "at"),
    [
        ("smtp://mail.example/?from=a@b.example", "starttls", 587),
        ("smtp://mail.example:25/?from=a@b.example&tls=none", "none", 25),
        ("smtps://u%40x:p%3Aq@mail.example/?from=a@b.example", "at_once", 465),
        ("smtp://127.0.0.1:2525/?from=a@b.example", "none", 2525),
    ],
)
def test_a_url_says_how_the_server_is_talked_to(given: str, tls: str, at: int) -> None:
    found = server.server(given)

    assert (found.tls, found.port, found.sender) == (tls, at, "a@b.example")
    assert (found.user, found.password) in {(None, None), ("u@x", "p:q")}


def test_pauses_grow_to_a_bound() -> None:
    assert [sending.pause(n).total_seconds() for n in (0, 1, 2, 9, 99)] == [15, 30, 60, 600, 600]


def test_opening_is_the_calendars(office: TestOffice) -> None:
    with reading(office.engine) as db:
        here = office.at(db)
    assert here.calendar.opening(here.calendar.today(here.now)).astimezone(TOKYO).time() == time(9, 30)
