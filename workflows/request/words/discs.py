"""What stands on a disc that goes with an answer."""

SENTENCES: dict[str, dict[str, str]] = {
    "disc.contents": {
        "ja": "目次（文書番号 {letter} の添付資料）",
        "en": "Contents (enclosures of letter {letter})",
    },
    "disc.file": {
        "ja": "{place}/{of}　{name}　部署：{department}　種類：{kind}",
        "en": "{place}/{of}  {name}  {department}: {kind}",
    },
    "disc.page": {"ja": "　1頁", "en": ", 1 page"},
    "disc.pages": {"ja": "　{pages}頁", "en": ", {pages} pages"},
    "disc.masked": {"ja": "（一部を黒塗り）", "en": ", blacked out in part"},
    "disc.hash": {"ja": "　SHA-256（検証用）{sha256}", "en": "  SHA-256 {sha256}"},
    "disc.how": {
        "ja": "{name} は、文書番号 {letter} の添付資料を暗号化（AES-256）したZIPファイルです。"
        "別の封筒でお送りするパスフレーズで開いてください（7-Zip などの AES に対応したソフトウェアが必要です）。\r\n"
        "SHA-256：{sha256}",
        "en": "{name} is a ZIP file with the enclosures of letter {letter}, encrypted with AES-256. Open it with the "
        "passphrase that comes in a letter of its own, in a program that knows AES (such as 7-Zip).\r\n"
        "SHA-256: {sha256}",
    },
    "disc.kind.pdf": {"ja": "文書", "en": "document"},
    "disc.kind.picture": {"ja": "画像", "en": "picture"},
    "disc.kind.csv": {"ja": "表", "en": "table"},
    "disc.kind.text": {"ja": "テキスト", "en": "text"},
}
