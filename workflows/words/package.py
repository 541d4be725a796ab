"""Why no package about a case can be put together."""

SENTENCES: dict[str, dict[str, str]] = {
    "package.letter_differs": {
        "ja": "手紙 {letter} のファイルは、作成したものではありません。var/spool をバックアップから戻すか、letters "
        "なしで作ってください。",
        "en": "the file of letter {letter} is not the one that was made; restore var/spool from its backup, or leave "
        "the "
        "letters out.",
    },
}
