"""What speaks against a legal hold, and what the clock says of one that ended."""

SENTENCES: dict[str, dict[str, str]] = {
    "legal_hold.erased": {
        "ja": "{case} の個人情報は消去済みです。保全するものは残っていません。",
        "en": "the personal data of {case} is erased; there is nothing left to hold.",
    },
    "legal_hold.past": {
        "ja": "{day} は過ぎています。今日（{today}）以後の日にしてください。",
        "en": "{day} is past; name a day from today ({today}) on.",
    },
    "notice.legal_hold_ended": {
        "ja": "{case} の法的保全は {until} までの予定でした。延ばすか解除してください。それまで消去されません: "
        "./admin.py legal-hold {case} --lift --why …",
        "en": "the legal hold of {case} was meant until {until}: give it another end or lift it. Nothing is erased "
        "until then: ./admin.py legal-hold {case} --lift --why …",
    },
}
