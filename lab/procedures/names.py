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
SENTENCES = {
    "red": ("封筒に「個人情報請求書在中」と朱書きしてください。",
        "Please mark the envelope in red as holding a request about personal information."),
    "reply_envelope": ("返信用封筒を同封しております。", "A reply envelope is enclosed."),
}  # fmt: skip
