"""What `commands/mail.py` says, and the help of its commands."""

SENTENCES: dict[str, dict[str, str]] = {
    "mail.help.mail": {"ja": "担当者へのメールを見ます。", "en": "Mail to people who work here."},
    "mail.help.list": {
        "ja": "新しいものから、送ったもの、待っているもの、拒まれたものを示します。",
        "en": "What was sent, what waits and what was refused, the newest first.",
    },
    "mail.help.list.limit": {"ja": "示す件数。", "en": "how many to show"},
    "mail.help.test": {
        "ja": "届くかどうかを確かめるメールを送ります（本人または責任者）。",
        "en": "Send a message that says nothing but that it came (to oneself, or by a lead).",
    },
    "mail.help.again": {
        "ja": "メールサーバーに拒まれたものを、もう一度送ります（責任者のみ）。",
        "en": "Send once more what the mail server refused for a person (leads only).",
    },
    "mail.head.ordered": {"ja": "作成", "en": "ordered"},
    "mail.head.name": {"ja": "宛先", "en": "to"},
    "mail.head.kind": {"ja": "種類", "en": "kind"},
    "mail.head.state": {"ja": "状態", "en": "state"},
    "mail.head.fault": {"ja": "障害", "en": "trouble"},
    "mail.none": {"ja": "まだ何も送られていません。", "en": "nothing was sent yet."},
    "mail.no_address": {
        "ja": "{name} のメールアドレスがありません。./admin.py staff mail {name} ADDRESS で決めてください。",
        "en": "there is no address of {name}; ./admin.py staff mail {name} ADDRESS says where mail goes.",
    },
    "mail.test_ordered": {
        "ja": "{name} への試しのメールを受け付けました。送られたかどうかは ./admin.py mail list で分かります。",
        "en": "a test message to {name} is on its way; ./admin.py mail list says what became of it.",
    },
    "mail.again": {"ja": "{name} への {count} 通をもう一度送ります。", "en": "{count} to {name} will be sent again."},
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "mail.help.mail": ("./admin.py mail list", "./admin.py mail test hanako"),
    "mail.help.list": ("./admin.py mail list", "./admin.py mail list --limit 100 --json"),
    "mail.help.test": ("./admin.py mail test hanako",),
    "mail.help.again": ("./admin.py mail again hanako",),
}
