"""The office's set of forms, and the further papers that are enclosed beside them, identity documents and fee.

The source has four forms (S16): three requests and the proxy statement. An office's own set takes their place whole.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from workflows.engine.values import Reason
from workflows.law.values import RepresentativeKind, Right
from workflows.office.said import Said
from workflows.office.table import Fault, Table

SUBJECT = "subject"
"""For whom a form or a paper is, where nobody represents the person; else a kind of representative."""
PROXY_STATEMENT = "proxy_statement"
LONGEST_NAME = 90
"""Characters: the name of a form stands in one box at the head of each of its pages."""
FORM_CODE = re.compile("[a-z][a-z0-9_]{0,15}")
"""What a form may be called: it stands in the code on each of its pages."""

FORM_KEYS = {
    "form.code": "the form's short name: small letters, digits and _, at most 16; it stands in its QR code",
    "form.rights": "the rights whose boxes stand on it, or all; none: it is a mandate, a consent",
    "form.ja, form.en": "what the form is called",
    "form.holders": "for whom it is: subject, or kinds of representative; left out: everybody without one of their own",
    "form.seal": "true: a seal is asked for beside the signature",
    "form.proves": "proxy_statement: the form is itself the proof of the right to represent",
    "form.paper": "the code of the further paper that this form is, signed (a third person's consent)",
    "paper.code": "the paper's short name, as `paper:CODE` in ask-again and override",
    "paper.ja, paper.en": "what the paper is called in letters",
    "paper.rights": "for which rights it is asked for; left out: for all",
    "paper.holders": "of whom: subject, or kinds of representative; left out: of everybody",
    "paper.always": "false: only in a circumstance, which whoever registers the arrival sees (paper.when_ja, when_en)",
    "paper.when_ja, paper.when_en": "the circumstance",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One form: the rights whose boxes stand on it (none: it is for a proxy, a consent ...), and for whom it is.

    ``holders`` empty: everybody for whom there is no form of their own; else kinds of representative, or ``subject``.
    ``seal``: a seal is asked for beside the signature. ``proves``: the proof of the right to represent that it is;
    ``paper``: the further paper that it is.
    """

    code: str
    said: Said
    rights: frozenset[Right] = frozenset()
    holders: frozenset[str] = frozenset()
    seal: bool = False
    proves: str | None = None
    paper: str | None = None

    def is_for(self, holder: str) -> bool:
        """Whether it may be for somebody: ``subject``, or a kind of representative."""
        return not self.holders or holder in self.holders


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherPaper:
    """A paper that is neither a form, nor identity, nor authority: the consent of a third person, proof of a fact.

    ``rights`` and ``holders`` empty: whatever is asked for, whoever asks. ``always`` false: only in the circumstance
    that ``when`` says, which a person sees.
    """

    code: str
    said: Said
    rights: frozenset[Right] = frozenset()
    holders: frozenset[str] = frozenset()
    always: bool = True
    when: Said | None = None

    def is_asked(self, rights: Collection[Right], holder: str) -> bool:
        """Whether it is asked for of somebody who asks for these rights, at least in its circumstance."""
        return (not self.rights or not self.rights.isdisjoint(rights)) and (not self.holders or holder in self.holders)


SOURCE_FORMS = (
    Form(
        code="disclosure",
        said=Said(
            ja="個人情報利用目的通知・開示請求書",
            en="Personal information purpose of use notification/disclosure request form",
        ),
        rights=frozenset({Right.PURPOSE_NOTICE, Right.DISCLOSURE, Right.PROVISION_RECORDS}),
    ),
    Form(
        code="correction",
        said=Said(ja="個人情報訂正等請求書", en="Personal information correction, etc. request form"),
        rights=frozenset({Right.CORRECTION}),
    ),
    Form(
        code="halt",
        said=Said(ja="個人情報利用停止等請求書", en="Personal information utilization halt, etc. request form"),
        rights=frozenset({Right.HALT_USE, Right.HALT_PROVISION}),
    ),
    Form(
        code="proxy",
        said=Said(ja="委任状", en="Proxy statement"),
        holders=frozenset({str(RepresentativeKind.AGENT)}),
        proves=PROXY_STATEMENT,
    ),
)
"""The forms of the source (S16)."""


# ---- which forms a case needs ---------------------------------------------------------------------------------------


def form_of(right: Right, holder: str, forms: Iterable[Form]) -> Form | None:
    """Return the form on which a right's box stands for somebody: their own before that for everybody; None: none."""
    found = [form for form in forms if right in form.rights and form.is_for(holder)]
    return next((form for form in found if form.holders), found[0] if found else None)


def needed(rights: Collection[Right], holder: str, papers: Collection[str], forms: Iterable[Form]) -> tuple[Form, ...]:
    """Return the forms of one pack, each once, in the order of the set.

    ``papers`` are the codes of the further papers that are asked for: some of them are forms of the office.
    """
    known = tuple(forms)
    boxes = {form.code for right in rights if (form := form_of(right, holder, known)) is not None}
    return tuple(
        form
        for form in known
        if form.code in boxes
        or (form.proves is not None and holder in form.holders)
        or (form.paper in papers and form.is_for(holder))
    )


# ---- reading and refusing ---------------------------------------------------------------------------------------


def read_form(table: Table) -> Form:
    """Return one form of the file."""
    return Form(
        code=_code(table),
        said=table.bilingual() or Said(ja="", en=""),
        rights=table.rights(default=()),
        holders=frozenset(table.texts("holders", ())),
        seal=table.flag("seal"),
        proves=table.one_of("proves", [PROXY_STATEMENT]),
        paper=table.optional("paper"),
    )


def read_paper(table: Table) -> FurtherPaper:
    """Return one further paper of the file."""
    always, when = table.flag("always", True), table.bilingual("when", required=False)
    if always and when is not None:
        table.refuse("office_start.always_and_when")
    if not always and when is None:
        table.refuse("office_start.no_circumstance")
    return FurtherPaper(
        code=_code(table),
        said=table.bilingual() or Said(ja="", en=""),
        rights=table.rights(default=()),
        holders=frozenset(table.texts("holders", ())),
        always=always,
        when=when,
    )


def _code(table: Table) -> str:
    code = table.text("code")
    if code and FORM_CODE.fullmatch(code) is None:
        table.refuse("office_start.no_code", code=ascii(code))
    return code


def faults_of(forms: Collection[Form], papers: Collection[FurtherPaper], kinds: Collection[str]) -> Iterator[Fault]:
    """Yield what must not be in a set of forms and papers; *kinds* are those of representatives that are known."""
    holders = {SUBJECT, *kinds}
    named: tuple[tuple[str, Collection[Form | FurtherPaper]], ...] = (("form", [*forms]), ("paper", [*papers]))
    for what, rows in named:
        seen: set[str] = set()
        for number, row in enumerate(rows, start=1):
            place = f"{what} {number} ({row.code})"
            if row.code in seen:
                yield Fault(place, Reason("office_start.twice", {"code": row.code}))
            seen.add(row.code)
            longest = max(len(row.said.ja) * 2, len(row.said.en))  # a Japanese character is twice as wide
            if longest > LONGEST_NAME:
                params = {"what": row.code, "length": longest, "most": LONGEST_NAME}
                yield Fault(place, Reason("office_start.too_long", params))
            for strange in sorted(row.holders - holders):
                yield Fault(place, Reason("office_start.no_holder", {"holder": strange, "known": sorted(holders)}))
    for number, form in enumerate(forms, start=1):
        yield from _of_form(form, f"form {number} ({form.code})", {paper.code for paper in papers})
    yield from _doubled(forms)


def _of_form(form: Form, place: str, papers: Collection[str]) -> Iterator[Fault]:
    if form.paper is not None and form.paper not in papers:
        yield Fault(place, Reason("office_start.no_such_paper", {"paper": form.paper, "known": sorted(papers)}))
    if not form.rights and form.proves is None and form.paper is None:
        yield Fault(place, Reason("office_start.for_nothing", {"form": form.code}))
    if form.proves is not None and not form.holders:
        yield Fault(place, Reason("office_start.proves_for_whom", {"form": form.code}))


def _doubled(forms: Collection[Form]) -> Iterator[Fault]:
    """Two forms with the same right for the same people: nobody could tell which one is sent."""
    rows = list(enumerate(forms, start=1))
    for number, form in rows:
        for _, other in rows[: number - 1]:
            same = form.rights & other.rights
            people = form.holders & other.holders if form.holders and other.holders else None
            if same and (people or (not form.holders and not other.holders)):
                yield Fault(
                    f"form {number} ({form.code})",
                    Reason(
                        "office_start.same_right",
                        {"right": f"right.{min(same)}", "other": other.code, "form": form.code},
                    ),
                )
