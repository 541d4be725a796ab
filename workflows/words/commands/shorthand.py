"""What `commands/shorthand.py` says."""

SENTENCES: dict[str, dict[str, str]] = {
    "shorthand.help.granted": {
        "ja": "すべての請求を認めます（ファイルは要りません）。",
        "en": "grant every right of the case; no file is needed",
    },
    "shorthand.help.enclosures": {
        "ja": "--granted とともに：開示で同封する点数。",
        "en": "with --granted: how many enclosures go with what is disclosed",
    },
    "shorthand.help.scanned": {
        "ja": "scan で読み取ったものを、一件ずつ確かめながら続けて登録します。",
        "en": "go through what scan left, case by case, and register it in one go",
    },
    "shorthand.help.out": {
        "ja": "--scanned とともに：ページの画像を書き出すフォルダー。省けば、終わると消える場所に置きます。",
        "en": "with --scanned: the folder pictures are written into; if left out they are gone with the call",
    },
    "shorthand.with_granted": {"ja": "--granted とともに使います。", "en": "goes with --granted."},
    "shorthand.with_scanned": {"ja": "--scanned とともに使います。", "en": "goes with --scanned."},
    "shorthand.how_many": {
        "ja": "開示で同封する点数を指定してください（なければ 0）。",
        "en": "say how many enclosures go with the disclosure (0 for none).",
    },
    "shorthand.nothing_sent": {
        "ja": "この請求の回答に同封するものはありません。外してください。",
        "en": "nothing is enclosed with the answer to this request; leave it out.",
    },
    "shorthand.no_file": {
        "ja": "--granted と一緒には使えません。どちらかにしてください。",
        "en": "does not go with --granted; give one of them.",
    },
}
