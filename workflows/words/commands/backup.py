"""What `commands/backup.py` says, and the help of its commands."""

SENTENCES: dict[str, dict[str, str]] = {
    "backup.help.backup": {
        "ja": "窓口の控えを取ります。動いたままで、ある一時点のものになります。鍵は別のフォルダーに取ります。\n"
        "取ったものはその場で開いて確かめます。鍵がなければ、控えの中の個人情報は読めません。手紙も封をしてあります。",
        "en": "Back the office up as it is at one moment, while the desk runs; the keys go into a folder apart.\n"
        "What was written is opened to be sure. Without the keys nobody reads anything personal in it: letters are "
        "sealed, too.",
    },
    "backup.help.backup.out": {
        "ja": "控えのフォルダー（まだないか、空のもの）",
        "en": "the folder of the backup; new or empty",
    },
    "backup.help.backup.keys": {
        "ja": "鍵の控えのフォルダー（省略すると DIR.keys。30日を超えて残さないでください）",
        "en": "the folder for the keys (DIR.keys beside it if left out); keep it for 30 days at most",
    },
    "backup.help.restore": {
        "ja": "控えを、空の場所（MADOGUCHI_HOME）に戻します。番号は紙に残った番号と重ならないように進めます。\n"
        "控えの後で消去したものは、鍵の控えに届いた記録に従って、また読めなくします。途中で止まったら、同じ行をもう一度。",
        "en": "Bring a backup back into an empty place (MADOGUCHI_HOME); the numbers leap, so that none stands on two "
        "papers.\n"
        "What was erased since is made unreadable again, by the record that reached the copy of the keys. Broken off, "
        "the same line goes on.",
    },
    "backup.help.restore.keys": {
        "ja": "鍵の控えのフォルダー（省略すると DIR.keys）",
        "en": "the folder of its keys (DIR.keys beside it if left out)",
    },
    "backup.help.restore.former_keys": {
        "ja": "残っている元の keys/。そこで破棄された鍵も破棄します",
        "en": "the former keys/, where there is one: what it has destroyed is destroyed, too",
    },
    "backup.help.restore.leap": {
        "ja": "番号をいくつ進めるか（既定は1000。控えの後に出した数より大きく）",
        "en": "by how much the numbers leap (1000 if left out): more than were given since the backup",
    },
    "backup.bar": {"ja": "手紙", "en": "files"},
    "backup.made": {
        "ja": "{place} に控えを取り、開いて確かめました（ファイル {files}、{mib} MiB、{rows} 行）。",
        "en": "{place}: backed up and opened to be sure (files: {files}, {mib} MiB, rows: {rows}).",
    },
    "backup.keys_apart": {
        "ja": "鍵は {place} にあります。控えとは別の場所に移し、30日を超えて残さないでください。",
        "en": "the keys are in {place}: take them elsewhere than the backup, and keep them for 30 days at most.",
    },
    "backup.missing": {
        "ja": "元の場所にないか、変わっている手紙: {letters}",
        "en": "letters whose files are gone or altered: {letters}",
    },
    "backup.restored": {
        "ja": "{at} の控えを戻しました（ファイル {files}）。番号は {leap} 進めました。",
        "en": "the backup of {at} is back (files: {files}); the numbers leapt by {leap}.",
    },
    "backup.restored_already": {
        "ja": "{at} の控えは、ここにすでに戻してあります。",
        "en": "the backup of {at} is back here already.",
    },
    "backup.erased_again": {
        "ja": "控えの後で消去した請求を、また消去しました: {cases}",
        "en": "erased since the backup, and erased again: {cases}",
    },
    "backup.unreadable": {
        "ja": "控えでは終了しておらず、その後に消去された請求です。読めないままです: {cases}",
        "en": "open in the backup and erased since; nobody can read them any more: {cases}",
    },
    "backup.then": {
        "ja": "このあと make desk、./admin.py doctor、./admin.py audit verify を行い、"
        "控えの後の仕事を紙から入れ直してください。",
        "en": "Now make desk, ./admin.py doctor and ./admin.py audit verify; then enter again, from the paper, what "
        "was done since.",
    },
    "backup.not_the_office": {
        "ja": "窓口を動かしているログインだけが行えます: sudo -u office ./admin.py …",
        "en": "only the login that runs the office does that: sudo -u office ./admin.py …",
    },
    "backup.not_written": {
        "ja": "{place} に書けません（{why}）。途中のものは片付けました。",
        "en": "{place}: {why}. What was begun is taken away.",
    },
    "backup.not_empty": {
        "ja": "{place} は空ではありません。新しいフォルダーを指定してください。",
        "en": "{place} is not empty; name a new folder.",
    },
    "backup.inside": {
        "ja": "{place} は {folder} の中です。別の場所（できれば別のディスク）にしてください。",
        "en": "{place} lies in {folder}; name a place outside, on another disk if possible.",
    },
    "backup.not_apart": {
        "ja": "控え（{place}）と鍵（{keys}）は、互いの中に置けません。",
        "en": "the backup ({place}) and its keys ({keys}) must not lie in one another.",
    },
    "backup.no_backup": {"ja": "{place} は控えではありません。", "en": "{place} is no backup."},
    "backup.newer": {
        "ja": "{place} は新しい版で取った控えです。その版で戻してください。",
        "en": "{place} was made by a newer release; restore it with that one.",
    },
    "backup.other_database": {
        "ja": "控えは {kind} のもので、ここは {here} です。MADOGUCHI_DATABASE_URL を {kind} にしてください。",
        "en": "the backup is of {kind}, and here is {here}; let MADOGUCHI_DATABASE_URL name one of {kind}.",
    },
    "backup.damaged": {
        "ja": "控えのファイルが {count} 個、書いたときのものではありません（{first} など）。別の控えを使ってください。",
        "en": "{count} files of the backup are not what was written ({first} ...); take another backup.",
    },
    "backup.running": {
        "ja": "この窓口の控えは、いま別の呼び出しが取っています。終わるのを待ってください。",
        "en": "another call is backing this office up; wait until it has ended.",
    },
    "backup.keys_of_another": {
        "ja": "{keys} は、この控えと一緒に取った鍵ではありません。",
        "en": "the keys in {keys} were not taken with this backup.",
    },
    "backup.place_taken": {
        "ja": "{place} には何かがあります。空の場所を MADOGUCHI_HOME に指定するか、いまのものを脇に置いてください。",
        "en": "something lies in {place}; name an empty place by MADOGUCHI_HOME, or put what is there aside.",
    },
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "backup.help.backup": (
        "./admin.py backup --out /backup/2026-11-30",
        "./admin.py backup --out /backup/2026-11-30 --keys /vault/2026-11-30",
    ),
    "backup.help.restore": (
        "MADOGUCHI_HOME=/srv/madoguchi/new ./admin.py restore /backup/2026-11-30",
        "./admin.py restore /backup/2026-11-30 --keys /vault/2026-11-30 --former-keys keys.aside",
    ),
}
