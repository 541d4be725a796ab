"""What the commands made from the procedure say of themselves: the transitions in its order, then their options.

The English of a transition is its docstring in the procedure; a test holds the two together. A transition that is not
named here shows that docstring in both languages.
"""

SENTENCES: dict[str, dict[str, str]] = {
    "request.help.open": {
        "ja": "最初の連絡を受け付けます。郵送先が分かれば、書式の送付も手配します。",
        "en": "Take up a first contact; with a postal address the first round's pack is ordered.",
    },
    "request.help.amend": {
        "ja": "住所・連絡先・代理人・請求の内容を、理由を添えて変更します。",
        "en": "Change the address, contact, representative or rights, and say why.",
    },
    "request.help.mail_forms": {
        "ja": "今回の書式を投函した、または電子メールで送ったことを記録します。期限はその日から数えます。",
        "en": "Record that the round's forms went into the post, or out by e-mail: the deadlines count from that day.",
    },
    "request.help.undeliverable": {
        "ja": "今回の書式が戻ってきたことを記録します。書式コードは無効になります。",
        "en": "Record that the round's forms came back: the code is void until an address is known.",
    },
    "request.help.receive_forms": {
        "ja": "返送されたものを、到着した日時で登録します。コードが合わなければ責任者の確認まで保留します。",
        "en": "Register what came back, at its arrival time; a code that does not fit holds the case for the lead.",
    },
    "request.help.ask_again": {
        "ja": "足りないものすべてを、一通の補正依頼で求めます。",
        "en": "Ask for all that is missing in ONE deficiency notice; what was accepted is never asked for again.",
    },
    "request.help.verify_identity": {
        "ja": "本人（代理人のときは代理権も）を確認したことを記録します。",
        "en": "Confirm that the person is who they say and may ask; what no paper shows is vouched for by name.",
    },
    "request.help.unverify": {
        "ja": "本人確認を取り消し、返送済みに戻します（誤りのとき、または確認した内容が変わったとき）。",
        "en": "Take the verification back: it was a mistake, or what it was given for changes. "
        "Papers that still fit count.",
    },
    "request.help.decide": {
        "ja": "請求ごとに結果を決めます。後の決定が前の決定に代わり、どちらも履歴に残ります。",
        "en": "Decide each right; a later decision replaces an earlier one, and both stay in the history.",
    },
    "request.help.fulfil": {
        "ja": "回答を承認します。個人情報開示等通知書の作成を手配します。",
        "en": "Release the answer: the disclosure notification is ordered.",
    },
    "request.help.refuse": {
        "ja": "すべての請求の拒否を承認します。個人情報開示等通知書の作成を手配します。",
        "en": "Release the refusal of every right: the disclosure notification is ordered.",
    },
    "request.help.withdraw": {
        "ja": "取下げを受けて終了します。",
        "en": "Close the case because the subject takes the request back.",
    },
    "request.help.void": {
        "ja": "請求ではなかったもの（重複・宛先違い・誤り）を終了します。",
        "en": "Close a case that never was a request: a duplicate, misdirected, or opened by mistake.",
    },
    "request.help.reopen": {
        "ja": "期限経過で終了した後に届いた書式を登録し、手続を再開します。",
        "en": "Take up a lapsed case whose forms came after all; an expired code will do, a void one not.",
    },
    "request.help.hold": {
        "ja": "窓口の期限を止めます。法律上の期限は止まりません。",
        "en": "Let the office's deadlines stand still; the legal ones never do.",
    },
    "request.help.resume": {
        "ja": "保留を解きます。保留した営業日数だけ期限が延びます。",
        "en": "Let the deadlines run again, later by the working days on hold.",
    },
    "request.help.extend": {
        "ja": "法律が認める場合に、通知して回答期間を延長します。",
        "en": "Take more time for the answer, with a notice, where the law knows that.",
    },
    "request.help.record_posting": {
        "ja": "印刷した手紙を投函したことを記録します。",
        "en": "Record that a printed letter went into the post.",
    },
    "request.help.record_return": {
        "ja": "手紙が戻ってきたことを記録します。",
        "en": "Record that the post brought a letter back.",
    },
    "request.help.post_again": {
        "ja": "戻ってきた手紙を、写しとして送り直します。",
        "en": "Send what came back once more, as marked copy 2 of the same letter.",
    },
    "request.help.override": {
        "ja": "書類の不足の例外を申請します（承認は別の人がします）。",
        "en": "Ask to accept less (or to ask for more) evidence than the table; somebody else approves it.",
    },
    "request.help.approve": {
        "ja": "ほかの人が申請した例外を承認します。その不足だけが補われます。",
        "en": "Approve an override somebody else asked for; it lifts that gap only.",
    },
    "request.help.record_payment": {
        "ja": "書式とは別に納められた手数料を記録します。受け付けない納付方法のものは差出人に戻します。",
        "en": "Record money that came otherwise than with the forms; what is not taken is to be sent back.",
    },
    "request.help.pay_late": {
        "ja": "未納で終了した請求を、手数料が納められたため再開します。",
        "en": "Take up a case that lapsed unpaid, because its bill is paid after all.",
    },
    "request.help.refund": {
        "ja": "手数料を返したことを、方法と理由を添えて記録します。納められた額を超えては返せません。",
        "en": "Record that money was given back, by what and why; never more than was paid.",
    },
    "request.help.undo_payment": {
        "ja": "誤って記録した納付や返金を取り消します。記録は残り、計算には入りません。",
        "en": "Take back that something was paid or given back: it was recorded wrongly. "
        "The entry stays, and counts no more.",
    },
    "request.help.undo_pay_late": {
        "ja": "遅れた納付の記録を取り消します。請求は未納による終了に戻ります。",
        "en": "Take back that a bill was paid late: the case has lapsed unpaid, as it had.",
    },
    "request.help.bill": {
        "ja": "決定を承認し、手数料の請求書を送ります。納められるまで、回答は送られません。",
        "en": "Release the decision with a bill: the answer is held until what it costs is paid.",
    },
    "request.help.bill_ahead": {
        "ja": "決定の前に納める手数料を、請求書で求めます。",
        "en": "Ask by a bill for what is due before anything is decided.",
    },
    "request.help.withdraw_bill": {
        "ja": "誤った請求書を取り消します。",
        "en": "Take a bill back: it asks for what is not owed, or not yet.",
    },
    "request.help.reinstate_unpaid": {
        "ja": "誤って未納で終了した請求を元に戻します。請求書を作り直せます。",
        "en": "Take up again a case that lapsed unpaid by mistake: a new bill may be made.",
    },
    "request.option.means": {"ja": "納付・返金の方法。", "en": "by what it was paid or given back"},
    "request.option.amount": {"ja": "金額。", "en": "the amount"},
    "request.option.issued_on": {"ja": "為替などの発行日。", "en": "the day of issue, of a money order, say"},
    "request.option.wants_receipt": {"ja": "領収書の希望あり。", "en": "a receipt was asked for"},
    "request.option.entry": {
        "ja": "入出金の記録の番号（show に出ます）。",
        "en": "the number of the entry, as show tells it",
    },
    "request.option.code": {
        "ja": "書式に印刷されたコード（ハイフンと大文字小文字は問いません）。",
        "en": "the code printed on the form; hyphens and case do not matter",
    },
    "request.option.until": {
        "ja": "保留の最後の日。省けば20営業日。",
        "en": "last day on hold; 20 working days if left out",
    },
    "request.option.tracking": {"ja": "追跡番号。", "en": "the post's tracking number"},
    "request.option.class": {"ja": "郵便の種類。省けば普通郵便。", "en": "class of mail; ordinary if left out"},
    "request.option.how": {"ja": "どのように伝えられたか。", "en": "how it was told"},
    "request.option.missing": {
        "ja": "足りないもの。繰り返せます。省けば規則が見つけたものすべて。",
        "en": "what is missing, repeatable; all that the rules find if left out",
    },
    "request.option.confirm": {
        "ja": "停止・消去をもう一度確認する請求。繰り返せます。",
        "en": "the halt or erasure confirmed once more, repeatable",
    },
    "request.option.what": {
        "ja": "どの不足か（ask-again --missing と同じ言葉）。",
        "en": "which gap, in the words of ask-again --missing",
    },
    "request.option.address_on_record": {
        "ja": "回答先の住所が窓口の記録（届出）と一致します（その住所を記入した人とは別の本人確認担当が付けます）。",
        "en": "the answer goes to the address the office already holds; never said by who wrote it down",
    },
    "request.option.address_shown_by": {
        "ja": "いまの住所を示している、受理済みの書類の種類。",
        "en": "the type of an accepted paper that shows the address as it now stands",
    },
    "request.option.birth_date_seen": {
        "ja": "後から伝えられた生年月日を、書類と照らしました。",
        "en": "a birth date told later was compared with the papers",
    },
    "request.option.letter": {"ja": "手紙の番号。", "en": "the letter's number"},
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "open": ("./admin.py open", "./admin.py open --file contact.yaml",
             "./admin.py open --file - --key phone-2026-11-20-1 < contact.json"),
    "amend": ("./admin.py amend 26-000017-Y --file change.yaml",),
    "mail_forms": ("./admin.py mail-forms 26-000017-Y",
                   "./admin.py mail-forms 26-000017-Y --on 2026-11-24 --tracking 1234"),
    "undeliverable": ("./admin.py undeliverable 26-000017-Y --reason moved",),
    "receive_forms": ("./admin.py receive-forms --scanned",
                      "./admin.py receive-forms 26-000017-Y --code XXXX-XXXX-XXXX-XXXX-X --file arrived.yaml",),
    "ask_again": ("./admin.py ask-again 26-000017-Y",
                  "./admin.py ask-again 26-000017-Y --missing unsigned document:subject"),
    "verify_identity": ("./admin.py verify-identity 26-000017-Y --dry-run", "./admin.py verify-identity 26-000017-Y",
                        "./admin.py verify-identity 26-000017-Y --address-on-record"),
    "unverify": ("./admin.py unverify 26-000017-Y --why \"...\"",),
    "decide": ("./admin.py decide 26-000017-Y", "./admin.py decide 26-000017-Y --granted --enclosures 3",
               "./admin.py decide 26-000017-Y --file outcome.yaml"),
    "fulfil": ("./admin.py fulfil 26-000017-Y", "./admin.py fulfil 26-000017-Y --confirm halt_use"),
    "refuse": ("./admin.py refuse 26-000017-Y",),
    "withdraw": ("./admin.py withdraw 26-000017-Y --on 2026-11-25 --how phone",),
    "void": ("./admin.py void 26-000017-Y --reason duplicate",),
    "reopen": ("./admin.py reopen 26-000017-Y --code XXXX-XXXX-XXXX-XXXX-X --file arrived.yaml",),
    "hold": ("./admin.py hold 26-000017-Y --reason awaiting_information",
             "./admin.py hold 26-000017-Y --reason other --until 2026-12-10"),
    "extend": ("./admin.py extend 26-000017-Y --reason complexity",),
    "override": ("./admin.py override 26-000017-Y --what document:subject --reason \"...\"",),
    "mail_again": ("./admin.py mail-again 26-000017-Y --why \"...\"",),
    "correct_answer": ("./admin.py correct-answer 26-000017-Y --file outcome.yaml --why \"...\"",),
    "reinstate": ("./admin.py reinstate 26-000017-Y --why \"...\"",),
    "unask": ("./admin.py unask 26-000017-Y --why \"...\"",),
    "record_payment": ("./admin.py record-payment 26-000017-Y --means transfer --amount 1200 --on 2026-12-10",
                       "./admin.py record-payment 26-000017-Y --undo --entry 1 --why \"...\""),
    "refund": ("./admin.py refund 26-000017-Y --means transfer --amount 500 --why \"...\"",),
    "bill": ("./admin.py bill 26-000017-Y",),
    "withdraw_bill": ("./admin.py withdraw-bill 26-000017-Y --why \"...\"",),
    "approve": ("./admin.py approve 26-000017-Y", "./admin.py approve 26-000017-Y --what address"),
}  # fmt: skip

# What a file for ``--file`` looks like. YAML here; JSON does as well. A test reads each of them as the command does.
_ARRIVAL = """\
arrived_at: 2026-12-01T11:00            # *
forms: [disclosure]                     # disclosure | correction | halt | proxy
pages: 2
signed: {disclosure: true}
rights: [disclosure]                    # the boxes ticked
documents:
  - {holder: subject, type: drivers_licence, photo: true, expires_on: 2028-04-01,
     address: stated, name_matches: true, masking: not_shown, number: "012345678900"}
  - {holder: representative, type: resident_record, issued_on: 2026-11-01,
     address: stated, name_matches: true, masking: masked}
authority: {type: family_register, issued_on: 2026-10-20,
            masking: masked}            # masked | not_shown | open; may be left out
                                        # a mandate also: rights: [disclosure], what it was given for
corrections: [{item: address, wrong: Sample 1-1, right: Sample 1-2}]
halt: {measure: cease, reason: unneeded}
fees: [{means: stamps, amount: "500"}]  # where the office takes a fee
method: paper                           # paper | electronic"""

FILES: dict[str, str] = {
    "open": """\
rights: [disclosure, halt_use]          # *
category: customer                      # * customer | shareholder | applicant | employee
channel: post                           # * post | phone | email | visit
language: ja                            # * ja | en
received_at: 2026-11-20T10:15
subject: {name: 見本 花子, kana: ミホン ハナコ, postcode: 100-0001,
          address: 東京都千代田区千代田1-1}           # * name
representative: {kind: minor, name: 見本 一郎, postcode: 100-0001,
                 address: 東京都千代田区千代田1-1}    # minor | adult_ward | agent
mail_to: representative
address_on_record: true                 # a hint to whoever verifies; it proves nothing
regime: jp-appi                         # jp-appi | jp-public | eu-gdpr | uk-gdpr | your own; else the usual one
note: 午後に電話""",
    "amend": """\
why: 転居の届出                          # *
subject: {postcode: 100-0002, address: 東京都千代田区皇居外苑1-1}
drop_representative: false              # true: there is none, or was told by mistake
pack: let_be                            # forms in the post: let_be | send_again (a new code)
address_on_record: false""",
    "receive_forms": _ARRIVAL,
    "reopen": _ARRIVAL,
    "receive_again": f"why: the licence was read wrongly          # *\n{_ARRIVAL}",
    "correct_answer": """\
why: 写しを一枚入れ忘れた                  # *
outcomes:
  disclosure: {outcome: granted, enclosures: 4}
# without outcomes: everything is to be decided anew""",
    "decide": """\
outcomes:
  disclosure: {outcome: granted, enclosures: 3}
  halt_use: {outcome: refused, ground: no_ground_to_halt, explanation: 利用停止の理由にあたる事実が認められません。}
# outcome: granted | partly | not_held | alternative | refused
# a halt or erasure that is granted also needs confirmed: true
# a halt or a disclosure may name the group companies it was passed to: passed_to: [Sample Systems K.K.]""",
}
