"""What the law itself says to the person who asks; no office can leave it out."""

SENTENCES: dict[str, dict[str, str]] = {
    "said_law.clock_first_arrival": {
        "ja": "書類が到着した日を、ご請求のあった日として取り扱います。",
        "en": "We treat the day your documents arrive as the day of your request.",
    },
    "said_law.clock_first_contact": {
        "ja": "最初にお申し出をいただいた日を、ご請求のあった日として取り扱います。",
        "en": "We treat the day you first contacted us as the day of your request.",
    },
    "said_law.clock_complete": {
        "ja": "必要な書類がすべてそろった日を、ご請求のあった日として取り扱います。",
        "en": "We treat the day by which all that is needed has arrived as the day of your request.",
    },
    "said_law.clock_waits_identity": {
        "ja": "ご本人であることを示す書類がそれより後に到着した場合は、その日から回答の期間を数えます。",
        "en": "If proof of your identity arrives later, the time for our answer counts from that day.",
    },
    "said_law.clock_waits_fee": {
        "ja": "手数料が必要で、その納付がそれより後になった場合は、納付の日から回答の期間を数えます。",
        "en": "If a fee is due and paid later, the time for our answer counts from the day it is paid.",
    },
    "said_law.refusal": {
        "ja": "{law}その他の法令により、ご請求の全部または一部にお応えできない場合には、その旨と理由をお知らせいたし"
        "ます。",
        "en": "Where {law} or another law or regulation does not allow us to comply with all or part of a request, "
        "we tell you so and explain why.",
    },
    "said_law.one_notice": {
        "ja": "不足している書類がある場合には、一度にまとめてお知らせいたします。",
        "en": "If documents are missing, we tell you once, naming all of them.",
    },
    "said_law.answer_within": {
        "ja": "{law}により、{span}以内にお答えいたします。",
        "en": "Under {law} we answer within {span}.",
    },
    "said_law.extended": {
        "ja": "{law}により、さらに{span}を要することがあります。その場合は、理由とともにお知らせいたします。",
        "en": "Under {law} it may take {span} more; if so, we tell you and say why.",
    },
    "said_law.extended_to_a_day": {
        "ja": "{law}により、特に日数を要する場合は、理由とともにお答えの期限をお知らせいたします。",
        "en": "Where {law} allows more time still, we tell you the day and say why.",
    },
}
