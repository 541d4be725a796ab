"""The words for the ways a request begins, how forms are sent, and how they come back."""

NOUNS: dict[str, dict[str, str]] = {
    "transition.open_with_forms": {"ja": "書式とともに届いた請求の受付", "en": "open with forms"},
    "transition.receive_own_forms": {"ja": "持参・自前の書式の登録", "en": "receive own forms"},
    "transition.undo_own_arrival": {"ja": "自前の書式の登録の取消し", "en": "undo own arrival"},
    "sent_by.post": {"ja": "郵便", "en": "post"},
    "sent_by.email": {"ja": "電子メール", "en": "e-mail"},
    "inbound.any": {"ja": "普通郵便など", "en": "ordinary post"},
    "inbound.recorded": {"ja": "記録の残る郵便", "en": "recorded post"},
    "inbound.simple_registered": {"ja": "簡易書留", "en": "simple registered post"},
    "inbound.cash_registered": {"ja": "現金書留", "en": "registered cash envelope"},
    "began.contact": {"ja": "事前の連絡", "en": "a first contact"},
    "began.own_download": {"ja": "ダウンロードした書式の郵送", "en": "a downloaded form in the post"},
    "began.letter": {"ja": "書面の郵送", "en": "a letter"},
    "began.counter": {"ja": "来所", "en": "a visit to the counter"},
    "began.web": {"ja": "ウェブの入力画面", "en": "the web form"},
    "began.email": {"ja": "電子メール", "en": "e-mail"},
    "began.fax": {"ja": "ファクス", "en": "fax"},
    "began.phone": {"ja": "電話", "en": "telephone"},
}
