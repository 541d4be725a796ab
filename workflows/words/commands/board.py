"""What `commands/board.py` and its page say, and the help of the command."""

SENTENCES: dict[str, dict[str, str]] = {
    "board.help.board": {
        "ja": "件数、結果、日数、これからの期限、担当者ごとの仕事の量を、1枚のHTMLにします（責任者のみ）。"
        "--lang の言語で作ります。\n"
        "何も読み込まず、A4に印刷でき、図にはすべて同じ数の表が付きます。小さい数は伏せます。",
        "en": "The figures, how requests ended, how long they took, what comes and who has how much, as one page of "
        "HTML in the language of the call; for a lead.\n"
        "It loads nothing, prints on A4, and every chart has a table with the same numbers. Small ones are kept back.",
    },
    "board.help.board.out": {"ja": "書き出すファイル。", "en": "the file to write"},
    "board.help.board.since": {
        "ja": "この日から（この日を含む。なければ直近12か月）。",
        "en": "from this day on (the last twelve months)",
    },
    "board.help.board.until": {"ja": "この日まで（この日を含む）。", "en": "up to this day, included"},
    "board.help.board.days": {"ja": "何日先まで見通すか（なければ30日）。", "en": "how many days to look ahead (30)"},
    "board.written": {"ja": "{target} に書き出しました。", "en": "{target} is written."},
    "board.title": {"ja": "開示等の請求の状況", "en": "Requests at a glance"},
    "board.days": {"ja": "{since}から{until}まで", "en": "{since} to {until}"},
    "board.at": {"ja": "{at} 現在", "en": "as of {at}"},
    "board.in_figures": {"ja": "件数", "en": "in figures"},
    "board.as_table": {"ja": "表で示すと", "en": "in a table"},
    "board.nothing": {"ja": "この期間にはありません。", "en": "none in these days."},
    "board.sample": {"ja": "練習用の窓口の見本です。", "en": "Sample of a practice office."},
    "board.about": {
        "ja": "{first}ごとの{heads}の図（{rows}行）。同じ数の表が続きます。",
        "en": "A chart of {heads} by {first}, {rows} rows; a table with the same numbers follows.",
    },
    "board.to_the_median": {"ja": "中央値まで", "en": "up to the median"},
    "board.to_the_p90": {"ja": "中央値から90%まで", "en": "from there to 90 %"},
    "board.to_come": {"ja": "期限前", "en": "to come"},
    "board.part.months": {"ja": "月ごとの受付と終了", "en": "Received and closed by month"},
    "board.part.outcomes": {"ja": "請求の種類ごとの結果", "en": "How each right ended"},
    "board.part.grounds": {"ja": "不開示事由", "en": "Grounds of refusal"},
    "board.part.days": {"ja": "各段階の日数", "en": "Days in each state"},
    "board.part.rights": {"ja": "請求の種類ごとの件数", "en": "By right"},
    "board.part.coming": {"ja": "これから期限になるもの", "en": "What falls due"},
    "board.part.load": {"ja": "担当者ごとの仕事の量", "en": "Who has how much to do"},
    "board.part.departments": {"ja": "部署への照会", "en": "Departments that were asked"},
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "board.help.board": (
        "./admin.py board --out board.html",
        "./admin.py --lang ja board --since 2026-04-01 --until 2027-03-31 --out board.html",
    ),
}
