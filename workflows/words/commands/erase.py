"""What `commands/erase.py` says."""

SENTENCES: dict[str, dict[str, str]] = {
    "erase.help.erase": {
        "ja": "終了した請求の個人情報を読めなくします（責任者のみ）。元に戻せません。\n"
        "鍵を破棄し、手紙・印刷物・スキャン・部署からのファイルを消します。履歴は残り、検証できます。控えの中のものも読めなくなります。",
        "en": "Make the personal data of a closed case unreadable (leads only). There is no way back.\n"
        "Keys are destroyed; letters, what was printed, scans and files of departments go. The history stays and "
        "verifies; what lies in backups becomes unreadable, too.",
    },
    "erase.help.erase.why": {"ja": "理由（記録されます）", "en": "why; it is recorded"},
    "erase.help.erase.yes": {"ja": "確認せずに行う", "en": "do not ask whether you are sure"},
    "erase.sure": {
        "ja": "{case} の個人情報を消去します。元に戻せません。よろしいですか",
        "en": "the personal data of {case} will be gone for good. Go on",
    },
    "erase.done": {"ja": "{cases} を消去しました（ファイル {files}件）。", "en": "{cases} is erased (files: {files})."},
    "erase.copy_left": {
        "ja": "鍵の控え {place} に書けません。そこではまだ読めます。控えを破棄してください。",
        "en": "the copy of the keys in {place} cannot be written and still opens it: destroy that copy.",
    },
    "erase.done_by_workers": {"ja": "{case} を消去しました。", "en": "{case} is erased."},
    "erase.pending": {
        "ja": "{case} の消去を受け付けました。ワーカーがまだ行っていません（make desk を確かめてください）。",
        "en": "{case} is to be erased; no worker has done it yet (see that the desk runs).",
    },
    "erase.busy": {
        "ja": "{case} の鍵の控えがまだ鍵の記録に残っています。もう一度 erase を実行してください。",
        "en": "an old copy of a key of {case} may still lie in the keystore's log; run erase once more.",
    },
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "erase.help.erase": ("./admin.py erase 26-000017-Y --why 'asked for on 2027-03-01'",),
}
