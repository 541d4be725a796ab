"""What stands on the published sheet, the contact card and the page for the website, beside the clauses."""

SENTENCES: dict[str, dict[str, str]] = {
    "published.title": {
        "ja": "個人情報の開示等のご請求について",
        "en": "Requests concerning your personal information",
    },
    "published.card": {
        "ja": "個人情報に関するお問い合わせ・ご請求の窓口",
        "en": "Where to turn about your personal information",
    },
    "published.reach": {"ja": "窓口", "en": "How to reach us"},
    "published.rights": {"ja": "ご請求いただける内容", "en": "What you may ask for"},
    "published.right": {"ja": "{right}（{article}）", "en": "{right} ({article})"},
    "published.proofs_of": {"ja": "{kind}：{proofs}{more}", "en": "{kind}: {proofs}{more}"},
    "published.downloads": {"ja": "書式", "en": "Forms"},
    "published.papers": {"ja": "お使いいただける本人確認書類", "en": "Identity documents we accept"},
    "published.head.paper": {"ja": "書類", "en": "Document"},
    "published.head.photograph": {"ja": "顔写真", "en": "Photo"},
    "published.head.notes": {"ja": "黒塗りをする箇所・ご注意", "en": "What to black out, and other points"},
    "published.photograph": {"ja": "あり", "en": "yes"},
    "published.no_photograph": {"ja": "なし", "en": "no"},
    "published.joint": {"ja": "　／　", "en": ". "},
    "published.languages": {"ja": "言語", "en": "Languages"},
    "published.itself": {"ja": "日本語", "en": "English"},
    "published.foot": {
        "ja": "{day}作成。{first}から適用する手続による（{file} {digest}）。",
        "en": "Made on {day} from the procedure in force from {first} ({file} {digest}).",
    },
    "published.foot_of_source": {
        "ja": "{day}作成。標準の手続による。",
        "en": "Made on {day} from the built-in procedure.",
    },
}
