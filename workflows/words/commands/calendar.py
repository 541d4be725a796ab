"""What `commands/calendar.py` says, and the help of its commands."""

SENTENCES: dict[str, dict[str, str]] = {
    "calendar.help.calendar": {
        "ja": "窓口の休業日。変えると、未了の期限も動きます。",
        "en": "Holidays and closures; open deadlines move with them.",
    },
    "calendar.help.list": {
        "ja": "平日の休みと、窓口が決めた日の一覧です（指定がなければ今日から1年）。",
        "en": "Weekdays on which the office is closed, and days decided here (a year from today unless told "
        "otherwise).",
    },
    "calendar.help.list.year": {"ja": "この年の一覧。", "en": "of this year"},
    "calendar.help.add": {
        "ja": "休業日を加えます（責任者のみ）。\n"
        "その日を含む期限は、同じ期限のまま新しい日に動き、請求ごとに履歴に残ります。過ぎた日は、"
        "期限が動かない場合だけ加えられます。",
        "en": "Add closures or holidays (leads only).\n"
        "Deadlines that count the day move to another day and stay the same deadlines; every history says "
        "so. A day that is over can be added only where no deadline moves.",
    },
    "calendar.help.add.name": {"ja": "休業の名称。", "en": "what the day is called"},
    "calendar.help.remove": {
        "ja": "休業日を取り消します（責任者のみ）。祝日・土日でもその日は営業します。",
        "en": "Open on a day after all (leads only), be it a closure, a holiday or a weekend.",
    },
    "calendar.help.recount": {
        "ja": "途中で止まった休業日の変更を、残りの請求にも反映します（責任者のみ）。"
        "窓口が動いていれば自動で行われます。",
        "en": "Carry a change that was broken off through to the remaining cases (leads only); a running desk does "
        "so too.",
    },
    "calendar.option.preview": {
        "ja": "何も書かずに、動く期限をすべて示します。",
        "en": "only show every deadline that would move; nothing is written",
    },
    "calendar.by.office": {"ja": "窓口", "en": "office"},
    "calendar.by.law": {"ja": "祝日", "en": "law"},
    "calendar.by.yearly": {"ja": "毎年", "en": "every year"},
    "calendar.open": {"ja": "営業", "en": "open"},
    "calendar.closed": {"ja": "休業", "en": "closed"},
    "calendar.forecast": {"ja": "・予測", "en": ", forecast"},
    "calendar.head.day": {"ja": "日", "en": "day"},
    "calendar.head.by": {"ja": "定め", "en": "by"},
    "calendar.head.name": {"ja": "名称", "en": "name"},
    "calendar.nothing_left": {"ja": "残っている変更はありません。", "en": "nothing is left to do."},
    "calendar.would_be_refused": {
        "ja": "過ぎた日があるため、このままでは加えられません。",
        "en": "a day is over: this change would be refused.",
    },
    "calendar.needs_day": {"ja": "日付が必要です（2026-12-04 の形）。", "en": "is needed: a day like 2026-12-04."},
    "calendar.needs_name": {
        "ja": "休業の名称が必要です（80文字以内の一行）。",
        "en": "is needed: what the day is called, one line of up to 80 characters.",
    },
    "calendar.counting": {"ja": "期限を数え直しています", "en": "counting deadlines anew"},
    "calendar.no_day": {"ja": "変わる日はありません。", "en": "no day changes."},
    "calendar.changed": {"ja": "{listed}: {state}", "en": "{listed}: {state}"},
    "calendar.not_written": {"ja": "（予定）", "en": " (not written yet)"},
    "calendar.nothing_moves": {"ja": "動く期限はありません。", "en": "no deadline moves."},
    "calendar.head.case": {"ja": "請求", "en": "case"},
    "calendar.head.deadline": {"ja": "期限", "en": "deadline"},
    "calendar.head.was": {"ja": "変更前", "en": "was"},
    "calendar.head.is": {"ja": "変更後", "en": "is"},
    "calendar.head.why": {"ja": "理由", "en": "why"},
    "calendar.more": {"ja": "ほか {more}件（--json ですべて）", "en": "and {more} more (--json has all)"},
    "calendar.moved": {"ja": "期限 {deadlines}件（請求 {cases}件）", "en": "{deadlines} deadlines of {cases} cases"},
    "calendar.closed_already": {"ja": "{day} はもともと休みです。", "en": "{day} is closed already."},
    "calendar.open_already": {"ja": "{day} はもともと営業日です。", "en": "{day} is a working day already."},
    "calendar.over": {
        "ja": "{day} は過ぎた日で、期限が {moved}件 動くため変えられません。その日にあったことは取り消せません。"
        "今日以降の日を指定してください。必要な請求は hold で期限を止められます。",
        "en": "{day} is over, and {moved} deadlines would move: what happened since cannot be undone. Name a day "
        "from today on; single cases can be given time with hold.",
    },
    "calendar.being_read": {
        "ja": "長い処理（バックアップなど）が暦を読んでいるため、いまは変えられません。何も書いていません。"
        "それが終わってから、もう一度実行してください。",
        "en": "a long transaction (a backup, say) is reading the calendar; nothing was written. Run this again "
        "when that has ended.",
    },
    "calendar.interrupted": {
        "ja": "中断しました。日が書かれていれば、残りの請求は窓口の処理（make desk）か ./admin.py calendar recount "
        "で続きから反映されます。書かれたかどうかは ./admin.py calendar list で分かります。",
        "en": "interrupted; if the day is written (./admin.py calendar list shows it), a running desk or "
        "./admin.py calendar recount carries it through to the remaining cases.",
    },
    "calendar.weekday.0": {"ja": "月", "en": "Mon"},
    "calendar.weekday.1": {"ja": "火", "en": "Tue"},
    "calendar.weekday.2": {"ja": "水", "en": "Wed"},
    "calendar.weekday.3": {"ja": "木", "en": "Thu"},
    "calendar.weekday.4": {"ja": "金", "en": "Fri"},
    "calendar.weekday.5": {"ja": "土", "en": "Sat"},
    "calendar.weekday.6": {"ja": "日", "en": "Sun"},
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "calendar.help.list": (
        "./admin.py calendar list",
        "./admin.py calendar list --year 2027",
    ),
    "calendar.help.add": (
        "./admin.py calendar add 2026-12-04 --name 創立記念日 --preview",
        "./admin.py calendar add 2027-08-12 2027-08-13 --name 夏季休業",
    ),
    "calendar.help.remove": (
        "./admin.py calendar remove 2026-12-04 --preview",
        "./admin.py calendar remove 2026-11-28",
    ),
    "calendar.help.recount": ("./admin.py calendar recount",),
}
