"""What `commands/ordering.py` says."""

SENTENCES: dict[str, dict[str, str]] = {
    "ordering.kept": {
        "ja": "問合せ {number} として記録しました。返答したら inquiry answered {number} で閉じてください。",
        "en": "it is kept as inquiry {number}; once it is answered, close it with inquiry answered {number}.",
    },
    "ordering.would_be_done": {
        "ja": "実行できます。実行すると「{state}」になります（まだ何も書いていません）。",
        "en": "this would be done, and the case would be {state}; nothing was written.",
    },
    "ordering.letters_unread": {
        "ja": "実行されましたが、関係する手紙をいまは読めません。./admin.py letters で確かめてください。",
        "en": "it is done, but which letters it brought about cannot be read now; ./admin.py letters shows them.",
    },
    "ordering.same_as": {
        "ja": "{other} とまったく同じ内容です。同じファイルを二度使ったのなら: "
        "./admin.py void {case} --reason duplicate",
        "en": "it says word for word what opened {other}. If the same file was used twice: "
        "./admin.py void {case} --reason duplicate",
    },
    "ordering.repeated": {"ja": "（同じ鍵で既に実行済み）", "en": " (done before under the same key)"},
    "ordering.key_taken": {
        "ja": "鍵 {key} は別の操作（別の人・請求・内容）に使われています。別の --key にしてください。",
        "en": "the key {key} stands for another order (another person, case or content); choose another --key.",
    },
    "ordering.broken": {
        "ja": "データベースとの接続が切れ、受け付けられたかどうか分かりません。"
        "同じ鍵でもう一度実行してください（二重には行いません）: --key {key}",
        "en": "the connection to the database broke; whether the order was accepted is not known. Run it again "
        "under the same key, which never does it twice: --key {key}",
    },
    "ordering.no_worker": {"ja": "ワーカーが応答していません", "en": "no worker has answered"},
    "ordering.no_broker": {"ja": "ブローカーにつながりません", "en": "the broker is away"},
    "ordering.waiting": {
        "ja": "{case}: 受け付けました。まだ実行されていません（{why}）。動き次第実行されます。窓口が動いているかは "
        "./admin.py status、結果は同じ操作に --key {key} を付けて確かめられます。",
        "en": "{case}: accepted and safe, but not carried out yet ({why}); it will be, without you. ./admin.py "
        "status shows whether the desk runs; the same call with --key {key} shows the outcome.",
    },
    "ordering.interrupted": {
        "ja": "中断しました。受け付けられたかどうかは、同じ操作に --key {key} を付けて確かめられます。",
        "en": "interrupted; the same call with --key {key} finds out whether the order was accepted, and does it once.",
    },
    "ordering.interrupted_accepted": {
        "ja": "中断しました。{case} の {command} は受け付け済みで、実行されます。",
        "en": "interrupted; {command} of {case} is accepted and will be carried out.",
    },
}
