"""By when what must be there, what is promised, and what happens when time runs out: for the person who asks."""

SENTENCES: dict[str, dict[str, str]] = {
    "said_times.promise_within": {
        "ja": "{since}から{span}以内に{until}。",
        "en": "We {until} within {span} of {since}.",
    },
    "said_times.promise_about": {
        "ja": "{since}からおおむね{span}で{until}。",
        "en": "We {until} about {span} after {since}.",
    },
    "said_times.promise_within_range": {
        "ja": "{since}から{least}～{span}以内に{until}。",
        "en": "We {until} within {least} to {span} of {since}.",
    },
    "said_times.promise_about_range": {
        "ja": "{since}からおおむね{least}～{span}で{until}。",
        "en": "We {until} about {least} to {span} after {since}.",
    },
    "said_times.deficiency_aside": {
        "ja": "不備のお知らせからご返送までの日数は、この期間に含みません。",
        "en": "The days in which we wait for what is missing do not count.",
    },
    "said_times.supply_within": {
        "ja": "不備のお知らせをした場合は、その発送から{span}以内にご返送ください。",
        "en": "If we tell you that something is missing, please send it within {span} of the posting of that letter.",
    },
    "said_times.not_supplied_decide": {
        "ja": "期間内に届かない場合は、お預かりしている書類のみに基づいてお答えいたします。",
        "en": "If it does not reach us in time, we answer on the basis of the documents we have.",
    },
    "said_times.not_supplied_refuse": {
        "ja": "期間内に届かない場合は、所定の方法によらないご請求として、お応えいたしません。",
        "en": "If it does not reach us in time, we refuse the request as not made in the way we have laid down.",
    },
    "said_times.not_supplied_returned": {
        "ja": "期間内に届かない場合は、所定の方法によらないご請求としてお応えせず、書類をお返しいたします。",
        "en": "If it does not reach us in time, we refuse the request as not made in the way we have laid down, and "
        "return the papers.",
    },
    "said_times.not_supplied_lapse": {
        "ja": "期間内に届かない場合は、お手続きを終了いたします。",
        "en": "If it does not reach us in time, we close the matter.",
    },
    "said_times.reply_by": {
        "ja": "{day}まで（当日に届く郵便を含みます）にご返送がない場合は、お手続きを終了させていただくことがあります。",
        "en": "If nothing has reached us by the end of {day}, the mail of that day included, we may close the matter.",
    },
    "said_times.again": {
        "ja": "その場合も、改めてお申し出いただけます。",
        "en": "You can contact us again at any time.",
    },
    "said_times.code_valid": {
        "ja": "請求書の各ページにある確認番号（Code）は、発送から{days}日間有効です。",
        "en": "The code on each page of the form is valid for {days} days after posting.",
    },
    "said_times.since.contact": {"ja": "最初のお申し出", "en": "your first contact"},
    "said_times.since.arrival": {"ja": "請求書の到着", "en": "the arrival of the form"},
    "said_times.since.complete": {"ja": "書類がすべてそろった日", "en": "the day the documents are complete"},
    "said_times.since.identity": {"ja": "ご本人であることの確認", "en": "confirming who is asking"},
    "said_times.since.fee": {"ja": "手数料のお支払いの確認", "en": "receiving the fee"},
    "said_times.since.acceptance": {
        "ja": "書類と手数料がそろった日",
        "en": "the day the documents and the fee are complete",
    },
    "said_times.until.answer": {"ja": "お答えいたします", "en": "answer"},
    "said_times.until.decision": {"ja": "決定いたします", "en": "decide"},
    "said_times.until.acknowledgement": {"ja": "受け付けた旨をお知らせいたします", "en": "acknowledge your request"},
}
