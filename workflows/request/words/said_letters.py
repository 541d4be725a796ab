"""What letters say of the procedure beside the guidance: what to return, by when, and what then."""

SENTENCES: dict[str, dict[str, str]] = {
    "said_letters.return": {
        "ja": "お手数をおかけいたしますが、同封の「お手続きのご案内」をご覧のうえ、請求書にご記入・ご署名いただき、"
        "{things}を添えて{how}ご返送くださいますようお願いいたします。",
        "en": "Please read the enclosed sheet “How to make your request”, fill in and sign the forms, add {things}, "
        "and return everything {how}.",
    },
    "said_letters.return_by": {
        "ja": "お手数をおかけいたしますが、同封の「お手続きのご案内」をご覧のうえ、請求書にご記入・ご署名いただき、"
        "{things}を添えて、{day}までに到着するよう{how}ご返送くださいますようお願いいたします。",
        "en": "Please read the enclosed sheet “How to make your request”, fill in and sign the forms, add {things}, "
        "and return everything {how} so that it reaches us by {day}.",
    },
    "said_letters.forms_again": {
        "ja": "次の書類を同封しております。新しい用紙にご記入・ご署名のうえ、全てのページをお送りください。先にお送り"
        "した用紙は、お使いいただけません。",
        "en": "We enclose new copies of the following. Please fill in and sign them and send all pages; the earlier "
        "copies can no longer be used.",
    },
    "said_letters.send_supplement": {
        "ja": "同封の返送用あて名ラベルを封筒に貼り、返送票を添えて郵送してください。",
        "en": "Please fix the enclosed label to an envelope, add the return slip, and send it by post.",
    },
    "said_letters.not_again": {
        "ja": "すでに確認できた書類を、もう一度お送りいただく必要はありません。",
        "en": "You need not send again what we have already been able to confirm.",
    },
    "said_letters.black_out": {
        "ja": "本人確認に必要のない情報は、写しの上で黒く塗りつぶしてください。",
        "en": "On copies, please black out anything that is not needed to confirm identity.",
    },
    "said_letters.black_out_domicile": {
        "ja": "本籍など、本人確認に必要のない情報は、写しの上で黒く塗りつぶしてください。",
        "en": "On copies, please black out the registered domicile and anything else that is not needed to confirm "
        "identity.",
    },
    "said_letters.answered_on_what_is_there": {
        "ja": "{day}まで（当日に届く郵便を含みます）に届かない場合は、お預かりしている書類のみに基づいてお答えいたし"
        "ます。",
        "en": "If nothing has reached us by the end of {day}, the mail of that day included, we will answer on the "
        "basis of the documents we have.",
    },
    "said_letters.remind": {
        "ja": "ご請求を続けられる場合は、お送りした書類にご記入のうえ、{things}を添えてご返送くださいますようお願いい"
        "たします。",
        "en": "If you wish to go on with your request, please fill in the forms, add {things}, and return everything.",
    },
    "said_letters.remind_by": {
        "ja": "ご請求を続けられる場合は、お送りした書類にご記入のうえ、{things}を添えて、{day}までに到着するようご返"
        "送くださいますようお願いいたします。",
        "en": "If you wish to go on with your request, please fill in the forms, add {things}, and return everything "
        "so that it reaches us by {day}.",
    },
    "said_letters.new_forms": {
        "ja": "下記の窓口までご連絡ください。新しい書類をお送りいたします。",
        "en": "Please contact us at the address below and we will send you new ones.",
    },
    "said_letters.closed": {
        "ja": "ご返送がないまま期限を過ぎた場合も、お手続きを終了させていただきます。",
        "en": "We will also close it if nothing has reached us in time.",
    },
    "said_letters.closed_by": {
        "ja": "ご返送がないまま{day}（当日に届く郵便を含みます）を過ぎた場合も、お手続きを終了させていただきます。",
        "en": "We will also close it if nothing has reached us by the end of {day}, the mail of that day included.",
    },
    "said_letters.closed_or_answered": {
        "ja": "ご返送がないまま期限を過ぎた場合は、お手続きを終了するか、お預かりしている書類のみに基づいてお答えいた"
        "します。",
        "en": "If nothing has reached us in time, we will close the matter or answer on the basis of the documents "
        "we have.",
    },
    "said_letters.closed_or_answered_by": {
        "ja": "ご返送がないまま{day}（当日に届く郵便を含みます）を過ぎた場合は、お手続きを終了するか、お預かりしてい"
        "る書類のみに基づいてお答えいたします。",
        "en": "If nothing has reached us by the end of {day}, the mail of that day included, we will close the "
        "matter or answer on the basis of the documents we have.",
    },
    "said_letters.reopened": {
        "ja": "お手元の請求書にご記入のうえ、{things}を添えてお送りいただければ、お手続きを再開いたします。",
        "en": "Please fill in the forms you have, add {things}, and send them to us: we will open the matter again.",
    },
    "said_letters.code_expired": {
        "ja": "請求書の確認番号（Code）の有効期間（発送から{days}日間）を過ぎている場合も、お送りいただくことができま"
        "す。",
        "en": "You may do so even after the code on the forms has expired ({days} days after posting).",
    },
    "said_letters.withdrawn_copies": {
        "ja": "すでにお送りいただいた本人確認書類の写しがある場合は、速やかに廃棄いたします。",
        "en": "If we have received copies of identity documents, we will destroy them promptly.",
    },
    "said_letters.extended_once": {
        "ja": "期限の延長は、{law}に基づくもので、1回に限り行うものです。",
        "en": "The extension is made under {law} and can be made only once.",
    },
    "said_letters.extended_often": {
        "ja": "期限の延長は、{law}に基づくもので、{times}回まで行うことができます。",
        "en": "The extension is made under {law} and can be made {times} times at most.",
    },
    "said_letters.not_supplied_refuse": {
        "ja": "{day}まで（当日に届く郵便を含みます）に届かない場合は、所定の方法によらないご請求として、お応えいたし"
        "ません。",
        "en": "If nothing has reached us by the end of {day}, the mail of that day included, we will refuse the "
        "request as not made in the way we have laid down.",
    },
    "said_letters.not_supplied_returned": {
        "ja": "{day}まで（当日に届く郵便を含みます）に届かない場合は、所定の方法によらないご請求としてお応えせず、書"
        "類をお返しいたします。",
        "en": "If nothing has reached us by the end of {day}, the mail of that day included, we will refuse the "
        "request as not made in the way we have laid down, and return the papers.",
    },
    "said_letters.not_supplied_lapse": {
        "ja": "{day}まで（当日に届く郵便を含みます）に届かない場合は、お手続きを終了いたします。",
        "en": "If nothing has reached us by the end of {day}, the mail of that day included, we will close the matter.",
    },
    "said_letters.withdrawn_returned": {
        "ja": "すでにお送りいただいた本人確認書類などがある場合は、お返しいたします。",
        "en": "If we have received identity documents or proofs, we will return them.",
    },
    "said_letters.withdrawn_destroyed": {
        "ja": "すでにお送りいただいた本人確認書類などがある場合は、{span}以内に廃棄いたします。",
        "en": "If we have received identity documents or proofs, we will destroy them within {span}.",
    },
    "said_letters.returned_evidence": {
        "ja": "お送りいただいた本人確認書類などを、同封してお返しいたします。",
        "en": "We return the identity documents and proofs you sent us with this letter.",
    },
    "said_letters.returned_forms": {
        "ja": "お送りいただいた請求書を、同封してお返しいたします。",
        "en": "We return the forms you sent us with this letter.",
    },
    "said_letters.enclose.identity": {"ja": "本人確認書類", "en": "copies of the identity documents"},
    "said_letters.enclose.further": {"ja": "その他の必要書類", "en": "the further papers"},
    "said_letters.enclose.fee": {"ja": "手数料", "en": "the fee"},
    "said_letters.returned.post": {"ja": "郵送で", "en": "by post"},
    "said_letters.returned.post_or_counter": {"ja": "郵送または窓口で", "en": "by post or at our counter"},
}
