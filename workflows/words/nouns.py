"""The words for every code: papers, masks, forms, rights, states, roles, reasons.

A code that only ever means one thing (a document, a mask, a party) stands alone; every other code stands under its
group ("form.disclosure", "right.disclosure"), because the same word is a form in one place and a right in another.
States and transitions keep, in English, the names staff type.
"""

Noun = dict[str, str]


def _noun(ja: str, en: str) -> Noun:
    return {"ja": ja, "en": en}


_ALONE: dict[str, Noun] = {
    # parties
    "subject": _noun("本人", "subject"),
    "representative": _noun("代理人", "representative"),
    # papers
    "drivers_licence": _noun("運転免許証", "driver's licence"),
    "driving_record_certificate": _noun("運転経歴証明書", "driving record certificate"),
    "passport": _noun("旅券", "passport"),
    "my_number_card": _noun("個人番号カード", "My Number card"),
    "notification_card": _noun("通知カード", "My Number notification card"),
    "residence_card": _noun("在留カード", "residence card"),
    "special_permanent_resident_certificate": _noun("特別永住者証明書", "special permanent resident certificate"),
    "identity_card": _noun("国民身分証明書", "national identity card"),
    "health_insurance_card": _noun("健康保険証", "health insurance card"),
    "eligibility_certificate": _noun("資格確認書", "eligibility certificate"),
    "pension_notebook": _noun("年金手帳", "pension notebook"),
    "family_register": _noun("戸籍謄本・抄本", "family register"),
    "resident_record": _noun("住民票の写し", "resident record"),
    "seal_certificate": _noun("印鑑登録証明書", "seal registration certificate"),
    "registration_certificate": _noun("登記事項証明書", "registration certificate"),
    "proxy_statement": _noun("委任状", "proxy statement"),
    # what must be blocked out
    "registered_domicile": _noun("本籍", "registered domicile"),
    "individual_number": _noun("個人番号（マイナンバー）", "My Number"),
    "resident_record_code": _noun("住民票コード", "resident record code"),
    "insurer_number": _noun("保険者番号", "insurer number"),
    "insured_symbol_and_number": _noun("被保険者等記号・番号", "symbol and number of the insured"),
    "qr_code": _noun("二次元コード", "QR code"),
    "basic_pension_number": _noun("基礎年金番号", "basic pension number"),
    "items_to_mask": _noun("黒塗りが必要な事項", "items that must be blocked out"),
}

_GROUPS: dict[str, dict[str, Noun]] = {
    "document": {"other": _noun("その他の公的書類", "other official document")},
    # How a letter speaks of the parties.
    "polite": {
        "subject": _noun("ご本人様", "the individual"),
        "representative": _noun("代理人様", "the representative"),
    },
    "form": {
        "disclosure": _noun(
            "個人情報利用目的通知・開示請求書",
            "Personal information purpose of use notification/disclosure request form",
        ),
        "correction": _noun("個人情報訂正等請求書", "Personal information correction, etc. request form"),
        "halt": _noun("個人情報利用停止等請求書", "Personal information utilization halt, etc. request form"),
        "proxy": _noun("委任状", "Proxy statement"),
    },
    "right": {
        "purpose_notice": _noun("利用目的の通知", "notification of purposes of use"),
        "disclosure": _noun("開示", "disclosure"),
        "provision_records": _noun("第三者提供記録の開示", "disclosure of third-party-provision records"),
        "correction": _noun("訂正・追加・削除", "correction, addition or deletion"),
        "halt_use": _noun("利用の停止または消去", "halting of use or erasure"),
        "halt_provision": _noun("第三者提供の停止", "halting of third-party provision"),
    },
    "category": {
        "customer": _noun("お客様", "customer"),
        "shareholder": _noun("株主", "shareholder"),
        "applicant": _noun("採用応募者", "applicant"),
        "employee": _noun("従業員", "employee"),
    },
    "channel": {
        "post": _noun("郵便", "post"),
        "phone": _noun("電話", "telephone"),
        "email": _noun("電子メール", "e-mail"),
        "visit": _noun("来訪", "visit"),
    },
    "how": {
        "post": _noun("郵便", "by post"),
        "phone": _noun("電話", "by telephone"),
        "email": _noun("電子メール", "by e-mail"),
        "visit": _noun("来訪", "in person"),
    },
    "language": {"ja": _noun("日本語", "Japanese"), "en": _noun("英語", "English")},
    "role": {
        "clerk": _noun("受付担当", "clerk"),
        "verifier": _noun("本人確認担当", "verifier"),
        "approver": _noun("承認者", "approver"),
        "lead": _noun("責任者", "lead"),
        "system": _noun("システム", "system"),
    },
    "kind": {
        "minor": _noun("未成年者の法定代理人", "legal representative of a minor"),
        "adult_ward": _noun("成年被後見人の法定代理人", "legal representative of an adult ward"),
        "agent": _noun("委任による代理人", "agent by mandate"),
    },
    "outcome": {
        "granted": _noun("請求のとおりの措置", "granted"),
        "partly": _noun("一部についての措置", "partly granted"),
        "not_held": _noun("不存在", "not held"),
        "alternative": _noun("代替措置", "alternative measure"),
        "refused": _noun("措置をとらない旨", "refused"),
    },
    "measure": {
        "cease": _noun("停止", "halt"),
        "erase": _noun("消去", "erasure"),
    },
    "halt_reason": {
        "unlawful_use": _noun("法に違反した取扱い", "unlawful handling"),
        "unneeded": _noun("利用する必要がなくなったこと", "the data is no longer needed"),
        "leak": _noun("漏えい等の発生", "a leak"),
        "harm": _noun("権利または正当な利益が害されるおそれ", "likely harm to rights or legitimate interests"),
    },
    "method": {
        "paper": _noun("書面", "on paper"),
        "electronic": _noun("電磁的記録（ディスクの郵送）", "electronically (a disc by post)"),
    },
    "masking": {
        "masked": _noun("黒塗り済み", "blocked out"),
        "not_shown": _noun("記載なし", "not shown"),
        "open": _noun("黒塗りなし", "not blocked out"),
    },
    "address": {
        "stated": _noun("申し出のあった住所", "the stated address"),
        "other": _noun("別の住所", "another address"),
        "none": _noun("住所の記載なし", "no address"),
    },
    "state": {
        "contacted": _noun("受付済み", "contacted"),
        "forms_mailed": _noun("書式発送済み", "forms_mailed"),
        "forms_returned": _noun("書式返送済み", "forms_returned"),
        "id_verified": _noun("本人確認済み", "id_verified"),
        "fulfilled": _noun("措置・通知済み", "fulfilled"),
        "refused": _noun("拒否", "refused"),
        "withdrawn": _noun("取下げ", "withdrawn"),
        "lapsed": _noun("期限経過による終了", "lapsed"),
        "voided": _noun("無効", "voided"),
    },
    "transition": {
        "open": _noun("受付", "open"),
        "amend": _noun("内容の変更", "amend"),
        "mail_forms": _noun("書式の発送", "mail-forms"),
        "undeliverable": _noun("宛所不明・返戻の登録", "undeliverable"),
        "receive_forms": _noun("返送の受領", "receive-forms"),
        "ask_again": _noun("補正依頼", "ask-again"),
        "verify_identity": _noun("本人確認", "verify-identity"),
        "unverify": _noun("本人確認の取消し", "unverify"),
        "decide": _noun("決定", "decide"),
        "fulfil": _noun("措置の承認と通知", "fulfil"),
        "refuse": _noun("拒否の承認と通知", "refuse"),
        "withdraw": _noun("取下げ", "withdraw"),
        "void": _noun("無効化", "void"),
        "remind": _noun("再度のご案内", "remind"),
        "put_off": _noun("登録待ち", "put-off"),
        "escalate": _noun("責任者への報告", "escalate"),
        "lapse": _noun("期限経過による終了", "lapse"),
        "give_up_waiting": _noun("返送待ちの打切り", "give-up-waiting"),
        "reopen": _noun("再開", "reopen"),
        "hold": _noun("保留", "hold"),
        "resume": _noun("保留の解除", "resume"),
        "extend": _noun("期間の延長", "extend"),
        "record_posting": _noun("投函の記録", "record-posting"),
        "record_return": _noun("返戻の記録", "record-return"),
        "post_again": _noun("再発送", "post-again"),
        "override": _noun("例外の申請", "override"),
        "approve": _noun("例外の承認", "approve"),
        "recount": _noun("期限の数え直し（休業日の変更）", "recount"),
        "adopt": _noun("新しい版への移行", "adopt"),
    },
    "letter": {
        "request_forms": _noun("請求書式のご送付", "request forms"),
        "deficiency_notice": _noun("補正のお願い", "deficiency notice"),
        "reminder": _noun("再度のご案内", "reminder"),
        "lapse_notice": _noun("手続終了のお知らせ", "lapse notice"),
        "disclosure_notification": _noun("個人情報開示等通知書", "Personal information disclosure notification"),
        "withdrawal_confirmation": _noun("取下げの確認", "withdrawal confirmation"),
        "extension_notice": _noun("回答期間延長のお知らせ", "extension notice"),
    },
    "letter_state": {
        "ordered": _noun("作成待ち", "ordered"),
        "made": _noun("作成済み", "made"),
        "printed": _noun("印刷済み", "printed"),
        "posted": _noun("投函済み", "posted"),
        "returned": _noun("返戻", "returned"),
        "void": _noun("無効", "void"),
    },
    "mail_class": {
        "ordinary": _noun("普通郵便", "ordinary mail"),
        "simple_registered": _noun("簡易書留", "simple registered mail"),
        "record_tracked": _noun("特定記録", "record-tracked mail"),
        "addressee_only": _noun("本人限定受取", "addressee-only mail"),
    },
    "return": {
        "unknown_address": _noun("宛所不明", "unknown at the address"),
        "moved": _noun("転居先不明", "moved away"),
        "refused": _noun("受取拒否", "delivery refused"),
        "unclaimed": _noun("保管期間経過", "not collected"),
    },
    "stop": {
        "wrong_wording": _noun("文言の誤り", "wrong wording"),
        "wrong_layout": _noun("体裁の誤り", "wrong layout"),
        "law_changed": _noun("法令の改正", "the law has changed"),
    },
    "hold": {
        "awaiting_information": _noun("情報待ち", "awaiting information"),
        "awaiting_decision": _noun("判断待ち", "awaiting a decision"),
        "suspected_fraud": _noun("なりすましの疑い", "suspected fraud"),
        "other": _noun("その他", "other"),
        "wrong_code": _noun("書式コードの不一致", "a wrong form code"),
        "old_code": _noun("以前の書式コード", "an old form code"),
        "foreign_code": _noun("別の請求の書式コード", "the form code of another case"),
        "missing_code": _noun("書式コードなし", "no form code"),
    },
    "code": {
        "good": _noun("有効", "good"),
        "missing": _noun("なし", "missing"),
        "wrong": _noun("不一致", "wrong"),
        "old": _noun("以前の書式のもの", "old"),
        "foreign": _noun("別の請求のもの", "of another case"),
        "expired": _noun("期限切れ", "expired"),
        "void": _noun("無効", "void"),
    },
    "discard": {
        "not_ours": _noun("当社あてではない", "not meant for this office"),
        "blank": _noun("白紙", "blank"),
        "duplicate": _noun("重複", "a duplicate"),
        "illegible": _noun("判読不能", "illegible"),
        "my_number_back": _noun("個人番号カードの裏面", "the back of a My Number card"),
        "other": _noun("その他", "another reason"),
    },
    "void": {
        "duplicate": _noun("重複", "duplicate"),
        "misdirected": _noun("宛先違い", "misdirected"),
        "mistake": _noun("誤って受付", "opened by mistake"),
    },
    "extend": {
        "complexity": _noun("請求の複雑さ", "complexity of the request"),
        "number_of_requests": _noun("請求の件数", "number of requests"),
    },
    "ground": {
        "harm": _noun("権利利益を害するおそれ", "harm to the individual or to others"),
        "business": _noun("業務への著しい支障", "serious impediment to the business"),
        "other_law": _noun("他の法令への違反", "violation of another law"),
        "other_procedure": _noun("他の法令の特別の手続", "procedure of another law"),
        "not_held": _noun("不存在", "not held"),
        "record_excluded": _noun("対象外の第三者提供記録", "excluded third-party-provision record"),
        "purpose_obvious": _noun("利用目的が明らか", "purposes already plain"),
        "purpose_harm": _noun("通知による権利利益の侵害のおそれ", "harm by stating the purposes"),
        "purpose_own_rights": _noun("通知による当社の権利利益の侵害のおそれ", "harm to our own rights"),
        "purpose_state_task": _noun("国の機関等の事務への支障", "impediment to a public task"),
        "accurate": _noun("内容が事実と相違しないこと", "content accurate"),
        "no_ground_to_halt": _noun("停止等の理由がないこと", "no ground for a halt"),
        "provision_by_law": _noun("法令に基づく提供", "provision based on law"),
        "provision_for_life": _noun(
            "生命・身体・財産の保護のための提供", "provision to protect life, body or property"
        ),
        "provision_for_public_health": _noun(
            "公衆衛生・児童の育成のための提供", "provision for public health or children"
        ),
        "provision_for_state_task": _noun("国の機関等への協力のための提供", "provision for a public task"),
        "provision_for_research": _noun("学術研究のための提供", "provision for academic research"),
        "entrustment": _noun("委託", "entrustment"),
        "business_succession": _noun("事業の承継", "succession of business"),
        "joint_use": _noun("共同利用", "joint use"),
        "identity_not_proven": _noun("本人確認ができないこと", "identity not proven"),
        "representation_not_proven": _noun("代理権の確認ができないこと", "right to represent not proven"),
        "method_not_followed": _noun("請求の方法に沿っていないこと", "method not followed"),
        "manifestly_unfounded": _noun("明らかに理由のない請求", "manifestly unfounded"),
        "excessive": _noun("過度な請求", "excessive"),
        "rights_of_others": _noun("他の方の権利および自由", "rights and freedoms of others"),
        "restricted_by_law": _noun("法令による権利の制限", "right restricted by law"),
        "not_identifiable": _noun("対象データの特定不能", "data cannot be told apart"),
        "legal_obligation": _noun("法令上の義務", "legal obligation"),
        "public_interest_or_research": _noun("公益・研究のための取扱い", "public interest or research"),
        "legal_claims": _noun("法的請求のための取扱い", "legal claims"),
        "compelling_grounds": _noun("やむを得ない正当な根拠", "compelling legitimate grounds"),
    },
    # dates that are known by their own names
    "due": {
        "warn": _noun("法39条の予告", "APPI 39 nears"),
        "appi_39": _noun("法39条の期日", "APPI 39"),
        "answer_due": _noun("GDPRの回答期限", "GDPR 12(3)"),
        "answer_due_extended": _noun("延長後の回答期限", "GDPR 12(3), extended"),
    },
    "dropped": {
        "too_large": _noun("大きすぎるもの", "too large"),
        "not_json": _noun("JSON ではないもの", "no JSON"),
        "pickled": _noun("pickle されたもの", "pickled"),
        "no_envelope": _noun("メッセージの形でないもの", "no message"),
        "content_type": _noun("扱わない形式", "of another content type"),
        "unknown_task": _noun("知らないタスク", "an unknown task"),
        "headers": _noun("ヘッダーの誤り", "with headers that are not ours"),
        "body": _noun("本文の誤り", "with a body that is not ours"),
        "arguments": _noun("引数の誤り", "with arguments that are no ids"),
        "wrong_key": _noun("キューの名を持つ別のもの", "something else under a queue's name"),
        "unreadable_again": _noun("差し戻せないもの", "unreadable among the unacknowledged"),
    },
}

NOUNS: dict[str, Noun] = {
    **_ALONE,
    **{f"{group}.{code}": noun for group, nouns in _GROUPS.items() for code, noun in nouns.items()},
}
