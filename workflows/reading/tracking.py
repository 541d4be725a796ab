"""Numbers of the post by which a letter is followed (お問い合わせ番号): their forms, check digits, and lists. Pure.

Japan Post gives 11 digits to registered and record-tracked letters, 12 to parcels, Letter Pack and the like; the last
digit is what remains of the others, taken as one number, when divided by 7 (known as 7DR). Items that cross a border
bear the S10 identifier of the Universal Postal Union: two letters, eight digits, a check digit, the country. S10 weighs
the digits by 8 6 4 2 3 5 9 7; the check digit is 11 less the sum's remainder by 11, where 10 is written 0 and 11 as 5.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

COLUMNS = {
    "tracking": (
        "tracking", "trackingnumber", "trackingno", "お問い合わせ番号", "お問合せ番号", "お問い合せ番号",
        "問い合わせ番号", "お問い合わせno", "お問い合わせ番号追跡番号", "お問い合わせ番号伝票番号", "追跡番号",
        "引受番号", "書留番号", "伝票番号", "送り状番号", "郵便追跡番号", "荷物番号",
    ),
    "letter": (
        "letter", "letternumber", "letterno", "reference", "手紙", "手紙番号", "手紙の番号", "管理番号",
        "お客様管理番号", "お客様側管理番号", "整理番号", "文書番号",
    ),
    "on": ("on", "date", "postedon", "posted", "投函日", "差出日", "引受日", "発送日", "差出年月日", "引受年月日"),
    "mail_class": (
        "class", "mailclass", "service", "種別", "郵便種別", "郵便物の種類", "取扱", "取扱い", "サービス", "商品",
    ),
}  # fmt: skip
"""The columns that are read, by their names without blanks, marks and capitals; the first English one is proposed."""
CLASSES = {
    "ordinary": ("ordinary", "普通", "定形", "定形外", "第一種", "普通郵便"),
    "simple_registered": ("simpleregistered", "簡易", "簡易書留"),
    "record_tracked": ("recordtracked", "特定記録郵便", "特定記録"),
    "addressee_only": ("addresseeonly", "本人限定", "本人限定受取郵便", "本人限定受取", "本人限定受取基本型", "基本型"),
    "addressee_only_special": ("addresseeonlyspecial", "本人限定受取特例型", "特例型"),
    "addressee_only_particulars": (
        "addresseeonlyparticulars",
        "本人限定受取特定事項伝達型",
        "特定事項伝達型",
        "特伝型",
    ),
    "general_registered": ("generalregistered", "一般書留", "書留"),
    "delivery_certificate": ("deliverycertificate", "配達証明", "一般書留配達証明", "書留配達証明"),
    "recorded_delivery": ("recordeddelivery", "signedfor", "royalmailsignedfor"),
}
COLUMN_OF: Final = {name: column for column, names in COLUMNS.items() for name in names}
_CLASS_OF = {word: kind for kind, words in CLASSES.items() for word in words}
PROPOSED: Final = ("tracking", "お問い合わせ番号", "追跡番号", "引受番号")

_SPREADSHEET = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]{1,2}", re.IGNORECASE)
_WRAPPED = re.compile(r'="?(.*?)"?')
_S10 = re.compile("[A-Z]{2}[0-9]{9}[A-Z]{2}")
_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
_BETWEEN = re.compile(r"[\s\-‐‑–−ー]")


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a text is no number of the post: ``code`` of a sentence (``tracking.…``), and the right check digit."""

    code: str
    check: str = ""


def plain(text: str) -> str:
    """Return a name of a column or class without what differs from one office's spreadsheet to the next."""
    return re.sub(r"[\s_\-・.:#*()「」\[\]]", "", unicodedata.normalize("NFKC", text)).lower()


def class_named(text: str) -> str | None:
    """Return the class of post that a word stands for."""
    return _CLASS_OF.get(plain(text))


def read_tracking(text: str) -> str | Flaw:
    """Return the number as the post prints it, or why it cannot be one.

    >>> read_tracking("13112383852")
    '131-12-38385-2'
    """
    plain = unicodedata.normalize("NFKC", text).strip().lstrip("'").strip()
    wrapped = _WRAPPED.fullmatch(plain)
    if wrapped is not None:  # a spreadsheet keeps digits apart from numbers like this
        plain = wrapped[1]
    if _SPREADSHEET.fullmatch(plain):
        return Flaw("spreadsheet")
    plain = _BETWEEN.sub("", plain).upper()
    if plain.isascii() and plain.isdecimal() and len(plain) in (11, 12):
        return _domestic(plain)
    return _abroad(plain) if _S10.fullmatch(plain) else Flaw("shape")


def _domestic(digits: str) -> str | Flaw:
    check = str(int(digits[:-1]) % 7)
    if digits[-1] != check:
        return Flaw("check", check)
    cuts = (3, 5, 10, 11) if len(digits) == 11 else (4, 8, 12)
    return "-".join(digits[start:end] for start, end in zip((0, *cuts), cuts, strict=False))


def _abroad(text: str) -> str | Flaw:
    remainder = 11 - sum(int(digit) * weight for digit, weight in zip(text[2:10], _WEIGHTS, strict=True)) % 11
    check = {10: "0", 11: "5"}.get(remainder, str(remainder))
    return text if text[10] == check else Flaw("check", check)
