"""What `commands/forecast.py` says, and the help of its command."""

SENTENCES: dict[str, dict[str, str]] = {
    "forecast.help.forecast": {
        "ja": "これから何がいつ期限になるか：法令の期限、自動で出る手紙、督促、その他。"
        "出る手紙の種類ごとの数と、担当者ごとの仕事の量も示します。\n"
        "いま動いている期限の次の1回分です。先に処理すれば、その分はなくなります。",
        "en": "What falls due on which day: dates of the law, letters that go by themselves, who is chased, and the "
        "rest; the letters by kind, and how much each person has to do.\n"
        "It is the next firing of every deadline that runs now; what is done in time falls due no more.",
    },
    "forecast.help.forecast.days": {"ja": "今日から何日分か（なければ30日）。", "en": "how many days from today (30)"},
    "forecast.title": {"ja": "{since}から{until}までの見通し", "en": "What falls due, {since} to {until}"},
    "forecast.nothing": {"ja": "期限になるものはありません。", "en": "nothing falls due."},
    "forecast.late": {"ja": "期限を過ぎたもの", "en": "already due"},
    "forecast.day": {"ja": "{day}（{weekday}）", "en": "{day} {weekday}"},
    "forecast.letters": {"ja": "出る見込みの手紙：{letters}", "en": "letters to expect: {letters}"},
    "forecast.of_kind": {"ja": "{kind} {number}通", "en": "{kind} {number}"},
    "forecast.nobody": {"ja": "（担当者なし）", "en": "(nobody)"},
    "forecast.more_people": {"ja": "ほか{number}人（--json ですべて）", "en": "and {number} people more (--json: all)"},
    "forecast.head.day": {"ja": "日", "en": "day"},
    "forecast.head.law": {"ja": "法令の期限", "en": "law"},
    "forecast.head.letters": {"ja": "手紙", "en": "letters"},
    "forecast.head.chased": {"ja": "督促・報告", "en": "chased"},
    "forecast.head.other": {"ja": "その他", "en": "other"},
    "forecast.head.person": {"ja": "担当者", "en": "who"},
    "forecast.head.late": {"ja": "期限超過", "en": "late"},
    "forecast.head.week": {"ja": "7日以内", "en": "in 7 days"},
    "forecast.head.within": {"ja": "期間内", "en": "in all these days"},
    "forecast.head.all": {"ja": "全部", "en": "in all"},
    "forecast.weekday.0": {"ja": "月", "en": "Mon"},
    "forecast.weekday.1": {"ja": "火", "en": "Tue"},
    "forecast.weekday.2": {"ja": "水", "en": "Wed"},
    "forecast.weekday.3": {"ja": "木", "en": "Thu"},
    "forecast.weekday.4": {"ja": "金", "en": "Fri"},
    "forecast.weekday.5": {"ja": "土", "en": "Sat"},
    "forecast.weekday.6": {"ja": "日", "en": "Sun"},
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "forecast.help.forecast": (
        "./admin.py forecast",
        "./admin.py forecast --days 7 --json",
    ),
}
