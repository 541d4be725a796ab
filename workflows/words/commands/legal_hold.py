"""What `commands/legal_hold.py` says, and the help of its command."""

SENTENCES: dict[str, dict[str, str]] = {
    "legal_hold.help.legal_hold": {
        "ja": "訴訟などのために残す請求を法的に保全します（責任者のみ）。保全中は erase でも"
        "保存期間の満了でも、何も消えません。\n"
        "予定の日を過ぎても自動では解けず、責任者に知らせが届きます。同じ請求にもう一度行うと、理由と予定の日が変わります。"
        "請求を省くと一覧です。",
        "en": "Hold a case that must be kept, for a lawsuit, say (leads only): neither erase nor the end of its time "
        "destroys anything of it meanwhile.\n"
        "It does not end by itself: the leads are told when its day has passed. Done again it has another reason and "
        "end. Without a case: what is held.",
    },
    "legal_hold.help.legal_hold.why": {
        "ja": "理由を一行で（記録されます。氏名などは書かないでください）",
        "en": "why, in one line; it is recorded (name nobody)",
    },
    "legal_hold.help.legal_hold.until": {"ja": "予定の最後の日", "en": "the last day it is meant for"},
    "legal_hold.help.legal_hold.lift": {"ja": "保全を解除する", "en": "let the case go"},
    "legal_hold.help.legal_hold.list": {"ja": "保全中の一覧", "en": "what is held"},
    "legal_hold.which": {
        "ja": "どの請求ですか。一覧は ./admin.py legal-hold --list です。",
        "en": "name the case; ./admin.py legal-hold --list shows what is held.",
    },
    "legal_hold.what": {
        "ja": "--why と、--until か --lift のどちらか一つが要ります。",
        "en": "say --why, and either --until or --lift.",
    },
    "legal_hold.held": {"ja": "{case} を {until} まで保全します。", "en": "{case} is held until {until}."},
    "legal_hold.lifted": {"ja": "{case} の保全を解除しました。", "en": "{case} is held no more."},
    "legal_hold.not_held": {"ja": "{case} は保全されていません。", "en": "nobody held {case}."},
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "legal_hold.help.legal_hold": (
        "./admin.py legal-hold 26-000017-Y --why 'claim before the district court' --until 2027-03-31",
        "./admin.py legal-hold 26-000017-Y --lift --why 'settled'",
        "./admin.py legal-hold",
    ),
}
