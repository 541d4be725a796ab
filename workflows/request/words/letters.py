"""Notes beside the papers that a letter asks for, and how articles of law are cited."""

SENTENCES: dict[str, dict[str, str]] = {
    "letter.front_only": {
        "ja": "おもて面のみ（個人番号のある裏面は送らないでください）",
        "en": "Front only (do not send the back, which shows the number)",
    },
    "letter.black_out": {"ja": "黒塗り：{items}", "en": "Black out: {items}"},
    "letter.unexpired": {"ja": "有効期間内のもの", "en": "Must not have expired"},
    "letter.same_seal": {"ja": "請求書に同じ印を押してください", "en": "Put the same seal on the form"},
    "letter.licence_on_chip": {
        "ja": "免許情報がマイナンバーカードだけに記録されている方は、そのカードのおもて面をお送りください",
        "en": "If yours is recorded on the My Number card alone, send the front of that card instead",
    },
    "letter.cited_article": {"ja": "{act}第{articles}", "en": "Article {articles} of {act}"},
    "letter.cited_article_more": {"ja": "{act}第{articles}", "en": "Articles {articles} of {act}"},
    "letter.cited_section": {"ja": "{act}第{articles}", "en": "section {articles} of {act}"},
    "letter.cited_section_more": {"ja": "{act}第{articles}", "en": "sections {articles} of {act}"},
    "letter.cited_paragraph": {"ja": "{act}第{articles}", "en": "paragraph {articles} of {act}"},
    "letter.cited_paragraph_more": {"ja": "{act}第{articles}", "en": "paragraphs {articles} of {act}"},
    "letter.own_procedure": {"ja": "当窓口の手続", "en": "our own procedure"},
    "letter.appeal_to_us": {
        "ja": "この決定にご不服がある場合は、お問い合わせ窓口にお申し出ください。",
        "en": "If you disagree with this decision, please turn to our contact desk.",
    },
    "letter.own_promise": {
        "ja": "当窓口の手続（亡くなられた方の情報についてのお約束）",
        "en": "our own procedure, which we promise for the data of somebody who has died",
    },
    "letter.cited_and": {"ja": "{first}および{last}", "en": "{first} and {last}"},
    "letter.cited_order": {"ja": "同法施行令第{articles}", "en": "Article {articles} of its Cabinet Order"},
    "letter.cited_order_more": {"ja": "同法施行令第{articles}", "en": "Articles {articles} of its Cabinet Order"},
    "letter.cited_both": {"ja": "{act}および{order}", "en": "{act} and {order}"},
    "letter.cited_as_given": {"ja": "{act}（条項：{article}）", "en": "Article {article} of {act}"},
    "letter.issued_within_months": {"ja": "発行後{count}か月以内のもの", "en": "Issued within the last {count} months"},
    "letter.issued_within_days": {"ja": "発行後{count}日以内のもの", "en": "Issued within the last {count} days"},
    "letter.original": {"ja": "原本に限ります", "en": "The original, not a copy"},
}
