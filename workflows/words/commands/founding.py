"""What `commands/founding.py` says, and the help of its commands."""

SENTENCES: dict[str, dict[str, str]] = {
    "founding.help.office": {
        "ja": "この窓口が何として開設されたかを示します。サブコマンド found で新しい窓口を開設します。\n"
        "開設のときに決めたこと（デモか、時計、一人だけか、データの所在地）は、その後変わりません。",
        "en": "What this office was founded as; the sub-command found founds a new one.\n"
        "What it was founded as (a demo, its clock, one person alone, where its data lies) never changes.",
    },
    "founding.help.found": {
        "ja": "ここに新しい窓口を開設します。いまの環境変数（MADOGUCHI_ALLOW_AS、MADOGUCHI_CLOCK、MADOGUCHI_SOLE、"
        "MADOGUCHI_RESIDENCY）がそのまま窓口の性質になります。\n"
        "NAME は責任者になる人のログイン名です。途中で止まっても、もう一度行えば済みます。",
        "en": "Found a new office in this place. What MADOGUCHI_ALLOW_AS, MADOGUCHI_CLOCK, MADOGUCHI_SOLE and "
        "MADOGUCHI_RESIDENCY say now is what it will be.\n"
        "NAME is the login of whoever is to be its lead. Broken off, it is simply done again.",
    },
    "founding.help.found.lead": {
        "ja": "責任者になる人のログイン名。",
        "en": "the login of whoever is to be its lead",
    },
    "founding.unwritable": {
        "ja": "{home} に窓口を開設できません（{why}）。MADOGUCHI_HOME に、書き込めるフォルダーを指定してください。",
        "en": "no office can be founded in {home} ({why}); set MADOGUCHI_HOME to a folder you may write to.",
    },
    "founding.no_such_login": {
        "ja": "この機械に {name} というログインはありません。責任者はそのログインで入ります。ログインを作るか、"
        "名前の間違いなら、何もないうちにこの場所を空にして開設し直してください。",
        "en": "this machine has no login {name}, under which the lead comes in: make it, or, if the name is mistyped, "
        "empty this place while nothing is in it and found the office again.",
    },
    "founding.founded": {"ja": "開設しました。", "en": "founded."},
    "founding.founded_already": {"ja": "既に開設されています。", "en": "founded already."},
    "founding.yes": {"ja": "はい", "en": "yes"},
    "founding.no": {"ja": "いいえ", "en": "no"},
    "founding.clock.real": {"ja": "実際の時刻", "en": "the real time"},
    "founding.clock.shifted": {"ja": "ずらせる時刻", "en": "shifted"},
    "founding.field.founded": {"ja": "開設", "en": "founded"},
    "founding.field.lead": {"ja": "責任者（開設時）", "en": "lead when founded"},
    "founding.field.demo": {"ja": "デモ", "en": "demo"},
    "founding.field.clock": {"ja": "時計", "en": "clock"},
    "founding.field.sole": {"ja": "一人だけの窓口", "en": "one person alone"},
    "founding.field.residency": {"ja": "データの所在地", "en": "data lies in"},
    "founding.field.database": {"ja": "データベース", "en": "database"},
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "founding.help.found": ("./admin.py office found --lead hanako",),
}
