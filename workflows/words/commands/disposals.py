"""What `commands/disposals.py` says, and the help of its command."""

SENTENCES: dict[str, dict[str, str]] = {
    "disposals.help.disposals": {
        "ja": "回答の後に廃棄・返却する期限が来た書類の一覧です。印刷して印を付け、署名する欄があります。\n"
        "済んだら一件ずつ end-papers で記録します。",
        "en": "The papers whose time has come once the answer is out: a list to print, tick and sign.\n"
        "What was done is recorded case by case with end-papers.",
    },
    "disposals.none": {"ja": "処分する期限の来た書類はありません。", "en": "the time of no papers has come."},
    "disposals.head": {
        "ja": "回答後の書類の処分　（印を付け、日付と氏名を書いてください）",
        "en": "Papers after the answer   (tick each, with the day and your name)",
    },
    "disposals.line": {
        "ja": "[ ] {case}　{what}：{end}　（回答 {since}）　____________________",
        "en": "[ ] {case}   {what}: {end}   (answered {since})   ____________________",
    },
    "disposals.foot": {
        "ja": "記録するには: ./admin.py end-papers CASE --what evidence --end destroyed",
        "en": "To record it: ./admin.py end-papers CASE --what evidence --end destroyed",
    },
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "disposals.help.disposals": ("./admin.py disposals", "./admin.py disposals --lang ja > list.txt"),
}
