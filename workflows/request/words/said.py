"""The headings of guidance, checklist and published sheet, and what stands around the office's own sentences."""

SENTENCES: dict[str, dict[str, str]] = {
    "said.own": {"ja": "{text}", "en": "{text}"},
    "said.numbered": {"ja": "{number}　{heading}", "en": "{number}. {heading}"},
    "said.heading.begin": {"ja": "ご請求の方法", "en": "How to ask"},
    "said.heading.forms": {"ja": "請求書に記入する", "en": "Fill in the form"},
    "said.heading.identity": {"ja": "本人確認書類を用意する", "en": "Prepare the identity documents"},
    "said.heading.representative": {"ja": "代理人の方の書類を用意する", "en": "Prepare the representative’s documents"},
    "said.heading.further": {"ja": "その他の書類を用意する", "en": "Prepare the further papers"},
    "said.heading.fee": {"ja": "手数料を用意する", "en": "Prepare the fee"},
    "said.heading.masking": {"ja": "不要な情報を黒く塗りつぶす", "en": "Black out what is not needed"},
    "said.heading.sending": {"ja": "郵送する", "en": "Send everything by post"},
    "said.heading.answer": {"ja": "お答えについて", "en": "Our answer"},
    "said.heading.rest": {"ja": "費用・期限・書類の取扱い", "en": "Fee, time limits, and your documents"},
    "said.heading.complaint": {"ja": "ご不服がある場合", "en": "If you disagree"},
    "said.heading.own": {"ja": "窓口からのお知らせ", "en": "A note from our office"},
    "said.check.forms": {"ja": "記入した書類", "en": "Forms"},
    "said.check.identity": {"ja": "本人確認書類の写し（{rule}）", "en": "Copies of identity documents ({rule})"},
    "said.check.representative": {
        "ja": "代理権を確認する書類（いずれか1点）",
        "en": "Proof of the right to represent (any one)",
    },
    "said.check.further": {"ja": "その他の書類", "en": "Further papers"},
    "said.check.fee": {"ja": "手数料", "en": "Fee"},
    "said.check.last": {"ja": "最後のご確認", "en": "Before you close the envelope"},
}
