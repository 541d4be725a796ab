"""What stands in the lines of a bill and of a receipt."""

SENTENCES: dict[str, dict[str, str]] = {
    "statement.fee": {"ja": "手数料（{rights}）", "en": "Fee ({rights})"},
    "statement.counted": {
        "ja": "{what}　{unit} {count} × {amount}{currency}",
        "en": "{what}, {unit}: {count} × {amount} {currency}",
    },
    "statement.received": {"ja": "{what}（{day}　{means}）", "en": "{what} ({day}, {means})"},
    "statement.excess": {"ja": "過分にお預かりした額", "en": "Paid beyond what was due"},
}
