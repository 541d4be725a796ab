"""What `commands/worklist.py` says, and the help of its commands."""

SENTENCES: dict[str, dict[str, str]] = {
    "worklist.help.list": {
        "ja": "急ぐ順の仕事の一覧です。\n"
        "指定がなければ、終わっていない請求をすべて示します。「!」は期限を過ぎたものです。",
        "en": "The work list, most urgent first.\nWithout options it shows every open case; ! marks what is overdue.",
    },
    "worklist.help.list.state": {"ja": "この状態のもの。繰り返せます。", "en": "in this state, repeatable"},
    "worklist.help.list.overdue": {"ja": "期限を過ぎたもの。", "en": "something is past due"},
    "worklist.help.list.stalled": {"ja": "督促が始まったもの。", "en": "the clock had to chase somebody"},
    "worklist.help.list.due_within": {
        "ja": "この期間に期限が来るもの。",
        "en": "its next moment comes within this time",
    },
    "worklist.help.list.right": {"ja": "この請求を含むもの。", "en": "with this right"},
    "worklist.help.list.owner": {"ja": "この人が担当するもの。", "en": "in this person's hands"},
    "worklist.help.list.limit": {"ja": "この件数まで。", "en": "no more than this many"},
    "worklist.help.list.names": {
        "ja": "氏名も示します（500件まで。見たことは記録されます）。",
        "en": "the names too, of 500 at most; each look is recorded",
    },
    "worklist.none": {"ja": "該当する請求はありません。", "en": "no cases."},
    "worklist.passed": {"ja": "  {name}：{day} を過ぎています", "en": "  {name}: passed on {day}"},
    "worklist.held": {"ja": "・保留", "en": " (held)"},
    "worklist.stopped": {"ja": "・手紙停止", "en": " (stop)"},
    "worklist.head.case": {"ja": "請求", "en": "case"},
    "worklist.head.state": {"ja": "状態", "en": "state"},
    "worklist.head.due": {"ja": "  期限", "en": "  due"},
    "worklist.head.next": {"ja": "次に", "en": "next"},
    "worklist.head.owner": {"ja": "担当", "en": "owner"},
    "worklist.head.name": {"ja": "氏名", "en": "name"},
    "worklist.head.rights": {"ja": "請求の種類", "en": "rights"},
    "worklist.counted": {"ja": "{count}件（期限超過 {late}件）", "en": "{count} cases, {late} overdue"},
    "worklist.counted_one": {"ja": "{count}件（期限超過 {late}件）", "en": "{count} case, {late} overdue"},
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "worklist.help.list": (
        "./admin.py list --overdue",
        "./admin.py list --state forms_returned --due-within 5d",
        "./admin.py list --right disclosure --json",
    ),
}
