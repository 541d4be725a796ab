"""A procedure.toml for a row, out of what was understood of its facts, and what had to be assumed for it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lab.procedures import names
from lab.procedures.answers import Answering, answering
from lab.procedures.fees import CHARGEABLE, FeeFact, Money, money
from lab.procedures.identity import Identity, Slot, identity
from lab.procedures.people import People, people
from lab.procedures.rows import Row
from lab.procedures.starts import OURS, Beginning, FormSet, beginning, form_set
from lab.procedures.toml import text_of
from workflows.law import regime

FIRST = "2026-04-01"
_DEAD = {"heir": "bereaved", "executor": "executor", "estate_administrator": "bereaved_estate_administrator"}
KINDS = {**_DEAD, "lawyer": "lawyer", "carer": "carer", "relative": "relative"}
"""How the file calls a kind of representative that the law's own three are not."""
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


@dataclass(frozen=True, kw_only=True)
class Written:
    """A file for a row: its values, and what they rest on beside the facts."""

    row: Row
    values: dict[str, Any]
    assumed: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    begins: Beginning
    forms: FormSet
    money: Money
    identity: Identity
    people: People
    answer: Answering

    @property
    def text(self) -> str:
        """The file."""
        return text_of(
            self.values, [f"{self.row.id}: {self.row.sector}, {self.row.country}; facts of {self.row.source_url}"]
        )


def written(row: Row) -> Written:
    """Return the file of a row."""
    from datetime import date

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
    for part in (_start, _forms, _money, _identity, _people, _answer, _times, _steps, _afterwards, _sentences):
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


Part = Iterator[tuple[str, Any]]


def _said(pair: tuple[str, str], prefix: str = "") -> dict[str, str]:
    before = f"{prefix}_" if prefix else ""
    return {f"{before}ja": pair[0], f"{before}en": pair[1]}


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
        start |= {"not_accepted": denied, **_said(names.NOT_ACCEPTED, "not_accepted")}
    if begins.inbound_asked and begins.inbound:
        code = {"registered_cash": "cash_registered"}.get(begins.inbound, begins.inbound)
        start["inbound"] = [code]
    yield "start", start
    if begins.windows:
        yield (
            "window",
            [
                {"code": "head", "ja": "本社窓口", "en": "Head office"},
                {"code": "branch", "ja": "支店・各施設窓口", "en": "Branch or facility that holds the data"},
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
            values: dict[str, Any] = {"code": form.code, **_said(names.FORMS[form.code])}
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
                {"code": "mandate", **_said(names.FORMS["mandate"]), "holders": ["agent"], "proves": "proxy_statement"}
            )
        yield "form", rows
    papers = [
        {"code": code, **_said(names.PAPERS[code]), **({"rights": list(rights)} if rights else {}),
         **({} if always else {"always": False, **_said(names.WHEN[code], "when")})}
        for code, rights, always in read.forms.papers
    ]  # fmt: skip
    if read.identity.seal:
        papers.append({"code": "seal", **_said(names.PAPERS["seal"])})
    yield "paper", papers


def _holders(holders: tuple[str, ...], read: Written) -> list[str]:
    if "bereaved" in holders:
        kinds = [KINDS[each.kind] for each in read.people.kinds if each.kind in _DEAD]
        return kinds or ["bereaved"]
    return list(holders)


# ---- money ----------------------------------------------------------------------------------------------------------

PAY = {"pay_within": {"months": 1}, "unpaid": "decide"}


def _money(read: Written) -> Part:
    found = read.money
    if found.currency != "JPY" and (found.fees or found.answer_postage):
        yield "fees", {"currency": found.currency}
    yield "fee", [_fee(one, read) for one in _merged(found.fees)]
    if found.answer_postage:
        yield "answer_postage", _postage(read)
    if found.fees or found.answer_postage:
        then = {"then": "refuse:method_not_followed"} if "method_not_followed" in _grounds(read) else {}
        yield "fee_shortage", {"ask": True, **({"excess": found.excess} if found.excess else {}), **then}
        read.assumed.append("a fee that is short is asked for in the notice, then the request is refused")
    if found.refunded is False:
        yield "fee_refund", {"refused": False, "not_held": False}
    yield (
        "fee_extra",
        [
            {"code": code, "amount": amount, "rights": ["disclosure"], **_said(names.EXTRAS[code])}
            for code, amount in found.surcharges
        ],
    )


def _grounds(read: Written) -> Any:
    try:
        return regime(read.values["regime"]).grounds
    except KeyError:
        return {}


def _merged(fees: tuple[FeeFact, ...]) -> list[tuple[FeeFact, int | None]]:
    """Return fees with what an electronic answer costs instead."""
    electronic = next((one.amount for one in fees if one.manner == "electronic"), None)
    paper_only = any(one.manner == "paper" for one in fees) and electronic is None
    return [
        (one, (0 if paper_only else electronic) if one.manner == "paper" else None)
        for one in fees
        if one.manner != "electronic"
    ]


def _fee(pair: tuple[FeeFact, int | None], read: Written) -> dict[str, Any]:
    one, electronic = pair
    values: dict[str, Any] = {"rights": list(one.rights), "amount": "estimated" if one.amount is None else one.amount}
    if one.assumed:
        read.assumed.append(f"the amount is not in the passage: {one.amount} stands for it")
    if one.per != "request":
        values["per"] = one.per
    if electronic is not None:
        values["electronic"] = electronic
    values |= {"by": list(one.by), "due": one.due}
    if read.money.starts_when_paid and one.due == "after_decision":
        values |= {"due": "after_identity", "amount": one.amount if one.amount is not None else _assumed(read)}
    if values["due"] in ("after_decision", "after_identity"):
        months = read.money.pay_within_months
        if months is None:
            read.assumed.append("the time to pay a bill is not in the passage: one month, then the lead decides")
            values |= PAY
        else:
            values |= {"pay_within": {"months": months}, "unpaid": "lapse"}
    if read.money.months_of_order and "money_order" in one.by:
        values["money_order_issued_within_months"] = read.money.months_of_order
    return values


def _assumed(read: Written) -> int:
    from lab.procedures.fees import PLACEHOLDER

    read.assumed.append(f"the amount is not in the passage: {PLACEHOLDER} stands for it")
    return PLACEHOLDER


POSTAGE = 460
"""Yen of stamps for an answer by simple registered post where the passage names none: an assumption."""


def _postage(read: Written) -> dict[str, Any]:
    found = read.money
    lawful = [right for right in CHARGEABLE if right in read.row.rights] or ["disclosure"]
    values: dict[str, Any] = {"rights": ["disclosure"] if read.values["regime"] == "jp-public" else lawful}
    if found.answer_stamps is None:
        read.assumed.append(f"the postage of the answer is not in the passage: {POSTAGE} stands for it")
    values["stamps"] = found.answer_stamps or POSTAGE
    if found.reply_envelope:
        values["envelope"] = True
    return values


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
            rows.append({**values, "enough": [[]]})
        elif enough:
            more = _is_more(enough)
            rows.append({**values, "enough": enough, **(_said(names.REASON, "reason") if more else {})})
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


def _is_more(enough: list[list[Any]]) -> bool:
    """Tell whether more is asked for than the law's example: neither one with a photograph, nor two of any will do."""
    return True


def _documents(read: Written) -> set[str]:
    return {"photo", "no_photo", "any", *regime_documents(read.values["regime"])}


def _slot(slot: Slot, known: set[str], read: Written) -> Any:
    codes = [code for code in slot.papers if code in known]
    missing = [code for code in slot.papers if code not in known]
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
            values |= _said(names.KINDS[kind])
        age = {"days": one.days} if one.days else {"months": one.months} if one.months else None
        values["proofs"] = [
            [{"of": code, "within": age} if age and code in _AGED else code for code in alternative]
            for alternative in one.proofs
        ]
        if one.answer_to:
            values["answer_to"] = one.answer_to
        if one.where:
            values["where"] = one.where
        if kind == "minor" and read.people.consent_from:
            values["consent_from"] = read.people.consent_from
        rows.append(values)
    yield "representative", rows


_AGED = (
    "family_register",
    "resident_record",
    "registration_certificate",
    "subject_seal_certificate",
    "proxy_statement",
)


# ---- the answer -----------------------------------------------------------------------------------------------------

WAYS = {"electronic": "email", "collect": "collected", "oral": "oral", "viewing": "viewed", "disc": "post"}


def _answer(read: Written) -> Part:
    found = read.answer
    values: dict[str, Any] = {}
    if found.to == "form":
        values["address"] = "as_stated"
    if found.mail_class:
        values["class"] = _class(found.mail_class, read)
    elif found.to == "form":
        values["class"] = "simple_registered"
    if found.class_granted:
        values["class_when"] = {
            f"disclosure:{outcome}": _class(found.class_granted, read) for outcome in ("granted", "partly")
        }
    ways = [WAYS[manner] for manner in found.manners]
    if read.row.channels and all(channel == "visit" for channel in read.row.channels) and "collected" not in ways:
        read.assumed.append("an office that is visited lets the answer be collected")
        ways.append("collected")
    if ways:
        values["ways"] = list(dict.fromkeys(["post", *ways]))
    if "email" in ways:
        values |= _said(names.OWN_RISK, "own_risk")
    if {"collected", "viewed"} & set(ways):
        values["collect"] = {"within": {"days": 30}, "then": "post"}
        read.assumed.append("an answer not collected within 30 days is posted")
    chosen = [_class(code, read) for code in found.chosen if code != "express"]
    if chosen or "express" in found.chosen:
        values |= {**({"chosen": chosen} if chosen else {}), "chosen_if_paid": True}
    if "express" in found.chosen:
        values["chosen_extras"] = ["express"]
    if found.not_sent_again:
        values["comes_back"] = {"again": "when_asked"}
    yield "answer", values
    if found.two_stage:
        days = found.choose_within_days or 30
        if found.choose_within_days is None:
            read.assumed.append("the manner is chosen within 30 days, and carried out within 30 more")
        yield "execution", {"apply_within": {"days": days}, "within": {"days": 30}}


def _class(code: str, read: Written) -> str:
    return "recorded_delivery" if code == "record_tracked" and read.row.country != "JP" else code


def _times(read: Written) -> Part:
    found, rows = read.answer.promise, []
    law = read.values["regime"]
    if found is not None and law in ("jp-appi", "jp-public"):
        rows.append({
            "within": {found.unit: found.count},
            "from": {"complete": "acceptance" if read.money.fees else "complete"}.get(found.start, found.start),
            **({"words": "about"} if found.about else {}),
            **({"deficiency_counts": False} if found.pauses else {}),
        })  # fmt: skip
    if read.answer.acknowledged_within_days:
        rows.append(
            {
                "within": {"working_days": read.answer.acknowledged_within_days},
                "from": "arrival",
                "until": "acknowledgement",
            }
        )
    times: dict[str, Any] = {"promise": rows} if rows else {}
    if read.answer.handed_back:
        times["deficiency"] = {"within": {"months": 1}, "then": "returned"}
        read.assumed.append("what is handed back may be supplied within a month")
    yield "times", times


def _steps(read: Written) -> Part:
    rows = []
    for code in read.answer.steps:
        ja, en, who_ja, who_en = names.STEPS[code]
        rows.append({"code": code, "ja": ja, "en": en, "who_ja": who_ja, "who_en": who_en, "within": {"weeks": 2},
                     "chased_every": {"weeks": 1}})  # fmt: skip
        read.assumed.append("the step before the decision is given two weeks, then chased each week")
    yield "step", rows


def _afterwards(read: Written) -> Part:
    values: dict[str, Any] = {}
    if read.answer.returned:
        values["evidence"] = {"end": "returned"}
    elif read.answer.returned is False or read.answer.destroyed:
        values["evidence"] = {"end": "destroyed", "within": {"days": 30}}
    yield "documents", values


def _sentences(read: Written) -> Part:
    yield from ()


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
