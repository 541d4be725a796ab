"""What `commands/keys.py` says, and the help of its commands."""

SENTENCES: dict[str, dict[str, str]] = {
    "keys.help.keys": {"ja": "窓口の鍵。", "en": "The office's keys."},
    "keys.help.rotate": {
        "ja": "案件の鍵を包んでいる鍵を新しくします（責任者のみ）。窓口は動いたままです。"
        "途中で止まったら、もう一度行うと続きます。\n"
        "これより前の鍵の控えは、その控えの中の鍵で開きます。終わったら控えを取り直してください。",
        "en": "Change the key that wraps the keys of all cases (leads only), while the desk runs; broken off, it "
        "goes on when it is called again.\n"
        "A copy of the keys from before opens by what lies in it. Make a backup afterwards.",
    },
    "keys.bar": {"ja": "包み直し", "en": "wrapped"},
    "keys.rotated": {
        "ja": "{count} 個の鍵を新しい鍵で包み直しました。控えを取り直してください: ./admin.py backup --out DIR",
        "en": "keys wrapped anew: {count}. Make a backup now: ./admin.py backup --out DIR",
    },
}

EXAMPLES: dict[str, tuple[str, ...]] = {"keys.help.rotate": ("./admin.py keys rotate",)}
