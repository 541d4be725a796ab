"""What `commands/posting.py` says."""

SENTENCES: dict[str, dict[str, str]] = {
    "posting.interrupted": {
        "ja": "中断しました。{count}件は受け付け済みで、実行されます。",
        "en": "interrupted; {count} orders are accepted and will be carried out.",
    },
    "posting.unread": {
        "ja": "{count}件を受け付けましたが、いまは結果を読めません。窓口が動き次第実行されます。./admin.py letters "
        "で確かめられます。",
        "en": "{count} are accepted and safe, but what became of them cannot be read now; ./admin.py letters will "
        "show it.",
    },
    "posting.key_taken": {
        "ja": "鍵 {key} は別の操作に使われています。別の --key にしてください。",
        "en": "the key {key} stands for another order; choose another --key.",
    },
    "posting.bar": {"ja": "記録", "en": "recorded"},
    "posting.waiting": {
        "ja": "{count}件は受け付けましたが、まだ実行されていません。窓口（make desk）が動き次第実行されます。",
        "en": "{count} are accepted and safe, but not carried out yet; that happens once the desk runs.",
    },
    "posting.accepted": {"ja": "{letter}: 受付済み（未実行）", "en": "{letter}: accepted, not carried out yet"},
    "posting.nothing_written": {
        "ja": "試しただけで、何も記録していません。",
        "en": "only tried: nothing was recorded.",
    },
    "posting.none_recorded": {
        "ja": "一通も記録していません。",
        "en": "none of them was recorded.",
    },
    "posting.untracked": {
        "ja": "追跡番号のない書留など: {letters}",
        "en": "without a tracking number, though their class of post has one: {letters}",
    },
    "posting.repeated": {"ja": "（同じ鍵で既に実行済み）", "en": " (done before under the same key)"},
    "posting.mistyped": {
        "ja": "検査文字の合わない番号があります: {listed}。手紙に印刷された番号をもう一度確かめてください。",
        "en": "mistyped, for the check character does not fit the rest: {listed}; compare with the numbers on the "
        "letters.",
    },
    "posting.no_such_letter": {
        "ja": "次の番号の手紙はありません: {listed}。./admin.py letters で番号を確かめてください（26-000017-Y-01 "
        "の形です）。",
        "en": "there is no letter {listed}; ./admin.py letters lists those there are (they look like 26-000017-Y-01).",
    },
}
