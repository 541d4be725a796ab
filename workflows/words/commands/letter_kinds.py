"""What `commands/letter_kinds.py` says, and the help of its commands."""

SENTENCES: dict[str, dict[str, str]] = {
    "letter_kinds.help.letter_kinds": {
        "ja": "手紙の種類ごとに、作成と印刷を止められます。サブコマンドを省くと、種類の一覧です。\n"
        "止めた種類の手紙は、手続が進めば手配されますが、再開するまで作成も印刷もされません。"
        "ほかの仕事は続きます。",
        "en": "Stop a kind of letter whose template is wrong; without a sub-command, list the kinds.\n"
        "Letters of a stopped kind are ordered as cases go on, but neither made nor printed until it is "
        "started again. Everything else goes on.",
    },
    "letter_kinds.help.list": {
        "ja": "手紙の種類と、止めているかどうかの一覧です。",
        "en": "The kinds of letters, and which of them are stopped.",
    },
    "letter_kinds.help.stop": {
        "ja": "一つの種類の手紙を止めます（責任者のみ）。窓口の記録に残ります。\n"
        "印刷済みの手紙は止まりません。投函の前に取り除いてください。",
        "en": "Stop one kind of letter (leads only); it is written to the office's log.\n"
        "What is printed already is not stopped: take it out of the tray before it is posted.",
    },
    "letter_kinds.help.start": {
        "ja": "止めた種類の手紙を再開します（責任者のみ）。待っていた手紙は、"
        "いまのひな形で数秒のうちに作成されます。\n"
        "止める前に作成済みだった手紙は、そのままの内容で印刷できるようになります。",
        "en": "Start a stopped kind again (leads only): what waits is made within seconds, from the present "
        "template.\n"
        "Letters that were made before the stop can be printed again as they are.",
    },
    "letter_kinds.help.stop.reason": {
        "ja": "理由（wrong_wording、wrong_layout、law_changed、または自分の言葉で一行。"
        "氏名などは書かないでください）。",
        "en": "why: wrong_wording, wrong_layout, law_changed, or one line of your own words (name nobody)",
    },
    "letter_kinds.bad_reason": {
        "ja": "理由は、改行のない一行（{most}文字まで）で書いてください。",
        "en": "a reason is one line of 1 to {most} characters.",
    },
    "letter_kinds.heads": {
        "ja": "種類 状態 いつから だれが 作成待ち 印刷待ち",
        "en": "kind state since by to-make to-print",
    },
    "letter_kinds.stopped": {"ja": "停止", "en": "stopped"},
    "letter_kinds.on": {"ja": "稼働", "en": "on"},
    "letter_kinds.stopped_now": {"ja": "{name}を止めました。", "en": "{name}: stopped."},
    "letter_kinds.stopped_already": {
        "ja": "{name}は既に止まっています（{since}、{by}、{reason}）。",
        "en": "{name}: stopped already ({since}, {by}: {reason}).",
    },
    "letter_kinds.waiting": {
        "ja": "作成待ち {to_make} 通、印刷待ち {to_print} 通が待ちます。",
        "en": "letters that wait to be made: {to_make}, to be printed: {to_print}.",
    },
    "letter_kinds.started": {"ja": "{name}を再開しました。", "en": "{name}: started."},
    "letter_kinds.none_waited": {"ja": "待っている手紙はありませんでした。", "en": "no letter waited."},
    "letter_kinds.made_soon": {
        "ja": "作成待ちの {to_make} 通は、数秒のうちに作成されます。",
        "en": "what waited is made within seconds (letters: {to_make}).",
    },
    "letter_kinds.printable": {
        "ja": "停止前に作成された {to_print} 通は、印刷できるようになりました。古いひな形のままです。",
        "en": "What was made before the stop can be printed now, as the former template was (letters: {to_print}).",
    },
    "letter_kinds.not_stopped": {"ja": "{name}は止まっていません。", "en": "{name}: not stopped."},
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "letter_kinds.help.list": (
        "./admin.py letter-kinds list",
        "./admin.py letter-kinds --json",
    ),
    "letter_kinds.help.stop": (
        "./admin.py letter-kinds stop disclosure_notification --reason wrong_wording",
        "./admin.py letter-kinds stop reminder --reason 'the telephone number on page 1 is the old one'",
    ),
    "letter_kinds.help.start": ("./admin.py letter-kinds start disclosure_notification",),
}
