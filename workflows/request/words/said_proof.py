"""Which papers prove who somebody is and whom they may represent: for the person who asks."""

SENTENCES: dict[str, dict[str, str]] = {
    "said_proof.enclose": {
        "ja": "ご本人であることを確認できる書類の写しを同封してください。",
        "en": "Please enclose copies that show who the individual is.",
    },
    "said_proof.rule_usual": {
        "ja": "顔写真付きの書類は1点、顔写真のない書類は異なるもの2点です。",
        "en": "We need one document with a photograph, or two different documents without one.",
    },
    "said_proof.rule": {"ja": "必要な書類は、{rule}です。", "en": "We need {rule}."},
    "said_proof.usual": {
        "ja": "顔写真付きは1点、顔写真のないものは異なる2点",
        "en": "one with a photograph, or two different ones without",
    },
    "said_proof.any_of": {"ja": "次のいずれか：{ways}", "en": "any one of these: {ways}"},
    "said_proof.numbered": {"ja": "（{number}）{way}", "en": "({number}) {way}"},
    "said_proof.together": {"ja": "{slots}", "en": "{slots}"},
    "said_proof.photo": {"ja": "顔写真付きの書類1点", "en": "one document with a photograph"},
    "said_proof.photo_different": {
        "ja": "顔写真付きの異なる書類{count}点",
        "en": "{count} different documents with a photograph",
    },
    "said_proof.no_photo": {"ja": "顔写真のない書類1点", "en": "one document without a photograph"},
    "said_proof.no_photo_different": {
        "ja": "顔写真のない異なる書類{count}点",
        "en": "{count} different documents without a photograph",
    },
    "said_proof.any": {"ja": "書類1点", "en": "one document"},
    "said_proof.any_different": {"ja": "異なる書類{count}点", "en": "{count} different documents"},
    "said_proof.photo_more": {
        "ja": "別の種類の顔写真付きの書類1点",
        "en": "one more document with a photograph, of a different kind",
    },
    "said_proof.photo_more_different": {
        "ja": "別の種類の顔写真付きの書類{count}点（それぞれ異なるもの）",
        "en": "{count} more documents with a photograph, each of a different kind",
    },
    "said_proof.no_photo_more": {
        "ja": "別の種類の顔写真のない書類1点",
        "en": "one more document without a photograph, of a different kind",
    },
    "said_proof.no_photo_more_different": {
        "ja": "別の種類の顔写真のない書類{count}点（それぞれ異なるもの）",
        "en": "{count} more documents without a photograph, each of a different kind",
    },
    "said_proof.any_more": {"ja": "別の種類の書類1点", "en": "one more document of a different kind"},
    "said_proof.any_more_different": {
        "ja": "別の種類の書類{count}点（それぞれ異なるもの）",
        "en": "{count} more documents, each of a different kind",
    },
    "said_proof.any_other": {"ja": "ほかの書類1点", "en": "one other document"},
    "said_proof.any_other_different": {
        "ja": "ほかの異なる書類{count}点",
        "en": "{count} other, different documents",
    },
    "said_proof.document": {"ja": "{paper}", "en": "{paper}"},
    "said_proof.one_of": {"ja": "{papers}のうち{count}点", "en": "{count} of {papers}"},
    "said_proof.see_checklist": {
        "ja": "お使いいただける書類は「提出書類チェックリスト」をご覧ください。",
        "en": "The “Checklist of documents to send” lists what we can accept.",
    },
    "said_proof.address": {
        "ja": "写しの上で、現在のご住所と同じ住所が確認できることが必要です。",
        "en": "One of the copies must show the address you give us.",
    },
    "said_proof.representative": {
        "ja": "ご本人の書類に加えて、代理人ご自身の本人確認書類（ご本人と同じ基準です）と、代理権を確認できる書類のい"
        "ずれか1点を同封してください。",
        "en": "In addition to the individual’s documents, please enclose identity documents of the representative "
        "(the same rule applies) and one proof of the right to represent.",
    },
    "said_proof.proxy": {
        "ja": "代理権は、同封の「{form}」にご本人が署名または記名押印をしたもので確認いたします。",
        "en": "We accept the enclosed “{form}”, signed or sealed by the individual, as that proof.",
    },
    "said_proof.proxy_signed": {
        "ja": "代理権は、同封の「{form}」にご本人が署名をしたもので確認いたします。",
        "en": "We accept the enclosed “{form}”, signed by the individual, as that proof.",
    },
    "said_proof.black_out_domicile": {
        "ja": "本籍など、本人確認に必要のない情報は、写しの上で読めないように黒く塗りつぶしてください。",
        "en": "On the copies, please black out the registered domicile and any other information that is not needed "
        "to confirm identity.",
    },
    "said_proof.black_out": {
        "ja": "本人確認に必要のない情報は、写しの上で読めないように黒く塗りつぶしてください。",
        "en": "On the copies, please black out any information that is not needed to confirm identity.",
    },
    "said_proof.black_out_printed": {
        "ja": "{items}の記載がある場合は、黒塗りをお願いいたします。",
        "en": " Please block out the following where it is printed: {items}.",
    },
    "said_proof.black_out_where": {
        "ja": "塗りつぶす箇所は、書類ごとに「提出書類チェックリスト」に記載しています。",
        "en": "The checklist says what to black out on each document.",
    },
    "said_proof.my_number": {
        "ja": "個人番号（マイナンバー）は、法令によりお預かりすることができません。",
        "en": "The law does not allow us to receive anyone’s Individual Number (My Number).",
    },
    "said_proof.last_blacked_out_numbers": {
        "ja": "本籍・個人番号・保険者番号など、黒塗りをする箇所を塗りつぶしました。",
        "en": "I have blacked out the registered domicile, numbers and other points named above.",
    },
    "said_proof.last_blacked_out": {
        "ja": "黒塗りをする箇所を塗りつぶしました。",
        "en": "I have blacked out the points named above.",
    },
    "said_proof.last_address": {
        "ja": "請求書の住所と、本人確認書類の住所は同じです。",
        "en": "The address on the form is the address on an identity document.",
    },
    "said_proof.others": {
        "ja": "このほかの公的な書類をお使いになりたい場合は、事前にお問い合わせください。",
        "en": "If you wish to use another official document, please ask us first.",
    },
    "said_proof.never": {"ja": "{paper}はお使いいただけません。", "en": "The {paper} cannot be used."},
    "said_proof.slip_identity": {
        "ja": "本人確認書類の写し（　　点）",
        "en": "Copies of identity documents of the individual (number:　　　)",
    },
    "said_proof.slip_representative": {
        "ja": "代理人の本人確認書類の写し（　　点）",
        "en": "Copies of identity documents of the representative (number:　　　)",
    },
    "said_proof.slip_authority": {
        "ja": "代理権を確認する書類（　　点）",
        "en": "Proof of the right to represent (number:　　　)",
    },
    "said_proof.rule_where": {
        "ja": "必要な書類は、{rule}です{about}{only}。",
        "en": "We need {rule}{about}{only}.",
    },
    "said_proof.about": {"ja": "（{parts}）", "en": " ({parts})"},
    "said_proof.of": {"ja": "{what}について", "en": "of the {what}"},
    "said_proof.at": {"ja": "{what}の場合", "en": "{what}"},
    "said_proof.why": {"ja": "理由：{why}。", "en": "Our reason: {why}."},
    "said_proof.where.post": {"ja": "郵送", "en": "by post"},
    "said_proof.where.counter": {"ja": "窓口", "en": "at our counter"},
    "said_proof.where.electronic": {"ja": "電子的な方法", "en": "electronically"},
    "said_proof.rule_for": {"ja": "必要な書類は、{rule}です{only}。", "en": "We need {rule}{only}."},
    "said_proof.only_one_of": {
        "ja": "次の書類は、あわせて1点として数えます：{papers}。",
        "en": "Of these only one counts: {papers}.",
    },
    "said_proof.undated": {
        "ja": "有効期限の記載のない書類は、発行後{span}以内のものに限ります。",
        "en": "Documents without a last day of validity must have been issued within the last {span}.",
    },
    "said_proof.original": {"ja": "原本", "en": "the original"},
    "said_proof.within": {"ja": "発行後{span}以内のもの", "en": "issued within the last {span}"},
    "said_proof.shows_address": {"ja": "現在のご住所が記載されたもの", "en": "showing the present address"},
    "said_proof.asked_of": {"ja": "{paper}（{more}）", "en": "{paper} ({more})"},
    "said_proof.no_subject_identity": {
        "ja": "ご本人の本人確認書類は必要ありません。",
        "en": "No identity documents of the individual are needed.",
    },
    "said_proof.representative_by": {
        "ja": "代理人ご自身の本人確認書類（{rule}）と、代理権を確認できる書類のいずれか1点を同封してください。",
        "en": "Please also enclose identity documents of the representative ({rule}) and one proof of the right to "
        "represent.",
    },
    "said_proof.bereaved_by": {
        "ja": "ご請求になる方ご自身の本人確認書類（{rule}）と、ご請求の資格を確認できる書類のいずれか1点を"
        "同封してください。",
        "en": "Please enclose identity documents of your own ({rule}) and one proof that you are entitled to ask.",
    },
    "said_proof.slip_representative_bereaved": {
        "ja": "ご請求になる方の本人確認書類の写し（　　点）",
        "en": "Copies of your own identity documents (number:　　　)",
    },
    "said_proof.slip_authority_bereaved": {
        "ja": "ご請求の資格を確認する書類（　　点）",
        "en": "Proof that you are entitled to ask (number:　　　)",
    },
    "said_proof.consent_from": {
        "ja": "ご本人が{age}歳以上の未成年者である場合は、ご本人の同意書も必要です。",
        "en": "A minor of {age} or more must consent in writing.",
    },
    "said_proof.degree": {
        "ja": "{degree}親等以内の親族に限ります。",
        "en": "Only relatives up to degree {degree} may ask.",
    },
    "said_proof.only_where": {
        "ja": "お受けする方法は、次のとおりです：{where}。",
        "en": "Such papers are taken only {where}.",
    },
    "said_proof.not_taken": {
        "ja": "{kind}によるご請求は、お受けしておりません。{why}",
        "en": "We do not take requests by this representative: {kind}. {why}",
    },
    "said_proof.more": {"ja": "。{more}", "en": ". {more}"},
    "said_proof.whom.subject": {"ja": "ご本人", "en": "individual"},
    "said_proof.whom.representative": {"ja": "代理人", "en": "representative"},
    "said_proof.acting.minor": {
        "ja": "法定代理人（親権者・未成年後見人）",
        "en": "legal representative (parent or guardian of a minor)",
    },
    "said_proof.acting.adult_ward": {
        "ja": "法定代理人（成年後見人）",
        "en": "legal representative (guardian of an adult ward)",
    },
    "said_proof.acting.agent": {"ja": "任意代理人", "en": "agent by mandate"},
    "said_proof.hint": {
        "ja": "左の□はご本人、右の□は代理人の書類です。★は顔写真付きの書類です。黒塗りを忘れずにお願いします。",
        "en": "Left box: the individual’s. Right box: the representative’s. ★ with a photograph. Please black out "
        "what is not needed.",
    },
    "said_proof.hint_domicile": {
        "ja": "左の□はご本人、右の□は代理人の書類です。★は顔写真付きの書類です。本籍などの黒塗りを忘れずにお願いしま"
        "す。",
        "en": "Left box: the individual’s. Right box: the representative’s. ★ with a photograph. Please black out "
        "the registered domicile and the like.",
    },
    "said_proof.either": {"ja": "{papers}のいずれか1点", "en": "one of {papers}"},
}
