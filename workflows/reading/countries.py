"""Countries by the table of ISO 3166-1, with the names the Unicode CLDR gives them in English and Japanese (Babel)."""

import re
import unicodedata
from functools import cache

from workflows.reading.unread import Unread

# Codes of CLDR that are no countries: groupings, islands of other countries, codes for tests.
_NO_COUNTRY = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})
# What people write beside the table's names: codes that ISO reserves (UK) or that are old or long, and short names.
_ALSO = {
    "uk": "GB", "greatbritain": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "northernireland": "GB",
    "英国": "GB", "イングランド": "GB", "usa": "US", "unitedstatesofamerica": "US", "america": "US", "米国": "US",
    "アメリカ": "US", "jpn": "JP", "日本国": "JP", "nihon": "JP", "nippon": "JP",
    "gbr": "GB", "kor": "KR", "korea": "KR",
    "republicofkorea": "KR", "大韓民国": "KR", "chn": "CN", "prc": "CN", "peoplesrepublicofchina": "CN",
    "中華人民共和国": "CN", "roc": "TW", "twn": "TW", "中華民国": "TW", "hongkong": "HK", "香港": "HK", "macau": "MO",
    "マカオ": "MO", "deu": "DE", "deutschland": "DE", "独国": "DE", "fra": "FR", "仏国": "FR", "aus": "AU", "豪州":
    "AU",
    "can": "CA", "ita": "IT", "esp": "ES", "nld": "NL", "holland": "NL", "che": "CH", "el": "GR", "turkey": "TR",
    "czechrepublic": "CZ", "burma": "MM", "ビルマ": "MM", "ivorycoast": "CI", "russianfederation": "RU",
    "vietnam": "VN",
    "ベトナム社会主義共和国": "VN", "uae": "AE", "bra": "BR", "ind": "IN", "phl": "PH", "tha": "TH", "idn": "ID",
    "sgp": "SG", "mys": "MY", "vnm": "VN", "nzl": "NZ",
}  # fmt: skip
# The Universal Postal Union's short names where the table's are others.
_POSTAL = {
    "KR": "REPUBLIC OF KOREA", "KP": "DEMOCRATIC PEOPLE'S REPUBLIC OF KOREA", "HK": "HONG KONG", "MO": "MACAO",
    "US": "UNITED STATES OF AMERICA", "MM": "MYANMAR", "PS": "PALESTINE", "CD": "DEMOCRATIC REPUBLIC OF THE CONGO",
    "CG": "CONGO", "CZ": "CZECHIA", "TR": "TURKIYE", "CI": "COTE D'IVOIRE",
}  # fmt: skip


def read(text: str) -> str | Unread:
    """Return the two letters of a country from its code or its name: GB, UK, United Kingdom, 英国."""
    code = unicodedata.normalize("NFKC", text).strip().upper()
    if code == "JP" or (len(code) == 2 and code in _table("en")):
        return code
    found = _by_name().get(_plain(text))
    return Unread("intake.not_a_country") if found is None else found


def postal_name(code: str) -> str:
    """Return the name that stands in capitals on the last line of an address abroad."""
    return _POSTAL.get(code) or _table("en").get(code, code).upper()


@cache
def _table(language: str) -> dict[str, str]:
    from babel import Locale  # late: a Japanese address needs no table

    territories = Locale.parse(language).territories
    return {
        str(code): str(name)
        for code, name in territories.items()
        if re.fullmatch("[A-Z]{2}", code) and code not in _NO_COUNTRY
    }


@cache
def _by_name() -> dict[str, str]:
    named = {_plain(name): code for language in ("en", "ja") for code, name in _table(language).items()}
    return {**named, **_ALSO}


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(one for one in folded if one.isalnum())
