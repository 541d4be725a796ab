"""What a request costs and how it is paid: for the person who asks."""

SENTENCES: dict[str, dict[str, str]] = {
    "said_fees.cash_at_counter": {
        "ja": "現金でのお支払いは、窓口でお受けいたします。",
        "en": "Please pay cash at our office, and do not put it into an envelope.",
    },
    "said_fees.account_asked": {
        "ja": "お振込先の口座は、窓口にお問い合わせください。",
        "en": "Please ask us for the account to pay into.",
    },
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
    "said_fees.when_excessive": {
        "ja": "手数料をいただくのは、ご請求に明らかに理由がない場合、または過度な場合に限ります。",
        "en": "We take a fee only where a request is manifestly unfounded or excessive.",
    },
    "said_fees.when_further_copy": {
        "ja": "手数料をいただくのは、写しを追加でお求めの場合に限ります。",
        "en": "We take a fee only for further copies.",
    },
    "said_fees.free": {"ja": "手数料は無料です（対象：{rights}）。", "en": "There is no fee (for: {rights})."},
    "said_fees.estimated": {
        "ja": "手数料の額は、決定の後にお知らせいたします（対象：{rights}）。",
        "en": "We tell you the amount of the fee after the decision (for: {rights}).",
    },
    "said_fees.first_free": {
        "ja": "{per}につき数えるもののうち、最初の{number}までは無料です。",
        "en": "Of what is counted {per}, the first {number} cost nothing.",
    },
    "said_fees.plus": {"ja": "このほか、{per}につき{money}を申し受けます。", "en": "To this we add {money} {per}."},
    "said_fees.plus_after": {
        "ja": "このほか、{per}につき{money}を申し受けます（最初の{free}までは無料です）。",
        "en": "To this we add {money} {per}; the first {free} cost nothing.",
    },
    "said_fees.electronic": {
        "ja": "紙によらないお答えの場合は、{money}です。",
        "en": "It is {money} where the answer is not on paper.",
    },
    "said_fees.by_means": {
        "ja": "{means}でのお支払いの場合は、{money}です。",
        "en": "If you pay by {means}, it is {money}.",
    },
    "said_fees.with_forms": {
        "ja": "手数料は、請求書とともにお送りください。",
        "en": "Please send the fee with the form.",
    },
    "said_fees.after_identity": {
        "ja": "手数料は、ご本人であることを確認した後にお送りする納付のご案内により、お支払いください。",
        "en": "Please pay the fee by the bill we send once we have confirmed who is asking.",
    },
    "said_fees.after_decision": {
        "ja": "手数料は、決定の後にお送りする納付のご案内により、お支払いください。お支払いを確認してから、お答えをお"
        "送りいたします。",
        "en": "Please pay the fee by the bill we send after the decision. We send the answer once it has been paid.",
    },
    "said_fees.with_answer": {
        "ja": "手数料は、お答えをお渡しする際にお支払いください。",
        "en": "Please pay the fee when you receive the answer.",
    },
    "said_fees.pay_within": {
        "ja": "お支払いの期限は、ご案内の発送から{span}です。",
        "en": "Please pay within {span} of the day the bill is posted.",
    },
    "said_fees.unpaid_lapse": {
        "ja": "期限までにお支払いがない場合は、お答えをお送りせずに終了し、その旨をお知らせいたします。",
        "en": "If it is not paid in time, we close the matter without sending the answer and tell you so.",
    },
    "said_fees.unpaid_decide": {
        "ja": "期限までにお支払いがない場合の取扱いは、責任者が個別に判断いたします。",
        "en": "If it is not paid in time, the person in charge decides what happens.",
    },
    "said_fees.by": {"ja": "お支払いの方法：{means}。", "en": "How to pay: {means}."},
    "said_fees.issued_within": {
        "ja": "{means}は、到着の時点で発行から{span}以内のものに限ります。",
        "en": "The {means} must have been issued within {span} before arriving.",
    },
    "said_fees.surcharge": {
        "ja": "{means}でのお支払いには、{money}を加算いたします。",
        "en": "We add {money} if you pay by {means}.",
    },
    "said_fees.tax": {
        "ja": "上記の額に、{tax}パーセントの消費税等を加算いたします。",
        "en": "Tax of {tax} per cent is added to these amounts.",
    },
    "said_fees.short_asked": {
        "ja": "手数料が不足しているときや、お支払いの方法が異なるときは、他の不備とともに一度にまとめてお知らせいたし"
        "ます。",
        "en": "If the fee is missing, short or paid in another way, we tell you so together with whatever else is "
        "missing.",
    },
    "said_fees.short_refused_after": {
        "ja": "お知らせをしても期限までにお支払いがない場合は、所定の方法によらないご請求として、お応えしないことがあ"
        "ります。",
        "en": "If it is then not paid in time, we may refuse the request as not made in the way we have laid down.",
    },
    "said_fees.short_refused": {
        "ja": "手数料に不足がある場合は、所定の方法によらないご請求として、お応えしないことがあります。",
        "en": "If the fee is short, we may refuse the request as not made in the way we have laid down.",
    },
    "said_fees.excess_stamps": {
        "ja": "過分にお支払いいただいた額は、切手でお返しいたします。",
        "en": "What you paid too much is returned in postage stamps.",
    },
    "said_fees.excess_returned": {
        "ja": "過分にお支払いいただいた額は、お返しいたします。",
        "en": "What you paid too much is returned to you.",
    },
    "said_fees.excess_kept": {
        "ja": "過分にお支払いいただいた額は、お返しいたしません。",
        "en": "What you paid too much is not returned.",
    },
    "said_fees.refunded": {
        "ja": "次の場合は、手数料をお返しいたします：{cases}。",
        "en": "The fee is given back in these cases: {cases}.",
    },
    "said_fees.not_refunded": {
        "ja": "次の場合も、手数料はお返しいたしません：{cases}。",
        "en": "The fee is not given back in these cases: {cases}.",
    },
    "said_fees.waived": {
        "ja": "次の場合は、手数料をいただきません：{when}。",
        "en": "No fee is taken in this case: {when}.",
    },
    "said_fees.receipt_always": {"ja": "領収書をお送りいたします。", "en": "We send a receipt."},
    "said_fees.receipt_on_request": {
        "ja": "ご希望の場合は、領収書をお送りいたします。",
        "en": "We send a receipt if you ask for one.",
    },
    "said_fees.extra": {
        "ja": "ご希望により、{what}をお選びいただけます（{money}）{only}。",
        "en": "You may choose: {what} ({money}){only}.",
    },
    "said_fees.postage_of": {
        "ja": "お答えの送料として、{money}を{means}でご用意ください（対象：{rights}）。",
        "en": "For the postage of the answer please provide {money} in {means} (for: {rights}).",
    },
    "said_fees.postage_from": {"ja": "{day}からは{money}です。", "en": "From {day} it is {money}."},
    "said_fees.postage_as_it_is": {
        "ja": "お答えの送料は、実費を{means}でご負担ください（対象：{rights}）。",
        "en": "Please bear the postage of the answer as it turns out to be, in {means} (for: {rights}).",
    },
    "said_fees.envelope": {
        "ja": "お答え用に、あて名を記入した封筒を同封してください。",
        "en": "Please enclose an addressed envelope for the answer.",
    },
    "said_fees.postage_after_identity": {
        "ja": "送料は、ご本人であることを確認した後にお送りする納付のご案内により、お支払いください。",
        "en": "Please pay the postage by the bill we send once we have confirmed who is asking.",
    },
    "said_fees.postage_after_decision": {
        "ja": "送料は、決定の後にお送りする納付のご案内により、お支払いください。",
        "en": "Please pay the postage by the bill we send after the decision.",
    },
    "said_fees.postage_with_answer": {
        "ja": "送料は、お答えをお渡しする際にお支払いください。",
        "en": "Please pay the postage when you receive the answer.",
    },
    "said_fees.slip": {"ja": "手数料・送料（　　　　　　）", "en": "The fee and postage (amount:　　　　)"},
    "said_fees.check": {"ja": "手数料{money}（{means}）", "en": "The fee of {money} ({means})"},
    "said_fees.check_postage": {
        "ja": "お答えの送料{money}（{means}）",
        "en": "The postage of the answer, {money} ({means})",
    },
    "said_fees.check_envelope": {
        "ja": "お答え用の封筒（あて名を記入したもの）",
        "en": "An addressed envelope for the answer",
    },
    "said_fees.refund.refused": {"ja": "ご請求の全部にお応えできない場合", "en": "everything is refused"},
    "said_fees.refund.not_held": {"ja": "対象となる情報がない場合", "en": "nothing is held"},
    "said_fees.refund.withdrawn": {"ja": "ご請求が取り下げられた場合", "en": "the request is taken back"},
}
