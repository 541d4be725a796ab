"""Addresses of e-mail as they are typed, pasted and linked; one has one spelling."""

import re
import unicodedata

from workflows.reading.unread import Unread

_AS_WRITTEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*@(?:[a-z0-9]+\.)+[a-z]{2,24}")
_STOPS = str.maketrans({"。": ".", "．": ".", "｡": "."})
_NAMED = re.compile(r"[^<>]*<([^<>]+)>")
_PREFIX = re.compile(r"^(?:mailto:|e-?mail[:：]\s*|メール[:：]\s*)", re.IGNORECASE)
_SHAPE = re.compile(r"([^@\s,;:<>()\"\[\]]+)@((?:[\w](?:[\w-]*[\w])?\.)+[^\W\d_][\w-]*[\w])")


def read(text: str) -> str | Unread:
    """Return an address of e-mail: half-width, its domain in small letters, nothing around it."""
    if _AS_WRITTEN.fullmatch(text):
        return text
    plain = unicodedata.normalize("NFKC", text.translate(_STOPS)).strip().strip("'\"")
    if found := _NAMED.fullmatch(plain):
        plain = found[1]
    plain = _PREFIX.sub("", plain.strip()).strip().rstrip(".,;、")
    plain = re.sub(r"\s*@\s*", "@", plain)
    shape = _SHAPE.fullmatch(plain)
    if shape is None:
        several = plain.count("@") > 1
        return Unread("intake.several_emails" if several else "intake.not_an_email")
    return f"{shape[1]}@{shape[2].lower()}"
