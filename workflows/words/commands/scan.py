"""What `commands/scan.py` says, and the help of its commands."""

SENTENCES: dict[str, dict[str, str]] = {
    "scan.help.scan": {
        "ja": "返送された書式（PDF または画像）を読み取ります。コードから請求を探し、ページを数え、"
        "封をして保存します。\n"
        "請求の状態は変わりません。次に実行する行と、記入用のファイル（var/returns/）を示します。\n"
        "読めないページは仕分け待ち（tray）に入ります。同じファイルを二度読み取っても、二重には登録しません。",
        "en": "Read returned forms, as PDF or pictures: find their cases by the codes, count and keep the pages.\n"
        "No case is moved: the lines to run are shown, with a file to fill in for each case (in "
        "var/returns/).\n"
        "A page that cannot be matched goes to the tray. The same file scanned twice registers nothing twice.",
    },
    "scan.help.scan.arrived_at": {
        "ja": "到着した日時（2026-12-01T11:00 の形）。法律上の時点です。省けば今。",
        "en": "when it arrived, like 2026-12-01T11:00: the legal moment; now if left out",
    },
    "scan.help.scan.split": {
        "ja": "横向きの紙（A3）はすべて 2 ページとして左右に分けます。書式のコードがある紙は、指定しなくても分けます。",
        "en": "take every sheet lying across (A3) for two pages; one with codes of ours is split anyway",
    },
    "scan.help.scan.keep_blank": {
        "ja": "白紙も仕分け待ちに入れます（指定しなければ数えるだけ）。",
        "en": "put blank pages into the tray too (else they are only counted)",
    },
    "scan.interrupted": {
        "ja": "中断しました。同じファイルをもう一度 scan すれば、続きから登録します。二重にはなりません。",
        "en": "interrupted; scan the same files again: it goes on where it stopped, and registers no page twice.",
    },
    "scan.bar": {"ja": "ページ", "en": "pages"},
    "scan.unwritable": {
        "ja": "{place} に書き込めません（{why}）。空きを作って、同じファイルをもう一度 scan してください。"
        "登録済みのページは二重になりません。",
        "en": "{place} cannot be written ({why}). Make room and scan the same files again: no page is registered "
        "twice.",
    },
    "scan.in_one_go": {
        "ja": "端末では、ファイルなしで、一件ずつ確かめながら登録できます:",
        "en": "At a terminal this is done case by case, without a file:",
    },
    "scan.in_tray": {"ja": "仕分け待ち（./admin.py tray list）", "en": "In the tray (./admin.py tray list)"},
    "scan.colon": {"ja": "：", "en": ": "},
    "scan.letters": {"ja": "書式ではない手紙", "en": "Letters of ours that are no forms"},
    "scan.refused": {"ja": "読み取れなかったファイル", "en": "Files that were not read"},
    "scan.is_a_folder": {
        "ja": "フォルダーです。中のファイルを指定してください。",
        "en": "is a folder; name the files in it.",
    },
    "scan.not_yet": {"ja": "まだ来ていない日時です。", "en": "lies in the future; name the moment the mail arrived."},
    "scan.no_such_file": {"ja": "このファイルはありません。", "en": "there is no such file."},
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "scan.help.scan": (
        "./admin.py scan ~/scanner/*.pdf",
        "./admin.py scan returns.pdf --arrived-at 2026-12-01T11:00",
    ),
}
