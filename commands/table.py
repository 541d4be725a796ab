"""Every command of the script. Made by ``python -m commands.make_table``; do not edit."""

from commands.row import Row

# fmt: off
SECTIONS: dict[str, tuple[str, str]] = {
    "steps": ("請求の手続", "Steps of a case"),
    "looks": ("見る", "Looking"),
    "post": ("郵便", "The post room"),
    "office": ("窓口", "The office"),
}
TABLE: dict[str, Row] = {
    "open": Row(
        "steps", "commands.transitions", "open", True,
        "最初の連絡を受け付けます。郵送先が分かれば、書式の送付も手配します。",
        "take up a first contact",
    ),
    "amend": Row(
        "steps", "commands.transitions", "amend", True,
        "住所・連絡先・代理人・請求の内容を、理由を添えて変更します。",
        "change the address, contact, representative or rights, and say why",
    ),
    "mail-forms": Row(
        "steps", "commands.transitions", "mail_forms", True,
        "今回の書式を投函したことを記録します。期限は投函日から数えます。",
        "record that the round's forms went into the post",
    ),
    "undeliverable": Row(
        "steps", "commands.transitions", "undeliverable", True,
        "今回の書式が戻ってきたことを記録します。書式コードは無効になります。",
        "record that the round's forms came back",
    ),
    "receive-forms": Row(
        "steps", "commands.transitions", "receive_forms", True,
        "返送されたものを、到着した日時で登録します。コードが合わなければ責任者の確認まで保留します。",
        "register what came back, at its arrival time",
    ),
    "ask-again": Row(
        "steps", "commands.transitions", "ask_again", True,
        "足りないものすべてを、一通の補正依頼で求めます。",
        "ask for all that is missing in ONE deficiency notice",
    ),
    "verify-identity": Row(
        "steps", "commands.transitions", "verify_identity", True,
        "本人（代理人のときは代理権も）を確認したことを記録します。",
        "confirm that the person is who they say and may ask",
    ),
    "unverify": Row(
        "steps", "commands.transitions", "unverify", True,
        "本人確認を取り消し、返送済みに戻します（誤りのとき、または確認した内容が変わったとき）。",
        "take the verification back",
    ),
    "decide": Row(
        "steps", "commands.transitions", "decide", True,
        "請求ごとに結果を決めます。後の決定が前の決定に代わり、どちらも履歴に残ります。",
        "decide each right",
    ),
    "fulfil": Row(
        "steps", "commands.transitions", "fulfil", True,
        "回答を承認します。個人情報開示等通知書の作成を手配します。",
        "release the answer: the disclosure notification is ordered",
    ),
    "refuse": Row(
        "steps", "commands.transitions", "refuse", True,
        "すべての請求の拒否を承認します。個人情報開示等通知書の作成を手配します。",
        "release the refusal of every right",
    ),
    "withdraw": Row(
        "steps", "commands.transitions", "withdraw", True,
        "取下げを受けて終了します。",
        "close the case because the subject takes the request back",
    ),
    "void": Row(
        "steps", "commands.transitions", "void", True,
        "請求ではなかったもの（重複・宛先違い・誤り）を終了します。",
        "close a case that never was a request",
    ),
    "reopen": Row(
        "steps", "commands.transitions", "reopen", True,
        "期限経過で終了した後に届いた書式を登録し、手続を再開します。",
        "take up a lapsed case whose forms came after all",
    ),
    "hold": Row(
        "steps", "commands.transitions", "hold", True,
        "窓口の期限を止めます。法律上の期限は止まりません。",
        "let the office's deadlines stand still",
    ),
    "resume": Row(
        "steps", "commands.transitions", "resume", True,
        "保留を解きます。保留した営業日数だけ期限が延びます。",
        "let the deadlines run again, later by the working days on hold",
    ),
    "extend": Row(
        "steps", "commands.transitions", "extend", True,
        "法律が認める場合に一度だけ、通知して回答期間を延長します。",
        "take more time for the answer, once and with a notice, where the law knows that",
    ),
    "record-posting": Row(
        "steps", "commands.transitions", "record_posting", True,
        "印刷した手紙を投函したことを記録します。",
        "record that a printed letter went into the post",
    ),
    "record-return": Row(
        "steps", "commands.transitions", "record_return", True,
        "手紙が戻ってきたことを記録します。",
        "record that the post brought a letter back",
    ),
    "post-again": Row(
        "steps", "commands.transitions", "post_again", True,
        "戻ってきた手紙を、写しとして送り直します。",
        "send what came back once more, as marked copy 2 of the same letter",
    ),
    "override": Row(
        "steps", "commands.transitions", "override", True,
        "書類の不足の例外を申請します（承認は別の人がします）。",
        "ask to accept less (or to ask for more) evidence than the table",
    ),
    "approve": Row(
        "steps", "commands.transitions", "approve", True,
        "ほかの人が申請した例外を承認します。その不足だけが補われます。",
        "approve an override somebody else asked for",
    ),
    "list": Row(
        "looks", "commands.worklist", "list_", False,
        "急ぐ順の仕事の一覧。",
        "the work list, most urgent first",
    ),
    "show": Row(
        "looks", "commands.case", "show", False,
        "一件のすべて。期限の理由も示します。",
        "everything about one case, its deadlines explained",
    ),
    "why": Row(
        "looks", "commands.case", "why", False,
        "いま何ができ、何が足りないか。",
        "what is possible now, and what is missing for the rest",
    ),
    "history": Row(
        "looks", "commands.case", "history", False,
        "だれが、いつ、何をしたか。",
        "who did what, and when",
    ),
    "notices": Row(
        "looks", "commands.notices", "notices", False,
        "時計とシステムからの知らせ。",
        "what the clock and the system told whom",
    ),
    "diagram": Row(
        "looks", "commands.diagram", "diagram", False,
        "手続の図（Mermaid）。",
        "the procedure as a Mermaid diagram",
    ),
    "letters": Row(
        "post", "commands.post", "letters", False,
        "手紙の一覧。",
        "the letters and where they stand",
    ),
    "print": Row(
        "post", "commands.post", "print_", False,
        "手紙を一つの PDF にまとめて印刷に出します。",
        "put letters into one PDF for the printer",
    ),
    "posted": Row(
        "post", "commands.post", "posted", False,
        "投函を記録します。",
        "record that letters went into the post",
    ),
    "returned": Row(
        "post", "commands.post", "returned", False,
        "戻ってきた手紙を記録します。",
        "record a letter that came back",
    ),
    "draft": Row(
        "post", "commands.post", "draft", False,
        "回答の下書きを PDF にします。",
        "what the answer would look like, as a PDF",
    ),
    "scan": Row(
        "post", "commands.scan", "scan", False,
        "返送された書式を読み取ります。",
        "register returned forms from the scanner",
    ),
    "tray": Row(
        "post", "commands.tray", "tray", False,
        "どの請求のものか分からないページ。",
        "scanned pages nobody could match",
    ),
    "papers": Row(
        "post", "commands.tray", "papers", False,
        "請求について保存しているページ。",
        "the pages held of a case",
    ),
    "letter-kinds": Row(
        "post", "commands.letter_kinds", "letter_kinds", False,
        "手紙の種類ごとに、作成と印刷を止め、また始めます。",
        "stop a kind of letter whose template is wrong, and start it again",
    ),
    "import": Row(
        "office", "commands.importing", "import_", False,
        "CSV から多数の請求を受け付けます。",
        "open many cases from a CSV file",
    ),
    "assign": Row(
        "office", "commands.staff", "assign", False,
        "担当者を決めます。",
        "say who has a case",
    ),
    "staff": Row(
        "office", "commands.staff", "staff", False,
        "担当者と役割。",
        "who works here, and in which roles",
    ),
    "office": Row(
        "office", "commands.founding", "office", False,
        "この窓口が何か。新しい窓口の開設。",
        "what this office is; founding one",
    ),
    "clock": Row(
        "office", "commands.clock", "clock", False,
        "窓口の時刻。",
        "the office's time",
    ),
    "inquiry": Row(
        "office", "commands.inquiry", "inquiry", False,
        "そのほかの問合せ。請求にすることもできます。",
        "other inquiries; one can become a case",
    ),
    "plan": Row(
        "office", "commands.plan", "plan", False,
        "この版の手続を動かすとどうなるか。",
        "what this checkout's procedure would do to the open cases",
    ),
    "bulk": Row(
        "office", "commands.bulk", "bulk", False,
        "同じ操作を多数の請求に行います。",
        "the same decision over many cases",
    ),
    "calendar": Row(
        "office", "commands.calendar", "calendar", False,
        "窓口の休業日。未了の期限も動きます。",
        "holidays and closures; open deadlines move with them",
    ),
    "doctor": Row(
        "office", "commands.status", "doctor", False,
        "保存されているものが互いに合っているか。",
        "whether everything stored fits together",
    ),
    "incidents": Row(
        "office", "commands.requeue", "incidents", False,
        "障害の記録（取り置いたもの）。",
        "what was set aside, and whether it is back",
    ),
    "requeue": Row(
        "office", "commands.requeue", "requeue", False,
        "取り置いたものを元に戻します。",
        "bring back what was set aside",
    ),
    "status": Row(
        "office", "commands.status", "status", False,
        "すべて動いているか。",
        "whether everything runs",
    ),
}
