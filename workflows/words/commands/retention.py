"""What `commands/retention.py` says, and the help of its command."""

SENTENCES: dict[str, dict[str, str]] = {
    "retention.help.retention": {
        "ja": "終了した請求の個人情報のうち、保存期間が過ぎたもの・保全や未了のため残すもの・"
        "これから期限が来るものを示し、過ぎたものを消去します（責任者のみ。動いている窓口は自分で行います）。\n"
        "期間は organisation.toml の [retention] に書き、--adopt で採用します。",
        "en": "What of closed cases is due to be erased, what is held and why, what comes in the next months; and what "
        "is due is erased (leads only; a desk that runs does it by itself).\n"
        "The periods stand under [retention] in organisation.toml and count once a lead adopts them.",
    },
    "retention.help.retention.dry_run": {"ja": "示すだけで、何も消しません", "en": "show it and erase nothing"},
    "retention.help.retention.adopt": {
        "ja": "organisation.toml の期間を採用する（責任者のみ。何も消しません）",
        "en": "let the periods of organisation.toml count (leads only); nothing is erased yet",
    },
    "retention.bar": {"ja": "消去", "en": "erased"},
    "retention.by_workers": {
        "ja": "消去はワーカーが行います。しばらくして ./admin.py retention --dry-run で確かめてください。",
        "en": "the workers erase it; look again with ./admin.py retention --dry-run.",
    },
    "retention.adopted": {"ja": "期間を採用しました。", "en": "these periods count from now on."},
    "retention.adopted_already": {"ja": "この期間はすでに採用済みです。", "en": "these periods counted already."},
    "retention.periods": {
        "ja": "終了した請求の個人情報は {personal_data_months}か月、印刷物の控えは {printed_days}日、"
        "担当者へのメールの記録は {mail_days}日で消します。個人情報のない履歴と件数は消しません。",
        "en": "personal data of closed cases is kept for {personal_data_months} months, printed files for "
        "{printed_days} days, mail to staff for {mail_days} days. Histories and figures, without personal data, stay.",
    },
    "retention.given": {
        "ja": "organisation.toml には {personal_data_months}か月・{printed_days}日・{mail_days}日とあります。"
        "採用するとすぐに {cases} 件が期限切れになります。採用: "
        "./admin.py retention --adopt",
        "en": "organisation.toml says {personal_data_months} months, {printed_days} and {mail_days} days. With that "
        "the time of {cases} more cases is over at once. To adopt it: ./admin.py retention --adopt",
    },
    "retention.erased": {"ja": "消去しました: {cases}", "en": "erased: {cases}"},
    "retention.due": {"ja": "期間を過ぎ、消去するもの", "en": "Due to be erased"},
    "retention.due_line": {
        "ja": "{case}　終了 {closed_on}、{kept_until} まで",
        "en": "{case}   closed {closed_on}, kept until {kept_until}",
    },
    "retention.held": {"ja": "期間を過ぎても残すもの", "en": "Kept although their time is over"},
    "retention.more": {
        "ja": "期間を過ぎたものは、ほかに{number}件あります。終了の早いものから示しています。",
        "en": "{number} more are past their time; those closed first are shown.",
    },
    "retention.coming": {"ja": "これから期限が来るもの", "en": "What comes"},
    "retention.coming_line": {"ja": "{month}　{cases}件", "en": "{month}   cases: {cases}"},
    "retention.holds": {"ja": "法的に保全しているもの", "en": "Legal holds"},
    "retention.hold": {
        "ja": "{case}　{until} まで（{by}）：{why}",
        "en": "{case}   until {until} ({by}): {why}",
    },
    "retention.no_holds": {"ja": "法的に保全している請求はありません。", "en": "no case is under a legal hold."},
    "retention.nothing": {"ja": "ありません", "en": "none"},
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "retention.help.retention": (
        "./admin.py retention --dry-run",
        "./admin.py retention",
        "./admin.py retention --adopt",
    ),
}
