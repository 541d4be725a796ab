"""What `commands/find.py` says, and the help of its commands."""

SENTENCES: dict[str, dict[str, str]] = {
    "find.help.find": {
        "ja": "氏名・かな・電話番号・メール・住所・手紙の番号から、だれの請求かを探します。\n"
        "端末では尋ねます。氏名などをコマンドラインに書かないでください（ほかの人に見えます）。"
        "言葉の初めだけでもよく、姓と名の順、空白、かなの種類、全角・半角は問いません。"
        "電話番号は全部か、終わりの四けた以上です。本人も代理人も、終わった請求や問合せも探します。"
        "見たことは記録されます。",
        "en": "Find whose case it is, by name, kana, telephone, e-mail, address or an old letter's number.\n"
        "At a terminal it asks; names never go on a command line, where others see them. The beginning of a word is "
        "enough, in any order and spelling, kana or Latin letters; of a telephone number the whole, or its last four "
        "digits or more. It finds subjects and representatives, in open and closed cases and in inquiries. Each look "
        "is recorded.",
    },
    "find.help.find.file": {
        "ja": "探すもの（YAML か JSON。- なら標準入力）。",
        "en": "what to look for, YAML or JSON; - reads standard input",
    },
    "find.help.find.limit": {"ja": "この件数まで。", "en": "no more than this many"},
    "find.whom": {
        "ja": "だれを探しますか（氏名・かな・電話・メール・住所・番号）",
        "en": "Whom? (name, kana, telephone, e-mail, address or a number)",
    },
    "find.not_on_a_line": {
        "ja": "氏名などをコマンドラインに書かないでください（ほかの人に見えます）。"
        "./admin.py find とだけ入力すると尋ねます。",
        "en": "names do not go on a command line, where others see them: ./admin.py find alone asks whom.",
    },
    "find.file_needed": {
        "ja": "--file FILE が必要です（- なら標準入力）。端末では尋ねます。",
        "en": "--file FILE is needed (- reads standard input); at a terminal it asks.",
    },
    "find.nothing_asked": {
        "ja": "何で探しますか。{known} のどれかを書いてください。",
        "en": "say whom: one of {known}.",
    },
    "find.no_number": {
        "ja": "手紙の番号（26-000017-Y-01）か請求の番号（26-000017-Y）の形ではありません。"
        "最後の文字も確かめてください。",
        "en": "is no number of a letter (26-000017-Y-01) or a case (26-000017-Y); look at its last character too.",
    },
    "find.too_little.name": {
        "ja": "短すぎます。漢字は一文字から、かなとローマ字は二文字から探せます。",
        "en": "is too little: one Chinese character, or two letters of kana or the alphabet, are the least.",
    },
    "find.too_little.kana": {
        "ja": "短すぎます。かなは二文字から探せます。",
        "en": "is too little: two letters are the least.",
    },
    "find.too_little.phone": {
        "ja": "数字が足りません。全部か、終わりの四けた以上を書いてください。",
        "en": "has too few digits: the whole number, or its last four or more.",
    },
    "find.too_little.email": {
        "ja": "短すぎます。アドレスの全部か、@ の前を四文字以上書いてください。",
        "en": "is too little: the whole address, or four letters or more of what stands before the @.",
    },
    "find.too_little.address": {
        "ja": "手がかりが足りません。市区町村、町名（二文字から）、番地か、郵便番号を書いてください。",
        "en": "is too little: a town, a street (three letters or more), a number in it, or the postcode.",
    },
    "find.too_little.any": {
        "ja": "手がかりが足りません。漢字は一文字、かなとローマ字は二文字、電話番号は四けたから探せます。",
        "en": "is too little: one Chinese character, two other letters or four digits of a telephone number are the "
        "least.",
    },
    "find.none": {
        "ja": "見つかりません。文字を減らすか、かな、電話番号の終わりの四けた、手紙の番号で探してください。"
        "消去された人は見つかりません。",
        "en": "nobody was found. Fewer letters may do, or kana, the last four digits of the telephone number, or the "
        "number on a letter. Who was erased is not found.",
    },
    "find.more": {
        "ja": "新しいものから {count} 件だけを示しました。ほかにもあるかもしれません。文字を増やすか、"
        "電話番号などを加えて探してください。",
        "en": "these are the newest {count}; there may be more. Say more letters, or a telephone number or address "
        "beside the name.",
    },
    "find.too_many": {
        "ja": "似たものが多すぎます。文字を増やすか、電話番号などを加えて探してください。",
        "en": "too many begin alike. Say more letters, or a telephone number or address beside it.",
    },
    "find.closed": {
        "ja": "ほかに {count} 件は開けませんでした。./admin.py doctor で確かめてください。",
        "en": "{count} more could not be opened; ./admin.py doctor looks into it.",
    },
    "find.represented": {"ja": "{name}（代理人 {by}）", "en": "{name} (represented by {by})"},
    "find.head.case": {"ja": "請求", "en": "case"},
    "find.head.opened": {"ja": "受付", "en": "opened"},
    "find.head.state": {"ja": "状態", "en": "state"},
    "find.head.todo": {"ja": "すること", "en": "to do"},
    "find.head.name": {"ja": "氏名", "en": "name"},
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "find.help.find": (
        "./admin.py find",
        "./admin.py find --file whom.yaml --json",
        "./admin.py find --file - < whom.yaml",
    ),
}

FILES: dict[str, str] = {
    "find.help.find": "name: 見本 花\nphone: 5678\n# name | kana | phone | email | address | letter | any",
}
