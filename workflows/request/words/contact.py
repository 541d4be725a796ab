"""What is said of a first contact that cannot be true."""

SENTENCES: dict[str, dict[str, str]] = {
    "contact.not_born": {
        "ja": "{who}の生年月日がまだ来ていない日です。生年月日を確かめてください。",
        "en": "the birth date of the {who} lies in the future; check it.",
    },
    "contact.before_birth": {
        "ja": "受付日（{day}）が{who}の生年月日より前です。どちらかの日付が誤りです。",
        "en": "on {day}, when the contact came, the {who} was not born yet; one of the two dates is wrong.",
    },
    "contact.too_old": {
        "ja": "{who}が{years}歳以上になる生年月日です。生年月日（元号や年）を確かめてください。",
        "en": "by the birth date the {who} would be {years} or older; check it, the year above all.",
    },
    "contact.before_the_law": {
        "ja": "受付日（{day}）が、法律による請求が始まった {first} より前です。日付を確かめてください。",
        "en": "nobody could ask before {first}, when the law came into force, the contact is dated {day}; check it.",
    },
    "contact.no_such_right": {
        "ja": "この請求の法律（{law}）に「{right}」の請求はありません。請求できるのは {known} です。"
        "それ以外は問い合わせとして記録してください。",
        "en": "{law} gives no right to {right}; what may be asked for under it: {known}. Record anything else as an "
        "inquiry.",
    },
    "contact.of_age": {
        "ja": "本人は生年月日から見て{age}歳以上の成年で、未成年者の法定代理人は代理できません。本人の請求とするか"
        "（representative を省く）、kind を agent か adult_ward にするか、生年月日を直してください。",
        "en": "by the birth date the subject is of age ({age}), and a legal representative of a minor cannot act. "
        "Leave representative out, make its kind agent or adult_ward, or correct the birth date.",
    },
}
