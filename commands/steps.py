"""The steps of a case, a line each in Japanese and English. Made by ``python -m commands.make_table``."""

STEPS: dict[str, tuple[str, str]] = {
    "open": (
        "最初の連絡を受け付けます。郵送先が分かれば、書式の送付も手配します。",
        "take up a first contact",
    ),
    "amend": (
        "住所・連絡先・代理人・請求の内容を、理由を添えて変更します。",
        "change the address, contact, representative or rights, and say why",
    ),
    "mail-forms": (
        "今回の書式を投函したことを記録します。期限は投函日から数えます。",
        "record that the round's forms went into the post",
    ),
    "undeliverable": (
        "今回の書式が戻ってきたことを記録します。書式コードは無効になります。",
        "record that the round's forms came back",
    ),
    "receive-forms": (
        "返送されたものを、到着した日時で登録します。コードが合わなければ責任者の確認まで保留します。",
        "register what came back, at its arrival time",
    ),
    "ask-again": (
        "足りないものすべてを、一通の補正依頼で求めます。",
        "ask for all that is missing in ONE deficiency notice",
    ),
    "verify-identity": (
        "本人（代理人のときは代理権も）を確認したことを記録します。",
        "confirm that the person is who they say and may ask",
    ),
    "unverify": (
        "本人確認を取り消し、返送済みに戻します（誤りのとき、または確認した内容が変わったとき）。",
        "take the verification back",
    ),
    "decide": (
        "請求ごとに結果を決めます。後の決定が前の決定に代わり、どちらも履歴に残ります。",
        "decide each right",
    ),
    "fulfil": (
        "回答を承認します。個人情報開示等通知書の作成を手配します。",
        "release the answer: the disclosure notification is ordered",
    ),
    "refuse": (
        "すべての請求の拒否を承認します。個人情報開示等通知書の作成を手配します。",
        "release the refusal of every right",
    ),
    "withdraw": (
        "取下げを受けて終了します。",
        "close the case because the subject takes the request back",
    ),
    "void": (
        "請求ではなかったもの（重複・宛先違い・誤り）を終了します。",
        "close a case that never was a request",
    ),
    "reopen": (
        "期限経過で終了した後に届いた書式を登録し、手続を再開します。",
        "take up a lapsed case whose forms came after all",
    ),
    "hold": (
        "窓口の期限を止めます。法律上の期限は止まりません。",
        "let the office's deadlines stand still",
    ),
    "resume": (
        "保留を解きます。保留した営業日数だけ期限が延びます。",
        "let the deadlines run again, later by the working days on hold",
    ),
    "extend": (
        "法律が認める場合に一度だけ、通知して回答期間を延長します。",
        "take more time for the answer, once and with a notice, where the law knows that",
    ),
    "record-posting": (
        "印刷した手紙を投函したことを記録します。",
        "record that a printed letter went into the post",
    ),
    "record-return": (
        "手紙が戻ってきたことを記録します。",
        "record that the post brought a letter back",
    ),
    "post-again": (
        "戻ってきた手紙を、写しとして送り直します。",
        "send what came back once more, as marked copy 2 of the same letter",
    ),
    "override": (
        "書類の不足の例外を申請します（承認は別の人がします）。",
        "ask to accept less (or to ask for more) evidence than the table",
    ),
    "approve": (
        "ほかの人が申請した例外を承認します。その不足だけが補われます。",
        "approve an override somebody else asked for",
    ),
}
