"""What `commands/stats.py` says, and the help of its command."""

SENTENCES: dict[str, dict[str, str]] = {
    "stats.help.stats": {
        "ja": "開示等の請求の件数：受付、結果（請求の種類ごと）、不開示事由とその条文、各段階と全体の日数"
        "（中央値と90パーセンタイル）、期限超過、延長、催促、返戻、手数料。部署への照会の件数も示します。\n"
        "小さい数（organisation.toml の smallest_shown 未満）は、個人が分からないように伏せます（*）。"
        "伏せた数は合計からも求められません。責任者でない人には、終わった月までの件数を、まとまり（5件ずつなど）で示します。"
        "どの期間を引き算しても、一人の人は分かりません。",
        "en": "Requests in figures: received, how each right ended, grounds of refusal with their articles, days in "
        "each state and in all (median and 90th percentile), overdue, extended, reminders, returns, fees; and the same "
        "of what departments were asked.\n"
        "Small numbers (less than smallest_shown in organisation.toml) are kept back (*), so that none points at one "
        "person; nor do they follow from the sums. Whoever is no lead has the months that are over, counted in whole "
        "lots (of five, say), so that no two spans taken from each other tell of one person.",
    },
    "stats.help.stats.since": {"ja": "この日から（この日を含む）。", "en": "from this day on"},
    "stats.help.stats.until": {"ja": "この日まで（この日を含む）。", "en": "up to this day, included"},
    "stats.help.stats.by": {"ja": "何ごとの内訳を示すか。", "en": "by what they are broken down"},
    "stats.help.stats.csv": {"ja": "すべての件数をCSVで出します（1行に1つ）。", "en": "every figure as a line of CSV"},
    "stats.help.stats.in_full": {
        "ja": "小さい数も伏せません（責任者のみ。記録に残ります。外には出さないでください）。",
        "en": "keep no small number back (for a lead, and recorded; not for publication)",
    },
    "stats.help.stats.recount": {
        "ja": "すべての請求を履歴から数え直してから示します（責任者のみ）。",
        "en": "count every request anew from its history first (for a lead)",
    },
    "stats.no_days": {
        "ja": "--since {since} が --until {until} より後です。",
        "en": "--since {since} lies after --until {until}.",
    },
    "stats.title": {"ja": "開示等の請求の件数（{days}）", "en": "Requests in figures, {days}"},
    "stats.all_days": {"ja": "全期間", "en": "all days"},
    "stats.days": {"ja": "{since}から{until}まで", "en": "{since} to {until}"},
    "stats.days_since": {"ja": "{since}から", "en": "since {since}"},
    "stats.days_until": {"ja": "{until}まで", "en": "until {until}"},
    "stats.searches": {"ja": "部署への照会", "en": "Searches asked of departments"},
    "stats.no_rows": {
        "ja": "この期間に、内訳を示すものはありません。",
        "en": "there is nothing to break down in these days.",
    },
    "stats.uncounted": {
        "ja": "{number}件以上がまだ集計に入っていません。窓口のサービスが集計を終えるまでお待ちください"
        "（すぐに数えるには ./admin.py stats --recount）。",
        "en": "at least {number} requests are not in these figures yet: the desk is counting them; look again in a "
        "minute (./admin.py stats --recount counts them at once).",
    },
    "stats.kept_back": {
        "ja": "* は、個人が分からないように伏せた数です（{threshold}未満の数と、そこから求められる数）。"
        "公表は一つの期間だけにしてください。重なる期間は、引き算で分かることがあります。",
        "en": "* is kept back, so that no number points at one person (less than {threshold}, or such a number would "
        "follow from it). Publish one span: of overlapping ones the one can be taken from the other.",
    },
    "stats.in_lots": {
        "ja": "件数は、終わった月までを{lot}件のまとまりで数えています。どの数も実際との差は{off}件までです。"
        "日数は、まとまりが二つ以上あるときだけ示します。",
        "en": "counted in whole lots of {lot}, up to the last month that is over: each number is at most {off} off. "
        "Days are shown where there are two lots of stays at least.",
    },
    "stats.months_only": {
        "ja": "終わった月を、初日から末日まで指定してください（例: --since 2026-04-01 --until 2026-09-30）。"
        "ほかの期間は責任者だけが見られます。",
        "en": "Name months that are over, from a first day to a last (--since 2026-04-01 --until 2026-09-30); "
        "other days are for a lead.",
    },
    "stats.in_full": {
        "ja": "小さい数も示しています。このまま公表しないでください。",
        "en": "small numbers are shown: not for publication.",
    },
    "stats.recounted": {"ja": "数え直し", "en": "counted anew"},
    "stats.recounted_all": {"ja": "{number}件を数え直しました。", "en": "{number} requests and searches counted anew."},
    "stats.fees": {"ja": "手数料の収支：{amounts}", "en": "fees, less what was given back: {amounts}"},
    "stats.number_of_days": {"ja": "{number}日", "en": "{number} d"},
    "stats.whole_time": {"ja": "受付から終了まで", "en": "from first to last"},
    "stats.head.carried_over": {"ja": "前からの繰越", "en": "carried over"},
    "stats.head.received": {"ja": "受付", "en": "received"},
    "stats.head.closed": {"ja": "終了", "en": "closed"},
    "stats.head.open": {"ja": "対応中", "en": "open"},
    "stats.head.overdue": {"ja": "期限超過", "en": "overdue"},
    "stats.head.extended": {"ja": "延長", "en": "extended"},
    "stats.head.reminders": {"ja": "催促", "en": "reminders"},
    "stats.head.returns": {"ja": "返戻", "en": "returns"},
    "stats.head.right": {"ja": "請求", "en": "right"},
    "stats.head.ground": {"ja": "不開示事由", "en": "ground of refusal"},
    "stats.head.article": {"ja": "条文", "en": "article"},
    "stats.head.category": {"ja": "本人の区分", "en": "category"},
    "stats.head.month": {"ja": "月", "en": "month"},
    "stats.head.regime": {"ja": "法令", "en": "law"},
    "stats.head.department": {"ja": "部署", "en": "department"},
    "stats.head.number": {"ja": "件数", "en": "number"},
    "stats.head.state": {"ja": "段階", "en": "days in"},
    "stats.head.median": {"ja": "中央値", "en": "median"},
    "stats.head.p90": {"ja": "90%", "en": "90 %"},
    "stats.head.act": {"ja": "照会の内容", "en": "asked to"},
    "stats.head.found": {"ja": "回答", "en": "answered"},
    "stats.outcome.granted": {"ja": "全部", "en": "granted"},
    "stats.outcome.partly": {"ja": "一部", "en": "partly"},
    "stats.outcome.not_held": {"ja": "不存在", "en": "not held"},
    "stats.outcome.alternative": {"ja": "代替措置", "en": "alternative"},
    "stats.outcome.refused": {"ja": "不開示等", "en": "refused"},
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "stats.help.stats": (
        "./admin.py stats --since 2026-04-01 --until 2027-03-31",
        "./admin.py stats --by ground",
        "./admin.py stats --by month --csv",
    ),
}
