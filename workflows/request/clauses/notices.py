"""The sentences about the procedure in letters other than the guidance: what to return, by when, and what then."""

from collections.abc import Iterator

from workflows.office.publication import Place
from workflows.request.clauses import afterwards, answer, begin, fees, law, own, proof, times
from workflows.request.clauses.values import Sentence, Situation, says
from workflows.request.promises import CODE_DAYS
from workflows.request.values import LetterKind

Named = Iterator[tuple[str, list[Sentence]]]


def say(kind: LetterKind, s: Situation) -> Named:
    """Yield the named parts of a letter of that kind."""
    parts = _BY_KIND.get(kind)
    if parts is not None:
        yield from parts(s)
    place = _PLACES.get(kind)
    if place is not None and (sentence := own.at(s, place)):
        yield "own", sentence


def _request_forms(s: Situation) -> Named:
    things, how = _enclosed(s), begin.returned(s)
    if s.reply_by is None:
        yield "cover.return", [says("said_letters.return", things=things, how=how)]
    else:
        yield "cover.return", [says("said_letters.return_by", things=things, how=how, day=s.reply_by)]


def _deficiency_notice(s: Situation) -> Named:
    if s.forms:
        yield "forms_again", [says("said_letters.forms_again")]
    send = [says("said_letters.send_supplement"), says("said_letters.not_again"), proof.black_out(s)]
    end = times.not_supplied(s)
    if end is not None:
        send.append(end)
    yield "send", send


def _reminder(s: Situation) -> Named:
    things = _enclosed(s)
    if s.reply_by is None:
        yield "return", [says("said_letters.remind", things=things)]
    else:
        yield "return", [says("said_letters.remind_by", things=things, day=s.reply_by)]
    yield "lost", [says("said_letters.new_forms")]
    end = "said_letters.closed_or_answered" if s.round > 1 else "said_letters.closed"
    if s.reply_by is None:
        yield "end", [says(end)]
    else:
        yield "end", [says(f"{end}_by", day=s.reply_by)]


def _lapse_notice(s: Situation) -> Named:
    late = [says("said_letters.reopened", things=_enclosed(s)), says("said_letters.code_expired", days=CODE_DAYS)]
    yield "late", late


def _withdrawal_confirmation(s: Situation) -> Named:
    yield "papers", [afterwards.withdrawn(s)]


def _disclosure_notification(s: Situation) -> Named:
    yield "electronic", [answer.electronic(s, sent=True)]
    if returned := afterwards.returned_with_answer(s):
        yield "returned", returned
    if s.later and (later := [*answer.carried_out(s, frozenset(s.later))]):
        yield "later", later


def _extension_notice(s: Situation) -> Named:
    extension = s.regime.extension
    if extension is not None:
        code = "said_letters.extended_once" if extension.times == 1 else "said_letters.extended_often"
        yield "once", [says(code, law=law.act(s), times=extension.times)]


_BY_KIND = {
    LetterKind.REQUEST_FORMS: _request_forms,
    LetterKind.DEFICIENCY_NOTICE: _deficiency_notice,
    LetterKind.REMINDER: _reminder,
    LetterKind.LAPSE_NOTICE: _lapse_notice,
    LetterKind.DISCLOSURE_NOTIFICATION: _disclosure_notification,
    LetterKind.WITHDRAWAL_CONFIRMATION: _withdrawal_confirmation,
    LetterKind.EXTENSION_NOTICE: _extension_notice,
}

_PLACES = {
    LetterKind.REQUEST_FORMS: Place.GREETING,
    LetterKind.DEFICIENCY_NOTICE: Place.DEFICIENCY,
    LetterKind.REMINDER: Place.REMINDER,
    LetterKind.DISCLOSURE_NOTIFICATION: Place.ANSWER,
}
"""Where a letter has a sentence of the office's own."""


def _enclosed(s: Situation) -> list[Sentence]:
    """Return what comes with the forms, in a few words."""
    things = [says("said_letters.enclose.identity")]
    if begin.papers(s):
        things.append(says("said_letters.enclose.further"))
    if fees.enclosed(s):
        things.append(says("said_letters.enclose.fee"))
    return things
