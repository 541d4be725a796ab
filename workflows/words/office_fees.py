"""What is wrong with what a procedure.toml says of money."""

SENTENCES: dict[str, dict[str, str]] = {
    "office_fees.no_amount": {
        "ja": "{key}の{value}は{currency}の金額ではありません。0以上の数を引用符なしで書いてください",
        "en": "{key} is {value}, which is no amount in {currency}; write a number from 0 on, without quotes",
    },
    "office_fees.then_refuses": {
        "ja": "thenの{value}は使えません。{known}のように書いてください",
        "en": "then is {value}; write it as {known}",
    },
    "office_fees.right_is_free": {
        "ja": "{rights}には手数料を定められません（{article}）。手数料を徴収できるのは {known} です",
        "en": "a fee may not be taken for {rights} ({article}); it may for {known}",
    },
    "office_fees.all_is_free": {
        "ja": "{rights}には手数料を定められません（{article}）。この法令では無料です",
        "en": "a fee may not be taken for {rights} ({article}): under this law it is free",
    },
    "office_fees.found_too_late": {
        "ja": "when（{when}）は決定してから分かるので、dueを{due}ではなくafter_decisionにしてください",
        "en": "when ({when}) is found by those who decide: let due be after_decision, not {due}",
    },
    "office_fees.told_too_late": {
        "ja": "{key}が決定のときまで分からないのに、それより前に納めることになっています。"
        "金額を書くか、dueをafter_decisionかwith_answerにしてください",
        "en": "{key} is known only with the decision, and must be there before; write an amount, or let due be "
        "after_decision or with_answer",
    },
    "office_fees.counted_too_late": {
        "ja": "{per}の数は決定のときまで分からないのに、それより前に納めることになっています。"
        "dueをafter_decisionかwith_answerにしてください",
        "en": "{per} can be counted only with the decision, and must be paid before; let due be after_decision or "
        "with_answer",
    },
    "office_fees.no_means": {
        "ja": "byがないので、納める方法がありません",
        "en": "by is missing: there is no way to pay it",
    },
    "office_fees.means_not_taken": {
        "ja": "amountsの{means}はbyにありません。byは {known} です",
        "en": "amounts names {means}, which by does not; by names {known}",
    },
    "office_fees.waits_for_ever": {
        "ja": "請求書を送って待つのに、{keys}がありません。期限（pay_within）と、"
        "納付がないときの扱い（unpaid）を書いてください",
        "en": "a bill is waited for, and {keys} is missing; say how long (pay_within) and what then (unpaid)",
    },
    "office_fees.no_bill": {
        "ja": "dueが{due}なら請求書は送られません。pay_withinとunpaidは、dueが {known} のときのものです",
        "en": "no bill is sent where due is {due}; pay_within and unpaid belong to {known}",
    },
    "office_fees.twice": {"ja": "{code}が2回あります", "en": "{code} is there twice"},
    "office_fees.two_estimates": {
        "ja": "{rows}はどちらも見積りで、同じ請求について同じときに納めます。1つにまとめてください",
        "en": "{rows} are both estimated, for the same rights and due at the same time; make them one",
    },
    "office_fees.no_shortage": {
        "ja": "{rows}の手数料が不足したときの扱いがありません。[fee_shortage]に書いてください",
        "en": "nothing is said of what happens where {rows} comes short; write a [fee_shortage]",
    },
    "office_fees.neither": {
        "ja": "askがfalseなら、補正も求めず拒否もしないことになります。thenを書いてください",
        "en": "ask is false, so that it is neither asked for nor anything follows; write then",
    },
    "office_fees.no_ground": {
        "ja": "thenの{value}は、手続上の拒否事由ではありません。使えるのは {known} です",
        "en": "then is {value}, which is no procedural ground of refusal; known are {known}",
    },
}
