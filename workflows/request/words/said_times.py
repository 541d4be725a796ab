"""By when what must be there, and what happens when time runs out: for the person who asks."""

SENTENCES: dict[str, dict[str, str]] = {
    "said_times.reply_by": {
        "ja": "{day}まで（当日に届く郵便を含みます）にご返送がない場合は、お手続きを終了させていただくことがあります。",
        "en": "If nothing has reached us by the end of {day}, the mail of that day included, we may close the matter.",
    },
    "said_times.again": {
        "ja": "その場合も、改めてお申し出いただけます。",
        "en": "You can contact us again at any time.",
    },
    "said_times.code_valid": {
        "ja": "請求書の各ページにある確認番号（Code）は、発送から{days}日間有効です。",
        "en": "The code on each page of the form is valid for {days} days after posting.",
    },
}
