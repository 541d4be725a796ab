"""How a request begins, on which forms, and what is enclosed with them beside identity documents and fee."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from workflows.law import Regime
from workflows.law.values import Right
from workflows.office.said import Said
from workflows.office.table import Fault, Table

if TYPE_CHECKING:
    from workflows.office.procedure import OfficeProcedure

KEYS: dict[str, str] = {}
"""What each key of this part means, for docs/procedure-file.md."""


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


def read(top: Table) -> Start:
    """Return what the file says of the beginning."""
    forms, papers = top.each("form", _form), top.each("paper", _paper)
    found = top.inner("start", lambda table: _start(table, forms, papers))
    return Start(forms=forms, papers=papers) if found is None else found


def _start(table: Table, forms: tuple[Form, ...], papers: tuple[FurtherPaper, ...]) -> Start:
    return Start(
        ways=table.members("ways", Way, (Way.CONTACT,)),
        forms_sent_by=table.members("forms_sent_by", SentBy, (SentBy.POST,)),
        not_accepted=table.members("not_accepted", Way, ()),
        not_accepted_said=table.bilingual("not_accepted", required=False),
        forms=forms,
        papers=papers,
    )


def _form(table: Table) -> Form:
    return Form(
        code=table.text("code"),
        said=table.bilingual() or Said(ja="", en=""),
        rights=table.rights(default=()),
        holders=frozenset(table.texts("holders", ())),
        seal=table.flag("seal"),
    )


def _paper(table: Table) -> FurtherPaper:
    return FurtherPaper(
        code=table.text("code"),
        said=table.bilingual() or Said(ja="", en=""),
        rights=table.rights(default=()),
        always=table.flag("always", True),
    )


def forbidden(whole: "OfficeProcedure", regime: Regime) -> Iterator[Fault]:
    """Yield what the law forbids of it."""
    yield from ()
