"""Invented people: who they are, what they ask for, and what they show. Each lives at an address of their own."""

import itertools
from datetime import date
from typing import Any

from workflows.engine.values import Language
from workflows.law.values import Category, Right
from workflows.request.payloads import Open
from workflows.request.values import AddressShown, Channel, Document, Masking, Party, Person

_serial = itertools.count(1)


def a_person(**changes: Any) -> Person:
    """Return an invented person at an example address of their own."""
    n = next(_serial)
    family = "".join("bcdfghjklm"[int(digit)] for digit in f"{n:05d}")
    named = {"name": f"Sample {family.capitalize()}", "address": f"1-{n} Example, Chiyoda-ku, Tokyo"}
    return Person(**{**named, "postcode": "100-0001", **changes})


def a_contact(**changes: Any) -> Open:
    """Return the first contact of an invented person."""
    told: dict[str, Any] = {
        "rights": (Right.DISCLOSURE,),
        "category": Category.CUSTOMER,
        "channel": Channel.POST,
        "language": Language.EN,
        "address_on_record": True,
    }
    return Open(**{**told, "subject": a_person(), **changes})


def a_licence(**changes: Any) -> Document:
    """Return a driver's licence as the verifier read it."""
    seen: dict[str, Any] = {
        "holder": Party.SUBJECT,
        "type": "drivers_licence",
        "masking": Masking.NOT_SHOWN,
        "photo": True,
        "expires_on": date(2031, 4, 1),
        "address": AddressShown.STATED,
        "name_matches": True,
    }
    return Document(**{**seen, **changes})
