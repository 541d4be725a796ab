"""What `commands/fees.py` says, and the help of its command."""

SENTENCES: dict[str, dict[str, str]] = {
    "fees.help.fees": {
        "ja": "手数料と郵送料の帳簿：納められた額、返した額、差し引きを、請求の種類・方法・月ごとに示します。\n"
        "取り消された記録は、取り消した額とともに残り、差し引き0になります。",
        "en": "The books of fees and postage: what was paid, what was given back and what is left, by right, by means "
        "or by month.\n"
        "What was recorded wrongly stays, with what books it back: together they come to 0.",
    },
    "fees.help.fees.since": {"ja": "この日から（この日を含む）。", "en": "from this day on"},
    "fees.help.fees.until": {"ja": "この日まで（この日を含む）。", "en": "up to this day, included"},
    "fees.help.fees.by": {"ja": "何ごとにまとめるか。", "en": "by what it is summed up"},
    "fees.help.fees.csv": {"ja": "すべての行をCSVで出します。", "en": "every row, as CSV"},
    "fees.none": {"ja": "帳簿に記録はありません。", "en": "nothing stands in the books."},
    "fees.total": {"ja": "合計", "en": "total"},
    "fees.money": {"ja": "{amount}{currency}", "en": "{amount} {currency}"},
    "fees.head.right": {"ja": "何の手数料か", "en": "for"},
    "fees.head.means": {"ja": "方法", "en": "by"},
    "fees.head.month": {"ja": "月", "en": "month"},
    "fees.head.paid": {"ja": "納付", "en": "paid"},
    "fees.head.given_back": {"ja": "返金", "en": "given back"},
    "fees.head.sum": {"ja": "差引き", "en": "left"},
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "fees.help.fees": (
        "./admin.py fees --since 2026-12-01",
        "./admin.py fees --by month --json",
        "./admin.py fees --since 2026-04-01 --until 2027-03-31 --csv",
    ),
}
