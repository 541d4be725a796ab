"""The manifest of a batch for people: what is in the pile, in its order, and what is to be laid into each envelope.

A page of text of 80 columns, to be printed and ticked: each letter with its sheets, its class of post, what is printed
with it, what is laid in by hand, and where its post has a number, room to write it down.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from models.effect import named
from services.letters.batches import Sheet, Staged
from workflows.letters import DeliveryWay, Enclosed, MailClass
from workflows.words import listed, noun, tell

_RULE = "-" * 72


@dataclass(frozen=True, slots=True)
class Head:
    """When and by whom a batch is printed, and whether it is a demo's."""

    at: datetime
    by: str
    sample: bool


def page(staged: Staged, head: Head, language: str) -> str:
    """Return the manifest."""
    return "\n".join([*_head(staged, head, language), *_letters(staged, language), ""])


def _head(staged: Staged, head: Head, language: str) -> Iterator[str]:
    def say(part: str, **params: object) -> str:
        return tell(f"manifest.{part}", language, **params)

    sheets = staged.sheets
    yield say("head", batch=staged.batch, at=head.at.strftime("%Y-%m-%d %H:%M"), by=head.by)
    yield say("counts", letters=len(sheets), sheets=sum(sheet.sheets for sheet in sheets))
    for kind, count in sorted(Counter(_class(sheet) for sheet in sheets).items()):
        yield say("of_class", kind=noun(f"mail_class.{kind}", language), count=count)
    by_hand: Counter[str] = Counter()
    for sheet in sheets:
        if sheet.envelope is not None:
            by_hand.update({laid.what: laid.count for laid in sheet.envelope.enclosed})
    yield say("by_hand", what=_amounts(by_hand, language)) if by_hand else say("nothing_by_hand")
    if head.sample:
        yield say("sample")
    yield say("file", file=staged.merged.name, sha256=staged.sha256)


def _amounts(counts: Counter[str], language: str) -> str:
    return listed((tell(f"manifest.{what}", language, count=count) for what, count in counts.items()), language)


def _letters(staged: Staged, language: str) -> Iterator[str]:
    numbered = False
    for position, sheet in enumerate(staged.sheets, 1):
        yield _RULE
        yield from _letter(position, sheet, language)
        numbered |= _has_number(sheet)
    yield _RULE
    yield tell("manifest.foot", language, batch=staged.batch)
    if numbered:
        yield tell("manifest.foot_tracking", language, batch=staged.batch)


def _letter(position: int, sheet: Sheet, language: str) -> Iterator[str]:
    first, last = sheet.first_page, sheet.first_page + sheet.pages - 1
    name = named(sheet.letter, sheet.copy)
    yield f"[ ] {position:>4}  {name:<18}  {noun(f'letter.{sheet.kind}', language)} ({sheet.language})"

    def line(part: str, **params: object) -> str:
        return f"    {tell(f'manifest.{part}', language, **params)}"

    kind = noun(f"mail_class.{_class(sheet)}", language)
    yield line("paper", first=first, last=last, sheets=sheet.sheets, kind=kind)
    envelope = sheet.envelope
    if envelope is None:
        yield line("unknown")
        return
    for form in envelope.forms:
        yield line("form", form=noun(form, language))
    if envelope.label:
        yield line("label")
    for extra in envelope.extras:
        yield line("extra", extra=noun(f"mail_extra.{extra}", language))
    if envelope.way is not DeliveryWay.POST:
        yield line("not_posted", way=noun(f"way.{envelope.way}", language))
    if envelope.seal:
        yield line("seal")
    for laid in envelope.enclosed:
        yield line("lay_in", what=_laid(laid, language))
    if not envelope.enclosed:
        yield line("lay_in_nothing")
    if _has_number(sheet):
        yield line("tracking")


def _laid(laid: Enclosed, language: str) -> str:
    what = tell(f"manifest.{laid.what}", language, count=laid.count)
    about = "" if laid.about is None else noun(laid.about, language)
    if laid.holds is not None:
        return tell("manifest.holding", language, what=what, about=about, count=laid.holds)
    return tell("manifest.about", language, what=what, about=about) if about else what


def _class(sheet: Sheet) -> MailClass:
    return MailClass.ORDINARY if sheet.envelope is None else sheet.envelope.mail_class


def _has_number(sheet: Sheet) -> bool:
    """Whether the post gives it a number to follow it by."""
    by_post = sheet.envelope is None or sheet.envelope.way is DeliveryWay.POST
    return by_post and _class(sheet).tracked
