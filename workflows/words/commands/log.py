"""What `commands/log.py` says, and the help of its command."""

SENTENCES: dict[str, dict[str, str]] = {
    "log.help.log": {
        "ja": "だれがだれの情報を見たか、窓口の何を変えたかを、新しい順に示します（責任者のみ）。\n"
        "--case を付けると、その請求に関する記録を、請求そのものの経過とともに示します。個人情報は含みません。",
        "en": "Who looked at whom, and who changed what in the office, the newest first; for a lead.\n"
        "With --case what was recorded of that request, its own steps among it. Nothing in it is personal.",
    },
    "log.help.log.case": {"ja": "この請求に関するものだけ。", "en": "only what is about this request"},
    "log.help.log.by": {"ja": "この人のしたことだけ。", "en": "only what this person did"},
    "log.help.log.looks": {"ja": "個人情報を見た記録だけ。", "en": "only looks at people's data"},
    "log.help.log.since": {"ja": "この日から（この日を含む）。", "en": "from this day on"},
    "log.help.log.limit": {"ja": "この件数まで（なければ100件）。", "en": "no more than this many (100)"},
    "log.none": {"ja": "記録はありません。", "en": "nothing is recorded."},
    "log.more": {
        "ja": "ほかにもあります。--limit、--since、--by で絞り込めます。",
        "en": "there is more: --limit shows it, --since and --by narrow it down.",
    },
    "log.and_more": {"ja": "ほか{number}件", "en": "and {number} more"},
    "log.head.at": {"ja": "日時", "en": "when"},
    "log.head.by": {"ja": "だれが", "en": "who"},
    "log.head.what": {"ja": "何を", "en": "what"},
    "log.head.about": {"ja": "対象", "en": "about"},
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "log.help.log": (
        "./admin.py log --case 26-000017-Y --looks",
        "./admin.py log --by sato --since 2026-11-01",
    ),
}
