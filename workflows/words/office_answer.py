"""What is wrong with what a procedure.toml says of the answer, of times, of steps and of the papers afterwards."""

SENTENCES: dict[str, dict[str, str]] = {
    "office_answer.no_way": {
        "ja": "waysが空です。回答の届け方を一つは書いてください",
        "en": "ways is empty; name at least one way the answer reaches its person",
    },
    "office_answer.waits": {
        "ja": "waysに{way}がありますが、[answer.collect]に期限（within）とその後の扱い（then）が"
        "ありません。期限のない待ちは受け付けません",
        "en": "ways names {way}, but [answer.collect] does not say within which time and what then; nothing waits "
        "without a deadline",
    },
    "office_answer.no_post": {
        "ja": '受け取りに来ない場合に郵送（then = "post"）としていますが、waysにpostがありません',
        "en": 'what nobody collects is to be posted (then = "post"), but ways does not name post',
    },
    "office_answer.own_risk": {
        "ja": "waysに{way}があります。安全管理（{article}）は事業者の責任です。"
        "own_risk_jaとown_risk_enに理由を書いてください",
        "en": "ways names {way}; keeping it safe is the office's own duty ({article}): say why in own_risk_ja and "
        "own_risk_en",
    },
    "office_answer.unsigned": {
        "ja": 'address = "as_stated"のときは、受領印のある郵便に限ります。{class}では送れません',
        "en": 'with address = "as_stated" the answer goes only by a class of post that is signed for, not by {class}',
    },
    "office_answer.nothing_chosen": {
        "ja": "chosen_if_paidがありますが、選べる郵便（chosen、chosen_extras）がありません",
        "en": "chosen_if_paid is set, but there is nothing to choose (chosen, chosen_extras)",
    },
    "office_times.no_range": {
        "ja": "leastの{least}が上限の{most}を下回っていません",
        "en": "least is {least}, which is not below the {most} of within",
    },
    "office_times.acknowledged_what": {
        "ja": "受付の連絡は、連絡（contact）か到達（arrival）から数えてください。{since}からは数えられません",
        "en": "an acknowledgement counts from the contact or the arrival, not from {since}",
    },
    "office_times.no_fee": {
        "ja": "手数料の納付から数えるとありますが、手数料（[[fee]]）がありません",
        "en": "it counts from the fee, but there is no fee ([[fee]])",
    },
    "office_times.later_than_law": {
        "ja": "{span}は、法令の期限の{law}（{article}）より長くなっています",
        "en": "{span} is later than the law's own time of {law} ({article})",
    },
    "office_times.no_lapse": {
        "ja": "届いた請求を失効させることはできません。回答が必要です（{article}）",
        "en": "what arrived does not lapse under this law: it is answered ({article})",
    },
    "office_times.no_ground": {
        "ja": "{law}には、方式に従わないこと（method_not_followed）という不開示事由がありません",
        "en": "{law} knows no ground method_not_followed",
    },
    "office_steps.twice": {
        "ja": "[[{key}]]に{code}が2回あります",
        "en": "[[{key}]] has {code} twice",
    },
    "office_steps.waits": {
        "ja": "期限（within）がありません。期限のない待ちは受け付けません",
        "en": "within is missing: nothing waits without a deadline",
    },
    "office_steps.later_than_law": {
        "ja": "この手順だけで法令の期限の{law}（{article}）を使い切ってしまいます",
        "en": "this step alone takes the whole of the law's own time of {law} ({article})",
    },
    "office_execution.nothing_given": {
        "ja": "{right}には、決定の後に交付するものがありません",
        "en": "nothing is given out after the decision on {right}",
    },
    "office_execution.too_short": {
        "ja": "実施の方法の申出には{days}日以上の期間が要ります（{article}）",
        "en": "at least {days} days are given to say how it is to be carried out ({article})",
    },
    "office_execution.no_manner": {
        "ja": "mannersが空です。実施の方法を一つは書いてください",
        "en": "manners is empty; name at least one way it is carried out",
    },
    "office_papers.kept_too_long": {
        "ja": "{months}か月を超えて保管することはできません（{article}）",
        "en": "papers are kept for at most {months} months ({article})",
    },
}
