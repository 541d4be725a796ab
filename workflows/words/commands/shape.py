"""What `commands/shape.py` says, and the help of its commands."""

SENTENCES: dict[str, dict[str, str]] = {
    "shape.help": {"ja": "この説明を表示して終わります。", "en": "Show this message and exit."},
    "shape.option.json": {"ja": "答えを JSON 一つで出力します。", "en": "answer with one JSON document"},
    "shape.option.lang": {"ja": "画面の言葉。", "en": "language of the screen"},
    "shape.option.quiet": {"ja": "必要なことだけを出力します。", "en": "say only what must be said"},
    "shape.option.as": {"ja": "デモでのみ: この人として操作します。", "en": "in demos only: act as this person"},
    "shape.options": {"ja": "オプション", "en": "Options"},
    "shape.usage": {"ja": "使い方: ", "en": "Usage: "},
    "shape.file": {"ja": "ファイルの書き方（* は必須。JSON も可）", "en": "The file (* is needed; JSON will do too)"},
    "shape.examples": {"ja": "例", "en": "Examples"},
    "shape.commands": {"ja": "コマンド", "en": "Commands"},
    "shape.arguments": {"ja": "引数", "en": "Arguments"},
    "shape.needed": {"ja": "{help}（必須）", "en": "{help} (needed)"},
    "shape.needed_without": {
        "ja": "{help}（必須。{flags} のときは不要）",
        "en": "{help} (needed, but not with {flags})",
    },
}
