"""What is known of single fields beyond their types: lengths, codes, what only the system fills in.

Places are named CLASS.FIELD as in workflows.request.payloads and workflows.request.values. A class of a procedure that
nobody described here has places of its own (`place`), and its texts are taken for what stands in letters.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from inspect import get_annotations

from workflows.engine.values import Role
from workflows.law.values import ChargedFor
from workflows.request.values import FormName, HoldReason, Party


@dataclass(frozen=True, slots=True)
class Window:
    """A place in the envelope's window: how many lines, and what its print is called in services.letters.window."""

    lines: int
    name: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """How long a text may be; ``lines`` permits line breaks; ``narrow`` writes it in half-width characters.

    ``printed`` stands in letters: it may hold no character that our fonts lack, or its letter could never be made.
    ``window`` is its place in the window of the envelope, which is bounded too.
    """

    most: int = 200
    lines: bool = False
    narrow: bool = False
    printed: bool = False
    window: Window | None = None


TEXTS: dict[str, Text] = {
    "Person.name": Text(200, printed=True, window=Window(2, name=True)),
    "Person.kana": Text(200),
    "Person.postcode": Text(20, narrow=True, printed=True, window=Window(1)),
    "Person.address": Text(500, printed=True, window=Window(5)),
    "Person.phone": Text(40, narrow=True),
    "Person.email": Text(254, narrow=True),
    "Open.note": Text(10_000, lines=True),
    "ReceiveForms.papers": Text(40),
    "ReceiveForms.circumstances": Text(40),
    "Inquiry.about": Text(10_000, lines=True),
    "Amend.note": Text(10_000, lines=True),
    "Amend.why": Text(1_000, lines=True),
    "Unverify.why": Text(1_000, lines=True),
    "ReceiveAgain.why": Text(1_000, lines=True),
    "TakeBack.why": Text(1_000, lines=True),
    "CorrectAnswer.why": Text(1_000, lines=True),
    "UndoPosting.why": Text(1_000, lines=True),
    "AmendPosting.why": Text(1_000, lines=True),
    "UndoReturn.why": Text(1_000, lines=True),
    "UndoStep.why": Text(1_000, lines=True),
    "UndoPapers.why": Text(1_000, lines=True),
    "PutRight.why": Text(1_000, lines=True),
    "HandOn.why": Text(1_000, lines=True),
    "Extend.why": Text(1_000, lines=True),
    "Ask.what": Text(4_000, lines=True),
    "Answer.note": Text(4_000, lines=True),
    "Answer.done": Text(4_000, lines=True, printed=True),
    "OpenStep.step": Text(64),
    "FinishStep.step": Text(64),
    "UndoStep.step": Text(64),
    "MoveWindow.window": Text(64),
    "HandOver.paper": Text(64),
    "CarryOut.paper": Text(64),
    "AskAgain.reason": Text(1_000, lines=True),
    "AskAgain.what": Text(4_000, lines=True),
    "AskOverride.reason": Text(1_000, lines=True),
    "Correction.item": Text(200, printed=True),
    "Correction.wrong": Text(1_000, lines=True, printed=True),
    "Correction.right": Text(1_000, lines=True, printed=True),
    "RightOutcome.explanation": Text(5_000, lines=True, printed=True),
    "RightOutcome.changed": Text(5_000, lines=True, printed=True),
    "RightOutcome.procedure": Text(500, printed=True),
    "RightOutcome.measure": Text(1_000, lines=True, printed=True),
    "RightOutcome.passed_to": Text(200, printed=True),
    "Document.number": Text(64, narrow=True),
    "ReceiveForms.code": Text(64),
    "Refund.why": Text(1_000, lines=True),
    "UndoPayment.why": Text(1_000, lines=True),
    "Decide.estimates": Text(40, narrow=True),
    "MailForms.tracking": Text(64, narrow=True),
    "RecordPosting.tracking": Text(64, narrow=True),
    "AmendPosting.tracking": Text(64, narrow=True),
    **dict.fromkeys(
        (
            "Organisation.name_ja", "Organisation.name_en", "Organisation.unit_ja", "Organisation.unit_en",
            "Organisation.address_ja", "Organisation.address_en", "Organisation.hours_ja", "Organisation.hours_en",
            "Organisation.officer_ja", "Organisation.officer_en", "Organisation.we_ja",
        ),
        Text(200, printed=True),
    ),
    "Organisation.postcode": Text(20, narrow=True, printed=True),
    "Organisation.phone": Text(40, narrow=True, printed=True),
    "Organisation.email": Text(254, narrow=True, printed=True),
    "Choosing.file": Text(1_000),
}  # fmt: skip

UNDESCRIBED = Text(1_000, lines=True, printed=True)
"""A text of a procedure of which nothing is known here."""
_DESCRIBED = (
    "workflows.request", "workflows.search", "workflows.law", "workflows.engine", "workflows.letters",
    "services.intake",
)  # fmt: skip


def place(kind: type, field: str) -> str:
    """Return how a field of a dataclass of ours is named in the tables here."""
    described = kind.__module__.startswith(_DESCRIBED)
    # What a class has from another one is what it is there.
    kind = next((each for each in kind.__mro__ if field in get_annotations(each)), kind)
    return f"{kind.__name__}.{field}" if described else f"{kind.__module__}:{kind.__name__}.{field}"


def text_rule(where: str) -> Text:
    """Return what is known of a text."""
    return TEXTS.get(where, UNDESCRIBED if ":" in where else Text())


# Codes that the rules judge but that are kept in the history, where nothing free may stand.
CODES = frozenset({"RightOutcome.ground"})

_METHODS = ("paper", "electronic")
CHOICES: dict[str, tuple[str, ...]] = {
    "Halt.measure": ("cease", "erase"),
    "Halt.reason": ("unlawful_use", "unneeded", "leak", "harm"),
    "ReceiveForms.method": _METHODS,
    "RightOutcome.method": _METHODS,
}

SYSTEM_ONLY: dict[str, frozenset[str]] = {
    "Hold.reason": frozenset(
        {HoldReason.WRONG_CODE, HoldReason.OLD_CODE, HoldReason.FOREIGN_CODE, HoldReason.MISSING_CODE}
    ),
    # People of other departments are added by a command of their own, once there are departments.
    "Member.roles": frozenset({Role.SYSTEM, Role.HOLDER}),
}

# Fields the office fills in itself: nobody types them, so in a file they are unknown keys.
OURS: dict[str, frozenset[str]] = {
    "Document": frozenset({"arrived_on", "judged", "looked_at"}),
    "Authority": frozenset({"arrived_on", "subject", "representative", "looked_at"}),
    "Correction": frozenset({"done"}),
}

OPEN_WORDS = {"FormName": "form"}
"""Enumerations to which an office's own procedure adds words of its own, and of which group those are."""

OWN_GAPS = frozenset({"form", "paper"})
"""What of an office's own may be missing."""

BESIDE = frozenset({"Open.came"})
"""Records whose keys stand in a file beside those of the one they are a field of."""

FIRST = frozenset({"Organisation.country"})
"""Fields that are asked before the others of their record: by them the others are judged."""

NOT_EMPTY = frozenset(
    {
        "Authority.rights", "Open.rights", "Amend.rights", "ReceiveForms.rights", "Decide.outcomes", "Card.policies",
        "Member.roles",
    }
)  # fmt: skip
GAPS = frozenset({"AskAgain.missing", "AskOverride.what"})

# These are needed to see one paper in two cases; of every other paper the number is nobody's business.
NUMBERED = frozenset(
    {
        "drivers_licence", "driving_record_certificate", "passport", "residence_card",
        "special_permanent_resident_certificate",
    }
)  # fmt: skip

LEAST, MOST = 0, 10_000
FARTHEST = 10**9
"""How far a number of which nothing is known here may be from nought."""
NUMBERS: dict[str, tuple[int, int]] = {"ReceiveForms.pages": (1, 1_000), "Authority.degree": (1, 10)}


def bounds(where: str) -> tuple[int, int]:
    """Return the least and the greatest a whole number may be."""
    return NUMBERS.get(where, (-FARTHEST, FARTHEST) if ":" in where else (LEAST, MOST))


@cache
def document_types() -> tuple[str, ...]:
    """Return the codes of every identity document that any of our laws knows; the rules judge them by the day."""
    from services.office.laws import regimes  # late: an option on the command line needs no law

    return tuple(dict.fromkeys(code for law in regimes() for code in law.documents))


@cache
def proof_types() -> tuple[str, ...]:
    """Return the codes of every proof of the right to represent that any of our laws knows."""
    from services.office.laws import regimes

    return tuple(dict.fromkeys(proof for law in regimes() for _, proof in law.proofs))


def laws() -> tuple[str, ...]:
    """Return the names of the laws a case can be under."""
    from services.office.laws import names

    return names()


def beginnings() -> tuple[str, ...]:
    """Return the procedures an office can begin with."""
    from services.intake.beginning import offered

    return offered()


@cache
def gaps() -> frozenset[str]:
    """Return every way to name what is missing, as ``ask-again --missing`` takes them."""
    return frozenset(
        {"unsigned", "unsealed", "pages", "authority", "address", "correction", "fee", "envelope"}
        | {f"form:{form}" for form in FormName}
        | {f"document:{party}" for party in Party}
        | {f"charge:{reason}" for reason in ChargedFor}
        | {f"masking:{paper}" for paper in (*document_types(), *proof_types())}
    )


def is_coded(where: str) -> bool:
    """Tell whether a text field holds one of our codes."""
    return where in CHOICES or where in _TABLES


def choices(where: str) -> tuple[str, ...]:
    """Return the codes a coded text field may hold; the tables of the laws are read only when one is asked for."""
    table = _TABLES.get(where)
    return CHOICES[where] if table is None else table()


_TABLES: dict[str, Callable[[], tuple[str, ...]]] = {
    "Document.type": document_types,
    "Authority.type": proof_types,
    "Open.regime": laws,
    "Card.regime": laws,
    "Choosing.use": beginnings,
    "VerifyIdentity.address_shown_by": document_types,
}
