"""What `commands/audit.py` says, and the help of its commands."""

SENTENCES: dict[str, dict[str, str]] = {
    "audit.help.audit": {"ja": "記録の証明に関すること。", "en": "Prove what was recorded."},
    "audit.help.verify": {
        "ja": "すべての請求の履歴と窓口の記録を、ハッシュのつながりで最初から最後まで確かめます。\n"
        "書き換え、欠落、順序の違いがあれば、最初の一行を示して 1 で終わります。",
        "en": "Verify every case's history and the office's log by their chains of hashes, in one stream.\n"
        "The first row that was altered, is missing or stands out of place is named, and the exit status is 1.",
    },
    "audit.verifies": {
        "ja": "請求 {cases} 件の履歴 {rows} 行と、窓口の記録 {log} 行は、記録されたとおりです。",
        "en": "{rows} rows of the histories of {cases} cases and {log} rows of the office's log are as recorded.",
    },
    "audit.altered": {
        "ja": "履歴の {seq} 行目が書き換えられたか、失われたか、順序が違います。",
        "en": "row {seq} of its history was altered, is missing, or stands out of place.",
    },
    "audit.cut": {
        "ja": "履歴が請求の示す {seq} 行目まで続いていません。終わりが失われたか、請求の行が書き換えられました。",
        "en": "its history does not end at row {seq}, as its case says: the end is missing, or the case was altered.",
    },
    "audit.of_no_case": {
        "ja": "どの請求のものでもない履歴の行があります（請求の内部番号 {id}、{seq} 行目）。",
        "en": "row {seq} of a history belongs to no case there is (the case's internal number was {id}).",
    },
}
