"""What `commands/requeue.py` says, and the help of its commands."""

SENTENCES: dict[str, dict[str, str]] = {
    "requeue.help.requeue": {
        "ja": "取り置いたもの（手紙・指示・請求の期限）を、原因を除いてから元に戻します（責任者のみ）。\n"
        "NAME は手紙の番号、指示の番号（#12）、または請求の番号です。請求の番号では、"
        "その請求のすべてを戻します。\n"
        "理由は窓口の記録に残ります。個人情報は書かないでください。",
        "en": "Bring back what was set aside, a letter, an order, a case's deadlines, once its cause is mended "
        "(leads only).\n"
        "NAME is a letter's number, an order's (#12) or a case's, which brings back all of that case.\n"
        "The reason stands in the office's log: write nothing personal there.",
    },
    "requeue.help.requeue.all": {"ja": "取り置いたものすべて。", "en": "all that is set aside"},
    "requeue.help.requeue.why": {"ja": "理由。", "en": "why it will work now"},
    "requeue.help.incidents": {
        "ja": "取り置いたものなどの障害の記録を、新しい順に示します。",
        "en": "What was set aside or went wrong, the newest first.",
    },
    "requeue.help.incidents.open": {"ja": "解決していないものだけ。", "en": "only those not closed"},
    "requeue.which": {
        "ja": "戻すものの番号か --all のどちらか一つを指定してください。",
        "en": "name what to bring back, or say --all.",
    },
    "requeue.no_incidents": {"ja": "障害の記録はありません。", "en": "no incidents."},
    "requeue.bad_why": {
        "ja": "理由は1文字以上 {most} 文字以内で書いてください。",
        "en": "say why, in 1 to {most} characters.",
    },
    "requeue.no_such": {
        "ja": "{text} という手紙・指示・請求はありません。取り置いたものは ./admin.py incidents --open で分かります。",
        "en": "there is no letter, order or case {text}; ./admin.py incidents --open lists what is set aside.",
    },
    "requeue.nothing_there": {"ja": "取り置いたものはありません。", "en": "nothing is set aside there."},
    "requeue.back": {"ja": "戻しました: {case} {subject}", "en": "back again: {case} {subject}"},
    "requeue.open": {"ja": "未解決", "en": "open"},
    "requeue.closed": {"ja": "解決", "en": "closed"},
    "requeue.set_aside": {
        "ja": "取り置き（{kind}）: {subject}（{fault}）。原因を除いたら: {line}",
        "en": "Set aside ({kind}): {subject} ({fault}). Once its cause is mended: {line}",
    },
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "requeue.help.requeue": (
        "./admin.py requeue 26-000017-Y-01 --why 'the font is installed'",
        "./admin.py requeue '#12' 26-000017-Y --why 'the row is mended'",
        "./admin.py requeue --all --why 'the template is mended'",
    ),
    "requeue.help.incidents": (
        "./admin.py incidents --open",
        "./admin.py incidents --json",
    ),
}
