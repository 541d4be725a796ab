"""What a request costs and how it is paid: for the person who asks."""

SENTENCES: dict[str, dict[str, str]] = {
    "said_fees.none": {"ja": "手数料はいただきません。", "en": "We charge no fee."},
    "said_fees.postage": {
        "ja": "ご返送の郵送料はご負担くださいますようお願いいたします。",
        "en": "Please bear the postage of your return.",
    },
    "said_fees.money": {"ja": "{amount}{currency}", "en": "{amount} {currency}"},
    "said_fees.amount": {
        "ja": "手数料は、{per}につき{money}です（対象：{rights}）。",
        "en": "The fee is {money} {per} (for: {rights}).",
    },
    "said_fees.free": {"ja": "手数料は無料です（対象：{rights}）。", "en": "There is no fee (for: {rights})."},
    "said_fees.estimated": {
        "ja": "手数料の額は、決定の後にお知らせいたします（対象：{rights}）。",
        "en": "We tell you the amount of the fee after the decision (for: {rights}).",
    },
    "said_fees.with_forms": {
        "ja": "手数料は、請求書とともにお送りください。",
        "en": "Please send the fee with the form.",
    },
    "said_fees.after_identity": {
        "ja": "手数料は、ご本人であることを確認した後にお送りする請求書によりお支払いください。",
        "en": "Please pay the fee by the bill we send once we have confirmed who is asking.",
    },
    "said_fees.after_decision": {
        "ja": "手数料は、決定の後にお支払いください。お支払いを確認してから、写しなどをお送りいたします。",
        "en": "Please pay the fee after the decision. We send the copies once it has been paid.",
    },
    "said_fees.with_answer": {
        "ja": "手数料は、お答えの際にお支払いください。",
        "en": "Please pay the fee when you receive the answer.",
    },
    "said_fees.by": {"ja": "お支払いの方法：{means}。", "en": "How to pay: {means}."},
    "said_fees.slip": {"ja": "手数料（　　　　円）", "en": "The fee (amount:　　　)"},
    "said_fees.check": {"ja": "{fee}（{means}）", "en": "{fee} ({means})"},
}
