"""What is said of the laws an office keeps of its own."""

SENTENCES: dict[str, dict[str, str]] = {
    "law.changed": {
        "ja": "{case} が従う法令 {law} の内容が、受付の後で書き換えられています。期限や書類は、いまの内容で"
        "計算されます。",
        "en": "what the law of {case}, {law}, says was changed since the case began; its dates and papers go by what "
        "it says now.",
    },
    "law.gone": {
        "ja": "{case} が従う法令 {law} のファイル（{folder} の {file}）がありません。"
        "ファイルを戻せば続けられます。何も変えていません。",
        "en": "the law of {case}, {law}, is not here ({file} in {folder}); put the file back and everything goes on. "
        "Nothing was changed.",
    },
    "law.unreadable": {
        "ja": "{case} が従う法令 {law} のファイルが読めません（{faults}）。直せば続けられます。何も変えていません。",
        "en": "the law of {case}, {law}, cannot be read ({faults}); put it right and everything goes on. "
        "Nothing was changed.",
    },
}
