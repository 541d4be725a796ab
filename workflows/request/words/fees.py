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
        "en": "The fee of {amount} {currency} was not enclosed. Please pay it by {by}.",
    },
    "deficiency.fee_short": {
        "ja": "手数料が{amount}{currency}不足しています（お預かりした額：{paid}{currency}）。"
        "不足額を{by}でお納めください。",
        "en": "The fee is short of {amount} {currency} (we have received {paid} {currency}). "
        "Please pay the rest by {by}.",
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
