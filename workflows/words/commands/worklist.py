"""What `commands/worklist.py` says, and the help of its commands."""

SENTENCES: dict[str, dict[str, str]] = {
    "worklist.help.list": {
        "ja": "急ぐ順の仕事の一覧です。だれの番か、次に人が何をするか、いつまでかを示します。\n"
        "指定がなければ、終わっていない請求をすべて示します。「!」は期限を過ぎたもの、（ ）は自動で行うことです。",
        "en": "The work list, most urgent first: what a person must do next, and by when in the office's terms and the "
        "law's.\nWithout options it shows every open case; ! marks what is overdue, brackets what the clock does.",
    },
    "worklist.help.list.state": {"ja": "この状態のもの。繰り返せます。", "en": "in this state, repeatable"},
    "worklist.help.list.mine": {
        "ja": "自分が担当するもの（代わりを務める人の分も）。",
        "en": "in my hands, or in those of somebody I stand in for",
    },
    "worklist.help.list.unassigned": {
        "ja": "担当者のいないもの（--mine と併せると、どちらでも）。",
        "en": "in nobody's hands (with --mine: either)",
    },
    "worklist.help.list.todo": {
        "ja": "次に人がするのがこの仕事であるもの。投函前の回答など、終わった請求も含みます。",
        "en": "this is the next job, in closed cases too",
    },
    "worklist.help.list.overdue": {"ja": "人の仕事の期限を過ぎたもの。", "en": "somebody's job is past due"},
    "worklist.help.list.stalled": {"ja": "督促が始まったもの。", "en": "the clock had to chase somebody"},
    "worklist.help.list.due_within": {
        "ja": "この期間に、人の仕事か法律の期限、または自動の処理が来るもの。",
        "en": "to be acted on within this time",
    },
    "worklist.help.list.right": {"ja": "この請求を含むもの。", "en": "with this right"},
    "worklist.help.list.owner": {"ja": "この人が担当するもの。", "en": "in this person's hands"},
    "worklist.help.list.limit": {"ja": "この件数まで。", "en": "no more than this many"},
    "worklist.help.list.names": {
        "ja": "氏名も示します（500件まで。見たことは記録されます）。",
        "en": "the names too, of 500 at most; each look is recorded",
    },
    "worklist.one_of_them": {
        "ja": "--owner と --mine・--unassigned は、どちらか一方だけにしてください。",
        "en": "either --owner, or --mine and --unassigned.",
    },
    "worklist.none": {"ja": "該当する請求はありません。", "en": "no cases."},
    "worklist.passed": {"ja": "  {name}：{day} を過ぎています", "en": "  {name}: passed on {day}"},
    "worklist.law": {"ja": "{day}({days})", "en": "{day} ({days})"},
    "worklist.clocks": {"ja": "（{what}）", "en": "({what})"},
    "worklist.state_of": {"ja": "{state}：{rights}", "en": "{state}: {rights}"},
    "worklist.who_but": {"ja": "{roles}（{names} 以外）", "en": "{roles}, not {names}"},
    "worklist.held": {"ja": "・保留", "en": " (held)"},
    "worklist.stopped": {"ja": "・手紙停止", "en": " (stop)"},
    "worklist.head.case": {"ja": "請求", "en": "case"},
    "worklist.head.todo": {"ja": "次の仕事", "en": "to do"},
    "worklist.head.by": {"ja": "  期限", "en": "  by"},
    "worklist.head.law": {"ja": "法律の期限(残日)", "en": "law (days left)"},
    "worklist.head.owner": {"ja": "担当", "en": "owner"},
    "worklist.head.name": {"ja": "氏名", "en": "name"},
    "worklist.head.state": {"ja": "状態・請求の種類", "en": "state: rights"},
    "worklist.counted": {"ja": "{count}件（期限超過 {late}件）", "en": "{count} cases, {late} overdue"},
    "worklist.counted_one": {"ja": "{count}件（期限超過 {late}件）", "en": "{count} case, {late} overdue"},
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "worklist.help.list": (
        "./admin.py list --mine",
        "./admin.py list --todo release",
        "./admin.py list --overdue",
        "./admin.py list --state forms_returned --due-within 5d",
        "./admin.py list --right disclosure --json",
    ),
}
