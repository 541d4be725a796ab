"""Telephone numbers, by Google's library of the world's numbering plans: one number has one spelling.

Those of Japan are written as they are dialled at home (03-0000-0001), others with their country's code
(+44 20 7946 0017). Whether a number is in use is nobody's business; that it could be one is what is asked.
"""

import re
import unicodedata
from typing import NamedTuple

from workflows.reading.unread import Unread

_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—―−ーｰ─", "-"))
_KIND = "tel|phone|電話(?:番号)?|℡|携帯(?:電話)?|自宅|会社|勤務先|職場|固定|実家|mobile|cell|home|work|office"
_WORDS = re.compile(rf"^[(]?(?:{_KIND})[)]?[.:：\s]*|^'|^=?\"|\"$|\s*[(](?:{_KIND}|代表?|本人)[)]$", re.IGNORECASE)
_THOUSANDS = re.compile("[0-9]{1,3}(?:,[0-9]{3}){2,}")
_KANJI = str.maketrans("〇一二三四五六七八九", "0123456789")
_EXTENSION = re.compile(r"\s*[(]?(?:内線|ext\.?|x|#)\s*[:：]?\s*([0-9]{1,6})[)]?$", re.IGNORECASE)
_ROUNDED = re.compile(r"[0-9](?:\.[0-9]+)?e\+?[0-9]+", re.IGNORECASE)
_DECIMAL = re.compile(r"([0-9]+)\.0+")
_SIGNS = re.compile(r"[0-9+()\-./\s]+")
_LONGEST = 60
_JAPAN = 81
_AT_HOME = re.compile(r"0[1-9][0-9]{8}|0[256789]0[0-9]{8}")
# As the library would write them, which takes ten times as long to say so: Tokyo, Osaka, mobile telephones.
_AS_WRITTEN = re.compile(
    r"(?:03-[0-9]|06-[1-9])[0-9]{3}-[0-9]{4}|0(?:[579]0-[0-9]|80-[1-9])[0-9]{3}-[0-9]{4}", re.ASCII
)


class Telephone(NamedTuple):
    """A telephone number as it is written here; ``mended``: a nought in front was put back."""

    text: str
    mended: bool = False


def read(text: str, country: str | None) -> Telephone | Unread:
    """Return a number as people of *country* dial it; of an unknown country only what begins with + is judged."""
    if country == "JP" and _AS_WRITTEN.fullmatch(text):
        return Telephone(text)
    plain = unicodedata.normalize("NFKC", text.translate(_HYPHENS)).translate(_KANJI).strip()
    if len(plain) > _LONGEST:
        return Unread("intake.not_a_phone")
    plain = _WORDS.sub("", _WORDS.sub("", plain)).strip()
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "")
    if _ROUNDED.fullmatch(plain):
        return Unread("intake.phone_rounded")
    if found := _DECIMAL.fullmatch(plain):
        plain = found[1]
    extension = _EXTENSION.search(plain)
    dialled = plain[: extension.start()].strip() if extension else plain
    if not _SIGNS.fullmatch(dialled):
        return Unread("intake.not_a_phone")
    if country is None and not dialled.startswith("+"):
        return Telephone(plain) if 8 <= sum(map(str.isdigit, dialled)) <= 15 else Unread("intake.not_a_phone")
    return _number(dialled, country, f" ext. {extension[1]}" if extension else "")


def _number(dialled: str, country: str | None, extension: str) -> Telephone | Unread:
    import phonenumbers  # late: 15 ms that nobody waits for who gives no number

    if dialled.startswith("0081") and country in (None, "JP"):
        dialled = "+" + dialled[2:]
    if country == "JP" and re.match(r"010[-\s]*(?!0)[1-9]", dialled) and len(re.sub(r"\D", "", dialled)) > 11:
        dialled = "+" + dialled[3:].lstrip("- ")
    try:
        number = phonenumbers.parse(dialled, country)
    except phonenumbers.NumberParseException:
        return Unread("intake.not_a_phone")
    if not phonenumbers.is_possible_number(number):
        return Unread("intake.not_a_phone")
    if number.country_code != _JAPAN:
        return Telephone(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL) + extension)
    international = dialled.startswith(("+", "81-", "81 "))
    dropped = not international and not dialled.lstrip("( ").startswith("0")
    national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    # A number without its nought is one only where the plan has such a one; with it, its length is enough.
    likely = not dropped and _AT_HOME.fullmatch(re.sub(r"\D", "", national)) is not None
    if not likely and not phonenumbers.is_valid_number(number):
        return Unread("intake.not_a_phone")
    return Telephone(national + extension, mended=dropped)
