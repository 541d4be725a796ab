"""Why a case cannot be erased yet."""

SENTENCES: dict[str, dict[str, str]] = {
    "erasing.open": {
        "ja": "{case} はまだ終了していません（{state}）。終了した案件だけを消去できます。",
        "en": "{case} is still open ({state}); only a closed case is erased.",
    },
    "erasing.letters": {
        "ja": "手紙 {letters} がまだ投函されていません。投函を記録するか、無効にしてください。",
        "en": "{letters} has not been posted yet; record the posting first.",
    },
    "erasing.searches": {
        "ja": "照会 {searches} が回答待ちです。回答を待つか、取り下げてください。",
        "en": "{searches} waits for an answer; wait for it, or recall it.",
    },
}
