"""Postcodes: those of Japan have seven figures, written NNN-NNNN, and one spelling here.

A spreadsheet takes them for numbers: a nought in front is lost (060-0001 becomes 600001), a long one is rounded
(6E+05). A lost nought is put back where the address says that it belongs there; else it could be any figure.
"""

import re
import unicodedata
from typing import NamedTuple

from workflows.reading.unread import Unread

_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—―−ーｰ~～〜", "-"))
_AROUND = re.compile(r"""^(?:=\s*"([^"]*)"|["'’‘`´]+(.*?)["'’]*|(.*?)["']+)$""")
_MARK = re.compile(r"^(?:〒|\(〒\)|郵便番号|[tT](?=[0-9]))\s*[:：.]?\s*")
_AS_WRITTEN = re.compile("[0-9]{3}-[0-9]{4}")
_SEVEN = re.compile(r"([0-9]{3})[-. ]*([0-9]{2})[- ]?([0-9]{2})")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?:'[0-9]{3})+")
_DECIMAL = re.compile(r"([0-9]+)[.,]0+")
_KANJI = str.maketrans("〇零一二三四五六七八九", "00123456789")
_BRACKETS = re.compile(r"^[(\[【「『<](.*)[)\]】」』>]$")
_ROUNDED = re.compile(r"([0-9])(?:\.([0-9]+))?e\+?0?([0-9])", re.IGNORECASE)
_ROUNDED_ABROAD = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]+", re.IGNORECASE)
_SHORT = re.compile(r"[0-9]{5,6}|[0-9]{2}-[0-9]{4}|[0-9]-[0-9]{4}")
# The first two figures and where they are (Japan Post's regions).
_NORTH = {
    "01": ("秋田県", "秋田市", "青森県", "akita", "aomori"),
    "02": ("岩手県", "盛岡市", "iwate"),
    "03": ("青森県", "青森市", "弘前市", "八戸市", "aomori"),
    **dict.fromkeys(
        ("00", "04", "05", "06", "07", "08", "09"),
        ("北海道", "札幌市", "旭川市", "函館市", "小樽市", "釧路市", "帯広市", "苫小牧市", "hokkaido", "sapporo"),
    ),
}  # fmt: skip


class Postcode(NamedTuple):
    """A postcode as it is written here; ``mended``: figures were put back or taken away."""

    text: str
    mended: bool = False


def japanese(text: str, address: str | None = None) -> Postcode | Unread:
    """Return a postcode of Japan as NNN-NNNN. ``address`` may show that a nought in front was lost."""
    if _AS_WRITTEN.fullmatch(text):
        return Postcode(text)
    plain = bare(text)
    mended = False
    if _THOUSANDS.fullmatch(plain):
        plain, mended = re.sub("[,.']", "", plain), True
    if found := _DECIMAL.fullmatch(plain):
        plain, mended = found[1], True
    if found := _ROUNDED.fullmatch(plain):
        figures = found[1] + (found[2] or "")
        if len(figures) != int(found[3]) + 1 or len(figures) < 6:
            return Unread("intake.postcode_rounded")
        plain, mended = figures, True
    if _SHORT.fullmatch(plain):
        found_again = _with_noughts(plain, address)
        return Unread("intake.postcode_short") if found_again is None else Postcode(found_again, mended=True)
    seven = _SEVEN.fullmatch(plain.translate(_KANJI).replace("の", "-"))
    if seven is None:
        return Unread("intake.not_a_postcode")
    return Postcode(f"{seven[1]}-{seven[2]}{seven[3]}", mended)


def bare(text: str) -> str:
    """Return a postcode without what spreadsheets and envelopes put around it: quotes, ="…", 〒."""
    plain = unicodedata.normalize("NFKC", text.translate(_HYPHENS)).strip()
    if plain.isdecimal():
        return plain
    if found := _AROUND.match(plain):
        plain = next(part for part in found.groups() if part is not None).strip()
    plain = _MARK.sub("", plain).strip(" ,、。;")
    if found := _BRACKETS.match(plain):
        plain = _MARK.sub("", found[1].strip()).strip()
    return plain


def is_only_a_mark(text: str) -> bool:
    """Tell whether there is nothing but the 〒 and the hyphen that a form has printed in the place."""
    return bare(text).strip("-_ ") == ""


def abroad(text: str) -> str | Unread:
    """Return a postcode of another country as it is written; what a spreadsheet rounded or made a decimal is known."""
    plain = bare(text).upper()
    if found := _DECIMAL.fullmatch(plain):
        return found[1]
    return Unread("intake.postcode_rounded_abroad") if _ROUNDED_ABROAD.fullmatch(plain) else plain


def looks_japanese(text: str) -> bool:
    """Tell whether a postcode is written as only those of Japan are: 〒, or three figures, a hyphen and four."""
    return "〒" in text or re.fullmatch("[0-9]{3}-[0-9]{4}", bare(text)) is not None


def _with_noughts(short: str, address: str | None) -> str | None:
    figures = short.replace("-", "").zfill(7)
    where = (address or "").casefold().strip()
    if not any(where.startswith(place) if not place.isascii() else place in where for place in _NORTH[figures[:2]]):
        return None
    return f"{figures[:3]}-{figures[3:]}"
