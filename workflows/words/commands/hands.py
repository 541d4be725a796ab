"""What `commands/hands.py` says, and the help of its command."""

SENTENCES: dict[str, dict[str, str]] = {
    "hands.help.assign": {
        "ja": "請求の担当者を決めます。責任者はどの請求も、ほかの人は自分の担当（代わりを務める人の分も）を渡せます。\n"
        "CASE はいくつでも並べられ、--where なら条件に合うすべてです。",
        "en": "Say who has a case: a lead gives any, others hand on what they have or look after for somebody away.\n"
        "Several cases can be named, and --where means all that match.",
    },
    "hands.help.assign.where": {
        "ja": "この条件に合うすべて（bulk と同じ書き方。例: owner=hanako,todo=verify）。",
        "en": "all that match (as in bulk: owner=hanako,todo=verify)",
    },
    "hands.help.assign.none": {"ja": "担当者を外します。", "en": "in nobody's hands any more"},
    "hands.help.assign.preview": {"ja": "何件かを示すだけで、変更しません。", "en": "say how many, and change nothing"},
    "hands.which": {
        "ja": "CASE を一つ以上並べるか --where で選び、最後に担当者の名前（または --none）を付けてください。",
        "en": "name cases or choose them by --where, and then whose hands (or --none).",
    },
    "hands.assigned": {"ja": "{number} の担当: {name}", "en": "{number} is now with {name}"},
    "hands.with_nobody": {"ja": "{number} の担当: なし", "en": "{number} is in nobody's hands now"},
    "hands.given": {
        "ja": "{count}件の担当: {name}（渡せなかったもの {refused}件）",
        "en": "{count} now with {name}, {refused} refused",
    },
    "hands.would": {
        "ja": "{count}件が {name} の担当になります（渡せないもの {refused}件）。まだ何も変えていません。",
        "en": "{count} would be with {name}, {refused} refused; nothing is changed yet",
    },
    "hands.nobody": {"ja": "なし", "en": "nobody"},
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "hands.help.assign": (
        "./admin.py assign 26-000017-Y hanako",
        "./admin.py assign 26-000017-Y 26-000018-T hanako",
        "./admin.py assign --where owner=jiro,todo=verify hanako",
        "./admin.py assign 26-000017-Y --none",
    ),
}
