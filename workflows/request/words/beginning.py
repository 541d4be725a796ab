"""What is said of how a request begins: by which ways, with or without its forms."""

SENTENCES: dict[str, dict[str, str]] = {
    "request.help.open_with_forms": {
        "ja": "書式とともに届いた請求を受け付けます。届いた日から法律の期間が始まります。",
        "en": "Take up a request that came with its own forms: it begins where others are once their forms came back.",
    },
    "way_not_open": {
        "ja": "この窓口の手続では、{way}による請求は受け付けていません（受け付けるのは{known}です）。",
        "en": "the office's procedure takes no request by {way}; it takes them by {known}.",
    },
    "way_not_accepted": {
        "ja": "{way}による請求は受け付けていません（受け付けるのは{known}です）。伝える言葉:「{said}」",
        "en": "no request is taken by {way}; it is taken by {known}. Say: “{said}”",
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
    "request.help.receive_own_forms": {
        "ja": "こちらの書式を送る前に、相手が自分で用意した書式が届いたことを登録します。",
        "en": "Register a form of their own of somebody who was in touch, before ours went into the post: "
        "ours stays here.",
    },
    "request.help.undo_own_arrival": {
        "ja": "自分で用意した書式が届いたという登録を取り消します。こちらの書式を改めて用意します。",
        "en": "Take back that somebody brought a form of their own before ours went: ours are ordered anew.",
    },
    "forms_not_sent_so": {
        "ja": "この手続では、書式を{by}で送りません（送る方法は{known}です）。",
        "en": "the office sends no forms by {by}; it sends them by {known}.",
    },
    "no_email_known": {
        "ja": "{case}の宛先の電子メールアドレスが分かりません。amend で加えてください。",
        "en": "no e-mail address is known of whoever gets the letters of {case}: add it with amend.",
    },
    "request.option.by": {
        "ja": "書式の送り方（post、email）。email なら、印刷したPDFを添付して送ったことを記録します。",
        "en": "how the forms went out (post, email); by e-mail, as the PDF that print wrote, attached",
    },
    "began_with_it": {
        "ja": "{case}は、届いたその書類で始まった請求です。請求ではなかったのなら void で終わらせ、"
        "登録を直すなら receive-forms --again を使ってください。",
        "en": "{case} began with what came: where it was no request, void it; where it was registered wrongly, "
        "register it anew with receive-forms --again.",
    },
    "came_by_another_class": {
        "ja": "{came}で届きました（お願いしているのは{known}です）。受け付けはしました。",
        "en": "it came by {came}, and the office asks for {known}; it is taken all the same.",
    },
    "right_unwritten": {
        "ja": "{right}を求める書面がありません。",
        "en": "nothing in writing asks for {right}.",
    },
    "deficiency.right_unwritten": {
        "ja": "「{right}」を請求される旨をお書きになり、署名（または記名押印）のうえお送りください。",
        "en": "Please write that you ask for “{right}”, and sign it (or print your name and apply a seal).",
    },
    "paper_missing": {"ja": "{paper}が届いていません。", "en": "{paper} did not come."},
    "deficiency.paper": {
        "ja": "「{paper}」が同封されていませんでした。お送りください。",
        "en": "The following was not enclosed: {paper}. Please send it.",
    },
    "form_unknown": {
        "ja": "{case}の手続に{form}という様式はありません。あるのは {known} です。",
        "en": "the procedure of {case} has no form {form}; it has {known}.",
    },
    "paper_unknown": {
        "ja": "この手続に{word}という添付書類はありません。あるのは {known} です。",
        "en": "the procedure knows no further paper {word}; it knows {known}.",
    },
    "nothing_comes_by_voice": {
        "ja": "{way}では書類も署名も届きません。届いたものは、届いた方法で登録してください。",
        "en": "nothing in writing comes by {way}: register papers by the way they came.",
    },
}
