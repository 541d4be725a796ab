"""What is said of a file of contacts that was imported, or looked through."""

SENTENCES: dict[str, dict[str, str]] = {
    "imported.summary": {
        "ja": "受け付けた: {opened}件（うち保留 {held}件）、以前に受付済み: {known}件、誤り: {faults}件",
        "en": "opened {opened} (on hold {held}), known already {known}, faults {faults}",
    },
    "imported.would": {
        "ja": "受け付けることになる: {opened}件（うち保留 {held}件）、以前に受付済み: {known}件、誤り: {faults}件"
        "（何も書いていません。行どうしは比べていません）",
        "en": "would open {opened} (on hold {held}), known already {known}, faults {faults}; nothing was written, and "
        "the lines were not compared with each other",
    },
    "imported.all_known": {
        "ja": "このファイルの行はすべて受付済みです。新しいものはありません。",
        "en": "every line of this file was opened before; there is nothing new in it.",
    },
    "imported.more": {
        "ja": "ほか {count} 行（--out F.csv または --json ですべて見られます）",
        "en": "and {count} lines more (--out F.csv or --json has all of them)",
    },
}
