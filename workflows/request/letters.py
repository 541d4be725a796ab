"""The letters of a request: what each of them says, and what its templates may name."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from workflows import law
from workflows.days import day
from workflows.engine.numbers import parse_code, print_code
from workflows.engine.values import Language
from workflows.law.values import Category, ExtendReason, OutcomeName, RepresentativeKind, Right
from workflows.letters import (
    DeliveryWay,
    Enclosed,
    Envelope,
    LetterContent,
    MailClass,
    MailExtra,
    SealedFile,
    UnfitContent,
    Years,
)
from workflows.office import SOURCE, OfficeProcedure
from workflows.office.afterwards import PaperKind
from workflows.office.forms import SUBJECT, Form
from workflows.request import letter_lines
from workflows.request.clauses.sheets import Told, of_letter
from workflows.request.clauses.values import Situation
from workflows.request.clauses.wording import Wording
from workflows.request.enclosing import Enclosure
from workflows.request.statement import Statement
from workflows.request.values import Answer, FormName, LetterKind, Party


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnForm:
    """A form of the office's own set, as it is printed, in the letter's language.

    ``kind`` is request (with the boxes of ``rights``), mandate or paper; ``about`` what a paper says at its head.
    ``seal``: a seal beside the signature. ``alone``: nobody represents whoever it is for.
    """

    code: str
    title: str
    kind: str
    rights: tuple[Right, ...] = ()
    seal: bool = False
    alone: bool = False
    about: str = ""

    @classmethod
    def of(cls, form: Form, office: OfficeProcedure, language: str) -> "OwnForm":
        """Return a form of an office's set in a language."""
        kind = "request" if form.rights else "mandate" if form.proves is not None else "paper"
        paper = None if form.paper is None else office.start.paper(form.paper)
        boxes = form.rights or {right for each in office.start.forms for right in each.rights}
        return cls(
            code=form.code,
            title=form.said[language],
            kind=kind,
            rights=tuple(right for right in Right if right in boxes),
            seal=form.seal,
            alone=form.holders == {SUBJECT},
            about="" if paper is None else (paper.when or paper.said)[language],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLetter(LetterContent):
    """All a letter of a request says.

    ``missing`` are the finished sentences of a deficiency notice in the addressee's language; ``regime`` names the
    law the case stands under; ``code`` is the form code of a round's mailing. ``adds_to`` is the number of
    the mailing that this one brings a form after; ``corrects`` is that of the notification that this one takes the
    place of, and ``corrects_dated`` its day. ``way``, ``mail_class`` and ``extras`` say how an answer goes,
    ``returned`` which papers go back with it, ``later`` the rights whose copies are given out in a second stage.
    ``told`` is what follows from the office's own procedure, as it stood when
    the letter was ordered; None: the source's, in the words of today. ``own_forms`` are those of its forms that are the
    office's own and not the source's. ``money`` is what a bill or a receipt tells.
    ``encloses`` are the files of departments that go with an answer, printed behind it or on its disc;
    ``passphrase`` opens the disc of the letter ``disc_of``.
    """

    kind: LetterKind
    regime: str = "jp-appi"
    subject_name: str | None = None
    representative_name: str | None = None
    representative_kind: RepresentativeKind | None = None
    addressed_to: Party = Party.SUBJECT
    category: Category = Category.CUSTOMER
    rights: tuple[Right, ...] = ()
    forms: tuple[FormName, ...] = ()
    code: str | None = None
    round: int = 1
    first_contact_on: date | None = None
    posted_on: date | None = None
    reply_by: date | None = None
    answer_by: date | None = None
    missing: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    extend_reason: ExtendReason | None = None
    withdrawn_on: date | None = None
    adds_to: str | None = None
    corrects: str | None = None
    corrects_dated: date | None = None
    way: DeliveryWay = DeliveryWay.POST
    mail_class: MailClass | None = None
    extras: tuple[MailExtra, ...] = ()
    returned: tuple[PaperKind, ...] = ()
    later: tuple[Right, ...] = ()
    told: Told | None = None
    money: Statement | None = None
    own_forms: tuple[OwnForm, ...] = ()
    encloses: tuple[Enclosure, ...] = ()
    passphrase: str | None = None
    disc_of: str | None = None

    def named_for_templates(self) -> Mapping[str, object]:
        """Return what the templates of a request may name, all of it derived from the content and from dated data.

        Raises UnfitContent where forms go with it and their code is not there or fails its own check.
        """
        language, regime = self.language, law.regime(self.regime)
        plain_code, forms = self._form_code(), self.enclosures()
        told = self.told or self.told_under(SOURCE)
        parts = {part.name: part for part in told.parts}
        promised = bool(self.answers) and not any(answer.article for answer in self.answers)
        return {
            "code_plain": plain_code,
            "code_written": print_code(plain_code),
            "forms": forms,
            "own_forms": {form.code: form for form in self.own_forms},
            "pack": tuple(form for form in forms if form is not FormName.PROXY),
            "papers": told.papers,
            "proofs": told.proofs,
            "said": parts,
            "guide": [part for part in told.parts if part.name.startswith("guide.")],
            "checks": [part for part in told.parts if part.name.startswith("check.")],
            "answers": [self._told(answer) for answer in self.answers],
            "appeals": letter_lines.appeals(regime, language, promised=promised),
            "customs": regime.papers.customs,
            "lawful": tuple(str(right) for right in regime.rights),
            "law": letter_lines.under(regime, language, promised=promised),
            "regulator": regime.regulator[language],
            "found": tuple(_FoundRow.of_one(one, len(self.encloses)) for one in self.encloses if self._prints(one)),
        }

    def files(self) -> tuple[SealedFile, ...]:
        """Return what departments found and is printed behind it."""
        return tuple(file for one in self.encloses if self._prints(one) for file in one.sealed())

    def _prints(self, one: Enclosure) -> bool:
        return self.kind is LetterKind.DISCLOSURE_NOTIFICATION and not (self.draft or one.on_disc)

    def told_under(self, office: OfficeProcedure) -> Told:
        """Return what it says of an office's procedure."""
        situation = Situation(
            regime=law.regime(self.regime),
            on=self.dated,
            office=office,
            rights=self.rights,
            kind=self.representative_kind,
            forms=self.enclosures() if office is SOURCE else tuple(dict.fromkeys(self.forms)),
            reply_by=self.reply_by,
            round=self.round,
            returned=self.returned,
            later=self.later,
        )
        return _said_to(_Same(situation, office), self.kind, self.language, self.organisation.years)

    def in_codes_of(self, sheet: str) -> str:
        """Return the letter's number for its own pages, the form code for those of a form."""
        return self.number if sheet == "-" else self._form_code()

    def enclosures(self) -> tuple[FormName, ...]:
        """Return the forms that go with it, each once; an agent never goes without the proxy statement.

        An office's own set of forms has been asked already when the letter was ordered.
        """
        forms = list(dict.fromkeys(self.forms))
        if self.told is not None:
            return tuple(forms)
        agent = self.representative_kind is RepresentativeKind.AGENT
        if self.kind == LetterKind.REQUEST_FORMS and agent and not self.own_forms and FormName.PROXY not in forms:
            forms.append(FormName.PROXY)
        known = list(FormName)  # those of an office's own set come in its order already
        return tuple(sorted(forms, key=lambda form: known.index(form) if form in known else len(known)))

    def envelope(self) -> Envelope:
        """Return the forms that are printed with it and what is laid in: discs and copies, right by right.

        An answer goes by the class of post the office's procedure says, by registered post where it says none.
        """
        answer = self.kind == LetterKind.DISCLOSURE_NOTIFICATION
        titles = {form.code: form.title for form in self.own_forms}
        usual = MailClass.SIMPLE_REGISTERED if answer else MailClass.ORDINARY
        laid_in = [_laid_in(each, self._on_disc(each.right)) for each in self.answers if each.right not in self.later]
        laid_in += [Enclosed(what="papers_back", about=f"paper_kind.{kind}") for kind in self.returned]
        return Envelope(
            mail_class=self.mail_class or usual,
            extras=self.extras,
            way=self.way,
            forms=tuple(titles.get(form, f"form.{form}") for form in self.enclosures()),
            seal=self.is_sealed_by_hand,
            label=self.kind in (LetterKind.REQUEST_FORMS, LetterKind.DEFICIENCY_NOTICE),
            enclosed=tuple(laid for laid in laid_in if laid is not None),
        )

    def _on_disc(self, right: Right) -> int:
        return sum(one.on_disc and one.right is right for one in self.encloses)

    def _form_code(self) -> str:
        """Return the form code without hyphens; an empty text where the letter carries none."""
        if self.code is None:
            if self.enclosures() and not self.draft and self.number:
                raise UnfitContent(f"letter {self.number} encloses forms but has no form code; order it with one")
            return ""
        code = parse_code(self.code)
        if code is None:
            raise UnfitContent(f"the form code of letter {self.number} fails its own check; issue a new one")
        return code

    def _told(self, answer: Answer) -> dict[str, object]:
        """Return one answer as the letter tells it, its articles worded.

        A record that the law excludes reads exactly as one that is not held (APPI 33(5), Order 11): any difference
        would tell what must not be told. So for both neither ground nor wording of the ground is printed, only the
        fixed sentence of the template.
        """
        if answer.ground == "record_excluded" or answer.outcome is OutcomeName.NOT_HELD:
            answer = replace(answer, outcome=OutcomeName.NOT_HELD, ground=None, ground_article=None, ground_words=None)
            answer = replace(answer, held_back=())
        ground = answer.ground_article
        return {
            "told": answer,
            "short": _surely_short(answer),
            "article": letter_lines.basis(answer.article, self.regime, self.language),
            "ground_article": letter_lines.cited(ground, self.regime, self.language) if ground else None,
            "found": [one for one in self.encloses if one.right is answer.right],
            "held_back": [
                {"told": one, "article": letter_lines.cited(one.article, self.regime, self.language)}
                for one in answer.held_back
            ],
        }


@dataclass(frozen=True, slots=True)
class _FoundRow:
    """One file that is printed behind an answer, in texts: what the templates take."""

    place: str
    of: str
    find: str
    department: str
    files: tuple[str, ...]
    table: bool

    @classmethod
    def of_one(cls, one: Enclosure, of: int) -> "_FoundRow":
        """Return a file, one of so many."""
        files = tuple(f"/{file.name}" for file in one.sealed())
        return cls(str(one.place), str(of), one.find, one.department, files, one.is_table)


_ON_A_DISC = (Right.DISCLOSURE, Right.PROVISION_RECORDS)
"""What a person may ask for electronically (APPI 33(1), (5)): a disc by post."""


def _laid_in(answer: Answer, on_disc: int = 0) -> Enclosed | None:
    """Return what is laid in with the answer to one right; nothing with one that gives nothing out.

    What departments found (*on_disc*: so many files) is printed with it, or written onto its disc.
    """
    if answer.outcome not in (OutcomeName.GRANTED, OutcomeName.PARTLY):
        return None
    about = f"right.{answer.right}"
    if answer.method == "electronic" and answer.right in _ON_A_DISC:
        return Enclosed(what="disc", about=about, holds=answer.enclosures + on_disc or None)
    return Enclosed(what="copies", count=answer.enclosures, about=about) if answer.enclosures else None


def _surely_short(answer: Answer) -> bool:
    """Tell whether an answer is lower than the 100 mm up to which it is kept on one page, whatever its letters' widths.

    A high estimate in millimetres: measuring it exactly costs typst a second layout (a third of a letter's time).
    """

    def lines(text: str | None, wide: int = 25) -> float:
        return 3.5 + 5.5 * (len(text) // wide + len(text.splitlines())) if text else 0

    told = (answer.ground_words, answer.explanation, answer.measure, answer.changed, answer.method)
    high = 50 + sum(lines(text) for text in told) + lines("".join(answer.passed_to))
    high += sum(12 + lines(purpose) for purpose in answer.purposes)
    high += 100 * bool(answer.held_back or answer.done)
    for row in answer.corrections:
        high += 20 + sum(lines(text, 8) for text in (row.item, row.wrong, row.right, row.done))
    return high <= 100


class _Same:
    """A situation as a key: under the very same procedure, which is quick to tell, and alike in the rest."""

    __slots__ = ("office", "rest", "situation")

    def __init__(self, situation: Situation, office: OfficeProcedure) -> None:
        self.situation, self.office = situation, office
        s = situation
        self.rest = (s.regime, s.on, s.rights, s.kind, s.forms, s.reply_by, s.round, s.returned, s.later)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.office is other.office and self.rest == other.rest

    def __hash__(self) -> int:
        return hash(self.rest)


@lru_cache(maxsize=256)
def _said_to(same: _Same, kind: LetterKind, language: Language, years: Years) -> Told:
    """Return what a letter says of a procedure: in a rush the same for many."""
    return of_letter(kind, same.situation, Wording(language, lambda when: day(when, language, years)))
