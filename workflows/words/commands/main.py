"""What `commands/main.py` says, and the help of its commands."""

SENTENCES: dict[str, dict[str, str]] = {
    "main.help": {
        "ja": "開示等の請求を受け付け、進め、答える窓口の操作です。\n"
        "各コマンドの説明は ./admin.py COMMAND --help で表示します。",
        "en": "Take up requests for disclosure, etc., carry them on, and answer them.\n"
        "./admin.py COMMAND --help explains a command, with examples.",
    },
    "main.interrupted": {"ja": "中断しました。何も受け付けていません。", "en": "interrupted; nothing was accepted."},
    "main.help.version": {"ja": "版を表示します", "en": "show the version"},
}
