"""What is said of adopting an office's own procedure."""

SENTENCES: dict[str, dict[str, str]] = {
    "procedure.over": {
        "ja": "{first}からは採用できません。それ以後に受け付けた請求が{cases}件あり（最後は{last}）、"
        "始まった時の手続のまま進みます。{today}以後の日を--fromで指定してください。",
        "en": "it cannot be adopted from {first}: {cases} cases began since (the last on {last}) and keep what they "
        "began under. Say --from {today} or a later day.",
    },
    "procedure.gone": {
        "ja": "この請求が始まった時の手続（{digest}）が、採用した時のまま保存されていません。"
        "バックアップから戻せば続けられます。何も変えていません。",
        "en": "the procedure this case began under ({digest}) is not stored as it was adopted; bring it back from a "
        "backup and everything goes on. Nothing was changed.",
    },
    "procedure.from_twice": {
        "ja": "{first}から始まる手続がすでにあり、その手続で始まった請求が{cases}件あります。"
        "別の日を--fromで指定してください。",
        "en": "there is a procedure from {first} already, and {cases} cases began since; say --from and another day.",
    },
}
