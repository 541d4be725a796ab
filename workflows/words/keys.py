"""What is wrong with the folder of the keys, or with the key of one case."""

SENTENCES: dict[str, dict[str, str]] = {
    "keys.busy": {"ja": "ほかの処理が使用中です（{error}）", "en": "somebody else holds it ({error})"},
    "keys.full": {
        "ja": "ディスクがいっぱいか、壊れています（{error}）。空きを作ってから、もう一度実行してください",
        "en": "its disk is full or fails ({error}); make room and run the command again",
    },
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
    "keys.audit_gone": {
        "ja": "検証点に署名する鍵 {path} がありません。鍵のフォルダーのバックアップから戻すか、責任者が ./admin.py "
        "audit key --new で作り直してください",
        "en": "the key that signs checkpoints, {path}, is gone; restore it from the backup of the keys, or have a "
        "lead make "
        "another by ./admin.py audit key --new",
    },
    "keys.audit_open": {
        "ja": "検証点に署名する鍵 {path} をほかの人も読めます（{mode}）。chmod 600 {path} としてください。"
        "読まれたおそれがあれば ./admin.py audit key --new で作り直してください",
        "en": "others may read the key that signs checkpoints, {path} (mode {mode}): chmod 600 {path}, and where "
        "somebody may "
        "have read it, ./admin.py audit key --new",
    },
    "keys.audit_other": {
        "ja": "検証点は別の鍵（{known}…）で署名されています。その鍵をバックアップから戻すか、責任者が ./admin.py "
        "audit key --new で記録を残して替えてください",
        "en": "the checkpoints are signed by another key ({known}...); restore that one from the backup of the keys, "
        "or have a "
        "lead change it on the record by ./admin.py audit key --new",
    },
}
