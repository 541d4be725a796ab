"""What is said of money: to staff (``fee.``), and politely in a deficiency notice (``deficiency.``)."""

SENTENCES: dict[str, dict[str, str]] = {
    # ---- to staff: what is missing ----
    "fee.fee_missing": {
        "ja": "手数料{amount}{currency}が納められていません（納付方法：{by}）。",
        "en": "the fee of {amount} {currency} is not paid (by {by}).",
    },
    "fee.fee_short": {
        "ja": "手数料が{amount}{currency}不足しています（納付済み：{paid}{currency}。納付方法：{by}）。",
        "en": "the fee is short of {amount} {currency} (paid: {paid} {currency}; by {by}).",
    },
    "fee.postage_missing": {
        "ja": "回答の郵送料{amount}{currency}がありません（{by}）。",
        "en": "the postage of the answer, {amount} {currency}, is missing (by {by}).",
    },
    "fee.postage_short": {
        "ja": "回答の郵送料が{amount}{currency}不足しています（受領済み：{paid}{currency}。{by}）。",
        "en": "the postage of the answer is short of {amount} {currency} (there: {paid} {currency}; by {by}).",
    },
    "fee.envelope_missing": {
        "ja": "返信用封筒がありません。",
        "en": "the envelope for the answer is missing.",
    },
    "fee.wrong_means": {
        "ja": "{means}{amount}{currency}は、納付方法として受け付けていないため、差出人に戻します。",
        "en": "{means}, {amount} {currency}: this means is not taken, and goes back to whoever sent it.",
    },
    "fee.stale": {
        "ja": "{means}{amount}{currency}は、到着したときには発行から日がたちすぎていたため、差出人に戻します。",
        "en": "{means}, {amount} {currency}: it was too old when it arrived, and goes back to whoever sent it.",
    },
    "fee.goes_back_wrong_means": {
        "ja": "{means}{amount}{currency}は、納付方法として受け付けていません。納付には数えず、差出人に戻してください。",
        "en": "{means}, {amount} {currency}, is not a means that is taken: it does not count; send it back.",
    },
    "fee.goes_back_stale": {
        "ja": "{means}{amount}{currency}は、発行から日がたちすぎています。納付には数えません。差出人に戻してください。",
        "en": "{means}, {amount} {currency}, is too old: it does not count; send it back.",
    },
    "fee.not_charged_so": {
        "ja": "{word}を理由とする手数料は、手続に定められていません（定められているもの：{known}）。",
        "en": "the procedure takes no fee for {word}; it takes one for {known}.",
    },
    "fee.none_charged": {
        "ja": "{case}には手数料も郵送料もかかりません。",
        "en": "nothing is charged in {case}.",
    },
    # ---- to staff: what was written down ----
    "fee.no_amount": {
        "ja": "{word}は、1以上の{currency}の金額として読めません。",
        "en": "{word} is no amount of {currency} above 0.",
    },
    "fee.issued_on_missing": {
        "ja": "{means}には発行日（issued_on）が必要です。",
        "en": "the day of issue (issued_on) of the {means} is needed.",
    },
    "fee.issued_later": {
        "ja": "{means}の発行日が、届いた日より後になっています。",
        "en": "the {means} is said to be issued after it came.",
    },
    "fee.unknown_extra": {
        "ja": "{word}は選べません。選べるものは {known} です。",
        "en": "{word} is nothing that may be chosen; what may be is {known}.",
    },
    "fee.unknown_estimate": {
        "ja": "{word}は、決定のときに金額を記入する手数料ではありません。記入するものは {known} です。",
        "en": "{word} is no fee whose amount is told with the decision; those are {known}.",
    },
    "fee.estimate_untold": {
        "ja": "{row}の金額（estimates）を決定に記入してください。",
        "en": "the decision must tell the amount of {row} (estimates).",
    },
    "fee.count_untold": {
        "ja": "手数料を計算するため、{per}の数（counts：{word}）を決定に記入してください。",
        "en": "the decision must tell the number of {per} (counts: {word}): the fee is counted by it.",
    },
    # ---- to staff: payments, refunds, bills ----
    "fee.before_the_case": {
        "ja": "{day}は受付日（{opened}）より前です。",
        "en": "{day} is before the case began ({opened}).",
    },
    "fee.still_lacking": {
        "ja": "あと{amount}{currency}が納められていません。",
        "en": "{amount} {currency} are still lacking.",
    },
    "fee.nothing_lacking": {
        "ja": "{case}の手数料は、すべて納められています。",
        "en": "nothing of the fee of {case} is lacking.",
    },
    "fee.too_much": {
        "ja": "{amount}{currency}は返すべき額です。返したら refund で記録してください。",
        "en": "{amount} {currency} are to be given back; record it with refund.",
    },
    "fee.beyond": {
        "ja": "{amount}{currency}は、いま分かっている手数料を超えています。額の誤りなら "
        "record-payment {case} --undo --entry {entry} --why で取り消せます。",
        "en": "{amount} {currency} are beyond the fee as it is known by now; mistyped? "
        "record-payment {case} --undo --entry {entry} --why takes it back.",
    },
    "fee.more_than_paid": {
        "ja": "返せるのは{amount}{currency}までです。",
        "en": "at most {amount} {currency} can be given back.",
    },
    "fee.more_than_owed": {
        "ja": "窓口の定めで返すべき額は{amount}{currency}です。それより多く返したことを記録しました。",
        "en": "by the office's own rules {amount} {currency} were owed back; more than that is recorded.",
    },
    "fee.no_such_entry": {
        "ja": "取り消せる入出金の記録 {entry} はありません。あるのは {known} です。",
        "en": "there is no entry {entry} that could be taken back; there are {known}.",
    },
    "fee.given_back_already": {
        "ja": "入出金の記録 {entry} の額は、すでに返金されています。先に返金の記録を取り消してください。",
        "en": "what entry {entry} says was given back already; take back the refund first.",
    },
    "fee.receipt_is_out": {
        "ja": "領収書{letter}は投函済みです。差出人に伝えてください。",
        "en": "the receipt {letter} is out in the post; tell whoever got it.",
    },
    "fee.not_all_of_it": {
        "ja": "{case}は手数料の未納で終了しました。再開できるのは、不足額がすべて納められたときです。",
        "en": "{case} lapsed unpaid, and is taken up again only when all that is lacking is paid.",
    },
    "fee.decide_with_counts": {
        "ja": "{rows}の金額が決まっていません。数や金額を添えて、もう一度決定してください。",
        "en": "the amount of {rows} is not known; decide again with its counts or its amount.",
    },
    "fee.nothing_to_bill": {
        "ja": "{case}には、請求書で求める手数料がありません。",
        "en": "there is nothing to be billed in {case}.",
    },
    "fee.billed_already": {
        "ja": "その手数料は、請求書{letter}ですでに求めています。",
        "en": "the bill {letter} asks for it already.",
    },
    "fee.unbilled": {
        "ja": "手数料{amount}{currency}が納められていません。先に請求書を送ってください（bill {case}）。",
        "en": "{amount} {currency} are to be paid first; send the bill (bill {case}).",
    },
    "fee.unpaid": {
        "ja": "請求書{letter}の{amount}{currency}が、まだ納められていません。",
        "en": "{amount} {currency} of the bill {letter} are not paid yet.",
    },
    "fee.pay_first": {
        "ja": "先に手数料{amount}{currency}を受け取り、記録してください（record-payment。{by}）。",
        "en": "{amount} {currency} are to be paid first; record it with record-payment ({by}).",
    },
    "fee.bill_is_out": {
        "ja": "請求書{letter}は投函済みで、もう効力がありません。",
        "en": "the bill {letter} is out in the post, and holds no more.",
    },
    "fee.no_bill": {"ja": "{case}には請求書がありません。", "en": "there is no bill in {case}."},
    "fee.decided_already": {
        "ja": "{case}はすでに決定されています。",
        "en": "{case} is decided already.",
    },
    "fee.waived_alone": {
        "ja": "{case}は本人確認済みです。ここで申請できる例外は、手数料の免除（fee）だけです。",
        "en": "the identity in {case} is verified: what can be lifted here is the fee alone (fee).",
    },
    "notice.unpaid": {
        "ja": "{case}：請求書{letter}が期限までに納められませんでした。どうするかを決めてください。",
        "en": "{case}: the bill {letter} was not paid in time; decide what becomes of the answer.",
    },
    "notice.refund_owed": {
        "ja": "{case}：{amount}{currency}をまだ返していません（{times}回目、{state}）。",
        "en": "{case}: {amount} {currency} are still to be given back (time {times}, {state}).",
    },
    # ---- to the person ----
    "deficiency.fee": {
        "ja": "手数料（回答の郵送料を含む）をお納めください。",
        "en": "Please send the fee, including the postage of the answer.",
    },
    "deficiency.envelope": {
        "ja": "回答をお送りするための返信用封筒を同封してください。",
        "en": "Please enclose an envelope for the answer.",
    },
    "deficiency.fee_missing": {
        "ja": "手数料{amount}{currency}が納められていません。{by}でお納めください。",
        "en": "The fee of {amount} {currency} has not been paid. How to pay: {by}.",
    },
    "deficiency.fee_short": {
        "ja": "手数料が{amount}{currency}不足しています（お預かりした額：{paid}{currency}）。"
        "不足額を{by}でお納めください。",
        "en": "The fee is short of {amount} {currency} (we have received {paid} {currency}). "
        "How to pay the rest: {by}.",
    },
    "deficiency.postage_missing": {
        "ja": "回答の郵送料{amount}{currency}分がありません。{by}でお送りください。",
        "en": "The postage of our answer, {amount} {currency}, was not enclosed. Please send it as {by}.",
    },
    "deficiency.postage_short": {
        "ja": "回答の郵送料が{amount}{currency}不足しています（お預かりした額：{paid}{currency}）。"
        "不足額を{by}でお送りください。",
        "en": "The postage of our answer is short of {amount} {currency} (we have received {paid} {currency}). "
        "Please send the rest as {by}.",
    },
    "deficiency.fee_wrong_means": {
        "ja": "お送りいただいた{means}（{amount}{currency}）では、お受けできません。この書類とともにお返しします。",
        "en": "We cannot take the {means} you sent ({amount} {currency}). They are returned with this letter.",
    },
    "deficiency.fee_stale": {
        "ja": "お送りいただいた{means}（{amount}{currency}）は、発行日からの期間が過ぎているため、お受けできません。"
        "この書類とともにお返しします。",
        "en": "The {means} you sent ({amount} {currency}) had been issued too long ago, and we cannot take it. "
        "It is returned with this letter.",
    },
}
