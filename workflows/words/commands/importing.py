"""What `commands/importing.py` says, and the help of its commands."""

SENTENCES: dict[str, dict[str, str]] = {
    "importing.help.import": {
        "ja": "CSV から多数の最初の連絡を受け付けます。\n"
        "一行目は項目名で、open --file と同じ名前です（subject.name のように点でつなぎ、"
        "一覧は「;」で区切ります）。\n"
        "key 列（なければ行の内容）で見分けるため、何度実行しても二重には受け付けません。",
        "en": "Open many cases from a CSV file.\n"
        "The first line names the columns as open --file does: subject.name with a dot, lists joined by ;.\n"
        "Each row is known by its key column, else by what it says: running the import twice opens nothing "
        "twice.",
    },
    "importing.help.import.out": {
        "ja": "どの行がどの請求になったかを書き出す CSV。",
        "en": "a CSV to write: which line became which case",
    },
    "importing.help.import.dry_run": {
        "ja": "調べるだけ：誤り、受付済みの行、受け付けることになる行を示し、何も書きません。",
        "en": "only look: faults, lines known already, what would be opened; nothing is written",
    },
    "importing.help.import.wait": {
        "ja": "進みがなくなってから待つ秒数（既定は15）。",
        "en": "how many seconds without progress to wait (15 if left out)",
    },
    "importing.key_taken": {
        "ja": "この鍵（key）は別の内容に使われています。行ごとに別の鍵にしてください（表計算ソフトは 01 や 1.0 を 1 "
        "にするため、1、01、1.0、１は同じ鍵とみなします）。",
        "en": "this key stands for another contact; give each row its own (1, 01, 1.0 and a full-width 1 are one key, "
        "for a spreadsheet makes one of them).",
    },
    "importing.refused_before": {
        "ja": "以前の import で受け付けられませんでした。{why}",
        "en": "an earlier import of this row was refused: {why}",
    },
    "importing.unwritable": {
        "ja": "{place} に書き込めません（{why}）。--out に書き込めるファイルを指定してください。"
        "同じファイルをもう一度 import しても二重にはなりません。",
        "en": "{place} cannot be written ({why}); name a file with room to write into with --out. Importing the same "
        "file again opens nothing twice.",
    },
    "importing.interrupted": {
        "ja": "中断しました。{count}件は受付済みです。同じファイルをもう一度 import すれば続きから進みます。",
        "en": "interrupted; {count} contacts are accepted. Import the same file again to go on.",
    },
    "importing.waiting": {
        "ja": "{count}件は受付済みですが、まだ実行されていません。窓口（make desk）が動き次第実行されます。",
        "en": "{count} are accepted and safe, but not carried out yet; that happens as soon as the desk runs.",
    },
    "importing.bar.rows": {"ja": "行", "en": "rows"},
    "importing.bar.opened": {"ja": "受付", "en": "answered"},
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "importing.help.import": (
        "./admin.py import contacts.csv --dry-run",
        "./admin.py import contacts.csv --out cases.csv",
        "./admin.py import contacts.csv --wait 60 --json",
    ),
}
