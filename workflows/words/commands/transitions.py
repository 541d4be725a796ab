"""What `commands/transitions.py` says, and the help of its commands."""

SENTENCES: dict[str, dict[str, str]] = {
    "transitions.group": {"ja": "手続「{name}」の操作です。", "en": "The steps of the procedure {name}."},
    "transitions.option.file": {
        "ja": "YAML または JSON のファイル。- なら標準入力。端末で省けば、一問ずつ尋ねます。",
        "en": "a YAML or JSON file; - reads standard input; left out at a terminal, you are asked",
    },
    "transitions.option.key": {
        "ja": "この操作の鍵。同じ鍵でもう一度実行しても、二重には行いません。",
        "en": "a key of your own: the same key never does it twice",
    },
    "transitions.option.wait": {
        "ja": "結果を待つ秒数（既定は10）。",
        "en": "how many seconds to wait for the outcome (10 if left out)",
    },
    "transitions.option.dry_run": {
        "ja": "何も書かずに、どうなるかだけを答えます。",
        "en": "only say what would happen; nothing is written",
    },
    "transitions.option.why": {
        "ja": "理由。- なら標準入力から読みます。",
        "en": "why; - reads it from standard input, where others cannot see it",
    },
    "transitions.option.reason": {
        "ja": "理由。- なら標準入力から読みます。",
        "en": "why; - reads it from standard input, where others cannot see it",
    },
    "transitions.option.on": {
        "ja": "日付（2026-11-24 の形）。省けば今日。",
        "en": "the day, like 2026-11-24; today if left out",
    },
    "transitions.case_needed": {
        "ja": "請求の番号が必要です。",
        "en": "is needed: the number of the case, like 26-000017-Y.",
    },
    "transitions.file_needed": {
        "ja": "--file FILE が必要です（- なら標準入力）。書き方は ./admin.py {command} --help にあります。",
        "en": "--file FILE is needed (- reads standard input); ./admin.py {command} --help shows how.",
    },
    "transitions.needed": {"ja": "必要です。", "en": "is needed."},
    "transitions.contradicted": {
        "ja": "ファイルの値と違います。どちらか一つにしてください。",
        "en": "the file says otherwise; give one of them.",
    },
    "transitions.option.again": {
        "ja": "前の登録が誤っていたため、登録し直します（--why が要ります）。",
        "en": "what was registered before was wrong: this takes its place (wants --why)",
    },
    "transitions.option.undo": {
        "ja": "誤って記録したものを取り消します（--why が要ります）。",
        "en": "take back what was recorded by mistake (wants --why)",
    },
    "transitions.one_of_them": {
        "ja": "どちらか一つだけにしてください（{others}）。",
        "en": "give one of them only ({others}).",
    },
    "transitions.not_with": {
        "ja": "--{flag} と一緒には使えません。",
        "en": "does not go with --{flag}.",
    },
    "transitions.only_with": {
        "ja": "次のどれかと一緒に使います（{others}）。",
        "en": "goes only with one of these: {others}.",
    },
    "transitions.bad_key": {
        "ja": "--key は1文字以上200文字以内で、改行などの制御文字を含まないものにしてください。",
        "en": "--key must be 1 to 200 printable characters.",
    },
}
