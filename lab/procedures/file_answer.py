"""What the file of a row says of the answer, of times, of steps before a decision, and of the papers afterwards."""

import re
from typing import Any

from lab.procedures import names
from lab.procedures.answers import Promise
from lab.procedures.file import Part, Written, said

WAYS = {"electronic": "email", "collect": "collected", "oral": "oral", "viewing": "viewed", "disc": "post"}


def answer(read: Written) -> Part:
    """Yield how the answer goes out, and a second stage."""
    found = read.answer
    yield "answer", {**_delivery(read), **_ways(read)}
    if found.two_stage:
        days = found.choose_within_days or 30
        if found.choose_within_days is None:
            read.assumed.append("the manner is chosen within 30 days, and carried out within 30 more")
        yield "execution", {"apply_within": {"days": days}, "within": {"days": 30}}


def _delivery(read: Written) -> dict[str, Any]:
    """Return to which address, and by which class of post."""
    found = read.answer
    values: dict[str, Any] = {"address": "as_stated"} if found.to == "form" else {}
    usual = found.mail_class or ("simple_registered" if found.to == "form" else None)
    if usual:
        values["class"] = _class(usual, read)
    if found.class_granted:
        granted = _class(found.class_granted, read)
        values["class_when"] = {f"disclosure:{outcome}": granted for outcome in ("granted", "partly")}
    chosen = [_class(code, read) for code in found.chosen if code != "express"]
    if chosen:
        values["chosen"] = chosen
    if "express" in found.chosen:
        values["chosen_extras"] = ["express"]
    if found.chosen:
        values["chosen_if_paid"] = True
    if found.not_sent_again:
        values["comes_back"] = {"again": "when_asked"}
    return values


def _ways(read: Written) -> dict[str, Any]:
    """Return by which ways the answer may reach its person, where there is another than the post."""
    ways = [WAYS[manner] for manner in read.answer.manners]
    channels = read.row.channels
    if channels and all(channel == "visit" for channel in channels) and "collected" not in ways:
        read.assumed.append("an office that is visited lets the answer be collected")
        ways.append("collected")
    if not ways:
        return {}
    values: dict[str, Any] = {"ways": list(dict.fromkeys(["post", *ways]))}
    if "email" in ways:
        values |= said(names.OWN_RISK, "own_risk")
    if {"collected", "viewed"} & set(ways):
        values["collect"] = {"within": {"days": 30}, "then": "post"}
        read.assumed.append("an answer not collected within 30 days is posted")
    return values


def _class(code: str, read: Written) -> str:
    return "recorded_delivery" if code == "record_tracked" and read.row.country != "JP" else code


def times(read: Written) -> Part:
    """Yield what is promised, and how long a deficiency may take."""
    found, rows = read.answer.promise, []
    law = read.values["regime"]
    if found is not None and law == "jp-public" and _days(found) > 30:
        read.unread.append(f"a promise of {found.count} {found.unit}: the law gives thirty days")
    elif found is not None and law in ("jp-appi", "jp-public"):
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


def _days(promise: Promise) -> int:
    """Return how many days a promise may take at most."""
    return promise.count * {"days": 1, "weeks": 7, "months": 31, "working_days": 2}[promise.unit]


def steps(read: Written) -> Part:
    """Yield the steps that stand before a decision."""
    rows = []
    for code in read.answer.steps:
        ja, en, who_ja, who_en = names.STEPS[code]
        rows.append({"code": code, **said((ja, en)), **said((who_ja, who_en), "who"), "within": {"weeks": 2},
                     "chased_every": {"weeks": 1}})  # fmt: skip
        read.assumed.append("the step before the decision is given two weeks, then chased each week")
    yield "step", rows


def afterwards(read: Written) -> Part:
    """Yield what becomes of the papers."""
    values: dict[str, Any] = {}
    if read.answer.returned:
        values["evidence"] = {"end": "returned"}
    elif read.answer.returned is False or read.answer.destroyed:
        values["evidence"] = {"end": "destroyed", "within": {"days": 30}}
    yield "documents", values


def sentences(read: Written) -> Part:
    """Yield what the office says that no key holds: in the guidance, in the notice, and on the published sheet."""
    facts = " ; ".join(read.row.said.values()).replace("\u2019", "'").lower()
    found = [
        (ja.format(*match.groups()), en.format(*match.groups()))
        for pattern, ja, en in names.SENTENCES
        if (match := re.search(pattern, facts))
    ]
    if found:
        told = said(("".join(ja for ja, _ in found), " ".join(en for _, en in found)))
        yield "own_words", {"guidance": told, "deficiency": told, "sheet": told}
