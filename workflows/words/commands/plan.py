"""What `commands/plan.py` says, and the help of its commands."""

SENTENCES: dict[str, dict[str, str]] = {
    "plan.help.plan.procedure": {"ja": "手続の名前。", "en": "which procedure"},
    "plan.help.plan": {
        "ja": "この版の手続を動かすと、未了の請求がどうなるかを示します（何も書きません）。\n"
        "新しい版に移る件数、期限の動き、なくなる状態に残る件数です。起動が拒まれるときは終了コード 1 です。",
        "en": "What this checkout's procedure would do to the open cases; nothing is written.\n"
        "How many come under the new version, which deadlines move, and how many stand in a state that is no "
        "more. Exit 1 where a start would be refused.",
    },
    "plan.recorded": {"ja": "記録済み", "en": "recorded"},
    "plan.unrecorded": {"ja": "未記録", "en": "not recorded yet"},
    "plan.definition": {
        "ja": "手続 {name} 第{version}版（{fingerprint}、{what}）",
        "en": "{name} version {version} ({fingerprint}, {what})",
    },
    "plan.adopted": {
        "ja": "未了の請求 {count}件、うち新しい版に移る {adopted}件",
        "en": "{count} open cases, {adopted} would come under this version",
    },
    "plan.moves": {
        "ja": "期限: 遅くなる {later}、早くなる {earlier}、新しい {new}、なくなる {gone}（すぐに来る {at_once}）",
        "en": "deadlines: {later} later, {earlier} earlier, {new} new, {gone} gone ({at_once} due at once)",
    },
    "plan.lost_orders": {
        "ja": "  実行待ちの {name} {waiting}件は行えなくなります。",
        "en": "  {waiting} waiting orders to {name} could not be carried out.",
    },
    "plan.whole_case": {"ja": "請求全体", "en": "the whole case"},
    "plan.change.new": {"ja": "新しい", "en": "new"},
    "plan.change.gone": {"ja": "なくなる", "en": "gone"},
    "plan.change.longer": {"ja": "長くなる", "en": "longer"},
    "plan.change.shorter": {"ja": "短くなる", "en": "shorter"},
    "plan.change.changed": {"ja": "変わる", "en": "changed"},
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "plan.help.plan": (
        "./admin.py plan",
        "./admin.py plan --json",
    ),
}
