"""What `why` answers of closed cases: whoever changes a sentence reads the whole answer once more where it stands."""

CLOSED: dict[str, dict[str, str]] = {
    "fulfilled": {
        "en": """
26-000001-D (fulfilled): the answer is released, and the case is closed.
You can now:
  correct-answer  decide anew what a released answer said wrongly
  record-return   record that the post brought a letter back
Not from here: amend, mail-forms, undeliverable, receive-forms, ask-again,
verify-identity, unverify, decide, fulfil, refuse, withdraw, void, reopen, hold,
resume, extend, record-posting, post-again.
should something have been recorded wrongly:
  fulfil
    - ./admin.py correct-answer 26-000001-D --file F --why
  mail-forms
    - ./admin.py posted 26-000001-D-01 --on D --why
""",
        "ja": """
26-000001-D は「措置・通知済み」です。回答を承認し、終了しました。
いまできること:
  correct-answer  送った回答の誤りを、決め直して正します。別の人が承認すると、訂
                  正の通知書が出ます。
  record-return   手紙が戻ってきたことを記録します。
この状態では行わないこと: amend、mail-forms、undeliverable、receive-forms、
ask-again、verify-identity、unverify、decide、fulfil、refuse、withdraw、void、
reopen、hold、resume、extend、record-posting、post-again。
記録が誤っていたときの直し方:
  措置の承認と通知
    - ./admin.py correct-answer 26-000001-D --file F --why
  書式の発送
    - ./admin.py posted 26-000001-D-01 --on D --why
""",
    },
    "refused": {
        "en": """
26-000001-D (refused): the refusal is released, and the case is closed.
You can now:
  correct-answer  decide anew what a released answer said wrongly
  record-return   record that the post brought a letter back
Not from here: amend, mail-forms, undeliverable, receive-forms, ask-again,
verify-identity, unverify, decide, fulfil, refuse, withdraw, void, reopen, hold,
resume, extend, record-posting, post-again, override, approve.
should something have been recorded wrongly:
  refuse
    - ./admin.py correct-answer 26-000001-D --file F --why
  mail-forms
    - ./admin.py posted 26-000001-D-01 --on D --why
""",
        "ja": """
26-000001-D は「拒否」です。請求に応じない旨の回答を承認し、終了しました。
いまできること:
  correct-answer  送った回答の誤りを、決め直して正します。別の人が承認すると、訂
                  正の通知書が出ます。
  record-return   手紙が戻ってきたことを記録します。
この状態では行わないこと: amend、mail-forms、undeliverable、receive-forms、
ask-again、verify-identity、unverify、decide、fulfil、refuse、withdraw、void、
reopen、hold、resume、extend、record-posting、post-again、override、approve。
記録が誤っていたときの直し方:
  拒否の承認と通知
    - ./admin.py correct-answer 26-000001-D --file F --why
  書式の発送
    - ./admin.py posted 26-000001-D-01 --on D --why
""",
    },
    "withdrawn": {
        "en": """
26-000001-D (withdrawn): the request was taken back, and the case is closed.
There is nothing for you to do now.
Not yet:
  reinstate
    - it is for people with this role: lead; staff list shows who has it.
Not from here: amend, mail-forms, undeliverable, receive-forms, ask-again,
verify-identity, unverify, decide, fulfil, refuse, withdraw, void, reopen, hold,
resume, extend, record-posting, record-return, post-again, override, approve.
should something have been recorded wrongly:
  withdraw
    - ./admin.py reinstate 26-000001-D --why
""",
        "ja": """
26-000001-D は「取下げ」です。本人が請求を取り下げ、終了しました。
いまあなたにできることはありません。
まだできないこと:
  reinstate
    - この役割の人が行います：責任者。だれが該当するかは staff list で分かりま
      す。
この状態では行わないこと: amend、mail-forms、undeliverable、receive-forms、
ask-again、verify-identity、unverify、decide、fulfil、refuse、withdraw、void、
reopen、hold、resume、extend、record-posting、record-return、post-again、
override、approve。
記録が誤っていたときの直し方:
  取下げ
    - ./admin.py reinstate 26-000001-D --why
""",
    },
    "lapsed": {
        "en": """
26-000001-D (lapsed): the forms never came, and the case is closed; if they come
after all, it can be reopened.
You can now:
  reopen         take up a lapsed case whose forms came after all
  record-return  record that the post brought a letter back
Not yet:
  reinstate
    - it is for people with this role: lead; staff list shows who has it.
Not from here: amend, mail-forms, undeliverable, receive-forms, ask-again,
verify-identity, unverify, decide, fulfil, refuse, withdraw, void, hold, resume,
extend, record-posting, post-again, override, approve.
should something have been recorded wrongly:
  lapse
    - ./admin.py reinstate 26-000001-D --why
  record-posting
    - ./admin.py posted 26-000001-D-03 --undo --why
    - ./admin.py posted 26-000001-D-03 --on D --why
  mail-forms
    - ./admin.py posted 26-000001-D-01 --on D --why
""",
        "ja": """
26-000001-D は「期限経過による終了」です。書式が返送されないまま期限が過ぎ、終了
しました。届けば再開できます。
いまできること:
  reopen         期限経過で終了した後に届いた書式を登録し、手続を再開します。
  record-return  手紙が戻ってきたことを記録します。
まだできないこと:
  reinstate
    - この役割の人が行います：責任者。だれが該当するかは staff list で分かりま
      す。
この状態では行わないこと: amend、mail-forms、undeliverable、receive-forms、
ask-again、verify-identity、unverify、decide、fulfil、refuse、withdraw、void、
hold、resume、extend、record-posting、post-again、override、approve。
記録が誤っていたときの直し方:
  期限経過による終了
    - ./admin.py reinstate 26-000001-D --why
  投函の記録
    - ./admin.py posted 26-000001-D-03 --undo --why
    - ./admin.py posted 26-000001-D-03 --on D --why
  書式の発送
    - ./admin.py posted 26-000001-D-01 --on D --why
""",
    },
    "voided": {
        "en": """
26-000001-D (voided): it was closed as a duplicate, as misdirected or as opened
by mistake.
There is nothing for you to do now.
Not yet:
  reinstate
    - it is for people with this role: lead; staff list shows who has it.
Not from here: amend, mail-forms, undeliverable, receive-forms, ask-again,
verify-identity, unverify, decide, fulfil, refuse, withdraw, void, reopen, hold,
resume, extend, record-posting, record-return, post-again, override, approve.
should something have been recorded wrongly:
  void
    - ./admin.py reinstate 26-000001-D --why
""",
        "ja": """
26-000001-D は「無効」です。重複、宛先違いまたは受付の誤りとして、終了しました。
いまあなたにできることはありません。
まだできないこと:
  reinstate
    - この役割の人が行います：責任者。だれが該当するかは staff list で分かりま
      す。
この状態では行わないこと: amend、mail-forms、undeliverable、receive-forms、
ask-again、verify-identity、unverify、decide、fulfil、refuse、withdraw、void、
reopen、hold、resume、extend、record-posting、record-return、post-again、
override、approve。
記録が誤っていたときの直し方:
  無効化
    - ./admin.py reinstate 26-000001-D --why
""",
    },
}
