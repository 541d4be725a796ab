"""How the answer reaches its person, as the office says: to whom, which way, by which class of post. Pure."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from workflows.engine.case import At
from workflows.engine.values import Reason
from workflows.law.values import OutcomeName, Right, RightOutcome
from workflows.letters import DeliveryWay, Letter, LetterState, MailClass, MailExtra
from workflows.office import OfficeProcedure
from workflows.office.answer import AT_THE_OFFICE, SentAgain
from workflows.office.money import ASKED_BESIDE, CLASSES
from workflows.request.addressed import addressee, answer_to, party
from workflows.request.case import Case
from workflows.request.course_payloads import ChooseDelivery
from workflows.request.picked import picked, priced
from workflows.request.values import Chosen, LetterKind, Party

__all__ = ["USUAL", "Going", "addressee", "answer_to", "going", "party"]

USUAL = MailClass.SIMPLE_REGISTERED
"""An answer goes by registered post: it may hold what nobody else may read, and its arrival is to be proven."""
_RANK = (
    MailClass.ORDINARY,
    MailClass.RECORD_TRACKED,
    MailClass.SIMPLE_REGISTERED,
    MailClass.RECORDED_DELIVERY,
    MailClass.GENERAL_REGISTERED,
    MailClass.DELIVERY_CERTIFICATE,
    MailClass.ADDRESSEE_ONLY,
    MailClass.ADDRESSEE_ONLY_SPECIAL,
    MailClass.ADDRESSEE_ONLY_PARTICULARS,
)
"""From the one that proves least to the one that proves most: one envelope for several rights goes by the surest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """How an answer goes."""

    to: Party
    way: DeliveryWay
    mail_class: MailClass
    extras: tuple[MailExtra, ...] = ()


def going(case: Case) -> Going:
    """Return how the answer goes as things stand."""
    said, chosen = case.office.answer, case.course.chosen or Chosen()
    pick = picked(case, case.entered_on)
    kind = pick.mail_class if pick.mail_class is not None else by_outcome(case.office, case.rights)
    way = chosen.way or said.ways[0]
    extras = tuple(dict.fromkeys((*said.extras, *pick.extras)))
    return Going(to=addressee(case), way=way, mail_class=kind, extras=extras)


def by_outcome(office: OfficeProcedure, rights: Mapping[Right, RightOutcome | None]) -> MailClass:
    """Return the class of post by what was decided: that of the right that asks for the surest."""
    said = office.answer
    usual = said.mail_class or USUAL
    outcomes = {right: None if outcome is None else outcome.outcome for right, outcome in rights.items()}
    found = [_of(said.class_when, right, outcome) or usual for right, outcome in outcomes.items()]
    return max(found, key=_RANK.index, default=usual)


def _of(when: Mapping[str, MailClass], right: Right, outcome: OutcomeName | None) -> MailClass | None:
    return next((when[key] for key in (f"{right}:{outcome}", str(right), str(outcome)) if key in when), None)


def answer_of(case: Case) -> Letter | None:
    """Return the notification that is in force, as its newest copy; None where there is none, or it is void."""
    for letter in reversed(case.letters):
        if letter.kind == LetterKind.DISCLOSURE_NOTIFICATION and letter.ordinal > case.taken_back:
            return None if letter.state is LetterState.VOID else letter
    return None


def answered_on(case: Case) -> date | None:
    """Return the day the answer was posted, handed over, or said to lie ready: from then on it is there to be had."""
    letter = answer_of(case)
    if letter is None:
        return None
    if letter.posted_on is not None:
        return letter.posted_on
    ready = case.course.ready
    return ready.on if ready is not None and ready.letter == letter.number else None


def waits_to_be_collected(case: Case, letter: Letter) -> bool:
    """Whether a letter in the house is not to be posted, since its person fetches it or sees it here."""
    answer = answer_of(case)
    mine = answer is not None and answer.number == letter.number
    return mine and going(case).way in AT_THE_OFFICE


def kept_until_asked(case: Case, letter: Letter) -> bool:
    """Whether a letter is an answer that, should it come back, the office keeps until somebody asks for it."""
    answer = letter.kind == LetterKind.DISCLOSURE_NOTIFICATION
    return answer and case.office.answer.comes_back.again is not SentAgain.WHEN_PROVEN


# -- what may not be ------------------------------------------------------------------------------------------------


def offers_a_choice(case: Case) -> bool:
    """Whether the person may say how they want the answer."""
    said = case.office.answer
    return len(said.ways) > 1 or bool(said.chosen or said.chosen_extras or priced(case))


def classes_offered(case: Case) -> tuple[MailClass, ...]:
    """Return the classes of post the person may choose among, the usual first."""
    said = case.office.answer
    bought = [MailClass(code) for code in priced(case) if code in CLASSES]
    return tuple(dict.fromkeys((said.mail_class or USUAL, *said.class_when.values(), *said.chosen, *bought)))


def extras_offered(case: Case) -> tuple[MailExtra, ...]:
    """Return what the person may ask for beside the class."""
    said = case.office.answer
    bought = [MailExtra(code) for code in priced(case) if code in ASKED_BESIDE]
    return tuple(dict.fromkeys((*said.extras, *said.chosen_extras, *bought)))


def choice_fits(case: Case, p: ChooseDelivery) -> Iterator[Reason]:
    """The person chooses among what the office offers; what has a price in the file is offered by it."""
    said, prices = case.office.answer, priced(case)
    if p.way is not None and p.way not in said.ways:
        yield Reason("way_not_offered", {"way": f"way.{p.way}", "known": _named("way", said.ways)})
    offered = classes_offered(case)
    if p.mail_class is not None and p.mail_class not in offered:
        params = {"kind": f"mail_class.{p.mail_class}", "known": _named("mail_class", offered)}
        yield Reason("class_not_offered", params)
    for extra in p.extras:
        if extra not in extras_offered(case):
            yield Reason("extra_not_offered", {"extra": f"mail_extra.{extra}"})
    named = [code for code in (p.mail_class, *p.extras) if code is not None]
    if p.paid and named and all(code in prices for code in named):
        yield Reason("paid_is_recorded", {"case": case.number})
    elif said.chosen_if_paid and not p.paid and any(code not in prices for code in named):
        yield Reason("choice_unpaid", {"case": case.number})


def _named(group: str, words: Collection[str]) -> list[str]:
    return [f"{group}.{word}" for word in dict.fromkeys(words)]


def postable_way(case: Case, letter: Letter) -> Iterator[Reason]:
    """What its person wants to fetch does not go into the post by mistake."""
    if waits_to_be_collected(case, letter):
        yield Reason("to_be_collected", {"letter": letter.number, "case": case.number})


def asked_for_again(case: Case, asked: bool, at: At) -> Iterator[Reason]:
    """An answer that came back goes out once more as the office says: by itself, when asked, or not at all."""
    again = case.office.answer.comes_back.again
    if again is SentAgain.NEVER:
        yield Reason("answer_not_sent_again", {"case": case.number})
    elif again is SentAgain.WHEN_ASKED and not asked:
        yield Reason("sent_again_when_asked", {"case": case.number})
