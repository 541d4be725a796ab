"""What `commands/evidence.py` says."""

EXAMPLES = {
    "evidence.help.evidence": (
        "./admin.py evidence 26-000017-Y --out 26-000017-Y.zip",
        "./admin.py evidence 26-000017-Y --out dates.zip --part history dates",
    ),
}

SENTENCES: dict[str, dict[str, str]] = {
    "evidence.help.evidence": {
        "ja": "監督機関などに説明するため、一件の記録を一つのファイルにまとめます（責任者のみ）。\n"
        "履歴、送った手紙、決定、期限とその理由、だれが何をしたかに、署名と確かめるためのプログラムを付けます。"
        "受け取った人は、この窓口のプログラムなしで確かめられます。作ったことは記録されます。",
        "en": "Put the record of one case into one file, to give account to a regulator (leads only).\n"
        "Its history, the letters as sent, decisions, dates with their reasons and who did what, signed, with a "
        "script that "
        "verifies it without this program. That it was made is recorded.",
    },
    "evidence.help.evidence.out": {"ja": "書き出すファイル", "en": "the file to write"},
    "evidence.help.evidence.part": {
        "ja": "入れる部分だけを選ぶ（history 履歴、letters 手紙、decisions 決定、dates 期限、people だれが、searches "
        "部署への照会）。なければすべて",
        "en": "only these parts (history, letters, decisions, dates, people, searches); all of them where none is "
        "named",
    },
    "evidence.help.evidence.pages": {
        "ja": "保存している書類のページも入れる（--why が要り、見たことも記録されます）",
        "en": "also the pages held of papers (needs --why; that they were looked at is recorded)",
    },
    "evidence.help.evidence.why": {
        "ja": "求めた人と理由（記録されます）",
        "en": "who asked for it, and why; it is recorded",
    },
    "evidence.needs_why": {
        "ja": "--pages には --why TEXT（だれが、なぜ求めたか）が要ります。",
        "en": "--pages needs --why TEXT: who asked for them, and why.",
    },
    "evidence.made": {"ja": "{target} を作りました（ファイル {files}件）。", "en": "{target} is made ({files} files)."},
    "evidence.without": {
        "ja": "手紙 {letter} のファイルはもうありません。一覧にはその旨を記しました。",
        "en": "the file of letter {letter} is gone; the list says so.",
    },
    "evidence.unsound": {
        "ja": "{case} の履歴は、記録されたとおりではありません。audit verify を実行してください。",
        "en": "the history of {case} is not as it was recorded; run ./admin.py audit verify.",
    },
}
