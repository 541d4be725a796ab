"""Notes beside the papers that a letter asks for."""

SENTENCES: dict[str, dict[str, str]] = {
    "letter.front_only": {
        "ja": "おもて面のみ（個人番号のある裏面は送らないでください）",
        "en": "Front only (do not send the back, which shows the number)",
    },
    "letter.black_out": {"ja": "黒塗り：{items}", "en": "Black out: {items}"},
    "letter.unexpired": {"ja": "有効期間内のもの", "en": "Must not have expired"},
    "letter.issued_within": {"ja": "発行後{months}か月以内のもの", "en": "Issued within the last {months} months"},
    "letter.same_seal": {"ja": "請求書に同じ印を押してください", "en": "Put the same seal on the form"},
}
