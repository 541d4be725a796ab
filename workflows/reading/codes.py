"""What people write for our codes: yes and no as spreadsheets and forms have them, rights, channels and the like."""

import unicodedata

# Excel and LibreOffice write their TRUE in the language they speak; telephones have signs of their own. ja may be a
# language in the wrong column.
_YES = frozenset(
    {"true", "yes", "y", "t", "1", "1.0", "on", "はい", "あり", "有り", "オン", "レ点", "済み", *"○〇◯o有真済✓✔☑レ⭕✅",
     "wahr", "vrai", "verdadero", "verdadeiro", "vero", "waar", "oui", "si", "sí"}
)  # fmt: skip
_NO = frozenset(
    {"false", "no", "n", "f", "0", "0.0", "off", "いいえ", "なし", "無し", "オフ", "未済", *"×✕✗✖x無偽未☐❌",
     "falsch", "faux", "falso", "onwaar", "nein", "non"}
)  # fmt: skip


def flag(text: str) -> bool | None:
    """Return what a text says to a question of yes or no; None where it says neither."""
    word = unicodedata.normalize("NFKC", text).strip("\ufe0e\ufe0f 。.!、　\r\n\t=()").casefold()
    return True if word in _YES else False if word in _NO else None


# Beside the words of workflows/*/words: what stands in people's own tables.
_ALSO: dict[str, dict[str, str]] = {
    "right": {
        "利用目的": "purpose_notice", "利用目的通知": "purpose_notice", "開示請求": "disclosure",
        "保有個人データの開示": "disclosure", "個人情報の開示": "disclosure", "第三者提供記録": "provision_records",
        "提供記録": "provision_records", "提供記録の開示": "provision_records", "訂正": "correction",
        "訂正等": "correction", "追加": "correction", "削除": "correction", "利用停止": "halt_use",
        "利用停止等": "halt_use", "消去": "halt_use", "利用の停止": "halt_use", "提供停止": "halt_provision",
        "第三者提供停止": "halt_provision",
    },
    "category": {
        "顧客": "customer", "お客さま": "customer", "取引先": "customer", "会員": "customer", "応募者": "applicant",
        "採用": "applicant", "社員": "employee", "従業者": "employee", "職員": "employee",
    },
    "channel": {
        "郵送": "post", "手紙": "post", "書面": "post", "tel": "phone", "メール": "email", "eメール": "email",
        "e-mail": "email", "mail": "email", "来店": "visit", "来社": "visit", "窓口": "visit", "訪問": "visit",
    },
    "language": {"日": "ja", "和": "ja", "和文": "ja", "英": "en", "英文": "en", "jp": "ja", "japanese": "ja",
                 "english": "en"},
    "kind": {
        "親権者": "minor", "未成年後見人": "minor", "法定代理人(未成年)": "minor", "父": "minor", "母": "minor",
        "成年後見人": "adult_ward", "後見人": "adult_ward", "任意代理人": "agent", "代理人": "agent", "委任": "agent",
        "弁護士": "agent",
    },
    "form": {
        "開示": "disclosure", "開示請求書": "disclosure", "利用目的": "disclosure", "訂正": "correction",
        "訂正等": "correction", "訂正請求書": "correction", "利用停止": "halt", "利用停止等": "halt",
        "利用停止請求書": "halt", "委任状": "proxy",
    },
    "document": {
        "免許証": "drivers_licence", "運転免許": "drivers_licence", "パスポート": "passport",
        "マイナンバーカード": "my_number_card", "保険証": "health_insurance_card", "住民票": "resident_record",
        "戸籍謄本": "family_register", "戸籍抄本": "family_register", "戸籍": "family_register",
        "印鑑証明": "seal_certificate", "印鑑証明書": "seal_certificate", "運転経歴書": "driving_record_certificate",
    },
    "method": {"紙": "paper", "書面": "paper", "ディスク": "electronic", "電子": "electronic"},
    "masking": {
        "黒塗り済": "masked", "マスク済": "masked", "マスク済み": "masked", "マスキング済": "masked",
        "マスキング済み": "masked",
    },
    "party": {"本人": "subject", "代理人": "representative"},
}  # fmt: skip


def code(group: str, text: str) -> str | None:
    """Return the code of a group (right, channel, ...) that a word of people's own stands for."""
    return _ALSO.get(group, {}).get(unicodedata.normalize("NFKC", text).strip().casefold())
