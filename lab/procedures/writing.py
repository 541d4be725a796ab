"""A procedure.toml for a row, out of what was understood of its facts, and what had to be assumed for it."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from lab.procedures import file_answer, file_money, names
from lab.procedures.answers import answering
from lab.procedures.fees import money
from lab.procedures.file import Part, Written, said
from lab.procedures.identity import Slot, identity
from lab.procedures.kinds import DEAD, KINDS
from lab.procedures.people import people
from lab.procedures.rows import Row
from lab.procedures.starts import OURS, beginning, form_set
from workflows.law import names as names_of_laws
from workflows.law import regime
from workflows.law.values import EVERYWHERE

FIRST = "2026-04-01"
LAWS = (
    ("regime_jp_public_body", "jp-public"),
    ("UK GDPR", "uk-gdpr"),
    ("UK DPA 2018 pt 3", "uk-dpa-3"),
    ("Access to Health Records Act 1990", "uk-health-records"),
    ("MFIPPA", "ca-mfippa"),
    ("FIPPA", "ca-fippa"),
    ("Privacy Act 2020", "nz-privacy"),
    ("GDPR", "eu-gdpr"),
    ("APPI", "jp-appi"),
)
"""What a row's law, or a need of it, begins with -> the regime; what stands first counts first."""


_ANSWERING = (file_answer.answer, file_answer.times, file_answer.steps, file_answer.afterwards, file_answer.sentences)


def written(row: Row) -> Written:
    """Return the file of a row."""
    read = Written(
        row=row,
        values={"from": date.fromisoformat(FIRST), "regime": regime_of(row)},
        begins=beginning(row),
        forms=form_set(row),
        money=money(row),
        identity=identity(row),
        people=people(row),
        answer=answering(row),
    )
    for part in (_start, _forms, file_money.money, _identity, _people, *_ANSWERING):
        for key, value in part(read):
            if value not in ({}, [], None):
                read.values[key] = value
    read.unread.extend(_unread(read))
    return read


def regime_of(row: Row) -> str:
    """Return the regime a row's law is."""
    if row.needs_any("regime_jp_public_body"):
        return "jp-public"
    return next((name for said, name in LAWS if row.law.startswith(said)), "jp-appi")


# ---- how it begins --------------------------------------------------------------------------------------------------


def _start(read: Written) -> Part:
    begins = read.begins
    denied = [way for way in begins.not_accepted if way not in begins.ways]
    if "letter" in denied and "own_download" not in begins.ways:
        denied.append("own_download")
    start: dict[str, Any] = {"ways": list(begins.ways), "forms_sent_by": list(begins.sent_by)}
    if "contact" in begins.ways and not begins.sent_by:
        start["forms_sent_by"] = ["post"]
    if denied:
        start |= {"not_accepted": denied, **said(names.NOT_ACCEPTED, "not_accepted")}
    if begins.inbound_asked and begins.inbound:
        code = {"registered_cash": "cash_registered"}.get(begins.inbound, begins.inbound)
        start["inbound"] = [code]
    yield "start", start
    if begins.windows:
        yield (
            "window",
            [
                {"code": "head", **said(names.WINDOWS["head"])},
                {"code": "branch", **said(names.WINDOWS["branch"])},
            ],
        )


def _forms(read: Written) -> Part:
    forms = read.forms.forms
    if forms:
        told = {right for form in forms if not form.holders for right in form.rights}
        missing = [right for right in OURS if right not in told]
        if missing and len(missing) < len(OURS):
            read.assumed.append("rights the passage does not speak of stand on the last form, as the law demands")
        everybody = [form.code for form in forms if not form.holders and form.rights]
        rows = []
        for form in forms:
            rights = [*form.rights, *(missing if everybody and form.code == everybody[-1] else [])]
            values: dict[str, Any] = {"code": form.code, **said(names.FORMS[form.code])}
            if rights:
                values["rights"] = [right for right in OURS if right in rights]
            if form.holders:
                values["holders"] = _holders(form.holders, read)
            if form.seal:
                values["seal"] = True
            if form.code == "mandate":
                values["proves"] = "proxy_statement"
            rows.append(values)
        if not any(form.code == "mandate" for form in forms):
            rows.append(
                {"code": "mandate", **said(names.FORMS["mandate"]), "holders": ["agent"], "proves": "proxy_statement"}
            )
        yield "form", rows
    papers = [
        {"code": code, **said(names.PAPERS[code]), **({"rights": list(rights)} if rights else {}),
         **({} if always else {"always": False, **said(names.WHEN[code], "when")})}
        for code, rights, always in read.forms.papers
    ]  # fmt: skip
    if read.identity.seal:
        papers.append({"code": "seal", **said(names.PAPERS["seal"])})
    yield "paper", papers


def _holders(holders: tuple[str, ...], read: Written) -> list[str]:
    if "bereaved" in holders:
        kinds = [KINDS[each.kind] for each in read.people.kinds if each.kind in DEAD]
        return kinds or ["bereaved"]
    return list(holders)


# ---- papers ---------------------------------------------------------------------------------------------------------


def _identity(read: Written) -> Part:
    known = _documents(read)
    rows: list[dict[str, Any]] = []
    for rule in sorted(read.identity.rules, key=lambda each: (not each.rights, each.where is None)):
        enough = [
            way
            for alternative in rule.enough
            if (way := [_slot(slot, known, read) for slot in alternative]) and all(way)
        ]
        values: dict[str, Any] = {}
        if rule.where:
            values["where"] = rule.where
        if rule.rights:
            values["rights"] = list(rule.rights)
        if not rule.enough:
            read.unread.append(f"no paper at all for {', '.join(rule.rights)}: no key says so")
        elif enough:
            if read.identity.by_phone and "call_back" in known:
                enough.insert(0, ["call_back"])
            rows.append({**values, "enough": enough, **_besides(read), **said(names.REASON, "reason")})
    yield "identity", rows
    optional = _named(rows)
    papers = regime_documents(read.values["regime"])
    yield "evidence", [{"code": code} for code in optional if getattr(papers.get(code), "optional", False)]
    read.assumed.extend(read.identity.assumed)


def regime_documents(name: str) -> dict[str, Any]:
    """Return a paper of each code that a regime knows."""
    try:
        return {code: rows[-1] for code, rows in regime(name).documents.items()}
    except KeyError:
        return {}


def _named(rows: Any) -> list[str]:
    """Return every text that stands anywhere in some values, each once."""
    if isinstance(rows, str):
        return [rows]
    if isinstance(rows, dict):
        rows = list(rows.values())
    return list(dict.fromkeys(text for row in rows for text in _named(row))) if isinstance(rows, (list, tuple)) else []


def _besides(read: Written) -> dict[str, Any]:
    """Return which papers do not count together, and how old one without a last day of validity may be."""
    values: dict[str, Any] = {}
    known = _documents(read)
    alone = [
        code for paper in read.identity.not_together for code in (paper, *_ELSEWHERE.get(paper, ())) if code in known
    ]
    if len(alone) > 1:
        values["only_one_of"] = [alone]
    age = read.identity.undated
    if age is not None:
        values["undated_within"] = {"days": age.days} if age.days else {"months": age.months}
    return values


def _documents(read: Written) -> set[str]:
    return {"photo", "no_photo", "any", *regime_documents(read.values["regime"])}


_ELSEWHERE = {"drivers_licence": ("photocard_licence", "paper_licence")}
"""What a paper of the facts is called in the tables of other countries."""


def _slot(slot: Slot, known: set[str], read: Written) -> Any:
    papers = [code for paper in slot.papers for code in ([paper] if paper in known else _ELSEWHERE.get(paper, [paper]))]
    codes = [code for code in papers if code in known]
    missing = [code for code in papers if code not in known]
    if missing:
        read.unread.append(f"no such paper in the law's table: {', '.join(missing)}")
    if not codes:
        return None
    of: Any = codes[0] if len(codes) == 1 else codes
    extra: dict[str, Any] = {}
    if slot.original:
        extra["original"] = True
    if slot.days or slot.months:
        extra["within"] = {"days": slot.days} if slot.days else {"months": slot.months}
    if slot.address:
        extra["address"] = True
    return {"of": of, **extra} if extra else of


def _people(read: Written) -> Part:
    rows: list[dict[str, Any]] = []
    for one in read.people.kinds:
        kind = KINDS.get(one.kind, one.kind)
        values: dict[str, Any] = {"kind": kind}
        if kind in names.KINDS:
            values |= said(names.KINDS[kind])
        age = {"days": one.days} if one.days else {"months": one.months} if one.months else None
        ways = _known_ways(one.proofs, kind, read)
        if not ways and kind not in EVERYWHERE:
            read.unread.append(f"nothing in the law's table proves the right of {kind}: {one.proofs}")
            continue
        if ways:
            values["proofs"] = [
                [{"of": code, "within": age} if age and code in _AGED else code for code in alternative]
                for alternative in ways
            ]
            if age or any(len(way) > 1 for way in ways):
                values |= said(names.REASON, "reason")
        if one.kind in DEAD and not re.search(r"death|dead", read.row["bereaved"].lower()):
            read.assumed.append("that the person has died is proven by a certificate: no file loads without")
        if one.answer_to:
            values["answer_to"] = one.answer_to
        if one.where == "counter" and "counter" not in read.begins.ways:
            read.unread.append(f"{kind} is taken at the counter only, and no way leads there")
        elif one.where:
            values["where"] = one.where
        if kind == "minor" and read.people.consent_from:
            values["consent_from"] = read.people.consent_from
        rows.append(values)
    yield "representative", rows


def _known_ways(ways: tuple[tuple[str, ...], ...], kind: str, read: Written) -> list[tuple[str, ...]]:
    """Return the alternatives whose proofs the law's table has: for one of its own kinds those of that kind."""
    every = list(regime(read.values["regime"]).proofs) if read.values["regime"] in names_of_laws() else []
    known = {code for of, code in every if kind not in EVERYWHERE or of in (kind, None)}
    for code in sorted({code for way in ways for code in way} - known):
        read.unread.append(f"no such proof in the law's table for {kind}: {code}")
    return [way for way in ways if known.issuperset(way)]


_AGED = (
    "family_register",
    "resident_record",
    "registration_certificate",
    "subject_seal_certificate",
    "proxy_statement",
)


def _unread(read: Written) -> Iterator[str]:
    for rests in (
        read.begins.unread,
        read.forms.unread,
        read.money.unread,
        read.identity.unread,
        read.people.unread,
        read.answer.unread,
    ):
        yield from rests
