"""What is said of how a request begins: by which ways, with or without its forms."""

SENTENCES: dict[str, dict[str, str]] = {
    "request.help.open_with_forms": {
        "ja": "書式とともに届いた請求を受け付けます。届いた日から法律の期間が始まります。",
        "en": "Take up a request that came with its own forms: it begins where others are once their forms came back.",
    },
    "way_not_open": {
        "ja": "この窓口の手続では、{way}による請求は受け付けていません（受け付けるのは{known}です）。"
        "問合せとして記録するなら inquiry add を使ってください。",
        "en": "the office's procedure takes no request by {way}; it takes them by {known}. "
        "Nothing is lost: record it with inquiry add.",
    },
    "way_not_accepted": {
        "ja": "{way}による請求は受け付けていません（受け付けるのは{known}です）。"
        "伝える言葉:「{said}」。届いたことは inquiry add で記録できます。",
        "en": "no request is taken by {way}; it is taken by {known}. Say: “{said}” "
        "Nothing is lost: record it with inquiry add.",
    },
    "began_unsaid": {
        "ja": "どの方法で始まった請求かを書いてください。began: {known} のいずれかです。",
        "en": "say by which way the request came: began: one of {known}.",
    },
    "nothing_came_with_it": {
        "ja": "{way}で始まる請求には、いつ届いたか（arrived_at）が必要です。",
        "en": "a request that begins by {way} needs the time it came: arrived_at, and what came with it.",
    },
    "came_to_forms_of_ours": {
        "ja": "{case}は、当方が送った書式への返送です。届いたものには回答します。"
        "登録の誤りなら receive-forms --undo を使ってください。",
        "en": "what came to {case} answers forms of ours, and is answered; registered by mistake, "
        "it is taken back with receive-forms --undo.",
    },
}

NOUNS: dict[str, dict[str, str]] = {
    "transition.open_with_forms": {"ja": "書式とともに届いた請求の受付", "en": "open with forms"},
    "began.contact": {"ja": "事前の連絡", "en": "a first contact"},
    "began.own_download": {"ja": "ダウンロードした書式の郵送", "en": "a downloaded form in the post"},
    "began.letter": {"ja": "書面の郵送", "en": "a letter"},
    "began.counter": {"ja": "来所", "en": "a visit to the counter"},
    "began.web": {"ja": "ウェブの入力画面", "en": "the web form"},
    "began.email": {"ja": "電子メール", "en": "e-mail"},
    "began.fax": {"ja": "ファクス", "en": "fax"},
    "began.phone": {"ja": "電話", "en": "telephone"},
}
