"""The one line the help page says of each written command, and the names of its sections."""

SENTENCES: dict[str, dict[str, str]] = {
    "table.section.steps": {"ja": "請求の手続", "en": "Steps of a case"},
    "table.section.others": {"ja": "ほかの手続", "en": "Other procedures"},
    "table.section.looks": {"ja": "見る", "en": "Looking"},
    "table.section.post": {"ja": "郵便", "en": "The post room"},
    "table.section.office": {"ja": "窓口", "en": "The office"},
    "table.today": {"ja": "今日の仕事を一画面で。", "en": "the day on one screen"},
    "table.list": {"ja": "急ぐ順の仕事の一覧。", "en": "the work list, most urgent first"},
    "table.find": {
        "ja": "氏名・電話・住所・手紙の番号から探します。",
        "en": "whose case it is: by name, telephone, address, letter",
    },
    "table.show": {
        "ja": "一件のすべて。期限の理由も示します。",
        "en": "everything about one case, its deadlines explained",
    },
    "table.why": {
        "ja": "いま何ができ、何が足りないか。",
        "en": "what is possible now, and what is missing for the rest",
    },
    "table.history": {"ja": "だれが、いつ、何をしたか。", "en": "who did what, and when"},
    "table.fees": {"ja": "手数料の帳簿。", "en": "the books of fees and postage"},
    "table.notices": {"ja": "時計とシステムからの知らせ。", "en": "what the clock and the system told whom"},
    "table.diagram": {"ja": "手続の図（Mermaid）。", "en": "the procedure as a Mermaid diagram"},
    "table.letters": {"ja": "手紙の一覧。", "en": "the letters and where they stand"},
    "table.print": {
        "ja": "手紙を一つの PDF にまとめて印刷に出します。",
        "en": "put letters into one PDF for the printer",
    },
    "table.posted": {"ja": "投函を記録します。", "en": "record that letters went into the post"},
    "table.returned": {"ja": "戻ってきた手紙を記録します。", "en": "record a letter that came back"},
    "table.draft": {"ja": "回答の下書きを PDF にします。", "en": "what the answer would look like, as a PDF"},
    "table.scan": {"ja": "返送された書式を読み取ります。", "en": "register returned forms from the scanner"},
    "table.tray": {"ja": "どの請求のものか分からないページ。", "en": "scanned pages nobody could match"},
    "table.papers": {"ja": "請求について保存しているページ。", "en": "the pages held of a case"},
    "table.disposals": {"ja": "原本を処分したときに署名する一覧", "en": "papers whose time is over, as a list to sign"},
    "table.erase": {"ja": "終了した案件の個人情報を消去", "en": "erase the personal data of a closed case"},
    "table.evidence": {
        "ja": "一件の記録を、確かめられる形でまとめます。",
        "en": "the record of a case for the regulator, verifiable",
    },
    "table.letter-kinds": {
        "ja": "手紙の種類ごとに、作成と印刷を止め、また始めます。",
        "en": "stop a kind of letter whose template is wrong, and start it again",
    },
    "table.import": {"ja": "CSV から多数の請求を受け付けます。", "en": "open many cases from a CSV file"},
    "table.assign": {"ja": "担当者を決めます。", "en": "say who has a case"},
    "table.staff": {"ja": "担当者と役割。", "en": "who works here, and in which roles"},
    "table.office": {"ja": "この窓口が何か。新しい窓口の開設。", "en": "what this office is; founding one"},
    "table.clock": {"ja": "窓口の時刻。", "en": "the office's time"},
    "table.inquiry": {
        "ja": "そのほかの問合せ。請求にすることもできます。",
        "en": "other inquiries; one can become a case",
    },
    "table.plan": {
        "ja": "この版の手続を動かすとどうなるか。",
        "en": "what this checkout's procedure would do to the open cases",
    },
    "table.bulk": {"ja": "同じ操作を多数の請求に行います。", "en": "the same decision over many cases"},
    "table.procedure": {
        "ja": "窓口が公表している手続（確かめる、採用する）",
        "en": "the procedure this office publishes: what holds, checking and adopting a file",
    },
    "table.calendar": {
        "ja": "窓口の休業日。未了の期限も動きます。",
        "en": "holidays and closures; open deadlines move with them",
    },
    "table.audit": {"ja": "記録が書き換えられていないことを確かめます。", "en": "verify what was recorded"},
    "table.doctor": {
        "ja": "保存されているものが互いに合っているか。",
        "en": "whether everything stored fits together",
    },
    "table.incidents": {"ja": "障害の記録（取り置いたもの）。", "en": "what was set aside, and whether it is back"},
    "table.requeue": {"ja": "取り置いたものを元に戻します。", "en": "bring back what was set aside"},
    "table.status": {"ja": "すべて動いているか。", "en": "whether everything runs"},
    "table.completion": {"ja": "シェルの補完を設定します。", "en": "completion for bash, zsh or fish"},
}
