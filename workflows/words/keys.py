"""What is wrong with the folder of the keys, or with the key of one case."""

SENTENCES: dict[str, dict[str, str]] = {
    "keys.busy": {"ja": "ほかの処理が使用中です（{error}）", "en": "somebody else holds it ({error})"},
    "keys.missing": {"ja": "{case} の鍵はありません", "en": "there is no key of {case}"},
    "keys.log_not_emptied": {
        "ja": "{case} の鍵は消えましたが、SQLite のログを空にできませんでした。もう一度消去してください",
        "en": "the key of {case} is gone, but SQLite's log could not be emptied; destroy it again",
    },
    "keys.absent": {"ja": "{folder} に鍵がありません", "en": "there are no keys in {folder}"},
    "keys.gone": {
        "ja": "鍵のフォルダーに {part} がありません。新しいものでは何も開けないため、バックアップから戻してください",
        "en": "{part} is gone from the keys folder; restore it, a new one would open nothing",
    },
    "keys.destroyed": {
        "ja": "{case} の鍵は {at} UTC に廃棄され、個人情報は消去済みです",
        "en": "the key of {case} was destroyed at {at} UTC: its personal data is erased",
    },
    "keys.unopened": {
        "ja": "{case} の鍵が keys/kek で開けません。鍵のフォルダーをそのバックアップから戻してください",
        "en": "the key of {case} does not open under keys/kek; restore the keys folder from its own backup",
    },
    "keys.wrong_length": {
        "ja": "鍵のフォルダーの {part} は {length} バイトで、正しい長さ（{right} バイト）ではありません。"
        "バックアップから戻してください",
        "en": "{part} in the keys folder has {length} bytes instead of {right}; restore it",
    },
    "keys.shared_by_machines": {
        "ja": "{what}（{path}）は、複数の機械が共有するネットワーク上のファイルシステム（{kind}）にあります",
        "en": "{what} ({path}) lies on a network file system ({kind}), which machines share; it must lie on a disk "
        "of the one machine that runs workers and commands",
    },
}
