"""What the columns of people's own tables are called, and which of ours they are."""

import re
import unicodedata
from typing import NamedTuple


class Column(NamedTuple):
    """One column of ours. Several may make one value (family and given name): ``part`` is its place among them."""

    name: str
    part: int = 0


_PERSON: dict[str, tuple[str, ...]] = {
    "name": ("氏名", "名前", "お名前", "姓名", "本人氏名", "請求者氏名", "name", "full name", "fullname"),
    "kana": ("フリガナ", "ふりがな", "カナ", "かな", "氏名カナ", "氏名かな", "カナ氏名", "氏名フリガナ", "よみ", "読み",
             "読み仮名", "kana", "furigana"),
    "postcode": ("郵便番号", "〒", "郵便", "postcode", "postal code", "zip", "zip code", "zipcode"),
    "address": ("住所", "ご住所", "所在地", "現住所", "address"),
    "country": ("国", "国名", "居住国", "country"),
    "phone": ("電話", "電話番号", "tel", "携帯", "携帯電話", "携帯番号", "連絡先電話番号", "phone", "phone number",
              "telephone", "mobile"),
    "email": ("メール", "メールアドレス", "eメール", "電子メール", "e-mail", "email", "email address", "mail"),
    "birth_date": ("生年月日", "誕生日", "birth date", "birthdate", "date of birth", "dob", "birthday"),
    "registration": ("登録番号", "弁護士登録番号", "registration number", "registration no"),
}  # fmt: skip
_PARTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "name": (("姓", "氏", "苗字", "名字", "family name", "last name", "surname"),
             ("名", "下の名前", "given name", "first name")),
    "kana": (("セイ", "せい", "姓カナ", "姓フリガナ", "姓(カナ)"),
             ("メイ", "めい", "名カナ", "名フリガナ", "名(カナ)")),
    "address": (("都道府県", "住所1"), ("市区町村", "市町村", "住所2"), ("番地", "町名番地", "町域番地", "住所3"),
                ("建物名", "建物", "マンション名", "住所4")),
}  # fmt: skip
_OTHERS: dict[str, tuple[str, ...]] = {
    "rights": ("請求の種類", "請求種別", "請求内容", "請求", "種類", "権利", "right", "request", "requests"),
    "category": ("区分", "本人の区分", "対象者区分", "顧客区分", "属性"),
    "channel": ("受付方法", "連絡方法", "受付経路", "経路", "手段"),
    "language": ("言語", "使用言語"),
    "received_at": (
        "受付日時",
        "受信日時",
        "受付日",
        "受領日時",
        "received",
        "received at",
        "date received",
        "タイムスタンプ",
        "timestamp",
    ),
    "mail_to": ("送付先", "郵送先", "宛先"),
    "address_on_record": ("登録住所", "登録住所と同じ", "届出住所"),
    "note": ("備考", "メモ", "摘要", "注記", "notes", "remarks", "comment", "comments"),
    "key": ("番号", "管理番号", "受付番号", "整理番号", "no", "no.", "id", "キー"),
    "regime": ("法令", "準拠法"),
    "representative.kind": ("代理人の種類", "代理人種別", "代理人区分", "代理の種類", "代理人の資格", "続柄"),
}


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold().replace("_", " ").replace("　", " ")
    return _HINTS.sub("", plain).strip(" *※:□・")


# What forms print beside a header: how to write, whether one must.
_HINTS = re.compile(
    r"[(\[【](?:漢字|全角|半角|必須|任意|西暦|和暦|元号|ハイフン(?:なし|あり|不要)|数字のみ|姓名|required|optional)[)\]】]"
)
_KANA_HINT = re.compile(r"[(\[](?:フリガナ|ふりがな|カナ|かな|カタカナ|ひらがな|よみ)[)\]]$")
_POLITE = re.compile("^[おご御](?=.{2})")


def _table() -> dict[str, Column]:
    found = {_plain(word): Column(name) for name, words in _OTHERS.items() for word in words}
    for whose, before in (("subject", ("", "本人")), ("representative", ("代理人", "代理人の"))):
        for name, words in _PERSON.items():
            found |= {_plain(f"{first}{word}"): Column(f"{whose}.{name}") for first in before for word in words}
        for name, parts in _PARTS.items():
            for part, words in enumerate(parts, 1):
                found |= {_plain(f"{who}{word}"): Column(f"{whose}.{name}", part) for who in before for word in words}
    return found


_COLUMNS = _table()
_OF_KANA = {
    Column(f"{whose}.name", part): Column(f"{whose}.kana", part)
    for whose in ("subject", "representative")
    for part in range(3)
}


def column(header: str) -> Column | None:
    """Return which column of ours a header means, in Japanese or English; None where it is not known."""
    plain = _plain(header)
    if found := _COLUMNS.get(plain) or _COLUMNS.get(_POLITE.sub("", plain)):
        return found
    kana = _KANA_HINT.sub("", plain)
    return _OF_KANA.get(_COLUMNS.get(_POLITE.sub("", kana), Column(""))) if kana != plain else None


def joined(name: str, parts: dict[int, str]) -> str:
    """Return the parts of a value as one: a name with a blank, an address without but before the building."""
    written = [parts[number].strip() for number in sorted(parts) if parts[number].strip()]
    if not name.endswith(".address"):
        return " ".join(written)
    building = parts.get(4, "").strip()
    street = [parts[number].strip() for number in sorted(parts) if number != 4]
    apart = " " if all(part.isascii() for part in street) else ""
    return f"{apart.join(part for part in street if part)} {building}".strip()


def shown(name: str, language: str) -> str:
    """Return a column of ours as it may be called, in Japanese with the header people use."""
    whose, _, of_person = name.rpartition(".")
    words = _PERSON.get(of_person, ()) if whose == "subject" else _OTHERS.get(name, ())
    return f"{words[0]}（{name}）" if language == "ja" and words else name
