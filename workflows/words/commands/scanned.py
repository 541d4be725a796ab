"""What `commands/scanned.py` says."""

SENTENCES: dict[str, dict[str, str]] = {
    "scanned.terminal": {
        "ja": "--scanned は一件ずつ尋ねるので、端末で実行してください。端末がなければ、scan が示す receive-forms CASE "
        "--code CODE --file FILE を一件ずつ実行します。",
        "en": "--scanned asks case by case, so it needs a terminal; without one, run the lines that scan shows: "
        "receive-forms CASE --code CODE --file FILE.",
    },
    "scanned.no_key": {
        "ja": "一件ごとに別の指示になるため、--scanned とは使えません。",
        "en": "does not go with --scanned: each case is an order of its own.",
    },
    "scanned.nothing": {
        "ja": "読み取ったもので、登録を待つものはありません。",
        "en": "nothing that was scanned waits to be registered.",
    },
    "scanned.what": {
        "ja": "Enterで登録、vで画像を見る、sで後回し、qで終わる",
        "en": "Enter registers it; v shows the pages; s leaves it for later; q ends",
    },
    "scanned.what_how": {"ja": "Enter、v、s、q のどれかで答えてください。", "en": "Enter, v, s or q."},
    "scanned.window": {"ja": "（別の窓で開きました）", "en": " (opened in a window)"},
    "scanned.erased": {
        "ja": "個人情報を消去した請求です。ページは読めません。",
        "en": "the personal data of the case is erased; its pages can be read no more.",
    },
    "scanned.damaged": {
        "ja": "ページ {page} のファイルが保存したときのものではありません。doctor で確かめてください。",
        "en": "the file of page {page} is not the one that was kept; doctor tells more.",
    },
    "scanned.not_shown": {
        "ja": "画像を置けません：{why}。--out でフォルダーを指定できます。",
        "en": "pictures cannot be laid there: {why}; --out names another folder.",
    },
    "scanned.interrupted": {
        "ja": "中断しました。{done}件は登録済みです。もう一度実行すると、残りから続きます。",
        "en": "interrupted; {done} are registered, and the same command goes on with the rest.",
    },
    "scanned.done": {"ja": "登録：{done}件、残り：{left}件", "en": "registered: {done}, left: {left}"},
    "scanned.again": {
        "ja": "残りは ./admin.py receive-forms --scanned で続けられます。",
        "en": "./admin.py receive-forms --scanned goes on with what is left.",
    },
}
