"""What `commands/calling.py` says."""

SENTENCES: dict[str, dict[str, str]] = {
    "calling.no_desk": {
        "ja": "{home} の窓口は動いていません。動いている間だけ、ほかのログインからも使えます。"
        "窓口を動かしている人に頼んでください（make desk）。何も受け付けていません。",
        "en": "the desk of {home} does not run, and other logins than its own can call only while it does; ask whoever "
        "runs it (make desk). Nothing was accepted.",
    },
    "calling.root": {
        "ja": "{home} の窓口は動いていません。この窓口はログイン {owner} のもので、root のものではありません"
        "（root が書いたものは {owner} から開けなくなります）。"
        "そのログインで実行してください: sudo -u {owner} ./admin.py …。何も受け付けていません。",
        "en": "the desk of {home} does not run, and its office is the login {owner}'s, not root's: what root wrote "
        "there {owner} could not open. Run it as that login: sudo -u {owner} ./admin.py ... Nothing was accepted.",
    },
    "calling.stranger": {
        "ja": "あなたのログインは {home} のグループに入っていないので、この窓口を使えません。"
        "管理者がグループに加え、責任者が担当者として登録します。",
        "en": "your login is not in the group of {home}, so this desk does not serve it; an administrator adds it "
        "to the group, and a lead makes it staff.",
    },
    "calling.busy": {
        "ja": "窓口が混み合っています。何も受け付けていません。しばらくしてもう一度実行してください。",
        "en": "too many calls at once; nothing was accepted. Run it again in a moment.",
    },
    "calling.too_long": {
        "ja": "コマンドラインが長すぎます。多くのものは何回かに分けて指定してください。",
        "en": "the command line is too long; name many things in several calls.",
    },
    "calling.broken": {
        "ja": "窓口との接続が切れました。何も受け付けていません。もう一度実行してください。",
        "en": "the connection to the desk broke before an order was accepted. Run it again.",
    },
    "calling.broken_key": {
        "ja": "窓口との接続が切れ、受け付けられたかどうか分かりません。"
        "同じ鍵でもう一度実行してください（二重には行いません）: --key {key}",
        "en": "the connection to the desk broke; whether the order was accepted is not known. Run it again under the "
        "same key, which never does it twice: --key {key}",
    },
}
