"""An office that takes requests on forms of its own, by every way there is: the file, and a request that comes so."""

from datetime import date, datetime
from typing import Any

from tests.office import TestOffice
from tests.own_procedure import adopts
from tests.people import a_contact, a_licence
from workflows.law.values import Right
from workflows.office.start import Way
from workflows.request.payloads import Open, ReceiveForms
from workflows.request.values import FormName

REQUEST, CONSENT = FormName("request"), FormName("consent")

EVERY_WAY = """
from = 2026-10-01
[start]
ways = ["contact", "own_download", "letter", "counter", "web", "email", "phone"]
forms_sent_by = ["post", "email"]
not_accepted = ["fax"]
not_accepted_ja = "ファクスでのご請求は、誤送信を防ぐためお受けしていません。"
not_accepted_en = "We take no request by fax: it might reach somebody else."
inbound = ["simple_registered"]
[[form]]
code = "request"
rights = "all"
ja = "個人情報開示等請求書"
en = "Request form"
seal = true
[[form]]
code = "proxy"
ja = "委任状"
en = "Proxy statement"
holders = ["agent"]
proves = "proxy_statement"
[[form]]
code = "consent"
ja = "利用者の同意書"
en = "Consent of the user"
paper = "consent"
[[paper]]
code = "consent"
rights = ["disclosure"]
ja = "回線の利用者の同意書"
en = "consent of the user of the line"
always = false
when_ja = "回線の利用者が契約者と異なる場合"
when_en = "where somebody else uses the line"
[[paper]]
code = "facts"
rights = ["correction"]
ja = "正しい内容を示す資料"
en = "proof of what is right"
"""


def every_way(office: TestOffice, first: date | None = None) -> str:
    """Let the office adopt it, from that day on; return its digest."""
    return adopts(office, EVERY_WAY, first=first)


def what_came(now: datetime, **changes: Any) -> ReceiveForms:
    """Return a signed request form and a driver's licence that came just now."""
    told: dict[str, Any] = {
        "arrived_at": now,
        "forms": (REQUEST,),
        "signed": {REQUEST: True},
        "sealed": {REQUEST: True},
        "documents": (a_licence(),),
        "method": "paper",
    }
    return ReceiveForms(**{**told, **changes})


def a_request(
    now: datetime, way: Way | None = Way.OWN_DOWNLOAD, came: dict[str, Any] | None = None, **who: Any
) -> Open:
    """Return a request that came with its forms by that way; by telephone nothing came with it."""
    voice: dict[str, Any] = (
        {} if way is not Way.PHONE else {"forms": (), "signed": None, "sealed": None, "documents": (), "method": None}
    )
    return a_contact(
        began=way, came=what_came(now, **{**voice, **(came or {})}), **{"rights": (Right.DISCLOSURE,), **who}
    )
