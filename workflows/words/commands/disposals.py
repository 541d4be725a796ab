"""What `commands/disposals.py` says, and the help of its command."""

SENTENCES: dict[str, dict[str, str]] = {
    "disposals.help.disposals": {
        "ja": "回答（または取下げなどの終了）の後に廃棄・返却する書類の、期限の早い順の一覧です。印刷して印を付け、"
        "署名する欄があります。\n済んだら end-papers で記録します（印刷した一覧は番号でまとめて）。"
        "法的な保全の間は載りません。",
        "en": "The papers that nobody needs any more, once the answer is out or the request has ended without one, the "
        "most urgent first: a list to print, tick and sign.\n"
        "What was done is recorded with end-papers, a printed list by its number in one go. What a legal hold keeps is "
        "not on it.",
    },
    "disposals.help.disposals.out": {
        "ja": "A4の用紙に印刷する PDF も作ります",
        "en": "make a PDF for sheets of A4, too",
    },
    "disposals.sheet.title": {"ja": "回答後の書類の処分", "en": "Papers after the answer"},
    "disposals.sheet.told": {
        "ja": "一覧 {list}、{day} 現在、{count} 件。済んだら□に印を付け、日付と氏名を書き、記録します。",
        "en": "List {list}, as of {day}: {count}. Tick what is done, with the day and your name, and record it.",
    },
    "disposals.sheet.typed": {
        "ja": "すべて済んだら次のとおり記録します。残ったものは --where の後に ,but=受付番号 を付けて除きます。",
        "en": "When all of it is done, record it like this; leave out what stayed with ,but=REQUEST after the --where.",
    },
    "disposals.sheet.head_done": {"ja": "済", "en": "✓"},
    "disposals.sheet.head_case": {"ja": "受付番号", "en": "Request"},
    "disposals.sheet.head_what": {"ja": "書類", "en": "Papers"},
    "disposals.sheet.head_end": {"ja": "処分", "en": "To be"},
    "disposals.sheet.head_since": {"ja": "回答・終了", "en": "Ended"},
    "disposals.sheet.head_by": {"ja": "期限", "en": "By"},
    "disposals.sheet.head_day": {"ja": "処分した日", "en": "Done on"},
    "disposals.sheet.head_name": {"ja": "行った人", "en": "Who did it"},
    "disposals.sheet.signed": {"ja": "責任者の署名", "en": "Signed (lead)"},
    "disposals.sheet.checked": {"ja": "立ち会った人の署名", "en": "Signed (witness)"},
    "disposals.none": {"ja": "処分する書類はありません。", "en": "no papers are to go."},
    "disposals.head": {
        "ja": "回答後の書類の処分　（印を付け、日付と氏名を書いてください）",
        "en": "Papers after the answer   (tick each, with the day and your name)",
    },
    "disposals.line": {
        "ja": "[ ] {case}　{what}：{end}　（期限 {by}）　____________________",
        "en": "[ ] {case}   {what}: {end}   (by {by})   ____________________",
    },
    "disposals.line_late": {
        "ja": "[ ] {case}　{what}：{end}　（期限 {by} を過ぎています）　____________________",
        "en": "[ ] {case}   {what}: {end}   (overdue since {by})   ____________________",
    },
    "disposals.foot_print": {
        "ja": "印刷し、まとめて記録するための番号を付けるには:",
        "en": "To print it, with a number under which all of it is recorded:",
    },
    "disposals.foot_one": {"ja": "済んだら:", "en": "Once it is done:"},
    "disposals.foot": {
        "ja": "次に（残したものは ,but=受付番号 で除きます）:",
        "en": "Next (leave out what stayed with ,but=REQUEST):",
    },
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "disposals.help.disposals": ("./admin.py disposals", "./admin.py disposals --out papers.pdf --lang ja"),
}
