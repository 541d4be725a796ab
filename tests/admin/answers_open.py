"""What `why` answers of open cases, the whole of it: whoever changes a sentence reads it once more where it stands."""

OPEN: dict[str, dict[str, str]] = {
    "contacted": {
        "en": """
26-000001-D (contacted): the forms are not in the post yet; the next move is
ours.
You can now:
  amend     change the address, contact, representative or rights, and say why
  withdraw  close the case because the subject takes the request back
  hold      let the office's deadlines stand still
Not yet:
  mail-forms
    - 26-000001-D-01 is not printed yet; print it first.
  void
    - it is for people with this role: lead; staff list shows who has it.
Not from here: undeliverable, receive-forms, ask-again, verify-identity,
unverify, decide, fulfil, refuse, reopen, resume, extend, record-posting,
record-return, post-again, override, approve.
""",
        "ja": """
26-000001-D は「受付済み」です。書式はまだ投函していません。次に動くのは窓口で
す。
いまできること:
  amend     住所・連絡先・代理人・請求の内容を、理由を添えて変更します。
  withdraw  取下げを受けて終了します。
  hold      窓口の期限を止めます。法律上の期限は止まりません。
まだできないこと:
  mail-forms
    - 26-000001-D-01 はまだ印刷していません。先に print で印刷してください。
  void
    - この役割の人が行います：責任者。だれが該当するかは staff list で分かりま
      す。
この状態では行わないこと: undeliverable、receive-forms、ask-again、
verify-identity、unverify、decide、fulfil、refuse、reopen、resume、extend、
record-posting、record-return、post-again、override、approve。
""",
    },
    "forms_mailed": {
        "en": """
26-000001-D (forms_mailed): the forms are in the post; the next move is theirs.
They may answer to the end of 2027-01-12, the mail of that day included.
You can now:
  amend          change the address, contact, representative or rights, and say
                 why
  undeliverable  record that the round's forms came back
  mail-again     send the round's forms once more, with a new code
  receive-forms  register what came back, at its arrival time
  withdraw       close the case because the subject takes the request back
  hold           let the office's deadlines stand still
  record-return  record that the post brought a letter back
Not yet:
  void
    - it is for people with this role: lead; staff list shows who has it.
Not from here: mail-forms, ask-again, verify-identity, unverify, decide, fulfil,
refuse, reopen, resume, extend, record-posting, post-again, override, approve.
should something have been recorded wrongly:
  mail-forms
    - ./admin.py posted 26-000001-D-01 --undo --why
    - ./admin.py posted 26-000001-D-01 --on D --why
""",
        "ja": """
26-000001-D は「書式発送済み」です。書式を投函し、返送を待っています。
2027-01-12が終わるまで、その日に届く郵便を含めて、本人の返送を待ちます。
いまできること:
  amend          住所・連絡先・代理人・請求の内容を、理由を添えて変更します。
  undeliverable  今回の書式が戻ってきたことを記録します。書式コードは無効になり
                 ます。
  mail-again     今回の書式を、新しいコードでもう一度送ります（郵便で失われたと
                 きなど）。前のコードは無効です。
  receive-forms  返送されたものを、到着した日時で登録します。コードが合わなけれ
                 ば責任者の確認まで保留します。
  withdraw       取下げを受けて終了します。
  hold           窓口の期限を止めます。法律上の期限は止まりません。
  record-return  手紙が戻ってきたことを記録します。
まだできないこと:
  void
    - この役割の人が行います：責任者。だれが該当するかは staff list で分かりま
      す。
この状態では行わないこと: mail-forms、ask-again、verify-identity、unverify、
decide、fulfil、refuse、reopen、resume、extend、record-posting、post-again、
override、approve。
記録が誤っていたときの直し方:
  書式の発送
    - ./admin.py posted 26-000001-D-01 --undo --why
    - ./admin.py posted 26-000001-D-01 --on D --why
""",
    },
    "forms_returned": {
        "en": """
26-000001-D (forms_returned): the forms came back; we check them and the
identity.
You can now:
  ask-again  ask for all that is missing in ONE deficiency notice
  decide     decide each right
  override   ask to accept less (or to ask for more) evidence than the table
Not yet:
  amend, withdraw, hold, record-posting, record-return
    - it is for people with this role: clerk; staff list shows who has it.
  verify-identity
    - identity is not proven: of the subject, one document with a photograph or
      two different ones without are needed.
    - no accepted document of the subject shows the stated address. It was said
      to be on record: a verifier who did not write it down looks it up and says
      so (verify-identity --address-on-record); else a resident record is
      needed.
  refuse
    - it is for people with this role: approver; staff list shows who has it.
    - the outcome for disclosure is not decided yet; use decide.
  void
    - it is for people with this role: lead; staff list shows who has it.
    - what came to 26-000001-D answers forms of ours, and is answered;
      registered by mistake, it is taken back with receive-forms --undo.
Not from here: mail-forms, undeliverable, receive-forms, unverify, fulfil,
reopen, resume, extend, post-again, approve.
should something have been recorded wrongly:
  receive-forms
    - ./admin.py receive-forms 26-000001-D --again --file F --why
    - ./admin.py receive-forms 26-000001-D --undo --why
  mail-forms
    - ./admin.py posted 26-000001-D-01 --on D --why
""",
        "ja": """
26-000001-D は「書式返送済み」です。届いた書式と本人確認書類を確かめるところで
す。
いまできること:
  ask-again  足りないものすべてを、一通の補正依頼で求めます。
  decide     請求ごとに結果を決めます。後の決定が前の決定に代わり、どちらも履歴
             に残ります。
  override   書類の不足の例外を申請します（承認は別の人がします）。
まだできないこと:
  amend, withdraw, hold, record-posting, record-return
    - この役割の人が行います：受付担当。だれが該当するかは staff list で分かりま
      す。
  verify-identity
    - 本人確認ができていません：本人について、顔写真付きの書類1点、または顔写真
      のない異なる書類2点が必要です。
    - 本人の住所を示す書類がありません。記録にある住所とのことですので、書き込ん
      だ人以外の確認する人が記録と照らして verify-identity --address-on-record
      とするか、住民票の写しを求めてください。
  refuse
    - この役割の人が行います：承認者。だれが該当するかは staff list で分かりま
      す。
    - 「開示」の結果がまだ決まっていません。decide で決めてください。
  void
    - この役割の人が行います：責任者。だれが該当するかは staff list で分かりま
      す。
    - 26-000001-Dは、当方が送った書式への返送です。届いたものには回答します。登
      録の誤りなら receive-forms --undo を使ってください。
この状態では行わないこと: mail-forms、undeliverable、receive-forms、unverify、
fulfil、reopen、resume、extend、post-again、approve。
記録が誤っていたときの直し方:
  返送の受領
    - ./admin.py receive-forms 26-000001-D --again --file F --why
    - ./admin.py receive-forms 26-000001-D --undo --why
  書式の発送
    - ./admin.py posted 26-000001-D-01 --on D --why
""",
    },
    "past the law's date": {
        "en": """
26-000001-D (forms_returned): the forms came back; we check them and the
identity.
Since 2026-11-24 the individual may sue (APPI 39(1)): that date has passed.
You can now:
  ask-again  ask for all that is missing in ONE deficiency notice
  decide     decide each right
  override   ask to accept less (or to ask for more) evidence than the table
Not yet:
  amend, withdraw, hold, record-posting, record-return
    - it is for people with this role: clerk; staff list shows who has it.
  verify-identity
    - identity is not proven: of the subject, one document with a photograph or
      two different ones without are needed.
    - no accepted document of the subject shows the stated address. It was said
      to be on record: a verifier who did not write it down looks it up and says
      so (verify-identity --address-on-record); else a resident record is
      needed.
  refuse
    - it is for people with this role: approver; staff list shows who has it.
    - the outcome for disclosure is not decided yet; use decide.
  void
    - it is for people with this role: lead; staff list shows who has it.
    - what came to 26-000001-D answers forms of ours, and is answered;
      registered by mistake, it is taken back with receive-forms --undo.
Not from here: mail-forms, undeliverable, receive-forms, unverify, fulfil,
reopen, resume, extend, post-again, approve.
should something have been recorded wrongly:
  receive-forms
    - ./admin.py receive-forms 26-000001-D --again --file F --why
    - ./admin.py receive-forms 26-000001-D --undo --why
  mail-forms
    - ./admin.py posted 26-000001-D-01 --on D --why
""",
        "ja": """
26-000001-D は「書式返送済み」です。届いた書式と本人確認書類を確かめるところで
す。
2026-11-24を過ぎたため、本人は訴えを提起できます（個人情報保護法第39条第1項）。
いまできること:
  ask-again  足りないものすべてを、一通の補正依頼で求めます。
  decide     請求ごとに結果を決めます。後の決定が前の決定に代わり、どちらも履歴
             に残ります。
  override   書類の不足の例外を申請します（承認は別の人がします）。
まだできないこと:
  amend, withdraw, hold, record-posting, record-return
    - この役割の人が行います：受付担当。だれが該当するかは staff list で分かりま
      す。
  verify-identity
    - 本人確認ができていません：本人について、顔写真付きの書類1点、または顔写真
      のない異なる書類2点が必要です。
    - 本人の住所を示す書類がありません。記録にある住所とのことですので、書き込ん
      だ人以外の確認する人が記録と照らして verify-identity --address-on-record
      とするか、住民票の写しを求めてください。
  refuse
    - この役割の人が行います：承認者。だれが該当するかは staff list で分かりま
      す。
    - 「開示」の結果がまだ決まっていません。decide で決めてください。
  void
    - この役割の人が行います：責任者。だれが該当するかは staff list で分かりま
      す。
    - 26-000001-Dは、当方が送った書式への返送です。届いたものには回答します。登
      録の誤りなら receive-forms --undo を使ってください。
この状態では行わないこと: mail-forms、undeliverable、receive-forms、unverify、
fulfil、reopen、resume、extend、post-again、approve。
記録が誤っていたときの直し方:
  返送の受領
    - ./admin.py receive-forms 26-000001-D --again --file F --why
    - ./admin.py receive-forms 26-000001-D --undo --why
  書式の発送
    - ./admin.py posted 26-000001-D-01 --on D --why
""",
    },
    "id_verified": {
        "en": """
26-000001-D (id_verified): the identity is proven; we owe the answer.
There is nothing for you to do now.
Not yet:
  amend, withdraw, hold, record-posting, record-return
    - it is for people with this role: clerk; staff list shows who has it.
  unverify, decide, override
    - it is for people with this role: clerk, verifier; staff list shows who has
      it.
  fulfil, refuse
    - the outcome for disclosure is not decided yet; use decide.
Not from here: mail-forms, undeliverable, receive-forms, ask-again,
verify-identity, void, reopen, resume, extend, post-again, approve.
should something have been recorded wrongly:
  receive-forms
    - ./admin.py receive-forms 26-000001-D --again --file F --why
  mail-forms
    - ./admin.py posted 26-000001-D-01 --on D --why
""",
        "ja": """
26-000001-D は「本人確認済み」です。次に行うのは、決定と回答です。
いまあなたにできることはありません。
まだできないこと:
  amend, withdraw, hold, record-posting, record-return
    - この役割の人が行います：受付担当。だれが該当するかは staff list で分かりま
      す。
  unverify, decide, override
    - この役割の人が行います：受付担当、本人確認担当。だれが該当するかは staff
      list で分かります。
  fulfil, refuse
    - 「開示」の結果がまだ決まっていません。decide で決めてください。
この状態では行わないこと: mail-forms、undeliverable、receive-forms、ask-again、
verify-identity、void、reopen、resume、extend、post-again、approve。
記録が誤っていたときの直し方:
  返送の受領
    - ./admin.py receive-forms 26-000001-D --again --file F --why
  書式の発送
    - ./admin.py posted 26-000001-D-01 --on D --why
""",
    },
    "on hold": {
        "en": """
26-000001-D (contacted): the forms are not in the post yet; the next move is
ours.
It is on hold until 2026-12-08 (awaiting information, by sato).
You can now:
  amend     change the address, contact, representative or rights, and say why
  withdraw  close the case because the subject takes the request back
  resume    let the deadlines run again, later by the working days on hold
Not yet:
  void
    - it is for people with this role: lead; staff list shows who has it.
Not while on hold: mail-forms, hold, extend.
Not from here: undeliverable, receive-forms, ask-again, verify-identity,
unverify, decide, fulfil, refuse, reopen, record-posting, record-return,
post-again, override, approve.
""",
        "ja": """
26-000001-D は「受付済み」です。書式はまだ投函していません。次に動くのは窓口で
す。
2026-12-08 まで保留中です（情報待ち、sato）。
いまできること:
  amend     住所・連絡先・代理人・請求の内容を、理由を添えて変更します。
  withdraw  取下げを受けて終了します。
  resume    保留を解きます。保留した営業日数だけ期限が延びます。
まだできないこと:
  void
    - この役割の人が行います：責任者。だれが該当するかは staff list で分かりま
      す。
保留が解けるまでできないこと: mail-forms、hold、extend。
この状態では行わないこと: undeliverable、receive-forms、ask-again、
verify-identity、unverify、decide、fulfil、refuse、reopen、record-posting、
record-return、post-again、override、approve。
""",
    },
    "held by the system": {
        "en": """
26-000002-B (contacted): the forms are not in the post yet; the next move is
ours.
The system holds it for the lead (suspected fraud).
subjects of different family names share the return address (26-000001-D); it is
on hold for the lead.
the hold is set to 2026-12-08 and does not end by itself: the lead looks into it
and lifts it with ./admin.py resume.
You can now:
  amend     change the address, contact, representative or rights, and say why
  withdraw  close the case because the subject takes the request back
Not yet:
  void
    - it is for people with this role: lead; staff list shows who has it.
  resume
    - the system holds it (suspected fraud); only a lead can resume it.
Not while on hold: mail-forms, hold, extend.
Not from here: undeliverable, receive-forms, ask-again, verify-identity,
unverify, decide, fulfil, refuse, reopen, record-posting, record-return,
post-again, override, approve.
""",
        "ja": """
26-000002-B は「受付済み」です。書式はまだ投函していません。次に動くのは窓口で
す。
責任者の確認まで、システムが保留しています（なりすましの疑い）。
同じ住所に、姓の異なる本人の請求があります（26-000001-D）。責任者の確認まで保留
します。
保留は 2026-12-08 までで、自動では終わりません。責任者が確かめて ./admin.py
resume で解除します。
いまできること:
  amend     住所・連絡先・代理人・請求の内容を、理由を添えて変更します。
  withdraw  取下げを受けて終了します。
まだできないこと:
  void
    - この役割の人が行います：責任者。だれが該当するかは staff list で分かりま
      す。
  resume
    - システムが保留しました（なりすましの疑い）。解けるのは責任者だけです。
保留が解けるまでできないこと: mail-forms、hold、extend。
この状態では行わないこと: undeliverable、receive-forms、ask-again、
verify-identity、unverify、decide、fulfil、refuse、reopen、record-posting、
record-return、post-again、override、approve。
""",
    },
}
