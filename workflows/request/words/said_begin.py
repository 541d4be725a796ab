"""How a request begins, on which forms, with what further papers, and how it is sent: for the person who asks."""

SENTENCES: dict[str, dict[str, str]] = {
    "said_begin.quoted": {"ja": "「{form}」", "en": "“{form}”"},
    "said_begin.fill_in": {
        "ja": "{forms}に、黒または青のペンでご記入ください。",
        "en": "Please fill in, with black or blue ink: {forms}.",
    },
    "said_begin.tick": {
        "ja": "ご請求になる項目の□に、ご自身で印（✓）を付けてください。印のある項目を、ご請求の内容として取り扱います"
        "。",
        "en": "Tick the box of each thing you ask for yourself; we will treat the ticked boxes as your request.",
    },
    "said_begin.sign_only": {
        "ja": "署名欄には、{who}が署名をしてください。",
        "en": "{who} signs in the signature box.",
    },
    "said_begin.sign": {
        "ja": "署名欄には、{who}が署名または記名押印をしてください。",
        "en": "{who} signs, or prints the name and applies a seal, in the signature box.",
    },
    "said_begin.sign_and_seal": {
        "ja": "署名欄には、{who}が署名をし、印を押してください。",
        "en": "{who} signs and applies a seal in the signature box.",
    },
    "said_begin.paper": {
        "ja": "{paper}を同封してください{only}{holders}。",
        "en": "Please enclose: {paper}{only}{holders}.",
    },
    "said_begin.all_pages": {
        "ja": "請求書は全てのページを、切り離さずにお送りください。",
        "en": "Please send all pages of each form, without separating them.",
    },
    "said_begin.label": {
        "ja": "返送用あて名ラベルをお手持ちの封筒に貼ってお使いいただけます。",
        "en": "You can fix the enclosed label to an envelope of your own.",
    },
    "said_begin.check_form": {
        "ja": "{form}（全ページ・署名または記名押印）",
        "en": "{form} (all pages, signed or sealed)",
    },
    "said_begin.check_form_signed": {
        "ja": "{form}（全ページ・署名）",
        "en": "{form} (all pages, signed)",
    },
    "said_begin.check_form_sealed": {
        "ja": "{form}（全ページ・署名と押印）",
        "en": "{form} (all pages, signed and sealed)",
    },
    "said_begin.check_proxy": {
        "ja": "{form}（ご本人の署名または記名押印）",
        "en": "{form} (signed or sealed by the individual)",
    },
    "said_begin.check_proxy_signed": {
        "ja": "{form}（ご本人の署名）",
        "en": "{form} (signed by the individual)",
    },
    "said_begin.check_paper": {"ja": "{paper}", "en": "{paper}"},
    "said_begin.last_slip": {
        "ja": "返送票を同封し、封筒に切手を貼りました。",
        "en": "The return slip is inside, and stamps are on the envelope.",
    },
    "said_begin.slip_how": {
        "ja": "点線で切り取り、お手持ちの封筒の表に貼ってください。切手をお貼りいただき、控えの残る郵便（{posts}"
        "など）でお送りいただくことをおすすめします。",
        "en": "Cut along the dashed line and fix the label to the front of an envelope. Please put stamps on it. We "
        "recommend a service that leaves you a record of posting, such as {posts}.",
    },
    "said_begin.slip_how_any": {
        "ja": "点線で切り取り、お手持ちの封筒の表に貼ってください。切手をお貼りいただき、控えの残る郵便でお送りいただ"
        "くことをおすすめします。",
        "en": "Cut along the dashed line and fix the label to the front of an envelope. Please put stamps on it. We "
        "recommend a service that leaves you a record of posting.",
    },
    "said_begin.recorded_delivery": {"ja": "配達記録付き郵便", "en": "recorded delivery"},
    "said_begin.form": {"ja": "{form}", "en": "{form}"},
    "said_begin.paper_named": {"ja": "{paper}", "en": "{paper}"},
    "said_begin.way.contact": {
        "ja": "まず、窓口までご連絡ください。ご請求に必要な書類をお送りいたします。",
        "en": "Please contact us first; we will send you the papers you need.",
    },
    "said_begin.way.own_download": {
        "ja": "請求書はウェブサイトで入手し、ご記入のうえ、郵送してください。",
        "en": "Please take the form from our website, fill it in, and send it by post.",
    },
    "said_begin.way.letter": {
        "ja": "書面に必要な事項を記載し、郵送してください。",
        "en": "Please write what you ask for in a letter and send it by post.",
    },
    "said_begin.way.counter": {"ja": "窓口でもご請求いただけます。", "en": "You may also come to our counter."},
    "said_begin.way.web": {
        "ja": "ウェブサイトの画面からもご請求いただけます。",
        "en": "You may also ask through our website.",
    },
    "said_begin.way.email": {"ja": "電子メールでもご請求いただけます。", "en": "You may also ask by e-mail."},
    "said_begin.way.fax": {"ja": "ファクシミリでもご請求いただけます。", "en": "You may also ask by fax."},
    "said_begin.way.phone": {"ja": "電話でもご請求いただけます。", "en": "You may also ask by telephone."},
    "said_begin.forms_by_post": {"ja": "書類は郵送いたします。", "en": "We send the forms by post."},
    "said_begin.forms_by_email": {
        "ja": "書類は電子メールでお送りすることもできます。",
        "en": "We can also send the forms by e-mail.",
    },
    "said_begin.not_accepted": {
        "ja": "次の方法によるご請求は、お受けしておりません：{ways}。",
        "en": "We do not accept requests in these ways: {ways}.",
    },
    "said_begin.asker.subject": {"ja": "ご本人", "en": "The individual"},
    "said_begin.asker.representative": {
        "ja": "手続きをされる方（代理人）",
        "en": "The person making the request (the representative)",
    },
    "said_begin.asker.bereaved": {"ja": "手続きをされる方", "en": "The person making the request"},
    "said_begin.asked_by.contact": {"ja": "窓口への連絡", "en": "contacting us"},
    "said_begin.asked_by.own_download": {"ja": "ウェブサイトの書式", "en": "the form from the website"},
    "said_begin.asked_by.letter": {"ja": "書面の郵送", "en": "a letter"},
    "said_begin.asked_by.counter": {"ja": "来訪", "en": "coming in person"},
    "said_begin.asked_by.web": {"ja": "ウェブサイト", "en": "website"},
    "said_begin.asked_by.email": {"ja": "電子メール", "en": "e-mail"},
    "said_begin.asked_by.fax": {"ja": "ファクシミリ", "en": "fax"},
    "said_begin.asked_by.phone": {"ja": "電話", "en": "telephone"},
    "said_begin.paper_when": {
        "ja": "次の場合は、{paper}を同封してください：{when}{only}{holders}。",
        "en": "In this case please enclose: {paper} ({when}){only}{holders}.",
    },
    "said_begin.check_paper_when": {"ja": "{paper}（次の場合：{when}）", "en": "{paper} (where this applies: {when})"},
    "said_begin.check_proxy_sealed": {
        "ja": "{form}（ご本人の署名と押印）",
        "en": "{form} (signed and sealed by the individual)",
    },
    "said_begin.inbound": {"ja": "郵送には、次の方法をお使いください：{posts}。", "en": "Please post it as: {posts}."},
    "said_begin.inbound.simple_registered": {"ja": "簡易書留", "en": "simple registered mail"},
    "said_begin.inbound.recorded": {"ja": "配達の記録が残る郵便", "en": "mail whose delivery is recorded"},
    "said_begin.inbound.cash_registered": {"ja": "現金書留", "en": "cash by registered mail"},
    "said_begin.window": {"ja": "お受けする窓口：{window}。", "en": "You may turn to this office: {window}."},
    "said_begin.asker.anybody": {"ja": "ご請求をされる方", "en": "The person making the request"},
    "said_begin.form_for": {"ja": "{form}{only}{holders}", "en": "{form}{only}{holders}"},
    "said_begin.holders": {"ja": "（{holders}の場合）", "en": " (where it is the {holders})"},
}
