"""What `commands/asking.py` says."""

SENTENCES: dict[str, dict[str, str]] = {
    "asking.rights": {"ja": "請求の種類（番号を空白で区切って）", "en": "rights (numbers, with blanks)"},
    "asking.category": {"ja": "本人の区分", "en": "category"},
    "asking.channel": {"ja": "受付方法", "en": "channel"},
    "asking.language": {"ja": "手紙の言葉", "en": "language of letters"},
    "asking.subject": {"ja": "本人", "en": "the subject"},
    "asking.representative_none": {"ja": "代理人（いなければ空のまま）", "en": "representative (empty: none)"},
    "asking.representative": {"ja": "代理人", "en": "the representative"},
    "asking.on_record": {
        "ja": "住所は既に届出のあるものですか（yes / no）",
        "en": "is the address the one on record (yes / no)",
    },
    "asking.note": {"ja": "メモ", "en": "note"},
    "asking.person.name": {"ja": "氏名", "en": "name"},
    "asking.person.kana": {"ja": "かな", "en": "kana"},
    "asking.person.postcode": {"ja": "郵便番号", "en": "postcode"},
    "asking.person.address": {"ja": "住所", "en": "address"},
    "asking.person.phone": {"ja": "電話", "en": "telephone"},
    "asking.person.email": {"ja": "メール", "en": "e-mail"},
    "asking.person.birth_date": {
        "ja": "生年月日（未成年のとき。2010-04-01 の形）",
        "en": "birth date (of a minor; like 2010-04-01)",
    },
}
