"""What the generated files call things, in both languages: forms, papers, representatives, steps, windows."""

FORMS = {
    "request": ("保有個人データ開示等請求書", "Request form"),
    "disclosure": ("開示・利用目的通知請求書", "Request form for disclosure and notification of purposes"),
    "purpose_notice": ("利用目的通知請求書", "Request form for notification of purposes"),
    "provision_records": ("第三者提供記録開示請求書", "Request form for records of provision"),
    "correction": ("訂正等請求書", "Request form for correction"),
    "halt": ("利用停止等請求書", "Request form for halting"),
    "halt_use": ("利用停止等請求書", "Request form for halting of use"),
    "halt_provision": ("提供停止請求書", "Request form for halting of provision"),
    "bereaved": ("ご遺族用開示請求書", "Request form for the bereaved"),
    "mandate": ("委任状", "Mandate"),
}
PAPERS = {
    "consent_of_user": ("登録された利用者の同意書", "Consent of the registered user"),
    "consent": ("同意書", "Consent"),
    "facts": ("請求の理由となる事実を示す資料", "Papers showing the facts the request rests on"),
    "seal": ("届出の印章またはその印影を確認できるもの", "The registered seal, or what shows its print"),
}
WHEN = {
    "consent_of_user": (
        "回線の利用者が請求する方と別に登録されているとき",
        "where another user of the line is registered",
    )
}
KINDS = {
    "bereaved_estate_administrator": ("相続財産清算人", "administrator of the estate"),
}
STEPS = {
    "committee": ("審査委員会での審査", "Consideration by the committee", "審査委員会", "the committee"),
    "institution": ("医療機関への照会", "Enquiry at the medical institution", "医療機関", "the medical institution"),
}
WINDOWS = {
    "head": ("本社窓口", "Head office"),
    "branch": ("支店・各施設窓口", "Branch or facility that holds the data"),
}
REASON = ("なりすましを防ぐため", "so that nobody is answered in another's name")
NOT_ACCEPTED = ("この方法ではお受けしておりません。", "Requests are not taken in this way.")
OWN_RISK = (
    "ご本人が電子メールでの受領を希望された場合に限り、暗号化したファイルでお送りします。",
    "Only where you ask for it; the file is encrypted.",
)
EXTRAS = {
    "addressee_only": ("本人限定受取", "addressee-only post"),
    "express": ("速達", "express post"),
    "simple_registered": ("簡易書留", "simple registered post"),
}
SENTENCES = (
    (r"envelope marked in red", "封筒の表に「個人情報請求書在中」と朱書きしてください。",
     "Please write on the envelope, in red, that it holds a request about personal information."),
    (r"own reply envelope|reply envelope of the company", "返信用封筒を同封いたします。",
     "We enclose a reply envelope."),
    (r"against a stamped envelope|stamped reply envelope for the form",
     "請求書の郵送をご希望の方は、切手を貼った返信用封筒をお送りください。",
     "If you want us to post the form, please send us a stamped envelope."),
    (r"history only for (\d+) years", "履歴は、ご請求の前{0}年分に限ります。",
     "The history goes back {0} years from the request."),
    (r"older than (\d+) years gone", "{0}年を超えるものは保存しておりません。",
     "Nothing older than {0} years is kept."),
    (r"shared within the group", "調査のため、グループ会社と共同で取り扱うことがあります。",
     "For the search we may share the request within our group."),
    (r"passed to the insurer", "内容を、請求を受け付けた保険会社にお伝えすることがあります。",
     "We may pass the content on to the insurer that holds the claim."),
    (r"two people at most", "閲覧は2名までといたします。", "At most two people may look at the record."),
    (r"phone call when ready|told by phone when", "準備ができましたら、お電話でご連絡いたします。",
     "We telephone you when it is ready."),
    (r"purpose notice and halts only at a branch", "利用目的の通知と利用停止等は、店頭でのみ承ります。",
     "Notification of purposes and halts can be asked for at a branch only."),
    (r"purpose notice (asked )?by phone", "利用目的の通知は、お電話でも承ります。",
     "Purposes of use are also told by telephone."),
    (r"correction and halt only after disclosure", "訂正と利用停止は、開示を受けた後にご請求ください。",
     "Please ask for a correction or halt after the disclosure."),
    (r"data for reporting is outside", "報道のために取り扱う情報は対象となりません。",
     "Information handled for reporting is outside this procedure."),
    (r"data handled for clients is outside", "委託を受けて取り扱う情報は対象となりません。",
     "Information handled for clients is outside this procedure."),
    (r"cards in a company's name are outside", "法人名義のカードは対象となりません。",
     "Cards in a company's name are outside this procedure."),
    (r"addresses of (\d+) years", "過去{0}年間の住所をお書きください。",
     "Please state your addresses of the last {0} years."),
    (r"statement of correction is attached", "訂正しない場合は、ご希望により、訂正を求める旨の書面を記録に添えます。",
     "Where a correction is refused, a statement of the correction is attached if you wish."),
    (r"password apart", "パスワードは別にお送りいたします。", "The password is sent apart."),
    (r"registering service's own desk first", "ご登録のサービスの窓口がある場合は、まずそちらへお申し出ください。",
     "Where the service you registered with has a desk of its own, please turn to it first."),
)  # fmt: skip
"""What an office says of its own and no key holds: how the facts put it, and a sentence of ours for it."""
