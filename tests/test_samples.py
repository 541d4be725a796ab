"""The samples: each is read without a fault, the rules accept every step of its story, and nothing is uncovered."""

import shutil
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from lab.post_office.fates import Machine
from lab.stories import (
    CODES,
    ENDS,
    EXPECTED,
    EXPECTED_OF_A_DEPARTMENT,
    FOLDER,
    OF_A_DEPARTMENT,
    USUAL,
    Step,
    Story,
    dated,
    holders,
    office,
    stories,
)
from services.intake import load_file, parse
from services.letters.glyphs import printable
from workflows.engine.calendars import Calendar
from workflows.engine.case import At
from workflows.engine.machine import Refused
from workflows.engine.numbers import case_number
from workflows.engine.payloads import Fired
from workflows.engine.values import Actor, Language, Role
from workflows.law import DEFAULT, regime
from workflows.law.values import EVERYWHERE, Category, OutcomeName, Right
from workflows.letters import LetterState, MailClass, RecordPosting, RecordReturn
from workflows.request.case import Case, Suspicion, after
from workflows.request.payloads import Decide, Open, ReceiveForms
from workflows.request.procedure import request
from workflows.request.values import Channel, CodeState, FormName, HoldReason, LetterKind, Masking, ToldHow, VoidReason

STORIES = stories()
OPENED = {story.name: parse(Open, load_file(story.contact)) for story in STORIES}
CALENDAR = Calendar()
TOKYO = ZoneInfo("Asia/Tokyo")
LOGINS = {colleague.role: colleague.login for colleague in office()}
NUMBER = case_number(2026, 17)
AFTERNOON = time(14, 0)

by_name = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)


class PaperOffice:
    """One case on paper: the rules decide, `after` writes, letters are printed at once, days pass as the story says."""

    def __init__(self, story: Story, day: date) -> None:
        """Begin a story on a day."""
        self.story = story
        self.day = day
        self.fired: Counter[str] = Counter()
        self.case = Case(
            number=NUMBER,
            state="",
            seq=0,
            entered_seq=0,
            entered_on=day,
            opened_on=day,
            regime=regime(OPENED[story.name].regime or DEFAULT),
            rights={},
            birth_date=OPENED[story.name].subject.birth_date,
        )

    def tell(self) -> None:
        """Do every step in its turn; any refusal ends the test."""
        for step in self.story.steps:
            self.day = CALENDAR.add_working_days(self.day, step.after) if step.after else CALENDAR.next_open(self.day)
            if step.expect is not None:
                self._fire(step.expect)
            elif step.do == "post":
                self._post(step)
            else:
                self._do(step)

    def _at(self, role: Role) -> At:
        name = "system" if role is Role.SYSTEM else LOGINS[role]
        return At(datetime.combine(self.day, AFTERNOON, TOKYO), Actor(name, frozenset({role})), CALENDAR)

    def _order(self, name: str, payload: object, role: Role) -> None:
        at = self._at(role)
        answer = request.decide(self.case, name, payload, at)
        assert not isinstance(answer, Refused), (self.story.name, name, str(self.day), answer.reasons)
        self.case = after(self.case, answer.target, answer.change, at)

    def _fire(self, name: str) -> None:
        self.fired[name] += 1
        self._order(name, Fired(name=name, fire_no=self.fired[name]), Role.SYSTEM)

    def _post(self, step: Step) -> None:
        waiting = [letter for letter in self.case.letters if letter.unposted]
        assert waiting, (self.story.name, "there is nothing to post")
        printed = [
            replace(one, state=LetterState.PRINTED, made_on=self.day, printed_on=self.day) if one in waiting else one
            for one in self.case.letters
        ]
        self.case = replace(self.case, letters=tuple(printed))
        for letter in waiting:
            self._order("record_posting", parse(RecordPosting, {"letter": letter.number, **step.options}), step.by)

    def _do(self, step: Step) -> None:
        assert step.do is not None
        name, kind = step.do, request.transitions.get(step.do)
        options: dict[str, Any] = dated({**(step.file or {}), **step.options}, self.day)
        if name == "open":
            return self._order("open", OPENED[self.story.name], step.by)
        if name == "returned":
            posted = [letter.number for letter in self.case.letters if letter.state is LetterState.POSTED]
            return self._order("record_return", parse(RecordReturn, {"letter": posted[-1], **options}), step.by)
        if name in ("receive_forms", "reopen"):
            self.case = replace(self.case, code_state=CodeState(step.code), suspicions=_suspicions(step))
        assert kind is not None
        self._order(name, parse(kind.payload, options), step.by)
        assert (self.case.hold.code if self.case.hold is not None and self.case.hold.by_system else None) == step.held
        return None


def _suspicions(step: Step) -> tuple[Suspicion, ...]:
    return (Suspicion("same_document", (case_number(2026, 18),)),) if step.held == HoldReason.SUSPECTED_FRAUD else ()


@by_name
def test_every_contact_opens_without_a_fault(story: Story) -> None:
    payload = OPENED[story.name]

    assert payload.rights
    assert story.steps[0].do == "open"


@by_name
@pytest.mark.parametrize("day", [date(2026, 11, 24), date(2027, 4, 26), date(2027, 12, 27)], ids=str)
def test_the_rules_accept_every_step_of_every_story_whatever_the_season(story: Story, day: date) -> None:
    paper = PaperOffice(story, day)

    paper.tell()

    assert paper.case.state == story.ends
    assert [letter.kind for letter in paper.case.letters if letter.copy == 1 and _left(letter.state)] == list(
        story.letters
    )
    assert not any(letter.unposted for letter in paper.case.letters), "a letter of the story is never posted"


def _left(state: LetterState) -> bool:
    return state in (LetterState.POSTED, LetterState.RETURNED)


@by_name
def test_the_office_clock_is_expected_on_the_days_it_strikes(story: Story) -> None:
    struck: list[tuple[str, int]] = []
    since = 0
    for step in story.steps:
        since += step.after
        if step.expect is not None:
            struck.append((step.expect, since))
        elif step.do == "post" and not struck:
            since = 0
        elif step.do in ("receive_forms", "ask_again"):
            struck.clear()

    assert struck in [
        [],
        [("remind", 10)],
        [("remind", 10), ("remind", 20)],
        *([("remind", 10), ("remind", 20), (end, 41)] for end in ("lapse", "give_up_waiting")),
    ]


@by_name
def test_every_story_says_what_it_shows_in_both_languages(story: Story) -> None:
    assert set(story.shows) == set(Language)
    assert all(story.shows.values())


def test_there_are_at_least_sixty_contacts_and_a_story_for_each() -> None:
    contacts = {path.name for path in (FOLDER / "contacts").iterdir()}

    assert len(contacts) >= 60
    assert contacts == {path.name for path in (FOLDER / "stories").iterdir()}


def _returns() -> Iterable[ReceiveForms]:
    day = date(2026, 11, 24)
    for story in STORIES:
        for step in story.steps:
            if step.do in ("receive_forms", "reopen"):
                yield parse(ReceiveForms, dated(step.file, day))


def _decisions() -> Iterable[Decide]:
    for story in STORIES:
        yield from (parse(Decide, step.file or {}) for step in story.steps if step.do == "decide")


def _options(name: str) -> set[object]:
    return {step.options[name] for story in STORIES for step in story.steps if name in step.options}


NEEDED: dict[str, set[Any]] = {
    "rights": set(Right),
    "several rights at once": {True, False},
    "categories": set(Category),
    "channels": set(Channel),
    "languages": set(Language),
    "representatives": set(EVERYWHERE),
    "on record": {True, False},
    "endings": set(ENDS),
    "laws": {None, "eu-gdpr"},
    # What only an office's own procedure has, its samples have (samples/procedures).
    "letters": set(LetterKind) - {LetterKind.BILL, LetterKind.RECEIPT},
    "forms": set(FormName),
    "documents": {
        code
        for code, rows in regime().documents.items()
        if not (rows[-1].never or rows[-1].optional) and rows[-1].last is None
    },
    "masking": set(Masking),
    "methods": {"paper", "electronic"},
    "measures": {("cease", "unlawful_use"), ("cease", "leak"), ("erase", "unneeded"), ("erase", "harm")},
    "authorities": {"family_register", "resident_record", "registration_certificate", "proxy_statement"},
    "outcomes": set(OutcomeName),
    "codes": set(CODES),
    "verbs": set(USUAL),
    "clock": set(EXPECTED),
    "withdrawals": set(ToldHow),
    "mail": {MailClass.ORDINARY, MailClass.SIMPLE_REGISTERED, MailClass.RECORD_TRACKED},
    "reasons": {
        *VoidReason,
        "moved",
        "unknown_address",
        "unclaimed",
        "awaiting_information",
        "awaiting_decision",
        "complexity",
    },
}
"""What the samples must cover at the least."""


@pytest.mark.requirement("S5", "S9", "S10", "S11", "S12", "S16", "S22", "S24", "S27")
def test_the_samples_cover_whatever_the_procedure_names() -> None:
    opened, returned, decided = list(OPENED.values()), list(_returns()), list(_decisions())
    steps = [step for story in STORIES for step in story.steps]
    papers = [document for one in returned for document in one.documents]
    covered: dict[str, set[Any]] = {
        "rights": {right for one in opened for right in one.rights},
        "several rights at once": {len(one.rights) > 1 for one in opened},
        "categories": {one.category for one in opened},
        "channels": {one.channel for one in opened},
        "languages": {one.language for one in opened},
        "representatives": {one.representative.kind for one in opened if one.representative},
        "on record": {one.address_on_record for one in opened},
        "endings": {story.ends for story in STORIES},
        "laws": {one.regime for one in opened},
        "letters": {kind for story in (*STORIES, *stories(FOLDER / "departments")) for kind in story.letters},
        "forms": {form for one in returned for form in one.forms},
        "documents": {paper.type for paper in papers},
        "masking": {paper.masking for paper in papers},
        "methods": {one.method for one in returned if one.method},
        "measures": {(one.halt.measure, one.halt.reason) for one in returned if one.halt},
        "authorities": {one.authority.type for one in returned if one.authority},
        "outcomes": {outcome.outcome for one in decided for outcome in one.outcomes.values()},
        "codes": {step.code for step in steps},
        "verbs": {step.do for step in steps if step.do},
        "clock": {step.expect for step in steps if step.expect},
        "withdrawals": _options("how"),
        "mail": _options("mail_class") | {MailClass.ORDINARY},
        "reasons": _options("reason"),
    }

    assert {what: NEEDED[what] - found for what, found in covered.items() if NEEDED[what] - found} == {}


@pytest.mark.requirement("S49")
def test_each_right_is_refused_in_some_story_and_each_procedural_ground_is_used() -> None:
    refused = {
        (right, outcome.ground)
        for one in _decisions()
        for right, outcome in one.outcomes.items()
        if outcome.outcome is OutcomeName.REFUSED
    }

    assert {right for right, _ in refused} == set(Right)
    assert {ground for _, ground in refused} >= {
        "identity_not_proven",
        "representation_not_proven",
        "method_not_followed",
    }


def test_no_two_samples_look_like_fraud_but_those_that_are_meant_to() -> None:
    papers = Counter(document.number for one in _returns() for document in one.documents if document.number)
    homes = Counter(one.subject.address for one in OPENED.values() if one.subject.address)

    # A passport that is masked only in the second round, and the licence that two people showed.
    assert {number for number, times in papers.items() if times > 1} == {"XX9000030", "000077770000"}
    # One person who asked twice.
    assert [times for times in homes.values() if times > 1] == [2]


def test_every_word_of_the_samples_can_be_printed() -> None:
    unprintable = {path.name: printable(path.read_text(encoding="utf-8")) for path in FOLDER.rglob("*.yaml")}

    assert {name: glyphs for name, glyphs in unprintable.items() if glyphs} == {}


def test_the_people_of_the_samples_cannot_be_reached() -> None:
    people = [person for one in OPENED.values() for person in (one.subject, one.representative) if person is not None]

    assert all(person.email is None or person.email.endswith("@example.com") for person in people)
    assert all(person.phone is None or _is_fictional(person.phone) for person in people)
    assert all(person.postcode is None or person.postcode.startswith(("000-", "ZZ")) for person in people)


def _is_fictional(phone: str) -> bool:
    # No Japanese exchange begins with a nought; 555-01xx and 7946 0xxx are kept for fiction by the NANP and Ofcom.
    return phone.startswith(("03-0000-", "090-0000-", "+1 202-555-01", "+44 20 7946 0"))


def test_the_office_has_one_person_for_each_role_and_the_lead_comes_first() -> None:
    people = office()

    assert people[0].role is Role.LEAD
    # Who holds data sits in a department, not in the office.
    assert {colleague.role for colleague in people} == set(Role) - {Role.SYSTEM, Role.HOLDER}
    assert len({colleague.login for colleague in people}) == len(people)


def test_some_envelopes_come_back_through_the_scanner_each_in_its_way() -> None:
    scanned = [(story, step, step.scan) for story in STORIES for step in story.steps if step.scan is not None]

    assert {OPENED[story.name].language for story, _, _ in scanned} == set(Language)
    assert any(FormName.PROXY in (step.file or {})["forms"] for _, step, _ in scanned)
    assert {scan.machine for _, _, scan in scanned} >= {Machine.FAX, Machine.SCANNER}
    assert any(scan.missing for _, _, scan in scanned)
    assert any(scan.unreadable for _, _, scan in scanned)
    assert any(areas for _, _, scan in scanned for areas in scan.copies.values())


def test_what_is_said_of_a_scan_agrees_with_what_the_clerk_notes_down() -> None:
    for story in STORIES:
        for step in (step for step in story.steps if step.scan is not None):
            assert step.scan is not None
            told = step.file or {}
            named = {name.split()[0] for name in (*step.scan.missing, *step.scan.unreadable)}
            papers = {paper["type"] for paper in told.get("documents", ()) if paper["holder"] == "subject"}
            assert named <= set(told["forms"]), story.name
            assert step.scan.copies.keys() <= papers, story.name


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("scan: {machines: fax}", "scan has no machines"),
        ("scan: {missing: [page 2]}", "page 2 names no page"),
        ("scan: {machine: typewriter}", "typewriter"),
        ("scan: {}\n    code: wrong", "finds the code itself"),
    ],
)
def test_a_scan_that_cannot_be_is_refused_with_a_reason(wrong: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "stories").mkdir()
    shutil.copytree(FOLDER / "contacts", tmp_path / "contacts")
    told = (FOLDER / "stories" / "01-mihon-hanako.yaml").read_text(encoding="utf-8")
    changed = told.replace("scan: {machine: fax}", wrong)
    (tmp_path / "stories" / "01-mihon-hanako.yaml").write_text(changed, encoding="utf-8")

    with pytest.raises(ValueError, match=says):
        stories(tmp_path)


def test_the_departments_of_the_samples_are_asked_and_answer_in_every_way() -> None:
    folder = FOLDER / "departments"
    told = stories(folder)
    steps = [step for story in told for step in story.steps if step.of is not None]
    known = {one["code"]: one for one in tomllib.loads((folder / "departments.toml").read_text("utf-8"))["department"]}

    assert {path.name for path in (folder / "contacts").iterdir()} == {f"{story.name}.yaml" for story in told}
    assert {step.of for step in steps} == set(known)
    assert {one.department for one in holders(folder)} == set(known)
    assert {step.expect for step in steps if step.expect is not None} == set(EXPECTED_OF_A_DEPARTMENT)
    assert {step.do for step in steps if step.do is not None} == set(OF_A_DEPARTMENT)
    assert any((step.file or {}).get("found") == "nothing_held" for step in steps)
    assert any(step.do == "mask" and step.of is not None for step in steps)
    assert any("sql" in one for one in known.values())
    assert all((folder / "files" / name).exists() for step in steps for name in step.attach)
    assert holders(FOLDER) == []


def test_days_are_counted_from_the_day_of_the_step() -> None:
    day = date(2026, 12, 1)

    assert dated({"a": ["today", "today-20", "today+31"], "b": "today 10:30", "c": "today?"}, day) == {
        "a": [day, date(2026, 11, 11), date(2027, 1, 1)],
        "b": datetime(2026, 12, 1, 10, 30),  # noqa: DTZ001 - the border reads it in the office's zone
        "c": "today?",
    }


def test_the_format_is_explained_where_the_samples_lie() -> None:
    words = (FOLDER / "README.md").read_text(encoding="utf-8")

    assert [
        word
        for word in (*USUAL, *EXPECTED, *CODES, "after", "with", "file", "held", "of", "attach")
        if f"`{word}`" not in words
    ] == []


@pytest.mark.parametrize(
    ("step", "says"),
    [
        ("{do: dance}", "needs either do"),
        ("{do: post, expect: lapse}", "needs either do"),
        ("{do: post, whne: 3}", "there is no whne"),
        ("{do: receive_forms, code: blue}", "code must be one of"),
    ],
)
def test_a_story_with_a_slip_is_refused_with_its_place(tmp_path: Path, step: str, says: str) -> None:
    for name in ("contacts", "stories"):
        (tmp_path / name).mkdir()
    (tmp_path / "contacts" / "01-x.yaml").write_text("rights: [disclosure]\n")
    (tmp_path / "stories" / "01-x.yaml").write_text(
        f"shows: {{ja: あ, en: a}}\nsteps:\n  - {{do: open}}\n  - {step}\nends: lapsed\nletters: []\n"
    )

    with pytest.raises(ValueError, match=rf"01-x.yaml, step 2: {says}"):
        stories(tmp_path)
