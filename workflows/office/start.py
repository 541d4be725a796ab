"""How a request begins, on which forms, and what is enclosed with them beside identity documents and fee."""

from dataclasses import dataclass
from enum import StrEnum

from workflows.law.values import Right
from workflows.office.said import Said


class Way(StrEnum):
    """How a request may begin. A case that begins by CONTACT gets its forms; every other one begins with them."""

    CONTACT = "contact"
    OWN_DOWNLOAD = "own_download"
    LETTER = "letter"
    COUNTER = "counter"
    WEB = "web"
    EMAIL = "email"
    FAX = "fax"
    PHONE = "phone"


class SentBy(StrEnum):
    """How the office sends its forms to somebody who is in touch with it."""

    POST = "post"
    EMAIL = "email"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One form: the rights whose boxes stand on it (none: it is for a proxy, a consent ...), and for whom it is.

    ``holders`` empty: everybody; else kinds of representative, or ``subject``. ``seal``: a seal is asked for beside
    the signature.
    """

    code: str
    said: Said
    rights: frozenset[Right] = frozenset()
    holders: frozenset[str] = frozenset()
    seal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherPaper:
    """A paper that is neither a form, nor identity, nor authority: the consent of a third person, proof of a fact."""

    code: str
    said: Said
    rights: frozenset[Right] = frozenset()
    always: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """How a request begins."""

    ways: tuple[Way, ...] = (Way.CONTACT,)
    forms_sent_by: tuple[SentBy, ...] = (SentBy.POST,)
    not_accepted: tuple[Way, ...] = ()
    not_accepted_said: Said | None = None
    forms: tuple[Form, ...] = ()
    papers: tuple[FurtherPaper, ...] = ()
