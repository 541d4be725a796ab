"""What stands before the answer, what it is and how it goes: for the person who asks."""

SENTENCES: dict[str, dict[str, str]] = {
    "said_answer.sent": {
        "ja": "書類がそろい、ご本人または代理人であることを確認できましたら、遅滞なく「個人情報開示等通知書」を郵送し"
        "、ご請求の項目ごとに結果をお知らせいたします。",
        "en": "Once the documents are complete and we have confirmed who is asking, we send you, without delay and "
        "by post, a “Personal information disclosure notification” with the result of each request.",
    },
    "said_answer.told": {
        "ja": "書類がそろい、ご本人または代理人であることを確認できましたら、遅滞なく「個人情報開示等通知書」により、"
        "ご請求の項目ごとに結果をお知らせいたします。",
        "en": "Once the documents are complete and we have confirmed who is asking, we tell you the result of each "
        "request, without delay, in a “Personal information disclosure notification”.",
    },
    "said_answer.ways": {
        "ja": "お届けの方法は、次のとおりです：{ways}。",
        "en": "It reaches you in one of these ways: {ways}.",
    },
    "said_answer.step": {
        "ja": "決定の前に、{step}の手続きがあります（目安は{span}以内です）{only}。",
        "en": "Before we decide, there is this step: {step} (within {span}){only}.",
    },
    "said_answer.step_by": {
        "ja": "決定の前に、{who}による{step}の手続きがあります（目安は{span}以内です）{only}。",
        "en": "Before we decide, there is this step: {step}, by {who} (within {span}){only}.",
    },
    "said_answer.step_if_needed": {
        "ja": "必要に応じて、決定の前に{step}の手続きがあります（目安は{span}以内です）{only}。",
        "en": "Where it is needed, there is this step before we decide: {step} (within {span}){only}.",
    },
    "said_answer.step_if_needed_by": {
        "ja": "必要に応じて、決定の前に{who}による{step}の手続きがあります（目安は{span}以内です）{only}。",
        "en": "Where it is needed, there is this step before we decide: {step}, by {who} (within {span}){only}.",
    },
    "said_answer.to": {"ja": "お答えは、{whom}にお送りいたします。", "en": "The answer goes to {whom}."},
    "said_answer.to_of_kind": {
        "ja": "{kind}が請求される場合、お答えは{whom}にお送りいたします。",
        "en": "Where the request is made by this representative, {kind}, the answer goes to {whom}.",
    },
    "said_answer.address_as_stated": {
        "ja": "お答えは、請求書に記載されたご住所にお送りいたします。",
        "en": "The answer goes to the address on the form.",
    },
    "said_answer.class": {"ja": "お答えの郵送には、{post}を用います。", "en": "We post the answer as {post}."},
    "said_answer.class_when": {
        "ja": "ただし、{when}は、{post}を用います。",
        "en": "{when} we use {post} instead.",
    },
    "said_answer.when_right": {"ja": "{right}について", "en": "For {right}"},
    "said_answer.when_outcome": {"ja": "決定が「{outcome}」の場合", "en": "Where the decision is “{outcome}”"},
    "said_answer.when_right_outcome": {
        "ja": "{right}についての決定が「{outcome}」の場合",
        "en": "Where the decision on {right} is “{outcome}”",
    },
    "said_answer.chosen": {
        "ja": "ご希望により、次の方法をお選びいただけます：{posts}。",
        "en": "You may choose instead: {posts}.",
    },
    "said_answer.chosen_if_paid": {
        "ja": "料金をご負担いただける場合は、次の方法をお選びいただけます：{posts}。",
        "en": "If you bear its cost, you may choose instead: {posts}.",
    },
    "said_answer.again_when_asked": {
        "ja": "お答えがお手元に届かず戻ってきた場合は、お申し出により、もう一度お送りいたします。",
        "en": "If the post brings the answer back, we send it once more when you ask us to.",
    },
    "said_answer.again_never": {
        "ja": "お答えがお手元に届かず戻ってきた場合、改めてお送りすることはいたしません。",
        "en": "If the post brings the answer back, we do not send it again.",
    },
    "said_answer.kept": {
        "ja": "戻ってきたお答えは、{span}保管いたします。",
        "en": "We keep an answer that came back for {span}.",
    },
    "said_answer.collect": {
        "ja": "窓口では、ご用意ができた旨をお知らせした日から{span}以内にお受け取りください。",
        "en": "At our office, please collect it within {span} of the day we tell you that it is ready.",
    },
    "said_answer.then_post": {
        "ja": "期間内にお受け取りがない場合は、郵送いたします。",
        "en": "If it is not collected in time, we post it.",
    },
    "said_answer.then_kept": {
        "ja": "期間内にお受け取りがない場合は、窓口でお預かりいたします。",
        "en": "If it is not collected in time, we keep it for you.",
    },
    "said_answer.by_appointment": {
        "ja": "お越しになる日時は、事前にご予約ください。",
        "en": "Please make an appointment before you come.",
    },
    "said_answer.apply": {
        "ja": "決定の通知を発送した日から{span}以内に、実施の方法（{manners}）をお申し出ください（対象：{rights}）。",
        "en": "Please tell us within {span} of the posting of the decision how it is to be carried out: {manners} "
        "(for: {rights}).",
    },
    "said_answer.carried_out_after": {
        "ja": "お申し出から{span}以内に実施いたします。",
        "en": "We carry it out within {span} of being told.",
    },
    "said_answer.carried_out": {
        "ja": "決定の通知を発送した日から{span}以内に実施いたします（方法：{manners}、対象：{rights}）。",
        "en": "We carry it out within {span} of the posting of the decision: {manners} (for: {rights}).",
    },
    "said_answer.answer_to.subject": {"ja": "ご本人あて", "en": "the individual"},
    "said_answer.answer_to.representative": {"ja": "代理人あて", "en": "the representative"},
    "said_answer.answer_to.as_written_to": {"ja": "お手続きの書類のあて先", "en": "whoever we write to"},
    "said_answer.answer_way.post": {"ja": "郵送", "en": "by post"},
    "said_answer.answer_way.collected": {"ja": "窓口でのお受け取り", "en": "collected at our office"},
    "said_answer.answer_way.viewed": {"ja": "窓口での閲覧", "en": "viewed at our office"},
    "said_answer.answer_way.oral": {"ja": "窓口での口頭によるお知らせ", "en": "told at our counter"},
    "said_answer.answer_way.email": {"ja": "電子メール", "en": "by e-mail"},
    "said_answer.answer_way.portal": {"ja": "専用サイト", "en": "on our portal"},
    "said_answer.manner.viewing": {"ja": "閲覧", "en": "viewing"},
    "said_answer.manner.copies": {"ja": "写しの交付", "en": "copies handed over"},
    "said_answer.manner.post": {"ja": "写しの郵送", "en": "copies by post"},
    "said_answer.manner.electronic": {"ja": "電子データの提供", "en": "electronic data"},
    "said_answer.disc": {
        "ja": "電子データ（データを収めたディスクを郵送します）",
        "en": "electronically (a disc with the data, sent by post)",
    },
    "said_answer.disc_enclosed": {
        "ja": "電子データ（データを収めたディスクを同封または別送します）",
        "en": "Electronic: a disc, enclosed or posted separately",
    },
    "said_answer.electronic_by": {"ja": "電子データ（{ways}）", "en": "electronically ({ways})"},
    "said_answer.address_on_record": {
        "ja": "お答えは、当窓口に登録されているご住所にお送りいたします。",
        "en": "The answer goes to the address we have on record.",
    },
}
