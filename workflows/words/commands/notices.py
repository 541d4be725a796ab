"""What `commands/notices.py` says, and the help of its commands."""

SENTENCES: dict[str, dict[str, str]] = {
    "notices.help.notices": {
        "ja": "時計とシステムからの知らせを、新しい順に示します。同じ請求・同じ理由のものは、"
        "回数とともに1行にまとめます。\n"
        "--read を付けると、自分の役割あてのものを既読にします（責任者はすべて）。",
        "en": "What the clock and the system told whom, the newest first: one line a case and reason, and how "
        "often.\n"
        "--read marks those told to a role of yours as read (a lead reads them all).",
    },
    "notices.help.notices.unread": {"ja": "未読のものだけ。", "en": "only those nobody has read"},
    "notices.help.notices.read": {"ja": "示したものを既読にします。", "en": "mark what is shown as read"},
    "notices.help.notices.limit": {"ja": "この件数まで。", "en": "no more than this many"},
    "notices.none": {"ja": "知らせはありません。", "en": "no notices."},
    "notices.times": {"ja": "（{since} から {times}回）", "en": " (told {times} times since {since})"},
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "notices.help.notices": (
        "./admin.py notices --unread",
        "./admin.py notices --unread --read",
    ),
}
