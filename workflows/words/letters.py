"""What the office writes in its own hand on every letter: the day, its card, marks across a page."""

SENTENCES: dict[str, dict[str, str]] = {
    "letters.day": {"ja": "{year}年{month}月{day}日", "en": "{day} {month} {year}"},
    "letters.phone": {"ja": "電話　{value}", "en": "Telephone {value}"},
    "letters.email": {"ja": "電子メール　{value}", "en": "E-mail {value}"},
    "letters.hours": {"ja": "受付時間　{value}", "en": "Hours {value}"},
    "letters.draft": {"ja": "下書き", "en": "DRAFT"},
    "letters.copy": {"ja": "写し {copy}", "en": "COPY {copy}"},
    "letters.reprint": {"ja": "再印刷 {print}", "en": "REPRINT {print}"},
    # Whose request the test letter is about: nobody's.
    "letters.sample_person": {"ja": "見本　花子", "en": "Hanako Mihon"},
    "letters.seal.place": {"ja": "印", "en": "Seal"},
    "letters.seal.omitted": {"ja": "（公印省略）", "en": "(issued without the office's seal)"},
}
