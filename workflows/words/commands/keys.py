"""What `commands/keys.py` says, and the help of its commands."""

SENTENCES: dict[str, dict[str, str]] = {
    "keys.help.keys": {"ja": "窓口の鍵。", "en": "The office's keys."},
    "keys.help.rotate": {
        "ja": "請求の鍵を包んでいる鍵と、人を探すための鍵（検索用の鍵）を新しくします（責任者のみ）。"
        "窓口は動いたままです。途中で止まったら、もう一度行うと続きます。検索用の鍵は窓口が自分でも続けます。\n"
        "これより前の鍵の控えは、その控えの中の鍵で開きます。終わったら控えを取り直してください。",
        "en": "Change the key that wraps the keys of all cases, and the one people are found by (leads only), while "
        "the desk runs. Broken off, it goes on when it is called again; with the latter the desk goes on by itself.\n"
        "A copy of the keys from before opens by what lies in it. Make a backup afterwards.",
    },
    "keys.bar": {"ja": "包み直し", "en": "wrapped"},
    "keys.lookup.bar": {"ja": "検索用の鍵", "en": "look-ups"},
    "keys.rotated": {
        "ja": "{count} 個の鍵を新しい鍵で包み直しました。控えを取り直してください: ./admin.py backup --out DIR",
        "en": "keys wrapped anew: {count}. Make a backup now: ./admin.py backup --out DIR",
    },
    "keys.lookup.done": {
        "ja": "人や書類は新しい検索用の鍵（{stage} 番目）で探します。",
        "en": "people and papers are found by a new key (number {stage}).",
    },
    "keys.lookup.goes_on": {
        "ja": "検索用の鍵（{stage} 番目）への切替えは、窓口が動いていれば自分で続けます（{at}/{of} 件）。"
        "様子を見る: ./admin.py keys rotate",
        "en": "the desk, where it runs, goes on by itself with the new key of look-ups (number {stage}; {at} of {of} "
        "cases). How far it is: ./admin.py keys rotate",
    },
}

EXAMPLES: dict[str, tuple[str, ...]] = {"keys.help.rotate": ("./admin.py keys rotate",)}
