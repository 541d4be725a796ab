"""How a request begins: by which ways, who sends the forms, what is not accepted, on which forms."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lab.procedures.phrases import Phrase, left_of, rights_in, words
from lab.procedures.rows import Row

# What the facts say of a way, where it is not denied. The order is that in which a case's main way is chosen.
WAYS = {
    "contact": r"\bcontact\b|(?<!no )\bphone\b(?! call| \(operator)|\border(ed)?\b|ask (for|by|the desk|"
    r"staff)|\bcall\b|\bapply\b"
    r"|centre",
    "own_download": r"download\w*|own forms?|form by post|printed?\b|form to the model|mail form|form \+ papers"
    r"|send the form|filled form|post a filled",
    "letter": r"\bwrite\b(?! the form)|\bletter\b|in writing",
    "counter": r"\bvisit\b|counter\b|branch\b|in person|reception|come (in|to)|brought to|at the desk|handed in|talk",
    "web": r"web form|member page|\bonline\b|members in the web|smartphone application|\bweb\b(?!, print)",
    "email": r"e-mail( attachment)?",
    "fax": r"\bfax\b",
    "phone": r"orally|\boral\b|phone \(operator\)",
}
_DENIED = {
    "counter": r"no visits|visits? (are )?not received",
    "phone": r"no (e-mail, fax or )?phone|no phone",
    "email": r"no (phone, fax, )?e-mail|no phone, fax, e-mail",
    "fax": r"no (phone, )?fax|no e-mail or fax|no phone, fax",
    "letter": r"post refused|no post\b",
}
_INBOUND = {
    "registered_cash": r"registered cash",
    "simple_registered": r"simple registered post",
    "recorded": r"delivery-recorded|recorded or registered|recorded post",
}
_WORDS = words(
    "desk mails cannot post data after contact otherwise appointment registered address mail genkin kakitome "
    "customer sends form call impossible difficult bank seal company write time anew agency service sent "
    "comes back fill web print posted returned attachment e-mail pdf fee forms staff known unclear uploads "
    "identity card advised members shop bring you document asker disclosure call records separate user signed "
    "several combined debit order printed application mandate"
)
"""What the facts say of it beside what is taken, and what other settings hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What was understood of how a request begins; the first way is the main one."""

    ways: tuple[str, ...]
    sent_by: tuple[str, ...]
    not_accepted: tuple[str, ...]
    inbound: str | None
    inbound_asked: bool
    reply_envelope: bool
    stamped_envelope_for_form: bool
    windows: bool
    red_envelope: bool
    unread: tuple[str, ...]


def beginning(row: Row) -> Beginning:
    """Return how a request begins, as far as the facts tell."""
    how, mails = Phrase(row["how_to_start"]), Phrase(row["who_mails_forms"])
    channels, unusual = Phrase("; ".join(row.channels)), Phrase(row["unusual"])
    not_accepted = tuple(way for way, pattern in _DENIED.items() if channels.says(pattern) | how.says(pattern))
    only_post = channels.says(r"post only|post; no phone|simple registered post only")
    inbound = next((code for code, pattern in _INBOUND.items() if channels.says(pattern)), None)
    ways = _ways(row, how, mails, channels, not_accepted)
    sends = not mails.says(r"nobody") and (mails.says(r"office|kept at branches") or "contact" in ways)
    by_mail = row.needs_any("forms_sent_electronically") or mails.says(r"by e-mail|or e-mail")
    posts = sends and not (mails.says(r"office, by e-mail") and "post" not in mails.text)
    sent_by = [*(["post"] if posts else []), *(["email"] if sends and by_mail else [])]
    if only_post and "counter" not in not_accepted and "counter" not in ways:
        not_accepted = (*not_accepted, "counter")
    return Beginning(
        ways=ways,
        sent_by=tuple(sent_by),
        not_accepted=not_accepted,
        inbound=inbound,
        inbound_asked=inbound is not None and "advised" not in channels.text,
        reply_envelope=mails.says(r"own reply envelope") | how.says(r"reply envelope of the company"),
        stamped_envelope_for_form=mails.says(r"against a stamped envelope") | how.says(r"stamped reply envelope"),
        windows=row.needs_any("several_windows"),
        red_envelope=unusual.says(r"envelope marked in red"),
        unread=left_of(_WORDS, how, mails, channels),
    )


def _ways(row: Row, how: Phrase, mails: Phrase, channels: Phrase, denied: Iterable[str]) -> tuple[str, ...]:
    """Return the ways, the main one first: the one that is named first, and what the needs add to it."""
    named = sorted((found.start(), way) for way, pattern in WAYS.items() if (found := how.take(pattern)))
    ways = [way for _, way in named]
    if mails.says(r"office") and "contact" not in ways:
        ways.append("contact")
    ways += [way for way in ("counter", "web", "email", "fax", "phone") if channels.says(_CHANNELS[way])]
    if row.needs_any("start_at_returned"):
        ways = _with_forms_first(row, ways)
    if row.needs_any("in_person") and "counter" not in ways:
        ways.append("counter")
    limited = row.needs_any("email_web_channel")
    spoken_only = {"email", "phone", "fax"} if not limited else set()
    if row.law and not row.law.startswith("APPI") and not ways:
        ways = ["letter"]
    kept = [way for way in dict.fromkeys(ways) if way not in denied and way not in spoken_only]
    kept = [way for way in kept if way != "letter" or not _says_form(how)]
    by_post = re.search(r"\bpost\b", channels.text) or not row.channels
    if not by_post and "counter" in kept:
        kept = [way for way in kept if way != "own_download"]
    elif by_post and row.channels and not set(kept) & {"contact", "own_download", "letter"} and "letter" not in denied:
        kept.append("own_download" if row.law.startswith("APPI") or "form" in how.text else "letter")
    return tuple(kept or ["contact"])


_CHANNELS = {
    "counter": r"\bvisit\b",
    "web": r"\bweb\b|smartphone application",
    "email": r"(?<!no )e-mail\b",
    "fax": r"\bfax\b",
    "phone": r"\boral\b|^phone\b|; phone;",
}


def _says_form(how: Phrase) -> bool:
    return bool(re.search(r"\bform\b", how.text)) and not re.search(r"in writing|letter", how.text)


def _with_forms_first(row: Row, ways: list[str]) -> list[str]:
    """Let a way that begins with forms be the main one: that much the needs tell."""
    begins = [way for way in ways if way in ("own_download", "letter", "web", "email", "counter", "phone")]
    if not any(way in begins for way in ("own_download", "letter", "web", "email", "phone")):
        begins.insert(0, "own_download" if row.law.startswith("APPI") or "form" in row["forms"] else "letter")
    first = begins[0]
    return [first, *(way for way in ways + begins if way != first)]


# ---- forms ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFact:
    """One form: its code, the rights on it, for whom it is, how it is sealed."""

    code: str
    rights: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    seal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSet:
    """What was understood of the forms; none: the source's own three."""

    forms: tuple[FormFact, ...]
    papers: tuple[tuple[str, tuple[str, ...], bool], ...]
    copies_per: str | None
    unread: tuple[str, ...]


_GROUPS = (
    ("disclosure", ("purpose_notice", "disclosure", "provision_records")),
    ("correction", ("correction",)),
    ("halt", ("halt_use", "halt_provision")),
)


def form_set(row: Row) -> FormSet:
    """Return the forms as far as the facts tell."""
    said = Phrase(row["forms"])
    identity = Phrase(row["identity"])
    rights = known_rights(row)
    seal = next(
        (kind for kind, pattern in _SEALS.items() if said.says(pattern) | Phrase(row["how_to_start"]).says(pattern)),
        None,
    )
    forms = tuple(_forms(said, rights, seal)) if said else ()
    if not forms and row.needs_any("own_form_set"):
        forms = (FormFact(code="request", rights=rights, seal=seal),)
    papers = [
        *([("consent_of_user", ("disclosure",), False)] if said.says(r"user-consent|consent form") else []),
        *([("consent", (), True)] if said.says(r"\bconsent\b") and not said.says(r"user-consent") else []),
        *([("facts", tuple(right for right in rights if right in ("correction", "halt_use", "halt_provision")), True)]
          if identity.says(r"papers showing the facts") else []),
    ]  # fmt: skip
    per = next((code for code, pattern in _PER.items() if said.says(pattern)), None)
    return FormSet(forms=forms, papers=tuple(papers), copies_per=per, unread=left_of(_WORDS, said))


_SEALS = {"bank": r"bank seal", "registered": r"registered seal", "any": r"with seal|\bsealed\b"}
_PER = {"name": r"per name", "item": r"per item", "institution": r"per (medical )?institution"}


def _forms(said: Phrase, rights: tuple[str, ...], seal: str | None) -> Iterator[FormFact]:
    """Yield the forms a phrase tells."""
    each = said.says(r"\bone per kind\b|\bby kind\b")
    listed = said.take(r"(two|three|four)?:?\s*([^:;]*?(disclosure|notice)[^:]*)") if ":" in said.text or (
        "," in said.text and said.says(r"disclosure|correction")
    ) else None  # fmt: skip
    if said.says(r"request; (request by )?bereaved|\bbereaved\b|deceased|of the dead"):
        yield FormFact(code="request", rights=rights, holders=(), seal=seal)
        yield FormFact(code="bereaved", rights=("disclosure",), holders=("bereaved",), seal=seal)
    elif each or said.says(r"\bdisclosure, correction, halt\b"):
        for code, group in _GROUPS:
            held = tuple(right for right in group if right in rights)
            if held:
                yield FormFact(code=code, rights=held, seal=seal)
    elif listed is not None:
        yield from _listed(said.text, rights, seal)
    else:
        yield FormFact(code="request", rights=rights, seal=seal)
    if said.says(r"\bmandate\b|notice of representative"):
        yield FormFact(code="mandate", holders=("agent",), seal=seal)


def _listed(text: str, rights: tuple[str, ...], seal: str | None) -> Iterator[FormFact]:
    """Yield a form for each part of a list that names rights; what no form names goes on the last."""
    body = text.split(":", 1)[-1]
    given: set[str] = set()
    found: list[tuple[str, tuple[str, ...]]] = []
    for part in re.split(r"[;,]", re.sub(r"\bnotice\b", "purpose notice", re.sub(r"purpose notice", "notice", body))):
        held = tuple(right for right in rights_in(part) if right in rights and right not in given)
        if held:
            given |= set(held)
            code = (
                held[0]
                if held[0] not in ("purpose_notice", "halt_use")
                else {"purpose_notice": "disclosure"}.get(held[0], "halt")
            )
            if any(code == other for other, _ in found):
                code = held[0]
            found.append((code, held))
    left = [right for right in rights if right not in given]
    for number, (code, held) in enumerate(found, start=1):
        mates = [right for right in left if any(right in group and set(held) & set(group) for _, group in _GROUPS)]
        left = [right for right in left if right not in mates]
        more = mates + (left if number == len(found) else [])
        yield FormFact(code=code, rights=tuple(right for right in OURS if right in (*held, *more)), seal=seal)
    if not found:
        yield FormFact(code="request", rights=rights, seal=seal)


OURS = ("purpose_notice", "disclosure", "provision_records", "correction", "halt_use", "halt_provision")


def known_rights(row: Row) -> tuple[str, ...]:
    """Return the rights of a row that the law's tables know; the passage telling none: disclosure."""
    return tuple(right for right in OURS if right in row.rights) or ("disclosure",)
